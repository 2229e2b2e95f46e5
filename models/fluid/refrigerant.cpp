#include "models/fluid/refrigerant.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace aidc {
namespace {

constexpr std::size_t row_count = 8;
constexpr double row_step_K = 10.0;
constexpr double kelvin_at_0_C = 273.15;
constexpr double rounding = 1e-12; // the pressure that `saturation` gives at an end of the table is within it
using Column = std::array<double, row_count>;

/// Saturation at 0, 10, ... 70 deg C, in the units of its source.
struct Table {
    Column pressure_kPa;
    Column liquid_kg_per_m3;
    Column vapour_kg_per_m3;
    Column latent_kJ_per_kg;
    double liquid_cp_J_per_kgK; ///< At 40 deg C
};

// In the order of Refrigerant. Equations of state with CoolProp's coefficients, Maxwell construction.
constexpr std::array tables{
    // R134a
    Table{.pressure_kPa = {292.803, 414.607, 571.707, 770.196, 1016.59, 1317.91, 1681.78, 2116.83},
          .liquid_kg_per_m3 = {1294.78, 1260.96, 1225.33, 1187.46, 1146.74, 1102.31, 1052.86, 996.248},
          .vapour_kg_per_m3 = {14.4282, 20.2258, 27.7803, 37.5353, 50.085, 66.2716, 87.3794, 115.572},
          .latent_kJ_per_kg = {198.604, 190.741, 182.281, 173.096, 163.019, 151.814, 139.125, 124.367},
          .liquid_cp_J_per_kgK = 1498},
    // R1233zd(E)
    Table{.pressure_kPa = {48.5135, 73.8318, 108.66, 155.256, 216.102, 293.884, 391.482, 511.957},
          .liquid_kg_per_m3 = {1321.31, 1298.41, 1274.92, 1250.76, 1225.81, 1199.94, 1173, 1144.78},
          .vapour_kg_per_m3 = {2.85664, 4.2317, 6.08235, 8.51744, 11.6624, 15.6632, 20.6932, 26.9622},
          .latent_kJ_per_kg = {202.824, 198.186, 193.385, 188.376, 183.112, 177.544, 171.615, 165.259},
          .liquid_cp_J_per_kgK = 1260},
    // R1234ze(E)
    Table{.pressure_kPa = {216.55, 308.357, 427.343, 578.326, 766.451, 997.223, 1276.57, 1610.97},
          .liquid_kg_per_m3 = {1240.12, 1210.38, 1179.26, 1146.45, 1111.51, 1073.82, 1032.51, 986.223},
          .vapour_kg_per_m3 = {11.7144, 16.4501, 22.607, 30.5232, 40.6359, 53.5377, 70.0779, 91.5632},
          .latent_kJ_per_kg = {184.18, 177.634, 170.626, 163.057, 154.8, 145.686, 135.482, 123.843},
          .liquid_cp_J_per_kgK = 1443},
    // R245fa
    Table{.pressure_kPa = {53.2734, 82.4175, 123.06, 178.079, 250.647, 344.209, 462.459, 609.332},
          .liquid_kg_per_m3 = {1403.9, 1378.25, 1351.92, 1324.79, 1296.7, 1267.49, 1236.92, 1204.71},
          .vapour_kg_per_m3 = {3.23134, 4.87101, 7.11206, 10.1019, 14.0122, 19.0455, 25.4459, 33.5162},
          .latent_kJ_per_kg = {204.719, 199.491, 194.044, 188.334, 182.315, 175.931, 169.12, 161.801},
          .liquid_cp_J_per_kgK = 1355},
    // Novec649
    Table{.pressure_kPa = {12.4632, 20.5911, 32.5868, 49.6549, 73.1774, 104.704, 145.941, 198.744},
          .liquid_kg_per_m3 = {1675.28, 1646.57, 1617.21, 1587.06, 1556.01, 1523.87, 1490.47, 1455.59},
          .vapour_kg_per_m3 = {1.75933, 2.82223, 4.35022, 6.47786, 9.36223, 13.1866, 18.1667, 24.5606},
          .latent_kJ_per_kg = {101.582, 98.9166, 96.2127, 93.4497, 90.6072, 87.6634, 84.5947, 81.3727},
          .liquid_cp_J_per_kgK = 1113},
    // Ammonia
    Table{.pressure_kPa = {429.248, 614.79, 857.04, 1166.54, 1554.53, 2032.97, 2614.49, 3312.49},
          .liquid_kg_per_m3 = {638.638, 624.784, 610.387, 595.364, 579.61, 562.988, 545.316, 526.343},
          .vapour_kg_per_m3 = {3.45601, 4.86574, 6.69795, 9.04597, 12.0238, 15.7746, 20.4843, 26.4042},
          .latent_kJ_per_kg = {1261.77, 1225.24, 1186.3, 1144.59, 1099.65, 1050.95, 997.798, 939.294},
          .liquid_cp_J_per_kgK = 4929},
};
static_assert(tables.size() == refrigerant_names.size());

Table const& table_of(Refrigerant refrigerant) { return tables[static_cast<std::size_t>(refrigerant)]; }

double row_C(std::size_t row) { return saturation_low_C + row_step_K * static_cast<double>(row); }

/// Where 1/T lies between two rows: 0 at the first, 1 at the next [-].
double part_of_step(double temperature_C, std::size_t row)
{
    double const at_row_K = row_C(row) + kelvin_at_0_C;
    double const at_next_K = at_row_K + row_step_K;
    double const t_K = temperature_C + kelvin_at_0_C;
    return at_next_K * (t_K - at_row_K) / (t_K * row_step_K);
}

/// Cubic through `of(y)` at two rows, with the slope of the parabola through each of them and its neighbours.
template <class F> double smooth(Column const& y, std::size_t row, double part, F const& of)
{
    double const low = of(y[row]);
    double const high = of(y[row + 1]);
    double const step = high - low;
    bool const first = row == 0;
    bool const last = row + 2 == row_count;
    // Beyond an end the curvature of the step beside it is carried on.
    double const before = first ? 2.0 * step - (of(y[row + 2]) - high) : low - of(y[row - 1]);
    double const after = last ? 2.0 * step - before : of(y[row + 2]) - high;
    double const slope_low = 0.5 * (before + step);
    double const slope_high = 0.5 * (step + after);
    double const quadratic = 3.0 * step - 2.0 * slope_low - slope_high;
    double const cubic = slope_low + slope_high - 2.0 * step;
    return low + part * (slope_low + part * (quadratic + part * cubic));
}

constexpr auto itself = [](double value) { return value; };
constexpr auto logarithm = [](double value) { return std::log(value); };

} // namespace

