#include "models/cooling/water_source.hpp"

#include "models/base/error.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double least_heat_per_fan = 5.0;  // about the COP of a chiller: below it the chiller does the same for less power [J]
constexpr double balance_tolerance = 1e-12; // of the heat; the audit allows 1e-10

Stream loop_stream(LoopWater const& water, double inlet_C)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = water.W_per_K / water.cp_J_per_kgK, .cp_J_per_kgK = water.cp_J_per_kgK};
}

/// Water on the outdoor units, the heat they must take from it, and where it comes from.
struct Duty {
    Stream water;
    double heat_W{};
    double tower_supply_C{};
    double tower_pump_W{};
};

/// Outdoor units at full speed and chillers behind them.
struct Mechanical {
    Duty duty;
    double outdoor_W{}; // taken by the outdoor units from their water
    double free_W{};    // taken from the loop without chillers
    Chilling chilling;
    double surplus{}; // (taken from the loop)/(to be taken) - 1
};

/// How much chillers and exchangers are asked for.
enum class Effort {
    as_needed, // at most the heat of the loop
    all        // whatever they can at these temperatures: more than the heat, if the loop were colder
};

/// Finds fan speed, tower water or supply that closes the heat balance of a loop.
class Balance {
  public:
    Balance(WaterSource const& source, SourceConditions const& conditions, LoopDemand& demand)
        : source_(source), now_(conditions), demand_(demand)
    {
        if (source.outdoor && conditions.outdoor_up > 0.0) {
            units_.emplace(*source.outdoor, now_.outdoors, now_.pads_on, now_.outdoor_up);
        }
        can_chill_ = has_chiller(source.chiller) && conditions.chillers_up > 0.0;
    }

    SourceResult settle()
    {
        water_ = demand_.at_supply(now_.set_point_C);
        if (!(water_.heat_W > 0.0)) {
            SourceResult idle;
            idle.supply_C = water_.supply_C;
            idle.W_per_K = water_.W_per_K;
            idle.tower_supply_C = water_.supply_C;
            return idle;
        }
        if (!units_ && !can_chill_) {
            throw SolverError("plant", "heat in the water and nothing in service that could take it");
        }
        double const at_full = units_ ? surplus(1.0) : -1.0;
        if (at_full >= 0.0) {
            double const at_floor = surplus(min_fan_ratio(*source_.outdoor));
            return at_floor > 0.0 ? supply_below(at_floor) : fans_between(at_full, at_floor);
        }
        if (can_chill_) {
            economiser_ = next_economiser(source_, now_, water_.return_C());
            auto all = mechanical(water_, Effort::as_needed);
            if (all.surplus < -balance_tolerance && economiser_ == EconomiserMode::off) {
                economiser_ = EconomiserMode::partial; // short of supply: the loop gets warm enough for the exchanger
                all = mechanical(water_, Effort::as_needed);
            }
            if (all.surplus >= -balance_tolerance) {
                return with_chillers(SupplyControl::chillers, all);
            }
            return units_ ? supply_above(all.surplus) : beyond_capacity(all);
        }
        return supply_above(at_full);
    }

  private:
    double tower_W_per_K(LoopWater const& water) const { return source_.tower->flow_ratio * water.W_per_K; }

    /// Heat of the exchanger per kelvin between its inlets [W/K].
    double exchanger_W_per_K(LoopWater const& water) const { return exchange_W_per_K(*source_.tower, water.W_per_K, water.cp_J_per_kgK); }

    /// Outdoor units take everything, without chillers.
    Duty free_duty(LoopWater const& water) const
    {
        if (!source_.tower) {
            return {.water = loop_stream(water, water.return_C()),
                    .heat_W = water.heat_W,
                    .tower_supply_C = water.supply_C,
                    .tower_pump_W = 0.0};
        }
        return tower_duty(water, water.return_C() - water.heat_W / exchanger_W_per_K(water), water.heat_W);
    }

    /// Tower water that comes at supply_C, takes heat_W and goes back to the towers.
    Duty tower_duty(LoopWater const& water, double supply_C, double heat_W) const
    {
        double const tower = tower_W_per_K(water);
        double const pump_W = tower_pump_W(*source_.tower, water.W_per_K);
        return {.water = tower_stream(tower, supply_C + (heat_W + pump_W) / tower),
                .heat_W = heat_W + pump_W,
                .tower_supply_C = supply_C,
                .tower_pump_W = pump_W};
    }

