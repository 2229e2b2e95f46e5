// Contracts, services and queues of jobs: what is wrong with them, at its pointer; logs that they name; and the way back.
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

/// The fixture (4 racks of 24 H200) with a service, a queue of all three kinds of streams, and a contract of its own.
Json with_demand(std::string const& patch = "")
{
    auto tree = tree_of(fixture());
    tree["demand"] = Json::parse(R"({
      "contracts": [
        {"name": "chat", "campus": "site", "rack": "h200", "committed": [{"from": "2026-05-01", "accelerators": 48}, {"from": "2026-07-01", "it_kW": 60}]},
        {"name": "lab", "campus": "site", "rack": "h200", "committed": [{"from": "2026-05-01", "it_kW": 32}], "until": "2026-12-01"},
        {"name": "other", "campus": "site", "committed": [{"from": "2026-05-01", "it_kW": 10}], "busy_mean": 0.6, "busy_swing": 0.4, "peak_h": 21,
         "rack_up_months": 6, "mature": 0.9, "price_per_kWh": 0.1, "damages_per_kWh": 0.2, "grace_days": 5, "damages_cap": 0.1, "term_days": 100,
         "displaces": [{"contract": "chat", "share": 0.5}]}
      ],
      "inference": [{
        "name": "service", "asked": [{"from": "2025-05-01", "tokens_per_day": 1e9}, {"from": "2026-06-01", "tokens_per_day": 2e9}], "growth_per_year": 2,
        "regions": [{"name": "here", "share": 0.7}, {"name": "there", "share": 0.3, "ahead_h": -8, "prefers": ["chat"]}],
        "served": [{"contract": "chat", "tokens_per_s": 1000, "slots": 20, "tokens_each": 2000, "replica": 8}]
      }],
      "jobs": [{
        "name": "queue", "contract": "lab", "policy": "priority", "placement": "leftmost", "borrows": "chat",
        "fabric": {"domain": 8, "scale_up_GB_per_s": 450, "scale_out_Gb_per_s": 400, "uplink_Gb_per_s": 1000, "latency_s": 5e-6},
        "streams": [
          {"name": "run", "priority": 2, "checkpoint_every_min": 30, "checkpoint_write_s": 20, "restart_min": 10, "interruptions_per_year": 0.2,
           "run": {"from": "2026-06-01", "accelerators": 24, "parameters": 1e9, "tokens": 1e10, "mfu": 0.4, "runs": 2, "every_days": 30},
           "traffic": {"compute_s": 1, "sum_GB": 2}},
          {"name": "mix", "mix": {"between_h": {"shape": "exponential", "mean": 2}, "run_h": 4, "sizes": [{"accelerators": 8, "weight": 1}]}}
        ]
      }]
    })");
    return patch.empty() ? tree : tree.patch(Json::parse("[" + patch + "]"));
}

std::string put(std::string const& path, std::string const& value)
{
    return R"({"op": "add", "path": "/demand)" + path + R"(", "value": )" + value + "}";
}
std::string drop(std::string const& path) { return R"({"op": "remove", "path": "/demand)" + path + "\"}"; }

/// A patch of the demand, the pointer below /demand of the problem that it makes, and a part of its message.
void check_demand(std::vector<Case> const& cases)
{
    for (auto const& c : cases) {
        INFO(c.patch);
        auto const problems = problems_in(with_demand(c.patch));
        INFO(text_of(problems));
        CHECK(names(problems, "/demand" + c.pointer, c.part));
        CHECK(problems.size() <= 5); // what hangs on it is told too: here nearly all hangs on all
    }
}

std::string const two = "/contracts/0"; // the contract of the service
std::string const chat = "/inference/0";
std::string const jobs = "/jobs/0";
std::string const run = jobs + "/streams/0";
std::string const mix = jobs + "/streams/1";

std::string log_stream(std::string const& log) { return R"({"name": "log", "log": {)" + log + "}}"; }

