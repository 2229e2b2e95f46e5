#include "sim/analyze/study.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <numeric>

using namespace aidc;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A study of a function of the parameters.
struct Case {
    Points points;
    StudyPoints study;

    Case(std::vector<std::string> vary, Sampling sampling, std::uint32_t n = 0)
        : points(make_points({.vary = std::move(vary), .sampling = sampling, .points = n})), study(study_points(sampling, points))
    {
    }
    std::vector<double> outputs(std::function<double(std::vector<double> const&)> const& function) const
    {
        std::vector<double> outputs;
        for (std::size_t i = 0; i < study.count; ++i) {
            std::vector<double> x;
            for (auto const& values : study.values) {
                x.push_back(values[i]);
            }
            outputs.push_back(function(x));
        }
        return outputs;
    }
    OutputStudy of(std::function<double(std::vector<double> const&)> const& function) const
    {
        auto const y = outputs(function);
        return study_of(study, y, y);
    }
};

double ishigami(std::vector<double> const& x)
{
    return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

std::vector<std::string> const circle{"a:/a=-3.141592653589793:3.141592653589793", "b:/b=-3.141592653589793:3.141592653589793",
                                      "c:/c=-3.141592653589793:3.141592653589793"};

} // namespace

TEST_CASE("quantiles are order statistics in which what was not reached is last", "[unit][sweep]")
{
    std::vector<double> values(20);
    std::iota(values.rbegin(), values.rend(), 1.0); // 20 ... 1
    auto const d = distribution_of(values);
    CHECK(d.reached == 20);
    CHECK(d.mean == 10.5);
    CHECK(d.p5 == 1.0); // rank ceil(20 p)
    CHECK(d.p10 == 2.0);
    CHECK(d.p50 == 10.0);
    CHECK(d.p80 == 16.0);
    CHECK(d.p90 == 18.0);
    CHECK(d.least == 1.0);
    CHECK(d.greatest == 20.0);
    CHECK(d.varies());

    for (double& value : values) {
        value = value > 17.0 ? infinity : value;
    }
    values.push_back(not_a_number);
    auto const late = distribution_of(values);
    CHECK(late.reached == 17);
    CHECK(late.never == 3);
    CHECK(late.absent == 1);
    CHECK(late.mean == 9.0); // of 1 ... 17
    CHECK(late.p80 == 16.0);
    CHECK(late.p90 == infinity);
}

TEST_CASE("what is the same everywhere does not vary", "[unit][sweep]")
{
    CHECK_FALSE(distribution_of({0.1, 0.1, 0.1}).varies());
    CHECK(distribution_of({0.1, 0.1, 0.1}).mean == 0.1);
    CHECK_FALSE(distribution_of({infinity, infinity}).varies());
    CHECK_FALSE(distribution_of({}).varies());
    CHECK_FALSE(distribution_of({not_a_number, not_a_number}).varies());
    CHECK(distribution_of({0.1, infinity}).varies());
    CHECK(std::isnan(distribution_of({infinity}).mean));
    CHECK(distribution_of({infinity}).p5 == infinity);
    CHECK(std::isnan(distribution_of({not_a_number}).p50));
}

TEST_CASE("a grid gives the response by level, averaged over the other parameters", "[unit][sweep]")
{
    // y = 10 a + b^2 over a in 1, 2, 4 and b in 0, 1, 2, 3: mean over b of b^2 is 3.5, mean over a of 10 a is 70/3.
    Case const grid({"a:/a=4,1,2", "b:/b=0:3:4"}, Sampling::grid);
    auto const study = grid.of([](auto const& x) { return 10.0 * x[0] + x[1] * x[1]; });
    REQUIRE(study.responses.size() == 2);
    auto const& a = study.responses[0];
    REQUIRE(a.levels.size() == 3);
    CHECK(a.levels[0].from == 1.0);
    CHECK(a.levels[2].to == 4.0);
    CHECK_THAT(a.levels[0].output.mean, WithinRel(13.5, 1e-15));
    CHECK_THAT(a.levels[2].output.mean, WithinRel(43.5, 1e-15));
    CHECK_THAT(a.swing, WithinRel(30.0, 1e-15));
    CHECK_THAT(a.change, WithinRel(30.0, 1e-15));
    CHECK(a.lowest == 0);
    CHECK(a.highest == 2);
    CHECK(a.levels[0].output.p10 == 10.0);
    CHECK(a.levels[0].output.p90 == 19.0);
    auto const& b = study.responses[1];
    CHECK_THAT(b.swing, WithinRel(9.0, 1e-14));
    CHECK(study.by_swing == std::vector<std::size_t>{0, 1});
    CHECK(study.all.reached == 12);
    CHECK_FALSE(study.morris);
    CHECK_FALSE(study.sobol);
}

