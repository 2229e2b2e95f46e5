#pragma once
/// \file
/// Outdoor units that take heat out of water: dry coolers or wet towers behind one interface.

#include "models/base/curve_range.hpp"
#include "models/cooling/cooling_tower.hpp"
#include "models/cooling/dry_cooler.hpp"

#include <variant>

namespace aidc {

/// One outdoor unit.
using Rejection = std::variant<DryCooler, CoolingTower>;

/// Pads of dry coolers are wetted by their own law (next_pads_on); false for towers.
bool next_pads_on(Rejection const& unit, Air const& outdoors, bool on_before);

/// Lowest speed ratio of the fans [-].
double min_fan_ratio(Rejection const& unit);

/// Heat that a unit rejects at its rating point [W].
double rated_heat_W(Rejection const& unit);

/// What all units in service did.
struct OutdoorResult {
    double heat_W{};              ///< Taken from the water [W]
    double fan_W{};               ///< Electric power of the fans [W]; their heat leaves with the air
    double evaporated_kg_per_s{}; ///< [kg/s]
    double drift_kg_per_s{};      ///< Droplets that leave a tower [kg/s]
    double blowdown_kg_per_s{};   ///< Bleed that keeps the cycles of concentration [kg/s]
    double air_side_W{};          ///< Enthalpy that the outdoor air gained, less that of the water it took [W]
};

/// Equal units in service under one outdoor air, sharing the water alike.
///
/// Dry coolers all run. Cells of a tower are staged: as many as keep at least half their rated water (a fraction is
/// allowed: the last cell runs part of the time), so that the fill stays wetted at part load.
class OutdoorUnits {
  public:
    /// \param up  Units in service [-], > 0; fractions are allowed      \param unit  Must outlive this object
    OutdoorUnits(Rejection const& unit, Air const& outdoors, bool pads_on, double up);

    /// Heat that the units take from all the water [W]. \param water  Sum over the units
    /// \param fan_ratio  Speed over full speed [-], 0...1      \param outside  Curves that had to be bounded
    double heat_W(Stream const& water, double fan_ratio, CurveSet& outside) const;

    /// Water cannot leave colder [deg C]: the air at the coils, or the wet bulb.
    double coldest_C() const;

    /// Fans, water and air of the units when they take `heat_W` from all the water.
    OutdoorResult after(Stream const& water, double fan_ratio, double heat_W) const;

  private:
    double in_use(Stream const& water) const;

    Rejection const& unit_;
    Air const& outdoors_;
    EnteringAir coil_air_; // of dry coolers
    double up_;
};

} // namespace aidc
