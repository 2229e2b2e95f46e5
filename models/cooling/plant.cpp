#include "models/cooling/plant.hpp"

#include "models/base/error.hpp"
#include "models/cooling/chiller.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double balance_tolerance = 1e-12; // of the heat; the audit allows 1e-10

/// All CDUs at one FWS supply temperature.
struct WaterSide {
    double supply_C{};
    double W_per_K{};       // capacity flow
    double exchanged_W{};   // through the CDUs
    double pump_W{};        // FWS pumps
    double from_liquid_W{}; // IT heat, by the temperature difference of the TCS

    double rejected_W() const { return exchanged_W + pump_W; }
    double cooler_inlet_C() const { return supply_C + rejected_W() / W_per_K; }
};

/// One solve: what does not change while the supply temperature is sought.
class FwsLoop {
  public:
    FwsLoop(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out)
        : plant_(plant), inputs_(inputs), out_(out),
          cdu_(size_cdu(plant.cdu, properties(plant.tcs, plant.tcs_set_point_C), properties(plant.fws, plant.fws_set_point_C))),
          supply_guess_C_(plant.fws_set_point_C)
    {
    }

    /// Evaluates every CDU; writes the pod states.
    WaterSide at_supply(double supply_C)
    {
        WaterSide water{.supply_C = supply_C};
        double const tcs_J_per_m3K = volumetric_heat_J_per_m3K(cdu_.tcs);
        for (std::size_t i = 0; i < out_.size(); ++i) {
            PodLoad const& load = inputs_.loads[i];
            CduResult const cdu = solve_cdu(cdu_, {.heat_W = load.liquid_W,
                                                   .tcs_flow_m3_per_s = load.tcs_flow_m3_per_s,
                                                   .fws_supply_C = supply_C,
                                                   .tcs_set_point_C = plant_.tcs_set_point_C,
                                                   .fws_flow_guess_kg_per_s = out_[i].fws_flow_kg_per_s,
                                                   .fws_supply_guess_C = supply_guess_C_});
            out_[i].tcs_supply_C = cdu.tcs_supply_C;
            out_[i].tcs_return_C = cdu.tcs_return_C;
            out_[i].fws_flow_kg_per_s = cdu.fws_flow_kg_per_s;
            water.W_per_K += load.pods * cdu.fws_flow_kg_per_s * cdu_.fws.cp_J_per_kgK;
            water.exchanged_W += load.pods * cdu.exchanged_W;
            water.from_liquid_W += load.pods * load.tcs_flow_m3_per_s * tcs_J_per_m3K * (cdu.tcs_return_C - cdu.tcs_supply_C);
        }
        supply_guess_C_ = supply_C;
        water.pump_W = pump_power_W(plant_.fws_pump, water.W_per_K / volumetric_heat_J_per_m3K(cdu_.fws));
        return water;
    }

    /// Capacity flow with every loaded valve fully open [W/K].
    double open_W_per_K() const
    {
        double pods = 0.0;
        for (PodLoad const& load : inputs_.loads) {
            pods += load.tcs_flow_m3_per_s > 0.0 ? load.pods : 0.0;
        }
        return pods * plant_.cdu.fws_rated_flow_m3_per_s * volumetric_heat_J_per_m3K(cdu_.fws);
    }

    /// Water of one cooler. \pre coolers_up > 0
    Stream cooler_stream(WaterSide const& water) const
    {
        return {.inlet_C = water.cooler_inlet_C(),
                .flow_kg_per_s = water.W_per_K / (cdu_.fws.cp_J_per_kgK * inputs_.coolers_up),
                .cp_J_per_kgK = cdu_.fws.cp_J_per_kgK};
    }

  private:
    Plant const& plant_;
    PlantInputs const& inputs_;
    std::span<PodState> out_;
    SizedCdu cdu_;
    double supply_guess_C_; // at which the flows of out_ were found
};

/// Where the supply settled.
struct Settled {
    FwsControl control{};
    WaterSide water;
    double fan_ratio{};
};

