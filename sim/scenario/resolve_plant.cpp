#include "sim/scenario/resolve_plant.hpp"

#include "models/base/error.hpp"
#include "models/campus/sizing.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Whole units that cover a fraction; rounding of a root does not ask for one more.
std::uint32_t whole(double needed) { return static_cast<std::uint32_t>(std::max(1.0, std::ceil(needed * (1.0 - 1e-6)))); }

/// Liquid heat of the largest pod that is planned [W].
double largest_pod_W(Resolver const& r, BuildingSpec const& spec)
{
    double most_W = 0.0;
    for (auto const& hall : spec.halls) {
        for (auto const& line : hall.racks) {
            if (auto const kind = r.kinds.find(line.rack)) {
                auto const& k = r.out.kinds[kind.row];
                most_W = std::max(most_W, line.racks_per_pod * budget_W(k) * k.liquid_share);
            }
        }
    }
    return most_W;
}

Plant plant_of(PlantSpec const& spec)
{
    Plant plant;
    plant.tcs = spec.tcs;
    plant.fws = spec.fws;
    plant.refrigerant = spec.refrigerant;
    plant.cdu = spec.cdu;
    plant.tcs_set_point_C = spec.tcs_set_point_C;
    plant.hall_dew_max_C = spec.hall_dew_max_C;
    plant.fws_set_point_C = spec.fws_set_point_C;
    plant.fws_min_C = spec.fws_min_C;
    plant.fws_max_C = spec.fws_max_C;
    plant.fws_pump = spec.fws_pump;
    return plant;
}

CoolingTower tower_of(TowerUnits const& spec) { return size_tower(spec.rating, spec.treatment); }

EirChiller chiller_of(ChillerUnits const& spec)
{
    return size_chiller(spec.curves, spec.capacity_W > 0.0 ? spec.capacity_W : spec.curves.reference_W);
}

/// Where the FWS pumps were not rated: a stand-in until the flow is known.
Pump pump_for(double flow_m3_per_s, double head_Pa, double efficiency)
{
    return {.rated_flow_m3_per_s = flow_m3_per_s, .rated_head_Pa = head_Pa, .rated_power_W = flow_m3_per_s * head_Pa / efficiency};
}

// ------------------------------------------------------------------------------------------------- soundness

void check_cooler(Resolver& r, DryCoolerRating const& rating, std::string const& pointer)
{
    if (!(rating.water_inlet_C > rating.water_outlet_C && rating.water_outlet_C > rating.air_inlet_C)) {
        r.problem(pointer + "/rating", "needs water_inlet > water_outlet > air_inlet");
    }
}

void check_tower(Resolver& r, TowerRating const& rating, std::string const& pointer)
{
    if (!(rating.water_inlet_C > rating.water_outlet_C && rating.water_outlet_C > rating.wet_bulb_C)) {
        r.problem(pointer + "/rating", "needs water_inlet > water_outlet > wet_bulb");
    }
}

void check_chiller(Resolver& r, ChillerUnits const& spec, std::string const& pointer)
{
    auto const& c = spec.curves;
    if (!(c.evaporator_min_C <= c.leaving_C && c.leaving_C <= c.evaporator_max_C && c.condenser_min_C <= c.condenser_C
          && c.condenser_C <= c.condenser_max_C)) {
        r.problem(pointer + "/curves", "has its reference point outside of its own ranges; check leaving, condenser and their limits");
    }
    if (c.min_unloading_plr < c.min_plr) {
        r.problem(pointer + "/curves/min_unloading_plr",
                  fmt::format("is {:g} and must not be below min_plr {:g}", c.min_unloading_plr, c.min_plr));
    }
}

