#include "models/demand/checkpoint.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Checkpoints that are written during `work_s`.
double checkpoints(CheckpointRule const& rule, double work_s)
{
    constexpr double rounding = 1e-9; // what is left of a job after many checkpoints is a whole number of intervals only up to rounding
    return rule.every_s > 0.0 ? std::max(0.0, std::ceil(work_s / rule.every_s - rounding) - 1.0) : 0.0;
}

} // namespace

double span_s(CheckpointRule const& rule, double work_s) { return work_s + checkpoints(rule, work_s) * rule.write_s; }

Progress progress_after(CheckpointRule const& rule, double work_s, double elapsed_s)
{
    AIDC_EXPECT(elapsed_s >= 0.0);
    double const all = checkpoints(rule, work_s);
    if (all == 0.0) {
        return {.worked_s = std::min(elapsed_s, work_s)};
    }
    double const cycle_s = rule.every_s + rule.write_s;
    double const finished = std::min(std::floor(elapsed_s / cycle_s), all);
    double const since_s = std::max(0.0, elapsed_s - finished * cycle_s);
    Progress progress{.saved_s = finished * rule.every_s, .writing_s = finished * rule.write_s};
    if (finished == all) { // the last interval ends with the job
        progress.worked_s = std::min(progress.saved_s + since_s, work_s);
    }
    else {
        progress.worked_s = progress.saved_s + std::min(since_s, rule.every_s);
        progress.writing_s += std::max(0.0, since_s - rule.every_s);
    }
    return progress;
}

double young_interval_s(double write_s, double mtbf_s)
{
    AIDC_EXPECT(write_s >= 0.0 && mtbf_s > 0.0);
    return std::sqrt(2.0 * write_s * mtbf_s);
}

double daly_interval_s(double write_s, double mtbf_s)
{
    AIDC_EXPECT(write_s >= 0.0 && mtbf_s > 0.0);
    if (write_s >= 2.0 * mtbf_s) {
        return mtbf_s;
    }
    double const ratio = write_s / (2.0 * mtbf_s);
    return young_interval_s(write_s, mtbf_s) * (1.0 + std::sqrt(ratio) / 3.0 + ratio / 9.0) - write_s;
}

double expected_stretch(CheckpointRule const& rule, double mtbf_s)
{
    AIDC_EXPECT(rule.every_s > 0.0 && mtbf_s > 0.0);
    double const cycle_s = rule.every_s + rule.write_s;
    return mtbf_s / rule.every_s * std::exp(rule.restart_s / mtbf_s) * std::expm1(cycle_s / mtbf_s);
}

} // namespace aidc
