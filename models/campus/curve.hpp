#pragma once
/// \file
/// What a hall draws on a shared supply when it carries P watts of IT, and back.

#include <utility>
#include <vector>

namespace aidc {

/// Strictly increasing piecewise-linear curve from IT watts at rack input to watts on a shared supply.
///
/// Beyond the last point the last slope goes on; below the first supply value no IT can be carried (0).
class SupplyCurve {
  public:
    /// \param points  (it_W, drawn_W), both strictly increasing, at least two, the first at it_W = 0
    explicit SupplyCurve(std::vector<std::pair<double, double>> points);

    /// Watts drawn while carrying it_W [W]; nothing is drawn at 0 (the hall is not switched on). \param it_W  >= 0
    double drawn_W(double it_W) const;
    /// Largest IT power [W] carried by supply_W; 0 if it does not cover the fixed part.
    double it_W(double supply_W) const;

  private:
    std::vector<std::pair<double, double>> points_;
};

/// A straight line through the origin: drawn = factor * it. \param factor  > 0
SupplyCurve proportional_curve(double factor);

} // namespace aidc
