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

struct HolidaySpec {
    Date from, until;
};
struct CalendarSpec {
    std::string name;
    std::vector<std::string> days_off;
    std::vector<HolidaySpec> holidays;
};
struct NormalsSpec {
    std::array<double, 12> dry_bulb_mean_C{}, daily_range_K{}, relative_humidity{};
};
struct ClimateSpec {
    std::string name, source, epw;
    double altitude_m{};
    DesignWeather design;
    std::optional<NormalsSpec> normals;
};
struct CrewSpec {
    std::string name;
    double teams{};
};
struct CapacitySpec {
    Date from;
    double units_per_s{};
};
struct MakerSpec {
    std::string name, item;
    std::vector<CapacitySpec> capacity;
    double backlog_units{}, our_quota = 1.0, others_units{};
    std::optional<DurationText> quoted_lead, touch;
    DurationText transit;
    double lot_units = 1.0, ship_every_s{};
};
struct OrderSpec {
    std::string name, maker, campus;
    double units{};
    Date placed;
};
struct ShockSpec {
    std::string name, item;
    Date from;
    std::optional<Date> until;
    double capacity_factor = 1.0;
    bool holds_transit = false;
    DurationText release;
};
struct LinkSpec {
    std::string activity;
    bool start_to_start = false;
    double lag_s{};
};
struct GoodsSpec {
    std::string item;
    double units{};
};
struct GrantSpec {
    std::string term, group;
    double share = 0.0, units = 0.0, it_W = 0.0, import_W = 0.0;
};
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
struct RackLineSpec {
    std::string rack;
    std::uint32_t racks{}, racks_per_pod{};
};
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
struct BuildingSpec {
    std::string name;
    PlantSpec plant;
    std::vector<ActivitySpec> activities;
    std::vector<HallSpec> halls;
};
struct CampusSpec {
    std::string name, region, climate;
    bool built = false;
    double import_W{};
    FailingElectricUnits transformers;
    std::optional<GensetUnits> gensets;
    std::vector<ActivitySpec> activities;
    std::vector<BuildingSpec> buildings;
};
struct ContractStepSpec {
    Date from;
    double it_W{};
};
struct ContractSpec {
    std::string name, campus;
    std::vector<ContractStepSpec> committed;
    DailyShape shape;
};
struct DemandSpec {
    std::vector<ContractSpec> contracts;
};
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