void check_air(Resolver& r, PlantSpec const& spec, std::string const& pointer)
{
    if (!(spec.fan_wall.air_return_C > spec.fan_wall.water_outlet_C && spec.fan_wall.water_outlet_C > spec.fan_wall.water_inlet_C)) {
        r.problem(pointer + "/fan_wall", "needs air_return > water_outlet > water_inlet");
    }
    if ((spec.chiller_cop > 0.0) == spec.air_source.has_value()) {
        r.problem(pointer, "needs either \"chiller_cop\" or \"air_source\": one source of the chilled water for the residual air");
    }
    if (!spec.air_source) {
        return;
    }
    auto const& source = *spec.air_source;
    auto const at_source = pointer + "/air_source";
    if (source.coolers && source.towers) {
        r.problem(at_source, "has both \"coolers\" and \"towers\"; one of them stands before the chillers");
    }
    if (!source.coolers && !source.towers && !source.chillers) {
        r.problem(at_source, "is empty; give it chillers, and coolers or towers before them");
    }
    if (source.coolers) {
        check_cooler(r, source.coolers->rating, at_source + "/coolers");
    }
    if (source.towers) {
        check_tower(r, source.towers->rating, at_source + "/towers");
    }
    if (source.chillers) {
        check_chiller(r, *source.chillers, at_source + "/chillers");
    }
}

/// Does the plant's data make sense at all? What the sizing functions expect of it.
bool plant_is_sound(Resolver& r, PlantSpec const& spec, std::string const& pointer)
{
    auto const before = r.problems.size();
    if (spec.coolers.has_value() == spec.towers.has_value()) {
        r.problem(pointer, "needs either \"coolers\" or \"towers\" for the facility water");
    }
    if (spec.coolers) {
        check_cooler(r, spec.coolers->rating, pointer + "/coolers");
    }
    if (spec.towers) {
        check_tower(r, spec.towers->rating, pointer + "/towers");
    }
    if (spec.chillers) {
        check_chiller(r, *spec.chillers, pointer + "/chillers");
    }
    check_air(r, spec, pointer);
    if (!(spec.fws_min_C <= spec.fws_set_point_C && spec.fws_set_point_C <= spec.fws_max_C
          && spec.fws_set_point_C < spec.tcs_set_point_C)) {
        r.problem(pointer, "needs fws_min <= fws_set_point <= fws_max, and fws_set_point below tcs_set_point");
    }
    auto const liquid = range(spec.tcs);
    if (!spec.cdu.condensing && (spec.tcs_set_point_C < liquid.low_C || spec.tcs_set_point_C > liquid.high_C)) {
        r.problem(pointer + "/tcs_set_point",
                  fmt::format("is {:g} C and the data of this coolant reach from {:g} to {:g} C; take another coolant",
                              spec.tcs_set_point_C, liquid.low_C, liquid.high_C));
    }
    return r.problems.size() == before;
}

// ------------------------------------------------------------------------------------------------- ratings

/// A source of chilled water for the residual air; its counts come later.
WaterSource air_source_of(AirSourceSpec const& spec)
{
    WaterSource source{.outdoor = {}, .tower = {}, .chiller = {}};
    if (spec.coolers) {
        source.outdoor = size_dry_cooler(spec.coolers->rating, spec.coolers->pads);
    }
    if (spec.towers) {
        source.outdoor = tower_of(*spec.towers);
    }
    if (spec.chillers) {
        source.chiller = chiller_of(*spec.chillers);
    }
    return source;
}

// ------------------------------------------------------------------------------------------------- counts

/// A loop's plate exchanger and tower pumps for its design heat and flow.
TowerLoop tower_loop_of(TowerUnits const& spec, double heat_W, double flow_m3_per_s, FluidProperties const& loop)
{
    auto const water = properties(Coolant::water, 30.0);
    double const loop_kg_per_s = flow_m3_per_s * loop.density_kg_per_m3;
    double const tower_kg_per_s = spec.flow_ratio * loop_kg_per_s * loop.cp_J_per_kgK / water.cp_J_per_kgK;
    EconomiserRating const rating{
        .heat_W = heat_W, .approach_K = spec.exchanger_approach_K, .load_kg_per_s = loop_kg_per_s, .tower_kg_per_s = tower_kg_per_s};
    return {.exchanger = size_economiser(rating, loop, water),
            .control = {.approach_K = spec.exchanger_approach_K},
            .pump = pump_for(tower_kg_per_s / water.density_kg_per_m3, spec.pump_head_Pa, spec.pump_efficiency),
            .flow_ratio = spec.flow_ratio};
}

