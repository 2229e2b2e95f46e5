#pragma once
/// \file
/// A scenario as written: names where the buildout has ids. One struct, one describe().

#include "models/build/activity.hpp"
#include "models/demand/contract.hpp"
#include "sim/scenario/spec_equipment.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// A stretch without work.
struct HolidaySpec {
    Date from, until;
};
/// A work calendar.
struct CalendarSpec {
    std::string name;
    std::vector<std::string> days_off;
    std::vector<HolidaySpec> holidays;
};
/// Monthly normals, January first.
struct NormalsSpec {
    std::array<double, 12> dry_bulb_mean_C{}, daily_range_K{}, relative_humidity{};
};
/// Weather of a place: normals or a file, and design weather.
struct ClimateSpec {
    std::string name, source, epw;
    double altitude_m{};
    DesignWeather design;
    std::optional<NormalsSpec> normals;
};
/// Teams that can work at the same time.
struct CrewSpec {
    std::string name;
    double teams{};
};
/// Output of a line from a date on [1/s].
struct CapacitySpec {
    Date from;
    double units_per_s{};
};
/// Where an item comes from; either `capacity` and `touch`, or `quoted_lead`.
struct MakerSpec {
    std::string name, item;
    std::vector<CapacitySpec> capacity;
    double backlog_units{}, our_quota = 1.0, others_units{};
    std::optional<DurationText> quoted_lead, touch;
    DurationText transit;
    double lot_units = 1.0, ship_every_s{};
};
/// What is ordered of a maker for a campus.
struct OrderSpec {
    std::string name, maker, campus;
    double units{};
    Date placed;
};
/// An event of the outer world.
struct ShockSpec {
    std::string name, item;
    Date from;
    std::optional<Date> until;
    double capacity_factor = 1.0;
    bool holds_transit = false;
    DurationText release;
};
/// A predecessor with a lag, or from its start.
struct LinkSpec {
    std::string activity;
    bool start_to_start = false;
    double lag_s{};
};
/// What an activity uses up.
struct GoodsSpec {
    std::string item;
    double units{};
};
/// What finishing an activity adds: one of term, group, import.
struct GrantSpec {
    std::string term, group;
    double share = 0.0, units = 0.0, it_W = 0.0, import_W = 0.0;
};
/// Work; predecessors by name in the hall, building or campus.
struct ActivitySpec {
    std::string name;
    Stage stage{};
    std::vector<std::string> after;
    std::vector<LinkSpec> links;
    std::vector<GoodsSpec> goods;
    std::string crew, calendar;
    double teams = 1.0;
    DurationText work;
    double retest_probability{};
    DurationText rework;
    std::optional<Date> not_before;
    std::vector<GrantSpec> grants;
};
/// How racks come in: one install and one burn-in activity a pod.
struct InstallSpec {
    std::vector<std::string> after;
    std::string crew, calendar;
    DurationText work_per_rack, burn_in;
    double retest_probability{};
    DurationText rework;
};
/// Racks of one kind planned for a hall.
struct RackLineSpec {
    std::string rack;
    std::uint32_t racks{}, racks_per_pod{};
};
/// A hall with its UPS, racks and work.
struct HallSpec {
    std::string name;
    bool built = false;
    std::uint32_t pods{}, positions_per_pod{}, handover_order{};
    double position_max_W{}, design_W{}, house_W{}, backup_share = 1.0;
    ElectricUnits ups;
    std::vector<RackLineSpec> racks;
    std::vector<ActivitySpec> activities;
    std::optional<InstallSpec> install;
};
/// One facility-water loop and its halls.
struct BuildingSpec {
    std::string name;
    PlantSpec plant;
    std::vector<ActivitySpec> activities;
    std::vector<HallSpec> halls;
};
/// A site.
struct CampusSpec {
    std::string name, region, climate;
    bool built = false;
    double import_W{};
    FailingElectricUnits transformers;
    std::optional<GensetUnits> gensets;
    std::vector<ActivitySpec> activities;
    std::vector<BuildingSpec> buildings;
};
/// Committed IT power from a date on.
struct ContractStepSpec {
    Date from;
    double it_W{};
};
/// Who has reserved what, and how busy it is.
struct ContractSpec {
    std::string name, campus;
    std::vector<ContractStepSpec> committed;
    DailyShape shape;
};
/// Who uses the capacity.
struct DemandSpec {
    std::vector<ContractSpec> contracts;
};
/// The whole file.
struct ScenarioSpec {
    std::string format, name, description;
    std::uint32_t version{};
    Date start, end;
    double step_s = 3600.0;
    std::uint32_t seed{};
    std::vector<Factor> factors;
    std::vector<CalendarSpec> calendars;
    std::vector<ClimateSpec> climates;
    std::vector<CrewSpec> crews;
    std::vector<RackKind> racks;
    std::vector<MakerSpec> makers;
    std::vector<OrderSpec> orders;
    std::vector<ShockSpec> shocks;
    std::vector<CampusSpec> campuses;
    DemandSpec demand;
};

} // namespace aidc