    /// (Heat that the outdoor units would take - heat that must go) / heat that must go [-], without chillers.
    double surplus(double fan_ratio) const
    {
        Duty const duty = free_duty(water_);
        return units_->heat_W(duty.water, fan_ratio, outside_) / duty.heat_W - 1.0;
    }

    double surplus_at(double supply_C, double fan_ratio)
    {
        if (supply_C != water_.supply_C) {
            water_ = demand_.at_supply(supply_C);
        }
        return surplus(fan_ratio);
    }

    SourceResult fans_between(double at_full, double at_floor)
    {
        // 1/heat is nearly straight in 1/speed.
        auto const shortage = [this](double inverse_ratio) { return 1.0 / (1.0 + surplus(1.0 / inverse_ratio)) - 1.0; };
        double const floor = min_fan_ratio(*source_.outdoor);
        RootBracket const bracket{.a = 1.0, .at_a = 1.0 / (1.0 + at_full) - 1.0, .b = 1.0 / floor, .at_b = 1.0 / (1.0 + at_floor) - 1.0};
        return without_chillers(SupplyControl::fans, 1.0 / secant_root(shortage, bracket, balance_tolerance, "plant fans"));
    }

    SourceResult supply_below(double at_set_point)
    {
        double const floor = min_fan_ratio(*source_.outdoor);
        double const set_C = now_.set_point_C;
        // No water leaves a cooler colder than its air.
        double const lowest_C = std::min(std::max(now_.min_C, units_->coldest_C()), set_C);
        RootBracket bracket{.a = set_C, .at_a = at_set_point, .b = std::max(lowest_C, supply_at_this_flow_C(at_set_point))};
        bracket.at_b = surplus_at(bracket.b, floor);
        if (bracket.at_b > 0.0 && bracket.b > lowest_C) {
            bracket = {.a = bracket.b, .at_a = bracket.at_b, .b = lowest_C, .at_b = surplus_at(lowest_C, floor)};
        }
        if (bracket.at_b >= 0.0) {
            return without_chillers(lowest_C > now_.min_C ? SupplyControl::fans_at_floor : SupplyControl::bypass, floor);
        }
        float_supply(bracket, [this, floor](double supply_C) { return surplus_at(supply_C, floor); });
        return without_chillers(SupplyControl::fans_at_floor, floor);
    }

    /// Supply that would close the balance if flow and conductance stayed as they are [deg C].
    double supply_at_this_flow_C(double surplus_now) const
    {
        Duty const duty = free_duty(water_);
        double const inlet_K = (duty.water.inlet_C - units_->coldest_C()) / (1.0 + surplus_now);
        return water_.supply_C - (duty.water.inlet_C - units_->coldest_C() - inlet_K);
    }

    SourceResult supply_above(double at_set_point)
    {
        constexpr double hottest_C = 1e4; // no bracket beyond: the heat has nowhere to go
        auto const f = [this](double supply_C) {
            if (!can_chill_) {
                return surplus_at(supply_C, 1.0);
            }
            if (supply_C != water_.supply_C) {
                water_ = demand_.at_supply(supply_C);
            }
            return mechanical(water_, Effort::all).surplus;
        };
        double const set_C = now_.set_point_C;
        double const guess_C = supply_with_open_valves_C();
        RootBracket bracket{.a = set_C, .at_a = at_set_point, .b = std::isfinite(guess_C) ? std::max(guess_C, set_C + 1e-3) : set_C + 1.0};
        bracket.at_b = f(bracket.b);
        for (int tries = 0; bracket.at_b < 0.0 && bracket.b < hottest_C; ++tries) {
            double const step_K = 2.0 * (bracket.b - set_C);
            bracket.a = bracket.b;
            bracket.at_a = bracket.at_b;
            bracket.b = set_C + step_K;
            bracket.at_b = f(bracket.b);
        }
        float_supply(bracket, f);
        return can_chill_ ? with_chillers(SupplyControl::short_of_supply, mechanical(water_, Effort::as_needed))
                          : without_chillers(SupplyControl::short_of_supply, 1.0);
    }

    /// With all valves open the flow is known, and with it the inlet difference that the heat needs.
    double supply_with_open_valves_C() const
    {
        if (!units_) {
            return std::numeric_limits<double>::quiet_NaN();
        }
        LoopWater open = water_;
        open.W_per_K = demand_.open_W_per_K();
        Duty const duty = free_duty(open);
        CurveSet ignored;
        double const per_K = units_->heat_W(duty.water, 1.0, ignored) / (duty.water.inlet_C - units_->coldest_C());
        return units_->coldest_C() + duty.heat_W / per_K - (duty.water.inlet_C - open.supply_C);
    }