/// Loads the demand with a log from a folder of its own.
std::vector<Problem> problems_with_log(std::string const& text, std::string const& more = "", std::string const& patch = "")
{
    Folder const folder;
    folder.write("jobs.csv", text);
    auto const tree =
        with_demand(put(jobs + "/streams/-", log_stream(R"("file": "jobs.csv")" + more)) + (patch.empty() ? "" : "," + patch));
    return problems_of([&] { load_scenario_text(tree.dump(2), "case.json", folder.path()); });
}

} // namespace

TEST_CASE("the demand of these tests is a good one", "[scenario][demand]")
{
    INFO(text_of(problems_in(with_demand())));
    CHECK(problems_in(with_demand()).empty());
}

TEST_CASE("faults of contracts", "[scenario][demand]")
{
    check_demand({
        {put(two + "/campus", "\"sight\""), two + "/campus", "no campus is called \"sight\""},
        {put(two + "/rack", "\"h20\""), two + "/rack", "no kind of rack is called \"h20\"; did you mean \"h200\"?"},
        {put("/contracts/1/name", "\"chat\""), "/contracts/1/name", "\"chat\" is the name of an earlier one"},
        {put(two + "/committed/1/from", "\"2026-05-01\""), two + "/committed/1/from", "is not after the step before"},
        {put(two + "/committed/0/from", "\"2025-05-01\""), two + "/committed/0/from", "is before the start of the scenario"},
        {put(two + "/committed/0/it_kW", "60"), two + "/committed/0", "has both \"it\" and \"accelerators\""},
        {put("/contracts/2/committed/0", R"({"from": "2026-05-01", "accelerators": 8})"), "/contracts/2/committed/0/accelerators",
         "counts accelerators and the contract names no \"rack\""},
        {put("/contracts/1/until", "\"2025-12-01\""), "/contracts/1/until", "is before the start of the scenario"},
        {put("/contracts/1/term_days", "20"), "/contracts/1/term_days", "and \"until\" both end the contract"},
        {drop("/contracts/2/price_per_kWh"), "/contracts/2/damages_per_kWh", "has no \"price\""},
        {put("/contracts/2/busy_mean", "0.8"), "/contracts/2/busy_swing", "makes more than all accelerators busy at the peak"},
        {drop("/contracts/2/busy_mean"), "/contracts/2", "says nothing of what \"other\" does with its accelerators"},
        {put("/contracts/1/busy_mean", "0.5"), "/contracts/1/busy_mean", "and a service or a queue of jobs both say how busy it is"},
        {put("/contracts/2/displaces/0/contract", "\"chap\""), "/contracts/2/displaces/0/contract",
         "no contract is called \"chap\"; did you mean \"chat\"?"},
        {put("/contracts/2/displaces/0/contract", "\"other\""), "/contracts/2/displaces/0/contract", "is the contract itself"},
        {put(two + "/displaces", R"([{"contract": "other"}])"), "/contracts", "displace each other in a circle"},
        {put("/contracts/2/displaces/0/share", "1.5"), "/contracts/2/displaces/0/share", "must be"},
        {put("/contracts/2/mature", "1.1"), "/contracts/2/mature", "must be"},
    });
}

TEST_CASE("a contract of racks that are nowhere planned, or without accelerators", "[scenario][demand]")
{
    auto tree = with_demand();
    auto blank = tree["racks"][0];
    blank["name"] = "blank";
    blank["server"]["accelerators"] = 0;
    tree["racks"].push_back(blank);
    tree["demand"]["contracts"][0]["rack"] = "blank";
    auto const problems = problems_in(tree);
    INFO(text_of(problems));
    CHECK(names(problems, "/demand/contracts/0/rack", "no rack of blank is planned at site"));
    CHECK(names(problems, "/demand/contracts/0/committed/0/accelerators", "a rack of blank has none; write it_MW"));
    CHECK(names(problems, "/demand/inference/0/served/0/contract", "\"chat\" is served with blank, which have no accelerators"));
}

