#include "models/demand/contract.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <numbers>

using namespace aidc;

namespace {

constexpr DailyShape evening{.busy_mean = 0.6, .busy_swing = 0.4, .peak_s = 21.0 * hour_s};

Tick at(double day, double hour) { return ticks(day * day_s + hour * hour_s); }

/// Busy share at one time, from the definition of the shape.
double busy_at(DailyShape const& shape, double t_s)
{
    return shape.busy_mean * (1.0 + shape.busy_swing * std::cos(2.0 * std::numbers::pi * (t_s - shape.peak_s) / day_s));
}

double busy_s(Tick from, Tick to) { return mean_busy(evening, from, to) * seconds(to - from); }

} // namespace

TEST_CASE("whole days are busy by the mean", "[unit][demand]")
{
    auto const days = GENERATE(1, 2, 30, 3652);
    auto const start = GENERATE(Tick{0}, at(3.0, 7.5), Tick{987654321});
    CHECK_THAT(mean_busy(evening, start, start + days * day_ticks), WithinRel(0.6, 1e-14));
}

TEST_CASE("the mean share agrees with the integral of the shape", "[analytic][demand]")
{
    Tick const from = at(5.0, GENERATE(0.0, 6.25, 20.0));
    Tick const to = from + ticks(hour_s * GENERATE(0.5, 1.0, 13.0, 40.0));
    constexpr int points = 20000;
    double sum = 0.0;
    for (int i = 0; i < points; ++i) {
        sum += busy_at(evening, seconds(from) + (i + 0.5) / points * seconds(to - from));
    }
    CHECK_THAT(mean_busy(evening, from, to), WithinRel(sum / points, 1e-7)); // midpoint rule
}

TEST_CASE("the half days around the peak and around the trough are known", "[analytic][demand]")
{
    // Mean of the cosine over its upper half is 2/pi.
    CHECK_THAT(mean_busy(evening, at(4.0, 15.0), at(5.0, 3.0)), WithinRel(0.6 * (1.0 + 0.4 * 2.0 / std::numbers::pi), 1e-12));
    CHECK_THAT(mean_busy(evening, at(4.0, 3.0), at(4.0, 15.0)), WithinRel(0.6 * (1.0 - 0.4 * 2.0 / std::numbers::pi), 1e-12));
}

TEST_CASE("the busiest minute of the day is at the peak", "[unit][demand]")
{
    Tick const minute = ticks(60.0);
    Tick const peak = at(2.0, 21.0) - minute / 2;
    double const most = mean_busy(evening, peak, peak + minute);
    CHECK_THAT(most, WithinRel(0.6 * 1.4, 1e-5)); // mean (1 + swing); the cosine falls by 6e-7 within the minute
    for (Tick t = at(2.0, 0.0); t < at(3.0, 0.0); t += minute) {
        REQUIRE(mean_busy(evening, t, t + minute) <= most + 1e-9);
    }
    Tick const trough = at(2.0, 9.0) - minute / 2;
    CHECK_THAT(mean_busy(evening, trough, trough + minute), WithinRel(0.6 * 0.6, 1e-5));
}

TEST_CASE("busy time adds up over any cut of the interval", "[conservation][demand]")
{
    Tick const from = at(GENERATE(0.0, 100.0, 3000.0), 4.0) + 17;
    Tick const span = GENERATE(ticks(3600.0), day_ticks, 10 * day_ticks + 12345);
    auto const pieces = GENERATE(2, 3, 7, 24, 97);
    double sum_s = 0.0;
    for (int i = 0; i < pieces; ++i) {
        sum_s += busy_s(from + span * i / pieces, from + span * (i + 1) / pieces);
    }
    // Relative to the length of a day's sine (1/omega = 13,751 s) where that is longer than the interval.
    CHECK_THAT(sum_s, WithinAbs(busy_s(from, from + span), 1e-12 * pieces * std::max(seconds(span), 13751.0)));
}

TEST_CASE("every day is like the first, to the last bit", "[unit][demand]")
{
    auto const day = GENERATE(1, 365, 100000);
    auto const hour = GENERATE(0, 5, 21, 23);
    Tick const from = ticks(hour * hour_s);
    CHECK(mean_busy(evening, from + day * day_ticks, from + day * day_ticks + ticks(hour_s / 2.0))
          == mean_busy(evening, from, from + ticks(hour_s / 2.0)));
}

