#include "models/cooling/loop.hpp"

#include "models/base/error.hpp"
#include "models/cooling/loop_system.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace aidc {
namespace {

constexpr double recovery_s = 60.0; // in which a valve brings the supply back to its target [J]
constexpr double mixing = 1e4;      // circulation of a condensing loop over its conductance: one temperature
constexpr double seat = 0.01;       // of its rated flow, below which a valve that shuts is shut
constexpr double probe_K = 0.01;    // for the slope of the outdoor heat
constexpr double hall_s = 120.0;    // in which a hall gives back what it kept [J]
constexpr double hall_more = 0.3;   // of the heat of its pods, at most
constexpr double least_flow = 1e-3; // of the tower water while its pumps stand

/// One step of a building's loops.
class Stepper {
  public:
    Stepper(Plant const& plant, LoopInputs const& inputs, LoopState& state)
        : plant_(plant), in_(inputs), state_(state), cdu_(sized_cdu(plant)), target_C_(tcs_target_C(plant, inputs.outdoors)),
          fws_cp_(cdu_.fws.cp_J_per_kgK)
    {
        auto const& source = plant.source;
        state.modes.pads_on = source.outdoor && next_pads_on(*source.outdoor, inputs.outdoors, state.modes.pads_on);
        if (source.outdoor && inputs.coolers_up > 0.0) {
            units_.emplace(*source.outdoor, inputs.outdoors, state.modes.pads_on, inputs.coolers_up);
        }
        can_chill_ = has_chiller(source.chiller) && chillers_up() > 0.0;
        pods_.resize(inputs.pods.size());
    }

    void step(double h, LoopResult& result)
    {
        move_valves(h);
        freeze(h, result);
        move_fans(h);
        integrate(h, result);
    }

  private:
    double chillers_up() const { return plant_.chillers * in_.drive.chillers; }
    double fws_J_per_m3K() const { return volumetric_heat_J_per_m3K(cdu_.fws); }
    double return_C() const
    {
        return site_.fws_W_per_K > 0.0 ? state_.fws_return_C + site_.added_W / site_.fws_W_per_K : state_.fws_return_C;
    }

    double tcs_W_per_K(PodHeat const& heat, double fws_flow_kg_per_s) const
    {
        return cdu_.rating.condensing ? mixing * cdu_conductance_W_per_K(cdu_, heat.tcs_flow_m3_per_s, fws_flow_kg_per_s)
                                      : heat.tcs_flow_m3_per_s * volumetric_heat_J_per_m3K(cdu_.tcs);
    }

    void move_valves(double h)
    {
        double const tcs_J_per_K = (plant_.mass.tcs_supply_m3 + plant_.mass.tcs_return_m3) * volumetric_heat_J_per_m3K(cdu_.tcs);
        double const moved = 1.0 - std::exp(-h / plant_.mass.valve_s);
        double const open_kg_per_s = cdu_.rating.fws_rated_flow_m3_per_s * cdu_.fws.density_kg_per_m3;
        for (std::size_t i = 0; i < pods_.size(); ++i) {
            auto const& heat = in_.pods[i];
            auto& now = state_.pods[i];
            double const arrives_W = heat.chip_W_per_K * (now.chip_C - now.supply_C) + heat.direct_W;
            double const wanted_W = arrives_W + tcs_J_per_K * (now.supply_C - target_C_) / recovery_s;
            auto const law = solve_cdu(cdu_, {.heat_W = heat.tcs_flow_m3_per_s > 0.0 ? std::max(0.0, wanted_W) : 0.0,
                                              .tcs_flow_m3_per_s = heat.tcs_flow_m3_per_s,
                                              .fws_supply_C = state_.fws_supply_C,
                                              .tcs_set_point_C = target_C_,
                                              .fws_flow_guess_kg_per_s = now.fws_flow_kg_per_s,
                                              .fws_supply_guess_C = state_.fws_supply_C,
                                              .in_service = heat.cdus});
            now.fws_flow_kg_per_s += moved * (law.fws_flow_kg_per_s - now.fws_flow_kg_per_s);
            if (law.fws_flow_kg_per_s == 0.0 && now.fws_flow_kg_per_s < seat * open_kg_per_s) {
                now.fws_flow_kg_per_s = 0.0;
            }
        }
    }