/// Sizes one building's plant in the order in which the parts depend on each other.
class Fit {
  public:
    Fit(Resolver& r, PlantSpec const& spec, Id<Building> building, std::string const& pointer)
        : r_(r), spec_(spec), building_(r.out.buildings[building.row]), plant_(building_.plant), sizing_(building_.sizing),
          pointer_(pointer)
    {
        auto const& campus = r.out.campuses[building_.campus.row];
        climate_ = &r.out.climates[campus.climate.row];
        weather_ = sizing_weather(*climate_);
        for (auto const& hall : r.out.halls) {
            if (hall.building == building) {
                auto const more = planned_loads(plant_, hall.lines, r.out.kinds);
                loads_.insert(loads_.end(), more.begin(), more.end());
            }
        }
    }

    void run()
    {
        sizing_.liquid_W = liquid_W(loads_);
        for (auto const& load : loads_) {
            sizing_.air_W += load.pods * load.air_W;
        }
        sizing_.design_dry_bulb_C = climate_->design.dry_bulb_C;
        sizing_.design_wet_bulb_C = std::max(weather_[0].wet_bulb_C, weather_[1].wet_bulb_C);
        sizing_.cdus_per_pod = spec_.cdu.units;
        sizing_.cdu_spare = spec_.cdu.spare;
        if (!(sizing_.liquid_W > 0.0)) {
            return;
        }
        fit_pumps();
        fit_tower_loops();
        fit_masses();
        fit_reuse();
        fit_air();
        fit_outdoor();
        rate();
    }

  private:
    void fit_pumps()
    {
        sizing_.fws_flow_m3_per_s = design_fws_flow_m3_per_s(plant_, loads_);
        auto const& pump = spec_.fws_pump;
        double const flow = pump.rated_flow_m3_per_s > 0.0 ? pump.rated_flow_m3_per_s : sizing_.fws_flow_m3_per_s;
        plant_.fws_pump = pump_for(flow, pump.rated_head_Pa, pump.efficiency);
        plant_.fws_pump.min_speed = pump.min_speed;
        if (pump.rated_power_W > 0.0) {
            plant_.fws_pump.rated_power_W = pump.rated_power_W;
        }
        sizing_.pump_unit_m3_per_s = pump.unit_flow_m3_per_s > 0.0 ? pump.unit_flow_m3_per_s : flow / 3.0;
        sizing_.pump_spare = pump.spare;
        sizing_.pumps = whole(flow / sizing_.pump_unit_m3_per_s) + pump.spare;
    }

    void fit_tower_loops()
    {
        if (spec_.towers) {
            plant_.source.tower = tower_loop_of(*spec_.towers, 1.02 * sizing_.liquid_W, sizing_.fws_flow_m3_per_s,
                                                properties(plant_.fws, plant_.fws_set_point_C));
        }
        if (spec_.air_source && sizing_.air_W > 0.0) {
            auto const& wall = spec_.fan_wall;
            auto const water = properties(Coolant::water, wall.water_inlet_C);
            double const heat_W = sizing_.air_W * (1.0 + wall.fan_W / wall.heat_W);
            double const flow = heat_W / (volumetric_heat_J_per_m3K(water) * (wall.water_outlet_C - wall.water_inlet_C));
            plant_.air_pump = pump_for(flow, spec_.air_source->pump_head_Pa, spec_.air_source->pump_efficiency);
            if (spec_.air_source->towers) {
                plant_.air_source.tower = tower_loop_of(*spec_.air_source->towers, heat_W, flow, water);
            }
        }
    }

