#include "sim/scenario/plan_file.hpp"

#include "scenario_case.hpp"

#include <filesystem>
#include <fstream>

using namespace aidc;
using namespace aidc::test;

namespace {

/// A file that goes away.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string const& text) : path_(std::filesystem::temp_directory_path() / "aidcsim_plan_file.json")
    {
        std::ofstream(path_) << text;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

Buildout small()
{
    Buildout b;
    b.name = "small";
    b.start = "2026-01-01";
    b.start_day = 20454;
    b.makers = {{.name = "maker"}};
    b.orders = {{.name = "order", .maker = {0}}};
    b.lots = {{.order = {0}, .number = 0}, {.order = {0}, .number = 1}};
    b.activities.resize(2);
    b.activities[0].name = "site/shell";
    b.activities[1].name = "site/never";
    b.halls = {{.name = "site/A/1"}};
    return b;
}

Plan plan()
{
    ActivityDates const done{
        .ready = 1, .supplied = 1024 * 86400LL, .started = 1024 * 86400LL + 1, .worked = 2048 * 86400LL, .finished = 2048 * 86400LL};
    LotDates lot;
    lot.placed = 0;
    lot.dock = 12345678901;
    return {.activities = {done, {}}, .lots = {lot, {}}, .halls = {{{.from = 77, .it_W = 1234.5, .accelerators = 8.0}}}};
}

std::string problems_in_plan(std::string const& text)
{
    TemporaryFile const file(text);
    return text_of(problems_of([&] { read_plan(file.path(), small()); }));
}

} // namespace

TEST_CASE("a plan comes back from its file to the tick")
{
    TemporaryFile const file(plan_json(small(), plan()));
    auto const back = read_plan(file.path(), small());
    REQUIRE(back.activities.size() == 2);
    CHECK(back.activities[0].ready == 1);
    CHECK(back.activities[0].started == 1024 * 86400LL + 1);
    CHECK(back.activities[0].finished == 2048 * 86400LL);
    CHECK(back.activities[1].finished == never);
    CHECK(back.lots[0].dock == 12345678901);
    CHECK(back.lots[0].made == never);
    REQUIRE(back.halls[0].size() == 1);
    CHECK(back.halls[0][0].from == 77);
    CHECK(back.halls[0][0].it_W == 1234.5);
}

TEST_CASE("a plan is read by name: what is new was not planned, what is gone is forgotten")
{
    TemporaryFile const file(plan_json(small(), plan()));
    auto other = small();
    other.activities[0].name = "site/new";
    other.orders[0].name = "another";
    other.halls.push_back({.name = "site/A/2"});
    auto const back = read_plan(file.path(), other);
    CHECK(back.activities[0].finished == never);
    CHECK(back.lots[0].dock == never);
    CHECK(back.halls[0].size() == 1);
    CHECK(back.halls[1].empty());
}

TEST_CASE("a scenario that begins later keeps the days of its plan")
{
    TemporaryFile const file(plan_json(small(), plan()));
    auto later = small();
    later.start_day += 1;
    auto const back = read_plan(file.path(), later);
    CHECK(back.activities[0].finished == 1024 * 86400LL); // a day earlier on the new clock
    CHECK(back.activities[0].ready == 0);                 // was before the start
}

TEST_CASE("a file that is no plan is refused with what to do")
{
    CHECK_THAT(problems_in_plan("{}"), ContainsSubstring("is no baseline of version 1; make one with: aidcsim baseline"));
    CHECK_THAT(problems_in_plan(R"({"format": "aidcsim-baseline", "version": 1})"), ContainsSubstring("has no \"activities\""));
    auto text = plan_json(small(), plan());
    text.replace(text.find("\"finished_s\": ") + 14, 1, "-");
    CHECK_THAT(problems_in_plan(text), ContainsSubstring("/activities/site~1shell/finished_s") && ContainsSubstring("needs a date"));
    CHECK_THAT(problems_in_plan(R"({"format": "aidcsim-baseline", "version": 1, "start_day": 20454, "activities": {}, "lots": {},
                                   "halls": {"site/A/1": [{"from_s": 5, "it_W": 1, "accelerators": 1}, {"from_s": 4, "it_W": 1, "accelerators": 1}, {}]}})"),
               ContainsSubstring("is before the step before it") && ContainsSubstring("needs from_s, it_W and accelerators"));
}
