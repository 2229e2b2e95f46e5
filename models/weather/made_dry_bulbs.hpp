#pragma once
/// \file
/// Dry bulbs of a made year. Equations: normals_year.hpp.

#include "models/weather/seasonal_curve.hpp"

#include <vector>

namespace aidc {

/// Dry bulbs that a year is to meet [deg C].
struct ListedDryBulbs {
    double at_0_4_C{};  ///< Exceeded 0.4 % of the hours [deg C]
    double at_1_C{};    ///< 1 % [deg C], below that of 0.4 %
    double at_99_6_C{}; ///< 99.6 % [deg C]
};

/// Normal temperatures of a place by the hour, from which years with and without spells are made.
class MadeDryBulbs {
  public:
    /// \param curve          Must outlive this
    /// \param mean_C         Monthly mean dry bulbs [deg C]
    /// \param daily_range_K  Monthly means of the daily range [K], >= 0
    MadeDryBulbs(SeasonalCurve const& curve, Months const& mean_C, Months const& daily_range_K);

    /// 8760 hours [deg C] without spells.
    std::vector<double> plain_C() const;

    /// 8760 hours [deg C] with spells that meet the listed values; the nearest found when none do. Monthly means are those given.
    std::vector<double> with_spells_C(ListedDryBulbs const& listed) const;

  private:
    /// What is solved for.
    struct Strength {
        double hot_K{};
        double cold_K{};
        double stretch{};
        Months mean_C{}; ///< Monthly means of M
    };

    std::vector<double> hours_C(Strength const& strength, double knee_C) const;
    /// One step towards the listed values. \returns false when they are met
    static bool strengthen(Strength& now, ListedDryBulbs const& listed, std::vector<double> hours);

    SeasonalCurve const& curve_;
    Months mean_C_;
    std::vector<double> spells_;   ///< z, by hour
    std::vector<double> hot_;      ///< w_hot, by hour
    std::vector<double> cold_;     ///< w_cold, by hour
    std::vector<double> of_day_K_; ///< R/2 s, by hour
};

} // namespace aidc