TEST_CASE("without a swing the share is the mean at any time", "[unit][demand]")
{
    DailyShape const flat{.busy_mean = 0.7, .busy_swing = 0.0, .peak_s = 0.0};
    CHECK(mean_busy(flat, 5, 6) == 0.7);
    CHECK(mean_busy(flat, 0, at(9.0, 1.0)) == 0.7);
}

TEST_CASE("the mean share never leaves its range", "[property][demand]")
{
    DailyShape const wild{.busy_mean = 0.5, .busy_swing = 1.0, .peak_s = 3.0 * hour_s}; // between 0 and 1
    for (int i = 0; i < 24 * 60; ++i) {
        double const busy = mean_busy(wild, ticks(60.0 * i), ticks(60.0 * (i + 1)));
        REQUIRE(busy >= -1e-12);
        REQUIRE(busy <= 1.0 + 1e-12);
    }
}

// --- Racking up ---

namespace {

constexpr RackUp slow{.to_90_s = 90.0 * day_s, .mature = 0.95};

/// d used / dt by the definition, from small steps of the midpoint rule.
struct Followed {
    double used_W{}, mean_W{};
};

Followed follow(RackUp const& rack_up, double used_W, double sold_W, double dt_s)
{
    constexpr int points = 100000;
    double const step_s = dt_s / points;
    double const rate_per_s = std::numbers::ln10 / rack_up.to_90_s;
    double const target_W = rack_up.mature * sold_W;
    used_W = std::min(used_W, target_W);
    double sum_W = 0.0;
    for (int i = 0; i < points; ++i) {
        double const middle_W = used_W + 0.5 * step_s * rate_per_s * (target_W - used_W);
        used_W += step_s * rate_per_s * (target_W - middle_W);
        sum_W += middle_W;
    }
    return {.used_W = used_W, .mean_W = sum_W / points};
}

} // namespace

TEST_CASE("after its time a customer uses nine tenths of what it will, after twice the time 99 hundredths", "[analytic][demand]")
{
    CHECK_THAT(racked_up_W(slow, 0.0, 10e6, slow.to_90_s), WithinRel(0.9 * 0.95 * 10e6, 1e-12));
    CHECK_THAT(racked_up_W(slow, 0.0, 10e6, 2.0 * slow.to_90_s), WithinRel(0.99 * 0.95 * 10e6, 1e-12));
    CHECK_THAT(racked_up_W(slow, 0.0, 10e6, 100.0 * slow.to_90_s), WithinRel(0.95 * 10e6, 1e-12));
}

TEST_CASE("power racked up and its mean agree with the equation taken in small steps", "[analytic][demand]")
{
    double const used_W = GENERATE(0.0, 3e6, 9.4e6);
    double const dt_s = hour_s * GENERATE(1.0, 720.0, 9600.0);
    auto const steps = follow(slow, used_W, 10e6, dt_s);
    CHECK_THAT(racked_up_W(slow, used_W, 10e6, dt_s), WithinRel(steps.used_W, 1e-8));
    CHECK_THAT(mean_racked_up_W(slow, used_W, 10e6, dt_s), WithinRel(steps.mean_W, 1e-8));
}

TEST_CASE("power racked up adds up over any cut of the interval", "[conservation][demand]")
{
    double const span_s = day_s * GENERATE(1e-5, 1.0, 300.0);
    auto const pieces = GENERATE(2, 3, 24, 997);
    double used_W = 2e6;
    double sum_J = 0.0;
    for (int i = 0; i < pieces; ++i) {
        double const dt_s = span_s * (i + 1) / pieces - span_s * i / pieces;
        sum_J += mean_racked_up_W(slow, used_W, 10e6, dt_s) * dt_s;
        used_W = racked_up_W(slow, used_W, 10e6, dt_s);
    }
    CHECK_THAT(used_W, WithinRel(racked_up_W(slow, 2e6, 10e6, span_s), 1e-12));
    CHECK_THAT(sum_J, WithinRel(mean_racked_up_W(slow, 2e6, 10e6, span_s) * span_s, 1e-9)); // expm1(-x)/x of 1e-9 has 16 digits
}

