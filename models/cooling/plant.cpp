#include "models/cooling/plant.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// All CDUs of a building as the source of the facility water sees them.
class PodDemand final : public LoopDemand {
  public:
    PodDemand(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out)
        : plant_(plant), inputs_(inputs), out_(out), cdu_(sized_cdu(plant)), target_C_(tcs_target_C(plant, inputs.outdoors)),
          supply_guess_C_(plant.fws_set_point_C)
    {
    }

    /// Evaluates every CDU; writes the pod states.
    LoopWater at_supply(double supply_C) override
    {
        exchanged_W = 0.0;
        from_liquid_W = 0.0;
        LoopWater water{.supply_C = supply_C, .W_per_K = 0.0, .heat_W = 0.0, .cp_J_per_kgK = cdu_.fws.cp_J_per_kgK};
        double const tcs_J_per_m3K = volumetric_heat_J_per_m3K(cdu_.tcs);
        for (std::size_t i = 0; i < out_.size(); ++i) {
            PodLoad const& load = inputs_.loads[i];
            CduResult const cdu = solve_cdu(cdu_, {.heat_W = load.liquid_W,
                                                   .tcs_flow_m3_per_s = load.tcs_flow_m3_per_s,
                                                   .fws_supply_C = supply_C,
                                                   .tcs_set_point_C = target_C_,
                                                   .fws_flow_guess_kg_per_s = out_[i].fws_flow_kg_per_s,
                                                   .fws_supply_guess_C = supply_guess_C_,
                                                   .in_service = load.cdus});
            out_[i].tcs_supply_C = cdu.tcs_supply_C;
            out_[i].tcs_return_C = cdu.tcs_return_C;
            out_[i].fws_flow_kg_per_s = cdu.fws_flow_kg_per_s;
            water.W_per_K += load.pods * cdu.fws_flow_kg_per_s * cdu_.fws.cp_J_per_kgK;
            exchanged_W += load.pods * cdu.exchanged_W;
            from_liquid_W +=
                load.pods
                * (plant_.cdu.condensing ? load.liquid_W : load.tcs_flow_m3_per_s * tcs_J_per_m3K * (cdu.tcs_return_C - cdu.tcs_supply_C));
        }
        supply_guess_C_ = supply_C;
        pump_W = fws_pump_W(plant_, water.W_per_K);
        to_network_W = 0.0;
        water.heat_W = exchanged_W + pump_W;
        if (plant_.reuse && water.heat_W > 0.0) {
            Stream const back{
                .inlet_C = water.return_C(), .flow_kg_per_s = water.W_per_K / water.cp_J_per_kgK, .cp_J_per_kgK = water.cp_J_per_kgK};
            to_network_W = std::min(water.heat_W, reused_W(*plant_.reuse, back, inputs_.outdoors.dry_bulb_C));
            water.heat_W -= to_network_W;
        }
        return water;
    }

    double open_W_per_K() const override
    {
        double pods = 0.0;
        for (PodLoad const& load : inputs_.loads) {
            pods += load.tcs_flow_m3_per_s > 0.0 ? load.pods : 0.0;
        }
        return pods * plant_.cdu.fws_rated_flow_m3_per_s * volumetric_heat_J_per_m3K(cdu_.fws);
    }

    double exchanged_W{};   ///< Through the CDUs, of the last evaluation [W]
    double from_liquid_W{}; ///< IT heat by the temperature difference of the TCS [W]
    double pump_W{};        ///< FWS pumps [W]
    double to_network_W{};  ///< Heat that is reused [W]

  private:
    Plant const& plant_;
    PlantInputs const& inputs_;
    std::span<PodState> out_;
    SizedCdu cdu_;
    double target_C_;
    double supply_guess_C_; // at which the flows of out_ were found
};

/// All fan walls of a building as the source of their chilled water sees them.
class AirDemand final : public LoopDemand {
  public:
    AirDemand(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out) : plant_(plant), inputs_(inputs), out_(out) {}

