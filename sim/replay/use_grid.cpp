#include "sim/replay/use_grid.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace aidc {
namespace {

/// Each a multiple of the one before.
constexpr std::array round_s{1.0,    5.0,          10.0,         30.0,         60.0,          300.0, 600.0,
                             1800.0, 1.0 * hour_s, 2.0 * hour_s, 6.0 * hour_s, 12.0 * hour_s, day_s, week_s};

} // namespace

void UseGrid::coarsen()
{
    ++length_;
    double const length_s = length_ < round_s.size() ? round_s[length_] : 2.0 * length_s_;
    auto const factor = static_cast<std::size_t>(std::lround(length_s / length_s_));
    std::vector<Step> fewer((steps_.size() + factor - 1) / factor);
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        fewer[i / factor].used_s += steps_[i].used_s;
        fewer[i / factor].queued_s += steps_[i].queued_s;
    }
    steps_ = std::move(fewer);
    length_s_ = length_s;
}

void UseGrid::add(double to_s, double used, double queued)
{
    AIDC_EXPECT(to_s >= to_s_);
    while (to_s - from_s_ > static_cast<double>(most_steps) * length_s_) {
        coarsen();
    }
    auto step = static_cast<std::size_t>((to_s_ - from_s_) / length_s_);
    while (to_s_ < to_s) {
        steps_.resize(std::max(steps_.size(), step + 1));
        double const end_s = std::min(to_s, std::max(to_s_, from_s_ + static_cast<double>(step + 1) * length_s_));
        steps_[step].used_s += used * (end_s - to_s_);
        steps_[step].queued_s += queued * (end_s - to_s_);
        to_s_ = end_s;
        ++step;
    }
}

std::vector<UseGrid::Row> UseGrid::rows() const
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        double const from_s = from_s_ + static_cast<double>(i) * length_s_;
        double const length_s = std::min(length_s_, to_s_ - from_s);
        if (length_s > 0.0) {
            rows.push_back(
                {.from_s = from_s, .length_s = length_s, .used = steps_[i].used_s / length_s, .queued = steps_[i].queued_s / length_s});
        }
    }
    return rows;
}

double UseGrid::used_s() const
{
    double sum_s = 0.0;
    for (auto const& step : steps_) {
        sum_s += step.used_s;
    }
    return sum_s;
}

} // namespace aidc