    /// Volumes that follow from the sizes: 100 L of coolant per 100 kW of CDU, three minutes of facility water each way, five of
    /// tower water [J].
    void fit_masses()
    {
        double const tcs_m3 = 0.5 * 1e-6 * plant_.cdu.rated_heat_W;
        plant_.mass = spec_.mass.value_or(PlantMass{.tcs_supply_m3 = tcs_m3,
                                                    .tcs_return_m3 = tcs_m3,
                                                    .fws_supply_m3 = 180.0 * sizing_.fws_flow_m3_per_s,
                                                    .fws_return_m3 = 180.0 * sizing_.fws_flow_m3_per_s,
                                                    .tower_m3 = 300.0 * sizing_.fws_flow_m3_per_s});
    }

    void fit_reuse()
    {
        if (!spec_.reuse) {
            return;
        }
        auto const& reuse = *spec_.reuse;
        auto const water = properties(Coolant::water, reuse.network_return_C);
        auto const fws = properties(plant_.fws, plant_.fws_set_point_C);
        double const source_kg_per_s = sizing_.fws_flow_m3_per_s * fws.density_kg_per_m3;
        double const return_C = plant_.fws_set_point_C + sizing_.liquid_W / (source_kg_per_s * fws.cp_J_per_kgK);
        double const network_rise_K = return_C - reuse.approach_K - reuse.network_return_C;
        if (!(network_rise_K > 0.0)) {
            r_.problem(pointer_ + "/reuse",
                       fmt::format("cannot warm water of {:g} C with facility water of {:.1f} C at an approach of {:g} K",
                                   reuse.network_return_C, return_C, reuse.approach_K));
            return;
        }
        double const demand_W = std::min(reuse.demand_W, 0.9 * sizing_.liquid_W);
        try {
            plant_.reuse = ReuseSite{.exchanger = size_heat_reuse({.heat_W = demand_W,
                                                                   .source_C = return_C,
                                                                   .network_return_C = reuse.network_return_C,
                                                                   .source_kg_per_s = source_kg_per_s,
                                                                   .network_kg_per_s = demand_W / (network_rise_K * water.cp_J_per_kgK)},
                                                                  fws, water),
                                     .network_return_C = reuse.network_return_C,
                                     .demand_W = reuse.demand_W,
                                     .full_C = reuse.full_C,
                                     .none_C = reuse.none_C};
        }
        catch (SolverError const& error) {
            r_.problem(pointer_ + "/reuse", fmt::format("no such exchanger is possible: {}", error.what()));
        }
    }

    /// Outdoor units and chillers of the residual air: always as many as needed unless they are given.
    void fit_air()
    {
        if (!spec_.air_source) {
            plant_.air_source.chiller = ConstantCop{spec_.chiller_cop};
            return;
        }
        auto const& source = *spec_.air_source;
        double const heat_W = sizing_.air_W * (1.0 + spec_.fan_wall.fan_W / spec_.fan_wall.heat_W);
        auto const count = [&](UnitGroupSpec const& units) {
            bool const found = units.units == automatic;
            sizing_.air_outdoor_units = found ? whole(outdoor_units_with_chillers(plant_.air_source, heat_W)) + units.spare : units.units;
            plant_.air_outdoor = static_cast<double>(sizing_.air_outdoor_units);
        };
        if (source.coolers) {
            count(*source.coolers);
        }
        if (source.towers) {
            count(*source.towers);
        }
        plant_.air_chillers = 0.0;
        if (source.chillers) {
            sizing_.air_chillers = source.chillers->units;
            if (source.chillers->units == automatic) {
                auto const needed =
                    chillers_needed(plant_, loads_, weather_, 1e3 + sizing_.liquid_W / rated_heat_W(*plant_.source.outdoor));
                sizing_.air_chillers = whole(needed.air) + source.chillers->spare;
            }
            plant_.air_chillers = static_cast<double>(sizing_.air_chillers);
        }
    }