    /// What the FWS pumps deliver of the flow that the valves ask for.
    double delivered_share() const
    {
        double asked_kg_per_s = 0.0;
        for (std::size_t i = 0; i < pods_.size(); ++i) {
            asked_kg_per_s += in_.pods[i].pods * state_.pods[i].fws_flow_kg_per_s;
        }
        double const most_kg_per_s = in_.drive.fws_flow * plant_.fws_pump.rated_flow_m3_per_s * cdu_.fws.density_kg_per_m3;
        return asked_kg_per_s > most_kg_per_s ? most_kg_per_s / asked_kg_per_s : 1.0;
    }

    /// Flows, conductances and what else holds over the step.
    void freeze(double h, LoopResult& result)
    {
        double const tcs_J_per_m3K = volumetric_heat_J_per_m3K(cdu_.tcs);
        site_ = {.fr_J_per_K = plant_.mass.fws_return_m3 * fws_J_per_m3K(),
                 .fs_J_per_K = plant_.mass.fws_supply_m3 * fws_J_per_m3K(),
                 .tw_J_per_K = plant_.mass.tower_m3 * tower_water_kg_per_m3 * tower_water_cp_J_per_kgK};
        double const delivered = delivered_share();
        for (std::size_t i = 0; i < pods_.size(); ++i) {
            auto const& heat = in_.pods[i];
            double const flow = delivered * state_.pods[i].fws_flow_kg_per_s;
            pods_[i] = {.pods = heat.pods,
                        .chip_J_per_K = heat.chip_J_per_K,
                        .return_J_per_K = plant_.mass.tcs_return_m3 * tcs_J_per_m3K,
                        .supply_J_per_K = plant_.mass.tcs_supply_m3 * tcs_J_per_m3K,
                        .chip_W_per_K = heat.chip_W_per_K,
                        .tcs_W_per_K = tcs_W_per_K(heat, flow),
                        .exchange_W_per_K =
                            heat.tcs_flow_m3_per_s > 0.0 ? cdu_exchange_W_per_K(cdu_, heat.tcs_flow_m3_per_s, flow, heat.cdus) : 0.0,
                        .fws_W_per_K = flow * fws_cp_,
                        .chip_W = heat.chip_W,
                        .direct_W = heat.direct_W,
                        .pump_W = cdu_pump_W(plant_.cdu, heat.tcs_flow_m3_per_s, heat.cdus)};
            site_.fws_W_per_K += heat.pods * pods_[i].fws_W_per_K;
            result.energy_J[index(Consumer::cdu_pumps)] += heat.pods * pods_[i].pump_W * h;
            result.heat_in_J += heat.pods * (heat.chip_W + heat.direct_W) * h;
        }
        site_.added_W = fws_pump_W(plant_, site_.fws_W_per_K);
        result.energy_J[index(Consumer::fws_pumps)] += site_.added_W * h;
        freeze_reuse(h, result);
        freeze_source(h, result);
    }

    void freeze_reuse(double h, LoopResult& result)
    {
        if (!plant_.reuse || site_.fws_W_per_K == 0.0) {
            return;
        }
        Stream const back{.inlet_C = return_C(), .flow_kg_per_s = site_.fws_W_per_K / fws_cp_, .cp_J_per_kgK = fws_cp_};
        double const to_network_W = reused_W(*plant_.reuse, back, in_.outdoors.dry_bulb_C);
        site_.added_W -= to_network_W;
        result.reused_J += to_network_W * h;
    }

    void freeze_source(double h, LoopResult& result)
    {
        auto const& source = plant_.source;
        if (source.tower && site_.fws_W_per_K > 0.0) {
            double const flows = std::max(in_.drive.tower_pumps, least_flow);
            site_.tower_W_per_K = flows * source.tower->flow_ratio * site_.fws_W_per_K;
            site_.exchange_W_per_K = std::min(exchange_W_per_K(*source.tower, site_.fws_W_per_K, fws_cp_), site_.tower_W_per_K);
            site_.tower_added_W = in_.drive.tower_pumps * tower_pump_W(*source.tower, site_.fws_W_per_K);
            result.energy_J[index(Consumer::tower_pumps)] += site_.tower_added_W * h;
        }
        if (!can_chill_ || site_.fws_W_per_K == 0.0) {
            return;
        }
        SourceConditions const conditions{.outdoors = in_.outdoors,
                                          .outdoor_up = in_.coolers_up,
                                          .chillers_up = chillers_up(),
                                          .pads_on = state_.modes.pads_on,
                                          .economiser_before = state_.modes.economiser,
                                          .set_point_C = plant_.fws_set_point_C,
                                          .min_C = plant_.fws_min_C};
        state_.modes.economiser = next_economiser(source, conditions, return_C());
        bool const helps = state_.modes.economiser != EconomiserMode::off && state_.tower_C < return_C();
        site_.exchange_W_per_K *= helps ? 1.0 : 0.0;
        double const law = units_ ? fan_law() : 0.0;
        if (law > 0.0 && law < 1.0) {
            return; // the outdoor units suffice
        }
        run_chillers(h, result);
    }