TEST_CASE("nobody moves over to another campus", "[scenario][demand]")
{
    auto tree = with_demand();
    auto far = tree["campuses"][0];
    far["name"] = "far";
    tree["campuses"].push_back(far);
    tree["demand"]["contracts"][0]["campus"] = "far";
    auto const problems = problems_in(tree);
    INFO(text_of(problems));
    CHECK(names(problems, "/demand/contracts/2/displaces/0/contract", "\"chat\" is at another campus; customers move over within one"));
    CHECK(names(problems, "/demand/jobs/0/borrows", "\"chat\" has another campus or kind of rack than \"lab\""));
}

TEST_CASE("faults of services", "[scenario][demand]")
{
    auto const again = R"({"name": "more", "asked": [{"from": "2026-05-01", "tokens_per_s": 1}],
                           "served": [{"contract": "chat", "tokens_per_s": 1000, "tokens_each": 2000}]})";
    std::string const by_hour = chat + "/course";
    auto const levels = [](char const* level) {
        std::string all = R"({"by_hour": [)";
        for (int h = 0; h < 24; ++h) {
            all += std::string(h > 0 ? ", " : "") + level;
        }
        return all + "]}";
    };
    check_demand({
        {put("/inference/-", again), "/inference/1/served/0/contract", "\"chat\" has a service or a queue of jobs already"},
        {put("/inference/-", again) + "," + put("/inference/1/name", "\"service\""), "/inference/1/name", "is the name of an earlier one"},
        {put(chat + "/asked/1/from", "\"2025-05-01\""), chat + "/asked/1/from", "is not after the date before"},
        {put(chat + "/asked", "[]"), chat + "/asked", "is empty"},
        {put(chat + "/asked/0/tokens_per_day", "0"), chat + "/asked/0/tokens_per_day", "must be"},
        {put(chat + "/served", "[]"), chat + "/served", "is empty (nobody would serve it)"},
        {put(chat + "/served/0/contract", "\"chad\""), chat + "/served/0/contract", "no contract is called \"chad\""},
        {put(chat + "/served/0/contract", "\"other\""), chat + "/served/0/contract", "\"other\" names no kind of rack"},
        {put(chat + "/regions/0/share", "0.6"), chat + "/regions", "have shares that add up to 0.9; make them 1"},
        {put(chat + "/regions/1/prefers", R"(["lab"])"), chat + "/regions/1/prefers/0", "\"lab\" is none of the contracts in \"served\""},
        {put(by_hour, levels("0")), by_hour + "/by_hour", "are all 0"},
        {put(by_hour, levels("1")) + "," + put(by_hour + "/by_hour/3", "-1") + "," + drop(by_hour + "/by_hour/4"), by_hour + "/by_hour/3",
         "is -1 and must be at least 0"},
        {put(by_hour, R"({"by_hour": [1, 2]})"), by_hour + "/by_hour", "24"},
        {put(chat + "/wait_probability", "1"), chat + "/wait_probability", "must be"},
    });
}