    void fit_outdoor()
    {
        auto const& units = outdoor_units(spec_);
        sizing_.outdoor_spare = units.spare;
        sizing_.outdoor_needed =
            spec_.chillers ? outdoor_units_with_chillers(plant_.source, sizing_.liquid_W) : outdoor_units_needed(plant_, loads_, weather_);
        sizing_.outdoor_units = units.units;
        if (units.units == automatic && std::isfinite(sizing_.outdoor_needed)) {
            sizing_.outdoor_units = whole(sizing_.outdoor_needed) + units.spare;
        }
        if (!spec_.chillers) {
            return;
        }
        sizing_.chillers = spec_.chillers->units;
        sizing_.chiller_spare = spec_.chillers->spare;
        if (spec_.chillers->units == automatic) {
            double const firm = sizing_.outdoor_units - sizing_.outdoor_spare;
            sizing_.chillers = whole(chillers_needed(plant_, loads_, weather_, firm).water) + spec_.chillers->spare;
        }
        plant_.chillers = static_cast<double>(sizing_.chillers);
    }

    /// What one unit stands for, and whether all of them suffice.
    void rate()
    {
        auto& group = r_.out.groups[building_.coolers.row];
        bool const no_number = !std::isfinite(sizing_.outdoor_needed);
        if (sizing_.outdoor_units == automatic) {
            sizing_.outdoor_units = sizing_.outdoor_spare + 1;
        }
        group.units = sizing_.outdoor_units;
        double const firm = std::max(1.0, static_cast<double>(group.units) - group.spare);
        Plant spared = plant_;
        spared.chillers -= std::min(plant_.chillers, static_cast<double>(sizing_.chiller_spare));
        sizing_.carried = no_number ? 0.0 : carried_at_design(spared, loads_, weather_, firm);
        group.rating_W =
            spec_.chillers || no_number ? sizing_.carried * sizing_.liquid_W / firm : sizing_.liquid_W / sizing_.outdoor_needed;
        if (no_number) {
            r_.problem(pointer_ + "/" + outdoor_key(spec_),
                       fmt::format("reject no heat at the design weather of {} ({:g} C dry, {:g} C wet bulb) with FWS at {:g} C; raise "
                                   "fws_max, change the units, or add chillers",
                                   climate_->name, sizing_.design_dry_bulb_C, sizing_.design_wet_bulb_C, plant_.fws_max_C));
        }
        else if (sizing_.carried < 1.0 - 1e-6 && !spec_.allow_undersized) {
            complain_undersized(firm);
        }
        if (spec_.air_source) {
            check_air_source();
        }
    }

    void complain_undersized(double firm)
    {
        auto const key = outdoor_key(spec_);
        double const short_W = (1.0 - sizing_.carried) * sizing_.liquid_W;
        std::string const cure =
            spec_.chillers ? fmt::format("add {} or chillers", key) : fmt::format("add {} {}", whole(sizing_.outdoor_needed - firm), key);
        r_.problem(
            pointer_ + "/" + key + "/units",
            fmt::format("are short by {:.0f} kW of {:.0f} kW liquid heat at the design weather of {} ({:g} C dry, {:g} C wet bulb) with "
                        "{} spare; {}, or write \"units\": \"auto\", or \"allow_undersized\": true in the plant (chips then throttle)",
                        short_W / 1e3, sizing_.liquid_W / 1e3, climate_->name, sizing_.design_dry_bulb_C, sizing_.design_wet_bulb_C,
                        sizing_.outdoor_spare, cure));
    }

