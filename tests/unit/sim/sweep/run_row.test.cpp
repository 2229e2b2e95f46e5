// What a sweep keeps of a run is what the run's own file says.
#include "sim/sweep/run_row.hpp"

#include "sim/record/h5_reader.hpp"
#include "sim/run/child.hpp"
#include "sim/run/simulate.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <numeric>

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double d = 86400.0;

/// The fixture with changes, and its baseline: of the fixture as written.
PlannedScenario planned_with(std::vector<Override> const& changes)
{
    auto const as_written = load_scenario(small_campus());
    auto variant = load_scenario(small_campus(), changes);
    auto plan = fit_plan(make_plan(as_written.buildout), as_written.buildout, variant.buildout);
    return {.scenario = std::move(variant), .plan = std::move(plan)};
}

/// One row, in a process of its own.
RunRow row_of(std::vector<Override> const& changes, std::uint32_t replicate, Layout const& layout)
{
    return run_row_from_bytes(in_child([&] { return to_bytes(run_row(planned_with(changes), replicate, layout)); }));
}

Layout layout_with(std::vector<Override> const& changes, Detail detail)
{
    return layout_of(load_scenario(small_campus(), changes).buildout, detail);
}

std::map<std::string, double> by_name(Layout const& layout, RunRow const& row)
{
    std::map<std::string, double> figures;
    REQUIRE(layout.figures.size() == row.figures.size());
    for (std::size_t i = 0; i < layout.figures.size(); ++i) {
        figures[layout.figures[i].name] = row.figures[i];
    }
    return figures;
}

/// Equal, or both NaN.
bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

double sum(std::vector<float> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// The file that `aidcsim run` writes.
h5::Reader result_of(Folder const& folder, std::string const& words)
{
    auto const file = folder / "run.h5";
    auto const command = std::string(AIDC_BINARY) + " run " + small_campus().string() + " -o " + file.string() + " --force -q " + words;
    REQUIRE(std::system(command.c_str()) == 0);
    return h5::Reader(file);
}

} // namespace

TEST_CASE("figures of a run are, to the last bit, those of the file that aidcsim run writes", "[unit][sweep]")
{
    auto const operate = GENERATE(false, true);
    auto const replicate = GENERATE(0u, 3u);
    Folder const folder;
    auto const layout = layout_with({{"/crews/builders/teams", "2"}}, operate ? Detail::operate : Detail::build);
    auto const figures = by_name(layout, row_of({{"/crews/builders/teams", "2"}}, replicate, layout));
    auto const file =
        result_of(folder, "--set /crews/0/teams=2 --replicate " + std::to_string(replicate) + (operate ? "" : " --detail build"));
    INFO(operate << " " << replicate);
    std::size_t compared = 0;
    for (auto const& entry : file.entries()) {
        auto const name = entry.path.substr(entry.path.rfind('/') + 1);
        if (entry.path.starts_with("/summary/") && name != "status" && name != "simulated_until") {
            INFO(name);
            REQUIRE(figures.contains(name));
            CHECK(same(figures.at(name), file.scalar(entry.path)));
            ++compared;
        }
    }
    CHECK(compared >= (operate ? 20u : 10u));
    auto const names = file.labels("/dates/name");
    auto const actual = file.column("/dates/actual");
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const at = std::ranges::find(layout.figures, names[i], &Column::text);
        REQUIRE(at != layout.figures.end());
        CHECK(same(figures.at(at->name), actual[i]));
    }
    auto const terms_there = file.labels("/ledger_term/term");
    for (auto const* const kind : {"share", "solo"}) {
        auto const hours = file.column("/ledger_term/" + std::string(kind) + "_accelerator_h"); // [hall, term]
        for (std::size_t j = 0; j < terms_there.size(); ++j) {
            double all_halls = 0.0;
            for (std::size_t h = 0; h * terms_there.size() < hours.size(); ++h) {
                all_halls += hours[h * terms_there.size() + j];
            }
            auto const name = (std::string(kind) == "share" ? "not_live_" : "solo_") + terms_there[j] + "_h";
            CHECK_THAT(figures.at(name), WithinRel(all_halls, 1e-12)); // the file has no sum of halls: added in another order
        }
    }
}

