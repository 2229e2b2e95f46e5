#include "sim/sweep/layout.hpp"

#include "models/ledger/term.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <set>

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double d = 86400.0;

Layout layout_with(std::vector<Override> const& changes, Detail detail = Detail::build)
{
    return layout_of(load_scenario(small_campus(), changes).buildout, detail);
}

Column const& column(Layout const& layout, std::string const& name)
{
    auto const at = std::ranges::find(layout.figures, name, &Column::name);
    REQUIRE(at != layout.figures.end());
    return *at;
}

} // namespace

TEST_CASE("a layout has the summary, every milestone, and every term twice", "[unit][sweep]")
{
    auto const build = layout_with({}), operate = layout_with({}, Detail::operate);
    CHECK(build.start == "2026-01-01");
    CHECK(build.campuses == std::vector<std::string>{"site"});
    CHECK(column(build, "live_W").units == "W");
    CHECK(column(build, "date_site_A_1_first_live").units == "seconds since 2026-01-01T00:00:00Z");
    CHECK(column(build, "date_site_A_1_first_live").text == "site/A/1 first live");
    for (auto const& term : terms) {
        CHECK(column(build, "not_live_" + std::string(term.name) + "_h").units == "h");
        CHECK(column(build, "solo_" + std::string(term.name) + "_h").units == "h");
    }
    CHECK(std::ranges::find(build.figures, "pue", &Column::name) == build.figures.end());
    CHECK(column(operate, "pue").units == "1");
    CHECK(monthly_of(build).size() == 1);
    CHECK(monthly_of(operate).size() == 4);
    std::set<std::string> names;
    for (auto const& figure : operate.figures) {
        names.insert(figure.name);
        CHECK(figure.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos);
    }
    CHECK(names.size() == operate.figures.size());
}

TEST_CASE("months end with the calendar and the last one with the scenario", "[unit][sweep]")
{
    // 2026-01-01 to 2027-03-11: 365 days, and 31 of January, 28 of February, ten of March.
    auto const ends_s = layout_with({{"/end", "2027-03-11"}}).month_ends_s;
    REQUIRE(ends_s.size() == 15);
    CHECK(ends_s.front() == 31 * d);
    CHECK(std::vector<double>(ends_s.end() - 3, ends_s.end()) == std::vector<double>{396 * d, 424 * d, 434 * d});
    CHECK(layout_with({}).month_ends_s.size() == 18); // to 2027-07-01
}

TEST_CASE("milestones whose names differ by signs only have columns of their own", "[unit][sweep]")
{
    auto const layout = layout_with({{"/targets", R"([{"name": "1 MW", "it_MW": 1}, {"name": "1-MW", "it_MW": 1.2}])"}});
    CHECK(column(layout, "date_1_MW").text == "1 MW");
    CHECK(column(layout, "date_1_MW_2").text == "1-MW");
}

TEST_CASE("variants add what they have more, and dates count from the first one's start", "[unit][sweep]")
{
    auto all = layout_with({});
    auto const before = all;
    merge(all, before);
    CHECK(all == before); // the same adds nothing
    auto const later = layout_with({{"/end", "2027-08-15"}});
    merge(all, later);
    REQUIRE(all.month_ends_s.size() == 20);
    // 2027-07-01 is 365 + 181 days after 2026-01-01; July has 31 days, and 14 of August are left.
    CHECK(std::vector<double>(all.month_ends_s.end() - 3, all.month_ends_s.end()) == std::vector<double>{546 * d, 577 * d, 591 * d});
    CHECK(all.figures == before.figures);
}

TEST_CASE("a variant that starts earlier has months before the start, and its dates are counted anew", "[unit][sweep]")
{
    auto all = layout_with({});
    auto const earlier = layout_with({{"/start", "2025-12-01"}, {"/targets", R"([{"name": "goal", "it_MW": 1}])"}});
    CHECK(shift_s(all, earlier) == -31 * d); // December
    merge(all, earlier);
    CHECK(all.start == "2026-01-01");
    CHECK(all.month_ends_s.size() == 19);
    CHECK(all.month_ends_s.front() == 0.0); // the end of December
    CHECK(std::ranges::is_sorted(all.month_ends_s));
    CHECK(column(all, "date_goal").units == "seconds since 2026-01-01T00:00:00Z");
}

TEST_CASE("a variant with another campus has it behind the others", "[unit][sweep]")
{
    auto all = layout_with({});
    auto variant = all;
    variant.campuses = {"north", "site"};
    variant.figures.push_back({"date_north_complete", date_units(variant), "north complete"});
    merge(all, variant);
    CHECK(all.campuses == std::vector<std::string>{"site", "north"});
    CHECK(column(all, "date_north_complete").text == "north complete");
}
