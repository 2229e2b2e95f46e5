// Queues of jobs in runs: what they hold, what they cost, who sends them away; audited against the ladder, the ledger and the power.
#include "demand_run.hpp"

#include "sim/engine/streams.hpp"
#include "sim/process/jobs.hpp"

#include <algorithm>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// A queue "lab" on the contract "lab".
std::string queue(std::string const& streams, std::string const& more = "")
{
    return R"({"name": "lab", "contract": "lab", "streams": [)" + streams + "]" + (more.empty() ? "" : ", " + more) + "}";
}

/// Contract and queue that own the whole campus.
std::string lab_of_all(std::string const& streams, std::string const& more = "")
{
    return R"({"contracts": [)" + contract("lab", 960) + R"(], "jobs": [)" + queue(streams, more) + "]}";
}

/// Jobs of a team, from 8 to 256 accelerators, more than there is room for.
std::string const team =
    R"({"name": "team", "checkpoint_every_min": 30, "checkpoint_write_s": 30, "restart_min": 15, "interruptions_per_year": 2,
  "mix": {"between_min": {"shape": "exponential", "mean": 25}, "run_h": {"shape": "lognormal", "median": 3, "p90": 18}, "estimate_factor": 1.5,
          "sizes": [{"accelerators": 8, "weight": 4}, {"accelerators": 64, "weight": 4}, {"accelerators": 256, "weight": 1}]}})";

/// One job, from midnight of the first day.
std::string job(char const* name, unsigned accelerators, double work_h, std::string const& more = "")
{
    return R"({"name": ")" + std::string(name) + R"(", "run": {"from": "2026-07-13", "accelerators": )" + std::to_string(accelerators)
           + R"(, "work_h": )" + std::to_string(work_h) + "}" + (more.empty() ? "" : ", " + more) + "}";
}

Json fault(std::string const& text) { return Json::parse(R"({"name": "fault", "campus": "site", )" + text + "}"); }

/// Jobs of all columns, to compare runs.
std::vector<double> jobs_in(Facts const& facts, std::string const& name)
{
    std::vector<double> all;
    for (auto const* column : {"id", "accelerators", "submit_s", "start_s", "end_s", "allocated_s", "lost_s", "evictions"}) {
        auto const& values = facts.at("job " + name + " " + column);
        all.insert(all.end(), values.begin(), values.end());
    }
    std::ranges::replace_if(
        all, [](double value) { return std::isnan(value); }, -1.0);
    return all;
}

} // namespace

TEST_CASE("what jobs held by their records is what contract and pool gave out, and the ladder goes down", "[process][demand]")
{
    auto const facts = run_demand(resolved(demand_tree(lab_of_all(team))));
    double const held_s = held_by_jobs_s(facts, "lab");
    CHECK(held_s > 0.8 * accelerators_of_campus * 7.0 * day_s); // more is asked than there is
    CHECK_THAT(sum(facts.at("pool site/h200 allocated")), WithinRel(held_s, 1e-9));
    CHECK_THAT(sum(facts.at("total pool site/h200 allocated")), WithinRel(held_s, 1e-9));
    CHECK_THAT(sum(facts.at("total contract lab allocated_s")), WithinRel(held_s, 1e-9));
    double const writing_s = held_by_jobs_s(facts, "lab", "writing_s");
    CHECK(writing_s > 0.0);
    double const busy_s = sum(facts.at("total pool site/h200 busy"));
    CHECK(busy_s < held_s);                                                                            // some restart
    CHECK_THAT(sum(facts.at("total pool site/h200 productive")), WithinRel(busy_s - writing_s, 1e-6)); // an end falls on the next tick
    for (auto const* part : {"pool site/h200", "total pool site/h200"}) {
        CHECK(is_ladder(facts, part, 1e-6));
    }
    // The campus stands, nothing fails and all is sold: five rungs are one.
    for (auto const* rung : {"design", "ready", "live", "working", "sold"}) {
        INFO(rung);
        CHECK_THAT(sum(facts.at("total pool site/h200 " + std::string(rung))), WithinRel(accelerators_of_campus * 7.0 * day_s, 1e-12));
    }
}

