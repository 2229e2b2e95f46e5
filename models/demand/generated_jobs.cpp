#include "models/demand/generated_jobs.hpp"

#include "models/base/error.hpp"

#include <cmath>
#include <utility>

namespace aidc {
namespace {

constexpr double hours_of_week = 168.0;

/// Sum over sizes of weight times f(size).
template <class F> double weighted(std::vector<JobSize> const& sizes, F const& f)
{
    double sum = 0.0;
    for (auto const& size : sizes) {
        sum += size.weight * f(size);
    }
    return sum;
}

double total_weight(std::vector<JobSize> const& sizes)
{
    return weighted(sizes, [](JobSize const&) { return 1.0; });
}

} // namespace

double offered_processors(JobMix const& mix)
{
    double const size = weighted(mix.sizes, [](JobSize const& s) { return static_cast<double>(s.processors); }) / total_weight(mix.sizes);
    return size * mean_s(mix.run) / mean_s(mix.between);
}

double after_course(DailyCourse const& course, unsigned start_weekday, double from_s, double worked_s)
{
    AIDC_EXPECT(from_s >= 0.0 && worked_s >= 0.0);
    double const weeks = std::floor(worked_s / week_s); // each is a week on either clock
    double rest_s = worked_s - weeks * week_s;
    double t_s = from_s;
    for (double hour = std::floor(from_s / hour_s);; hour += 1.0) {
        auto const of_week = static_cast<unsigned>(std::fmod(hour + 24.0 * start_weekday, hours_of_week));
        double const speed = relative_level(course, of_week);
        double const end_s = (hour + 1.0) * hour_s;
        double const passed_s = speed * (end_s - t_s);
        if (rest_s <= passed_s && speed > 0.0) {
            return t_s + rest_s / speed + weeks * week_s;
        }
        rest_s -= passed_s;
        t_s = end_s;
    }
}

GeneratedJobs::GeneratedJobs(JobMix mix, Uniform uniform)
    : mix_(std::move(mix)), uniform_(std::move(uniform)), weights_(total_weight(mix_.sizes)), submit_s_(mix_.first_submit_s)
{
    AIDC_EXPECT(weights_ > 0.0 && mix_.estimate_factor >= 1.0 && mix_.first_submit_s >= 0.0);
}

bool GeneratedJobs::operator()(Job& job)
{
    if (n_ >= mix_.most_jobs || submit_s_ >= mix_.until_s) {
        return false;
    }
    double const run_s = quantile_s(mix_.run, uniform_("run", n_));
    AIDC_EXPECT(run_s > 0.0);
    job = {.id = static_cast<std::int64_t>(n_),
           .submit_s = submit_s_,
           .run_s = run_s,
           .estimate_s = mix_.estimate_factor * run_s,
           .processors = processors(uniform_("processors", n_)),
           .priority = mix_.priority,
           .rules = mix_.rules};
    double const between_s = quantile_s(mix_.between, uniform_("between", n_));
    if (mix_.course) {
        submit_s_ = after_course(*mix_.course, mix_.start_weekday, submit_s_, between_s);
    }
    else {
        submit_s_ += between_s;
    }
    ++n_;
    return true;
}

std::uint32_t GeneratedJobs::processors(double u) const
{
    double rest = u * weights_;
    JobSize const* chosen = nullptr;
    for (auto const& size : mix_.sizes) {
        if (size.weight == 0.0) {
            continue;
        }
        chosen = &size;
        if (rest < size.weight) {
            break;
        }
        rest -= size.weight;
    }
    return chosen->processors; // the last one where rounding left a rest
}

} // namespace aidc
