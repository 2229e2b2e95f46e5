#include "models/cooling/chiller.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

constexpr double load_of_running = 0.8; // of the reference capacity, before another chiller starts [J]

Chilling chill_by_curves(EirChiller const& chiller, double up, double cooling_W, double leaving_C, double entering_C)
{
    double const available_W = solve_eir_chiller(chiller, 0.0, leaving_C, entering_C).available_W;
    double const wanted = cooling_W / std::min(load_of_running * chiller.curves.reference_W, available_W);
    double const running = std::min(up, std::max(wanted, std::min(up, 1.0)));
    auto const each = solve_eir_chiller(chiller, cooling_W / running, leaving_C, entering_C);
    return {.cooled_W = running * each.cooled_W,
            .power_W = running * each.power_W,
            .condenser_W = running * each.condenser_W,
            .outside = each.outside};
}

} // namespace

double chillers_available_W(Chiller const& chiller, double up, double leaving_C, double entering_C)
{
    if (auto const* const machine = std::get_if<EirChiller>(&chiller)) {
        return up * solve_eir_chiller(*machine, 0.0, leaving_C, entering_C).available_W;
    }
    return has_chiller(chiller) && up > 0.0 ? std::numeric_limits<double>::infinity() : 0.0;
}

Chilling chill(Chiller const& chiller, double up, double cooling_W, double leaving_C, double entering_C)
{
    if (!has_chiller(chiller) || up <= 0.0 || cooling_W <= 0.0) {
        return {};
    }
    if (auto const* const constant = std::get_if<ConstantCop>(&chiller)) {
        double const power_W = cooling_W / constant->cop;
        return {.cooled_W = cooling_W, .power_W = power_W, .condenser_W = cooling_W + power_W, .outside = {}};
    }
    return chill_by_curves(std::get<EirChiller>(chiller), up, cooling_W, leaving_C, entering_C);
}

} // namespace aidc
