#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace aidc;
using namespace aidc::testing;

namespace {

constexpr double service_s = hour_s; ///< Mean time that the line needs for an order

/// Orders of ours at one line, placed at random.
struct Arrivals {
    double rho{};
    bool exponential_size = false; ///< Else all of one unit
    std::uint32_t priorities = 1;  ///< Each order has one of them, with equal chance
    std::uint32_t replicates{};    ///< Independent, of 20,000 orders each
};

Buildout poisson(Arrivals const& arrivals, std::uint32_t replicate)
{
    Streams const streams(11, replicate);
    auto b = bare(1.0);
    auto const line = add_line(b, "line", 1.0 / service_s, 1e9);
    double at_s = 0.0;
    for (std::uint64_t n = 0; n < 20000; ++n) {
        at_s += exponential_of(streams, service_s / arrivals.rho, "orders", "between", n);
        double const units = arrivals.exponential_size ? exponential_of(streams, 1.0, "orders", "units", n) : 1.0;
        auto const priority = static_cast<std::uint32_t>(streams.uniform("orders", "priority", n) * arrivals.priorities);
        add_order(b, {.name = std::to_string(n), .maker = line, .units = units, .placed = ticks(at_s), .priority = priority});
    }
    b.end = ticks(at_s + 1000.0 * service_s);
    return b;
}

/// Wait of each order [s]: made - placed - time that the line needs for it. One lot an order.
std::vector<double> waits_s(Buildout& b)
{
    auto const lots = built(b).lots;
    REQUIRE(std::ranges::all_of(lots, [](LotDates const& lot) { return lot.made != never; }));
    std::vector<double> waits;
    for (std::size_t l = 0; l < lots.size(); ++l) {
        waits.push_back(seconds(lots[l].made - lots[l].placed) - b.lots[l].units * service_s);
    }
    return waits;
}

/// Mean wait over service time, by priority, from independent replicates; the first tenth of each is warm-up.
std::vector<Estimate> mean_waits(Arrivals const& arrivals)
{
    std::vector<std::vector<double>> means(arrivals.priorities);
    for (std::uint32_t r = 0; r < arrivals.replicates; ++r) {
        auto b = poisson(arrivals, r);
        auto const waits = waits_s(b);
        for (std::uint32_t k = 0; k < arrivals.priorities; ++k) {
            double sum = 0.0;
            double count = 0.0;
            for (std::size_t n = waits.size() / 10; n < waits.size(); ++n) {
                sum += b.orders[n].priority == k ? waits[n] / service_s : 0.0;
                count += b.orders[n].priority == k ? 1.0 : 0.0;
            }
            means[k].push_back(sum / count);
        }
    }
    std::vector<Estimate> all;
    for (auto const& of_priority : means) {
        all.push_back(estimate(of_priority));
    }
    return all;
}

/// Within three standard errors of it, and these are at most 5 % of it.
void check_mean(Estimate const& got, double expected)
{
    CAPTURE(expected, got.mean, got.error);
    CHECK(3.0 * got.error <= 0.05 * expected);
    CHECK(std::abs(got.mean - expected) <= 3.0 * got.error);
}

/// Days at which the lots were made.
std::vector<double> made_days(Buildout& b)
{
    std::vector<double> all;
    for (auto const& lot : built(b).lots) {
        all.push_back(in_days(lot.made));
    }
    return all;
}

/// Equal but for the two ticks of law T3 and what SimGrid's clock rounds.
void check_days(std::vector<double> const& got, std::vector<double> const& expected)
{
    REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        CAPTURE(i, got[i], expected[i]);
        CHECK(std::abs(got[i] - expected[i]) <= 0.01 / day_s);
    }
}

} // namespace

// Pollaczek-Khinchine: mean wait / mean service = rho (1 + cv^2) / (2 (1 - rho)); cv = 0 of equal orders, 1 of exponential ones.
// Hence 0.5, 2, 4.5 for M/D/1 at rho 0.5, 0.8, 0.9, and 1, 4 for M/M/1 at 0.5, 0.8.

TEST_CASE("equal orders at random dates wait as M/D/1 says", "[process][queue]")
{
    check_mean(mean_waits({.rho = 0.5, .replicates = 12})[0], 0.5);
    check_mean(mean_waits({.rho = 0.8, .replicates = 18})[0], 2.0);
    check_mean(mean_waits({.rho = 0.9, .replicates = 56})[0], 4.5);
}

