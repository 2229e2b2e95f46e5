#include "models/reliability/history.hpp"
#include "models/reliability/availability.hpp"

#include "tests/unit/models/reliability/histories.hpp"

#include <algorithm>
#include <array>
#include <string>

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double hour = 3600.0;

/// "9 -0, 12 +0": hour, down or up, unit.
std::string told(std::vector<LifeEvent> const& events)
{
    std::string text;
    for (auto const& event : events) {
        text += (text.empty() ? "" : ", ") + std::to_string(static_cast<int>(std::lround(event.time_s / hour))) + (event.up ? " +" : " -")
                + std::to_string(event.unit);
    }
    return text;
}

} // namespace

TEST_CASE("a unit fails, is repaired and is as good as new", "[unit][reliability]")
{
    // Constant spans, by hand: 10 h up, 2 h down.
    std::vector<LifeGroup> const groups{{.to_failure = Duration::fixed(10 * hour), .to_repair = Duration::fixed(2 * hour)}};
    CHECK(told(events_until(groups, {}, 35 * hour, 1)) == "10 -0, 12 +0, 22 -0, 24 +0, 34 -0");
}

TEST_CASE("units wait for a crew in the order of their failures", "[unit][reliability]")
{
    // By hand: all fail at 10 h; one crew takes 2 h each.
    std::vector<LifeGroup> const groups{
        {.units = 3, .to_failure = Duration::fixed(10 * hour), .to_repair = Duration::fixed(2 * hour), .crews = 1}};
    CHECK(told(events_until(groups, {}, 21 * hour, 1)) == "10 -0, 10 -1, 10 -2, 12 +0, 14 +1, 16 +2");
}

TEST_CASE("a place is filled from the stock, or with the next unit that comes from repair", "[unit][reliability]")
{
    // By hand: two places, one spare. Both fail at 10 h; place 0 gets the spare after 1 h, place 1 the unit repaired first (5 h) after
    // 1 h more; the second one (10 h by the only crew) goes to stock and is there when place 0 fails again at 21 h.
    std::vector<LifeGroup> const groups{{.units = 2,
                                         .to_failure = Duration::fixed(10 * hour),
                                         .to_repair = Duration::fixed(5 * hour),
                                         .crews = 1,
                                         .spares = 1,
                                         .to_replace = Duration::fixed(1 * hour)}};
    CHECK(told(events_until(groups, {}, 27 * hour, 1)) == "10 -0, 10 -1, 11 +0, 16 +1, 21 -0, 22 +0, 26 -1");
}

TEST_CASE("maintenance goes round and waits until all of the group is up", "[unit][reliability]")
{
    // By hand: a turn every 10 h, 1 h each; unit 0 at 10 h, unit 1 at 20 h, unit 0 at 30 h.
    LifeGroup group{.units = 2,
                    .to_failure = Duration::fixed(1000 * hour),
                    .to_repair = Duration::fixed(5 * hour),
                    .maintenance_every_s = 20 * hour,
                    .maintenance_s = 1 * hour};
    CHECK(told(events_until({group}, {}, 35 * hour, 1)) == "10 -0, 11 +0, 20 -1, 21 +1, 30 -0, 31 +0");
    // The age stands still: 19 h of life end at 20 h for unit 0, which was maintained at 10 h, and at 19 h for unit 1. Its turn at 20 h
    // waits for both: unit 1 is back at 24 h, unit 0 at 25 h; then unit 1 goes.
    group.to_failure = Duration::fixed(19 * hour);
    CHECK(told(events_until({group}, {}, 27 * hour, 1)) == "10 -0, 11 +0, 19 -1, 20 -0, 24 +1, 25 +0, 25 -1, 26 +1");
}

TEST_CASE("maintenance alone takes its share of the time, and one unit at a time", "[unit][reliability]")
{
    std::vector<LifeGroup> const groups{{.units = 3,
                                         .to_failure = exponential(500 * hour),
                                         .to_repair = exponential(10 * hour),
                                         .maintenance_every_s = 300 * hour,
                                         .maintenance_s = 6 * hour}};
    double const end_s = 100'000 * hour;
    int down = 0;
    long turns = 0;
    for (auto const& event : events_until(groups, {}, end_s, 3)) {
        if (!event.up && event.cause == DownCause::maintenance) {
            REQUIRE(down == 0);
            ++turns;
        }
        down += event.up ? -1 : 1;
    }
    CHECK(std::abs(turns - 1000) <= 1); // 3 units x 100,000 h / 300 h; none is dropped, the last may still wait
}

