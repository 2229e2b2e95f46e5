#include "models/outage/years.hpp"
#include "models/base/tick.hpp"
#include "models/outage/contingency.hpp"

#include "tests/catch.hpp"
#include "tests/fixtures/small_race.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

using namespace aidc;
using aidc::testing::down;
using aidc::testing::SmallCampus;
using aidc::testing::SmallRows;

namespace {

constexpr double year_h = 8760.0;
constexpr double boot_s = 600.0 + 0.5 * 300.0; // defaults of Restart: lockout and half of the ramp

/// splitmix64 of who, what and how often.
class Uniforms final : public LifeUniforms {
  public:
    explicit Uniforms(std::uint64_t seed) : seed_(seed) {}
    double uniform(std::uint32_t group, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const override
    {
        return of(mix(mix((std::uint64_t{group} << 32) | unit) + static_cast<std::uint64_t>(purpose)) + number);
    }
    double of(std::uint64_t what) const { return (static_cast<double>(mix(what + seed_) >> 12) + 0.5) * 0x1p-52; }

  private:
    static std::uint64_t mix(std::uint64_t z)
    {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::uint64_t seed_;
};

Duration fixed_h(double h) { return Duration::fixed(h * hour_s); }
Duration exponential_h(double mean_h) { return {.shape = Duration::Shape::exponential, .parameter_s = {mean_h * hour_s}}; }
Duration uniform_h(double low, double high) { return {.shape = Duration::Shape::uniform, .parameter_s = {low * hour_s, high * hour_s}}; }

/// Units of a group of the small campus that fail.
struct Failing {
    std::uint32_t group{};
    Duration to_failure, to_repair;
};

YearsResult years_of(SmallCampus const& campus, std::vector<Failing> const& failing, std::uint32_t years, std::uint64_t seed = 1,
                     GensetUniforms const& gensets = {})
{
    auto moment = campus.moment();
    std::vector<Air> const hours(8760, moment.outdoors);
    std::vector<LifeGroup> lives;
    std::vector<Id<UnitGroup>> groups;
    for (auto const& f : failing) {
        lives.push_back({.units = campus.groups[f.group].units, .to_failure = f.to_failure, .to_repair = f.to_repair});
        groups.push_back({f.group});
    }
    /// Chance by the group of the campus, whatever other groups take part.
    class ByGroup final : public LifeUniforms {
      public:
        ByGroup(std::uint64_t seed, std::vector<Failing> const& failing) : all_(seed), failing_(failing) {}
        double uniform(std::uint32_t group, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const override
        {
            return all_.uniform(failing_[group].group, unit, purpose, number);
        }

      private:
        Uniforms all_;
        std::vector<Failing> const& failing_;
    };
    ByGroup const uniforms(seed, failing);
    Uniforms const starts(seed + 1);
    auto const drawn = [&starts](std::uint64_t order, std::uint32_t set, std::uint32_t which) {
        return starts.of((order << 8) + 8ULL * set + which);
    };
    return run_years({.moment = std::move(moment),
                      .weather = weather_classes(hours),
                      .lives = lives,
                      .group_of_life = groups,
                      .uniforms = uniforms,
                      .genset_uniforms = gensets ? gensets : drawn,
                      .years = years},
                     [](std::uint32_t) { return false; });
}

CauseOfLoss const& of(YearsResult const& result, std::string const& family)
{
    return *std::ranges::find(result.causes, family, &CauseOfLoss::family);
}

/// Mean of the years and its standard error.
struct Mean {
    double value{}, error{};
};
Mean mean(std::vector<double> const& values)
{
    double const n = static_cast<double>(values.size());
    double const m = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0.0;
    for (double const v : values) {
        squares += (v - m) * (v - m);
    }
    return {.value = m, .error = std::sqrt(squares / (n - 1.0) / n)};
}

} // namespace

TEST_CASE("years of one kind of unit lose what renewal theory says, and two kinds add up", "[reference][outage]")
{
    SmallCampus const campus;
    constexpr std::uint32_t count = 300;
    Failing const busway{SmallRows::busway, exponential_h(1000.0), uniform_h(2.0, 10.0)};
    Failing const cdus{SmallRows::cdus, exponential_h(4000.0), fixed_h(5.0)};

    // The hall is dark for the repair, then boots. Renewals: one in mean life + mean repair, the first after a mean life.
    auto const alone = years_of(campus, {busway}, count);
    auto const dark = mean(of(alone, "busway").by_year_s);
    double const failures = year_h / (1000.0 + 6.0);
    CHECK_THAT(static_cast<double>(of(alone, "busway").failures) / count, WithinAbs(failures, 3.0 * std::sqrt(failures / count)));
    CHECK_THAT(dark.value, WithinAbs(failures * (6.0 * hour_s + boot_s), 3.0 * dark.error));
    CHECK(dark.error < 0.05 * dark.value); // sharp enough to see a missing boot, 3.5 %
    CHECK(of(alone, "busway").with_loss == of(alone, "busway").failures);
    CHECK(alone.windows.size() == 1);

    // A loss counts in the years in which it falls: a year and 20 h without busway from the end of the second year.
    auto const long_one = years_of(campus, {{SmallRows::busway, fixed_h(2.0 * year_h - 10.0), fixed_h(year_h + 20.0)}}, 5);
    auto const& by_year = of(long_one, "busway").by_year_s;
    REQUIRE(by_year.size() == 5);
    CHECK(by_year[0] == 0.0);
    CHECK_THAT(by_year[1], WithinRel(10.0 * hour_s, 1e-9));
    CHECK_THAT(by_year[2], WithinRel(year_h * hour_s, 1e-9));
    CHECK_THAT(by_year[3], WithinRel(10.0 * hour_s + boot_s, 1e-9));
    CHECK(by_year[4] == 0.0);

    // Each of four pods is a quarter of the campus; seconds of a trip are missing from the repair.
    auto const pods = years_of(campus, {cdus}, count);
    auto const tripped = mean(of(pods, "cdu").by_year_s);
    CHECK_THAT(tripped.value, WithinAbs(year_h / 4005.0 * (5.0 * hour_s + boot_s), 3.0 * tripped.error + 1e-3 * tripped.value));

    auto const both = years_of(campus, {busway, cdus}, count);
    CHECK(of(both, "busway").by_year_s == of(alone, "busway").by_year_s); // another kind of unit changes nothing
    CHECK(of(both, "cdu").by_year_s == of(pods, "cdu").by_year_s);
    auto const turned = years_of(campus, {cdus, busway}, count);
    CHECK(of(turned, "busway").by_year_s == of(both, "busway").by_year_s);
    auto const other = years_of(campus, {busway, cdus}, count, 2);
    CHECK(of(other, "busway").by_year_s != of(both, "busway").by_year_s);
}

TEST_CASE("the grid's losses cost as often as too few gensets of n start, by the binomial distribution", "[reference][outage]")
{
    SmallCampus campus;
    campus.groups[SmallRows::gensets].units = 4;
    campus.power.chain.nodes[SmallRows::gensets].units = 4;
    campus.power.chain.nodes[SmallRows::gensets].rating_W = 100e3; // three of them carry 230 kW
    campus.power.units[SmallRows::gensets].count = 4;
    campus.power.gensets.fail_to_start = 0.2; // REopt's default is 0.0094
    campus.power.gensets.to_failure_s = never_s;
    auto const result = years_of(campus, {{SmallRows::grid, exponential_h(100.0), fixed_h(2.0)}}, 50);
    auto const& feed = of(result, "feed");
    double const p = 0.995 * 0.8; // available, and starts
    double const q = 1.0 - p;
    double const lost = 1.0 - p * p * p * p - 4.0 * p * p * p * q;
    double const n = static_cast<double>(feed.failures);
    CHECK(n > 4000.0);
    CHECK_THAT(static_cast<double>(feed.with_loss) / n, WithinAbs(lost, 3.0 * std::sqrt(lost * (1.0 - lost) / n)));
    // None starts: dark from the end of the battery, with its share of events; each number of sets is a window of its own.
    CHECK(result.windows.size() == 5);
    for (auto const& window : result.windows) {
        double const k = window.name.find("feed") == std::string::npos ? std::stod(window.name.substr(window.name.find(", ") + 2)) : -1.0;
        double const choose = std::tgamma(5.0) / (std::tgamma(k + 1.0) * std::tgamma(5.0 - k));
        double const chance = choose * std::pow(p, k) * std::pow(q, 4.0 - k);
        INFO(window.name);
        CHECK_THAT(static_cast<double>(window.used) / n, WithinAbs(chance, 3.0 * std::sqrt(chance / n)));
        CHECK((lost_until(window.result, 2.0 * hour_s).sum() > 0.0) == (k < 3.0));
    }
}

TEST_CASE("a window read off for a duration is the window run for it; the boot after it within seconds", "[reference][outage]")
{
    SmallCampus const campus;
    struct Case {
        std::uint32_t group;
        char const* family;
        double boot_within_s; ///< What the law of the boot is off: CDU pumps start in seconds, after a bus all machines of the site
    };
    for (auto const& c :
         {Case{SmallRows::busway, "busway", 5.0}, Case{SmallRows::cdus, "cdu", 5.0}, Case{SmallRows::bus, "switchgear", 90.0}}) {
        for (double const minutes : {1.0, 20.0, 90.0, 300.0}) {
            INFO(c.family << " for " << minutes << " min");
            double const lasts_s = 60.0 * minutes;
            // Every unit of the group fails at once, once in this year.
            auto const result = years_of(campus, {{c.group, fixed_h(8000.0), Duration::fixed(lasts_s)}}, 1);
            auto moment = campus.moment();
            auto const direct =
                run_window(moment, {.before = {}, .down = aidc::testing::all_down(campus, c.group), .lasts_s = lasts_s}, 2e5);
            double const until_s = lost_until(direct, lasts_s).sum();
            double const whole_s = lost_until(direct, direct.ends_s).sum();
            double const booked_s = of(result, c.family).lost_s.sum();
            INFO("until repair " << until_s << " s, boot run " << whole_s - until_s << " s, booked " << booked_s - until_s << " s");
            CHECK_THAT(booked_s, WithinRel(until_s + boot_s * lost_at(direct, lasts_s - 1e-3).lost.sum(), 1e-9) || WithinAbs(0.0, 1e-9));
            CHECK_THAT(booked_s, WithinAbs(whole_s, c.boot_within_s));
        }
    }
}

TEST_CASE("a unit that fails while others are down is charged with what it adds, and with nothing else", "[reference][outage]")
{
    SmallCampus const campus;
    // Dark from 100 h to 110 h; gensets out from 105 h to 125 h; and so on, by and by in every order.
    Failing const busway{SmallRows::busway, fixed_h(100.0), fixed_h(10.0)};
    auto const dark = years_of(campus, {busway}, 2);
    auto const both = years_of(campus, {busway, {SmallRows::gensets, fixed_h(105.0), fixed_h(20.0)}}, 2);
    CHECK(of(both, "genset").failures > 200);
    CHECK(of(both, "genset").lost_s.sum() == 0.0);
    CHECK(of(both, "genset").with_loss == 0);
    CHECK_THAT(of(both, "busway").lost_s.sum(), WithinRel(of(dark, "busway").lost_s.sum(), 1e-9));
    CHECK_THAT(of(dark, "busway").lost_s.sum(),
               WithinRel(static_cast<double>(of(dark, "busway").failures) * (10.0 * hour_s + boot_s), 1e-9));
    CHECK(of(both, "busway").with_loss == of(both, "busway").failures);
    CHECK_THAT(of(both, "busway").unserved_J, WithinRel(of(dark, "busway").unserved_J, 1e-9));

    // A UPS out of two sheds a third of the load; a cooler too many in that time drops nothing again.
    SmallCampus one = campus;
    one.power.units[SmallRows::ups].first = 0;
    Failing const ups{SmallRows::ups, exponential_h(500.0), fixed_h(10.0)};
    auto const shed = years_of(one, {ups}, 2);
    auto const beside = years_of(one, {ups, {SmallRows::coolers, exponential_h(300.0), fixed_h(20.0)}}, 2);
    CHECK(of(shed, "ups").lost_s.sum() > 0.0);
    CHECK(of(beside, "outdoor").lost_s.sum() < 1e-3 * of(shed, "ups").lost_s.sum());
    CHECK_THAT(of(beside, "ups").lost_s.sum(), WithinRel(of(shed, "ups").lost_s.sum(), 1e-2));
}

TEST_CASE("gensets run through what else fails and is repaired in a loss of the grid, and start for a lost transformer",
          "[reference][outage]")
{
    SmallCampus campus;
    GensetUniforms const all_start = [](std::uint64_t, std::uint32_t, std::uint32_t) { return 0.5; };
    // Grid lost from 100 h to 104 h; a cooler out from 101 h to 102 h, when tanks of 12 h are far from empty.
    auto const coolers = years_of(
        campus, {{SmallRows::grid, fixed_h(100.0), fixed_h(4.0)}, {SmallRows::coolers, fixed_h(101.0), fixed_h(1.0)}}, 1, 1, all_start);
    CHECK(of(coolers, "feed").lost_s.sum() == 0.0);
    CHECK(of(coolers, "feed").failures > 50);
    auto const transformer = years_of(campus, {{SmallRows::transformer, fixed_h(100.0), fixed_h(4.0)}}, 1, 1, all_start);
    CHECK(of(transformer, "transformer").failures > 50);
    CHECK(of(transformer, "transformer").lost_s.sum() == 0.0);
    // A day without grid and trucks: dark when the tank is empty.
    auto const day = years_of(campus, {{SmallRows::grid, fixed_h(100.0), fixed_h(24.0)}}, 1, 1, all_start);
    auto const window = run_window(campus.moment(), {.before = {}, .down = {down(SmallRows::grid)}}, 2e5);
    CHECK(window.racks_lost_at_end == 8.0);
    double const each_s = lost_until(window, 24.0 * hour_s).sum() + boot_s;
    CHECK_THAT(of(day, "feed").lost_s.sum(), WithinRel(static_cast<double>(of(day, "feed").with_loss) * each_s, 1e-3));
    // One of two sets does not start, and the other fails after six hours on the bus.
    GensetUniforms const six_hours = [&](std::uint64_t, std::uint32_t set, std::uint32_t which) {
        double const runs = 1.0 - std::exp(-6.0 * hour_s / campus.power.gensets.to_failure_s);
        return which == 0 ? (set == 0 ? 1e-6 : 0.5) : which == 2 ? runs : 0.5;
    };
    auto const failing = years_of(campus, {{SmallRows::grid, fixed_h(8000.0), fixed_h(10.0)}}, 1, 1, six_hours);
    CHECK_THAT(of(failing, "feed").lost_s.sum(), WithinAbs(4.0 * hour_s + boot_s, 30.0)); // starts in 10 s
}

TEST_CASE("sets of two buses start each on its own", "[reference][outage]")
{
    SmallCampus campus;
    campus.make_two_n();
    std::vector<Failing> const grid{{SmallRows::grid, fixed_h(8000.0), fixed_h(2.0)}}; // both feeds at once
    auto const lost_s = [&](bool a, bool b) {
        auto const result = years_of(campus, grid, 1, 1, [a, b](std::uint64_t, std::uint32_t set, std::uint32_t which) {
            return which == 0 && !(set == 0 ? a : b) ? 1e-6 : 0.5;
        });
        return of(result, "feed").lost_s.sum();
    };
    CHECK(lost_s(true, true) == 0.0);
    CHECK(lost_s(true, false) == 0.0); // either bus carries all
    CHECK(lost_s(false, true) == 0.0);
    CHECK(lost_s(false, false) > hour_s); // all but the minutes of the batteries
}

TEST_CASE("classes of weather hold every hour once, and weigh as the year does", "[unit][outage]")
{
    std::vector<Air> hours;
    Uniforms const chance(3);
    double sum_C = 0.0;
    for (std::uint64_t h = 0; h < 8760; ++h) {
        double const dry_C = 10.0 + 15.0 * std::sin(2.0 * std::numbers::pi * static_cast<double>(h) / 8760.0) + 8.0 * chance.of(h);
        hours.push_back(air_from_relative_humidity(dry_C, 0.2 + 0.6 * chance.of(h + 10'000), standard_pressure_Pa));
        sum_C += hours.back().wet_bulb_C;
    }
    auto const weather = weather_classes(hours);
    REQUIRE(weather.classes.size() == 4);
    REQUIRE(weather.of_hour.size() == 8760);
    double all_h = 0.0;
    double mean_C = 0.0;
    for (std::size_t c = 0; c < 4; ++c) {
        all_h += weather.classes[c].hours;
        mean_C += weather.classes[c].hours * weather.classes[c].air.wet_bulb_C;
        CHECK(static_cast<double>(std::ranges::count(weather.of_hour, c)) == weather.classes[c].hours);
        CHECK((c == 0 || weather.classes[c].air.dry_bulb_C > weather.classes[c - 1].air.dry_bulb_C));
    }
    CHECK(all_h == 8760.0);
    CHECK_THAT(mean_C, WithinRel(sum_C, 1e-9));
    constexpr std::array shares{0.5, 0.4, 0.09, 0.01};
    for (std::size_t c = 0; c < 4; ++c) {
        CHECK_THAT(weather.classes[c].hours, WithinAbs(shares[c] * 8760.0, 2.0));
    }
    for (std::size_t h = 0; h < 8760; ++h) { // no hour of a class is warmer than one of the next
        CHECK_FALSE((weather.of_hour[h] == 3 && hours[h].dry_bulb_C < weather.classes[2].air.dry_bulb_C));
    }
}
