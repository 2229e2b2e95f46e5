#include "sim/cli/show_advice.hpp"

#include <algorithm>

namespace aidc::report {
namespace {

using StageSet = std::uint32_t;

constexpr StageSet of(std::initializer_list<Stage> stages)
{
    StageSet set = 0;
    for (auto const stage : stages) {
        set |= StageSet{1} << static_cast<unsigned>(stage);
    }
    return set;
}

constexpr StageSet grid =
    of({Stage::permit, Stage::energy_quota, Stage::utility_works, Stage::substation, Stage::energise, Stage::bridging});
constexpr StageSet shell = of({Stage::permit, Stage::site, Stage::shell, Stage::fit_out});
constexpr StageSet tests = of({Stage::L1, Stage::L2, Stage::L3, Stage::L4});
constexpr StageSet integrated_test = of({Stage::L5});
constexpr StageSet racks = of({Stage::install, Stage::burn_in, Stage::acceptance, Stage::retrofit, Stage::retirement});

/// Stages whose lateness can hold each term.
struct Holders {
    Term term;
    StageSet stages;
};

constexpr std::array<Holders, term_count> holders{{
    {Term::utility, grid},
    {Term::substation, grid},
    {Term::distribution, shell | tests},
    {Term::backup, of({Stage::substation}) | shell | tests},
    {Term::cooling, shell | tests},
    {Term::handover, grid | shell | tests | integrated_test},
    {Term::space, shell | racks},
    {Term::network, of({Stage::fabric}) | shell},
    {Term::racks, shell | tests | racks},
}};

} // namespace

std::string advice_on(Cause cause, std::string const& subject)
{
    std::string text(advices[index(cause)].text);
    if (auto const gap = text.find("{}"); gap != std::string::npos) {
        text.replace(gap, 2, subject);
    }
    return text;
}

Cause cause_of(std::string_view name)
{
    auto const row = std::ranges::find(causes, name, &CauseInfo::name);
    return row == causes.end() ? Cause::plan : row->cause;
}

bool can_hold(std::string_view term, Stage stage)
{
    auto const row = std::ranges::find(terms, term, &TermInfo::name);
    return row != terms.end() && (holders[index(row->term)].stages >> static_cast<unsigned>(stage) & 1U) != 0;
}

} // namespace aidc::report
