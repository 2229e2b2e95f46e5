#include "models/power/chain.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

using Kind = PowerNode::Kind;
using Rows = std::vector<std::uint32_t>;

/// Two lines, a transformer each, a bus each, a UPS each, and a hall with a cord on both UPS. Everything is right.
PowerChain sound_chain()
{
    PowerChain chain;
    chain.nodes = {{.kind = Kind::feed, .name = "line_1", .station = "north", .rating_W = 20e6},
                   {.kind = Kind::feed, .name = "line_2", .station = "south", .rating_W = 20e6},
                   {.kind = Kind::transformer, .name = "TR_1", .rating_W = 15e6, .fed_by = {0}},
                   {.kind = Kind::transformer, .name = "TR_2", .rating_W = 15e6, .fed_by = {1}},
                   {.kind = Kind::switchgear, .name = "bus_A", .rating_W = 30e6, .fed_by = {2}},
                   {.kind = Kind::switchgear, .name = "bus_B", .rating_W = 30e6, .fed_by = {3}},
                   {.kind = Kind::ups, .name = "UPS_A", .units = 8.0, .rating_W = 1.2e6, .fed_by = {4}},
                   {.kind = Kind::ups, .name = "UPS_B", .units = 8.0, .rating_W = 1.2e6, .fed_by = {5}}};
    chain.loads = {{.name = "hall A1", .fed_by = {6, 7}, .design_W = 9e6, .rank = 1}};
    return chain;
}