TEST_CASE("the fingerprint of a run is that of the file of all replicates", "[unit][sweep]")
{
    Folder const folder;
    auto const layout = layout_with({}, Detail::build);
    auto const file = result_of(folder, "--replicates 3 --detail build");
    auto const hashes = file.entry("/replicate_summary/world_hash"); // int64: doubles would lose the last digits
    REQUIRE(hashes.type == "int64");
    auto const rounded = file.column("/replicate_summary/world_hash");
    for (std::uint32_t r = 0; r < 3; ++r) {
        auto const hash = static_cast<std::int64_t>(row_of({}, r, layout).world_hash);
        CHECK(static_cast<double>(hash) == rounded[r]);
    }
}

TEST_CASE("months add up to the run", "[unit][sweep]")
{
    auto const layout = layout_with({}, Detail::operate);
    auto const row = row_of({}, 1, layout);
    auto const figures = by_name(layout, row);
    REQUIRE(row.monthly.size() == 4);
    CHECK(row.monthly[0].size() == 18);
    CHECK(row.monthly[0].back() == static_cast<float>(figures.at("live_W")));    // one campus: at the end all that lives
    CHECK_THAT(sum(row.monthly[1]), WithinRel(figures.at("it_energy_J"), 1e-6)); // float32 rounds each month by 6e-8
    CHECK_THAT(sum(row.monthly[2]), WithinRel(figures.at("facility_energy_J"), 1e-6));
    CHECK_THAT(sum(row.monthly[3]), WithinRel(figures.at("water_kg"), 1e-6));
    CHECK_THAT(sum(row.gate_h), WithinRel(figures.at("not_live_accelerator_h"), 1e-6));
    for (std::size_t m = 1; m < 18; ++m) {
        CHECK(row.monthly[0][m] >= row.monthly[0][m - 1]); // nothing is taken down in this fixture
    }
    // Of a build alone the live power and the gates are the same.
    auto const build = row_of({}, 1, layout_with({}, Detail::build));
    CHECK(build.monthly[0] == row.monthly[0]);
    CHECK(build.gate_h == row.gate_h);
}

TEST_CASE("a run of a variant stands in the layout of all: dates shifted, its months in their places, NaN elsewhere", "[unit][sweep]")
{
    std::vector<Override> const changes{{"/start", "2025-12-01"}, {"/end", "2027-05-01"}};
    auto all = layout_with({}, Detail::build);
    auto const own = layout_with(changes, Detail::build);
    merge(all, own);
    all.figures.push_back({"date_of_others", date_units(all), "a milestone of other points"});
    auto const row = row_of(changes, 2, all), alone = row_of(changes, 2, own);
    auto const there = by_name(all, row), here = by_name(own, alone);
    CHECK(row.world_hash == alone.world_hash);
    for (auto const& column : own.figures) {
        INFO(column.name);
        double const shift = column.units == date_units(own) ? -31 * d : 0.0; // December
        CHECK(same(there.at(column.name), here.at(column.name) + shift));
    }
    CHECK(std::isnan(there.at("date_of_others")));
    // All months: December 2025 to June 2027, 19; of the variant the first 17.
    REQUIRE(row.monthly[0].size() == 19);
    CHECK(std::vector<float>(row.monthly[0].begin(), row.monthly[0].begin() + 17) == alone.monthly[0]);
    CHECK((std::isnan(row.monthly[0][17]) && std::isnan(row.monthly[0][18])));
    CHECK(std::vector<float>(row.gate_h.begin(), row.gate_h.end() - 2 * 9) == alone.gate_h); // nine terms
    CHECK(std::isnan(row.gate_h.back()));
}

TEST_CASE("a row survives the pipe", "[unit][sweep]")
{
    RunRow const row{.figures = {1.0, -0.0, 1e300}, .monthly = {{1.0F, 2.0F}, {}}, .gate_h = {3.0F}, .world_hash = 0xffffffffffffffffULL};
    CHECK(run_row_from_bytes(to_bytes(row)) == row);
    auto const layout = layout_with({}, Detail::operate);
    auto const none = missing_row(layout);
    CHECK(none.figures.size() == layout.figures.size());
    CHECK(std::ranges::all_of(none.figures, [](double x) { return std::isnan(x); }));
    CHECK(none.monthly.size() == 4);
    CHECK(none.gate_h.size() == 18 * 9);
    CHECK(to_bytes(run_row_from_bytes(to_bytes(none))) == to_bytes(none));
}