/// Finds the FWS supply and the fan speed that close the heat balance.
class Balance {
  public:
    Balance(Plant const& plant, PlantInputs const& inputs, FwsLoop& loop, EnteringAir const& air)
        : plant_(plant), coolers_(inputs.coolers_up), loop_(loop), air_(air)
    {
    }

    Settled settle()
    {
        water_ = loop_.at_supply(plant_.fws_set_point_C);
        double const at_full = surplus(1.0);
        if (at_full < 0.0) {
            return supply_above(at_full);
        }
        double const at_floor = surplus(plant_.cooler.min_fan_ratio);
        return at_floor > 0.0 ? supply_below(at_floor) : fans_between(at_full, at_floor);
    }

  private:
    /// (Heat that the coolers would take - heat that must go) / heat that must go [-], at the present water side.
    double surplus(double fan_ratio) const
    {
        return coolers_ * cooler_heat_W(plant_.cooler, air_, loop_.cooler_stream(water_), fan_ratio) / water_.rejected_W() - 1.0;
    }

    double surplus_at(double supply_C, double fan_ratio)
    {
        if (supply_C != water_.supply_C) {
            water_ = loop_.at_supply(supply_C);
        }
        return surplus(fan_ratio);
    }

    Settled fans_between(double at_full, double at_floor) const
    {
        // 1/heat is nearly straight in 1/speed.
        auto const shortage = [this](double inverse_ratio) { return 1.0 / (1.0 + surplus(1.0 / inverse_ratio)) - 1.0; };
        double const floor = plant_.cooler.min_fan_ratio;
        RootBracket const bracket{.a = 1.0, .at_a = 1.0 / (1.0 + at_full) - 1.0, .b = 1.0 / floor, .at_b = 1.0 / (1.0 + at_floor) - 1.0};
        return {.control = FwsControl::fans,
                .water = water_,
                .fan_ratio = 1.0 / secant_root(shortage, bracket, balance_tolerance, "plant fans")};
    }

    Settled supply_below(double at_set_point)
    {
        double const floor = plant_.cooler.min_fan_ratio;
        double const set_C = plant_.fws_set_point_C;
        // No water leaves a cooler colder than its air.
        double const lowest_C = std::min(std::max(plant_.fws_min_C, air_.temperature_C), set_C);
        RootBracket bracket{.a = set_C, .at_a = at_set_point, .b = std::max(lowest_C, supply_at_this_flow_C(at_set_point))};
        bracket.at_b = surplus_at(bracket.b, floor);
        if (bracket.at_b > 0.0 && bracket.b > lowest_C) {
            bracket = {.a = bracket.b, .at_a = bracket.at_b, .b = lowest_C, .at_b = surplus_at(lowest_C, floor)};
        }
        if (bracket.at_b >= 0.0) {
            auto const control = lowest_C > plant_.fws_min_C ? FwsControl::fans_at_floor : FwsControl::bypass;
            return {.control = control, .water = water_, .fan_ratio = floor};
        }
        return {.control = FwsControl::fans_at_floor, .water = float_supply(bracket, floor), .fan_ratio = floor};
    }

    /// FWS supply that would close the balance if flow and conductance stayed as they are [deg C].
    double supply_at_this_flow_C(double surplus_now) const
    {
        double const inlet_K = (water_.cooler_inlet_C() - air_.temperature_C) / (1.0 + surplus_now);
        return air_.temperature_C + inlet_K - water_.rejected_W() / water_.W_per_K;
    }

