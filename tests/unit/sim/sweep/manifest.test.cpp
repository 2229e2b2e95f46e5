// The folder of a sweep: planning it, opening it, and what was changed behind its back.
#include "sim/sweep/manifest.hpp"

#include "sim/run/request.hpp"
#include "sim/scenario/sha256.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <csignal>
#include <sys/resource.h>

using namespace aidc;
using namespace aidc::test;

namespace {

/// Limits the size of files that are written, as a full disk does, while it lives.
class NoSpace {
  public:
    explicit NoSpace(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN); // write() then fails with EFBIG
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const now{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~NoSpace() { setrlimit(RLIMIT_FSIZE, &before_); }
    NoSpace(NoSpace const&) = delete;
    NoSpace& operator=(NoSpace const&) = delete;

  private:
    rlimit before_{};
};

std::string complaint_about_opening(std::filesystem::path const& folder)
{
    return complaint_of([&] { check_unchanged(open_sweep(folder)); });
}

PlannedSweep planned(SweepSpec const& spec) { return plan_sweep(spec, {.jobs = 2, .quiet = true}); }

} // namespace

TEST_CASE("a planned sweep is a folder with the plan, the points and copies of its inputs", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(3, 4));
    CHECK(files_of(folder / "s") == std::vector<std::string>{"blocks", "inputs", "logs", "manifest.json", "points.csv"});
    CHECK(bytes_of(folder / "s/inputs/small_campus.json") == bytes_of(small_campus()));
    CHECK(sha256(bytes_of(folder / "s/points.csv")) == sweep.manifest.points_sha256);
    CHECK(sweep.manifest.program == program_name());
    CHECK(sweep.manifest.run_s > 0.0);
    CHECK(sweep.points.size() == 6);
    CHECK(sweep.runs() == 18);
    CHECK(sweep.blocks() == 5); // 18 runs by 4
    CHECK(sweep.runs_of(3) == 4);
    CHECK(sweep.runs_of(4) == 2);
    CHECK(sweep.first_run(4) == 16);
    CHECK(sweep.run(16).point == 5);
    CHECK(sweep.run(16).replicate == 1);
    CHECK(to_json(sweep.manifest) == bytes_of(folder / "s/manifest.json")); // what is written reads back
}

TEST_CASE("common streams count replicates, own streams count runs", "[unit][sweep]")
{
    Folder const folder;
    auto spec = small_spec(2);
    CHECK(planned_in(folder / "common", spec).stream(5) == 1);
    spec.streams = PointStreams::own;
    CHECK(planned_in(folder / "own", spec).stream(5) == 5);
}

TEST_CASE("the block is a power of two of 256 at most, and no larger than the sweep", "[unit][sweep]")
{
    auto spec = small_spec(1, 0);
    auto const block = planned(spec).manifest.sweep.block;
    CHECK((block == 1 || block == 2 || block == 4)); // 6 runs
    spec.replicates = 1'000'000;
    auto const large = planned(spec).manifest.sweep.block;
    CHECK(large <= 256);
    CHECK((large & (large - 1)) == 0);
}

TEST_CASE("a folder that holds the same sweep stays as it is; another sweep and other files are refused", "[unit][sweep]")
{
    Folder const folder;
    auto const same = planned(small_spec());
    CHECK(write_sweep(same, folder / "s"));
    auto const before = bytes_of(folder / "s/manifest.json");
    CHECK_FALSE(write_sweep(same, folder / "s"));
    CHECK_FALSE(write_sweep(planned(small_spec(1, 5)), folder / "s")); // the same runs in other blocks: the folder's count
    CHECK(bytes_of(folder / "s/manifest.json") == before);
    CHECK_THAT(complaint_of([&] { write_sweep(planned(small_spec(2)), folder / "s"); }), ContainsSubstring("holds another sweep"));
    write(folder / "file", "mine");
    CHECK_THAT(complaint_of([&] { write_sweep(same, folder / "file"); }), ContainsSubstring("is a file"));
    CHECK_THAT(complaint_of([&] { write_sweep(same, folder / "file/below"); }), ContainsSubstring("cannot be written"));
    CHECK_THAT(complaint_of([&] { write_sweep(same, folder.path()); }), ContainsSubstring("is not empty and no sweep"));
    CHECK(bytes_of(folder / "file") == "mine");
    CHECK(bytes_of(folder / "s/manifest.json") == before);
}