TEST_CASE("nobody uses more than it was sold, and what is taken away is used no more", "[property][demand]")
{
    for (double const sold_W : {0.0, 1e6, 5e6, 10e6}) {
        for (double const used_W : {0.0, 1e6, 9.5e6}) {
            for (double const dt_s : {1e-3, 60.0, day_s, 365.0 * day_s}) {
                double const now_W = racked_up_W(slow, used_W, sold_W, dt_s);
                double const mean_W = mean_racked_up_W(slow, used_W, sold_W, dt_s);
                double const kept_W = std::min(used_W, 0.95 * sold_W);
                INFO(sold_W << " " << used_W << " " << dt_s);
                CHECK(now_W <= 0.95 * sold_W);
                CHECK(now_W >= kept_W);
                CHECK(mean_W <= now_W * (1.0 + 1e-12));
                CHECK(mean_W >= kept_W * (1.0 - 1e-12));
            }
        }
    }
    CHECK(racked_up_W(slow, 9.5e6, 4e6, 1.0) == 0.95 * 4e6); // the shrunk contract is full
}

TEST_CASE("without a time the customer is there at once", "[unit][demand]")
{
    RackUp const at_once{.to_90_s = 0.0, .mature = 0.8};
    CHECK(racked_up_W(at_once, 0.0, 10e6, 1.0) == 8e6);
    CHECK(mean_racked_up_W(at_once, 0.0, 10e6, 1.0) == 8e6);
}

// --- Damages ---

TEST_CASE("damages count from the end of the grace on", "[unit][demand]")
{
    // 2 MW short from day 10, 0.05 a kWh, five days of grace.
    ContractTerms const terms{.price_per_J = 0.0, .damages_per_J = 0.05 / 3.6e6, .grace_s = 5.0 * day_s};
    Tick const since = at(10.0, 0.0);
    auto const of = [&](double from_day, double to_day) { return damages(terms, 2e6, since, at(from_day, 0.0), at(to_day, 0.0)); };
    CHECK(of(10.0, 15.0) == 0.0);
    CHECK_THAT(of(14.0, 16.0), WithinRel(2000.0 * 24.0 * 0.05, 1e-12)); // one of the two days
    CHECK_THAT(of(20.0, 21.0), WithinRel(2000.0 * 24.0 * 0.05, 1e-12));
    CHECK_THAT(of(10.0, 40.0), WithinRel(2000.0 * 24.0 * 25.0 * 0.05, 1e-12));
    // Any cut adds up.
    CHECK_THAT(of(10.0, 14.3) + of(14.3, 15.7) + of(15.7, 40.0), WithinRel(of(10.0, 40.0), 1e-12));
    CHECK(damages(terms, 0.0, since, at(20.0, 0.0), at(21.0, 0.0)) == 0.0);
}

// --- Who comes first ---

namespace {

/// Contracts by the rows of those that they displace.
std::vector<Contract> contracts_of(std::vector<std::vector<std::uint32_t>> const& displaced)
{
    std::vector<Contract> contracts(displaced.size());
    for (std::size_t k = 0; k < displaced.size(); ++k) {
        for (auto const row : displaced[k]) {
            contracts[k].displaces.push_back({.contract = {row}, .share = 1.0});
        }
    }
    return contracts;
}

std::vector<std::uint32_t> order_of(std::vector<std::vector<std::uint32_t>> const& displaced)
{
    std::vector<std::uint32_t> rows;
    for (auto const contract : serving_order(contracts_of(displaced))) {
        rows.push_back(contract.row);
    }
    return rows;
}

using Rows = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("contracts are served as they stand, but behind those that displace them", "[unit][demand]")
{
    CHECK(order_of({}).empty());
    CHECK(order_of({{}, {}, {}}) == Rows{0, 1, 2});
    CHECK(order_of({{}, {}, {0}}) == Rows{1, 2, 0});
    CHECK(order_of({{}, {0}, {1}}) == Rows{2, 1, 0});        // a chain
    CHECK(order_of({{}, {0}, {0}, {}}) == Rows{1, 2, 0, 3}); // two for one; the last stays behind it
    CHECK(order_of({{}, {}, {0, 1}}) == Rows{2, 0, 1});      // one for two
    CHECK(order_of({{}, {0, 0}}) == Rows{1, 0});             // twice the same
}

TEST_CASE("who displaces in a circle is left out of the order", "[unit][demand]")
{
    CHECK(order_of({{1}, {0}}).empty());
    CHECK(order_of({{0}}).empty());
    CHECK(order_of({{1}, {2}, {0}, {}}) == Rows{3});
    CHECK(order_of({{1}, {0}, {}, {2}}) == Rows{3, 2});
    CHECK(order_of({{1}, {0, 2}, {}}).empty()); // behind the circle as well
}