TEST_CASE("faults of queues of jobs", "[scenario][demand]")
{
    auto const again =
        R"({"name": "more", "contract": "lab", "streams": [{"name": "s", "run": {"from": "2026-06-01", "accelerators": 8, "work_h": 1}}]})";
    check_demand({
        {put("/jobs/-", again), "/jobs/1/contract", "\"lab\" has a service or a queue of jobs already"},
        {put("/jobs/-", again) + "," + put("/jobs/1/name", "\"queue\""), "/jobs/1/name", "is the name of an earlier one"},
        {put(jobs + "/contract", "\"lap\""), jobs + "/contract", "no contract is called \"lap\"; did you mean \"lab\"?"},
        {put(jobs + "/policy", "\"lifo\""), jobs + "/policy", "lifo"},
        {put(jobs + "/placement", "\"left\""), jobs + "/placement", "left"},
        {put(jobs + "/streams", "[]"), jobs + "/streams", "is empty (no job would ever come)"},
        {put(jobs + "/borrows", "\"chap\""), jobs + "/borrows", "no contract is called \"chap\""},
        {put(jobs + "/borrows", "\"other\""), jobs + "/borrows", "\"other\" carries no inference service"},
        {put(jobs + "/borrows", "\"lab\""), jobs + "/borrows", "\"lab\" carries no inference service"},
        {drop(run + "/run"), run, "needs exactly one of \"log\", \"run\" and \"mix\""},
        {put(mix + "/run", R"({"from": "2026-06-01", "accelerators": 8, "work_h": 1})"), mix, "needs exactly one of"},
        {drop(run + "/checkpoint_every_min"), run + "/checkpoint_every", "is 0 and checkpoint_write is not"},
        {put(run + "/run/accelerators", "97"), run + "/run/accelerators", "is 97 accelerators and the campus will have 95 of the kind"},
        {put(run + "/run/accelerators", "0"), run + "/run/accelerators", "must be"},
        {put(run + "/run/work_h", "5"), run + "/run", "needs either \"work\" or both \"parameters\" and \"tokens\""},
        {drop(run + "/run/tokens"), run + "/run", "needs either \"work\" or both"},
        {put(run + "/run/mfu", "0"), run + "/run/mfu", "is 0 (the run would never end)"},
        {drop(run + "/run/every_days"), run + "/run/every", "is 0 and there are 2 runs"},
        {put(run + "/run/from", "\"2025-06-01\""), run + "/run/from", "is before the start of the scenario"},
        {put(mix + "/mix/sizes/0/accelerators", "1000"), mix + "/mix/sizes/0/accelerators", "is 1000 accelerators"},
        {put(mix + "/mix/sizes/0/weight", "0"), mix + "/mix/sizes", "has no size with a weight above 0"},
        {put(mix + "/mix/sizes", "[]"), mix + "/mix/sizes", "has no size with a weight above 0"},
        {drop(mix + "/mix/between_h") + "," + put(mix + "/mix/between_h", "0"), mix + "/mix/between_h", "is 0"},
        {put(mix + "/mix/run_h", "0"), mix + "/mix/run_h", "is 0"},
        {put(mix + "/mix/estimate_factor", "0.5"), mix + "/mix/estimate_factor", "must be"},
        {put(mix + "/mix/from", "\"2025-06-01\""), mix + "/mix/from", "is before the start of the scenario"},
        {put(mix + "/mix/until", "\"2025-06-01\""), mix + "/mix/until", "is before the start of the scenario"},
        {put(mix + "/mix/course", R"({"by_hour": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]})"), mix + "/mix/course/by_hour",
         "are all 0"},
        {put(run + "/traffic/compute_s", "0"), run + "/traffic/compute_s", "must be"},
        {put(run + "/traffic/overlap", "2"), run + "/traffic/overlap", "must be"},
        {put(jobs + "/fabric/oversubscription", "0.5"), jobs + "/fabric/oversubscription", "must be"},
    });
}

TEST_CASE("two queues do not borrow the same accelerators", "[scenario][demand]")
{
    auto const more =
        put("/contracts/-", R"({"name": "lab2", "campus": "site", "rack": "h200", "committed": [{"from": "2026-05-01", "it_kW": 32}]})")
        + "," + put("/jobs/-", R"({"name": "second", "contract": "lab2", "borrows": "chat",
                                           "streams": [{"name": "s", "run": {"from": "2026-06-01", "accelerators": 8, "work_h": 1}}]})");
    check_demand({{more, "/jobs/1/borrows", "\"chat\" lends to \"queue\" already"}});
}

TEST_CASE("a gang that may not span halls fits into one", "[scenario][demand]")
{
    // The campus has one hall of 96, of which 0.1 % are under repair: 95 whole ones work; with a second hall it has 190.
    auto tree = with_demand(put(run + "/one_hall", "true") + "," + put(run + "/run/accelerators", "120"));
    auto& halls = tree["campuses"][0]["buildings"][0]["halls"];
    halls.push_back(halls[0]);
    halls[1]["name"] = "2";
    halls[1]["handover_order"] = 2;
    tree["orders"][0]["units"] = 8;
    auto const problems = problems_in(tree);
    INFO(text_of(problems));
    CHECK(
        names(problems, "/demand/jobs/0/streams/0/run/accelerators", "is 120 accelerators and the largest hall will have 95 of the kind"));
    tree["demand"]["jobs"][0]["streams"][0]["one_hall"] = false;
    CHECK_FALSE(names(problems_in(tree), "/demand/jobs/0/streams/0/run/accelerators", "accelerators"));
}