TEST_CASE("power of a row is idle power and what its jobs add, by closed form", "[process][demand]")
{
    auto const facts = run_demand(resolved(demand_tree(lab_of_all(team))));
    auto const& it_J = facts.at("campus site it_J");
    auto const& busy_s = facts.at("pool site/h200 busy");
    for (std::size_t i = 0; i < it_J.size(); ++i) {
        double const row_s = facts.at("row s")[i];
        double const busy = busy_s[i] / (accelerators_of_campus * row_s);
        REQUIRE_THAT(it_J[i], WithinRel(racks_of_campus * h200_budget_W * row_s * (h200_idle + busy * (h200_draw - h200_idle)), 1e-9));
    }
}

TEST_CASE("hours that interruptions roll back are those that jobs lost", "[process][demand]")
{
    auto const facts = run_demand(resolved(demand_tree(lab_of_all(team))));
    double const lost_s = held_by_jobs_s(facts, "lab", "lost_s");
    CHECK(lost_s > 0.0);
    CHECK(sum(facts.at("job lab interruptions")) > 10.0);
    CHECK_THAT(hours_by_cause_s(facts, Cause::rolled_back) + sum(facts.at("total pool site/h200 rolled_back_left")),
               WithinRel(lost_s, 1e-9));
    CHECK(sum(facts.at("total pool site/h200 rolled_back_left")) == 0.0);
}

TEST_CASE("jobs whose racks lose their power go back to their checkpoints and come again", "[process][demand]")
{
    auto tree =
        demand_tree(lab_of_all(job("long", 480, 100.0, R"("checkpoint_every_h": 5, "restart_min": 30)") + "," + job("short", 240, 10.0)));
    // Neither grid nor gensets from 14:00 to 17:00 of the third day.
    tree["faults"] = {
        fault(R"("at": "2026-07-15", "at_h": 14, "for_h": 3, "group": "feeds/grid")"),
        Json::parse(R"({"name": "sets", "campus": "site", "at": "2026-07-15", "at_h": 13, "for_h": 4, "group": "gensets", "units": 4})")};
    auto const facts = run_demand(resolved(tree));
    CHECK(facts.at("event window_opened").size() >= 1);
    REQUIRE(facts.at("job lab id").size() == 2);
    CHECK(facts.at("job lab evictions") == std::vector<double>{0.0, 1.0}); // in the order of their ends
    // 62 h of work and what batteries bridge; the last checkpoint is that of 60 h.
    double const lost_s = facts.at("job lab lost_s")[1];
    CHECK(lost_s > 2.0 * hour_s);
    CHECK(lost_s < 2.0 * hour_s + 600.0); // batteries for five minutes at full load
    CHECK_THAT(facts.at("job lab end_s")[1] - facts.at("job lab allocated_s")[1], WithinAbs(3.0 * hour_s, 1800.0)); // dark, then boots
    // What throttled, while nothing cooled, took longer.
    double const slow_s = hours_by_cause_s(facts, Cause::throttled) / accelerators_of_campus;
    CHECK_THAT(facts.at("job lab allocated_s")[1], WithinRel(100.0 * hour_s + lost_s + 1800.0 + slow_s, 1e-5));
    CHECK_THAT(hours_by_cause_s(facts, Cause::rolled_back), WithinRel(480.0 * lost_s, 1e-9));
    CHECK(is_ladder(facts, "pool site/h200", 1e-6));
    CHECK(std::ranges::min(facts.at("queue lab capacity")) == 0.0);
    CHECK(facts.at("queue lab capacity").back() == 960.0);
}

