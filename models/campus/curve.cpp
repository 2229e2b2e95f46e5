#include "models/campus/curve.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {

SupplyCurve::SupplyCurve(std::vector<std::pair<double, double>> points) : points_(std::move(points))
{
    AIDC_EXPECT(points_.size() >= 2 && points_.front().first == 0.0);
    for (std::size_t i = 1; i < points_.size(); ++i) {
        AIDC_EXPECT(points_[i].first > points_[i - 1].first && points_[i].second > points_[i - 1].second);
    }
}

double SupplyCurve::drawn_W(double it_W) const
{
    if (it_W <= 0.0) {
        return 0.0;
    }
    auto const last = points_.end() - 1;
    auto const right = std::min(std::ranges::lower_bound(points_, it_W, {}, &std::pair<double, double>::first), last);
    auto const left = right == points_.begin() ? right : right - 1;
    auto const to = right == left ? right + 1 : right;
    return left->second + (it_W - left->first) * (to->second - left->second) / (to->first - left->first);
}

double SupplyCurve::it_W(double supply_W) const
{
    if (supply_W <= points_.front().second) {
        return 0.0;
    }
    auto const last = points_.end() - 1;
    auto const right = std::min(std::ranges::lower_bound(points_, supply_W, {}, &std::pair<double, double>::second), last);
    auto const left = right - 1;
    return left->first + (supply_W - left->second) * (right->first - left->first) / (right->second - left->second);
}

SupplyCurve proportional_curve(double factor)
{
    AIDC_EXPECT(factor > 0.0);
    return SupplyCurve({{0.0, 0.0}, {1.0, factor}});
}

} // namespace aidc