TEST_CASE("the swing is between the least and the greatest mean, wherever they are", "[unit][sweep]")
{
    // (x - 2)^2 at 0 ... 4: 4, 1, 0, 1, 4.
    Case const line({"x:/x=0:4:5"}, Sampling::grid);
    auto const study = line.of([](auto const& x) { return (x[0] - 2.0) * (x[0] - 2.0); });
    auto const& x = study.responses.front();
    CHECK(x.swing == 4.0);
    CHECK(x.change == 0.0);
    CHECK(x.lowest == 2);
    CHECK(x.highest == 0);
    CHECK_THAT(x.rho, WithinAbs(0.0, 1e-15));
}

TEST_CASE("parameters are sorted by swing, ties in their order", "[unit][sweep]")
{
    Case const grid({"a:/a=0,1", "b:/b=0,1", "c:/c=0,1", "d:/d=0,1"}, Sampling::grid);
    auto const study = grid.of([](auto const& x) { return x[1] - 8.0 * x[2] + x[3]; });
    CHECK(study.by_swing == std::vector<std::size_t>{2, 1, 3, 0});
    CHECK_THAT(study.responses[2].change, WithinRel(-8.0, 1e-15));
    CHECK(study.responses[2].rho < -0.8);
}

TEST_CASE("dates that were not reached are counted by level, last in quantiles and left out of means", "[unit][sweep]")
{
    // Four replicates of two levels; at the second level two are never reached.
    Case const two({"x:/x=1,2"}, Sampling::grid);
    auto const study = study_of(two.study, {1, 2, 3, 4, 5, infinity, 7, infinity}, {2.5, infinity});
    auto const& levels = study.responses.front().levels;
    REQUIRE(levels.size() == 2);
    CHECK(levels[0].output.never == 0);
    CHECK(levels[0].output.mean == 2.5);
    CHECK(levels[1].output.never == 2);
    CHECK(levels[1].output.reached == 2);
    CHECK(levels[1].output.mean == 6.0);
    CHECK(levels[1].output.p50 == 7.0);
    CHECK(levels[1].output.p90 == infinity);
    CHECK(study.responses.front().swing == 3.5);
}

TEST_CASE("a level without any value stays and has no part in the swing", "[unit][sweep]")
{
    Case const three({"x:/x=1,2,3"}, Sampling::grid);
    auto const study = study_of(three.study, {not_a_number, 5.0, 4.0}, {not_a_number, 5.0, 4.0});
    auto const& x = study.responses.front();
    REQUIRE(x.levels.size() == 3);
    CHECK(std::isnan(x.levels[0].output.mean));
    CHECK(x.levels[0].output.absent == 1);
    CHECK(x.swing == 1.0);
    CHECK(std::isnan(x.change)); // from a level without a mean
    auto const nothing = three.of([](auto const&) { return infinity; });
    CHECK(std::isnan(nothing.responses.front().swing));
    CHECK(nothing.all.never == 3);
}

TEST_CASE("a parameter with a level at which nothing is reached comes first: its swing has no end", "[unit][sweep]")
{
    // b moves what is reached by 5; with a = 2 nothing is.
    Case const grid({"b:/b=0,5", "a:/a=0,1,2"}, Sampling::grid);
    auto const study = grid.of([](auto const& x) { return x[1] == 2.0 ? infinity : x[0]; });
    CHECK(study.responses[0].swing == 5.0);
    CHECK(study.responses[1].swing == 0.0);
    CHECK(study.by_swing == std::vector<std::size_t>{1, 0});
}