    template <class F> void float_supply(RootBracket const& bracket, F const& f)
    {
        double const supply_C = secant_root(f, bracket, balance_tolerance, "plant supply");
        static_cast<void>(f(supply_C)); // the root may be an end that was evaluated earlier
    }

    Mechanical mechanical(LoopWater const& water, Effort effort)
    {
        return source_.tower ? on_towers(water, effort) : on_air(water, effort);
    }

    /// Heat that chillers are asked for when free_W is taken without them [W].
    double asked_W(LoopWater const& water, double free_W, double entering_C, Effort effort) const
    {
        return effort == Effort::all ? chillers_available_W(source_.chiller, now_.chillers_up, water.supply_C, entering_C)
                                     : water.heat_W - free_W;
    }

    /// Chillers with condensers in the outdoor air, behind dry coolers in the loop itself.
    Mechanical on_air(LoopWater const& water, Effort effort)
    {
        Mechanical all;
        all.duty.water = loop_stream(water, water.return_C());
        all.duty.tower_supply_C = water.supply_C;
        if (units_) {
            double const most_W = effort == Effort::all ? std::numeric_limits<double>::infinity() : water.heat_W;
            all.free_W = std::clamp(units_->heat_W(all.duty.water, 1.0, outside_), 0.0, most_W);
            if (effort == Effort::as_needed && !coolers_worth_running(*units_, all.duty.water, all.free_W)
                && chillers_available_W(source_.chiller, now_.chillers_up, water.supply_C, now_.outdoors.dry_bulb_C) >= water.heat_W) {
                all.free_W = 0.0;
            }
            all.outdoor_W = all.free_W;
        }
        double const entering_C = now_.outdoors.dry_bulb_C;
        all.chilling = chill(source_.chiller, now_.chillers_up, asked_W(water, all.free_W, entering_C, effort), water.supply_C, entering_C);
        all.surplus = (all.free_W + all.chilling.cooled_W) / water.heat_W - 1.0;
        return all;
    }

    /// Exchanger and condensers in series in the tower water, towers at full speed.
    Mechanical on_towers(LoopWater const& water, Effort effort)
    {
        if (!units_) {
            throw SolverError("plant", "chillers on tower water and no tower in service");
        }
        double const tower = tower_W_per_K(water);
        double const exchanger = economiser_ == EconomiserMode::off ? 0.0 : exchanger_W_per_K(water);
        Mechanical all;
        auto const excess = [&](double tower_supply_C) {
            double const most_W = effort == Effort::all ? std::numeric_limits<double>::infinity() : water.heat_W;
            all.free_W = std::clamp(exchanger * (water.return_C() - tower_supply_C), 0.0, most_W);
            double const entering_C = tower_supply_C + all.free_W / tower;
            all.chilling =
                chill(source_.chiller, now_.chillers_up, asked_W(water, all.free_W, entering_C, effort), water.supply_C, entering_C);
            all.duty = tower_duty(water, tower_supply_C, all.free_W + all.chilling.condenser_W);
            return units_->heat_W(all.duty.water, 1.0, outside_) / all.duty.heat_W - 1.0;
        };
        RootBracket bracket{.a = units_->coldest_C(), .b = units_->coldest_C() + 10.0};
        bracket.at_a = excess(bracket.a);
        bracket.at_b = excess(bracket.b);
        for (int tries = 0; bracket.at_b < 0.0 && tries < 20; ++tries) {
            bracket.a = bracket.b;
            bracket.at_a = bracket.at_b;
            bracket.b = units_->coldest_C() + 2.0 * (bracket.b - units_->coldest_C());
            bracket.at_b = excess(bracket.b);
        }
        static_cast<void>(excess(secant_root(excess, bracket, balance_tolerance, "tower water")));
        all.outdoor_W = all.duty.heat_W;
        all.surplus = (all.free_W + all.chilling.cooled_W) / water.heat_W - 1.0;
        return all;
    }

    SourceResult without_chillers(SupplyControl control, double fan_ratio)
    {
        Duty const duty = free_duty(water_);
        bool const by_pass = control == SupplyControl::bypass;
        double const heat_W = by_pass ? duty.heat_W : units_->heat_W(duty.water, fan_ratio, outside_);
        return result(control, fan_ratio, duty, units_->after(duty.water, fan_ratio, heat_W));
    }