    /// Evaluates every fan wall; writes the air of the pods. The valves keep the design rise of the water.
    LoopWater at_supply(double supply_C) override
    {
        fan_W = 0.0;
        from_air_W = 0.0;
        auto const& rating = plant_.fan_wall.rating;
        double coil_W = 0.0;
        for (std::size_t i = 0; i < out_.size(); ++i) {
            PodLoad const& load = inputs_.loads[i];
            FanWallResult const wall = solve_fan_wall(plant_.fan_wall, load.air_W, supply_C);
            out_[i].air_supply_C = wall.air_supply_C;
            double const air_W_per_K = wall.fan_ratio * rating.air_kg_per_s * dry_air_cp_J_per_kgK;
            from_air_W += load.pods * air_W_per_K * (wall.air_return_C - wall.air_supply_C);
            fan_W += load.pods * wall.fan_W;
            coil_W += load.pods * wall.heat_to_water_W;
        }
        LoopWater water{.supply_C = supply_C,
                        .W_per_K = coil_W / (rating.water_outlet_C - rating.water_inlet_C),
                        .heat_W = 0.0,
                        .cp_J_per_kgK = cp_J_per_kgK(Coolant::water, rating.water_inlet_C)};
        bool const counted_apart = plant_.air_pump.rated_power_W > 0.0;
        pump_W = !counted_apart
                     ? 0.0
                     : station_power_W(plant_.air_pump,
                                       water.W_per_K / volumetric_heat_J_per_m3K(properties(Coolant::water, rating.water_inlet_C)));
        water.heat_W = coil_W + pump_W;
        return water;
    }

    double open_W_per_K() const override
    {
        auto const& rating = plant_.fan_wall.rating;
        double pods = 0.0;
        for (PodLoad const& load : inputs_.loads) {
            pods += load.air_W > 0.0 ? load.pods : 0.0;
        }
        return pods * rating.heat_W / (rating.water_outlet_C - rating.water_inlet_C);
    }

    double fan_W{};      ///< Fans of the halls, of the last evaluation [W]
    double from_air_W{}; ///< IT heat by the temperature difference of the hall air [W]
    double pump_W{};     ///< Chilled-water pumps [W]

  private:
    Plant const& plant_;
    PlantInputs const& inputs_;
    std::span<PodState> out_;
};

void check_inputs(PlantInputs const& in)
{
    Air const& air = in.outdoors;
    double sum = air.dry_bulb_C + air.wet_bulb_C + air.humidity_ratio + air.pressure_Pa + in.coolers_up;
    for (PodLoad const& load : in.loads) {
        sum += load.pods + load.liquid_W + load.air_W + load.tcs_flow_m3_per_s;
        AIDC_EXPECT(!(load.pods < 0.0 || load.liquid_W < 0.0 || load.air_W < 0.0 || load.tcs_flow_m3_per_s < 0.0));
    }
    if (!std::isfinite(sum)) {
        throw SolverError("plant", "an input is not finite");
    }
    AIDC_EXPECT(in.coolers_up >= 0.0);
}

void add_source(SourceResult const& source, PlantResult& result)
{
    result.power_W[index(Consumer::tower_pumps)] += source.tower_pump_W;
    result.evaporated_kg_per_s += source.evaporated_kg_per_s;
    result.drift_kg_per_s += source.drift_kg_per_s;
    result.blowdown_kg_per_s += source.blowdown_kg_per_s;
    result.make_up_kg_per_s += source.evaporated_kg_per_s + source.drift_kg_per_s + source.blowdown_kg_per_s;
    result.heat_to_air_W += source.heat_to_air_W;
    result.outside.add(source.outside);
}

bool next_pads(WaterSource const& source, Air const& outdoors, bool before)
{
    return source.outdoor && next_pads_on(*source.outdoor, outdoors, before);
}

/// Water loop and its source.
void add_water_loop(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out, PlantResult& result)
{
    PodDemand demand(plant, inputs, out);
    result.modes.pads_on = next_pads(plant.source, inputs.outdoors, inputs.before.pads_on);
    result.water = solve_source(plant.source,
                                {.outdoors = inputs.outdoors,
                                 .outdoor_up = inputs.coolers_up,
                                 .chillers_up = plant.chillers,
                                 .pads_on = result.modes.pads_on,
                                 .economiser_before = inputs.before.economiser,
                                 .set_point_C = plant.fws_set_point_C,
                                 .min_C = plant.fws_min_C},
                                demand);
    auto const& water = result.water;
    result.modes.economiser = water.economiser;
    result.fws_return_C = water.W_per_K > 0.0 ? water.supply_C + demand.exchanged_W / water.W_per_K : water.supply_C;
    result.fws_flow_kg_per_s = water.W_per_K / cp_J_per_kgK(plant.fws, plant.fws_set_point_C);
    result.reused_W = demand.to_network_W;
    result.power_W[index(Consumer::fws_pumps)] = demand.pump_W;
    result.power_W[index(Consumer::outdoor_fans)] = water.outdoor_fan_W;
    result.power_W[index(Consumer::chillers)] = water.chiller_W;
    result.heat_from_it_W += demand.from_liquid_W;
    add_source(water, result);
}

} // namespace

