#include "models/cooling/heat_exchanger.hpp"

#include "models/base/error.hpp"
#include "models/cooling/secant_root.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

using Effectiveness = double (*)(double ntu, double capacity_ratio);

HeatExchange exchange(Effectiveness law, double ua_W_per_K, Stream const& hot, Stream const& cold)
{
    AIDC_EXPECT(ua_W_per_K >= 0.0);
    AIDC_EXPECT(hot.flow_kg_per_s >= 0.0 && cold.flow_kg_per_s >= 0.0);
    AIDC_EXPECT(hot.cp_J_per_kgK > 0.0 && cold.cp_J_per_kgK > 0.0);

    double const hot_W_per_K = hot.flow_kg_per_s * hot.cp_J_per_kgK;
    double const cold_W_per_K = cold.flow_kg_per_s * cold.cp_J_per_kgK;
    double const min_W_per_K = std::min(hot_W_per_K, cold_W_per_K);
    if (min_W_per_K == 0.0) {
        return {.heat_W = 0.0, .hot_outlet_C = hot.inlet_C, .cold_outlet_C = cold.inlet_C, .effectiveness = 0.0};
    }
    double const capacity_ratio = min_W_per_K / std::max(hot_W_per_K, cold_W_per_K);
    double const effectiveness = law(ua_W_per_K / min_W_per_K, capacity_ratio);
    double const heat_W = effectiveness * min_W_per_K * (hot.inlet_C - cold.inlet_C);

    AIDC_ENSURE(effectiveness >= 0.0 && effectiveness <= 1.0);
    return {.heat_W = heat_W,
            .hot_outlet_C = hot.inlet_C - heat_W / hot_W_per_K,
            .cold_outlet_C = cold.inlet_C + heat_W / cold_W_per_K,
            .effectiveness = effectiveness};
}

constexpr double join = 0.1; // flow ratio below which the power is replaced

/// Even quartic in x/join that meets (x/join)^n with equal value, slope and curvature at x = join.
struct Quartic {
    double constant;
    double second;
    double fourth;
};

Quartic quartic(double n)
{
    return {.constant = (8.0 - 6.0 * n + n * n) / 8.0, .second = n * (4.0 - n) / 4.0, .fourth = n * (n - 2.0) / 8.0};
}

} // namespace

double counterflow_effectiveness(double ntu, double capacity_ratio)
{
    double const gap = 1.0 - capacity_ratio;
    if (gap == 0.0) {
        return ntu / (1.0 + ntu);
    }
    double const used = -std::expm1(-ntu * gap);
    if (used == 0.0) {
        return ntu / (1.0 + ntu); // ntu * gap underflows
    }
    return used / (used + gap * (1.0 - used));
}

double counterflow_ntu(double effectiveness, double capacity_ratio)
{
    AIDC_EXPECT(effectiveness >= 0.0 && effectiveness < 1.0 && capacity_ratio >= 0.0 && capacity_ratio <= 1.0);
    double const gap = 1.0 - capacity_ratio;
    double const balanced = effectiveness / (1.0 - effectiveness);
    return gap == 0.0 ? balanced : std::log1p(balanced * gap) / gap;
}

double crossflow_effectiveness(double ntu, double capacity_ratio)
{
    if (ntu == 0.0) {
        return 0.0;
    }
    if (capacity_ratio < 1e-12) {
        return -std::expm1(-ntu);
    }
    double const root = std::pow(ntu, 0.22);
    return -std::expm1(std::expm1(-capacity_ratio * ntu / root) * root / capacity_ratio);
}

double crossflow_ntu(double effectiveness, double capacity_ratio)
{
    AIDC_EXPECT(effectiveness >= 0.0 && effectiveness < 1.0 && capacity_ratio >= 0.0 && capacity_ratio <= 1.0);
    auto const excess = [=](double log_ntu) { return crossflow_effectiveness(std::exp(log_ntu), capacity_ratio) - effectiveness; };
    if (effectiveness == 0.0) {
        return 0.0;
    }
    double const low = std::log(1e-9);
    double const high = std::log(1e3);
    RootBracket const bracket{.a = low, .at_a = excess(low), .b = high, .at_b = excess(high)};
    return std::exp(secant_root(excess, bracket, 1e-14, "cross-flow exchanger sizing"));
}

double regularised_power(double ratio, double exponent)
{
    AIDC_EXPECT(ratio >= 0.0);
    if (ratio > join) {
        return std::pow(ratio, exponent);
    }
    Quartic const q = quartic(exponent);
    double const y = (ratio / join) * (ratio / join);
    return std::pow(join, exponent) * (q.constant + y * (q.second + y * q.fourth));
}

double regularised_power_elasticity(double ratio, double exponent)
{
    AIDC_EXPECT(ratio >= 0.0);
    if (ratio > join) {
        return exponent;
    }
    Quartic const q = quartic(exponent);
    double const y = (ratio / join) * (ratio / join);
    return y * (2.0 * q.second + 4.0 * y * q.fourth) / (q.constant + y * (q.second + y * q.fourth));
}

double series_conductance_W_per_K(double first_W_per_K, double second_W_per_K)
{
    return first_W_per_K * second_W_per_K / (first_W_per_K + second_W_per_K);
}

Films split_conductance(double ua_W_per_K, double hot_over_cold)
{
    AIDC_EXPECT(ua_W_per_K > 0.0 && hot_over_cold > 0.0);
    double const hot_W_per_K = (1.0 + hot_over_cold) * ua_W_per_K;
    return {.hot_W_per_K = hot_W_per_K, .cold_W_per_K = hot_W_per_K / hot_over_cold};
}

double film_ratio(FluidProperties const& hot, FluidProperties const& cold, double flow_ratio)
{
    AIDC_EXPECT(flow_ratio > 0.0);
    double const reynolds_ratio = flow_ratio * cold.viscosity_Pa_s / hot.viscosity_Pa_s;
    return hot.conductivity_W_per_mK / cold.conductivity_W_per_mK * std::pow(reynolds_ratio, plate_film_exponent)
           * std::cbrt(prandtl(hot) / prandtl(cold));
}

HeatExchange counterflow_exchange(double ua_W_per_K, Stream const& hot, Stream const& cold)
{
    return exchange(counterflow_effectiveness, ua_W_per_K, hot, cold);
}

HeatExchange crossflow_exchange(double ua_W_per_K, Stream const& hot, Stream const& cold)
{
    return exchange(crossflow_effectiveness, ua_W_per_K, hot, cold);
}

} // namespace aidc