    /// Chillers take at once what the outdoor units leave above the set point.
    void run_chillers(double h, LoopResult& result)
    {
        double const f = site_.fws_W_per_K;
        bool const on_towers = site_.tower_W_per_K > 0.0;
        double const free_W = on_towers ? site_.exchange_W_per_K * (return_C() - state_.tower_C) : outdoor_W(inlet_C());
        double const wanted_W = f * (return_C() - plant_.fws_set_point_C) - free_W;
        double const entering_C = on_towers ? state_.tower_C + free_W / site_.tower_W_per_K : in_.outdoors.dry_bulb_C;
        double const leaving_C = std::max(plant_.fws_set_point_C, state_.fws_supply_C); // short of supply, it leaves warmer
        auto const chilling = chill(plant_.source.chiller, chillers_up(), std::max(0.0, wanted_W), leaving_C, entering_C);
        site_.chilled_W = chilling.cooled_W;
        site_.tower_added_W += on_towers ? chilling.condenser_W : 0.0;
        double const machine_W = chilling.cooled_W + chilling.power_W;
        result.heat_to_air_J += (on_towers ? machine_W - chilling.condenser_W : machine_W) * h;
        result.energy_J[index(Consumer::chillers)] += chilling.power_W * h;
        result.chilled_J += chilling.cooled_W * h;
        result.chillers_s += chilling.cooled_W > 1e-9 * f ? h : 0.0;
        result.outside.add(chilling.outside);
    }

    /// Water into the outdoor units now [deg C].
    double inlet_C() const { return outdoor_inlet_C(site_, now()); }

    SiteTriple now() const { return {.fr = state_.fws_return_C, .fs = state_.fws_supply_C, .tw = state_.tower_C}; }

    Stream outdoor_stream(double inlet_C) const
    {
        return site_.tower_W_per_K > 0.0
                   ? tower_stream(site_.tower_W_per_K, inlet_C)
                   : Stream{.inlet_C = inlet_C, .flow_kg_per_s = site_.fws_W_per_K / fws_cp_, .cp_J_per_kgK = fws_cp_};
    }

    /// Heat that the outdoor units take at an inlet; a by-pass keeps their water from falling below the lowest supply [W].
    double outdoor_W(double inlet_C)
    {
        if (!units_ || site_.fws_W_per_K == 0.0 || state_.fan_ratio == 0.0) {
            return 0.0;
        }
        double const heat_W = units_->heat_W(outdoor_stream(inlet_C), state_.fan_ratio, outside_);
        double const lowest_C = std::min(std::max(plant_.fws_min_C, units_->coldest_C()), plant_.fws_set_point_C);
        double const water = site_.tower_W_per_K > 0.0 ? site_.tower_W_per_K : site_.fws_W_per_K;
        double const most_W = water * (inlet_C - lowest_C + exchanger_lift_K());
        return can_chill_ ? std::clamp(heat_W, 0.0, std::max(most_W, 0.0)) : std::min(heat_W, std::max(most_W, 0.0));
    }

    /// How much colder than the lowest FWS supply tower water may be: the temperature lift over the exchanger.
    double exchanger_lift_K() const
    {
        if (site_.tower_W_per_K == 0.0 || site_.exchange_W_per_K == 0.0) {
            return 0.0;
        }
        double const heat_W = site_.fws_W_per_K * std::max(0.0, return_C() - plant_.fws_min_C);
        return std::max(0.0, heat_W / site_.exchange_W_per_K - (return_C() - plant_.fws_min_C));
    }

    /// Fans go to the speed at which the outdoor units would bring the supply to its set point.
    void move_fans(double h)
    {
        double law = 0.0;
        if (units_ && site_.fws_W_per_K > 0.0) {
            law = std::min(fan_law(), in_.drive.fans);
        }
        state_.fan_ratio += (1.0 - std::exp(-h / plant_.mass.fan_s)) * (law - state_.fan_ratio);
    }

