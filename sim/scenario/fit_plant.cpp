#include "sim/scenario/resolve_plant.hpp"

#include "models/base/error.hpp"
#include "models/campus/sizing.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

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
        sizing_.pumps = whole_units(flow / sizing_.pump_unit_m3_per_s) + pump.spare;
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

    /// Volumes that follow from the sizes: 100 L of coolant per 100 kW of CDU, ten times that in tanks of oil, three minutes of
    /// facility water each way, five of tower water [J].
    void fit_masses()
    {
        double const m3_per_W = is_dielectric(plant_.tcs) && !plant_.cdu.condensing ? 1e-5 : 1e-6;
        double const tcs_m3 = 0.5 * m3_per_W * plant_.cdu.rated_heat_W;
        PlantMass const found{.tcs_supply_m3 = tcs_m3,
                              .tcs_return_m3 = tcs_m3,
                              .fws_supply_m3 = 180.0 * sizing_.fws_flow_m3_per_s,
                              .fws_return_m3 = 180.0 * sizing_.fws_flow_m3_per_s,
                              .tower_m3 = 300.0 * sizing_.fws_flow_m3_per_s};
        if (!spec_.mass) {
            plant_.mass = found;
            return;
        }
        plant_.mass = *spec_.mass;
        for (auto const volume : {&PlantMass::tcs_supply_m3, &PlantMass::tcs_return_m3, &PlantMass::fws_supply_m3,
                                  &PlantMass::fws_return_m3, &PlantMass::tower_m3}) {
            if (plant_.mass.*volume == 0.0) { // not told
                plant_.mass.*volume = found.*volume;
            }
        }
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
            sizing_.air_outdoor_units =
                found ? whole_units(outdoor_units_with_chillers(plant_.air_source, heat_W)) + units.spare : units.units;
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
                Plant spared = plant_;
                spared.air_outdoor -= source.towers ? source.towers->spare : source.coolers ? source.coolers->spare : 0.0;
                auto const needed =
                    chillers_needed(spared, loads_, weather_, 1e3 + sizing_.liquid_W / rated_heat_W(*plant_.source.outdoor));
                sizing_.air_chillers = whole_units(needed.air) + source.chillers->spare;
            }
            plant_.air_chillers = static_cast<double>(sizing_.air_chillers);
        }
    }

    void fit_outdoor()
    {
        auto const& units = outdoor_units(spec_);
        sizing_.outdoor_spare = units.spare;
        heat_needs_ =
            spec_.chillers ? outdoor_units_with_chillers(plant_.source, sizing_.liquid_W) : outdoor_units_needed(plant_, loads_, weather_);
        double const fws_W_per_K = sizing_.fws_flow_m3_per_s * volumetric_heat_J_per_m3K(properties(plant_.fws, plant_.fws_set_point_C));
        water_needs_ = cells_for_water(plant_.source, fws_W_per_K);
        sizing_.outdoor_needed = std::max(heat_needs_, water_needs_);
        sizing_.outdoor_units = units.units;
        if (units.units == automatic && std::isfinite(heat_needs_)) {
            sizing_.outdoor_units = whole_units(sizing_.outdoor_needed) + units.spare;
        }
        if (!spec_.chillers) {
            return;
        }
        sizing_.chillers = spec_.chillers->units;
        sizing_.chiller_spare = spec_.chillers->spare;
        if (spec_.chillers->units == automatic) {
            double const firm = sizing_.outdoor_units - sizing_.outdoor_spare;
            sizing_.chillers = whole_units(chillers_needed(plant_, loads_, weather_, firm).water) + spec_.chillers->spare;
        }
        plant_.chillers = static_cast<double>(sizing_.chillers);
    }

    /// What one unit stands for, and whether all of them suffice.
    void rate()
    {
        auto& group = r_.out.groups[building_.coolers.row];
        bool const no_number = !std::isfinite(heat_needs_);
        if (sizing_.outdoor_units == automatic) {
            sizing_.outdoor_units = sizing_.outdoor_spare + 1;
        }
        group.units = sizing_.outdoor_units;
        double const firm = std::max(1.0, static_cast<double>(group.units) - group.spare);
        Plant spared = plant_;
        spared.chillers -= std::min(plant_.chillers, static_cast<double>(sizing_.chiller_spare));
        sizing_.carried = no_number ? 0.0 : carried_at_design(spared, loads_, weather_, firm);
        group.rating_W = spec_.chillers || no_number ? sizing_.carried * sizing_.liquid_W / firm : sizing_.liquid_W / heat_needs_;
        if (spec_.allow_undersized) { // racks go live all the same; chips throttle when it is too warm
            group.rating_W = std::max(group.rating_W, sizing_.liquid_W / firm);
        }
        if (no_number && !spec_.allow_undersized) {
            r_.problem(pointer_ + "/" + outdoor_key(spec_),
                       fmt::format("reject no heat at the design weather of {} ({:g} C dry, {:g} C wet bulb) with FWS at {:g} C; raise "
                                   "fws_max, change the units, or add chillers",
                                   climate_->name, sizing_.design_dry_bulb_C, sizing_.design_wet_bulb_C, plant_.fws_max_C));
        }
        else if (sizing_.carried < 1.0 - 1e-6 && !spec_.allow_undersized) {
            complain_undersized(firm);
        }
        else if (!spec_.allow_undersized) {
            check_water_of_cells(firm);
        }
        if (spec_.air_source) {
            check_air_source();
        }
    }

    /// Cells that get far more water than they are rated for leave their curves all year.
    void check_water_of_cells(double firm)
    {
        constexpr double most_of_rated = 1.05;
        if (water_needs_ > most_of_rated * firm) {
            r_.problem(pointer_ + "/towers/units",
                       fmt::format("get {:.1f} times their rated water with {} spare; add {} towers, or write \"units\": \"auto\", or "
                                   "\"allow_undersized\": true in the plant",
                                   water_needs_ / firm, sizing_.outdoor_spare, whole_units(water_needs_ / most_of_rated - firm)));
        }
    }

    void complain_undersized(double firm)
    {
        auto const key = outdoor_key(spec_);
        double const short_W = (1.0 - sizing_.carried) * sizing_.liquid_W;
        std::string const cure =
            spec_.chillers ? fmt::format("add {} or chillers", key) : fmt::format("add {} {}", whole_units(heat_needs_ - firm), key);
        r_.problem(
            pointer_ + "/" + key + "/units",
            fmt::format("are short by {:.0f} kW of {:.0f} kW liquid heat at the design weather of {} ({:g} C dry, {:g} C wet bulb) with "
                        "{} spare; {}{}, or write \"allow_undersized\": true in the plant (chips then throttle)",
                        short_W / 1e3, sizing_.liquid_W / 1e3, climate_->name, sizing_.design_dry_bulb_C, sizing_.design_wet_bulb_C,
                        sizing_.outdoor_spare, cure, outdoor_units(spec_).units == automatic ? "" : ", or write \"units\": \"auto\""));
    }

    /// The chilled water of the residual air must hold its set point at design weather.
    void check_air_source()
    {
        Plant spared = plant_;
        auto const& source = *spec_.air_source;
        spared.air_chillers -= source.chillers ? std::min<double>(plant_.air_chillers, source.chillers->spare) : 0.0;
        spared.air_outdoor -= source.towers ? source.towers->spare : source.coolers ? source.coolers->spare : 0.0;
        for (auto const& air : weather_) {
            std::vector<PodState> pods(loads_.size());
            auto const at = solve_hall_air(spared, {.outdoors = air, .loads = loads_, .coolers_up = 0.0, .before = {}}, pods);
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
    double heat_needs_{};  ///< Outdoor units by heat alone [-]
    double water_needs_{}; ///< Tower cells by their rated water alone [-]
};

} // namespace

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