TEST_CASE("orders of exponential size at random dates wait as M/M/1 says", "[process][queue]")
{
    check_mean(mean_waits({.rho = 0.5, .exponential_size = true, .replicates = 12})[0], 1.0);
    check_mean(mean_waits({.rho = 0.8, .exponential_size = true, .replicates = 36})[0], 4.0);
}

TEST_CASE("orders of two priorities wait as Cobham says", "[process][queue]")
{
    // Non-preemptive priorities (A. Cobham, Operations Research 2, 1954): W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), W_0 = half the
    // rate times E[S^2] = rho / 2 of equal orders, s_k the load of priorities up to k. Here s = 0.4, 0.8:
    // W_1 = 0.4 / 0.6, W_2 = 0.4 / (0.6 0.2); their mean is 2 as without priorities.
    auto const waits = mean_waits({.rho = 0.8, .priorities = 2, .replicates = 24});
    check_mean(waits[0], 0.4 / 0.6);
    check_mean(waits[1], 0.4 / (0.6 * 0.2));
}

TEST_CASE("every order waits for what is left of those before it", "[process][queue]")
{
    // D. V. Lindley, 1952: wait of the next = max(0, wait + service - time between), order by order.
    auto b = poisson({.rho = 0.8, .exponential_size = true}, 99);
    auto const waits = waits_s(b);
    double wait_s = 0.0;
    double largest_s = 0.0;
    for (std::size_t n = 1; n < waits.size(); ++n) {
        double const between_s = seconds(b.orders[n].placed - b.orders[n - 1].placed);
        wait_s = std::max(0.0, wait_s + b.orders[n - 1].units * service_s - between_s);
        largest_s = std::max(largest_s, std::abs(waits[n] - wait_s));
    }
    CHECK(largest_s <= 0.01); // two ticks, and the rounding of SimGrid's clock at 9e7 s
}

TEST_CASE("classes with work share by weight, and a class that is done leaves its share to the others", "[process][queue]")
{
    // 12 a day, weights 1 (ours) : 2 (never done) : 3 (60 units). 2 : 4 : 6 a day until the third is done on day 10, then 4 : 8.
    // Of our lots of 4 five are made by day 10, then one a day.
    auto b = bare(30.0);
    auto const line = add_line(b, "line", 12.0 / day_s, 4.0);
    b.makers[line.row].others = {{.name = "steady", .quota = 2.0, .backlog_units = 1e6},
                                 {.name = "short", .quota = 3.0, .backlog_units = 60.0}};
    add_order(b, {.name = "ours", .maker = line, .units = 36.0});
    check_days(made_days(b), {2, 4, 6, 8, 10, 11, 12, 13, 14});
}

TEST_CASE("a class that orders now and then takes its share only while it has work", "[process][queue]")
{
    // 12 a day, equal weights; others order 30 units every 10 days. Alone we make a lot of 12 a day; from day 10 six a day until
    // their 30 units are made on day 15: lots on days 12 and 14, the next half made on day 15. From day 20 on again: the lot
    // begun on day 19.5 has 6 units left and is made on day 21, the next on 23, the next has 12 of 12 made on day 25.
    auto b = bare(40.0);
    auto const line = add_line(b, "line", 12.0 / day_s, 12.0);
    b.makers[line.row].others = {{.name = "others", .quota = 1.0, .order_units = 30.0, .between = days(10.0)}};
    add_order(b, {.name = "ours", .maker = line, .units = 20 * 12.0});
    check_days(made_days(b), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15.5, 16.5, 17.5, 18.5, 19.5, 21, 23, 25});
}

