#include "models/hydraulic/valve.hpp"

#include "models/base/error.hpp"

#include <cmath>

namespace aidc {
namespace {

constexpr double hour_in_s = 3600.0;
constexpr double bar_in_Pa = 1e5;
constexpr double psi_in_Pa = 6894.757;
constexpr double gallon_in_m3 = 3.785411784e-3;
constexpr double reference_kg_per_m3 = 1000.0;

/// Kv of a valve of Cv = 1: its flow of one gallon a minute at 1 psi, in m3/h and carried to 1 bar.
double kv_of_one_cv() { return 60.0 * gallon_in_m3 * std::sqrt(bar_in_Pa / psi_in_Pa); }

} // namespace

double kv_m3_per_h_from_cv(double cv) { return kv_of_one_cv() * cv; }

double cv_from_kv(double kv_m3_per_h) { return kv_m3_per_h / kv_of_one_cv(); }

double valve_drop_Pa(double kv_m3_per_h, double flow_m3_per_s, double density_kg_per_m3)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0);
    return valve_element(kv_m3_per_h, density_kg_per_m3).k * flow_m3_per_s * flow_m3_per_s;
}

double valve_flow_m3_per_s(double kv_m3_per_h, double drop_Pa, double density_kg_per_m3)
{
    AIDC_EXPECT(drop_Pa >= 0.0);
    return std::sqrt(drop_Pa / valve_element(kv_m3_per_h, density_kg_per_m3).k);
}

HydraulicElement valve_element(double kv_m3_per_h, double density_kg_per_m3)
{
    AIDC_EXPECT(kv_m3_per_h > 0.0 && density_kg_per_m3 > 0.0);
    double const hours_per_kv = hour_in_s / kv_m3_per_h;
    return {.k = bar_in_Pa * density_kg_per_m3 / reference_kg_per_m3 * hours_per_kv * hours_per_kv, .exponent = 2.0};
}

} // namespace aidc
