#include "models/fluid/dielectric.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>

namespace aidc {
namespace {

/// One temperature of a maker's table.
struct Row {
    double temperature_C;
    FluidProperties at;
};

// 3M HFE-7100 (SecCool, as in CoolProp).
constexpr std::array hfe_7100{
    Row{-10.78, {1562.76, 1111.44, 0.07582127, 0.00093766}}, Row{0.95, {1536.144, 1134.9, 0.07352829, 0.00076807}},
    Row{8.67, {1518.628, 1150.34, 0.07201919, 0.00068338}},  Row{17.83, {1497.844, 1168.66, 0.07022859, 0.00059914}},
    Row{30.07, {1470.071, 1193.14, 0.06783592, 0.00051452}}, Row{46.31, {1433.223, 1225.62, 0.06466132, 0.00042997}},
    Row{55.03, {1413.437, 1243.06, 0.06295674, 0.00039576}}, Row{64.27, {1392.471, 1261.54, 0.0611505, 0.00036204}},
};

// Solutia Therminol D12 (as in CoolProp), every second row.
constexpr std::array therminol_d12{
    Row{-20, {791, 1938, 0.1159, 0.00324}},  Row{-10, {784, 1977, 0.1145, 0.00241}},  Row{0, {777, 2015, 0.113, 0.00188}},
    Row{10, {770, 2054, 0.1115, 0.00152}},   Row{20, {762, 2093, 0.11, 0.00126}},     Row{30, {755, 2132, 0.1084, 0.00107}},
    Row{40, {748, 2172, 0.1068, 0.000918}},  Row{50, {741, 2211, 0.1052, 0.0008}},    Row{60, {733, 2251, 0.1035, 0.000705}},
    Row{70, {726, 2291, 0.1019, 0.000626}},  Row{80, {718, 2332, 0.1001, 0.000561}},  Row{90, {710, 2373, 0.0984, 0.000504}},
    Row{100, {703, 2414, 0.0966, 0.000456}}, Row{110, {695, 2455, 0.0948, 0.000414}}, Row{120, {687, 2496, 0.0929, 0.000378}},
    Row{130, {678, 2538, 0.091, 0.000345}},
};

// Texaco Texatherm 22 (as in CoolProp); its viscosity is texatherm_viscosity_Pa_s.
constexpr std::array texatherm_22{
    Row{0, {874.5, 1810, 0.135, 0}},
    Row{40, {847.3, 1950, 0.132, 0}},
    Row{50, {842.5, 1990, 0.132, 0}},
    Row{100, {810.5, 2180, 0.128, 0}},
};

/// CoolProp's curve through the maker's figures [estimate].
double texatherm_viscosity_Pa_s(double temperature_C)
{
    AIDC_EXPECT(temperature_C > -100.0);
    return std::exp(882.9595 / (temperature_C + 273.15 - 172.6102) - 9.646606);
}

std::span<Row const> table_of(Dielectric liquid)
{
    switch (liquid) {
    case Dielectric::hfe_7100:
        return hfe_7100;
    case Dielectric::therminol_d12:
        return therminol_d12;
    case Dielectric::texatherm_22:
        return texatherm_22;
    }
    contract_broken("invariant", "Dielectric is listed", __FILE__, __LINE__);
}

} // namespace

FluidProperties dielectric_properties(Dielectric liquid, double temperature_C)
{
    auto const table = table_of(liquid);
    auto const next = std::ranges::upper_bound(table.begin() + 1, table.end() - 1, temperature_C, {}, &Row::temperature_C);
    auto const& [low_C, low] = *std::prev(next);
    auto const& [high_C, high] = *next;
    double const part = (temperature_C - low_C) / (high_C - low_C);
    auto const between = [part](double a, double b) { return a + part * (b - a); };
    return {.density_kg_per_m3 = between(low.density_kg_per_m3, high.density_kg_per_m3),
            .cp_J_per_kgK = between(low.cp_J_per_kgK, high.cp_J_per_kgK),
            .conductivity_W_per_mK = between(low.conductivity_W_per_mK, high.conductivity_W_per_mK),
            .viscosity_Pa_s = liquid == Dielectric::texatherm_22
                                  ? texatherm_viscosity_Pa_s(temperature_C)
                                  : low.viscosity_Pa_s * std::pow(high.viscosity_Pa_s / low.viscosity_Pa_s, part)};
}

TemperatureRange dielectric_range(Dielectric liquid)
{
    auto const table = table_of(liquid);
    return {.low_C = table.front().temperature_C, .high_C = table.back().temperature_C};
}

} // namespace aidc