TEST_CASE("a pod that trips takes the jobs of its hall's share only", "[process][demand]")
{
    auto tree = demand_tree(lab_of_all(job("a", 480, 200.0) + "," + job("b", 480, 200.0)));
    tree["faults"] = {fault(R"("at": "2026-07-15", "at_h": 10, "for_h": 8, "group": "A/cdus", "units": 2)")};
    auto const facts = run_demand(resolved(tree));
    REQUIRE(facts.at("job lab id").size() == 2);
    CHECK(sum(facts.at("job lab evictions")) == 1.0); // the other hall works on
    // The job that may not run waits for the 480 of a hall; those of the other pods are free meanwhile.
    CHECK(std::ranges::min(facts.at("queue lab capacity")) == 720.0);
    CHECK(std::ranges::min(facts.at("queue lab used")) == 480.0);
    double const held_s = held_by_jobs_s(facts, "lab");
    CHECK_THAT(sum(facts.at("total pool site/h200 allocated")), WithinRel(held_s, 1e-3)); // steps of the window: capacity lags by one
    CHECK_THAT(hours_by_cause_s(facts, Cause::rolled_back), WithinRel(held_by_jobs_s(facts, "lab", "lost_s"), 1e-9));
}

TEST_CASE("chips that throttle slow the jobs", "[process][demand]")
{
    auto tree = demand_tree(lab_of_all(job("all", 960, 100.0)));
    tree["racks"][0]["accelerator"] = Json::parse(R"({"use": "nvidia_h200", "throttle_case_C": 50})");
    auto const facts = run_demand(resolved(tree));
    double const took_s = facts.at("job lab end_s")[0] - facts.at("job lab start_s")[0];
    CHECK(took_s > 101.0 * hour_s);
    // A row goes at the speed that the row before left.
    auto const& it_J = facts.at("campus site it_J");
    auto const& cut_J = facts.at("campus site throttled_J");
    double work_s = 0.0;
    for (std::size_t i = 0; i < it_J.size(); ++i) {
        double const speed = i > 0 ? 1.0 - cut_J[i - 1] / (it_J[i - 1] + cut_J[i - 1]) : 1.0;
        double const from_s = facts.at("row from")[i];
        work_s += speed * std::clamp(took_s - from_s, 0.0, facts.at("row s")[i]);
    }
    CHECK_THAT(work_s, WithinRel(100.0 * hour_s, 1e-6));
}

TEST_CASE("a capped import sends jobs away and keeps power under the cap; they come back", "[process][demand]")
{
    std::string jobs;
    for (int i = 0; i < 15; ++i) {
        jobs += (i > 0 ? "," : "") + job(("j" + std::to_string(i)).c_str(), 64, 200.0);
    }
    auto tree = demand_tree(lab_of_all(jobs));
    tree["step_min"] = 15;
    tree.erase("step_h");
    tree["faults"] = {fault(R"("at": "2026-07-15", "at_h": 12, "for_h": 6, "import_cap_kW": 900)")};
    // Gensets that can carry the site take over: 4 of 600 kW and 900 kW of import are more than the 1.7 MW that all of it takes.
    auto const backed = run_demand(resolved(tree));
    CHECK(std::ranges::min(backed.at("queue lab capacity")) == 960.0);
    tree["campuses"][0].erase("gensets");
    auto const facts = run_demand(resolved(tree));
    auto const& import_J = facts.at("campus site import_J");
    auto const& capacity = facts.at("queue lab capacity");
    double most_W = 0.0;
    for (std::size_t i = 0; i < import_J.size(); ++i) {
        double const hour = facts.at("row from")[i] / hour_s - 48.0;
        if (hour >= 12.0 && hour < 17.75) { // capacity is that of the end of a row
            most_W = std::max(most_W, import_J[i] / 900.0);
            CHECK(capacity[i] < 960.0);
            CHECK(facts.at("queue lab used")[i] <= capacity[i]);
        }
    }
    CHECK(most_W < 900e3 * 1.001);
    CHECK(most_W
          > 900e3 * (1.0 - 0.15)); // a job of 64 is 0.036 of it; 0.11 is for the cooling of the design day, that this one does not need
    CHECK(capacity.back() == 960.0);
    CHECK(facts.at("queue lab used").back() == 960.0);
    CHECK(sum(facts.at("job lab evictions")) >= 1.0);
    CHECK(is_ladder(facts, "pool site/h200", 1e-6));
}