    Settled supply_above(double at_set_point)
    {
        // With all valves open the flow is known, and with it the inlet difference that the heat needs.
        double const set_C = plant_.fws_set_point_C;
        double const heat_W = water_.rejected_W();
        WaterSide open = water_;
        open.W_per_K = loop_.open_W_per_K();
        Stream const stream = loop_.cooler_stream(open);
        double const per_K = cooler_heat_W(plant_.cooler, air_, stream, 1.0) / (stream.inlet_C - air_.temperature_C);
        double const guess_C = air_.temperature_C + heat_W / (coolers_ * per_K) - heat_W / open.W_per_K;

        RootBracket bracket{.a = set_C, .at_a = at_set_point, .b = std::isfinite(guess_C) ? std::max(guess_C, set_C + 1e-3) : set_C + 1.0};
        bracket.at_b = surplus_at(bracket.b, 1.0);
        for (int tries = 0; bracket.at_b < 0.0 && tries < 60; ++tries) {
            double const step_K = 2.0 * (bracket.b - set_C);
            bracket.a = bracket.b;
            bracket.at_a = bracket.at_b;
            bracket.b = set_C + step_K;
            bracket.at_b = surplus_at(bracket.b, 1.0);
        }
        return {.control = FwsControl::fans_at_full, .water = float_supply(bracket, 1.0), .fan_ratio = 1.0};
    }

    WaterSide float_supply(RootBracket const& bracket, double fan_ratio)
    {
        auto const f = [this, fan_ratio](double supply_C) { return surplus_at(supply_C, fan_ratio); };
        double const supply_C = secant_root(f, bracket, balance_tolerance, "plant FWS supply");
        static_cast<void>(surplus_at(supply_C, fan_ratio)); // the root may be an end that was evaluated earlier
        return water_;
    }

    Plant const& plant_;
    double coolers_;
    FwsLoop& loop_;
    EnteringAir const& air_;
    WaterSide water_;
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

/// Residual air: fan walls and chillers. They share nothing with the water loop.
void add_hall_air(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out, PlantResult& result)
{
    double cooling_W = 0.0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        PodLoad const& load = inputs.loads[i];
        FanWallResult const wall = solve_fan_wall(plant.fan_wall, load.air_W);
        out[i].air_supply_C = wall.air_supply_C;
        double const air_W_per_K = wall.fan_ratio * plant.fan_wall.rating.air_kg_per_s * dry_air_cp_J_per_kgK;
        result.heat_from_it_W += load.pods * air_W_per_K * (wall.air_return_C - wall.air_supply_C);
        result.fan_wall_W += load.pods * wall.fan_W;
        cooling_W += load.pods * wall.heat_to_water_W;
    }
    ChillerResult const chiller = solve_chiller(cooling_W, plant.chiller_cop);
    result.chiller_W += chiller.power_W;
    result.heat_to_air_W += chiller.condenser_W;
}

/// Water loop and dry coolers.
void add_water_loop(Plant const& plant, PlantInputs const& inputs, FwsLoop& loop, PlantResult& result)
{
    if (inputs.coolers_up == 0.0) {
        throw SolverError("plant", "heat in the facility water and no dry cooler in service");
    }
    EnteringAir const air = entering_air(plant.cooler, inputs.outdoors, result.pads_on);
    Settled const settled = Balance(plant, inputs, loop, air).settle();
    Stream const stream = loop.cooler_stream(settled.water);
    double const unit_W = settled.control == FwsControl::bypass ? settled.water.rejected_W() / inputs.coolers_up
                                                                : cooler_heat_W(plant.cooler, air, stream, settled.fan_ratio);
    DryCoolerResult const unit = after_cooler(plant.cooler, air, stream, settled.fan_ratio, unit_W);

    result.control = settled.control;
    result.fan_ratio = settled.fan_ratio;
    result.fws_supply_C = settled.water.supply_C;
    result.fws_return_C = settled.water.supply_C + settled.water.exchanged_W / settled.water.W_per_K;
    result.fws_flow_kg_per_s = stream.flow_kg_per_s * inputs.coolers_up;
    result.fws_pump_W = settled.water.pump_W;
    result.cooler_fan_W = inputs.coolers_up * unit.fan_W;
    result.evaporation_kg_per_s = inputs.coolers_up * unit.evaporated_kg_per_s;
    result.bleed_kg_per_s = inputs.coolers_up * unit.bleed_kg_per_s;
    result.make_up_kg_per_s = result.evaporation_kg_per_s + result.bleed_kg_per_s;
    result.heat_from_it_W += settled.water.from_liquid_W;
    result.heat_to_air_W += inputs.coolers_up * unit.air_side_W;
}

} // namespace

