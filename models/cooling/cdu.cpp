#include "models/cooling/cdu.hpp"

#include "models/base/error.hpp"
#include "models/hydraulic/pump.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace aidc {
namespace {

constexpr double infinite_W_per_K = std::numeric_limits<double>::infinity();
constexpr double condensing_over_water_film = 4.0;

double tcs_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s)
{
    return cdu.rating.condensing ? infinite_W_per_K : tcs_flow_m3_per_s * volumetric_heat_J_per_m3K(cdu.tcs);
}

double tcs_film_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s)
{
    double const ratio = cdu.rating.condensing ? 1.0 : tcs_flow_m3_per_s / cdu.rating.tcs_rated_flow_m3_per_s;
    return cdu.films.hot_W_per_K * regularised_power(ratio, plate_film_exponent);
}

/// Temperature difference per watt between the two inlets, and its slope over x.
struct Resistance {
    double K_per_W{};
    double slope{};
};

/// The exchanger at a fixed secondary flow, as a function of x = 1/(capacity flow of the primary) [K/W].
///
/// The counterflow law reads, without a case for C_min and smooth through balanced flows,
///
///     (inlet difference)/heat = x + R B(phi),   phi = (x - 1/C_tcs)/R,   B(phi) = phi/(e^phi - 1),   R = 1/UA
///
/// which is almost a straight line in x: Newton's method needs two to four steps.
struct Exchanger {
    double tcs_K_per_W; // 1/C of the secondary
    double tcs_film_K_per_W;
    double fws_film_rated_K_per_W;
    double fws_rated_W_per_K; // capacity flow with the valve fully open

    Resistance at(double x) const
    {
        double const flow_ratio = 1.0 / (x * fws_rated_W_per_K);
        double const film = fws_film_rated_K_per_W / regularised_power(flow_ratio, plate_film_exponent);
        double const r = tcs_film_K_per_W + film;
        double const r_slope = regularised_power_elasticity(flow_ratio, plate_film_exponent) * film / x;
        double const imbalance = x - tcs_K_per_W;
        double const phi = imbalance / r;
        bool const balanced = std::abs(phi) < 1e-4;
        double const b = balanced ? 1.0 - phi / 2.0 + phi * phi / 12.0 : phi / std::expm1(phi);
        double const b_slope = balanced ? -0.5 + phi / 6.0 : b / phi * (1.0 - phi - b);
        double const phi_slope = (1.0 - phi * r_slope) / r;
        return {.K_per_W = x + r * b, .slope = 1.0 + b * r_slope + r * b_slope * phi_slope};
    }
};

/// Relative excess from which one Newton step reaches rounding: it leaves less than 3 times the square.
constexpr double last_step = 5e-8;

/// Position of the valve and what it leads to.
struct Valve {
    double x{};       // 1/(capacity flow of the primary) [K/W]
    double K_per_W{}; // inlet difference over heat
};

/// The x at which the exchanger shows `wanted_K_per_W`; fully open if that is not enough.
Valve find_valve(Exchanger const& exchanger, double wanted_K_per_W, double guess)
{
    double const open = 1.0 / exchanger.fws_rated_W_per_K;
    double low = open;
    double high = wanted_K_per_W; // there eps = 1 would be needed
    if (high <= open) {
        return {.x = open, .K_per_W = exchanger.at(open).K_per_W};
    }
    // The curve is convex: Newton's method never jumps below a root, so a jump below `open` says that there is none.
    double x = guess > open && guess < high ? guess : high;
    bool open_tried = false;
    for (int step = 0; step < 100; ++step) {
        Resistance const now = exchanger.at(x);
        double const excess = now.K_per_W - wanted_K_per_W;
        if (std::abs(excess) <= 1e-14 * wanted_K_per_W || (x == open && excess > 0.0)) {
            return {.x = x, .K_per_W = now.K_per_W};
        }
        (excess > 0.0 ? high : low) = x;
        double next = x - excess / now.slope;
        if (std::abs(excess) <= last_step * wanted_K_per_W && next > open) {
            return {.x = next, .K_per_W = wanted_K_per_W};
        }
        if (next <= open && !open_tried) {
            open_tried = true;
            next = open;
        }
        else if (next >= high && high == wanted_K_per_W) {
            next = high;
        }
        else if (!(next > low && next < high)) {
            next = 0.5 * (low + high);
        }
        if (next == x || (next == low && next != open)) {
            return {.x = x, .K_per_W = now.K_per_W}; // no number lies between
        }
        x = next;
    }
    throw SolverError("CDU valve", "no position found for " + std::to_string(wanted_K_per_W * 1e6) + " K/MW");
}

} // namespace

