#include "models/study/interval.hpp"

#include "models/base/quantile.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {

Interval percentile_interval_95(std::vector<double> resamples)
{
    std::erase_if(resamples, [](double x) { return !std::isfinite(x); });
    std::ranges::sort(resamples);
    return {.low = quantile_of(resamples, 0.025), .high = quantile_of(resamples, 0.975)};
}

} // namespace aidc