Saturation saturation(Refrigerant refrigerant, double temperature_C, CurveSet& outside)
{
    Table const& table = table_of(refrigerant);
    double const t_C = bounded(temperature_C, saturation_low_C, saturation_high_C, Curve::refrigerant, outside);
    double const rows = (t_C - saturation_low_C) / row_step_K;
    std::size_t const row = std::min(static_cast<std::size_t>(rows), row_count - 2);
    double const part = rows - static_cast<double>(row);
    double const rise = table.pressure_kPa[row + 1] / table.pressure_kPa[row];
    return {.pressure_Pa = 1e3 * table.pressure_kPa[row] * std::pow(rise, part_of_step(t_C, row)),
            .liquid_kg_per_m3 = smooth(table.liquid_kg_per_m3, row, part, itself),
            .vapour_kg_per_m3 = std::exp(smooth(table.vapour_kg_per_m3, row, part, logarithm)),
            .latent_J_per_kg = 1e3 * smooth(table.latent_kJ_per_kg, row, part, itself)};
}

double saturation_temperature_C(Refrigerant refrigerant, double pressure_Pa, CurveSet& outside)
{
    AIDC_EXPECT(pressure_Pa > 0.0);
    Column const& pressures = table_of(refrigerant).pressure_kPa;
    double const low_kPa = pressures.front() * (1.0 - rounding);
    double const high_kPa = pressures.back() * (1.0 + rounding);
    double const p_kPa = bounded(1e-3 * pressure_Pa, low_kPa, high_kPa, Curve::refrigerant, outside);
    auto const next = std::upper_bound(pressures.begin() + 1, pressures.end() - 1, p_kPa);
    auto const row = static_cast<std::size_t>(next - pressures.begin()) - 1;
    double const part = std::log(p_kPa / pressures[row]) / std::log(*next / pressures[row]);
    double const at_row_K = row_C(row) + kelvin_at_0_C;
    return at_row_K * row_step_K * part / (at_row_K + row_step_K * (1.0 - part)) + row_C(row);
}

double liquid_cp_J_per_kgK(Refrigerant refrigerant) { return table_of(refrigerant).liquid_cp_J_per_kgK; }

} // namespace aidc
