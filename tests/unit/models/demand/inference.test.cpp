#include "models/demand/inference.hpp"

#include "models/demand/queueing.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

using namespace aidc;

namespace {

constexpr Tick hour = day_ticks / 24;
constexpr double trillion_per_day = 1e12 / day_s; // [tokens/s]

/// Flat in time, all of one region; a level for each hour, so that hours can be told apart.
InferenceService counting_service()
{
    InferenceService service{.name = "count", .course = {}, .demand = {{0, 1000.0}}, .regions = {{"one", 1.0, 0.0}}};
    std::iota(service.course.by_hour.begin(), service.course.by_hour.end(), 1.0);
    return service;
}

/// Doubao: published tokens a day, 2024-05-15 and 2025-12-18 (582 days later).
InferenceService doubao()
{
    return {.name = "doubao",
            .course = consumer_chat_course,
            .demand = {{0, 0.12 * trillion_per_day}, {582 * day_ticks, 50.0 * trillion_per_day}},
            .regions = {{"China", 1.0, 8 * hour_s}}};
}

/// Twelve hours high, twelve hours low.
DailyCourse two_levels(double high, double low)
{
    DailyCourse course;
    std::fill(course.by_hour.begin(), course.by_hour.begin() + 12, high);
    std::fill(course.by_hour.begin() + 12, course.by_hour.end(), low);
    return course;
}

double total(InferenceService const& service, ServiceClock const& clock, Tick from, Tick to)
{
    return mean_tokens_per_s(service, service.regions[0], clock, from, to) * seconds(to - from);
}

} // namespace

TEST_CASE("a course counts by its shape: the weekly mean is the demand", "[unit][demand]")
{
    CHECK_THAT(weekly_mean(consumer_chat_course), WithinRel((5.0 + 2.0 * 0.85) / 7.0, 1e-3)); // its hours are given with mean 1
    double sum = 0.0;
    for (unsigned h = 0; h < 168; ++h) {
        sum += relative_level(consumer_chat_course, h);
    }
    CHECK_THAT(sum / 168.0, WithinRel(1.0, 1e-12));
    CHECK_THAT(relative_level(consumer_chat_course, 24 + 21), WithinAbs(1.527 / (6.7 / 7.0), 1e-3));                         // Monday 21 h
    CHECK_THAT(relative_level(consumer_chat_course, 21) / relative_level(consumer_chat_course, 45), WithinRel(0.85, 1e-12)); // Sunday
    CHECK_THAT(relative_level(consumer_chat_course, 165) / relative_level(consumer_chat_course, 141), WithinRel(0.85, 1e-12)); // Saturday
    CHECK_THAT(0.305 / 1.527, WithinAbs(0.2, 1e-3)); // trough over peak, as its source says
    auto service = counting_service();
    service.course.weekend = 0.3;
    for (Tick const from : {Tick{0}, 5 * hour, 3 * day_ticks + 1}) {
        CHECK_THAT(mean_tokens_per_s(service, service.regions[0], {}, from, from + 7 * day_ticks), WithinRel(1000.0, 1e-12));
    }
}

TEST_CASE("the hour and the weekday are those of the region", "[unit][demand]")
{
    auto service = counting_service();
    service.course.weekend = 0.5;
    double const unit = 1000.0 / (12.5 * 6.0 / 7.0); // tokens/s of level 1
    auto const in_hour = [&](double region_h, double clock_h, unsigned weekday, Tick from) {
        service.regions[0].utc_offset_s = region_h * hour_s;
        ServiceClock const clock{.utc_offset_s = clock_h * hour_s, .start_weekday = weekday};
        return mean_tokens_per_s(service, service.regions[0], clock, from, from + hour) / unit;
    };
    // Hour h has the level h + 1. The clock starts on a Monday (1), Friday (5), Saturday (6) or Sunday (0).
    CHECK_THAT(in_hour(8, 8, 1, 0), WithinRel(1.0, 1e-12));
    CHECK_THAT(in_hour(8, 8, 1, 21 * hour), WithinRel(22.0, 1e-12));
    CHECK_THAT(in_hour(8, 0, 1, 0), WithinRel(9.0, 1e-12));               // midnight in London is eight in Beijing
    CHECK_THAT(in_hour(-8, 8, 2, 0), WithinRel(9.0, 1e-12));              // midnight in Beijing is eight in California, the day before
    CHECK_THAT(in_hour(-8, 8, 1, 0), WithinRel(0.5 * 9.0, 1e-12));        // that was a Sunday
    CHECK_THAT(in_hour(8, 0, 5, 16 * hour), WithinRel(0.5 * 1.0, 1e-12)); // Friday 16 h in London is Saturday in Beijing
    CHECK_THAT(in_hour(8, 8, 6, day_ticks), WithinRel(0.5 * 1.0, 1e-12)); // Sunday
    CHECK_THAT(in_hour(8, 8, 6, 2 * day_ticks), WithinRel(1.0, 1e-12));   // Monday
    CHECK_THAT(in_hour(5.5, 0, 1, 0), WithinRel(6.5, 1e-12));             // India: half of 5-6 h and half of 6-7 h
    CHECK_THAT(in_hour(8, 8, 1, 21 * hour + 520 * 7 * day_ticks), WithinRel(22.0, 1e-12)); // ten years on
}

