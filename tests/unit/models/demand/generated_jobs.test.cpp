#include "models/demand/generated_jobs.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace aidc;

namespace {

Duration exponential(double mean_s) { return {.shape = Duration::Shape::exponential, .parameter_s = {mean_s}, .factor = {}}; }

/// A pure function of purpose and number. Source: G. L. Steele et al., Fast splittable pseudorandom number generators, OOPSLA 2014
/// (SplitMix64), with a hash of the purpose as its stream.
double uniform(std::string_view purpose, std::uint64_t n)
{
    std::uint64_t x = 0;
    for (char const c : purpose) {
        x = x * 1099511628211U + static_cast<unsigned char>(c);
    }
    x = x * 0x9E3779B97F4A7C15U + (n + 1) * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    x ^= x >> 31;
    return (static_cast<double>(x >> 12) + 0.5) / 4503599627370496.0;
}

std::vector<Job> all_jobs(JobMix const& mix)
{
    JobSource source = GeneratedJobs(mix, uniform);
    std::vector<Job> jobs;
    for (Job job; source(job);) {
        jobs.push_back(job);
    }
    return jobs;
}

/// A mix of three sizes, a job each 100 s.
JobMix some_mix()
{
    return {.between = exponential(100.0),
            .sizes = {{8, 0.5}, {64, 0.3}, {512, 0.2}},
            .run = exponential(3600.0),
            .estimate_factor = 2.0,
            .priority = 3,
            .rules = 1,
            .most_jobs = 100'000};
}

/// Largest distance of the distribution of `values` from F, over what n values leave at 1 in 1000: 1.95/sqrt(n).
/// Source: N. Smirnov, Annals of Mathematical Statistics 19, 1948.
template <class F> double kolmogorov(std::vector<double> values, F const& distribution)
{
    std::ranges::sort(values);
    auto const n = static_cast<double>(values.size());
    double most = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double const f = distribution(values[i]);
        most = std::max({most, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
    }
    return most * std::sqrt(n) / 1.95;
}

} // namespace

TEST_CASE("a stream has the laws of its mix", "[unit][demand]")
{
    auto const mix = some_mix();
    auto const jobs = all_jobs(mix);
    REQUIRE(jobs.size() == 100'000);
    std::vector<double> between_s, run_s;
    std::array<double, 3> of_size{};
    for (std::size_t n = 0; n < jobs.size(); ++n) {
        CHECK(jobs[n].id == static_cast<std::int64_t>(n));
        run_s.push_back(jobs[n].run_s);
        if (n > 0) {
            between_s.push_back(jobs[n].submit_s - jobs[n - 1].submit_s);
        }
        for (std::size_t k = 0; k < 3; ++k) {
            of_size[k] += jobs[n].processors == mix.sizes[k].processors ? 1e-5 : 0.0;
        }
    }
    auto const law = [](double mean_s) { return [mean_s](double t_s) { return -std::expm1(-t_s / mean_s); }; };
    CHECK(kolmogorov(between_s, law(100.0)) < 1.0);
    CHECK(kolmogorov(run_s, law(3600.0)) < 1.0);
    for (std::size_t k = 0; k < 3; ++k) {
        double const p = mix.sizes[k].weight; // binomial: three standard deviations
        CHECK_THAT(of_size[k], WithinAbs(p, 3.0 * std::sqrt(p * (1.0 - p) / 1e5)));
    }
    CHECK(jobs[7].estimate_s == 2.0 * jobs[7].run_s);
    CHECK(jobs[7].priority == 3);
    CHECK(jobs[7].rules == 1);
}

TEST_CASE("the load of a mix is what its jobs ask", "[unit][demand]")
{
    auto const mix = some_mix();
    // By hand: mean size 4 + 19.2 + 102.4 = 125.6, run 3600 s, every 100 s.
    CHECK_THAT(offered_processors(mix), WithinRel(125.6 * 36.0, 1e-12));
    double asked = 0.0;
    auto const jobs = all_jobs(mix);
    for (auto const& job : jobs) {
        asked += job.processors * job.run_s;
    }
    // Three standard errors: size x run has a squared coefficient of variation of 2 x 53,689.6/125.6^2 - 1 = 5.8.
    CHECK_THAT(asked / jobs.back().submit_s, WithinRel(offered_processors(mix), 3.0 * std::sqrt((5.8 + 1.0) / 1e5)));
}

TEST_CASE("a stream begins and ends where it is told", "[unit][demand]")
{
    auto mix = some_mix();
    mix.between = Duration::fixed(60.0);
    mix.first_submit_s = 30.0;
    mix.until_s = 270.0;
    auto const jobs = all_jobs(mix);
    REQUIRE(jobs.size() == 4); // 30, 90, 150, 210; not 270
    CHECK(jobs.front().submit_s == 30.0);
    CHECK(jobs.back().submit_s == 210.0);
    mix.most_jobs = 2;
    CHECK(all_jobs(mix).size() == 2);
    mix.first_submit_s = 270.0;
    CHECK(all_jobs(mix).empty());
}

TEST_CASE("a change of one law changes nothing else", "[unit][demand]")
{
    auto mix = some_mix();
    mix.most_jobs = 1000;
    auto const before = all_jobs(mix);
    mix.run = Duration::fixed(10.0);
    mix.course = consumer_chat_course;
    auto const after = all_jobs(mix);
    for (std::size_t n = 0; n < before.size(); ++n) {
        REQUIRE(before[n].processors == after[n].processors);
    }
    mix.course.reset();
    CHECK(all_jobs(mix)[999].submit_s == before[999].submit_s);
}

TEST_CASE("a size of weight 0 never comes", "[unit][demand]")
{
    auto mix = some_mix();
    mix.sizes = {{1, 0.0}, {2, 1.0}, {3, 0.0}};
    mix.most_jobs = 10'000;
    CHECK(std::ranges::all_of(all_jobs(mix), [](Job const& job) { return job.processors == 2; }));
}

TEST_CASE("a clock of the course: hours by their level, whole weeks as they are", "[unit][demand]")
{
    // High 1.5 from 0 to 12 h, low 0.5 after: mean 1.
    DailyCourse course;
    std::fill(course.by_hour.begin(), course.by_hour.begin() + 12, 3.0);
    std::fill(course.by_hour.begin() + 12, course.by_hour.end(), 1.0);
    CHECK_THAT(after_course(course, 1, 0.0, hour_s), WithinRel(hour_s / 1.5, 1e-12));
    CHECK_THAT(after_course(course, 1, 0.0, day_s), WithinRel(day_s, 1e-12));
    CHECK_THAT(after_course(course, 1, 11.5 * hour_s, 1.25 * hour_s), WithinRel(13.0 * hour_s, 1e-12)); // 0.5 x 1.5 + 1 x 0.5
    CHECK_THAT(after_course(course, 1, 1234.5, 100.0 * week_s), WithinRel(1234.5 + 100.0 * week_s, 1e-12));
    // No work at weekends: what is asked on Friday at midnight comes on Monday. Levels 7/5 of 1.5 and 0.5.
    course.weekend = 0.0;
    CHECK_THAT(after_course(course, 6, 0.0, 2.1 * hour_s), WithinRel(49.0 * hour_s, 1e-12));
}

TEST_CASE("Poisson arrivals follow the course and stay Poisson", "[unit][demand]")
{
    auto mix = some_mix();
    mix.course = consumer_chat_course;
    mix.start_weekday = 4;
    mix.until_s = 16.0 * week_s;
    auto const jobs = all_jobs(mix);
    std::array<double, 168> in_hour{};
    for (auto const& job : jobs) {
        in_hour[static_cast<std::size_t>(std::fmod(job.submit_s / hour_s + 24.0 * 4.0, 168.0))] += 1.0;
    }
    // Each hour of the week is a Poisson count about 16 x 36 x level: the sum of squares over means is chi-squared with 168 degrees
    // of freedom, mean 168 and standard deviation sqrt(336).
    double chi2 = 0.0;
    for (unsigned h = 0; h < 168; ++h) {
        double const expected = 16.0 * 36.0 * relative_level(consumer_chat_course, h);
        chi2 += (in_hour[h] - expected) * (in_hour[h] - expected) / expected;
    }
    CHECK_THAT(chi2, WithinAbs(168.0, 3.0 * std::sqrt(336.0)));
    CHECK_THAT(static_cast<double>(jobs.size()), WithinAbs(16.0 * 6048.0, 3.0 * std::sqrt(16.0 * 6048.0)));
}