    /// Chillers alone, asked for more than their curves hold: they are taken to carry it at the power per heat of their limit, and
    /// Curve::chiller_load says so.
    SourceResult beyond_capacity(Mechanical all)
    {
        if (!(all.chilling.cooled_W > 0.0)) {
            throw SolverError("plant", "heat in the water and no chiller that could take it");
        }
        double const excess = water_.heat_W / all.chilling.cooled_W;
        all.chilling.cooled_W *= excess;
        all.chilling.power_W *= excess;
        all.chilling.condenser_W *= excess;
        all.chilling.outside.add(Curve::chiller_load);
        return with_chillers(SupplyControl::short_of_supply, all);
    }

    SourceResult with_chillers(SupplyControl control, Mechanical const& all)
    {
        double const fan_ratio = all.outdoor_W > 0.0 ? 1.0 : 0.0;
        auto const outdoor = all.outdoor_W > 0.0 ? units_->after(all.duty.water, fan_ratio, all.outdoor_W) : OutdoorResult{};
        auto r = result(control, fan_ratio, all.duty, outdoor);
        r.chilled_W = all.chilling.cooled_W;
        r.chiller_W = all.chilling.power_W;
        double const machine_W = all.chilling.cooled_W + all.chilling.power_W;
        r.heat_to_air_W += source_.tower ? machine_W - all.chilling.condenser_W : machine_W;
        r.outside.add(all.chilling.outside);
        return r;
    }

    SourceResult result(SupplyControl control, double fan_ratio, Duty const& duty, OutdoorResult const& outdoor) const
    {
        return {.control = control,
                .economiser = economiser_,
                .supply_C = water_.supply_C,
                .W_per_K = water_.W_per_K,
                .heat_W = water_.heat_W,
                .tower_supply_C = duty.tower_supply_C,
                .fan_ratio = fan_ratio,
                .chilled_W = 0.0,
                .outdoor_fan_W = outdoor.fan_W,
                .tower_pump_W = duty.tower_pump_W,
                .chiller_W = 0.0,
                .evaporated_kg_per_s = outdoor.evaporated_kg_per_s,
                .drift_kg_per_s = outdoor.drift_kg_per_s,
                .blowdown_kg_per_s = outdoor.blowdown_kg_per_s,
                .heat_to_air_W = outdoor.air_side_W,
                .outside = outside_};
    }

    WaterSource const& source_;
    SourceConditions const& now_;
    LoopDemand& demand_;
    std::optional<OutdoorUnits> units_;
    bool can_chill_ = false;
    EconomiserMode economiser_{EconomiserMode::full};
    LoopWater water_;
    mutable CurveSet outside_;
};

} // namespace

Stream tower_stream(double W_per_K, double inlet_C)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = W_per_K / tower_water_cp_J_per_kgK, .cp_J_per_kgK = tower_water_cp_J_per_kgK};
}

double exchange_W_per_K(TowerLoop const& tower, double loop_W_per_K, double loop_cp_J_per_kgK)
{
    Stream const loop{.inlet_C = 1.0, .flow_kg_per_s = loop_W_per_K / loop_cp_J_per_kgK, .cp_J_per_kgK = loop_cp_J_per_kgK};
    return economiser_exchange(tower.exchanger, loop, tower_stream(tower.flow_ratio * loop_W_per_K, 0.0)).heat_W;
}

double tower_pump_W(TowerLoop const& tower, double loop_W_per_K)
{
    return station_power_W(tower.pump, tower.flow_ratio * loop_W_per_K / (tower_water_cp_J_per_kgK * tower_water_kg_per_m3));
}

bool coolers_worth_running(OutdoorUnits const& units, Stream const& water, double heat_W)
{
    return heat_W > 0.0 && heat_W >= least_heat_per_fan * units.after(water, 1.0, heat_W).fan_W;
}

EconomiserMode next_economiser(WaterSource const& source, SourceConditions const& conditions, double return_C)
{
    auto const* const towers = source.tower && source.outdoor ? std::get_if<CoolingTower>(&*source.outdoor) : nullptr;
    if (towers == nullptr) {
        return EconomiserMode::full;
    }
    double const approach_K = towers->rating.water_outlet_C - towers->rating.wet_bulb_C;
    return next_mode(source.tower->control,
                     {.tower_C = conditions.outdoors.wet_bulb_C + approach_K, .return_C = return_C, .set_point_C = conditions.set_point_C},
                     conditions.economiser_before, source.tower->control.min_on_s);
}

SourceResult solve_source(WaterSource const& source, SourceConditions const& conditions, LoopDemand& demand)
{
    AIDC_EXPECT(source.outdoor || has_chiller(source.chiller));
    return Balance(source, conditions, demand).settle();
}

} // namespace aidc
