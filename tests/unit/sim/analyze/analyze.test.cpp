#include "sim/analyze/analyze.hpp"

#include "sim/record/h5_reader.hpp"
#include "tests/unit/sim/analyze/case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double day = 86400.0;

std::vector<std::string> texts_of(Analysis const& analysis)
{
    std::vector<std::string> texts;
    for (auto const& output : analysis.outputs) {
        texts.push_back(output.text);
    }
    return texts;
}

} // namespace

TEST_CASE("figures and parameters can be named, a parameter with the name of a figure by another one", "[unit][sweep]")
{
    auto const names = measure_names(closed_form_layout(), {parse_vary("teams:/t=1,2"), parse_vary("pue:/p=1,2")});
    CHECK(names.names.front() == "live_W");
    CHECK(names.names[8] == "teams");
    CHECK(names.names[9] == "pue_parameter");
    CHECK(names.is_date == std::vector<bool>{false, true, false, false, true, true, true, true, false, false});
    CHECK(names.start == "2026-01-01");
}

TEST_CASE("what people want is live power, first rack, hours, PUE, targets and complete campuses, if these are few", "[unit][sweep]")
{
    auto layout = closed_form_layout();
    CHECK(usual_outputs(layout) == std::vector<std::string>{"live_W", "first_live", "pue", "date_400_MW", "date_site_complete"});
    for (auto const* const name : {"b", "c", "d", "e"}) {
        layout.campuses.emplace_back(name);
        layout.figures.push_back({std::string("date_") + name + "_complete", date_units(layout), std::string(name) + " complete"});
    }
    CHECK(usual_outputs(layout) == std::vector<std::string>{"live_W", "first_live", "pue", "date_400_MW"});
}

TEST_CASE("an analysis has the value of every run and the statistic of every point", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = done_sweep(folder / "s");
    auto const analysis = analyze(sweep, {.of = {"live_W/1e6 + a", "P80: first_live", "min: live_W"}, .quiet = true});
    REQUIRE(analysis.outputs.size() == 3);
    CHECK(analysis.complete());
    CHECK(analysis.runs_there == std::vector<std::size_t>(6, 2));
    auto const& sum = analysis.outputs[0];
    CHECK(sum.by_run == std::vector<double>{111, 112, 121, 122, 131, 132, 212, 213, 222, 223, 232, 233});
    CHECK(sum.by_point == std::vector<double>{111.5, 121.5, 131.5, 212.5, 222.5, 232.5});
    CHECK_FALSE(sum.of_points);
    CHECK(sum.units.empty());
    CHECK(sum.name == "live_W_1e6_a");
    CHECK(sum.study.all.reached == 12);
    CHECK(sum.study.responses[0].swing == 101.0);
    CHECK(sum.study.responses[1].swing == 20.0);
    CHECK_FALSE(analysis.ranking);

    auto const& date = analysis.outputs[1];
    CHECK(date.is_date);
    CHECK(date.of_points);
    CHECK(date.by_run.back() == infinity);
    CHECK(date.by_point == std::vector<double>{11 * day, 11 * day, 11 * day, 21 * day, 21 * day, infinity});
    CHECK(date.study.all.reached == 5);
    CHECK(date.study.all.never == 1);
    CHECK(date.words == "first rack live");

    CHECK(analysis.outputs[2].units == "W");
    CHECK(analysis.outputs[2].study.all.greatest == 230e6); // the least of two replicates
}

TEST_CASE("the usual outputs are there without being asked for; which vary is told", "[unit][sweep]")
{
    Folder const folder;
    auto const analysis = analyze(done_sweep(folder / "s"), {.quiet = true});
    CHECK(texts_of(analysis) == std::vector<std::string>{"live_W", "first_live", "pue", "date_400_MW", "date_site_complete"});
    CHECK(analysis.outputs[0].study.all.varies());
    CHECK_FALSE(analysis.outputs[2].study.all.varies());
    CHECK(analysis.outputs[3].study.all.never == 6);
    CHECK(analysis.outputs[3].study.responses[0].levels[1].output.reached == 0);
}

