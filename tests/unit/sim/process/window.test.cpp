// Fault windows in runs: what the ledger says of them, when they open and close, and that nothing else moves.
#include "small_run.hpp"

#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// A number by name, from the child that ran the scenario.
using Facts = std::map<std::string, double>;

/// Everything that these tests look at, of one run.
class Watcher final : public Observer {
  public:
    explicit Watcher(Buildout const& b) : b_(b) {}

    void row(World const& world, Tick from, Tick to) override
    {
        auto const& f = world.campus_books[id<Campus>(0)].row;
        double const day = seconds(from) / day_s;
        row_J[day] = f.it_J + f.import_J;
        genset_J += f.genset_J;
        last_ = seconds(to);
    }
    void event(Event const& event) override
    {
        facts["opened"] += event.kind == EventKind::window_opened ? 1.0 : 0.0;
        facts["closed"] += event.kind == EventKind::window_closed ? 1.0 : 0.0;
        if (event.kind == EventKind::window_opened) {
            facts["opened_at_s"] = seconds(event.at);
        }
        if (event.kind == EventKind::window_closed) {
            facts["closed_at_s"] = seconds(event.at);
        }
    }
    void window(WindowRow const& row) override
    {
        facts["chip_max_C"] = std::max(facts["chip_max_C"], row.now.chip_C);
        least_live = std::min(least_live, row.now.racks_live);
        for (double const after_s : {10.0, 30.0, 120.0, 600.0}) {
            if (row.campus.row == 0 && seconds(row.at - row.began) == after_s) {
                facts["chip after " + std::to_string(after_s)] = row.now.chip_C;
                facts["charge after " + std::to_string(after_s)] = row.now.power.charge;
            }
        }
        facts["windows"] = std::max(facts["windows"], row.window + 1.0);
        facts["campuses"] = std::max(facts["campuses"], row.campus.row + 1.0);
    }
    void window_event(WindowEvent const& event) override
    {
        facts[std::string(window_changes[static_cast<std::size_t>(event.what)])] += 1.0;
    }
    void finish(World const& world, Tick, Ending) override
    {
        double live_s = 0.0;
        double by_cause_s = 0.0;
        for (std::size_t h = 0; h < b_.halls.size(); ++h) {
            auto const& by = world.ledger[id<Hall>(h)].live_accelerator_s;
            auto const& steps = world.halls[id<Hall>(h)].history;
            for (std::size_t i = 0; i < steps.size(); ++i) {
                double const until_s = i + 1 < steps.size() ? seconds(steps[i + 1].from) : last_;
                live_s += steps[i].accelerators * (until_s - seconds(steps[i].from));
            }
            by_cause_s += std::accumulate(by.begin(), by.end(), 0.0);
            for (auto const cause : {Cause::grid_outage, Cause::plant_outage, Cause::tripped, Cause::shed, Cause::throttled,
                                     Cause::rolled_back, Cause::useful}) {
                facts[std::string(info(cause).name)] += by[index(cause)] / hour_s;
            }
        }
        facts["live_s"] = live_s;
        facts["by_cause_s"] = by_cause_s;
        facts["genset_J"] = genset_J;
        facts["racks_least"] = least_live;
        for (auto const& [day, J] : row_J) {
            facts["row " + std::to_string(day)] = J;
        }
    }

    Facts facts;

  private:
    Buildout const& b_;
    std::map<double, double> row_J;
    double last_{};
    double genset_J{};
    double least_live = 1e9;
};

Buildout scenario(std::string const& name, std::vector<Override> const& overrides = {})
{
    return load_scenario(std::filesystem::path(AIDC_SOURCE_DIR) / ("scenarios/" + name + ".json"), overrides).buildout;
}

/// Runs without a plan: everything is built. Audits are part of every row.
Facts run(Buildout const& b, SimulateOptions const& options = {})
{
    auto const text = in_child([&] {
        Watcher watcher(b);
        auto const digest = simulate(b, {}, options, watcher);
        watcher.facts["trace"] = static_cast<double>(digest.trace_hash >> 12);
        watcher.facts["world"] = static_cast<double>(digest.world_hash >> 12);
        std::string all;
        for (auto const& [name, value] : watcher.facts) {
            all += name + std::string(1, '\0') + bytes_of({value});
        }
        return all;
    });
    Facts facts;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find('\0', at);
        facts[text.substr(at, end - at)] = numbers_of(text.substr(end + 1, sizeof(double)))[0];
        at = end + 1 + sizeof(double);
    }
    return facts;
}