    /// Chillers on air behind dry coolers that would take too little for their fans.
    bool chillers_do_it_alone(Stream const& water, double heat_W) const
    {
        if (!can_chill_ || site_.tower_W_per_K > 0.0 || coolers_worth_running(*units_, water, heat_W)) {
            return false;
        }
        double const leaving_C = std::max(plant_.fws_set_point_C, state_.fws_supply_C);
        return chillers_available_W(plant_.source.chiller, chillers_up(), leaving_C, in_.outdoors.dry_bulb_C)
               >= site_.fws_W_per_K * (return_C() - plant_.fws_set_point_C);
    }

    double fan_law()
    {
        double const w_C = return_C();
        double wanted_W = site_.fws_W_per_K * (w_C - plant_.fws_set_point_C);
        if (site_.tower_W_per_K > 0.0) {
            if (site_.exchange_W_per_K == 0.0) {
                return 1.0; // the towers serve the condensers alone
            }
            wanted_W = site_.tower_W_per_K * (inlet_C() - (w_C - wanted_W / site_.exchange_W_per_K));
        }
        Stream const stream = outdoor_stream(inlet_C());
        double const floor = min_fan_ratio(*plant_.source.outdoor);
        auto const short_W = [&](double ratio) { return wanted_W - units_->heat_W(stream, ratio, outside_); };
        RootBracket const bracket{.a = floor, .at_a = short_W(floor), .b = 1.0, .at_b = short_W(1.0)};
        if (bracket.at_a <= 0.0) {
            return floor;
        }
        if (bracket.at_b >= 0.0) {
            return chillers_do_it_alone(stream, wanted_W - bracket.at_b) ? 0.0 : 1.0;
        }
        return secant_root(short_W, bracket, 1e-9 * std::abs(wanted_W), "fans");
    }

    /// One stage: right-hand sides r are in place, changes come back.
    SiteTriple stage(double g, SiteTriple const& r, std::vector<PodTriple> const& rhs, std::vector<PodTriple>& k)
    {
        GivenChange given;
        for (std::size_t i = 0; i < pods_.size(); ++i) {
            solves_[i] = eliminate(pods_[i], g, rhs[i]);
            given.a_W += pods_[i].pods * pods_[i].exchange_W_per_K * solves_[i].a.back;
            given.b_W_per_K += pods_[i].pods * pods_[i].exchange_W_per_K * (solves_[i].b.back - 1.0);
        }
        SiteTriple const site = solve_site(site_, g, r, given);
        for (std::size_t i = 0; i < pods_.size(); ++i) {
            auto const& [a, b] = solves_[i];
            k[i] = {.chip = a.chip + b.chip * site.fs, .back = a.back + b.back * site.fs, .supply = a.supply + b.supply * site.fs};
        }
        return site;
    }

    void integrate(double h, LoopResult& result);
    void book(double h, double out_J, SiteTriple const& s1, SiteTriple const& s2, LoopResult& result);

    Plant const& plant_;
    LoopInputs const& in_;
    LoopState& state_;
    SizedCdu cdu_;
    double target_C_;
    double fws_cp_;
    std::optional<OutdoorUnits> units_;
    bool can_chill_ = false;
    std::vector<LoopPod> pods_;
    std::vector<PodTriple> rhs_, k1_, k2_;
    std::vector<PodChange> solves_;
    LoopSite site_;
    CurveSet outside_; // curves that had to be bounded
};

void Stepper::integrate(double h, LoopResult& result)
{
    double const g = ros2_gamma * h;
    auto const n = pods_.size();
    rhs_.resize(n);
    k1_.resize(n);
    k2_.resize(n);
    solves_.resize(n);
    SiteTriple const y = now();
    double const in_C = outdoor_inlet_C(site_, y);
    double const out1_W = outdoor_W(in_C);
    site_.slope_W_per_K = std::max(0.0, (outdoor_W(in_C + probe_K) - out1_W) / probe_K);

    double given_W = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const& t = state_.pods[i];
        auto const gained = gain(pods_[i], {.chip = t.chip_C, .back = t.return_C, .supply = t.supply_C}, y.fs);
        rhs_[i] = {.chip = h * gained.W.chip, .back = h * gained.W.back, .supply = h * gained.W.supply};
        given_W += pods_[i].pods * gained.given_W;
    }
    SiteTriple const d1 = gain(site_, y, given_W, out1_W);
    SiteTriple const s1 = stage(g, {.fr = h * d1.fr, .fs = h * d1.fs, .tw = h * d1.tw}, rhs_, k1_);