TEST_CASE("a plan that was interrupted before its manifest is planned again", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned(small_spec());
    write_sweep(sweep, folder / "s");
    std::filesystem::remove(folder / "s/manifest.json");
    write(folder / "s/manifest.json.part-123", "{\"for");
    write(folder / "s/inputs/small_campus.json", "half");
    CHECK(write_sweep(sweep, folder / "s"));
    CHECK(complaint_about_opening(folder / "s").empty());
}

TEST_CASE("without space there is no plan, rather than half of one", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned(small_spec());
    for (rlim_t const bytes : {0u, 10u, 1000u, 6000u}) { // the copy of the scenario has 7 kB
        INFO(bytes);
        std::string complaint;
        {
            NoSpace const full(bytes);
            complaint = complaint_of([&] { write_sweep(sweep, folder / "s"); });
        }
        CHECK_THAT(complaint, ContainsSubstring("cannot be written"));
        CHECK_FALSE(std::filesystem::exists(folder / "s/manifest.json"));
    }
    CHECK(write_sweep(sweep, folder / "s")); // and when there is space again, it is made
    CHECK(complaint_about_opening(folder / "s").empty());
}

TEST_CASE("what is no folder of a sweep is told how to make one", "[unit][sweep]")
{
    Folder const folder;
    CHECK_THAT(complaint_of([&] { open_sweep(folder / "nowhere"); }), ContainsSubstring("aidcsim sweep plan"));
    CHECK_THAT(complaint_of([&] { open_sweep(folder.path()); }), ContainsSubstring("no manifest.json"));
    for (auto const* const text : {"", "{", "[]", "{}", "{\"format\": \"aidcsim-scenario\"}", "\xff\xfe", "{\"format\": 1}"}) {
        INFO(text);
        write(folder / "manifest.json", text);
        CHECK_THAT(complaint_of([&] { open_sweep(folder.path()); }), ContainsSubstring("manifest.json"));
    }
}

TEST_CASE("a manifest that was edited gives no other points and no other program", "[unit][sweep]")
{
    Folder const folder;
    planned_in(folder / "s", small_spec());
    auto const path = folder / "s/manifest.json";
    auto const sound = bytes_of(path);
    struct Edit {
        std::string from, to, part;
    };
    for (auto const& [from, to, part] : {
             Edit{"=40,60,80", "=40,60,81", "it was edited"},
             Edit{"=40,60,80", "=40,60", "it was edited"},
             Edit{"=40,60,80", "=80:40", "it was edited"},
             Edit{"\"sample\": \"grid\"", "\"sample\": \"list\"", "it was edited"},
             Edit{"\"points\": 6", "\"points\": 7", "it was edited"},
             Edit{"\"points\": 6", "\"points\": 0", "/points"},
             Edit{"\"block\": 2", "\"block\": 0", "is no plan of a sweep"},
             Edit{"\"replicates\": 1", "\"replicates\": 0", "/sweep/replicates"},
             Edit{"\"replicates\": 1", "\"replicates\": \"many\"", "/sweep/replicates"},
             Edit{"\"replicates\"", "\"replicate\"", "/sweep/replicate"},
             Edit{"\"version\": 1", "\"version\": 2", "is no plan of a sweep"},
             Edit{"small_campus.json\",\n   \"sha256", "other.json\",\n   \"sha256", "it was edited"},
             Edit{program_name(), "aidcsim 9.9.9", "was planned by aidcsim 9.9.9 and this is aidcsim"},
         }) {
        INFO(from << " -> " << to);
        write(path, sound);
        edit(path, from, to);
        CHECK_THAT(complaint_about_opening(folder / "s"), ContainsSubstring(part));
    }
    write(path, sound);
    CHECK(complaint_about_opening(folder / "s").empty());
}

