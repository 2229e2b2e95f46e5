#include "sim/sweep/collect.hpp"

#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"
#include "sim/sweep/block.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <chrono>
#include <cmath>

using namespace aidc;
using namespace aidc::test;

namespace {

CollectOutcome collected(Sweep const& sweep, bool copy = false) { return collect(sweep, {.copy = copy, .quiet = true}); }

/// NaN is equal to NaN here.
bool same(std::vector<double> const& a, std::vector<double> const& b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

std::vector<std::string> datasets_of(h5::Reader const& file)
{
    std::vector<std::string> all;
    for (auto const& entry : file.entries()) {
        all.push_back(entry.path);
    }
    return all;
}

} // namespace

TEST_CASE("the index has every number of every block, run by run", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(2, 5));
    work(sweep);
    auto const outcome = collected(sweep);
    CHECK((outcome.complete() && outcome.runs == 12 && outcome.missing == 0 && outcome.failed == 0));
    h5::Reader const file(outcome.written);
    CHECK(file.attribute("/", "sweep") == sweep.identity);
    CHECK(file.attribute("/", "data_sha256") == outcome.data_sha256);
    CHECK(file.column("/point/backlog") == std::vector<double>{40, 40, 60, 60, 80, 80});
    CHECK(file.column("/point/teams") == std::vector<double>{1, 2, 1, 2, 1, 2});
    CHECK(file.labels("/point/teams_text")[1] == "2");
    CHECK(file.column("/run/point") == std::vector<double>{0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5});
    CHECK(file.column("/run/replicate") == std::vector<double>{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
    CHECK(file.column("/run/status") == std::vector<double>(12, 1.0));
    CHECK(file.text("/point/manifest") == to_json(timeless(sweep.manifest)));
    std::size_t run = 0;
    auto const months = sweep.manifest.layout.month_ends_s.size();
    auto const live = file.column("/run_month/live_W"), gates = file.column("/run_month/not_live_accelerator_h");
    CHECK(file.column("/run_month/month") == sweep.manifest.layout.month_ends_s);
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        for (auto const& kept : read_block(sweep, b)) {
            for (std::size_t f = 0; f < kept.row.figures.size(); ++f) {
                double const there = file.column("/run/" + sweep.manifest.layout.figures[f].name)[run];
                CHECK((there == kept.row.figures[f] || (std::isnan(there) && std::isnan(kept.row.figures[f]))));
            }
            for (std::size_t m = 0; m < months; ++m) {
                CHECK(live[run * months + m] == static_cast<double>(kept.row.monthly[0][m]));
                for (std::size_t t = 0; t < 9; ++t) {
                    CHECK(gates[(run * months + m) * 9 + t] == static_cast<double>(kept.row.gate_h[m * 9 + t]));
                }
            }
            CHECK(file.labels("/run/world_hash")[run].size() == 16);
            ++run;
        }
    }
    CHECK(run == 12);
}

TEST_CASE("the index does not depend on who computed what, when and in which blocks", "[unit][sweep]")
{
    Folder const folder;
    auto const one = planned_in(folder / "one", small_spec(2, 4));
    work_on(one, {.jobs = 1, .quiet = true});
    auto const first = collected(one);
    auto const bytes = bytes_of(first.written);
    CHECK(collected(one).data_sha256 == first.data_sha256);
    CHECK(bytes_of(first.written) == bytes); // again over the old one
    for (auto const& name : files_of(one.folder / "blocks")) {
        std::filesystem::remove(one.folder / "blocks" / name);
    }
    work(one, {.index = 1, .count = 2});
    work(one, {.index = 0, .count = 2});
    collected(one);
    CHECK(bytes_of(first.written) == bytes);
    auto const twin = planned_in(folder / "twin", small_spec(2, 4)), other = planned_in(folder / "other", small_spec(2, 1));
    work(twin);
    work(other);
    CHECK(bytes_of(collected(twin).written) == bytes);
    CHECK(collected(other).data_sha256 == first.data_sha256);
    CHECK(bytes_of(collected(other, true).written) == bytes_of(collected(twin, true).written)); // a copy does not even know the blocks
}

TEST_CASE("missing and damaged blocks are holes, failed runs are rows without numbers", "[unit][sweep]")
{
    auto const copy = GENERATE(false, true);
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 2)); // blocks 0, 1, 2 of two runs
    work(sweep);
    auto runs = read_block(sweep, 2);
    runs[1] = {.row = missing_row(sweep.manifest.layout), .error = "no root, near 7"};
    write_block(sweep, 2, runs);
    auto const whole = collected(sweep, copy).data_sha256;
    write(sweep.block_file(1), bytes_of(sweep.block_file(1)).substr(0, 9000));
    auto const outcome = collected(sweep, copy);
    CHECK((outcome.missing == 2 && outcome.failed == 1 && !outcome.complete()));
    REQUIRE(outcome.complaints.size() == 1);
    CHECK(outcome.data_sha256 != whole);
    {
        h5::Reader const file(outcome.written);
        CHECK(file.column("/run/status") == std::vector<double>{1, 1, 0, 0, 1, 2});
        CHECK(file.labels("/run/error") == std::vector<std::string>{"", "", "", "", "", "no root, near 7"});
        auto const live = file.column("/run/live_W");
        CHECK((live[1] > 0.0 && std::isnan(live[2]) && std::isnan(live[3]) && live[4] > 0.0 && std::isnan(live[5])));
        auto const monthly = file.column("/run_month/live_W");
        for (std::size_t i = 0; i < monthly.size(); ++i) {
            auto const run = i / 18;
            CHECK(std::isnan(monthly[i]) == (run == 2 || run == 3 || run == 5));
        }
    }
    std::filesystem::remove(sweep.block_file(1));
    CHECK(collected(sweep, copy).data_sha256 == outcome.data_sha256); // absent and damaged are the same hole
}

