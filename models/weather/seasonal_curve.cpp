#include "models/weather/seasonal_curve.hpp"

#include "models/base/error.hpp"

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;

/// Middle of a month as a day of the year; months before January and after December belong to the years beside.
double middle_day(int month)
{
    auto const m = static_cast<std::size_t>((month + 24) % 12);
    return 0.5 * (first_day_of_month[m] + first_day_of_month[m + 1]) + 365.0 * ((month + 24) / 12 - 2);
}

std::size_t hours_of_month(std::size_t m) { return 24 * static_cast<std::size_t>(first_day_of_month[m + 1] - first_day_of_month[m]); }

} // namespace

SeasonalCurve::SeasonalCurve() : weights_(hours_per_year)
{
    int left = -1;
    std::size_t m = 0;
    for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
        double const day = (static_cast<double>(hour) + 0.5) / 24.0;
        left += middle_day(left + 1) <= day ? 1 : 0;
        m += hour >= 24 * static_cast<std::size_t>(first_day_of_month[m + 1]) ? 1 : 0;
        double const width = middle_day(left + 1) - middle_day(left);
        double const u = (day - middle_day(left)) / width;
        double const chord_left = width / (middle_day(left + 1) - middle_day(left - 1));
        double const chord_right = width / (middle_day(left + 2) - middle_day(left));
        double const of_left_slope = u * (1.0 - u) * (1.0 - u);
        double const of_right_slope = u * u * (u - 1.0);
        double const of_right = u * u * (3.0 - 2.0 * u);
        auto& w = weights_[hour];
        w.of = {-of_left_slope * chord_left, 1.0 - of_right - of_right_slope * chord_right, of_right + of_left_slope * chord_left,
                of_right_slope * chord_right};
        for (std::size_t i = 0; i < 4; ++i) {
            w.month[i] = static_cast<std::uint8_t>((left - 1 + static_cast<int>(i) + 24) % 12);
            mean_of_nodes_[m][w.month[i]] += w.of[i] / static_cast<double>(hours_of_month(m));
        }
    }
}

Months SeasonalCurve::nodes_of(Months const& means) const
{
    constexpr int rounds = 40; // the error falls to a third a round when neighbours differ most
    Months nodes = means;
    for (int round = 0; round < rounds; ++round) {
        Months next = nodes;
        for (std::size_t m = 0; m < 12; ++m) {
            next[m] += means[m];
            for (std::size_t n = 0; n < 12; ++n) {
                next[m] -= mean_of_nodes_[m][n] * nodes[n];
            }
        }
        nodes = next;
    }
    return nodes;
}

Months monthly_means(std::span<double const> hours)
{
    AIDC_EXPECT(hours.size() == hours_per_year);
    Months means{};
    for (std::size_t m = 0; m < 12; ++m) {
        for (double const value : hours.subspan(24 * static_cast<std::size_t>(first_day_of_month[m]), hours_of_month(m))) {
            means[m] += value;
        }
        means[m] /= static_cast<double>(hours_of_month(m));
    }
    return means;
}

} // namespace aidc
