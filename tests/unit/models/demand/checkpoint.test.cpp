#include "models/demand/checkpoint.hpp"

#include "tests/catch.hpp"

#include <cmath>

using namespace aidc;

namespace {

constexpr CheckpointRule every_30{.every_s = 30.0, .write_s = 5.0, .restart_s = 10.0};
constexpr double minute_s = 60.0;

} // namespace

TEST_CASE("a job writes a checkpoint after every full interval but the one that ends with it", "[unit][demand]")
{
    CHECK(span_s(every_30, 100.0) == 115.0); // by hand: after 30, 60 and 90
    CHECK(span_s(every_30, 90.0) == 100.0);  // after 30 and 60; the third ends with the job
    CHECK(span_s(every_30, 30.0) == 30.0);
    CHECK(span_s(every_30, 1.0) == 1.0);
    CHECK(span_s({}, 100.0) == 100.0); // none are written
    // Three intervals of 0.1 s: 0.1 * 3 / 0.1 lies just above 3 in binary, which is no fourth interval.
    CHECK_THAT(span_s({.every_s = 0.1, .write_s = 1.0}, 0.1 * 3.0), WithinRel(2.3, 1e-12));
}

TEST_CASE("progress follows work and writing in turn", "[unit][demand]")
{
    struct Row {
        double elapsed_s, worked_s, saved_s, writing_s;
    };
    // By hand for 100 s of work, 30 s between checkpoints of 5 s: written over 30-35, 65-70 and 100-105, ended at 115.
    Row const row = GENERATE(Row{0.0, 0.0, 0.0, 0.0}, Row{29.0, 29.0, 0.0, 0.0}, Row{33.0, 30.0, 0.0, 3.0}, Row{35.0, 30.0, 30.0, 5.0},
                             Row{50.0, 45.0, 30.0, 5.0}, Row{69.0, 60.0, 30.0, 9.0}, Row{110.0, 95.0, 90.0, 15.0},
                             Row{115.0, 100.0, 90.0, 15.0}, Row{999.0, 100.0, 90.0, 15.0});
    Progress const progress = progress_after(every_30, 100.0, row.elapsed_s);
    CAPTURE(row.elapsed_s);
    CHECK(progress.worked_s == row.worked_s);
    CHECK(progress.saved_s == row.saved_s);
    CHECK(progress.writing_s == row.writing_s);
}

TEST_CASE("work and writing add up to the time that passes", "[property][demand]")
{
    CheckpointRule const rule{.every_s = GENERATE(7.0, 33.3, 250.0), .write_s = GENERATE(0.0, 0.7, 40.0)};
    constexpr double work_s = 1000.0;
    double const all_s = span_s(rule, work_s);
    double last_saved_s = 0.0;
    for (int i = 0; i <= 1000; ++i) {
        double const elapsed_s = all_s * i / 1000.0;
        Progress const progress = progress_after(rule, work_s, elapsed_s);
        REQUIRE_THAT(progress.worked_s + progress.writing_s, WithinAbs(elapsed_s, 1e-9));
        REQUIRE(progress.saved_s <= progress.worked_s);
        REQUIRE(progress.worked_s - progress.saved_s <= rule.every_s + 1e-9); // never more than one interval at risk
        REQUIRE(progress.saved_s >= last_saved_s);
        last_saved_s = progress.saved_s;
    }
    CHECK_THAT(progress_after(rule, work_s, all_s).worked_s, WithinRel(work_s, 1e-12));
}

TEST_CASE("without checkpoints nothing is saved", "[unit][demand]")
{
    Progress const progress = progress_after({}, 100.0, 60.0);
    CHECK(progress.worked_s == 60.0);
    CHECK(progress.saved_s == 0.0);
    CHECK(progress.writing_s == 0.0);
}

TEST_CASE("Daly's intervals are those of his figures", "[analytic][demand]")
{
    // Daly (2006), captions of figures 3, 4 and 5: write 5 min, restart 10 min, mean time between failures 24 h, 6 h and 15 min:
    // "the new model predicts" 117 min, 57 min and 9.1 min (as rounded there).
    CHECK_THAT(daly_interval_s(5.0 * minute_s, 24.0 * 60.0 * minute_s) / minute_s, WithinAbs(117.0, 0.5));
    CHECK_THAT(daly_interval_s(5.0 * minute_s, 6.0 * 60.0 * minute_s) / minute_s, WithinAbs(57.0, 0.5));
    CHECK_THAT(daly_interval_s(5.0 * minute_s, 15.0 * minute_s) / minute_s, WithinAbs(9.1, 0.05));
}

TEST_CASE("Young's interval is the limit of Daly's for short writing", "[analytic][demand]")
{
    CHECK(young_interval_s(50.0, 10'000.0) == 1000.0); // sqrt(2 50 10,000)
    CHECK_THAT(daly_interval_s(1e-6, 1e6), WithinRel(young_interval_s(1e-6, 1e6), 1e-5));
    CHECK(daly_interval_s(50.0, 10'000.0) < young_interval_s(50.0, 10'000.0)); // the writing itself is taken off
}

TEST_CASE("where writing takes longer than two lives the interval is one life", "[unit][demand]")
{
    CHECK(daly_interval_s(200.0, 100.0) == 100.0);
    CHECK(daly_interval_s(500.0, 100.0) == 100.0);
    // Just below: sqrt(2 d M) = 2 M, the ratio is 1: 2 M (1 + 1/3 + 1/9) - 2 M = 8/9 M.
    CHECK_THAT(daly_interval_s(200.0 - 1e-9, 100.0), WithinRel(800.0 / 9.0, 1e-9));
}

TEST_CASE("without failures a job is stretched by its writing only", "[analytic][demand]")
{
    CHECK_THAT(expected_stretch(every_30, 1e15), WithinRel(35.0 / 30.0, 1e-12));
    // First order in 1 / M: half a cycle of lost time and one restart for each failure in it.
    double const mtbf_s = 1e7;
    CHECK_THAT(expected_stretch(every_30, mtbf_s), WithinRel(35.0 / 30.0 * (1.0 + (35.0 / 2.0 + 10.0) / mtbf_s), 1e-11));
}

TEST_CASE("the least expected time is at Daly's interval", "[analytic][demand]")
{
    // The share d / M is that of a large training run: some minutes of writing, hours to days between failures. Sweep in steps of 1 %.
    constexpr double mtbf_s = 36'000.0;
    double const write_s = GENERATE(6.0, 60.0, 600.0, 3600.0);
    double best_s = 0.0, least = 1e9;
    for (double every_s = 50.0; every_s < 100'000.0; every_s *= 1.01) {
        double const stretch = expected_stretch({.every_s = every_s, .write_s = write_s, .restart_s = 300.0}, mtbf_s);
        if (stretch < least) {
            least = stretch;
            best_s = every_s;
        }
    }
    CHECK_THAT(daly_interval_s(write_s, mtbf_s), WithinRel(best_s, 0.011));
}