std::vector<std::string> told(PowerChain const& chain)
{
    std::vector<std::string> lines;
    for (ChainProblem const& problem : check_chain(chain)) {
        lines.push_back(problem.what);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("a sound chain has no problems", "[unit][power]")
{
    CHECK(told(sound_chain()) == Lines{});
    CHECK(told({}) == Lines{});
}

TEST_CASE("a node and a load that nothing feeds are told with the way up to them", "[unit][power]")
{
    auto chain = sound_chain();
    chain.nodes[4].fed_by.clear();
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A <- bus_A: nothing feeds bus_A"});
    auto const problem = check_chain(chain).front();
    CHECK((problem.node == 4 && problem.load == 0));
    chain.nodes[5].fed_by.clear();
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A <- bus_A: nothing feeds bus_A", "hall A1 <- UPS_B <- bus_B: nothing feeds bus_B"});
    chain = sound_chain();
    chain.nodes.push_back({.kind = Kind::busway, .name = "busway_X", .rating_W = 1e6});
    chain.loads.push_back({.name = "pumps", .fed_by = {}, .design_W = 1e6});
    CHECK(told(chain) == Lines{"pumps: nothing feeds pumps", "busway_X: nothing feeds busway_X"});
}

TEST_CASE("two lines of one station are one feed", "[unit][power]")
{
    auto chain = sound_chain();
    chain.nodes[2].fed_by = {0, 1};
    CHECK(told(chain) == Lines{}); // two stations
    chain.nodes[1].station = "north";
    CHECK(told(chain)
          == Lines{"hall A1 <- UPS_A <- bus_A <- TR_1: TR_1 is fed by line_1 and line_2, which are one feed: both come from station "
                   "north (one failure takes both); so is 1 more place"}); // the two cords of the hall
    // An engine beside them does not make two lines of one station two feeds.
    chain = sound_chain();
    chain.nodes[1].station = "north";
    chain.nodes[2] = {.kind = Kind::genset, .name = "gensets", .rating_W = 15e6};
    chain.nodes[4].fed_by = {0, 1, 2};
    chain.nodes[5].fed_by = {4};
    chain.nodes[3].fed_by = {0};
    CHECK(told(chain)
          == Lines{"hall A1 <- UPS_A <- bus_A: bus_A is fed by line_1 and line_2, which are one feed: both come from station north "
                   "(one failure takes both)"});
}

TEST_CASE("two cords on one line are one feed, unless an engine stands behind one", "[unit][power]")
{
    auto chain = sound_chain();
    chain.nodes[3].fed_by = {0};
    CHECK(told(chain)
          == Lines{"hall A1: hall A1 is fed by UPS_A and UPS_B, which are one feed: both come from line_1 (one failure takes both)"});
    chain.nodes[1] = {.kind = Kind::genset, .name = "gensets", .rating_W = 20e6};
    chain.nodes[5].fed_by = {3, 1};
    CHECK(told(chain) == Lines{});
}

TEST_CASE("what is rated below its design load is told with what it carries", "[unit][power]")
{
    auto chain = sound_chain();
    chain.loads[0] = {.name = "hall A1", .fed_by = {6}, .design_W = 12e6};
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A: hall A1 wants 12.0 MW and UPS_A carries 9.6 MW"}); // 8 x 1.2 MW
    chain.loads[0].fed_by = {6, 7};
    chain.loads.push_back({.name = "hall A2", .fed_by = {7}, .design_W = 9e6, .rank = 2});
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A: hall A1 and 1 more want 21.0 MW and UPS_A and UPS_B carry 19.2 MW"});
    chain.nodes[6].units = 20.0;
    CHECK(told(chain) == Lines{}); // 9 MW on UPS_B, 12 MW on UPS_A
    chain.nodes[2].rating_W = 11e6;
    chain.nodes[3].rating_W = 9.5e6;
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A <- bus_A <- TR_1: hall A1 and 1 more want 21.0 MW and TR_1 and TR_2 carry 20.5 MW"});
}

TEST_CASE("losses count in the design load of what stands before them", "[unit][power]")
{
    auto chain = sound_chain();
    chain.loads[0] = {.name = "hall A1", .fed_by = {6}, .design_W = 9.6e6};
    CHECK(told(chain) == Lines{});
    chain.nodes[2].rating_W = 9.6e6;
    chain.nodes[6].loss = {.rating_W = 1.2e6, .no_load = 0.01, .proportional = 0.0, .square = 0.0}; // 8 x 12 kW
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A <- bus_A <- TR_1: hall A1 wants 9.7 MW with losses and TR_1 carries 9.6 MW"});
    chain.nodes[2].rating_W = 20e6;
    chain.nodes[0].rating_W = 9.65e6; // a line that is short; more decimals where one would show no difference
    CHECK(told(chain)
          == Lines{"hall A1 <- UPS_A <- bus_A <- TR_1 <- line_1: hall A1 wants 9.70 MW with losses and line_1 carries 9.65 MW"});
}

TEST_CASE("batteries carry no design load, gensets only where there is no feed and no generation", "[unit][power]")
{
    auto chain = sound_chain();
    chain.nodes[0] = {.kind = Kind::genset, .name = "gensets", .rating_W = 20e6};
    CHECK(told(chain) == Lines{}); // the other line carries it
    chain.loads[0].fed_by = {6};
    CHECK(told(chain) == Lines{"hall A1 <- UPS_A: no feed and no generation behind it"});
    chain.nodes[1] = {.kind = Kind::storage, .name = "storage", .rating_W = 20e6};
    CHECK(told(chain) == Lines{}); // gensets alone
    chain.loads[0].fed_by = {7};
    CHECK(told(chain) == Lines{"hall A1 <- UPS_B: no feed and no generation behind it"});
}

TEST_CASE("a switch carries its design load on its first parent", "[unit][power]")
{
    auto chain = sound_chain();
    chain.nodes.push_back({.kind = Kind::switchgear, .name = "STS_1", .rating_W = 20e6, .fed_by = {6, 7}, .transfer_s = 0.004});
    chain.loads[0] = {.name = "hall A1", .fed_by = {8}, .design_W = 12e6};
    CHECK(told(chain) == Lines{"hall A1 <- STS_1 <- UPS_A: hall A1 wants 12.0 MW and UPS_A carries 9.6 MW"});
}
