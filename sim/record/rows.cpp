#include "sim/record/rows.hpp"

#include "sim/record/summary.hpp"
#include "sim/record/tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::string const mean = "time: mean";
std::string const point = "time: point";

/// Variables of /campus that every run has.
std::vector<h5::Quantity> capacity_variables()
{
    return {{"planned_W", "W", "planned live IT power (baseline)", point},
            {"energised_W", "W", "IT power that the permanent grid connection carries", point},
            {"ready_W", "W", "IT power ready for service", point},
            {"live_W", "W", "live IT power, budget of live racks", point},
            {"sold_W", "W", "live IT power under contract", point},
            {"import_firm_W", "W", "firm grid import at the fence", point},
            {"import_non_firm_W", "W", "grid import that may be curtailed, at the fence", point},
            {"on_site_firm_W", "W", "own generation at the fence", point},
            {"racks_live", "1", "live racks", point},
            {"accelerators_live", "1", "live accelerators", point},
            {"accelerators_planned", "1", "accelerators live in the baseline", point},
            {"rack_up", "1", "sold and installed over positions ready, by power", point},
            {"utilization", "1", "busy accelerators over live accelerators", mean}};
}

/// Variables of /campus when hours are operated.
std::vector<h5::Quantity> operation_variables()
{
    std::vector<h5::Quantity> all{{"it_power_W", "W", "IT power at rack input", mean},
                                  {"facility_power_W", "W", "power of the facility, from grid, gensets and batteries", mean},
                                  {"cooling_power_W", "W", "pumps, fans and chillers", mean},
                                  {"power_loss_W", "W", "losses of UPS and transformers", mean},
                                  {"house_power_W", "W", "lights, controls, security", mean},
                                  {"genset_power_W", "W", "from gensets", mean},
                                  {"battery_power_W", "W", "from batteries of UPS and storage", mean},
                                  {"pue", "1", "interval PUE (not below 1 % fill)", mean},
                                  {"water_use_kg_per_s", "kg s-1", "make-up water", mean},
                                  {"throttled_share", "1", "IT power cut to keep chips cool, over what was asked", mean},
                                  {"fws_supply_C", "degC", "facility-water supply, mean over buildings with load", mean},
                                  {"tcs_supply_max_C", "degC", "warmest supply to racks", "time: maximum"},
                                  {"air_supply_max_C", "degC", "warmest air to racks that give heat to the air", "time: maximum"},
                                  {"case_max_C", "degC", "hottest accelerator case", "time: maximum"},
                                  {"outdoor_dry_bulb_C", "degC", "outdoor dry bulb", mean},
                                  {"outdoor_wet_bulb_C", "degC", "outdoor wet bulb", mean},
                                  {"chilled_W", "W", "heat that chillers took from the facility water", mean},
                                  {"heat_reused_W", "W", "heat given to a network", mean},
                                  {"heat_stored_W", "W", "heat gained by chips, coolant and water; 0 in steady operation", mean}};
    for (auto const& row : consumers) {
        all.push_back({"cooling_" + std::string(row.name) + "_W", "W", std::string(row.what), mean});
    }
    return all;
}