SizedCdu size_cdu(Cdu const& rating, FluidProperties const& tcs, FluidProperties const& fws)
{
    AIDC_EXPECT(rating.rated_heat_W > 0.0 && rating.approach_K > 0.0);
    AIDC_EXPECT(rating.tcs_rated_flow_m3_per_s > 0.0 && rating.fws_rated_flow_m3_per_s > 0.0);
    double const fws_W_per_K = rating.fws_rated_flow_m3_per_s * volumetric_heat_J_per_m3K(fws);
    double const tcs_W_per_K = rating.condensing ? infinite_W_per_K : rating.tcs_rated_flow_m3_per_s * volumetric_heat_J_per_m3K(tcs);
    double const least = std::min(tcs_W_per_K, fws_W_per_K);
    double const difference_K = rating.approach_K + rating.rated_heat_W / tcs_W_per_K;
    double const effectiveness = rating.rated_heat_W / (least * difference_K);
    if (!(effectiveness < 1.0)) {
        throw SolverError("CDU sizing", "the rated heat needs an effectiveness of " + std::to_string(effectiveness)
                                            + "; the primary flow is too small for the approach");
    }
    double const ua = least * counterflow_ntu(effectiveness, least / std::max(tcs_W_per_K, fws_W_per_K));
    if (rating.condensing) {
        return {.rating = rating, .tcs = tcs, .fws = fws, .films = split_conductance(ua, condensing_over_water_film)};
    }
    double const mass_flow_ratio =
        rating.tcs_rated_flow_m3_per_s * tcs.density_kg_per_m3 / (rating.fws_rated_flow_m3_per_s * fws.density_kg_per_m3);
    return {.rating = rating, .tcs = tcs, .fws = fws, .films = split_conductance(ua, film_ratio(tcs, fws, mass_flow_ratio))};
}

double cdu_pump_W(Cdu const& rating, double tcs_flow_m3_per_s, double in_service)
{
    if (in_service == 0.0) {
        return 0.0;
    }
    Pump const pump{.rated_flow_m3_per_s = rating.tcs_rated_flow_m3_per_s,
                    .rated_head_Pa = 0.0,
                    .rated_power_W = rating.pump_rated_power_W,
                    .min_speed = rating.pump_min_speed};
    return in_service * pump_power_W(pump, tcs_flow_m3_per_s / in_service);
}

double cdu_conductance_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s, double fws_flow_kg_per_s)
{
    double const rated_kg_per_s = cdu.rating.fws_rated_flow_m3_per_s * cdu.fws.density_kg_per_m3;
    double const fws_film = cdu.films.cold_W_per_K * regularised_power(fws_flow_kg_per_s / rated_kg_per_s, plate_film_exponent);
    return series_conductance_W_per_K(tcs_film_W_per_K(cdu, tcs_flow_m3_per_s), fws_film);
}

double cdu_exchange_W_per_K(SizedCdu const& cdu, double tcs_flow_m3_per_s, double fws_flow_kg_per_s, double in_service)
{
    if (in_service == 0.0) {
        return 0.0;
    }
    double const tcs_flow = tcs_flow_m3_per_s / in_service;
    double const fws_flow = fws_flow_kg_per_s / in_service;
    double const tcs = tcs_W_per_K(cdu, tcs_flow);
    double const fws = fws_flow * cdu.fws.cp_J_per_kgK;
    double const least = std::min(tcs, fws);
    if (least == 0.0) {
        return 0.0;
    }
    double const ntu = cdu_conductance_W_per_K(cdu, tcs_flow, fws_flow) / least;
    return in_service * least * counterflow_effectiveness(ntu, least / std::max(tcs, fws));
}