Override no_faults() { return {.pointer = "/faults", .value = "[]"}; }
Override faults(std::string const& list) { return {.pointer = "/faults", .value = "[" + list + "]"}; }
std::string fault(char const* name, char const* group, char const* at, double at_h, double hours, unsigned units = 1)
{
    return R"({"name": ")" + std::string(name) + R"(", "campus": "site", "at": ")" + at + R"(", "at_h": )" + std::to_string(at_h)
           + R"(, "for_h": )" + std::to_string(hours) + R"(, "group": ")" + group + R"(", "units": )" + std::to_string(units) + "}";
}

/// Hours by the causes of windows, but for those named: nothing.
void only(Facts facts, std::vector<std::string> const& causes)
{
    for (auto const* cause : {"grid_outage", "plant_outage", "tripped", "shed", "throttled", "rolled_back"}) {
        INFO(cause << " " << facts[cause]);
        bool const may = std::ranges::find(causes, cause) != causes.end();
        CHECK((facts[cause] > 0.0) == may);
    }
    CHECK_THAT(facts["by_cause_s"], WithinRel(facts["live_s"], 1e-9));
    CHECK(facts["opened"] == facts["closed"]);
}

/// Rows from a day on are as they are without the fault.
void check_rows_from(double day, Facts const& with, Facts const& without)
{
    std::size_t rows = 0;
    for (auto const& [name, J] : without) {
        if (name.starts_with("row ") && std::stod(name.substr(4)) >= day) {
            INFO(name);
            CHECK_THAT(with.at(name), WithinRel(J, 1e-12));
            ++rows;
        }
    }
    CHECK(rows > 24);
}

} // namespace

TEST_CASE("ten minutes without grid are bridged, and nothing is left of them a day later", "[process][window]")
{
    auto const b = scenario("outage_10min");
    auto const with = run(b);
    only(with, {});
    CHECK(with.at("opened") == 1.0);
    CHECK(with.at("opened_at_s") == 2.0 * day_s + 14.0 * hour_s);
    // Gensets keep the load five minutes after the mains are back.
    CHECK(with.at("closed_at_s") > with.at("opened_at_s") + 900.0);
    CHECK(with.at("closed_at_s") < with.at("opened_at_s") + hour_s);
    CHECK(with.at("start_ordered") == 1.0);
    CHECK(with.at("on_battery") == 2.0);      // halls
    CHECK(with.at("genset_J") > 800.0 * 1e6); // 1.4 MW for 15 min is 1.26 GJ; racks are 0.85 of that
    CHECK(with.at("racks_least") == 40.0);
    auto const without = run(scenario("outage_10min", {no_faults()}));
    CHECK(without.at("opened") == 0.0);
    CHECK(without.at("genset_J") == 0.0);
    check_rows_from(3.0, with, without);
    CHECK_THAT(with.at("useful"), WithinRel(without.at("useful"), 1e-9));

    // The same seed gives the same bytes; what chance decides about gensets differs between replicates.
    auto const again = run(b);
    CHECK(again.at("trace") == with.at("trace"));
    CHECK(again.at("world") == with.at("world"));
    CHECK(run(b, {.replicate = 1}).at("world") != with.at("world"));
    // Dates alone need no window.
    CHECK(run(b, {.detail = Detail::build}).at("opened") == 0.0);
}

TEST_CASE("rows of any length see the same window", "[process][window]")
{
    auto const list = fault("leak", "A/leaks", "2026-07-14", 10.0, 24.0) + "," + fault("grid", "feeds/grid", "2026-07-15", 14.0, 1.0 / 6);
    auto const hourly = run(scenario("outage_10min", {faults(list)}));
    auto const six = run(scenario("outage_10min", {faults(list), {.pointer = "/step_h", .value = "6"}}));
    for (auto const* name : {"opened", "closed", "start_ordered", "on_battery"}) {
        CHECK(hourly.at(name) == six.at(name));
    }
    std::size_t rows = 0;
    for (auto const& [name, value] : hourly) {
        if (name.find(" after ") != std::string::npos) {
            INFO(name);
            CHECK_THAT(six.at(name), WithinRel(value, 0.01));
            ++rows;
        }
    }
    CHECK(rows >= 6);
    // Weather is the mean of six hours then.
    CHECK_THAT(six.at("genset_J"), WithinRel(hourly.at("genset_J"), 0.02));
    CHECK_THAT(six.at("plant_outage"), WithinRel(hourly.at("plant_outage"), 1e-6));
}