TEST_CASE("demand grows log-linearly between dates and by a factor a year after the last", "[unit][demand]")
{
    auto service = doubao();
    service.growth_per_year_after = 2.5;
    CHECK(trend_tokens_per_s(service, -1) == 0.0);
    CHECK_THAT(trend_tokens_per_s(service, 0), WithinRel(0.12e12 / 86400.0, 1e-12));
    // Half-way is the geometric mean: sqrt(0.12 x 50) = 2.449 T a day, by hand.
    CHECK_THAT(trend_tokens_per_s(service, 291 * day_ticks) / trillion_per_day, WithinRel(std::sqrt(6.0), 1e-12));
    CHECK_THAT(trend_tokens_per_s(service, 582 * day_ticks) / trillion_per_day, WithinRel(50.0, 1e-12));
    CHECK_THAT(trend_tokens_per_s(service, 582 * day_ticks + ticks(year_s)) / trillion_per_day, WithinRel(125.0, 1e-9));
    // "x417 since launch", as published with the figures.
    CHECK_THAT(trend_tokens_per_s(service, 582 * day_ticks) / trend_tokens_per_s(service, 0), WithinAbs(417.0, 0.5));
    // Forty times as much in four years after it: an outlook to 2029.
    service.growth_per_year_after = std::pow(40.0, 0.25);
    CHECK_THAT(trend_tokens_per_s(service, 582 * day_ticks + 4 * ticks(year_s)) / trillion_per_day, WithinRel(2000.0, 1e-9));
}

TEST_CASE("before its first date a service asks nothing", "[unit][demand]")
{
    auto service = counting_service();
    service.demand[0].from = 10 * day_ticks;
    auto const& region = service.regions[0];
    CHECK(mean_tokens_per_s(service, region, {}, 0, 10 * day_ticks) == 0.0);
    auto const week = mean_tokens_per_s(service, region, {}, 10 * day_ticks, 17 * day_ticks);
    CHECK_THAT(mean_tokens_per_s(service, region, {}, 3 * day_ticks, 17 * day_ticks), WithinRel(week / 2.0, 1e-12));
    service.demand.clear();
    CHECK(mean_tokens_per_s(service, region, {}, 0, day_ticks) == 0.0);
    CHECK(trend_tokens_per_s(service, 0) == 0.0);
}

TEST_CASE("means are the integral of trend times course", "[unit][demand]")
{
    auto const service = doubao();
    ServiceClock const clock{.utc_offset_s = 0.0, .start_weekday = 3};
    Tick const from = 100 * day_ticks + 1234;
    Tick const to = 103 * day_ticks + 777;
    // Midpoint rule over pieces that no hour cuts: the trend is smooth, the error is (g h)^2/24 with g = 6.03/582 days.
    double sum = 0.0;
    for (Tick t = from; t < to;) {
        Tick const next = std::min({to, (t / hour + 1) * hour, t + hour / 60});
        auto const of_week = static_cast<unsigned>((t / hour + 8 + 3 * 24) % 168);
        sum += trend_tokens_per_s(service, t + (next - t) / 2) * relative_level(service.course, of_week) * seconds(next - t);
        t = next;
    }
    CHECK_THAT(total(service, clock, from, to), WithinRel(sum, 1e-8));
}

TEST_CASE("tokens add up over any cut of the time, over ten years too", "[unit][demand]")
{
    auto service = doubao();
    service.growth_per_year_after = 1.6;
    ServiceClock const clock{.utc_offset_s = -5 * hour_s, .start_weekday = 4};
    Tick const end = 3653 * day_ticks;
    double const whole = total(service, clock, -5 * day_ticks, end);
    for (Tick const step : {hour, 5 * day_ticks + 4321, 400 * day_ticks + 1}) {
        double sum = 0.0;
        for (Tick t = -5 * day_ticks; t < end; t += step) {
            sum += total(service, clock, t, std::min(end, t + step));
        }
        CHECK_THAT(sum, WithinRel(whole, 1e-11));
    }
    // Seconds of one day.
    double sum = 0.0;
    for (Tick t = 0; t < day_ticks; t += 1024) {
        sum += total(service, clock, t, t + 1024);
    }
    CHECK_THAT(sum, WithinRel(total(service, clock, 0, day_ticks), 1e-11));
}