std::vector<h5::Quantity> campus_variables(Detail detail)
{
    auto all = capacity_variables();
    if (detail == Detail::operate) {
        auto const more = operation_variables();
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

h5::Series open_campus(h5::File& file, Buildout const& b, Detail detail)
{
    auto group = file.group("campus", "Campuses, one row an operations step");
    group.time_axis(b.start);
    group.label_axis("campus", names_of(b.campuses), "campus");
    group.default_plot("live_W", {"time", "campus"}, {"planned_W", "ready_W", "energised_W"});
    return group.series(campus_variables(detail), "campus");
}

std::vector<h5::SeriesSpec> hall_variables()
{
    std::vector<h5::SeriesSpec> specs;
    for (auto const& term : terms) {
        specs.emplace_back(h5::Quantity{"term_" + std::string(term.name) + "_W", "W", "firm IT power by " + std::string(term.name), point});
    }
    specs.emplace_back(h5::Quantity{"planned_W", "W", "planned live IT power (baseline)", point});
    specs.emplace_back(h5::Quantity{"ready_W", "W", "IT power ready for service", point});
    specs.emplace_back(h5::Quantity{"live_W", "W", "live IT power", point});
    specs.emplace_back(h5::Quantity{"stranded_W", "W", "ready and not live", point});
    specs.emplace_back(h5::Quantity{"gate", "1", "terms that hold the next go-live unit", point}, h5::Type::int16);
    return specs;
}

h5::Series open_halls(h5::File& file, Buildout const& b)
{
    auto group = file.group("hall", "Halls, one row a day");
    group.time_axis(b.start);
    group.label_axis("hall", names_of(b.halls), "hall");
    std::vector<double> design_W;
    std::vector<double> complete_W;
    for (auto const& hall : b.halls) {
        design_W.push_back(hall.design_W);
    }
    for (auto const& milestone : b.milestones) {
        if (milestone.kind == Milestone::Kind::complete && milestone.hall) { // one a hall, in their order
            complete_W.push_back(milestone.it_W);
        }
    }
    group.column({"design_W", "W", "IT power the hall is built for"}, "hall", design_W);
    group.column({"complete_W", "W", "IT power of all planned racks, less those to be taken out"}, "hall", complete_W);
    auto series = group.series(hall_variables(), "hall");
    std::vector<std::pair<int, std::string>> bits;
    for (auto const& term : terms) {
        bits.emplace_back(bit(term.term), std::string(term.name));
    }
    group.flags("gate", true, bits);
    group.default_plot("live_W", {"time", "hall"});
    return series;
}

h5::Series open_supply(h5::File& file, Buildout const& b)
{
    auto group = file.group("supply", "Goods by item, one row a day; all campuses");
    group.time_axis(b.start);
    group.label_axis("item", names_of(b.items), "item");
    std::vector<double> per_unit;
    for (auto const& item : b.items) {
        auto const kind = std::ranges::find(b.kinds, item.name, &RackKind::name);
        per_unit.push_back(kind == b.kinds.end() ? 0.0 : accelerators(*kind));
    }
    group.column({"accelerators_per_unit", "1", "accelerators of one unit; 0 for what is no rack"}, "item", per_unit);
    return group.series(std::vector<h5::Quantity>{{"ordered", "1", "units ordered", point},
                                                  {"made", "1", "units made", point},
                                                  {"on_site", "1", "units that reached the dock", point},
                                                  {"used", "1", "units taken by activities", point},
                                                  {"live", "1", "live racks of this kind; 0 for what is no rack", point},
                                                  {"stranded", "1", "racks on the dock or later and not live", point},
                                                  {"stranded_age_s", "s", "mean time since they reached the dock", point}},
                        "item");
}

} // namespace

CampusRows::CampusRows(h5::File& file, Buildout const& buildout, Detail detail)
    : buildout_(buildout), detail_(detail), together_(buildout), series_(open_campus(file, buildout, detail))
{
}

void CampusRows::append(World const& world, Tick from, Tick to)
{
    values_.clear();
    for (std::size_t c = 0; c < buildout_.campuses.size(); ++c) {
        auto const campus = id<Campus>(c);
        append_capacity(world, campus);
        append_use(world, campus);
        if (detail_ == Detail::operate) {
            auto const& flows = world.campus_books[campus].row;
            append_power(flows, seconds(to - from));
            append_temperatures(flows);
            append_plant(flows, seconds(to - from));
        }
    }
    std::size_t const campuses = buildout_.campuses.size();
    std::size_t const variables = values_.size() / campuses;
    row_.resize(values_.size());
    for (std::size_t c = 0; c < campuses; ++c) {
        for (std::size_t v = 0; v < variables; ++v) {
            row_[v * campuses + c] = static_cast<float>(values_[c * variables + v]);
        }
    }
    series_.append(seconds(to), row_);
}

void CampusRows::append_capacity(World const& world, Id<Campus> campus)
{
    std::array<double, 11> sum{};
    auto& [planned, energised, ready, live, sold, import_firm, import_non_firm, on_site, racks, chips, chips_planned] = sum;
    for (std::size_t h = 0; h < buildout_.halls.size(); ++h) {
        if (buildout_.halls[h].campus != campus) {
            continue;
        }
        auto const& hall = world.halls[id<Hall>(h)];
        planned += hall.planned_W;
        live += hall.live_W;
        chips += hall.live_accelerators;
        chips_planned += hall.planned_accelerators;
        for (auto const& line : hall.lines) {
            racks += line.live;
        }
    }
    auto const together = together_.of(world, campus);
    energised = together.energised_W;
    ready = together.ready_W;
    sold = world.campuses[campus].sold_W;
    auto const& given = world.campus_grants[campus];
    import_firm = given.firm_W;
    import_non_firm = given.non_firm_W;
    on_site = given.on_site_W;
    values_.insert(values_.end(), sum.begin(), sum.end());
    values_.push_back(ready > 0.0 ? sold / ready : missing);
}

void CampusRows::append_use(World const& world, Id<Campus> campus)
{
    double live_s = 0.0;
    double busy_s = 0.0;
    for (std::size_t p = 0; p < buildout_.pools.size(); ++p) {
        if (buildout_.pools[p].campus == campus) {
            live_s += world.pool_books[id<Pool>(p)].row[index(Rung::live)];
            busy_s += world.pool_books[id<Pool>(p)].row[index(Rung::busy)];
        }
    }
    values_.push_back(live_s > 0.0 ? busy_s / live_s : missing);
}

void CampusRows::append_power(Flows const& f, double dt_s)
{
    double const fill_floor_J = 0.01 * values_[values_.size() - capacity_variables().size() + 2] * dt_s;
    for (double const joules :
         {f.it_J, facility_J(f), f.cooling_J(), f.ups_loss_J + f.transformer_loss_J, f.house_J, f.genset_J, f.battery_J}) {
        values_.push_back(joules / dt_s);
    }
    values_.push_back(f.it_J > 0.0 && f.it_J >= fill_floor_J ? facility_J(f) / f.it_J : missing);
    values_.push_back(f.make_up_kg / dt_s);
    double const asked_J = f.it_J + f.throttled_J;
    values_.push_back(asked_J > 0.0 ? f.throttled_J / asked_J : 0.0);
}

void CampusRows::append_temperatures(Flows const& f)
{
    bool const running = f.running_s > 0.0;
    values_.push_back(running ? f.supply_C_s / f.running_s : missing);
    values_.push_back(running ? f.tcs_supply_max_C : missing);
    values_.push_back(running && f.air_supply_max_C > -273.0 ? f.air_supply_max_C : missing);
    values_.push_back(running ? f.case_max_C : missing);
    values_.push_back(f.dry_bulb_C_s / f.seconds);
    values_.push_back(f.wet_bulb_C_s / f.seconds);
}

void CampusRows::append_plant(Flows const& f, double dt_s)
{
    for (double const joules : {f.chilled_J, f.heat_reused_J, f.heat_stored_J}) {
        values_.push_back(joules / dt_s);
    }
    for (double const joules : f.consumer_J) {
        values_.push_back(joules / dt_s);
    }
}

HallRows::HallRows(h5::File& file, Buildout const& buildout) : series_(open_halls(file, buildout)) {}

void HallRows::append(World const& world, Tick to)
{
    row_.clear();
    for (std::size_t j = 0; j < term_count; ++j) {
        for (auto const& hall : world.halls) {
            row_.push_back(std::isfinite(hall.term_W[j]) ? hall.term_W[j] : missing);
        }
    }
    for (auto const& hall : world.halls) {
        row_.push_back(hall.planned_W);
    }
    for (auto const& hall : world.halls) {
        row_.push_back(ready_W(hall));
    }
    for (auto const& hall : world.halls) {
        row_.push_back(hall.live_W);
    }
    for (auto const& hall : world.halls) {
        row_.push_back(ready_W(hall) - hall.live_W);
    }
    for (auto const& hall : world.halls) {
        row_.push_back(hall.gate);
    }
    std::vector<float> const row(row_.begin(), row_.end());
    series_.append(seconds(to), row);
}

SupplyRows::SupplyRows(h5::File& file, Buildout const& buildout)
    : buildout_(buildout), series_(open_supply(file, buildout)), is_rack_(buildout.items.size()), stood_(buildout.items.size())
{
    for (std::size_t i = 0; i < buildout.items.size(); ++i) {
        is_rack_[i] = std::ranges::find(buildout.kinds, buildout.items[i].name, &RackKind::name) != buildout.kinds.end();
    }
    for (auto const& activity : buildout.activities) {
        for (auto const& grant : activity.stage == Stage::L5 ? activity.grants : std::vector<Grant>{}) {
            if (grant.hall && grant.term == Term::racks) { // a hall that was built
                auto const kind = buildout.halls[grant.hall.row].lines[grant.line].kind;
                auto const item = std::ranges::find(buildout.items, buildout.kinds[kind.row].name, &Item::name);
                if (item != buildout.items.end()) {
                    stood_[static_cast<std::size_t>(item - buildout.items.begin())] += grant.racks;
                }
            }
        }
    }
}

void SupplyRows::append(World const& world, Tick to)
{
    std::size_t const items = buildout_.items.size();
    row_.assign(7 * items, 0.0F);
    for (std::size_t l = 0; l < buildout_.lots.size(); ++l) {
        auto const& lot = buildout_.lots[l];
        auto const& dates = world.lots[id<Lot>(l)];
        std::size_t const item = buildout_.makers[buildout_.orders[lot.order.row].maker.row].item.row;
        auto const units = static_cast<float>(lot.units);
        if (buildout_.orders[lot.order.row].part_of) {
            continue; // parts stay with their maker
        }
        row_[item] += dates.placed != never ? units : 0.0F;
        row_[items + item] += dates.made != never ? units : 0.0F;
        row_[2 * items + item] += dates.dock != never ? units : 0.0F;
    }
    for (std::uint32_t s = 0; s < world.taken.size(); ++s) {
        row_[3 * items + s % items] += static_cast<float>(world.taken[Id<Stock>{s}].units);
    }
    for (std::size_t h = 0; h < buildout_.halls.size(); ++h) {
        auto const& lines = world.halls[id<Hall>(h)].lines;
        for (std::size_t l = 0; l < lines.size(); ++l) {
            auto const& kind = buildout_.kinds[buildout_.halls[h].lines[l].kind.row];
            auto const item = std::ranges::find(buildout_.items, kind.name, &Item::name);
            if (item != buildout_.items.end()) {
                row_[4 * items + static_cast<std::size_t>(item - buildout_.items.begin())] += static_cast<float>(lines[l].live);
            }
        }
    }
    append_stranded(world, to);
    series_.append(seconds(to), row_);
}

/// Racks go live in the order in which they came: the youngest are stranded. Racks that stood at the start came with no lot.
void SupplyRows::append_stranded(World const& world, Tick to)
{
    std::size_t const items = buildout_.items.size();
    std::vector<double> left(items);
    for (std::size_t i = 0; i < items; ++i) {
        double const on_dock = row_[2 * items + i];
        left[i] = is_rack_[i] ? std::clamp(on_dock - (row_[4 * items + i] - stood_[i]), 0.0, on_dock) : 0.0;
        row_[5 * items + i] = static_cast<float>(left[i]);
    }
    for (auto const l : by_dock(world)) {
        auto const& lot = buildout_.lots[l];
        auto const item = buildout_.makers[buildout_.orders[lot.order.row].maker.row].item.row;
        double const stranded = std::min(left[item], lot.units);
        if (stranded > 0.0) {
            left[item] -= stranded;
            row_[6 * items + item] += static_cast<float>(stranded / row_[5 * items + item] * seconds(to - world.lots[id<Lot>(l)].dock));
        }
    }
}

/// Lots that go to campuses and have reached the dock, the youngest first.
std::vector<std::size_t> SupplyRows::by_dock(World const& world) const
{
    std::vector<std::size_t> rows;
    for (std::size_t l = 0; l < buildout_.lots.size(); ++l) {
        if (world.lots[id<Lot>(l)].dock != never && !buildout_.orders[buildout_.lots[l].order.row].part_of) {
            rows.push_back(l);
        }
    }
    std::ranges::stable_sort(rows,
                             [&world](std::size_t a, std::size_t b) { return world.lots[id<Lot>(a)].dock > world.lots[id<Lot>(b)].dock; });
    return rows;
}

} // namespace aidc
