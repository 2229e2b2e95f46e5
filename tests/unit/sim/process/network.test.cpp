#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

constexpr std::size_t copies = 10000; ///< Independent networks in one run: a sample without 10,000 processes

constexpr double z90 = 1.2815515655446004; ///< 0.9 quantile of the normal distribution (tables)

/// Runs for so many days and gives back the dates of all activities; everything is finished by then.
std::vector<ActivityDates> finished(Buildout& b, double until_days)
{
    b.end = ticks(until_days * day_s);
    auto dates = built(b, {.monthly = true}).activities;
    REQUIRE(std::ranges::all_of(dates, [](ActivityDates const& a) { return a.finished != never; }));
    return dates;
}

/// Within three standard errors.
void check_near(Estimate const& got, double expected)
{
    CAPTURE(got.mean, got.error, expected);
    CHECK(got.error > 0.0);
    CHECK(std::abs(got.mean - expected) <= 3.0 * got.error);
}

/// Days from the start to the end of every `every`-th activity, the last of each copy.
std::vector<double> ends_days(std::vector<ActivityDates> const& dates, std::size_t every)
{
    std::vector<double> all;
    for (std::size_t a = every - 1; a < dates.size(); a += every) {
        all.push_back(in_days(dates[a].finished));
    }
    return all;
}

Duration shaped(Duration::Shape shape, std::array<double, 3> parameter_days)
{
    for (double& value : parameter_days) {
        value *= day_s;
    }
    return {.shape = shape, .parameter_s = parameter_days, .factor = {}};
}

/// Copies of two paths that begin together and a join of no length behind both.
Buildout two_paths(Duration const& one, Duration const& other)
{
    auto b = bare(1.0);
    for (std::size_t n = 0; n < copies; ++n) {
        auto const name = std::to_string(n);
        auto const a = add_activity(b, {.name = "a" + name, .work = one});
        auto const c = add_activity(b, {.name = "b" + name, .work = other});
        add_activity(b, {.name = "join" + name, .after = after({a, c}), .work = days(0.0)});
    }
    return b;
}

/// Share of the copies of two_paths whose end was bound by the first path, as the as-built chain of the join says.
Estimate criticality(Buildout const& b, std::vector<ActivityDates> const& dates)
{
    std::vector<double> is_first;
    for (std::size_t n = 0; n < copies; ++n) {
        auto const by = dates[3 * n + 2].bound_by;
        REQUIRE(by.row / 3 == n);
        is_first.push_back(b.activities[by.row].name.front() == 'a' ? 1.0 : 0.0);
    }
    return estimate(is_first);
}

std::vector<double> squares(std::vector<double> values)
{
    for (double& value : values) {
        value *= value;
    }
    return values;
}

} // namespace

TEST_CASE("means and variances of independent activities in a row add up, whatever their shape", "[process][network]")
{
    using Shape = Duration::Shape;
    auto b = bare(1.0);
    for (std::size_t n = 0; n < copies; ++n) {
        Id<Activity> last;
        int i = 0;
        for (auto const& work : {shaped(Shape::uniform, {10.0, 40.0, 0.0}), shaped(Shape::triangular, {5.0, 10.0, 30.0}),
                                 shaped(Shape::pert, {10.0, 15.0, 40.0}), shaped(Shape::lognormal, {20.0, 30.0, 0.0}),
                                 shaped(Shape::exponential, {6.0, 0.0, 0.0})}) {
            auto const links = last ? after({last}) : after({});
            last = add_activity(b, {.name = std::to_string(n) + "/" + std::to_string(i++), .after = links, .work = work});
        }
    }
    auto const ends = ends_days(finished(b, 1000.0), 5);
    double const sigma = std::log(30.0 / 20.0) / z90;
    double const grown = std::exp(sigma * sigma);
    // Means: (l + h)/2, (l + m + h)/3, (l + 4 m + h)/6, median exp(sigma^2/2), mean.
    check_near(estimate(ends), 25.0 + 15.0 + 110.0 / 6.0 + 20.0 * std::sqrt(grown) + 6.0);
    // Variances: (h - l)^2/12; (l^2 + m^2 + h^2 - l m - l h - m h)/18; with the mean e of PERT (e - l)(h - e)/7;
    // (exp(sigma^2) - 1) exp(sigma^2) median^2; mean^2.
    double const pert = (110.0 / 6.0 - 10.0) * (40.0 - 110.0 / 6.0) / 7.0;
    double const triangular = (25.0 + 100.0 + 900.0 - 50.0 - 150.0 - 300.0) / 18.0;
    check_near(variance_of(ends), 900.0 / 12.0 + triangular + pert + (grown - 1.0) * grown * 400.0 + 36.0);
}