double reuse_demand_W(ReuseSite const& site, double dry_bulb_C)
{
    return site.demand_W * std::clamp((site.none_C - dry_bulb_C) / (site.none_C - site.full_C), 0.0, 1.0);
}

double reused_W(ReuseSite const& site, Stream const& water, double dry_bulb_C)
{
    Stream const network{.inlet_C = site.network_return_C,
                         .flow_kg_per_s = site.exchanger.rating.network_kg_per_s,
                         .cp_J_per_kgK = cp_J_per_kgK(Coolant::water, site.network_return_C)};
    return solve_heat_reuse(site.exchanger, water, network, reuse_demand_W(site, dry_bulb_C)).reused_W;
}

double cooling_power_W(PlantResult const& result) { return sum(result.power_W); }

double heat_residual(PlantResult const& result)
{
    double const given_W = result.heat_from_it_W + sum(result.power_W) - outdoors_only(result.power_W);
    double const taken_W = result.heat_to_air_W + result.reused_W;
    double const difference_W = given_W - taken_W;
    return difference_W == 0.0 ? 0.0 : difference_W / std::max(std::abs(given_W), std::abs(taken_W));
}

double tcs_target_C(Plant const& plant, Air const& outdoors)
{
    return std::max(plant.tcs_set_point_C, std::min(outdoors.dew_point_C, plant.hall_dew_max_C) + plant.dew_margin_K);
}

FluidProperties tcs_liquid(Plant const& plant)
{
    if (!plant.cdu.condensing) {
        return properties(plant.tcs, plant.tcs_set_point_C);
    }
    CurveSet ignored; // the reader holds the set point within the table
    auto const at = saturation(plant.refrigerant, plant.tcs_set_point_C, ignored);
    // Conductivity and viscosity of refrigerant liquids near 40 deg C are of this order [estimate]; nothing reads them.
    return {.density_kg_per_m3 = at.liquid_kg_per_m3,
            .cp_J_per_kgK = liquid_cp_J_per_kgK(plant.refrigerant),
            .conductivity_W_per_mK = 0.08,
            .viscosity_Pa_s = 3e-4};
}

SizedCdu sized_cdu(Plant const& plant) { return size_cdu(plant.cdu, tcs_liquid(plant), properties(plant.fws, plant.fws_set_point_C)); }

double fws_pump_W(Plant const& plant, double W_per_K)
{
    return station_power_W(plant.fws_pump, W_per_K / volumetric_heat_J_per_m3K(properties(plant.fws, plant.fws_set_point_C)));
}

PlantResult solve_hall_air(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out)
{
    PlantResult result;
    result.modes = inputs.before;
    AirDemand demand(plant, inputs, out);
    double const set_C = plant.fan_wall.rating.water_inlet_C;
    result.modes.air_pads_on = next_pads(plant.air_source, inputs.outdoors, inputs.before.air_pads_on);
    result.chilled = solve_source(plant.air_source,
                                  {.outdoors = inputs.outdoors,
                                   .outdoor_up = plant.air_outdoor,
                                   .chillers_up = plant.air_chillers,
                                   .pads_on = result.modes.air_pads_on,
                                   .economiser_before = inputs.before.air_economiser,
                                   .set_point_C = set_C,
                                   .min_C = set_C},
                                  demand);
    result.modes.air_economiser = result.chilled.economiser;
    result.power_W[index(Consumer::hall_fans)] = demand.fan_W;
    result.power_W[index(Consumer::air_pumps)] = demand.pump_W;
    result.power_W[index(Consumer::air_outdoor_fans)] = result.chilled.outdoor_fan_W;
    result.power_W[index(Consumer::air_chillers)] = result.chilled.chiller_W;
    result.heat_from_it_W += demand.from_air_W;
    add_source(result.chilled, result);
    return result;
}

PlantResult solve_plant(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out)
{
    AIDC_EXPECT(out.size() == inputs.loads.size());
    check_inputs(inputs);
    PlantResult result = solve_hall_air(plant, inputs, out);
    for (PodLoad const& load : inputs.loads) {
        result.power_W[index(Consumer::cdu_pumps)] += load.pods * cdu_pump_W(plant.cdu, load.tcs_flow_m3_per_s, load.cdus);
    }
    add_water_loop(plant, inputs, out, result);
    if (!std::isfinite(result.heat_to_air_W + result.water.supply_C + cooling_power_W(result))) {
        throw SolverError("plant", "the solution is not finite");
    }
    return result;
}

} // namespace aidc
