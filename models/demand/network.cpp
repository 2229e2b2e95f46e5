#include "models/demand/network.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace aidc {
namespace {

/// Of one accelerator between domains, all sending through the spine at once [B/s].
double through_spine_B_per_s(Fabric const& fabric) { return fabric.scale_out_B_per_s / fabric.oversubscription; }

/// Share of the model that the accelerators in a cell hold [-].
double held(Crossing const& crossing, CellShare const& in) { return std::min(1.0, in.processors / crossing.parts); }

/// Time of one step [s].
double step_s(Traffic const& traffic, double exchange_s)
{
    return traffic.compute_s + exchange_s - std::min(traffic.overlap * exchange_s, traffic.compute_s);
}

/// Speed of a gang that spans cells, at its rate over their uplinks [-].
double speed_across(Fabric const& fabric, Traffic const& traffic, Gang const& gang, double cross_s)
{
    double inside_s = 0.0;
    for (CellShare const& in : gang.placed) {
        inside_s = std::max(inside_s, all_reduce_s(fabric, traffic, in.processors));
    }
    double const whole_s = step_s(traffic, all_reduce_s(fabric, traffic, gang.processors));
    return std::min(1.0, whole_s / step_s(traffic, inside_s + cross_s));
}

/// Uplink of a cell while rates rise.
struct Uplink {
    double taken_B_per_s{}; ///< By crossings whose rate is found
    double asked{};         ///< Sum of what the others send, over their rates [-]
};

/// Uplinks of all cells that are crossed, and what is asked of them.
std::vector<Uplink> asked_of(std::span<Crossing const> crossings, std::span<std::size_t const> rising)
{
    std::vector<Uplink> uplinks;
    for (std::size_t const i : rising) {
        for (CellShare const& in : crossings[i].placed) {
            uplinks.resize(std::max(uplinks.size(), in.cell + std::size_t{1}));
            uplinks[in.cell].asked += held(crossings[i], in);
        }
    }
    return uplinks;
}

/// Rate at which a crossing is held if all that still rise do so together [B/s].
double limit_B_per_s(Crossing const& crossing, double uplink_B_per_s, std::span<Uplink const> uplinks)
{
    double limit_B_per_s = crossing.most_B_per_s;
    for (CellShare const& in : crossing.placed) {
        Uplink const& uplink = uplinks[in.cell];
        limit_B_per_s = std::min(limit_B_per_s, (uplink_B_per_s - uplink.taken_B_per_s) / uplink.asked);
    }
    return limit_B_per_s;
}

} // namespace

double ring_all_reduce_s(double bytes, double partners, double bandwidth_B_per_s, double latency_s)
{
    AIDC_EXPECT(bytes >= 0.0 && bandwidth_B_per_s > 0.0 && latency_s >= 0.0);
    if (partners <= 1.0) {
        return 0.0;
    }
    return 2.0 * (partners - 1.0) * (bytes / (partners * bandwidth_B_per_s) + latency_s);
}

double all_reduce_s(Fabric const& fabric, double bytes, std::uint32_t accelerators)
{
    return all_reduce_s(fabric, Traffic{.bytes = bytes}, accelerators);
}

double all_reduce_s(Fabric const& fabric, Traffic const& traffic, std::uint32_t accelerators)
{
    AIDC_EXPECT(fabric.domain > 0 && fabric.oversubscription >= 1.0 && traffic.parts >= 1.0);
    double const in_domain = std::max(1.0, std::min(fabric.domain, accelerators) / traffic.parts);
    double const domains = std::ceil(accelerators / traffic.parts / in_domain);
    return ring_all_reduce_s(traffic.bytes, in_domain, fabric.scale_up_B_per_s, fabric.latency_s)
           + ring_all_reduce_s(traffic.bytes / in_domain, domains, through_spine_B_per_s(fabric), fabric.latency_s);
}

Crossing crossing(Fabric const& fabric, Traffic const& traffic, Gang const& gang)
{
    double const cells = static_cast<double>(gang.placed.size());
    bool const crosses = cells > 1.0 && traffic.compute_s > 0.0 && gang.processors > traffic.parts;
    double least = std::numeric_limits<double>::infinity(); // accelerators that carry what a cell with a whole copy sends
    for (CellShare const& in : gang.placed) {
        least = std::min(least, std::max<double>(in.processors, traffic.parts));
    }
    return {.step_B = crosses ? 2.0 * (cells - 1.0) / cells * traffic.parts * traffic.bytes : 0.0,
            .most_B_per_s = least * through_spine_B_per_s(fabric),
            .parts = traffic.parts,
            .placed = gang.placed};
}

void share_uplinks(double uplink_B_per_s, std::span<Crossing const> crossings, std::span<double> rate_B_per_s)
{
    AIDC_EXPECT(uplink_B_per_s >= 0.0 && rate_B_per_s.size() == crossings.size());
    std::ranges::transform(crossings, rate_B_per_s.begin(), [](Crossing const& c) { return c.step_B > 0.0 ? c.most_B_per_s : 0.0; });
    if (uplink_B_per_s == 0.0) {
        return;
    }
    std::vector<std::size_t> rising(crossings.size());
    std::iota(rising.begin(), rising.end(), std::size_t{0});
    std::erase_if(rising, [&](std::size_t i) { return rate_B_per_s[i] == 0.0; });
    std::vector<Uplink> uplinks = asked_of(crossings, rising);
    while (!rising.empty()) {
        double level_B_per_s = std::numeric_limits<double>::infinity();
        for (std::size_t const i : rising) {
            rate_B_per_s[i] = limit_B_per_s(crossings[i], uplink_B_per_s, uplinks);
            level_B_per_s = std::min(level_B_per_s, rate_B_per_s[i]);
        }
        auto const held_first = std::ranges::partition(rising, [&](std::size_t i) { return rate_B_per_s[i] > level_B_per_s; });
        for (std::size_t const i : held_first) {
            for (CellShare const& in : crossings[i].placed) {
                uplinks[in.cell].taken_B_per_s += held(crossings[i], in) * level_B_per_s;
                uplinks[in.cell].asked -= held(crossings[i], in);
            }
        }
        rising.erase(held_first.begin(), rising.end());
    }
}

void pace(Fabric const& fabric, std::span<Traffic const> traffic, std::span<Gang const> gangs, std::span<double> speed)
{
    AIDC_EXPECT(speed.size() == gangs.size());
    std::vector<Crossing> crossings;
    crossings.reserve(gangs.size());
    for (Gang const& gang : gangs) {
        AIDC_EXPECT(gang.rules < traffic.size());
        crossings.push_back(crossing(fabric, traffic[gang.rules], gang));
    }
    share_uplinks(fabric.uplink_B_per_s, crossings, speed); // rates, for now
    for (std::size_t i = 0; i < gangs.size(); ++i) {
        Traffic const& of = traffic[gangs[i].rules];
        double const hops = static_cast<double>(gangs[i].placed.size()) - 1.0;
        double const cross_s = crossings[i].step_B > 0.0 ? crossings[i].step_B / speed[i] + 2.0 * hops * fabric.latency_s : 0.0;
        speed[i] = crossings[i].step_B > 0.0 ? speed_across(fabric, of, gangs[i], cross_s) : 1.0;
    }
}

} // namespace aidc
