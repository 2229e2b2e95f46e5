#include "sim/run/digest.hpp"

#include "sim/run/bytes.hpp"

namespace aidc {
namespace {

/// The numbers of a digest that are no table.
struct Numbers {
    Ending ending{};
    Tick reached{};
    std::uint64_t events{};
    std::uint64_t trace_hash{};
    std::uint64_t world_hash{};
};

} // namespace

std::string to_bytes(Digest const& digest)
{
    std::string bytes;
    put(bytes, digest.as_built.activities);
    put(bytes, digest.as_built.lots);
    put(bytes, digest.as_built.halls);
    put(bytes, digest.chains);
    put(bytes, digest.hours);
    put(bytes, digest.share_s_by_month);
    put_value(bytes, Numbers{.ending = digest.ending,
                             .reached = digest.reached,
                             .events = digest.events,
                             .trace_hash = digest.trace_hash,
                             .world_hash = digest.world_hash});
    return bytes;
}

Digest digest_from_bytes(std::string_view bytes)
{
    Digest digest;
    digest.as_built.activities = take<ActivityDates>(bytes);
    digest.as_built.lots = take<LotDates>(bytes);
    digest.as_built.halls = take_tables<LiveStep>(bytes);
    digest.chains = take_tables<ChainStep>(bytes);
    digest.hours = take<HallHours>(bytes);
    digest.share_s_by_month = take<PerTerm<double>>(bytes);
    auto const numbers = take_value<Numbers>(bytes);
    AIDC_EXPECT(bytes.empty());
    digest.ending = numbers.ending;
    digest.reached = numbers.reached;
    digest.events = numbers.events;
    digest.trace_hash = numbers.trace_hash;
    digest.world_hash = numbers.world_hash;
    return digest;
}

} // namespace aidc