TEST_CASE("the later of two exponential paths: mean, variance and whose it is", "[process][network]")
{
    double const a = 30.0;
    double const c = 20.0;
    auto b = two_paths(exponential(a * day_s), exponential(c * day_s));
    auto const dates = finished(b, 1000.0);
    auto const ends = ends_days(dates, 3);
    // The first to end does so at rate 1/a + 1/c, and max = X + Y - min: so for the mean, and X^2 + Y^2 - min^2 for the square.
    double const first = 1.0 / (1.0 / a + 1.0 / c);
    double const mean = a + c - first;
    double const square = 2.0 * a * a + 2.0 * c * c - 2.0 * first * first;
    check_near(estimate(ends), mean);
    check_near(estimate(squares(ends)), square);
    check_near(variance_of(ends), square - mean * mean);
    // a is the later one when c ends first: the event that comes first is c's with probability (1/c) / (1/a + 1/c) = 0.6.
    check_near(criticality(b, dates), (1.0 / c) / (1.0 / a + 1.0 / c));
}

TEST_CASE("the later of two uniform paths: mean, second moment and whose it is", "[process][network]")
{
    double const a = 30.0;
    double const c = 50.0;
    auto b = two_paths(uniform(0.0, a * day_s), uniform(0.0, c * day_s));
    auto const dates = finished(b, 100.0);
    auto const ends = ends_days(dates, 3);
    // E max = int_0^c (1 - F) = c/2 + a^2/(6 c); E max^2 = int 2 t (1 - F) = c^2/3 + a^3/(6 c); F = t^2/(a c) below a, t/c above.
    check_near(estimate(ends), c / 2.0 + a * a / (6.0 * c));
    check_near(estimate(squares(ends)), c * c / 3.0 + a * a * a / (6.0 * c));
    check_near(criticality(b, dates), a / (2.0 * c)); // int_0^a (t/c) dt/a
}

TEST_CASE("an activity that fails its test again and again is repeated a geometric number of times", "[process][network]")
{
    // Retests of probability p: p/(1 - p) on average, with variance p/(1 - p)^2. Each takes 3 days after 10 days of work.
    double const p = 0.4;
    auto b = bare(1.0);
    for (std::size_t n = 0; n < copies; ++n) {
        add_activity(b, {.name = std::to_string(n), .work = days(10.0), .retest_probability = p, .rework = days(3.0)});
    }
    auto const dates = finished(b, 1000.0);
    auto const ends = ends_days(dates, 1);
    check_near(estimate(ends), 10.0 + 3.0 * p / (1.0 - p));
    check_near(variance_of(ends), 9.0 * p / ((1.0 - p) * (1.0 - p)));
    CHECK(std::ranges::all_of(dates, [](ActivityDates const& a) { return a.finished - a.worked == 3 * day_ticks * a.retests; }));
}

