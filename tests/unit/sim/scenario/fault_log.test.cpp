// The log of the faults of a cluster, and what is wrong with it.
#include "sim/scenario/fault_log.hpp"

#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

/// One event as a line of the log.
std::string event(std::string const& node, double day, std::string const& type)
{
    return R"({"node_id": ")" + node + R"(", "event_time": )" + std::to_string(day) + R"(, "event_type": ")" + type
           + R"(", "fault_type": {"Level": "Hardware Failure", "Class": "GPU", "Desc": "xid"}})";
}

FaultLog read(std::string const& text)
{
    Folder const folder;
    return read_fault_log(folder.write("faults.json", text), 4, 100 * 86400.0);
}

/// A log of the lines given.
std::string lines(std::vector<std::string> const& events)
{
    std::string text = "[";
    for (std::size_t i = 0; i < events.size(); ++i) {
        text += (i == 0 ? "\n" : ",\n") + events[i];
    }
    return text + "]";
}

} // namespace

TEST_CASE("faults are spells of nodes, and those without an end are open")
{
    auto const log = read(
        lines({event("b", 1.5, "fault_start"), event("a", 2, "fault_start"), event("b", 2, "fault_end"), event("b", 3, "fault_start")}));
    CHECK(log.nodes == 4);
    CHECK(log.span_s == 100 * 86400.0);
    REQUIRE(log.spells.size() == 3);
    CHECK(log.spells[0].node == 0);
    CHECK(log.spells[0].start_s == 1.5 * 86400.0);
    CHECK(log.spells[0].end_s == 2 * 86400.0);
    CHECK(log.spells[0].ended);
    CHECK(log.spells[0].fault_class == "GPU");
    CHECK(log.spells[1].node == 1);
    CHECK_FALSE(log.spells[1].ended);
    CHECK(log.spells[1].end_s == 100 * 86400.0); // watched until then
    CHECK(log.spells[2].node == 0);
    CHECK_FALSE(log.spells[2].ended);
    CHECK(read("[]").spells.empty());
}

TEST_CASE("each fault of a log is named with its line and pointer")
{
    struct Case {
        std::string text, pointer, part;
        int line;
    };
    auto const start = event("a", 5, "fault_start");
    for (auto const& c : std::vector<Case>{
             {"{}", "", "needs a list", 1},
             {lines({"3"}), "/0", "needs an object", 2},
             {lines({start, event("b", 4, "fault_start")}), "/1/event_time", "before the event above", 3},
             {lines({start, event("b", 101, "fault_start")}), "/1/event_time", "is said to end at 100 days", 3},
             {lines({event("a", -1, "fault_start")}), "/0/event_time", "must be at least 0", 2},
             {lines({start, event("a", 6, "fault_start")}), "/1", "whose fault of day 5 is still open", 3},
             {lines({start, event("b", 6, "fault_end")}), "/1", "ends a fault that never started", 3},
             {lines({event("a", 5, "fault_stop")}), "/0/event_type", "\"fault_stop\" is not one of fault_start, fault_end", 2},
             {lines({R"({"node_id": "a", "event_time": 1, "event_type": "fault_start"})"}), "/0/fault_type", "missing", 2},
             {lines({start, event("b", 5, "fault_start"), event("c", 5, "fault_start"), event("d", 5, "fault_start"),
                     event("e", 5, "fault_start")}),
              "/4/node_id", "is the node number 5 and the cluster is said to have 4", 6},
         }) {
        INFO(c.text);
        auto const problems = problems_of([&] { read(c.text); });
        INFO(text_of(problems));
        REQUIRE(problems.size() == 1);
        CHECK(names(problems, c.pointer, c.part));
        CHECK_THAT(problems[0].where, Catch::Matchers::EndsWith(".json:" + std::to_string(c.line)));
    }
}

TEST_CASE("all faults of a log are named, not only the first")
{
    auto const problems = problems_of([] { read(lines({event("a", 5, "fault_end"), event("b", 6, "fault_end")})); });
    CHECK(problems.size() == 2);
    CHECK(problems_of([] { read_fault_log("/nonexistent/faults.json", 4, 1.0); }).size() == 1);
}