TEST_CASE("one genset for two halls: one is shed a little and the other dropped, and its work since the checkpoint is lost",
          "[process][window]")
{
    auto const b = scenario("genset_fail");
    auto facts = run(b);
    only(facts, {"grid_outage", "tripped", "shed", "rolled_back"});
    CHECK(facts.at("racks_least") == 20.0);
    // 480 accelerators stop once, busy 0.95: half of 1,800 s of each are lost.
    double const sold = std::min(1.0, 1270e3 / (40.0 * 31875.0));
    CHECK_THAT(facts.at("rolled_back"), WithinRel(480.0 * 0.25 * 0.95 * sold, 0.05));
    CHECK_THAT(facts.at("grid_outage"),
               WithinRel(480.0 * (8109.0 - 598.0) / hour_s, 0.05)); // 519 of 1,000 kW: 300 s x 0.519^-1.05; dark until it has booted
    CHECK_THAT(facts.at("tripped"), WithinRel(480.0 * 150.0 / hour_s, 0.05)); // half of its ramp of 300 s
}

TEST_CASE("a rack that leaks is dark for its repair, and a pod without its CDU trips", "[process][window]")
{
    auto facts = run(scenario("cdu_leak"));
    only(facts, {"plant_outage", "tripped", "throttled", "rolled_back"});
    CHECK_THAT(facts.at("plant_outage"), WithinRel(24.0 * 24.0, 0.05)); // 24 accelerators for a day, and their boot
    CHECK_THAT(facts.at("tripped"), WithinRel(240.0 * (8.0 + 750.0 / hour_s), 0.02));
    CHECK(facts.at("racks_least") == 30.0);
    double const sold = std::min(1.0, 1270e3 / (40.0 * 31875.0));
    CHECK_THAT(facts.at("rolled_back"), WithinRel((24.0 + 240.0) * 0.25 * 0.95 * sold, 0.05)); // rack and pod, half an hour of each
    CHECK(facts.at("chip_max_C") < 105.0 + 1.0);
    auto const spare = scenario("cdu_leak", {{.pointer = "/campuses/0/buildings/0/plant/cdu/units", .value = "2"},
                                             {.pointer = "/campuses/0/buildings/0/plant/cdu/spare", .value = "1"},
                                             faults(fault("cdu", "A/cdus", "2026-07-16", 10.0, 8.0))});
    only(run(spare), {});
}

TEST_CASE("pumps that are lost one after the other are as many pumps", "[process][window]")
{
    auto const b = scenario("pump_loss");
    auto const facts = run(b);
    only(facts, {"tripped", "throttled", "rolled_back"});
    CHECK(facts.at("racks_least") == 0.0);
    CHECK(facts.at("grid_outage") == 0.0);
    check_rows_from(3.0, facts, run(scenario("pump_loss", {no_faults()})));
    // Two faults of two pumps that overlap and one of four are the same while all are out.
    auto const two = run(scenario("pump_loss", {faults(fault("a", "A/fws_pumps", "2026-07-15", 10.0, 2.0, 2) + ","
                                                       + fault("b", "A/fws_pumps", "2026-07-15", 10.0, 2.0, 2))}));
    auto const one = run(scenario("pump_loss", {faults(fault("a", "A/fws_pumps", "2026-07-15", 10.0, 2.0, 4))}));
    CHECK_THAT(two.at("tripped"), WithinRel(one.at("tripped"), 1e-9));
    // The third begins when the first is over: beside the second all four pumps are out, from 13:00 to 15:00.
    auto const in_turn = run(scenario("pump_loss", {faults(fault("a", "A/fws_pumps", "2026-07-15", 10.0, 2.0, 2) + ","
                                                           + fault("b", "A/fws_pumps", "2026-07-15", 11.0, 4.0, 2) + ","
                                                           + fault("c", "A/fws_pumps", "2026-07-15", 13.0, 3.0, 2))}));
    CHECK(in_turn.at("tripped") > 0.0);
}

