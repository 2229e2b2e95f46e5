#include "models/weather/made_dry_bulbs.hpp"

#include "models/base/error.hpp"
#include "models/weather/climate.hpp"
#include "models/weather/spells.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;
constexpr double coldest_hour_h = 5.0;  // [J]
constexpr double hottest_hour_h = 15.0; // [J]

/// Daily cycle s: -1 at 05:00, +1 at 15:00, half cosines between.
double daily_cycle(double hour_of_day)
{
    double const rising_h = hottest_hour_h - coldest_hour_h;
    double const since_coldest_h = std::fmod(hour_of_day - coldest_hour_h + 24.0, 24.0);
    if (since_coldest_h <= rising_h) {
        return -std::cos(std::numbers::pi * since_coldest_h / rising_h);
    }
    return std::cos(std::numbers::pi * (since_coldest_h - rising_h) / (24.0 - rising_h));
}

/// 0 at the smallest, 1 at the largest value.
void stretch_to_one(std::vector<double>& values)
{
    auto const [low, high] = std::ranges::minmax(values);
    for (double& value : values) {
        value = high > low ? (value - low) / (high - low) : 1.0;
    }
}

} // namespace

MadeDryBulbs::MadeDryBulbs(SeasonalCurve const& curve, Months const& mean_C, Months const& daily_range_K)
    : curve_(curve), mean_C_(mean_C), spells_(hours_per_year), hot_(hours_per_year), cold_(hours_per_year), of_day_K_(hours_per_year)
{
    Months const mean_nodes = curve_.nodes_of(mean_C);
    Months const range_nodes = curve_.nodes_of(daily_range_K);
    for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
        double const range_K = std::max(0.0, curve_.at(range_nodes, hour / 24 * 24 + 12));
        double const now_C = curve_.at(mean_nodes, hour);
        spells_[hour] = warm_spells(hour);
        hot_[hour] = now_C + 0.5 * range_K;
        cold_[hour] = 0.5 * range_K - now_C;
        of_day_K_[hour] = 0.5 * range_K * daily_cycle(static_cast<double>(hour % 24) + 0.5);
    }
    stretch_to_one(hot_);
    stretch_to_one(cold_);
}

std::vector<double> MadeDryBulbs::hours_C(Strength const& strength, double knee_C) const
{
    Months const nodes = curve_.nodes_of(strength.mean_C);
    std::vector<double> hours(hours_per_year);
    for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
        double const spell_K = std::max(0.0, strength.hot_K * hot_[hour] + strength.cold_K * cold_[hour]) * spells_[hour];
        double const calm_C = curve_.at(nodes, hour) + of_day_K_[hour] + spell_K;
        hours[hour] = calm_C + strength.stretch * std::max(0.0, calm_C - knee_C);
    }
    return hours;
}

std::vector<double> MadeDryBulbs::plain_C() const { return hours_C({.mean_C = mean_C_}, 0.0); }

std::vector<double> MadeDryBulbs::with_spells_C(ListedDryBulbs const& listed) const
{
    AIDC_EXPECT(listed.at_0_4_C > listed.at_1_C);
    constexpr int most_rounds = 100;
    constexpr int rounds_of_strength = 40; // then it stands, and the means alone converge
    constexpr double same_K = 1e-9;        // of a monthly mean
    Strength now{.hot_K = 1.0, .cold_K = 2.0, .stretch = 0.0, .mean_C = mean_C_};
    auto hours = hours_C(now, listed.at_1_C);
    for (int round = 0; round < most_rounds; ++round) {
        bool const met = round >= rounds_of_strength || !strengthen(now, listed, hours);
        Months const reached_C = monthly_means(hours);
        double off_K = 0.0;
        for (std::size_t m = 0; m < 12; ++m) {
            off_K = std::max(off_K, std::abs(mean_C_[m] - reached_C[m]));
            now.mean_C[m] += mean_C_[m] - reached_C[m];
        }
        if (met && off_K < same_K) {
            break;
        }
        hours = hours_C(now, listed.at_1_C);
    }
    return hours;
}

bool MadeDryBulbs::strengthen(Strength& now, ListedDryBulbs const& listed, std::vector<double> hours)
{
    constexpr double close_enough_K = 0.05;
    constexpr double near_K = 0.5;
    constexpr double step = 0.4;           // an extreme moves by 1 to 2.5 times the strength of the spells
    constexpr double least_stretch = -0.9; // above the knee, hours keep their order
    constexpr double largest_stretch = 20.0;
    double const hot_off_K = listed.at_1_C - exceeded_by(hours, 0.01);
    double const hottest_C = exceeded_by(hours, 0.004);
    double const cold_off_K = listed.at_99_6_C - exceeded_by(hours, 0.996);
    if (std::max({std::abs(hot_off_K), std::abs(listed.at_0_4_C - hottest_C), std::abs(cold_off_K)}) < close_enough_K) {
        return false;
    }
    now.hot_K = std::max(0.0, now.hot_K + step * hot_off_K);
    now.cold_K = now.cold_K - step * cold_off_K;
    if (std::abs(hot_off_K) < near_K && hottest_C > listed.at_1_C) {
        double const wanted = (1.0 + now.stretch) * (listed.at_0_4_C - listed.at_1_C) / (hottest_C - listed.at_1_C) - 1.0;
        now.stretch = std::clamp(0.5 * (now.stretch + wanted), least_stretch, largest_stretch);
    }
    return true;
}

} // namespace aidc
