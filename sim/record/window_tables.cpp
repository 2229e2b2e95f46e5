#include "sim/record/window_tables.hpp"

#include "sim/record/tables.hpp"

#include <algorithm>
#include <string>

namespace aidc {
namespace {

/// Columns of /window_rows behind `window` and `at`, and where each comes from.
struct Column {
    char const* name;
    char const* units;
    char const* text;
    double (*value)(RaceSums const& now);
};

constexpr Column columns[] = {
    {"feed_power_W", "W", "from the grid and own generation", [](RaceSums const& s) { return s.power.feed_W; }},
    {"genset_power_W", "W", "from gensets", [](RaceSums const& s) { return s.power.genset_W; }},
    {"battery_power_W", "W", "from batteries of UPS and storage", [](RaceSums const& s) { return s.power.battery_W; }},
    {"charging_power_W", "W", "into them", [](RaceSums const& s) { return s.power.charging_W; }},
    {"gensets_on_bus", "1", "gensets on the bus", [](RaceSums const& s) { return s.power.sets; }},
    {"ups_charge", "1", "charge of the UPS batteries, mean", [](RaceSums const& s) { return s.power.charge; }},
    {"fuel", "1", "fuel in the tanks, over full ones", [](RaceSums const& s) { return s.power.fuel; }},
    {"it_power_W", "W", "IT power at rack input", [](RaceSums const& s) { return s.it_W; }},
    {"cooling_power_W", "W", "pumps, fans and chillers", [](RaceSums const& s) { return s.cooling_W; }},
    {"fws_flow_kg_per_s", "kg s-1", "facility water", [](RaceSums const& s) { return s.fws_flow_kg_per_s; }},
    {"tcs_flow_share", "1", "coolant that CDU pumps move over what the flow law asks, least over pods",
     [](RaceSums const& s) { return s.tcs_flow; }},
    {"fws_supply_C", "degC", "facility-water supply, warmest building", [](RaceSums const& s) { return s.fws_supply_C; }},
    {"tcs_supply_C", "degC", "coolant to the racks, warmest pods", [](RaceSums const& s) { return s.tcs_supply_C; }},
    {"chip_C", "degC", "accelerator case, warmest pods", [](RaceSums const& s) { return s.chip_C; }},
    {"racks_live", "1", "racks that are neither dark, tripped nor shed", [](RaceSums const& s) { return s.racks_live; }},
    {"throttled_share", "1", "of their power, cut by throttles", [](RaceSums const& s) { return s.throttled_share; }},
};

} // namespace

void WindowTables::open()
{
    std::vector<h5::ColumnSpec> specs{h5::ColumnSpec{{"window", "1", "number of the window"}, h5::Type::int32},
                                      h5::ColumnSpec{{"at", time_units(buildout_), "end of the step"}}};
    for (auto const& column : columns) {
        specs.emplace_back(h5::Quantity{column.name, column.units, column.text}, h5::Type::float32);
    }
    rows_ = file_.group("window_rows", "Fault windows, step by step; powers are means over the step, states are values at its end")
                .table("row", specs);
    auto group = file_.group("window_events", "What changed in fault windows, in order");
    events_ = group.table("event", {h5::ColumnSpec{{"window", "1", "number of the window"}, h5::Type::int32},
                                    h5::ColumnSpec{{"at", time_units(buildout_), "date"}},
                                    h5::ColumnSpec{{"what", "1", "kind of change"}, h5::Type::int8},
                                    h5::ColumnSpec{{"who", "", "subject"}, h5::Type::text},
                                    h5::ColumnSpec{{"amount", "1", "sets, racks or share, by kind"}}});
    std::vector<std::pair<int, std::string>> kinds;
    for (std::size_t k = 0; k < window_change_count; ++k) {
        kinds.emplace_back(static_cast<int>(k), std::string(window_changes[k]));
    }
    group.flags("what", false, kinds);
}

void WindowTables::append(WindowRow const& row)
{
    if (!rows_) {
        open();
    }
    std::vector<h5::Cell> cells{static_cast<std::int64_t>(row.window), seconds(row.at)};
    for (auto const& column : columns) {
        cells.emplace_back(column.value(row.now));
    }
    rows_->append(cells);
    if (seen_.size() <= row.window) {
        seen_.resize(row.window + 1);
        seen_[row.window] = {.campus = row.campus.row,
                             .began_s = seconds(row.began),
                             .racks = row.now.racks_live,
                             .least_racks = row.now.racks_live,
                             .chip_max_C = row.now.chip_C,
                             .supply_max_C = row.now.tcs_supply_C};
    }
    auto& seen = seen_[row.window];
    double const before_s = seen.steps == 0.0 ? seen.began_s : seen.ended_s;
    seen.ended_s = seconds(row.at);
    seen.steps += 1.0;
    seen.racks = std::max(seen.racks, row.now.racks_live);
    seen.least_racks = std::min(seen.least_racks, row.now.racks_live);
    seen.chip_max_C = std::max(seen.chip_max_C, row.now.chip_C);
    seen.supply_max_C = std::max(seen.supply_max_C, row.now.tcs_supply_C);
    seen.genset_J += row.now.power.genset_W * (seen.ended_s - before_s);
}

void WindowTables::append(WindowEvent const& event)
{
    if (!events_) {
        open();
    }
    events_->append({static_cast<std::int64_t>(event.window), seconds(event.at), static_cast<std::int64_t>(event.what),
                     std::string(event.who), event.amount});
}

void WindowTables::finish()
{
    if (seen_.empty()) {
        return;
    }
    auto table = file_.group("windows", "Fault windows: steps of seconds from a loss until all is as before")
                     .table("window", {h5::ColumnSpec{{"campus", "", "campus"}, h5::Type::text},
                                       h5::ColumnSpec{{"began", time_units(buildout_), "when something was lost"}},
                                       h5::ColumnSpec{{"ended", time_units(buildout_), "last step"}},
                                       h5::ColumnSpec{{"steps", "1", "steps simulated"}, h5::Type::int64},
                                       h5::ColumnSpec{{"racks", "1", "most racks live in it"}},
                                       h5::ColumnSpec{{"racks_least", "1", "fewest racks live in it"}},
                                       h5::ColumnSpec{{"chip_max_C", "degC", "hottest accelerator case"}},
                                       h5::ColumnSpec{{"tcs_supply_max_C", "degC", "warmest coolant to racks"}},
                                       h5::ColumnSpec{{"genset_energy_J", "J", "energy from gensets"}}});
    for (auto const& seen : seen_) {
        table.append({buildout_.campuses[seen.campus].name, seen.began_s, seen.ended_s, static_cast<std::int64_t>(seen.steps), seen.racks,
                      seen.least_racks, seen.chip_max_C, seen.supply_max_C, seen.genset_J});
    }
}

} // namespace aidc