    SiteTriple const y2{.fr = y.fr + s1.fr, .fs = y.fs + s1.fs, .tw = y.tw + s1.tw};
    double const out2_W = outdoor_W(outdoor_inlet_C(site_, y2));
    given_W = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        auto const& t = state_.pods[i];
        auto const& p = pods_[i];
        PodTriple const at{.chip = t.chip_C + k1_[i].chip, .back = t.return_C + k1_[i].back, .supply = t.supply_C + k1_[i].supply};
        auto const gained = gain(p, at, y2.fs);
        rhs_[i] = {.chip = h * gained.W.chip - 2.0 * p.chip_J_per_K * k1_[i].chip,
                   .back = h * gained.W.back - 2.0 * p.return_J_per_K * k1_[i].back,
                   .supply = h * gained.W.supply - 2.0 * p.supply_J_per_K * k1_[i].supply};
        given_W += p.pods * gained.given_W;
    }
    SiteTriple const d2 = gain(site_, y2, given_W, out2_W);
    SiteTriple const s2 = stage(g,
                                {.fr = h * d2.fr - 2.0 * site_.fr_J_per_K * s1.fr,
                                 .fs = h * d2.fs - 2.0 * site_.fs_J_per_K * s1.fs,
                                 .tw = h * d2.tw - 2.0 * site_.tw_J_per_K * s1.tw},
                                rhs_, k2_);

    double const q1_J = h * out1_W + g * site_.slope_W_per_K * inlet_change_K(site_, s1);
    double const q2_J = h * out2_W - 2.0 * q1_J + g * site_.slope_W_per_K * inlet_change_K(site_, s2);
    book(h, 1.5 * q1_J + 0.5 * q2_J, s1, s2, result);
}

/// New temperatures, stored heat from them, and what the outdoor units did with out_J.
void Stepper::book(double h, double out_J, SiteTriple const& s1, SiteTriple const& s2, LoopResult& result)
{
    auto const change = [](double k1, double k2) { return 1.5 * k1 + 0.5 * k2; };
    double const mean_in_C = inlet_C() + 0.5 * change(inlet_change_K(site_, s1), inlet_change_K(site_, s2));
    for (std::size_t i = 0; i < pods_.size(); ++i) {
        auto& t = state_.pods[i];
        auto const& p = pods_[i];
        PodTriple const k{.chip = change(k1_[i].chip, k2_[i].chip),
                          .back = change(k1_[i].back, k2_[i].back),
                          .supply = change(k1_[i].supply, k2_[i].supply)};
        t.chip_C += k.chip;
        t.return_C += k.back;
        t.supply_C += k.supply;
        result.stored_J += p.pods * (p.chip_J_per_K * k.chip + p.return_J_per_K * k.back + p.supply_J_per_K * k.supply);
        result.supply_max_C = std::max(result.supply_max_C, t.supply_C);
        result.chip_max_C = std::max(result.chip_max_C, t.chip_C);
    }
    SiteTriple const k{.fr = change(s1.fr, s2.fr), .fs = change(s1.fs, s2.fs), .tw = change(s1.tw, s2.tw)};
    result.fws_supply_C_s += (state_.fws_supply_C + 0.5 * k.fs) * h;
    state_.fws_return_C += k.fr;
    state_.fws_supply_C += k.fs;
    state_.tower_C += k.tw;
    result.stored_J += site_.fr_J_per_K * k.fr + site_.fs_J_per_K * k.fs + site_.tw_J_per_K * k.tw;
    if (!units_ || site_.fws_W_per_K == 0.0 || state_.fan_ratio == 0.0) {
        return;
    }
    auto const outdoor = units_->after(outdoor_stream(mean_in_C), state_.fan_ratio, out_J / h);
    result.energy_J[index(Consumer::outdoor_fans)] += in_.drive.fans > 0.0 ? outdoor.fan_W * h : 0.0; // coasting costs nothing
    result.heat_to_air_J += outdoor.air_side_W * h;
    result.evaporated_kg += outdoor.evaporated_kg_per_s * h;
    result.drift_kg += outdoor.drift_kg_per_s * h;
    result.blowdown_kg += outdoor.blowdown_kg_per_s * h;
    result.outside.add(outside_);
}

