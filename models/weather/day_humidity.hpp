#pragma once
/// \file
/// Humidity of a made year: one vapour pressure a day, drier or moister in warm spells.

#include "models/weather/seasonal_curve.hpp"

#include <vector>

namespace aidc {

/// Strength of the moist and dry spells of a place.
struct HumiditySpells {
    double drying{};    ///< c: relative humidity falls by exp(-c z) in a warm spell [-]
    double moistness{}; ///< b: and rises by exp(b y) in a moist one [-], >= 0
};

/// Humidity of the days of a year whose dry bulbs are known. Equations: normals_year.hpp.
class DayHumidity {
  public:
    /// \param curve              Must outlive this
    /// \param relative_humidity  Monthly means [-], 0...1
    /// \param dry_bulb_C         8760 hours [deg C]; must outlive this
    /// \param pressure_Pa        Of the place [Pa]
    DayHumidity(SeasonalCurve const& curve, Months const& relative_humidity, std::vector<double> const& dry_bulb_C, double pressure_Pa);

    /// Vapour pressure of each day [Pa]; the monthly means of the relative humidity of days are those given.
    std::vector<double> vapour_Pa(HumiditySpells const& spells) const;

    /// Drying that gives the hours within 1 K of a dry bulb the wet bulb listed with it, on the mean; the nearest of -1...1.
    double drying_for(double dry_bulb_C, double wet_bulb_C) const;

    /// Moistness beside a drying that makes 0.4 % of the hours exceed a wet bulb; the nearest of 0...1.5. Where the drying alone
    /// makes the year too moist, because monthly means stay, it is reduced instead.
    HumiditySpells spells_for(double drying, double wet_bulb_C) const;

  private:
    /// Humidity ratio of each hour less the one at which its wet bulb is `listed_C` [-].
    std::vector<double> excess(HumiditySpells const& spells, double listed_C) const;
    /// Of that the value that 0.4 % of the hours exceed.
    double wettest(HumiditySpells const& spells, double wet_bulb_C) const;

    SeasonalCurve const& curve_;
    Months relative_humidity_;
    std::vector<double> const& dry_bulb_C_;
    double pressure_Pa_;
    std::vector<double> saturation_Pa_; ///< By hour
    std::vector<double> mean_inverse_;  ///< Mean of 1 / saturation pressure, by day [1/Pa]
    std::vector<double> warm_;          ///< z at noon, by day
    std::vector<double> moist_;         ///< y at noon, by day
};

} // namespace aidc