TEST_CASE("several mistakes are told at once", "[scenario][demand]")
{
    auto const problems =
        problems_in(with_demand(put(two + "/campus", "\"sight\"") + "," + put(chat + "/asked", "[]") + "," + put(run + "/run/mfu", "0")
                                + "," + put(mix + "/mix/run_h", "0") + "," + put("/contracts/2/damages_cap", "-1")));
    INFO(text_of(problems));
    CHECK(names(problems, "/demand/contracts/2/damages_cap", "must be")); // what a key may be is told before what they mean together
    auto const meaning = problems_in(with_demand(put("/contracts/2/campus", "\"sight\"") + "," + put(chat + "/asked", "[]") + ","
                                                 + put(run + "/run/mfu", "0") + "," + put(mix + "/mix/run_h", "0")));
    INFO(text_of(meaning));
    CHECK(names(meaning, "/demand/contracts/2/campus", "no campus is called"));
    CHECK(names(meaning, "/demand/inference/0/asked", "is empty"));
    CHECK(names(meaning, "/demand/jobs/0/streams/0/run/mfu", "is 0"));
    CHECK(names(meaning, "/demand/jobs/0/streams/1/mix/run_h", "is 0"));
}

TEST_CASE("a log that is not there, and one with bad rows, are told at the key that names them", "[scenario][demand]")
{
    std::string const good = "submit_s,run_s,processors\n0,100,8\n50,100,95\n";
    std::string const bad = "submit_s,run_s,processors\n0,100,8\n10,1e3,97\n20,x,8\n50,100,95\n";
    CHECK(problems_with_log(good).empty());
    auto const at = "/demand/jobs/0/streams/2/log/file";
    auto const problems = problems_with_log(bad);
    INFO(text_of(problems));
    REQUIRE(problems.size() == 2);
    CHECK(names(problems, at, "jobs.csv:3: asks for 97 processors and the machine has 95"));
    CHECK(names(problems, at, "jobs.csv:4: "));
    CHECK(problems_with_log(bad, R"(, "skip_bad_rows": true)").empty());

    auto const none = problems_in(with_demand(put(jobs + "/streams/-", log_stream(R"("file": "no_such.swf")"))));
    INFO(text_of(none));
    REQUIRE(none.size() == 1);
    CHECK(names(none, at, "no_such.swf"));
    CHECK(names(problems_with_log("submit_s,run_s\n0,1\n"), at, "processors"));
    CHECK(names(problems_with_log("", ""), at, "jobs.csv"));
    CHECK(names(problems_with_log(good, R"(, "format": "pai")"), at, "arrival_time"));
    CHECK(names(problems_with_log(good, R"(, "format": "slurm")"), "/demand/jobs/0/streams/2/log/format", "slurm"));
    CHECK(names(problems_with_log(good, R"(, "from": "2025-01-01")"), "/demand/jobs/0/streams/2/log/from", "is before the start"));
    // A log beside other mistakes.
    auto const both = problems_with_log(bad, "", put(run + "/run/mfu", "0"));
    CHECK(names(both, at, "jobs.csv:3: "));
    CHECK(names(both, "/demand/jobs/0/streams/0/run/mfu", "is 0"));
}

TEST_CASE("jobs of a log are those of the log, from its day on, at the priority of the stream", "[scenario][demand]")
{
    Folder const folder;
    folder.write("jobs.csv", "submit_s,run_s,processors,id,estimate_s,priority\n0,100,8,7,300,1\n50,200,95,9,200,0\nx,1,1,1,1,1\n");
    auto const tree =
        with_demand(put(jobs + "/streams/-",
                        R"({"name": "log", "priority": 3, "log": {"file": "jobs.csv", "skip_bad_rows": true, "from": "2026-02-01"}})"));
    auto const b = load_scenario_text(tree.dump(2), "case.json", folder.path()).buildout;
    auto const& listed = b.job_loads[0].streams[2].listed;
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].submit_s == 31.0 * day_s);
    CHECK(listed[1].submit_s == 31.0 * day_s + 50.0);
    CHECK(listed[0].run_s == 100.0);
    CHECK(listed[0].estimate_s == 300.0);
    CHECK(listed[1].processors == 95);
    CHECK(listed[0].priority == 4);
    CHECK(listed[1].priority == 3);
    CHECK(listed[0].rules == 2);
    CHECK(listed[0].id == 7);
}