TEST_CASE("inputs and points that were changed or lost after the plan are refused before anything runs", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    auto const input = folder / "s/inputs/small_campus.json", csv = folder / "s/points.csv";
    auto const sound = bytes_of(input), sound_points = bytes_of(csv);
    write(input, sound + " ");
    CHECK_THAT(complaint_about_opening(folder / "s"), ContainsSubstring("was changed after the sweep was planned"));
    CHECK_THAT(complaint_of([&] { work(sweep); }), ContainsSubstring("was changed after the sweep was planned"));
    std::filesystem::remove(input);
    CHECK_THAT(complaint_about_opening(folder / "s"), ContainsSubstring("must be copied as a whole"));
    write(input, sound);
    edit(csv, "0,40,1", "0,41,1");
    CHECK_THAT(complaint_about_opening(folder / "s"), ContainsSubstring("points.csv"));
    write(csv, sound_points);
    CHECK(complaint_about_opening(folder / "s").empty());
    CHECK(files_of(folder / "s/blocks").empty());
}

TEST_CASE("the identity is that of the runs: not of blocks, of the time a run takes or of the folder", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec());
    auto other = sweep.manifest;
    other.run_s = 77.0;
    other.sweep.block = 5;
    CHECK(identity_of(other) == sweep.identity);
    CHECK(planned_in(folder / "t", small_spec()).identity == sweep.identity);
    for (auto const& change : std::vector<std::function<void(Manifest&)>>{
             [](Manifest& m) { m.program += "x"; },
             [](Manifest& m) { m.sweep.replicates = 2; },
             [](Manifest& m) { m.sweep.streams = PointStreams::own; },
             [](Manifest& m) { m.sweep.operate = true; },
             [](Manifest& m) { m.sweep.set = {"/seed=2"}; },
             [](Manifest& m) { m.sweep.vary.front() += ",90"; },
             [](Manifest& m) { m.inputs.front().sha256.front() ^= 1; },
             [](Manifest& m) { m.layout.figures.pop_back(); },
         }) {
        auto changed = sweep.manifest;
        change(changed);
        CHECK(identity_of(changed) != sweep.identity);
    }
}

TEST_CASE("a scenario that is not there is called by its name", "[unit][sweep]")
{
    for (auto const& path : {std::string("no_such.json"), std::string("no/such.json"), std::string("/no/such.json")}) {
        INFO(path);
        CHECK_THAT(complaint_of([&] { planned({.scenario = path, .vary = {"/a=1,2"}}); }), ContainsSubstring("such.json"));
    }
}

TEST_CASE("points that are no valid scenario are told once each, with the values that make them", "[unit][sweep]")
{
    auto spec = small_spec();
    spec.vary = {"backlog:/makers/gensets/backlog_units=40,-1,-2", "teams:/crews/builders/teams=1,2"};
    auto const text = complaint_of([&] { planned(spec); });
    CHECK_THAT(text, ContainsSubstring("/makers/0/backlog_units | is -1 and must be at least 0"));
    CHECK_THAT(text, ContainsSubstring("[point 2: backlog=-1, teams=1; and 1 more points]"));
    CHECK_THAT(text, ContainsSubstring("4 of 6 points are no valid scenarios"));
    spec.keep_invalid = true;
    CHECK(planned(spec).invalid == 4);
    spec.vary = {"backlog:/makers/gensets/backlog_units=-1,-2"};
    CHECK_THAT(complaint_of([&] { planned(spec); }), ContainsSubstring("2 of 2 points are no valid scenarios")); // nothing would be left
}

TEST_CASE("a pointer that does not exist is told with the one that was meant", "[unit][sweep]")
{
    struct Bad {
        char const *vary, *meant;
    };
    for (auto const& [vary, meant] : {
             Bad{"/makers/genset/backlog_units=40,60", "did you mean \"gensets\"?"},
             Bad{"/makers/gensets/backlog_unit=40,60", "did you mean \"backlog_units\"?"},
             Bad{"/crew/builders/teams=1,2", "did you mean"},
             Bad{"/makers/7/backlog_units=40,60", "no such place in the scenario"},
         }) {
        INFO(vary);
        auto spec = small_spec();
        spec.vary = {vary};
        auto const text = complaint_of([&] { planned(spec); });
        CHECK_THAT(text, ContainsSubstring(meant));
        CHECK_THAT(text, ContainsSubstring("2 of 2 points"));
    }
}