TEST_CASE("many values are put into eight bins, each with its own runs", "[unit][sweep]")
{
    Case const lhs({"x:/x=0:1", "y:/y=2026-01-01:2027-01-01"}, Sampling::lhs, 80);
    auto const study = lhs.of([](auto const& x) { return x[0]; });
    auto const& x = study.responses[0];
    REQUIRE(x.levels.size() == 8);
    for (auto const& level : x.levels) {
        CHECK(level.output.reached == 10);
        CHECK(level.from <= level.output.p10);
        CHECK(level.output.greatest == level.to);
    }
    CHECK_THAT(x.rho, WithinAbs(1.0, 1e-12));
    CHECK(study.responses[1].levels.size() == 8);
}

TEST_CASE("words are levels by their place, also among numbers", "[unit][sweep]")
{
    Case const words({"m:/m=1,auto,0"}, Sampling::grid);
    auto const study = words.of([](auto const& x) { return 10.0 * x[0]; });
    REQUIRE(study.responses.front().levels.size() == 3);
    CHECK(study.responses.front().levels[1].output.mean == 10.0);
}

TEST_CASE("indices of Ishigami's function lie in their intervals", "[unit][sweep]")
{
    // Closed form, a = 7, b = 0.1 (Ishigami and Homma 1990): V1 = (1 + b pi^4/5)^2/2, V2 = a^2/8, V13 = 8 b^2 pi^8/225.
    double const pi4 = std::pow(std::numbers::pi, 4);
    double const v1 = 0.5 * std::pow(1.0 + 0.1 * pi4 / 5.0, 2), v2 = 49.0 / 8.0, v13 = 8.0 * 0.01 * pi4 * pi4 / 225.0;
    double const v = v1 + v2 + v13;
    Case const saltelli(circle, Sampling::saltelli, 1024);
    REQUIRE(saltelli.study.count == 5 * 1024);
    auto const study = saltelli.of(ishigami);
    REQUIRE(study.sobol);
    CHECK(study.sobol->used == 1024);
    auto const& index = study.sobol->indices;
    std::array const first{v1 / v, v2 / v, 0.0}, total{(v1 + v13) / v, v2 / v, v13 / v};
    for (std::size_t j = 0; j < 3; ++j) {
        CAPTURE(j);
        CHECK(index[j].first_95.contains(first[j]));
        CHECK(index[j].total_95.contains(total[j]));
        CHECK_THAT(index[j].first, WithinAbs(first[j], 0.03));
        CHECK_THAT(index[j].total, WithinAbs(total[j], 0.03));
    }
    CHECK_THAT(study.sobol->variance, WithinRel(v, 0.02));
}

TEST_CASE("indices are of points, by the statistic over their replicates", "[unit][sweep]")
{
    // Replicates scatter by +-100 around the point: the point's mean is the function.
    Case const saltelli(circle, Sampling::saltelli, 64);
    auto const points = saltelli.outputs(ishigami);
    std::vector<double> runs;
    for (double const y : points) {
        runs.insert(runs.end(), {y - 100.0, y + 100.0});
    }
    auto const study = study_of(saltelli.study, runs, points);
    auto const alone = study_of(saltelli.study, points, points);
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(study.sobol->indices[j].first == alone.sobol->indices[j].first);
        CHECK(study.sobol->indices[j].total_95 == alone.sobol->indices[j].total_95);
    }
    CHECK(study.all.reached == 2 * points.size());
    CHECK(study.all.p10 < -90.0);
}

TEST_CASE("a base row with a point that was not reached is left out as a whole", "[unit][sweep]")
{
    Case const saltelli(circle, Sampling::saltelli, 64);
    auto outputs = saltelli.outputs(ishigami);
    outputs[7] = infinity;     // base row 1
    outputs[8] = not_a_number; // the same
    outputs[300] = infinity;   // base row 60
    auto const study = study_of(saltelli.study, outputs, outputs);
    CHECK(study.sobol->used == 62);
    CHECK(study.all.never == 2);
    CHECK(study.all.absent == 1);
}