TEST_CASE("the buildout holds the demand in SI", "[scenario][demand]")
{
    auto const b = load_scenario_text(with_demand().dump(2), "case.json", source_folder() / "scenarios").buildout;
    // 48 accelerators are two racks of 3 x 10.625 + 0.1 kW.
    CHECK_THAT(b.contracts[0].committed[0].it_W, WithinRel(2.0 * 31975.0, 1e-12));
    CHECK(b.contracts[0].committed[1].it_W == 60e3);
    CHECK(b.contracts[0].load == Load::inference);
    CHECK(b.contracts[1].load == Load::jobs);
    CHECK(b.contracts[2].load == Load::course);
    CHECK(b.contracts[1].until == 334 * day_ticks); // 1 December
    CHECK(b.contracts[2].term_s == 100.0 * day_s);
    CHECK_THAT(b.contracts[2].terms.price_per_J, WithinRel(0.1 / 3.6e6, 1e-12));
    CHECK(b.contract_order == std::vector<Id<Contract>>{{1}, {2}, {0}}); // the first is displaced by the third
    auto const& service = b.services[0];
    CHECK(service.asked.demand[0].from == -245 * day_ticks); // 1 May 2025, before the start
    CHECK_THAT(service.asked.demand[0].tokens_per_s, WithinRel(1e9 / 86400.0, 1e-12));
    CHECK(service.clock.start_weekday == 4); // a Thursday
    CHECK(service.asked.regions[1].utc_offset_s == -8.0 * hour_s);
    CHECK(service.preference == std::vector<std::uint32_t>{0, 0});
    auto const& queue = b.job_loads[0];
    CHECK(queue.borrows == Id<Contract>{0});
    CHECK(queue.streams[0].listed.size() == 2);
    // 6 x 1e9 x 1e10 FLOP on 24 x 989.5e12 x 0.4 FLOP/s.
    CHECK_THAT(queue.streams[0].listed[0].run_s, WithinRel(6e19 / (24.0 * 989.5e12 * 0.4), 1e-12));
    CHECK(queue.streams[0].listed[1].submit_s == (151.0 + 30.0) * day_s);
    CHECK(queue.streams[1].mix[0].until_s == seconds(b.end));
    CHECK(queue.streams[1].mix[0].rules == 1);
    CHECK(queue.streams[0].traffic.bytes == 2e9);
    CHECK(queue.fabric.uplink_B_per_s == 125e9);
}

TEST_CASE("a demand that is resolved reads back to the same", "[scenario][demand]")
{
    Folder const folder;
    folder.write("jobs.csv", "submit_s,run_s,processors\n0,100,8\n50,100,95\n");
    auto const tree = with_demand(put(jobs + "/streams/-", log_stream(R"("file": "jobs.csv", "from": "2026-03-01")")));
    auto const first = load_scenario_text(tree.dump(2), "case.json", folder.path());
    auto const again = load_scenario_text(first.resolved, "resolved.json", folder.path());
    CHECK(again.resolved == first.resolved);
    CHECK(again.buildout.contracts.size() == 3);
    CHECK(again.buildout.contracts[2].terms.damages_per_J == first.buildout.contracts[2].terms.damages_per_J);
    CHECK(again.buildout.job_loads[0].streams[2].listed.size() == 2);
    CHECK(again.buildout.job_loads[0].streams[0].rules.interruptions_per_s
          == first.buildout.job_loads[0].streams[0].rules.interruptions_per_s);
    auto const is_log = [](InputFile const& input) { return input.path.ends_with("jobs.csv"); };
    CHECK(std::ranges::count_if(first.inputs, is_log) == 1); // a run says what it was made from
}
