#pragma once
/// \file
/// A scenario as written: names where the buildout has ids. One struct, one describe().

#include "sim/scenario/spec_climate.hpp"
#include "sim/scenario/spec_demand.hpp"
#include "sim/scenario/spec_plant.hpp"
#include "sim/scenario/spec_power.hpp"
#include "sim/scenario/spec_supply.hpp"
#include "sim/scenario/spec_work.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// Racks of one kind planned for a hall.
struct RackLineSpec {
    std::string rack, replaces;
    std::vector<std::string> after;
    std::uint32_t racks{}, racks_per_pod{}, cluster_accelerators{};
};
/// A hall with its UPS, racks and work.
struct HallSpec {
    std::string name;
    bool built = false;
    std::uint32_t pods{}, positions_per_pod{}, handover_order{};
    double bus_V = 54.0, floor_max_kg{};
    double position_max_W{}, design_W{}, house_W{}, backup_share = 1.0;
    UpsUnits ups;
    std::optional<BuswaySpec> busway;
    std::vector<std::string> fed_by;
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
/// Import that is not always there.
struct NonFirmSpec {
    bool counts = false;
    std::optional<DurationText> to_curtail;
    DurationText curtailed;
};
/// A site.
struct CampusSpec {
    std::string name, region, climate;
    bool built = false;
    double import_W{};
    std::optional<NonFirmSpec> non_firm;
    FailingElectricUnits transformers;
    std::optional<GensetUnits> gensets;
    PowerSpec power;
    std::vector<ActivitySpec> activities;
    std::vector<BuildingSpec> buildings;
};
/// Measured heat that the pods of a hall replay.
struct TraceSpec {
    std::string hall, csv, columns, wet_bulb;
};
/// A live power that was promised.
struct TargetSpec {
    std::string name;
    double it_W{};
    std::optional<Date> due;
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
    std::vector<RackSpec> racks;
    std::vector<MakerSpec> makers;
    std::vector<OrderSpec> orders;
    std::vector<ShockSpec> shocks;
    std::vector<CampusSpec> campuses;
    std::vector<TargetSpec> targets;
    std::string currency = "USD", baseline;
    DemandSpec demand;
    std::vector<TraceSpec> traces;
    std::vector<FaultSpec> faults;
};

} // namespace aidc