TEST_CASE("simulated availability agrees with closed forms", "[unit][reliability]")
{
    struct Case {
        char const* name;
        std::vector<LifeGroup> groups;
        std::function<double(std::vector<double> const&)> weight;
        double expected;
    };
    Duration const lognormal{.shape = Duration::Shape::lognormal, .parameter_s = {4 * hour, 20 * hour, 0.0}};
    LifeGroup const one{.to_failure = exponential(100 * hour), .to_repair = lognormal};
    LifeGroup const other{.to_failure = {.shape = Duration::Shape::weibull, .parameter_s = {50 * hour, 0, 0}, .number = 2.5},
                          .to_repair = exponential(5 * hour)};
    LifeGroup five = one;
    five.units = 5;
    LifeGroup const shop{.units = 8, .to_failure = exponential(100 * hour), .to_repair = exponential(20 * hour), .crews = 2};
    LifeGroup spared = shop;
    spared.spares = 2;
    RepairShop law{.units = 8, .crews = 2, .mtbf_s = 100 * hour, .mttr_s = 20 * hour};
    auto with_spares = law;
    with_spares.spares = 2;
    double const a = availability(mean_s(one.to_failure), mean_s(one.to_repair));
    double const b = availability(mean_s(other.to_failure), mean_s(other.to_repair));
    auto const all = [](std::vector<double> const& up) { return *std::ranges::min_element(up); };
    auto const any = [](std::vector<double> const& up) { return *std::ranges::max_element(up); };
    auto const at_least = [](double n) { return [n](std::vector<double> const& up) { return up[0] >= n ? 1.0 : 0.0; }; };
    for (auto const& c : std::vector<Case>{
             {"one unit, lognormal repair", {one}, all, a},
             {"one unit, Weibull life", {other}, all, b},
             {"two in series", {one, other}, all, series_availability(std::array{a, b})},
             {"two in parallel", {one, other}, any, parallel_availability(std::array{a, b})},
             {"four of five", {five}, at_least(4), k_of_n_availability(4, 5, a)},
             {"six of eight, two crews", {shop}, at_least(6), k_of_n_availability(6, law)},
             {"unit of eight, two crews", {shop}, [](std::vector<double> const& up) { return up[0] / 8; }, unit_availability(law)},
             {"eight of eight, two spares", {spared}, at_least(8), k_of_n_availability(8, with_spares)},
             {"unit of eight, two spares",
              {spared},
              [](std::vector<double> const& up) { return up[0] / 8; },
              unit_availability(with_spares)},
         }) {
        INFO(c.name);
        double const from_s = 1'000 * hour, end_s = 21'000 * hour; // all new at 0: let that be forgotten
        check_agrees(estimate(100,
                              [&](std::uint64_t seed) {
                                  return share_of_time(c.groups, events_until(c.groups, {}, end_s, seed), from_s, end_s, c.weight);
                              }),
                     c.expected, 0.01);
    }
}

TEST_CASE("a renewal process has the rate of its mean, and in time k = 1 is exponential", "[unit][reliability]")
{
    // Elementary renewal theorem: failures per time -> 1/(mean life + mean repair). Weibull mean: scale Gamma(1 + 1/k).
    double const k = GENERATE(0.7, 1.0, 3.0);
    std::vector<LifeGroup> const groups{{.to_failure = {.shape = Duration::Shape::weibull, .parameter_s = {100 * hour, 0, 0}, .number = k},
                                         .to_repair = exponential(hour)}};
    double const rate = 1.0 / (100 * hour * std::tgamma(1.0 + 1.0 / k) + hour);
    double const from_s = 2'000 * hour, end_s = 52'000 * hour;
    check_agrees(estimate(100,
                          [&](std::uint64_t seed) {
                              auto const events = events_until(groups, {}, end_s, seed);
                              auto const failures =
                                  std::ranges::count_if(events, [&](auto const& e) { return !e.up && e.time_s >= from_s; });
                              return static_cast<double>(failures) / (end_s - from_s);
                          }),
                 rate, 0.01);
}

