#include "models/build/activity.hpp"

#include "tests/catch.hpp"

#include <set>
#include <string>

using namespace aidc;

TEST_CASE("the table of stages is complete and in the order of the stages", "[unit][build]")
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        INFO(std::string(stages[i].name));
        CHECK(static_cast<std::size_t>(stages[i].stage) == i);
        CHECK(&info(stages[i].stage) == &stages[i]);
        CHECK_FALSE(stages[i].name.empty());
        names.insert(stages[i].name);
    }
    CHECK(names.size() == stage_count);
    CHECK(static_cast<std::size_t>(Stage::retirement) + 1 == stage_count); // burn_in is the last
}

TEST_CASE("every stage of work has a cause of lateness that is work", "[unit][build]")
{
    std::set<std::string_view> const of_work{"grid", "building", "it"};
    for (auto const& row : stages) {
        INFO(std::string(row.name));
        CHECK(of_work.contains(info(row.cause).family));
    }
}

TEST_CASE("all levels of commissioning are one cause", "[unit][build]")
{
    auto const level = GENERATE(Stage::L1, Stage::L2, Stage::L3, Stage::L4, Stage::L5);
    CHECK(info(level).cause == Cause::commissioning);
}

TEST_CASE("work without a calendar runs through every day", "[unit][build]")
{
    auto const from = GENERATE(Tick{0}, Tick{12345}, 40 * day_ticks);
    CHECK(work_done(from, 10.0 * day_s, nullptr) == from + 10 * day_ticks);
    CHECK(work_done(from, 0.0, nullptr) == from);
}

TEST_CASE("work on a calendar keeps its days off", "[unit][build]")
{
    // Start on a Friday (5), Saturday and Sunday off: three days of work are Friday, Monday, Tuesday.
    WorkCalendar const week{.name = "week", .day_off = {true, false, false, false, false, false, true}, .holidays = {}, .start_weekday = 5};
    CHECK(work_done(0, 3.0 * day_s, &week) == 5 * day_ticks);
    CHECK(work_done(0, 3.0 * day_s, &week) == after_work(week, 0, 3.0 * day_s));
}