TEST_CASE("a fault beside a row, one that outlasts the run, and one that never comes", "[process][window]")
{
    // 14:00 is the end of a row; a second before and after it changes next to nothing.
    auto const at = [](double at_h) {
        return run(scenario("genset_fail", {faults(fault("gensets", "gensets", "2026-07-15", 8.0, 12.0, 4) + ","
                                                   + fault("grid", "feeds/grid", "2026-07-15", at_h, 1.0, 1))}));
    };
    auto const on = at(14.0);
    CHECK(on.at("grid_outage") > 600.0);
    for (double const at_h : {14.0 - 1.0 / 3600.0, 14.0 + 1.0 / 3600.0}) {
        CHECK_THAT(at(at_h).at("grid_outage"), WithinRel(on.at("grid_outage"), 2e-3));
    }
    auto const open = run(scenario("genset_fail", {faults(fault("grid", "feeds/grid", "2026-07-19", 20.0, 200.0))}));
    CHECK(open.at("opened") == 1.0);
    CHECK(open.at("closed") == 0.0);
    CHECK_THAT(open.at("by_cause_s"), WithinRel(open.at("live_s"), 1e-9));
    CHECK(run(scenario("genset_fail", {no_faults(), {.pointer = "/seed", .value = "3"}})).at("opened") == 0.0);
}

TEST_CASE("racks that go live while a window is open are part of it, and go live when they would have", "[process][window]")
{
    auto const with_faults = [](std::string const& list) {
        auto const prepared = prepare({{.pointer = "/faults", .value = "[" + list + "]"}});
        return run(prepared.buildout);
    };
    auto const days = [](char const* name, char const* group, unsigned units) { // first go-live 10 November, the last 16 January
        return fault(name, group, "2026-11-15", 0.0, 80.0 * 24.0, units);
    };
    auto const without = with_faults("");
    auto const pumps = with_faults(days("pumps", "A/fws_pumps", 2) + "," + days("leak", "A/leaks", 1));
    CHECK(pumps.at("opened") >= 1.0);
    CHECK(pumps.at("closed") == pumps.at("opened"));
    CHECK(pumps.at("closed_at_s") >= pumps.at("opened_at_s") + 80.0 * day_s);
    CHECK(pumps.at("live_s") == without.at("live_s"));
    CHECK_THAT(pumps.at("by_cause_s"), WithinRel(pumps.at("live_s"), 1e-9));
    // One rack of 24 accelerators is out for eighty days.
    CHECK_THAT(pumps.at("plant_outage") - without.at("plant_outage"), WithinRel(24.0 * 80.0 * 24.0, 0.01));
}

TEST_CASE("two campuses lose the same at the same time, each for itself", "[process][window]")
{
    auto const file = std::filesystem::path(AIDC_SOURCE_DIR) / "scenarios/cdu_leak.json";
    auto const one = run(load_scenario(file).buildout);
    auto tree = test::tree_of(file);
    for (auto const* list : {"/campuses", "/faults", "/demand/contracts"}) {
        auto& items = tree[Json::json_pointer(list)];
        auto const there = items.size();
        for (std::size_t i = 0; i < there; ++i) {
            auto copy = items[i];
            if (copy.contains("campus")) {
                copy["campus"] = "other";
            }
            copy["name"] = list == std::string("/campuses") ? "other" : copy["name"].get<std::string>() + " of other";
            items.push_back(copy);
        }
    }
    auto const two = run(load_scenario_text(tree.dump(), "two.json", file.parent_path()).buildout);
    CHECK(two.at("windows") == 2.0 * one.at("windows"));
    CHECK(two.at("campuses") == 2.0);
    for (auto const* name : {"opened", "closed", "plant_outage", "tripped", "throttled", "rolled_back", "useful", "live_s"}) {
        INFO(name);
        CHECK_THAT(two.at(name), WithinRel(2.0 * one.at(name), 1e-9));
    }
}