TEST_CASE("a common cause takes its share of the failures and leaves the rate of a unit", "[unit][reliability]")
{
    double const beta = 0.2, mtbf_s = 100 * hour, mttr_s = 10 * hour;
    std::vector<LifeGroup> const groups{
        {.units = 2, .to_failure = exponential(mtbf_s), .to_repair = exponential(mttr_s), .common_share = beta}};
    double const end_s = 50'000 * hour;
    // Chain of 0, 1, 2 units down, r = MTTR/MTBF, by hand from the balances of states 0 and 2:
    // (2 (1 - beta) + beta) p0 r = p1, 2 p2 = r (beta p0 + p1).
    double const r = mttr_s / mtbf_s, p1 = (2.0 - beta) * r, p2 = r * (beta + p1) / 2.0, sum = 1.0 + p1 + p2;
    auto const both_down = [](std::vector<double> const& up) { return up[0] == 0.0 ? 1.0 : 0.0; };
    auto const share_up = [](std::vector<double> const& up) { return up[0] / 2.0; };
    check_agrees(
        estimate(100,
                 [&](std::uint64_t seed) { return share_of_time(groups, events_until(groups, {}, end_s, seed), hour, end_s, both_down); }),
        p2 / sum, 0.02);
    auto const failures = [&](bool only_common) {
        return estimate(100, [&, only_common](std::uint64_t seed) {
            auto const events = events_until(groups, {}, end_s, seed);
            auto const n =
                std::ranges::count_if(events, [&](auto const& e) { return !e.up && (!only_common || e.cause == DownCause::common); });
            return static_cast<double>(n) / (2.0 * end_s * share_of_time(groups, events, 0.0, end_s, share_up)); // per time in operation
        });
    };
    check_agrees(failures(false), 1.0 / mtbf_s, 0.01);
    check_agrees(failures(true), beta / mtbf_s, 0.02); // Fleming: lambda_common = beta lambda
}

TEST_CASE("an external event takes down all its groups at once", "[unit][reliability]")
{
    LifeGroup const lasting{.units = 2, .to_failure = Duration::fixed(1e15), .to_repair = Duration::fixed(10 * hour)};
    std::vector<LifeGroup> const groups{lasting, lasting, lasting};
    std::vector<ExternalEvent> const externals{{.name = "flood", .rate_per_s = 1.0 / (90 * hour), .groups = {0, 2}}};
    auto const events = events_until(groups, externals, 1000 * hour, 5);
    REQUIRE(events.size() >= 8);
    for (std::size_t i = 0; i + 8 <= events.size(); i += 8) { // four go down together and come back together
        constexpr std::array groups_hit{0u, 0u, 2u, 2u};
        for (std::size_t j = 0; j < 4; ++j) {
            CHECK(events[i + j].time_s == events[i].time_s);
            CHECK(events[i + j].group == groups_hit[j]);
            CHECK(events[i + j].cause == DownCause::external);
            CHECK_FALSE(events[i + j].up);
            CHECK(events[i + 4 + j].up);
        }
    }
    // Up for an exponential time of the mean 90 h (the process has no memory), down for 10 h: 0.9.
    check_agrees(estimate(100,
                          [&](std::uint64_t seed) {
                              auto const all = events_until(groups, externals, 20'000 * hour, seed);
                              return share_of_time(groups, all, 500 * hour, 20'000 * hour,
                                                   [](std::vector<double> const& up) { return up[2] / 2.0; });
                          }),
                 0.9, 0.01);
}

TEST_CASE("a history is in order of time and the same again, whoever else is there", "[unit][reliability]")
{
    LifeGroup const group{.units = 20,
                          .to_failure = exponential(50 * hour),
                          .to_repair = exponential(10 * hour),
                          .crews = 3,
                          .spares = 2,
                          .to_replace = exponential(hour),
                          .maintenance_every_s = 500 * hour,
                          .maintenance_s = 2 * hour,
                          .common_share = 0.05};
    auto const alone = events_until({group}, {}, 2000 * hour, 11);
    CHECK(std::ranges::is_sorted(alone, {}, &LifeEvent::time_s));
    auto both = events_until({group, group}, {}, 2000 * hour, 11);
    std::erase_if(both, [](auto const& event) { return event.group == 1; });
    auto const equal = [](LifeEvent const& a, LifeEvent const& b) {
        return a.time_s == b.time_s && a.unit == b.unit && a.up == b.up && a.cause == b.cause;
    };
    CHECK(alone.size() > 1000);
    CHECK(std::ranges::equal(alone, both, equal));
}

TEST_CASE("each unit goes down and up in turn", "[property][reliability]")
{
    LifeGroup const group{.units = 6,
                          .to_failure = exponential(20 * hour),
                          .to_repair = exponential(10 * hour),
                          .crews = 2,
                          .spares = 1,
                          .to_replace = Duration::fixed(0.0),
                          .maintenance_every_s = 100 * hour,
                          .maintenance_s = 2 * hour,
                          .common_share = 0.1};
    std::array<bool, 6> up{true, true, true, true, true, true};
    for (auto const& event : events_until({group}, {{"flood", 1.0 / (70 * hour), {0}}}, 20'000 * hour, 2)) {
        REQUIRE(up[event.unit] != event.up);
        up[event.unit] = event.up;
    }
}

TEST_CASE("where nothing can happen the next event is never", "[unit][reliability]")
{
    HashUniforms const uniforms(1);
    History nothing({}, {}, uniforms);
    CHECK(nothing.next().time_s == never_s);
    CHECK(nothing.next().time_s == never_s);
}
