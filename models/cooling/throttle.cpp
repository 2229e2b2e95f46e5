#include "models/cooling/throttle.hpp"

#include "models/base/error.hpp"

#include <string>

namespace aidc {
namespace {

/// Cut of the power share per kelvin above the limit [1/K].
double cut_per_K(Throttle const& throttle)
{
    AIDC_EXPECT(throttle.trip_C > throttle.limit_C && throttle.least_share >= 0.0 && throttle.least_share <= 1.0);
    return (1.0 - throttle.least_share) / (throttle.trip_C - throttle.limit_C);
}

} // namespace

double allowed_power_share(Throttle const& throttle, double case_C)
{
    double const cut = cut_per_K(throttle);
    if (case_C <= throttle.limit_C) {
        return 1.0;
    }
    return case_C < throttle.trip_C ? 1.0 - cut * (case_C - throttle.limit_C) : 0.0;
}

double settled_power_share(Throttle const& throttle, double inlet_C, double full_rise_K)
{
    AIDC_EXPECT(full_rise_K >= 0.0);
    double const cut = cut_per_K(throttle);
    if (inlet_C + full_rise_K <= throttle.limit_C) {
        return 1.0;
    }
    if (inlet_C + throttle.least_share * full_rise_K >= throttle.trip_C) {
        return 0.0;
    }
    return (1.0 + cut * (throttle.limit_C - inlet_C)) / (1.0 + cut * full_rise_K);
}

double leakage_factor(Leakage const& leakage, double junction_C) { return 1.0 + leakage.per_K * (junction_C - leakage.reference_C); }

double leakage_gain(Leakage const& leakage, double rated_W, double resistance_K_per_W)
{
    AIDC_EXPECT(leakage.per_K >= 0.0 && rated_W >= 0.0 && resistance_K_per_W >= 0.0);
    return leakage.per_K * resistance_K_per_W * rated_W;
}

double leaking_power_W(Leakage const& leakage, double rated_W, double inlet_C, double resistance_K_per_W)
{
    double const gain = leakage_gain(leakage, rated_W, resistance_K_per_W);
    if (gain >= 1.0) {
        throw SolverError("chip leakage", "thermal run-away: leakage of " + std::to_string(leakage.per_K) + " 1/K at "
                                              + std::to_string(rated_W) + " W and " + std::to_string(resistance_K_per_W)
                                              + " K/W has a gain of " + std::to_string(gain) + " (below 1 is stable)");
    }
    return rated_W * leakage_factor(leakage, inlet_C) / (1.0 - gain);
}

} // namespace aidc