TEST_CASE("the deviation of one date is a span of time, not a date", "[unit][sweep]")
{
    Folder const folder;
    auto const analysis = analyze(done_sweep(folder / "s"), {.of = {"sd: first_live"}, .quiet = true});
    auto const& sd = analysis.outputs.front();
    CHECK_FALSE(sd.is_date);
    CHECK(sd.units == "s");
    CHECK_THAT(sd.by_point[0], WithinRel(day * std::sqrt(0.5), 1e-12)); // two values a day apart
    CHECK(std::isnan(sd.by_point[5]));
}

TEST_CASE("missing blocks and failed runs are left out and counted", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = closed_form_sweep(folder / "s");
    write_closed_form(sweep, 0, {2});
    write_closed_form(sweep, 2);
    auto const analysis = analyze(sweep, {.of = {"live_W/1e6"}, .quiet = true});
    CHECK_FALSE(analysis.complete());
    CHECK(analysis.missing == 4);
    CHECK(analysis.failed == 1);
    CHECK(analysis.runs_there == std::vector<std::size_t>{2, 1, 0, 0, 2, 2});
    auto const& live = analysis.outputs.front();
    CHECK(live.by_point[1] == 121.0); // of the one replicate that is there
    CHECK(std::isnan(live.by_point[2]));
    CHECK(live.study.all.reached == 7);
    CHECK(live.study.all.absent == 5);
}

TEST_CASE("a damaged block is taken as missing, with the reason", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = done_sweep(folder / "s");
    write(sweep.block_file(1), "no HDF5");
    auto const analysis = analyze(sweep, {.of = {"live_W"}, .quiet = true});
    CHECK(analysis.missing == 4);
    REQUIRE(analysis.complaints.size() == 1);
    CHECK_THAT(analysis.complaints.front(), ContainsSubstring("000001.h5"));
}

TEST_CASE("without a single run there is nothing to say", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = closed_form_sweep(folder / "s");
    CHECK_THAT(complaint_of([&] { analyze(sweep, {.quiet = true}); }), ContainsSubstring("has no run to look at (12 missing, 0 failed)"));
    write(sweep.block_file(0), "no HDF5");
    CHECK_THAT(complaint_of([&] { analyze(sweep, {.quiet = true}); }), ContainsSubstring("000000.h5")); // and why it is missing
}

TEST_CASE("everything that is wrong with the questions is told at once", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = done_sweep(folder / "s");
    auto const complaint = complaint_of([&] {
        analyze(sweep, {.of = {"live_w", "live_W"}, .objective = "median: pue", .minimize = false, .where = {"pue < 3"}, .quiet = true});
    });
    CHECK_THAT(complaint, ContainsSubstring("--of \"live_w\" |  | no figure or parameter is called \"live_w\"; did you mean \"live_W\"?"));
    CHECK_THAT(complaint, ContainsSubstring("--maximize \"median: pue\""));
    CHECK_THAT(complaint, ContainsSubstring("--where \"pue < 3\""));
}

TEST_CASE("the best points are those of the objective that meet the conditions", "[unit][sweep]")
{
    // Greatest power with 400 MW by day 20: a = 1 only, b = 10 or 20. The objective is an output as well, once.
    Folder const folder;
    auto const sweep = done_sweep(folder / "s");
    auto const analysis = analyze(
        sweep, {.of = {"live_W"}, .objective = "live_W", .minimize = false, .where = {"P80: date_400_MW <= 2026-01-21"}, .quiet = true});
    CHECK(texts_of(analysis) == std::vector<std::string>{"live_W"});
    REQUIRE(analysis.ranking);
    CHECK(analysis.ranking->meeting == 2);
    CHECK(analysis.ranking->points[0].point == 1);
    CHECK(analysis.ranking->points[1].point == 0);
    CHECK(analysis.ranking->points[2].point == 2); // misses by nine days; the others are never reached
    REQUIRE(analysis.conditions.size() == 1);
    CHECK(analysis.conditions.front().output.by_point[3] == infinity);
    CHECK(analysis.conditions.front().output.is_date);
}

