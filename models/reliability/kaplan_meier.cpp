#include "models/reliability/kaplan_meier.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {

Survival product_limit(std::vector<Spell> spells)
{
    std::ranges::sort(spells, {}, &Spell::span_s);
    Survival result;
    double survival = 1.0, greenwood = 0.0;
    for (std::size_t first = 0; first < spells.size();) {
        double const time_s = spells[first].span_s;
        std::size_t next = first, ended = 0;
        for (; next < spells.size() && spells[next].span_s == time_s; ++next) {
            ended += spells[next].ended ? 1 : 0;
            result.exposure_s += time_s;
        }
        if (ended > 0) {
            auto const n = static_cast<double>(spells.size() - first);
            auto const d = static_cast<double>(ended);
            survival *= 1.0 - d / n;
            greenwood += d / (n * (n - d));
            result.steps.push_back({time_s, spells.size() - first, ended, survival, survival * std::sqrt(greenwood)});
            result.ended += ended;
        }
        first = next;
    }
    return result;
}

double survival_at(Survival const& survival, double time_s)
{
    auto const after = std::ranges::upper_bound(survival.steps, time_s, {}, &SurvivalStep::time_s);
    return after == survival.steps.begin() ? 1.0 : std::prev(after)->survival;
}

double quantile_s(Survival const& survival, double p)
{
    AIDC_EXPECT(p > 0.0 && p < 1.0);
    constexpr double slack = 1e-12; // a product of many factors may miss a share that it reaches exactly
    auto const at = std::ranges::find_if(survival.steps, [p](SurvivalStep const& step) { return step.survival <= 1.0 - p + slack; });
    return at == survival.steps.end() ? std::numeric_limits<double>::infinity() : at->time_s;
}

Duration to_duration(Survival const& survival, std::size_t points)
{
    AIDC_EXPECT(survival.ended > 0 && points >= 1);
    double const seen = 1.0 - survival.steps.back().survival;
    Duration duration{.shape = Duration::Shape::empirical, .number = seen};
    duration.parameter_s[0] = seen < 1.0 ? 1.0 / mean_hazard_per_s(survival) : 0.0;
    for (std::size_t i = 0; i < points; ++i) {
        duration.sample_s.push_back(quantile_s(survival, seen * (static_cast<double>(i) + 0.5) / static_cast<double>(points)));
    }
    return duration;
}

} // namespace aidc
