#include "sim/cli/contingency.hpp"

#include "sim/cli/json_text.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/stop.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace aidc {
namespace {

std::string_view tier_name(Tier tier)
{
    switch (tier) {
    case Tier::none:
        return "none";
    case Tier::concurrently_maintainable:
        return "concurrently maintainable";
    case Tier::fault_tolerant:
        return "fault tolerant";
    }
    return "none";
}

/// "14 s", "3.2 min", "never".
std::string span(double s)
{
    if (!std::isfinite(s)) {
        return "never";
    }
    return s < 120.0 ? fmt::format("{:.0f} s", s) : fmt::format("{:.1f} min", s / 60.0);
}

bool costs(ContingencyResult const& result) { return loses(result.failed) || (result.planned && loses(*result.planned)); }

std::string racks(double n) { return fmt::format("{:.0f} {}", n, n < 1.5 ? "rack" : "racks"); }

/// What it costs to take a unit out on purpose; "-" for what nobody plans.
std::string planned_loss(std::optional<WindowResult> const& planned)
{
    if (!planned) {
        return "-";
    }
    if (!loses(*planned)) {
        return "nothing";
    }
    return planned->most_racks_lost > 0.5 ? racks(planned->most_racks_lost) : "throttled";
}

std::string row_of(ContingencyResult const& r, bool breaks_tier)
{
    auto const& w = r.failed;
    auto const* const then = r.contingency.grid_lost && r.contingency.family != "grid" ? ", and the grid" : "";
    return fmt::format("{:1} {:>6.0f} {:>7.0f} {:>9} {:>9} {:>9} {:>7.1f} {:>11}  {}{}\n", breaks_tier ? "!" : "", w.most_racks_lost,
                       w.racks_lost_at_end, fmt::format("{:.1f} %", 100.0 * (1.0 - w.least_power)), span(w.first_throttle_s),
                       span(w.first_stop_s), w.chip_max_C, planned_loss(r.planned), r.contingency.name, then);
}

std::string table_head()
{
    constexpr auto* row = "{:>16} {:>9} {:>9} {:>9} {:>7} {:>11}";
    return fmt::format(row, "racks lost", "power", "throttle", "racks", "chip", "on purpose") + "  what is lost\n"
           + fmt::format(row, "most  at end", "cut by", "after", "off after", "max C", "costs") + "\n";
}

constexpr char const* table_foot =
    "racks lost: dark, tripped or shed; at end: when nothing moves any more, 4 h at most. power cut by: IT power, at its worst moment.\n"
    "on purpose costs: the unit is taken out with care at this load and weather. gensets are out when the grid fails.\n";

} // namespace

namespace report {

std::string contingency_page(CampusContingencies const& found, bool all)
{
    std::string page = fmt::format("{}: {} live, all at work, {:.1f} C outdoors (wet bulb {:.1f} C)\n", found.campus, racks(found.racks),
                                   found.outdoors.dry_bulb_C, found.outdoors.wet_bulb_C);
    page += fmt::format("\n{}", table_head());
    std::size_t costly = 0;
    for (auto const& result : found.results) {
        costly += costs(result) ? 1 : 0;
        if (all || costs(result)) {
            page += row_of(result, std::ranges::find(found.broken, result.contingency.name) != found.broken.end());
        }
    }
    page += fmt::format("\n{}\n{} of {} contingencies lose nothing\n", table_foot, found.results.size() - costly, found.results.size());
    page += fmt::format("at risk: {:.1f} MW of design load hang on single units of the power chain\n", found.at_risk_W / 1e6);
    page += fmt::format("concurrently maintainable: {}; fault tolerant: {}\n", found.maintainable ? "yes" : "no",
                        found.tolerant ? "yes" : "no");
    if (found.tier != Tier::none) {
        page += fmt::format("stated tier, {}: {}\n", tier_name(found.tier),
                            found.broken.empty() ? "held" : fmt::format("MISSED by the {} marked with !", found.broken.size()));
    }
    return page;
}

std::string contingency_json(CampusContingencies const& found)
{
    auto const window = [](WindowResult const& w) {
        return object({{"racks_lost_most", number(w.most_racks_lost)},
                       {"racks_lost_at_end", number(w.racks_lost_at_end)},
                       {"least_power_share", number(w.least_power)},
                       {"throttle_after_s", number(w.first_throttle_s)},
                       {"racks_lost_after_s", number(w.first_stop_s)},
                       {"chip_max_C", number(w.chip_max_C)},
                       {"supply_max_C", number(w.supply_max_C)},
                       {"ends_s", number(w.ends_s)}});
    };
    auto const one = [&](ContingencyResult const& r) {
        return object({{"name", in_quotes(r.contingency.name)},
                       {"family", in_quotes(r.contingency.family)},
                       {"alike", number(r.contingency.alike)},
                       {"grid_lost", r.contingency.grid_lost ? "true" : "false"},
                       {"failed", window(r.failed)},
                       {"planned", r.planned ? window(*r.planned) : "null"}});
    };
    return object({{"campus", in_quotes(found.campus)},
                   {"racks", number(found.racks)},
                   {"outdoor_dry_bulb_C", number(found.outdoors.dry_bulb_C)},
                   {"at_risk_W", number(found.at_risk_W)},
                   {"tier", in_quotes(tier_name(found.tier))},
                   {"concurrently_maintainable", found.maintainable ? "true" : "false"},
                   {"fault_tolerant", found.tolerant ? "true" : "false"},
                   {"breaks_tier", list(found.broken, [](std::string const& name) { return in_quotes(name); })},
                   {"contingencies", list(found.results, one)}});
}

} // namespace report

int contingency(ContingencyWords const& words)
{
    std::vector<Override> overrides;
    for (auto const& set : words.set) {
        overrides.push_back(parse_override(set));
    }
    auto const scenario = load_scenario(words.scenario, overrides);
    auto const& b = scenario.buildout;
    StopOnSignal const stop;
    bool missed = false;
    bool stopped = false;
    std::string json;
    for (std::size_t c = 0; c < b.campuses.size() && !stopped; ++c) {
        std::unique_ptr<CountProgress> progress;
        auto const found = contingencies_of(b, id<Campus>(c), words.order, [&](std::size_t done, std::size_t all) {
            if (!progress) {
                progress = std::make_unique<CountProgress>(all, "contingencies", words.quiet);
            }
            progress->done(done);
            stopped = stop.asked();
            return stopped;
        });
        progress.reset();
        missed = missed || !found.broken.empty();
        if (words.json) {
            json += (json.empty() ? "" : ", ") + report::contingency_json(found);
        }
        else {
            fmt::print("{}{}", c > 0 ? "\n" : "", report::contingency_page(found, words.all));
        }
    }
    if (words.json) {
        fmt::print("[{}]\n", json);
    }
    if (stopped) {
        fmt::print(stderr, "stopped; what is above is not everything\n");
        return 75;
    }
    return missed ? 4 : 0;
}

} // namespace aidc
