#include "models/weather/day_humidity.hpp"

#include "models/base/root.hpp"
#include "models/fluid/moist_air.hpp"
#include "models/weather/climate.hpp"
#include "models/weather/spells.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace aidc {
namespace {

constexpr std::size_t hours_per_year = 8760;
constexpr std::size_t days_per_year = 365;

/// Monthly means of daily values.
Months means_of_days(std::vector<double> const& days)
{
    Months means{};
    for (std::size_t m = 0; m < 12; ++m) {
        auto const first = days.begin() + first_day_of_month[m];
        auto const end = days.begin() + first_day_of_month[m + 1];
        for (auto day = first; day != end; ++day) {
            means[m] += *day / static_cast<double>(end - first);
        }
    }
    return means;
}

/// Root of a function that should change its sign between two ends; the better end when it does not.
template <class F> double nearest_root(F const& f, double low, double high)
{
    double const at_low = f(low);
    double const at_high = f(high);
    if (std::signbit(at_low) == std::signbit(at_high)) {
        return std::abs(at_low) < std::abs(at_high) ? low : high;
    }
    return bracketed_root(f, low, high, 1e-3, "humidity of spells");
}

} // namespace

DayHumidity::DayHumidity(SeasonalCurve const& curve, Months const& relative_humidity, std::vector<double> const& dry_bulb_C,
                         double pressure_Pa)
    : curve_(curve), relative_humidity_(relative_humidity), dry_bulb_C_(dry_bulb_C), pressure_Pa_(pressure_Pa),
      saturation_Pa_(hours_per_year), mean_inverse_(days_per_year), warm_(days_per_year), moist_(days_per_year)
{
    for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
        saturation_Pa_[hour] = saturation_pressure_Pa(dry_bulb_C[hour]);
        mean_inverse_[hour / 24] += 1.0 / (24.0 * saturation_Pa_[hour]);
    }
    for (std::size_t day = 0; day < days_per_year; ++day) {
        warm_[day] = warm_spells(24 * day + 12);
        moist_[day] = moist_spells(24 * day + 12);
    }
}

std::vector<double> DayHumidity::vapour_Pa(HumiditySpells const& spells) const
{
    constexpr int rounds = 8; // only days at saturation need more than the second
    std::vector<double> humidity(days_per_year);
    std::vector<double> factor(days_per_year);
    for (std::size_t day = 0; day < days_per_year; ++day) {
        factor[day] = std::exp(spells.moistness * moist_[day] - spells.drying * std::max(0.0, warm_[day]));
    }
    Months means = relative_humidity_;
    for (int round = 0; round < rounds; ++round) {
        Months const nodes = curve_.nodes_of(means);
        for (std::size_t day = 0; day < days_per_year; ++day) {
            humidity[day] = std::clamp(curve_.at(nodes, 24 * day + 12) * factor[day], 0.0, 1.0);
        }
        Months const reached = means_of_days(humidity);
        for (std::size_t m = 0; m < 12; ++m) {
            means[m] += relative_humidity_[m] - reached[m];
        }
    }
    for (std::size_t day = 0; day < days_per_year; ++day) {
        humidity[day] /= mean_inverse_[day];
    }
    return humidity;
}

std::vector<double> DayHumidity::excess(HumiditySpells const& spells, double listed_C) const
{
    auto const vapour = vapour_Pa(spells);
    double const saturated = saturation_humidity_ratio(listed_C, pressure_Pa_); // colder hours cannot have that wet bulb
    std::vector<double> excess(hours_per_year);
    for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
        double const t_C = dry_bulb_C_[hour];
        double const bounded_Pa = std::min(vapour[hour / 24], saturation_Pa_[hour]);
        double const listed = t_C > listed_C ? humidity_ratio_of_wet_bulb(t_C, listed_C, pressure_Pa_) : saturated;
        excess[hour] = humidity_ratio_of_vapour(bounded_Pa, pressure_Pa_) - listed;
    }
    return excess;
}

double DayHumidity::wettest(HumiditySpells const& spells, double wet_bulb_C) const
{
    auto all = excess(spells, wet_bulb_C);
    return exceeded_by(all, 0.004);
}

double DayHumidity::drying_for(double dry_bulb_C, double wet_bulb_C) const
{
    constexpr double near_K = 1.0;
    auto const mean_excess = [&](double drying) {
        auto const all = excess({.drying = drying}, wet_bulb_C);
        double sum = 0.0;
        for (std::size_t hour = 0; hour < hours_per_year; ++hour) {
            sum += std::abs(dry_bulb_C_[hour] - dry_bulb_C) <= near_K ? all[hour] : 0.0;
        }
        return sum;
    };
    return nearest_root(mean_excess, -1.0, 1.0);
}

HumiditySpells DayHumidity::spells_for(double drying, double wet_bulb_C) const
{
    constexpr double most_moist = 1.5;
    constexpr double step = 0.1;
    auto const too_wet = [&](double now) { return wettest({.drying = now}, wet_bulb_C); };
    auto const too_moist = [&](double now) { return wettest({.drying = drying, .moistness = now}, wet_bulb_C); };
    if (drying <= 0.0 || too_wet(drying) <= 0.0) {
        return {.drying = drying, .moistness = nearest_root(too_moist, 0.0, most_moist)};
    }
    double driest = drying; // what the warm spells lose, the rest of the month gains: less drying may be drier
    double least = too_wet(drying);
    for (double now = drying - step; now > 0.0 && least > 0.0; now -= step) {
        double const excess_now = too_wet(now);
        driest = excess_now < least ? now : driest;
        least = std::min(least, excess_now);
    }
    return {.drying = least > 0.0 ? driest : nearest_root(too_wet, driest, driest + step)};
}

} // namespace aidc