namespace {

/// Correlation of the normal scores of two lognormal durations that share a factor, over 10,000 factors.
double score_correlation(double rho)
{
    auto b = bare(1.0);
    for (std::size_t n = 0; n < copies; ++n) {
        auto const name = std::to_string(n);
        b.factors.push_back({.name = "factor" + name, .rho = rho});
        for (auto const* const who : {"a", "b"}) {
            auto work = shaped(Duration::Shape::lognormal, {20.0, who[0] == 'a' ? 25.0 : 60.0, 0.0});
            work.factor = id<Factor>(n);
            add_activity(b, {.name = who + name, .work = work});
        }
    }
    auto const dates = finished(b, 3000.0);
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
    for (std::size_t n = 0; n < copies; ++n) { // scores of mean 0: ln(duration / median) is one, up to a factor
        double const x = std::log(in_days(dates[2 * n].finished) / 20.0);
        double const y = std::log(in_days(dates[2 * n + 1].finished) / 20.0);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    return xy / std::sqrt(xx * yy);
}

} // namespace

TEST_CASE("normal scores of two durations with a common factor are correlated by its rho", "[process][network]")
{
    for (double const rho : {0.0, 0.3, 0.6, 0.9}) {
        // Standard error of a correlation of n normal pairs: (1 - rho^2) / sqrt(n).
        double const error = (1.0 - rho * rho) / std::sqrt(static_cast<double>(copies));
        double const got = score_correlation(rho);
        CAPTURE(rho, got, error);
        CHECK(std::abs(got - rho) <= 3.0 * error);
    }
}

namespace {

/// Lognormal of this mean and coefficient of variation.
Duration lognormal(double mean_days, double cv, Id<Factor> factor)
{
    double const sigma = std::sqrt(std::log(1.0 + cv * cv));
    double const median = mean_days * std::exp(-0.5 * sigma * sigma);
    auto work = shaped(Duration::Shape::lognormal, {median, median * std::exp(sigma * z90), 0.0});
    work.factor = factor;
    return work;
}

/// A campus of 8 halls: each waits for 6 long-lead items and then does 12 activities in a row. Common factors: the builder, and
/// one for each of the items.
void add_campus(Buildout& b, double rho, std::string const& campus)
{
    auto const first = b.factors.size();
    for (int f = 0; f < 7; ++f) {
        b.factors.push_back({.name = campus + "/factor" + std::to_string(f), .rho = rho});
    }
    for (int hall = 0; hall < 8; ++hall) {
        auto const name = campus + "/" + std::to_string(hall) + "/";
        std::vector<Activity::Link> links;
        for (std::size_t i = 0; i < 6; ++i) {
            auto const gear =
                add_activity(b, {.name = name + "gear" + std::to_string(i), .work = lognormal(300.0, 0.25, id<Factor>(first + 1 + i))});
            links.push_back({.from = gear});
        }
        for (int i = 0; i < 12; ++i) {
            links = after(
                {add_activity(b, {.name = name + std::to_string(i), .after = links, .work = lognormal(40.0, 0.3, id<Factor>(first))})});
        }
    }
}

/// P90 - P10 [days] of the date of a campus, over 1,200 of them, and its standard error.
Estimate spread(double rho)
{
    constexpr std::size_t campuses = 1200;
    constexpr std::size_t of_campus = 8 * 18;
    auto b = bare(1.0);
    for (std::size_t n = 0; n < campuses; ++n) {
        add_campus(b, rho, std::to_string(n));
    }
    auto const dates = finished(b, 6000.0);
    std::vector<double> ends(campuses);
    for (std::size_t a = 0; a < dates.size(); ++a) {
        ends[a / of_campus] = std::max(ends[a / of_campus], in_days(dates[a].finished));
    }
    std::ranges::sort(ends);
    double const p90_p10 = ends[campuses * 9 / 10] - ends[campuses / 10];
    // Of near-normal dates: f(P10) = f(P90) = 0.1755/sigma, P90 - P10 = 2.563 sigma; the two are correlated by 1/9. So the error
    // is sqrt(2 0.09 (1 - 1/9)) / 0.1755 / 2.563 = 0.89 of the spread over sqrt(n).
    return {.mean = p90_p10, .error = 0.89 * p90_p10 / std::sqrt(static_cast<double>(campuses))};
}

} // namespace

TEST_CASE("common factors spread the date of a campus: 157, 268 and 341 days from P10 to P90", "[process][network]")
{
    // The same campus by 4,000 draws of another program (semantics.py, section 3, normal draws of its own): its error is that of
    // 4,000 draws, 0.89 / sqrt(4000) of the spread.
    struct Row {
        double rho, days;
    };
    double before = 0.0;
    for (auto const& row : {Row{0.0, 157.0}, Row{0.3, 268.0}, Row{0.6, 341.0}}) {
        auto const got = spread(row.rho);
        double const error = std::hypot(got.error, 0.89 * row.days / std::sqrt(4000.0));
        CAPTURE(row.rho, got.mean, error);
        CHECK(std::abs(got.mean - row.days) <= 3.0 * error);
        CHECK(got.mean > before + 3.0 * got.error);
        before = got.mean;
    }
}