TEST_CASE("the peak hour of the course lies above the published peak over mean", "[unit][demand]")
{
    // Doubao, 2026-02-16: 63.3 bn tokens in a minute; 63 T a day at the end of 2025: 1.45 times the mean.
    CHECK_THAT(63.3e9 * 1440.0 / 63e12, WithinAbs(1.45, 0.005));
    double peak = 0.0;
    for (unsigned h = 0; h < 168; ++h) {
        peak = std::max(peak, relative_level(consumer_chat_course, h));
    }
    CHECK_THAT(peak, WithinAbs(1.595, 0.001));
}

TEST_CASE("accelerators for a load: busy ones, headroom, whole replicas", "[unit][demand]")
{
    ServingRate const rate{.tokens_per_s = 2000.0, .slots = 32.0, .tokens_per_request = 1000.0, .replica = 8};
    LatencyTarget const target{.wait_probability = 0.01, .peakedness = 49.0};
    CHECK(service_time_s(rate) == 16.0); // 1000 tokens at 2000/32 a second
    // 2e6 tokens/s keep 1000 accelerators or 32,000 slots busy.
    auto const need = accelerators_for(2e6, rate, target);
    CHECK(need.busy == 1000.0);
    auto const slots = static_cast<double>(servers_needed(32'000.0, 49.0, 0.01));
    CHECK(need.accelerators == static_cast<std::uint64_t>(std::ceil(slots / 32.0 / 8.0)) * 8);
    CHECK(need.headroom() == static_cast<double>(need.accelerators) - 1000.0);
    CHECK(accelerators_for(0.0, rate, target).accelerators == 0);
    CHECK(accelerators_for(1.0, rate, target).accelerators == 8); // a single replica
    CHECK(accelerators_for(2e6, rate, {.wait_probability = 0.01, .peakedness = 1.0}).accelerators < need.accelerators);
}

TEST_CASE("a large service needs a smaller share of headroom", "[unit][demand]")
{
    ServingRate const rate{.tokens_per_s = 2000.0, .slots = 32.0, .tokens_per_request = 1000.0};
    LatencyTarget const target;
    double const small = accelerators_for(2e6, rate, target).headroom() / 1000.0;
    double const large = accelerators_for(2e8, rate, target).headroom() / 100'000.0;
    CHECK_THAT(large / small, WithinAbs(0.1, 0.002)); // one over the square root of 100, but for rounding up
}

TEST_CASE("the load within a target is the inverse of the accelerators for it", "[unit][demand]")
{
    LatencyTarget const target;
    for (ServingRate const& rate : {ServingRate{2000.0, 32.0, 1000.0, 8}, ServingRate{500.0, 0.25, 1000.0, 16}}) {
        for (double const load : {3e4, 2e6, 3e8}) {
            auto const need = accelerators_for(load, rate, target);
            CAPTURE(rate.slots, load, need.accelerators);
            auto const least = static_cast<double>(need.accelerators);
            CHECK(tokens_within(least, rate, target) >= load);
            double const one_replica_less = tokens_within(least - 1.0, rate, target);
            CHECK(accelerators_for(one_replica_less * (1.0 - 1e-12), rate, target).accelerators + rate.replica == need.accelerators);
        }
    }
    CHECK(tokens_within(7.9, {2000.0, 32.0, 1000.0, 8}, target) == 0.0);
}

TEST_CASE("load goes to the first site with room, what is left to the next", "[unit][demand]")
{
    std::vector<double> served(4), dropped(2);
    std::array<double, 2> const demand{10.0, 6.0};
    std::array<double, 2> const capacity{8.0, 7.0};
    std::array<std::uint32_t, 4> const nearest{0, 1, 1, 0};
    serve({demand, capacity, nearest}, served, dropped);
    // By hand: 8 of region 0 at site 0, all 6 of region 1 at site 1, then 1 more of region 0 there; 1 is dropped.
    CHECK(served == std::vector{8.0, 1.0, 0.0, 6.0});
    CHECK(dropped == std::vector{1.0, 0.0});
    // Each its own only: region 0 drops 2.
    std::array<std::uint32_t, 4> const own{0, no_site, 1, no_site};
    serve({demand, capacity, own}, served, dropped);
    CHECK(served == std::vector{8.0, 0.0, 0.0, 6.0});
    CHECK(dropped == std::vector{2.0, 0.0});
    // Both ask site 0 first: it is shared in proportion, 5 and 3; then site 1, 5 and 3 of 7.
    std::array<std::uint32_t, 4> const same{0, 1, 0, 1};
    serve({demand, capacity, same}, served, dropped);
    CHECK(served == std::vector{5.0, 5.0 * 7.0 / 8.0, 3.0, 3.0 * 7.0 / 8.0});
    CHECK_THAT(dropped[0] + dropped[1], WithinRel(1.0, 1e-12));
}

TEST_CASE("what is served and dropped is what was asked, and no site serves more than it can", "[unit][demand]")
{
    std::size_t const regions = 5;
    std::size_t const sites = 4;
    std::uint64_t state = 1; // a small generator of numbers: x' = 6364136223846793005 x + 1442695040888963407 (D. E. Knuth)
    auto const next = [&state] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<double>(state >> 40) / 16777216.0;
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<double> demand(regions), capacity(sites), served(regions * sites), dropped(regions);
        std::vector<std::uint32_t> preference;
        std::ranges::generate(demand, [&] { return next() < 0.2 ? 0.0 : 1e9 * next(); });
        std::ranges::generate(capacity, [&] { return next() < 0.2 ? 0.0 : 1e9 * next(); });
        for (std::size_t region = 0; region < regions; ++region) {
            std::array<std::uint32_t, 4> order{0, 1, 2, 3};
            for (std::size_t i = sites - 1; i > 0; --i) {
                std::swap(order[i], order[static_cast<std::size_t>(next() * static_cast<double>(i + 1))]);
            }
            preference.insert(preference.end(), order.begin(), order.end());
        }
        serve({demand, capacity, preference}, served, dropped);
        double all_served = 0.0;
        for (std::size_t region = 0; region < regions; ++region) {
            auto const row = served.begin() + static_cast<std::ptrdiff_t>(region * sites);
            double const here = std::accumulate(row, row + static_cast<std::ptrdiff_t>(sites), 0.0);
            all_served += here;
            REQUIRE_THAT(here + dropped[region], WithinAbs(demand[region], 1e-3));
            REQUIRE(dropped[region] >= 0.0);
        }
        for (std::size_t site = 0; site < sites; ++site) {
            double at_site = 0.0;
            for (std::size_t region = 0; region < regions; ++region) {
                at_site += served[region * sites + site];
            }
            REQUIRE(at_site <= capacity[site] * (1.0 + 1e-12));
        }
        // All sites are on all lists: nothing is dropped while there is room.
        double const asked = std::accumulate(demand.begin(), demand.end(), 0.0);
        double const room = std::accumulate(capacity.begin(), capacity.end(), 0.0);
        REQUIRE_THAT(all_served, WithinAbs(std::min(asked, room), 1e-2));
    }
}

TEST_CASE("two regions half a day apart need less together than apart", "[unit][demand]")
{
    // High H for twelve hours and low L for twelve: apart each site needs H; together H + L are asked at all times, (H + L)/2 a site.
    double const high = 1.5;
    double const low = 0.5;
    InferenceService const service{.name = "pair",
                                   .course = two_levels(high, low),
                                   .demand = {{0, 2000.0}},
                                   .regions = {{"east", 0.5, 0.0}, {"west", 0.5, -12 * hour_s}}};
    double const site = 1000.0 * (high + low) / 2.0;
    std::array<double, 2> const capacity{site, site};
    auto const dropped_over_a_day = [&](std::array<std::uint32_t, 4> const& preference) {
        double sum = 0.0;
        for (Tick t = 0; t < day_ticks; t += hour) {
            std::array<double, 2> demand{}, dropped{};
            std::array<double, 4> served{};
            for (std::size_t r = 0; r < 2; ++r) {
                demand[r] = mean_tokens_per_s(service, service.regions[r], {}, t, t + hour);
            }
            serve({demand, capacity, preference}, served, dropped);
            sum += (dropped[0] + dropped[1]) / 24.0;
        }
        return sum;
    };
    CHECK_THAT(dropped_over_a_day({0, 1, 1, 0}), WithinAbs(0.0, 1e-9));
    // Apart, each drops (H - L)/2 for half of the day: 500 x 1/2 x 2 = 500 in the mean.
    CHECK_THAT(dropped_over_a_day({0, no_site, 1, no_site}), WithinRel(1000.0 * (high - low) / 2.0, 1e-12));
}