TEST_CASE("an index of nothing yet has rows that are all missing", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    auto const outcome = collected(sweep);
    CHECK((outcome.missing == 6 && outcome.failed == 0));
    h5::Reader const file(outcome.written);
    CHECK(file.column("/run/status") == std::vector<double>(6, 0.0));
    for (double const x : file.column("/run_month/live_W")) {
        CHECK(std::isnan(x));
    }
}

TEST_CASE("a copy and a view of the blocks hold the same, and the copy stands alone", "[unit][sweep]")
{
    Folder const folder;
    auto spec = small_spec(1, 4);
    spec.operate = true;
    spec.vary = {"teams:/crews/builders/teams=1,2"};
    auto const sweep = planned_in(folder / "s", spec);
    work(sweep);
    auto const view = collected(sweep);
    std::filesystem::rename(view.written, sweep.folder / "view.h5");
    auto const copy = collected(sweep, true);
    CHECK(copy.data_sha256 == view.data_sha256);
    {
        h5::Reader const a(sweep.folder / "view.h5"), b(copy.written);
        CHECK(datasets_of(a) == datasets_of(b));
        for (auto const& entry : a.entries()) {
            INFO(entry.path);
            CHECK(a.entry(entry.path).units == b.entry(entry.path).units);
            CHECK((entry.type == "string" || same(a.column(entry.path), b.column(entry.path))));
        }
    }
    std::filesystem::rename(copy.written, folder / "alone.h5");
    CHECK(h5::Reader(folder / "alone.h5").column("/run_month/it_energy_J")[17] > 0.0);
}

TEST_CASE("a folder that is moved as a whole goes on as if nothing had happened", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 2));
    work(sweep, {.index = 0, .count = 2});
    auto const before = h5::Reader(collected(sweep).written).column("/run_month/live_W");
    std::filesystem::create_directory(folder / "else where");
    std::filesystem::rename(folder / "s", folder / "else where/moved");
    {
        h5::Reader const file(folder / "else where/moved/index.h5");
        CHECK(same(file.column("/run_month/live_W"), before));
    }
    auto const moved = open_sweep(folder / "else where/moved");
    CHECK(moved.identity == sweep.identity);
    CHECK(work(moved).blocks == 1);
    auto const whole = planned_in(folder / "t", small_spec(1, 2));
    work(whole);
    CHECK(collected(moved).data_sha256 == collected(whole).data_sha256);
}

TEST_CASE("variants of unequal length and start are collected on one calendar", "[unit][sweep]")
{
    Folder const folder;
    SweepSpec const spec{.scenario = small_campus().string(), .vary = {"/end=2027-07-01,2027-05-01"}, .operate = false, .block = 1};
    auto const sweep = planned_in(folder / "s", spec);
    work(sweep);
    h5::Reader const file(collected(sweep).written);
    auto const live = file.column("/run_month/live_W");
    REQUIRE(live.size() == 2 * 18);
    for (std::size_t m = 0; m < 16; ++m) {
        CHECK(live[m] == live[18 + m]); // the end changes nothing before it
    }
    CHECK((std::isnan(live[34]) && std::isnan(live[35])));
    CHECK(file.column("/point/end") == std::vector<double>{21000.0, 20939.0}); // days since 1970-01-01: 20454 + 546, and 61 less
}

TEST_CASE("what killed workers left half-written is cleared away, what another may be writing now is not", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 6));
    work(sweep);
    auto const old = sweep.folder / "blocks/000000.lost.12.part", young = sweep.folder / "blocks/000000.here.34.part";
    write(old, "half");
    write(young, "half");
    std::filesystem::last_write_time(old, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    CHECK(collected(sweep).complete());
    CHECK(files_of(sweep.folder / "blocks") == std::vector<std::string>{"000000.h5", "000000.here.34.part"});
}