TEST_CASE("the same seed gives the same jobs, another one gives others, another campus changes none", "[process][demand]")
{
    auto tree = demand_tree(lab_of_all(team));
    tree["end"] = "2026-07-16";
    auto const first = run_demand(resolved(tree));
    auto const again = run_demand(resolved(tree));
    CHECK(again.at("world hash") == first.at("world hash"));
    CHECK(jobs_in(again, "lab") == jobs_in(first, "lab"));
    auto other_seed = tree;
    other_seed["seed"] = 2;
    auto const other = run_demand(resolved(other_seed));
    CHECK(jobs_in(other, "lab") != jobs_in(first, "lab"));
    CHECK(other.at("world hash") != first.at("world hash"));
    CHECK(jobs_in(run_demand(resolved(tree), {.replicate = 1}), "lab") != jobs_in(first, "lab"));

    auto two = tree;
    auto const add = [](Json& list, char const* name, char const* key) {
        auto copy = list[0];
        copy["name"] = name;
        copy[key] = "other";
        list.insert(list.begin(), copy); // before the first
    };
    add(two["campuses"], "other", "name");
    add(two["demand"]["contracts"], "lab of other", "campus");
    add(two["demand"]["jobs"], "lab of other", "name");
    two["demand"]["jobs"][0]["contract"] = "lab of other";
    auto const both = run_demand(resolved(two));
    CHECK(jobs_in(both, "lab") == jobs_in(first, "lab"));
    CHECK(jobs_in(both, "other") != jobs_in(first, "lab")); // draws of its own
}

TEST_CASE("rows of any length see the same jobs", "[process][demand]")
{
    auto const policy = GENERATE("fcfs", "easy", "priority");
    auto tree = demand_tree(lab_of_all(team, R"("policy": ")" + std::string(policy) + "\""));
    auto const hourly = run_demand(resolved(tree));
    tree.erase("step_h");
    tree["step_min"] = 15;
    auto const quarters = run_demand(resolved(tree));
    INFO(policy);
    CHECK_THAT(held_by_jobs_s(quarters, "lab"), WithinRel(held_by_jobs_s(hourly, "lab"), 1e-9));
    CHECK_THAT(sum(quarters.at("total contract lab productive_s")), WithinRel(sum(hourly.at("total contract lab productive_s")), 1e-9));
    CHECK(jobs_in(quarters, "lab") == jobs_in(hourly, "lab"));
}

TEST_CASE("a run of dates alone has the same jobs", "[process][demand]")
{
    auto const b = resolved(demand_tree(lab_of_all(team, R"("policy": "fcfs")")));
    auto const operate = run_demand(b);
    auto const build = run_demand(b, {.detail = Detail::build});
    CHECK(jobs_in(build, "lab") == jobs_in(operate, "lab"));
    CHECK_THAT(sum(build.at("total pool site/h200 productive")), WithinRel(sum(operate.at("total pool site/h200 productive")), 1e-9));
    // The plan knows no jobs.
    auto const median = run_demand(b, {.draws = Draws::median, .detail = Detail::build});
    CHECK_FALSE(median.contains("job lab id"));
    CHECK(sum(median.at("total pool site/h200 allocated")) == 0.0);
}