TEST_CASE("elementary effects of a linear function are its slopes over the whole ranges", "[unit][sweep]")
{
    // 3 x over 10 ... 20: 30 for the range; -2 y over 0 ... 5: -10; z has none. Range of days: 10 a day over 100 days.
    Case const morris({"x:/x=10:20", "y:/y=0:5", "z:/z=0:1", "d:/d=2026-01-01:2026-04-11"}, Sampling::morris, 20);
    REQUIRE(morris.study.count == 100);
    auto const study = morris.of([](auto const& x) { return 3.0 * x[0] - 2.0 * x[1] + 10.0 * x[3]; });
    REQUIRE(study.morris);
    CHECK(study.morris->used == 20);
    auto const& e = study.morris->effects;
    CHECK_THAT(e[0].mu, WithinRel(30.0, 1e-9));
    CHECK_THAT(e[1].mu, WithinRel(-10.0, 1e-9));
    CHECK_THAT(e[1].mu_star, WithinRel(10.0, 1e-9));
    CHECK_THAT(e[0].sigma, WithinAbs(0.0, 1e-9));
    CHECK(e[2].mu_star == 0.0);
    CHECK_THAT(e[3].mu, WithinAbs(1000.0, 10.0)); // whole days: a step of 2/3 of 100 days is rounded to 66 or 67
    CHECK(e[0].mu_star_95.low <= 30.0 + 1e-9);
}

TEST_CASE("elementary effects of a list are those of its whole range, in even steps", "[unit][sweep]")
{
    // Levels 0, 1/3, 2/3, 1 of a list of four are its four values; two places further is 2/3 of the range. y is the place: 0 ... 3,
    // so a step changes it by 2, which is 3 a range.
    Case const morris({"m:/m=\"a\",\"b\",\"c\",\"d\"", "x:/x=0:1"}, Sampling::morris, 10);
    auto const study = morris.of([](auto const& x) { return x[0]; });
    CHECK_THAT(study.morris->effects[0].mu, WithinRel(3.0, 1e-12));
    CHECK(study.morris->effects[1].mu_star == 0.0);
}

TEST_CASE("a trajectory with a point that was not reached is left out as a whole", "[unit][sweep]")
{
    Case const morris({"x:/x=0:1", "y:/y=0:1"}, Sampling::morris, 10);
    auto outputs = morris.outputs([](auto const& x) { return x[0]; });
    outputs[4] = infinity;
    auto const study = study_of(morris.study, outputs, outputs);
    CHECK(study.morris->used == 9);
    CHECK_THAT(study.morris->effects[0].mu, WithinRel(1.0, 1e-12));
}

TEST_CASE("elementary effects of short lists are those of the whole list, however the design steps over it", "[unit][analyze]")
{
    // y = 6 a + 4 b with a in {0, 1}, b in {0, 1, 2}: over the whole list 6 and 8, and nothing interacts.
    auto const points = make_points({.vary = {"a:/x=0,1", "b:/y=0,1,2", "c:/z=0:1"}, .sampling = Sampling::morris, .points = 12});
    auto const study = study_points(Sampling::morris, points);
    std::vector<double> y;
    for (std::size_t i = 0; i < points.size(); ++i) {
        y.push_back(6.0 * study.values[0][i] + 4.0 * study.values[1][i]);
    }
    auto const effects = study_of(study, y, y).morris.value();
    CHECK(effects.used == 12);
    CHECK(effects.effects[0].mu_star == Approx(6.0).margin(1e-12));
    CHECK(effects.effects[1].mu_star == Approx(8.0).margin(1e-12));
    CHECK(effects.effects[2].mu_star == Approx(0.0).margin(1e-12));
    CHECK(effects.effects[0].sigma == Approx(0.0).margin(1e-12));
    CHECK(effects.effects[1].sigma == Approx(0.0).margin(1e-12));
}
