#include "models/cooling/outdoor.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {
namespace {

constexpr double least_cell_water = 0.5; // of the rated flow [J]

/// A function for each kind of unit.
template <class... F> struct Overloaded : F... {
    using F::operator()...;
};

double rated_water_W_per_K(TowerRating const& rating) { return rating.heat_W / (rating.water_inlet_C - rating.water_outlet_C); }

Stream share_of(Stream const& water, double units)
{
    return {.inlet_C = water.inlet_C, .flow_kg_per_s = water.flow_kg_per_s / units, .cp_J_per_kgK = water.cp_J_per_kgK};
}

} // namespace

bool next_pads_on(Rejection const& unit, Air const& outdoors, bool on_before)
{
    auto const* const cooler = std::get_if<DryCooler>(&unit);
    return cooler != nullptr && next_pads_on(cooler->pads, outdoors, on_before);
}

double min_fan_ratio(Rejection const& unit)
{
    return std::visit([](auto const& any) { return any.min_fan_ratio; }, unit);
}

double rated_heat_W(Rejection const& unit)
{
    return std::visit([](auto const& any) { return any.rating.heat_W; }, unit);
}

OutdoorUnits::OutdoorUnits(Rejection const& unit, Air const& outdoors, bool pads_on, double up) : unit_(unit), outdoors_(outdoors), up_(up)
{
    AIDC_EXPECT(up > 0.0);
    if (auto const* const cooler = std::get_if<DryCooler>(&unit)) {
        coil_air_ = entering_air(*cooler, outdoors, pads_on);
    }
}

double OutdoorUnits::in_use(Stream const& water) const
{
    auto const* const tower = std::get_if<CoolingTower>(&unit_);
    if (tower == nullptr) {
        return up_;
    }
    double const cells = water.flow_kg_per_s * water.cp_J_per_kgK / (least_cell_water * rated_water_W_per_K(tower->rating));
    return std::min(up_, std::max(cells, std::min(up_, 1e-6)));
}

double OutdoorUnits::heat_W(Stream const& water, double fan_ratio, CurveSet& outside) const
{
    double const units = in_use(water);
    Stream const each = share_of(water, units);
    return units
           * std::visit(Overloaded{[&](DryCooler const& cooler) { return cooler_heat_W(cooler, coil_air_, each, fan_ratio); },
                                   [&](CoolingTower const& tower) { return tower_heat_W(tower, outdoors_, each, fan_ratio, outside); }},
                        unit_);
}

double OutdoorUnits::coldest_C() const { return std::holds_alternative<DryCooler>(unit_) ? coil_air_.temperature_C : outdoors_.wet_bulb_C; }

OutdoorResult OutdoorUnits::after(Stream const& water, double fan_ratio, double heat_W) const
{
    double const units = in_use(water);
    Stream const each = share_of(water, units);
    auto const dry = [&](DryCooler const& cooler) {
        auto const r = after_cooler(cooler, coil_air_, each, fan_ratio, heat_W / units);
        return OutdoorResult{.heat_W = heat_W,
                             .fan_W = units * r.fan_W,
                             .evaporated_kg_per_s = units * r.evaporated_kg_per_s,
                             .drift_kg_per_s = 0.0,
                             .blowdown_kg_per_s = units * r.bleed_kg_per_s,
                             .air_side_W = units * r.air_side_W};
    };
    auto const wet = [&](CoolingTower const& tower) {
        auto const r = after_tower(tower, outdoors_, each, fan_ratio, heat_W / units);
        return OutdoorResult{.heat_W = heat_W,
                             .fan_W = units * r.fan_W,
                             .evaporated_kg_per_s = units * r.evaporated_kg_per_s,
                             .drift_kg_per_s = units * r.drift_kg_per_s,
                             .blowdown_kg_per_s = units * r.blowdown_kg_per_s,
                             .air_side_W = units * r.air_side_W};
    };
    return std::visit(Overloaded{dry, wet}, unit_);
}

} // namespace aidc