    /// The chilled water of the residual air must hold its set point at design weather.
    void check_air_source()
    {
        for (auto const& air : weather_) {
            std::vector<PodState> pods(loads_.size());
            auto const at = solve_hall_air(plant_, {.outdoors = air, .loads = loads_, .coolers_up = 0.0, .before = {}}, pods);
            double const over_K = at.chilled.supply_C - plant_.fan_wall.rating.water_inlet_C;
            if (over_K > 0.01 && !spec_.allow_undersized) {
                r_.problem(
                    pointer_ + "/air_source",
                    fmt::format("lets the chilled water rise by {:.1f} K over {:g} C at the design weather of {} ({:.0f} kW of residual "
                                "air); add chillers or outdoor units, or write \"units\": \"auto\"",
                                over_K, plant_.fan_wall.rating.water_inlet_C, climate_->name, sizing_.air_W / 1e3));
                return;
            }
        }
    }

    Resolver& r_;
    PlantSpec const& spec_;
    Building& building_;
    Plant& plant_;
    PlantSizing& sizing_;
    std::string const& pointer_;
    Climate const* climate_{};
    std::vector<Air> weather_;
    std::vector<PodLoad> loads_;
};

} // namespace

UnitGroupSpec const& outdoor_units(PlantSpec const& spec)
{
    return spec.coolers ? static_cast<UnitGroupSpec const&>(*spec.coolers) : *spec.towers;
}

std::string outdoor_key(PlantSpec const& spec) { return spec.coolers ? "coolers" : "towers"; }

PlantSpec with_cdus_as_one(Resolver const& r, BuildingSpec const& spec)
{
    PlantSpec plant = spec.plant;
    auto& cdu = plant.cdu;
    if (cdu.units == automatic) {
        cdu.spare = std::max(cdu.spare, 1U);
        cdu.units = whole(largest_pod_W(r, spec) / cdu.rated_heat_W) + cdu.spare;
    }
    double const at_work = cdu.units > cdu.spare ? cdu.units - cdu.spare : 1.0;
    cdu.rated_heat_W *= at_work;
    cdu.tcs_rated_flow_m3_per_s *= at_work;
    cdu.fws_rated_flow_m3_per_s *= at_work;
    cdu.pump_rated_power_W *= at_work;
    return plant;
}

bool put_plant(Resolver& r, PlantSpec const& spec, Plant& plant, std::string const& pointer)
{
    auto const before = r.problems.size();
    if (spec.cdu.spare >= spec.cdu.units) {
        r.problem(pointer + "/cdu/spare", fmt::format("is {} of {} CDUs (none would work)", spec.cdu.spare, spec.cdu.units));
    }
    if (!plant_is_sound(r, spec, pointer)) {
        return false;
    }
    auto const sized = [&](std::string const& part, auto const& size) {
        try {
            size();
        }
        catch (SolverError const& error) {
            r.problem(pointer + part, fmt::format("no such machine is possible: {}", error.what()));
        }
    };
    plant = plant_of(spec);
    if (plant.fws_pump.rated_flow_m3_per_s == 0.0) {
        plant.fws_pump = pump_for(1.0, spec.fws_pump.rated_head_Pa, spec.fws_pump.efficiency);
    }
    sized("/cdu", [&] { static_cast<void>(sized_cdu(plant)); });
    if (spec.coolers) {
        sized("/coolers/rating", [&] { plant.source.outdoor = size_dry_cooler(spec.coolers->rating, spec.coolers->pads); });
    }
    if (spec.towers) {
        sized("/towers/rating", [&] { plant.source.outdoor = tower_of(*spec.towers); });
    }
    if (spec.chillers) {
        sized("/chillers", [&] { plant.source.chiller = chiller_of(*spec.chillers); });
    }
    if (spec.air_source) {
        sized("/air_source", [&] { plant.air_source = air_source_of(*spec.air_source); });
    }
    sized("/fan_wall", [&] { plant.fan_wall = size_fan_wall(spec.fan_wall); });
    return r.problems.size() == before;
}

void fit_plant(Resolver& r, PlantSpec const& spec, Id<Building> building, std::string const& pointer)
{
    try {
        Fit(r, spec, building, pointer).run();
    }
    catch (SolverError const& error) {
        r.problem(pointer, fmt::format("cannot be sized at design weather: {}", error.what()));
    }
}

} // namespace aidc