TEST_CASE("held time that is off by a thousandth is found", "[process][demand]")
{
    auto const b = resolved(demand_tree(lab_of_all(job("a", 480, 10.0))));
    auto const close = [&b](double factor) {
        in_child([&] {
            NoObserver nobody;
            Streams const streams(b.seed, 0);
            World world = make_world(b, 0);
            Simulation sim;
            Signals signals(b);
            Plan const plan;
            Granters const granters = find_granters(b, plan);
            Run run{.buildout = b,
                    .plan = plan,
                    .shocks = {},
                    .draws = Draws::seeded,
                    .detail = Detail::build,
                    .world = world,
                    .sim = sim,
                    .streams = streams,
                    .observer = nobody,
                    .signals = signals,
                    .granters = granters,
                    .lines = {},
                    .month_ends = {},
                    .settle_asked = {0}};
            make_jobs(run);
            size_jobs(run, *run.jobs[0], std::vector<double>{480.0, 480.0}, {.working = 960.0, .speed = 1.0});
            sim.run_until(ticks(20.0 * hour_s));
            auto const sums = take_jobs(run, *run.jobs[0]);
            run.jobs[0]->held_s += (factor - 1.0) * sums.allocated_s;
            close_jobs(run);
            return std::string();
        });
    };
    CHECK_NOTHROW(close(1.0));
    CHECK_THROWS_WITH(close(1.001), ContainsSubstring("accelerator-hours of jobs"));
}

TEST_CASE("odd jobs: after the end, larger than a hall, open at the end", "[process][demand]")
{
    auto const late = R"({"name": "late", "run": {"from": "2026-08-13", "accelerators": 8, "work_h": 1}})";
    auto b = resolved(
        demand_tree(lab_of_all(job("endless", 8, 1000.0) + "," + job("spans", 600, 10.0) + "," + job("whole", 600, 10.0) + "," + late)));
    b.job_loads[0].streams[2].rules.one_cell = true; // a scenario that says so is not read
    auto const facts = run_demand(b);
    CHECK(facts.at("job lab stream") == std::vector<double>{1.0, 0.0, 2.0}); // ended, then open by submission; none of "late"
    CHECK(facts.at("job lab allocated_s")[1] == 7.0 * day_s);
    CHECK(std::isinf(facts.at("job lab end_s")[1]));
    CHECK(std::isnan(facts.at("job lab start_s")[2])); // waits for ever, and lets the others pass
    CHECK_THAT(sum(facts.at("total pool site/h200 productive")), WithinRel(8.0 * 7.0 * day_s + 6000.0 * hour_s, 1e-9));
}

TEST_CASE("streams of one queue may submit at one instant, whatever the numbers of their jobs", "[process][demand]")
{
    auto const many = R"({"name": "many", "run": {"from": "2026-07-13", "accelerators": 8, "work_h": 1, "runs": 4, "every_days": 1}})";
    auto const one = R"({"name": "one", "run": {"from": "2026-07-15", "accelerators": 8, "work_h": 1}})";
    auto const facts = run_demand(resolved(demand_tree(lab_of_all(std::string(many) + "," + one))));
    CHECK(facts.at("job lab id").size() == 5);
    CHECK_THAT(held_by_jobs_s(facts, "lab"), WithinRel(5.0 * 8.0 * hour_s, 1e-9));
}

TEST_CASE("what jobs lose when their contract ends is in the ledger", "[process][demand]")
{
    auto const more = std::string(R"("until": "2026-07-16")");
    auto const facts = run_demand(resolved(demand_tree(R"({"contracts": [)" + contract("lab", 960, more) + R"(], "jobs": [)"
                                                       + queue(job("a", 480, 200.0, R"("checkpoint_every_h": 48)")) + "]}")));
    CHECK_THAT(facts.at("job lab lost_s")[0], WithinRel(24.0 * hour_s, 1e-6)); // ends after 72 h, saved after 48 h
    CHECK_THAT(hours_by_cause_s(facts, Cause::rolled_back), WithinRel(480.0 * 24.0 * hour_s, 1e-6));
    CHECK(facts.at("queue lab capacity").back() == 0.0);
}
