#pragma once
/// \file
/// What happens outside the range of a fitted curve: the value is bounded, and the curve is named in the result.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace aidc {

/// Curves with a range of validity that operation can leave.
enum class Curve : std::uint8_t {
    coolant,
    refrigerant,
    jet,
    tower_air,
    tower_water,
    chiller_evaporator,
    chiller_condenser,
    chiller_load,
    pump_speed,
};

/// One row of the table of curves.
struct CurveRow {
    Curve curve{};
    std::string_view name; ///< As in result files
    std::string_view what; ///< What was outside, and what was done
};

/// Every curve, in order; consumers iterate.
inline constexpr std::array curves{
    CurveRow{Curve::coolant, "coolant", "temperature outside the coolant's table; its end value was used"},
    CurveRow{Curve::refrigerant, "refrigerant", "temperature outside the saturation table; its end value was used"},
    CurveRow{Curve::jet, "jet", "Reynolds number or geometry outside Martin's correlation; its limit was used"},
    CurveRow{Curve::tower_air, "tower_air", "air flow or wet bulb outside the tower's correction curves; the limit was used"},
    CurveRow{Curve::tower_water, "tower_water", "water flow outside the tower's correction curves; the limit was used"},
    CurveRow{Curve::chiller_evaporator, "chiller_evaporator", "chilled-water temperature outside the chiller's curves; the limit was used"},
    CurveRow{Curve::chiller_condenser, "chiller_condenser", "condenser temperature outside the chiller's curves; the limit was used"},
    CurveRow{Curve::chiller_load, "chiller_load", "load above the chiller's curves; the limit was used"},
    CurveRow{Curve::pump_speed, "pump_speed", "pump speed or flow outside its data sheet; the limit was used"},
};
inline constexpr std::size_t curve_count = curves.size();

/// Which curves a solve left.
class CurveSet {
  public:
    constexpr void add(Curve curve) { bits_ |= bit(curve); }
    constexpr void add(CurveSet other) { bits_ |= other.bits_; }
    constexpr bool contains(Curve curve) const { return (bits_ & bit(curve)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr bool operator==(CurveSet const&) const = default;

  private:
    static constexpr std::uint32_t bit(Curve curve) { return 1U << static_cast<unsigned>(curve); }
    std::uint32_t bits_{};
};

/// x within [low, high]; a curve that had to be bounded is added to `outside`.
constexpr double bounded(double x, double low, double high, Curve curve, CurveSet& outside)
{
    if (x < low || x > high) {
        outside.add(curve);
    }
    return std::clamp(x, low, high);
}

} // namespace aidc
