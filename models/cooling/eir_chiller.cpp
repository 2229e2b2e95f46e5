#include "models/cooling/eir_chiller.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace aidc {
namespace {

constexpr int scan_steps = 20; // of each range; the curves are quadratic

void check_contract(ChillerCurves const& c)
{
    AIDC_EXPECT(c.reference_W > 0.0 && c.reference_cop > 0.0);
    AIDC_EXPECT(c.min_plr > 0.0 && c.min_plr <= c.min_unloading_plr && c.min_unloading_plr <= c.max_plr && c.max_plr >= 1.0);
    AIDC_EXPECT(c.evaporator_min_C <= c.evaporator_max_C && c.condenser_min_C <= c.condenser_max_C);
    AIDC_EXPECT(c.condenser_share >= 0.0 && c.condenser_share <= 1.0);
}

template <class Coefficients> void normalise(Coefficients& curve, double at_reference)
{
    for (double& coefficient : curve) {
        coefficient /= at_reference;
    }
}

void expect_positive(double value, char const* curve)
{
    if (!(value > 0.0)) {
        throw SolverError("chiller sizing", std::string(curve) + " is not positive everywhere in the range of its data set");
    }
}

void check_positive(ChillerCurves const& c)
{
    for (int i = 0; i <= scan_steps; ++i) {
        double const leaving_C = std::lerp(c.evaporator_min_C, c.evaporator_max_C, static_cast<double>(i) / scan_steps);
        for (int j = 0; j <= scan_steps; ++j) {
            double const condenser_C = std::lerp(c.condenser_min_C, c.condenser_max_C, static_cast<double>(j) / scan_steps);
            expect_positive(biquadratic(c.capacity_ft, leaving_C, condenser_C), "capacity by temperature");
            expect_positive(biquadratic(c.eir_ft, leaving_C, condenser_C), "power by temperature");
        }
        double const plr = std::lerp(c.min_unloading_plr, c.max_plr, static_cast<double>(i) / scan_steps);
        expect_positive(quadratic(c.eir_plr, plr), "power by load");
    }
}

} // namespace

double biquadratic(BiquadraticCurve const& curve, double x, double y)
{
    return curve[0] + x * (curve[1] + x * curve[2]) + y * (curve[3] + y * curve[4]) + curve[5] * x * y;
}

double quadratic(QuadraticCurve const& curve, double x) { return curve[0] + x * (curve[1] + x * curve[2]); }

EirChiller size_chiller(ChillerCurves const& set, double capacity_W)
{
    check_contract(set);
    AIDC_EXPECT(capacity_W > 0.0);
    check_positive(set);
    double const capacity = biquadratic(set.capacity_ft, set.leaving_C, set.condenser_C);
    double const eir = biquadratic(set.eir_ft, set.leaving_C, set.condenser_C);
    double const part_load = quadratic(set.eir_plr, 1.0);
    // The reference point may lie outside the ranges of the set.
    expect_positive(capacity, "capacity by temperature");
    expect_positive(eir, "power by temperature");
    expect_positive(part_load, "power by load");

    EirChiller chiller{.curves = set};
    chiller.curves.reference_W = capacity_W;
    normalise(chiller.curves.capacity_ft, capacity);
    normalise(chiller.curves.eir_ft, eir);
    normalise(chiller.curves.eir_plr, part_load);
    return chiller;
}

EirChillerResult solve_eir_chiller(EirChiller const& chiller, double cooling_W, double leaving_C, double condenser_entering_C)
{
    AIDC_EXPECT(cooling_W >= 0.0);
    ChillerCurves const& c = chiller.curves;
    CurveSet outside;
    double const evaporator_C = bounded(leaving_C, c.evaporator_min_C, c.evaporator_max_C, Curve::chiller_evaporator, outside);
    double const condenser_C = bounded(condenser_entering_C, c.condenser_min_C, c.condenser_max_C, Curve::chiller_condenser, outside);
    double const capacity_W = c.reference_W * biquadratic(c.capacity_ft, evaporator_C, condenser_C);
    double const plr = bounded(cooling_W / capacity_W, 0.0, c.max_plr, Curve::chiller_load, outside);
    double const cycling_ratio = std::min(plr / c.min_plr, 1.0);
    double const full_load_W = capacity_W / c.reference_cop * biquadratic(c.eir_ft, evaporator_C, condenser_C);
    double const power_W = full_load_W * quadratic(c.eir_plr, std::max(plr, c.min_unloading_plr)) * cycling_ratio;
    double const available_W = capacity_W * c.max_plr;
    double const cooled_W = std::min(cooling_W, available_W);
    return {.power_W = power_W,
            .condenser_W = cooled_W + c.condenser_share * power_W,
            .available_W = available_W,
            .cop = power_W > 0.0 ? cooled_W / power_W : 0.0,
            .plr = plr,
            .cycling_ratio = cycling_ratio,
            .cooled_W = cooled_W,
            .outside = outside};
}

} // namespace aidc