TEST_CASE("what others order at random is made at our expense", "[process][queue]")
{
    // 10 a day; a class that nearly always comes first (weight 1000 : 1) orders 5 units a day on average, a Poisson stream. What is
    // left for us in T days: 10 T - 5 N, N Poisson of mean T. (The others' queue at the end, a few units, is far below the error.)
    double const horizon = 2000.0;
    std::vector<double> made;
    for (std::uint32_t r = 0; r < 20; ++r) {
        auto b = bare(horizon);
        auto const line = add_line(b, "line", 10.0 / day_s, 2.0);
        b.makers[line.row].others = {{.name = "others", .quota = 1000.0, .order_units = 5.0, .between = exponential(day_s)}};
        add_order(b, {.name = "ours", .maker = line, .units = 10.0 * horizon});
        auto const lots = built(b, {.replicate = r}).lots;
        made.push_back(2.0 * static_cast<double>(std::ranges::count_if(lots, [](LotDates const& lot) { return lot.made != never; })));
    }
    auto const units = estimate(made);
    check_mean(units, 5.0 * horizon);
    // Of 20 Poisson numbers the sample variance has a relative error of sqrt(2 / 19).
    auto const variance = variance_of(made);
    CAPTURE(variance.mean);
    CHECK(std::abs(variance.mean / (25.0 * horizon) - 1.0) <= 3.0 * std::sqrt(2.0 / 19.0));
}

TEST_CASE("inside our class the lowest priority number comes first, then the date; what is being made is not set aside", "[process][queue]")
{
    // One unit a day. A (10 units) runs from day 0 to 10; then C (priority 0), B (1, day 1), D (1, day 3), two units each.
    auto b = bare(40.0);
    auto const line = add_line(b, "line", 1.0 / day_s, 100.0);
    add_order(b, {.name = "A", .maker = line, .units = 10.0, .placed = 0, .priority = 5});
    add_order(b, {.name = "B", .maker = line, .units = 2.0, .placed = 1 * day_ticks, .priority = 1});
    add_order(b, {.name = "C", .maker = line, .units = 2.0, .placed = 2 * day_ticks, .priority = 0});
    add_order(b, {.name = "D", .maker = line, .units = 2.0, .placed = 3 * day_ticks, .priority = 1});
    check_days(made_days(b), {10, 14, 12, 16});
    // The same with lots of 4: only the first lot of A runs when the others come.
    b.makers[line.row].lot_units = 4.0;
    check_days(made_days(b), {4, 14, 16, 8, 6, 10});
}

namespace {

/// Months to the first 16 and to all 240 units of an order at a maker of 2,500 units a year.
std::vector<double> months(double backlog_units, double our_quota, std::vector<CustomerClass> others)
{
    auto b = bare(1000.0);
    auto const line = add_line(b, "line", 2500.0 / year_s, 16.0);
    b.makers[line.row].backlog_units = backlog_units;
    b.makers[line.row].our_quota = our_quota;
    b.makers[line.row].others = std::move(others);
    add_order(b, {.name = "ours", .maker = line, .units = 240.0});
    auto const days_made = made_days(b);
    return {days_made.front() * day_s * 12.0 / year_s, days_made.back() * day_s * 12.0 / year_s};
}

void check_months(std::vector<double> const& got, double first, double all)
{
    CHECK(got[0] == Approx(first).margin(1e-6));
    CHECK(got[1] == Approx(all).margin(1e-6));
}

} // namespace

TEST_CASE("5,000 units ahead at 2,500 a year are two years first in, first out, and six weeks with a quota of 5 %", "[process][queue]")
{
    // By hand, C = 2500 / 12 a month. In our class: (5000 + 16) / C = 24.08 and (5000 + 240) / C = 25.15 months.
    check_months(months(5000.0, 1.0, {}), 5016.0 / (2500.0 / 12.0), 5240.0 / (2500.0 / 12.0));
    // 5 % for us, 95 % for a class with the 5,000, which lasts 25.3 months: 16 / (0.05 C) = 1.54 and 240 / (0.05 C) = 23.04.
    check_months(months(0.0, 0.05, {{.name = "others", .quota = 0.95, .backlog_units = 5000.0}}), 16.0 / (0.05 * 2500.0 / 12.0),
                 240.0 / (0.05 * 2500.0 / 12.0));
    // 20 classes of 250 units beside ours, equal weights: 16 / (C / 21) = 1.61 and 240 / (C / 21) = 24.19 months.
    std::vector<CustomerClass> twenty;
    for (int i = 0; i < 20; ++i) {
        twenty.push_back({.name = std::to_string(i), .quota = 1.0, .backlog_units = 250.0});
    }
    check_months(months(0.0, 1.0, twenty), 16.0 / (2500.0 / 12.0 / 21.0), 240.0 / (2500.0 / 12.0 / 21.0));
}