/// Halls whose air nothing cools keep its heat.
void keep_in_halls(LoopInputs const& inputs, LoopState& state, double dt_s, LoopResult& result)
{
    for (auto const& heat : inputs.pods) {
        double const kept_J = heat.pods * heat.air_W * dt_s;
        result.heat_in_J += kept_J;
        result.stored_J += kept_J;
        state.hall_J += kept_J;
    }
}

/// Hall air and chilled water are steady over the step; what the halls have kept comes with the heat of the pods.
void add_air(Plant const& plant, LoopInputs const& inputs, LoopState& state, double dt_s, LoopResult& result)
{
    state.air.resize(inputs.pods.size());
    if (!inputs.drive.hall_air) {
        keep_in_halls(inputs, state, dt_s, result);
        return;
    }
    double air_W = 0.0;
    for (auto const& heat : inputs.pods) {
        air_W += heat.pods * heat.air_W;
    }
    double const given_back_J = std::min(-std::expm1(-dt_s / hall_s) * state.hall_J, hall_more * air_W * dt_s);
    double const more = air_W > 0.0 ? 1.0 + given_back_J / (air_W * dt_s) : 1.0;
    state.hall_J -= given_back_J;
    result.stored_J -= given_back_J;
    std::vector<PodLoad> loads;
    for (auto const& heat : inputs.pods) {
        loads.push_back({.pods = heat.pods, .liquid_W = 0.0, .air_W = more * heat.air_W, .tcs_flow_m3_per_s = 0.0});
        result.heat_in_J += heat.pods * heat.air_W * dt_s;
    }
    auto const air = solve_hall_air(
        plant, {.outdoors = inputs.outdoors, .loads = loads, .coolers_up = inputs.coolers_up, .before = state.modes}, state.air);
    for (std::size_t c = 0; c < consumer_count; ++c) {
        result.energy_J[c] += air.power_W[c] * dt_s;
    }
    state.modes.air_pads_on = air.modes.air_pads_on;
    state.modes.air_economiser = air.modes.air_economiser;
    result.heat_to_air_J += air.heat_to_air_W * dt_s;
    result.evaporated_kg += air.evaporated_kg_per_s * dt_s;
    result.drift_kg += air.drift_kg_per_s * dt_s;
    result.blowdown_kg += air.blowdown_kg_per_s * dt_s;
    result.outside.add(air.outside);
}

} // namespace

LoopState steady_loop(Plant const& plant, LoopInputs const& inputs, PlantModes const& before)
{
    std::vector<PodLoad> loads;
    for (auto const& heat : inputs.pods) {
        loads.push_back({.pods = heat.pods,
                         .liquid_W = heat.chip_W + heat.direct_W,
                         .air_W = heat.air_W,
                         .tcs_flow_m3_per_s = heat.tcs_flow_m3_per_s,
                         .cdus = heat.cdus});
    }
    LoopState state;
    state.air.resize(loads.size());
    auto const steady =
        solve_plant(plant, {.outdoors = inputs.outdoors, .loads = loads, .coolers_up = inputs.coolers_up, .before = before}, state.air);
    for (std::size_t i = 0; i < loads.size(); ++i) {
        auto const& pod = state.air[i];
        auto const& heat = inputs.pods[i];
        state.pods.push_back({.chip_C = pod.tcs_supply_C + heat.chip_W / heat.chip_W_per_K,
                              .return_C = pod.tcs_return_C,
                              .supply_C = pod.tcs_supply_C,
                              .fws_flow_kg_per_s = pod.fws_flow_kg_per_s});
    }
    state.fws_supply_C = steady.water.supply_C;
    state.fws_return_C = steady.fws_return_C;
    state.tower_C = steady.water.tower_supply_C;
    state.fan_ratio = steady.water.fan_ratio;
    state.modes = steady.modes;
    return state;
}

LoopResult step_loop(Plant const& plant, LoopInputs const& inputs, LoopState& state, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && state.pods.size() == inputs.pods.size());
    LoopResult result;
    Stepper stepper(plant, inputs, state);
    double const steps = std::ceil(dt_s / loop_substep_s * (1.0 - 1e-12));
    for (double k = 0.0; k < steps; k += 1.0) {
        stepper.step(dt_s / steps, result);
    }
    add_air(plant, inputs, state, dt_s, result);
    if (!std::isfinite(state.fws_supply_C + result.chip_max_C + result.heat_to_air_J)) {
        throw SolverError("loop", "the solution is not finite");
    }
    return result;
}

} // namespace aidc