namespace {

/// All CDUs in service, each with its equal part.
CduResult solve_each(SizedCdu const& cdu, CduInputs const& in)
{
    if (!std::isfinite(in.heat_W + in.tcs_flow_m3_per_s + in.fws_supply_C + in.tcs_set_point_C)) {
        throw SolverError("CDU", "an input is not finite");
    }
    AIDC_EXPECT(in.heat_W >= 0.0 && in.tcs_flow_m3_per_s >= 0.0);
    if (in.heat_W > 0.0 && in.tcs_flow_m3_per_s == 0.0) {
        throw SolverError("CDU", std::to_string(in.heat_W) + " W of heat without secondary flow");
    }
    double const pump_W = cdu_pump_W(cdu.rating, in.tcs_flow_m3_per_s);
    double const heat_W = in.heat_W + pump_W;
    if (heat_W == 0.0) {
        double const idle_C = std::max(in.tcs_set_point_C, in.fws_supply_C);
        return {.tcs_supply_C = idle_C, .tcs_return_C = idle_C, .fws_return_C = in.fws_supply_C};
    }
    Exchanger const exchanger{.tcs_K_per_W = 1.0 / tcs_W_per_K(cdu, in.tcs_flow_m3_per_s),
                              .tcs_film_K_per_W = 1.0 / tcs_film_W_per_K(cdu, in.tcs_flow_m3_per_s),
                              .fws_film_rated_K_per_W = 1.0 / cdu.films.cold_W_per_K,
                              .fws_rated_W_per_K = cdu.rating.fws_rated_flow_m3_per_s * volumetric_heat_J_per_m3K(cdu.fws)};

    double const wanted_inlet_C = in.tcs_set_point_C + heat_W * exchanger.tcs_K_per_W;
    double const wanted_K_per_W = (wanted_inlet_C - in.fws_supply_C) / heat_W;
    // Of a solve nearby, wanted - x is kept: its slope is almost 1.
    double const guess_W_per_K = in.fws_flow_guess_kg_per_s * cdu.fws.cp_J_per_kgK;
    double const guess = guess_W_per_K > 0.0 ? 1.0 / guess_W_per_K + (in.fws_supply_guess_C - in.fws_supply_C) / heat_W : 0.0;
    Valve const valve = find_valve(exchanger, wanted_K_per_W, guess);
    double const inlet_C = std::max(wanted_inlet_C, in.fws_supply_C + heat_W * valve.K_per_W);
    double const exchanged_W = (inlet_C - in.fws_supply_C) / valve.K_per_W;
    return {.tcs_supply_C = inlet_C - exchanged_W * exchanger.tcs_K_per_W,
            .tcs_return_C = inlet_C - pump_W * exchanger.tcs_K_per_W,
            .fws_flow_kg_per_s = 1.0 / (valve.x * cdu.fws.cp_J_per_kgK),
            .fws_return_C = in.fws_supply_C + exchanged_W * valve.x,
            .pump_W = pump_W,
            .exchanged_W = exchanged_W};
}

} // namespace

CduResult solve_cdu(SizedCdu const& cdu, CduInputs const& in)
{
    AIDC_EXPECT(in.in_service > 0.0);
    double const share = in.in_service;
    if (share == 1.0) {
        return solve_each(cdu, in);
    }
    CduInputs each = in;
    each.heat_W /= share;
    each.tcs_flow_m3_per_s /= share;
    each.fws_flow_guess_kg_per_s /= share;
    CduResult all = solve_each(cdu, each);
    all.fws_flow_kg_per_s *= share;
    all.pump_W *= share;
    all.exchanged_W *= share;
    return all;
}

} // namespace aidc