double cooling_power_W(PlantResult const& r) { return r.cdu_pump_W + r.fws_pump_W + r.cooler_fan_W + r.fan_wall_W + r.chiller_W; }

double heat_residual(PlantResult const& r)
{
    double const given_W = r.heat_from_it_W + r.cdu_pump_W + r.fws_pump_W + r.fan_wall_W + r.chiller_W;
    double const difference_W = given_W - r.heat_to_air_W;
    return difference_W == 0.0 ? 0.0 : difference_W / std::max(std::abs(given_W), std::abs(r.heat_to_air_W));
}

PlantResult solve_plant(Plant const& plant, PlantInputs const& inputs, std::span<PodState> out)
{
    AIDC_EXPECT(out.size() == inputs.loads.size());
    check_inputs(inputs);
    PlantResult result{.fws_supply_C = plant.fws_set_point_C, .fws_return_C = plant.fws_set_point_C};
    double liquid_W = 0.0;
    for (PodLoad const& load : inputs.loads) {
        result.cdu_pump_W += load.pods * cdu_pump_W(plant.cdu, load.tcs_flow_m3_per_s);
        liquid_W += load.pods * load.liquid_W;
    }
    add_hall_air(plant, inputs, out, result);
    FwsLoop loop(plant, inputs, out);
    if (liquid_W + result.cdu_pump_W > 0.0) {
        result.pads_on = next_pads_on(plant.cooler.pads, inputs.outdoors, inputs.pads_on_before);
        add_water_loop(plant, inputs, loop, result);
    }
    else {
        static_cast<void>(loop.at_supply(plant.fws_set_point_C)); // states of standing pods
    }
    if (!std::isfinite(result.heat_to_air_W + result.fws_supply_C + cooling_power_W(result))) {
        throw SolverError("plant", "the solution is not finite");
    }
    return result;
}

double max_heat_rejected_W(Plant const& plant, Air const& design, double coolers_up, double fws_return_C)
{
    AIDC_EXPECT(coolers_up >= 0.0 && fws_return_C > plant.fws_max_C);
    bool const pads_on = next_pads_on(plant.cooler.pads, design, false);
    EnteringAir const air = entering_air(plant.cooler, design, pads_on);
    FluidProperties const fws = properties(plant.fws, plant.fws_max_C);
    double const rise_K = fws_return_C - plant.fws_max_C;
    Stream water{.inlet_C = fws_return_C, .cp_J_per_kgK = fws.cp_J_per_kgK};
    // Excess of the cooling over what the flow needs to leave at fws_max_C; falls with the flow.
    auto const excess = [&](double inverse_flow) {
        water.flow_kg_per_s = 1.0 / inverse_flow;
        return cooler_heat_W(plant.cooler, air, water, 1.0) / (water.flow_kg_per_s * fws.cp_J_per_kgK * rise_K) - 1.0;
    };
    double const unit_flow_kg_per_s = plant.cooler.rating.heat_W / (fws.cp_J_per_kgK * rise_K);
    RootBracket bracket{.a = 1e-3 / unit_flow_kg_per_s, .b = 1e3 / unit_flow_kg_per_s};
    bracket.at_a = excess(bracket.a);
    bracket.at_b = excess(bracket.b);
    if (coolers_up == 0.0 || bracket.at_b <= 0.0) {
        return 0.0;
    }
    double const wanted_kg_per_s = coolers_up / secant_root(excess, bracket, 1e-12, "plant design heat");
    double const flow_kg_per_s = std::min(wanted_kg_per_s, plant.fws_pump.rated_flow_m3_per_s * fws.density_kg_per_m3);
    double const rejected_W = flow_kg_per_s * fws.cp_J_per_kgK * rise_K;
    double const exchanged_W = rejected_W - pump_power_W(plant.fws_pump, flow_kg_per_s / fws.density_kg_per_m3);
    return std::max(0.0, exchanged_W / (1.0 + plant.cdu.pump_rated_power_W / plant.cdu.rated_heat_W));
}

} // namespace aidc