TEST_CASE("an output that is asked for twice is there once, and every dataset has a name of its own", "[unit][sweep]")
{
    Folder const folder;
    auto const analysis = analyze(done_sweep(folder / "s"), {.of = {"a+b", "a-b", " a+b ", "mean: a+b"}, .quiet = true});
    REQUIRE(analysis.outputs.size() == 3);
    CHECK(analysis.outputs[0].name == "a_b");
    CHECK(analysis.outputs[1].name == "a_b_2");
    CHECK(analysis.outputs[2].name == "mean_a_b");
}

TEST_CASE("the file has what the analysis has", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = done_sweep(folder / "s");
    auto const analysis = analyze(sweep, {.of = {"live_W", "first_live"},
                                          .objective = "live_W",
                                          .minimize = false,
                                          .where = {"P80: date_400_MW <= 2026-01-21"},
                                          .quiet = true});
    auto const path = folder / "analysis.h5";
    write_analysis(path, sweep, analysis);
    h5::Reader const file(path);
    CHECK(file.attribute("/", "sweep") == sweep.identity);
    CHECK(file.attribute("/", "sampling") == "grid");
    CHECK(file.attribute("/", "maximize") == "live_W");
    CHECK(file.labels("/output/output") == std::vector<std::string>{"live_W", "first_live"});
    CHECK(file.labels("/output/units")[0] == "W");
    CHECK(file.column("/output/mean")[0] == 170.5e6); // 150 of a, 20 of b, 0.5 of the replicate
    CHECK(file.column("/output/never") == std::vector<double>{0, 1});
    CHECK(file.column("/output/p90")[1] == 21 * day); // rank 11 of 12
    CHECK(file.labels("/response/label") == std::vector<std::string>{"1", "2", "10", "20", "30"});
    CHECK(file.column("/response/parameter") == std::vector<double>{0, 0, 1, 1, 1});
    CHECK(file.column("/response/mean")[0] == 120.5e6);
    CHECK(file.column("/tornado/swing")[0] == 100e6);
    CHECK(file.column("/tornado/swing")[1] == 20e6);
    CHECK(file.column("/point/b") == std::vector<double>{10, 20, 30, 10, 20, 30});
    CHECK(file.column("/point_value/live_W")[5] == 230.5e6);
    CHECK(file.column("/point_value/rank") == std::vector<double>{1, 0, 2, 5, 4, 3});
    CHECK(file.column("/point_value/meets") == std::vector<double>{1, 1, 0, 0, 0, 0});
    CHECK(std::isnan(file.column("/point_value/first_live")[5])); // missing: times of CF are never infinite
    CHECK(file.column("/run_value/first_live")[10] == 20 * day);
    CHECK(file.labels("/condition/measure").front() == "P80: date_400_MW");
    CHECK_FALSE(file.has("/morris"));
    CHECK_FALSE(file.has("/sobol"));

    auto const again = folder / "again.h5";
    write_analysis(again, sweep, analysis);
    CHECK(bytes_of(path) == bytes_of(again));
}

TEST_CASE("a sweep without parameters has its quantiles and nothing else", "[unit][sweep]")
{
    Folder const folder;
    auto sweep = closed_form_sweep(folder / "s");
    sweep.manifest.sweep.vary = {};
    sweep.points = {};
    REQUIRE(sweep.points.size() == 1);
    std::vector<BlockRun> runs(2, {.row = missing_row(sweep.manifest.layout), .error = {}});
    runs[0].row.figures[0] = 1e6;
    runs[1].row.figures[0] = 3e6;
    write_block(sweep, 0, runs);
    auto const analysis = analyze(sweep, {.of = {"live_W"}, .objective = "live_W", .quiet = true});
    CHECK(analysis.outputs.front().study.all.mean == 2e6);
    CHECK(analysis.outputs.front().study.responses.empty());
    CHECK(analysis.ranking->points.size() == 1);
    CHECK_NOTHROW(write_analysis(folder / "analysis.h5", sweep, analysis));
}
