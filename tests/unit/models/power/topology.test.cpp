#include "models/power/topology.hpp"

#include "models/power/redundancy.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

using namespace aidc;

namespace {

constexpr double rating_W = 1.2e6;

/// Two large buses and the UPS blocks of one hall on them, with a load for each class of pods.
struct Hall {
    PowerChain chain;
    AddedBlocks added;
    std::vector<double> demand_W;
    std::vector<NodeNow> now;
};

Hall hall(Arrangement arrangement, std::uint32_t blocks, double units, double total_W)
{
    Hall h;
    h.chain.nodes = {{.kind = PowerNode::Kind::feed, .name = "line_1", .units = 2.0, .rating_W = 1e9},
                     {.kind = PowerNode::Kind::feed, .name = "line_2", .units = 2.0, .rating_W = 1e9}};
    h.added = add_blocks(
        h.chain,
        {.name = "A1", .arrangement = arrangement, .blocks = blocks, .units = units, .rating_W = rating_W, .loss = {}, .fed_by = {0, 1}});
    for (PodClass const& pod : h.added.pods) {
        h.chain.loads.push_back({.name = "pods", .fed_by = pod.fed_by, .design_W = pod.share * total_W});
        h.demand_W.push_back(pod.share * total_W);
    }
    for (PowerNode const& node : h.chain.nodes) {
        double const carries_W = node.units * node.rating_W;
        h.now.push_back({.pass_W = carries_W, .source_W = node.kind == PowerNode::Kind::feed ? carries_W : 0.0});
    }
    return h;
}

/// Everyone is served with these units in service, by block.
bool all_served(Arrangement arrangement, std::vector<double> const& in_service, double total_W)
{
    auto h = hall(arrangement, static_cast<std::uint32_t>(in_service.size()), 4.0, total_W);
    for (std::size_t b = 0; b < in_service.size(); ++b) {
        h.now[h.added.blocks[b].ups].pass_W = in_service[b] * rating_W;
    }
    auto const stand = live_parents(h.chain, h.now, first_parents(h.chain));
    auto const served_W = dispatch(h.chain, h.now, h.demand_W, stand).served_W;
    return std::accumulate(served_W.begin(), served_W.end(), 0.0) >= total_W * (1.0 - 1e-9);
}

/// Stands the loss of any one block, nothing lost included.
bool stands_a_block(Arrangement arrangement, std::size_t blocks, double total_W)
{
    bool stands = all_served(arrangement, std::vector(blocks, 4.0), total_W);
    for (std::size_t lost = 0; lost < blocks; ++lost) {
        std::vector<double> in_service(blocks, 4.0);
        in_service[lost] = 0.0;
        stands = stands && all_served(arrangement, in_service, total_W);
    }
    return stands;
}

} // namespace

TEST_CASE("firm watts of blocks are the largest load that any one lost block leaves served", "[unit][power]")
{
    auto const [arrangement, blocks] = GENERATE(table<Arrangement, int>({{Arrangement::two_n, 2},
                                                                         {Arrangement::block_redundant, 2},
                                                                         {Arrangement::block_redundant, 4},
                                                                         {Arrangement::block_redundant, 6},
                                                                         {Arrangement::distributed, 2},
                                                                         {Arrangement::distributed, 3},
                                                                         {Arrangement::distributed, 4},
                                                                         {Arrangement::distributed, 5}}));
    double const firm = firm_blocks_W(arrangement, blocks, 4 * blocks, 0, rating_W);
    CHECK(stands_a_block(arrangement, static_cast<std::size_t>(blocks), firm));
    CHECK_FALSE(stands_a_block(arrangement, static_cast<std::size_t>(blocks), 1.001 * firm));
    CHECK_THAT(firm, WithinRel((blocks - 1) * 4 * rating_W, 1e-12)); // hand calculation: all blocks but one
}

TEST_CASE("firm watts of a shared block are the largest load that any r lost units leave served", "[unit][power]")
{
    auto const spare = GENERATE(0, 1, 2);
    double const firm = firm_blocks_W(Arrangement::shared, 1, 4, spare, rating_W);
    for (double const total_W : {firm, 1.001 * firm}) {
        bool stands = true;
        for (unsigned lost = 0; lost < 16U; ++lost) { // all subsets of four units
            bool const counts = std::popcount(lost) <= spare;
            stands = stands && (!counts || all_served(Arrangement::shared, {4.0 - std::popcount(lost)}, total_W));
        }
        CHECK(stands == (total_W == firm));
    }
    CHECK(firm_blocks_W(Arrangement::shared, 1, 1, 2, rating_W) == 0.0);
}

TEST_CASE("usable shares of the rating are those of the definitions", "[unit][power]")
{
    auto const share = [](Arrangement arrangement, int blocks, int units, int spare) {
        return firm_blocks_W(arrangement, blocks, units, spare, rating_W) / (units * rating_W);
    };
    CHECK_THAT(share(Arrangement::two_n, 2, 8, 0), WithinRel(0.5, 1e-12));           // 2N
    CHECK_THAT(share(Arrangement::distributed, 3, 6, 0), WithinRel(2.0 / 3, 1e-12)); // 3N/2: 3 make 2
    CHECK_THAT(share(Arrangement::distributed, 4, 8, 0), WithinRel(0.75, 1e-12));    // 4N/3: 4 make 3
    CHECK_THAT(share(Arrangement::block_redundant, 4, 4, 0), WithinRel(0.75, 1e-12));
    CHECK_THAT(share(Arrangement::shared, 1, 5, 1), WithinRel(0.8, 1e-12)); // 4 + 1
    CHECK(firm_blocks_W(Arrangement::two_n, 2, 8, 0, rating_W) == firm_two_sided_W(4 * rating_W, 4 * rating_W));
}

TEST_CASE("nobody is at risk at the firm load when a block is one unit", "[unit][power]")
{
    auto const arrangement = GENERATE(Arrangement::block_redundant, Arrangement::distributed);
    auto const h = hall(arrangement, 4, 1.0, firm_blocks_W(arrangement, 4, 4, 0, rating_W));
    auto const first = first_parents(h.chain);
    auto const risk_W = at_risk_W(h.chain, h.now, h.demand_W, first);
    // A transfer switch is one unit too: its own pods hang on it.
    double const expected_W = arrangement == Arrangement::distributed ? 0.0 : rating_W;
    for (double const watts : risk_W) {
        CHECK_THAT(watts, WithinAbs(expected_W, 1e-3));
    }
}

TEST_CASE("pods have cords on every pair of blocks, in equal shares", "[unit][power]")
{
    auto const h = hall(Arrangement::distributed, 4, 2.0, 1e6);
    REQUIRE(h.added.pods.size() == 6); // 4 x 3/2
    std::vector<double> on_block_W(4, 0.0);
    for (PodClass const& pod : h.added.pods) {
        CHECK_THAT(pod.share, WithinRel(1.0 / 6, 1e-12));
        REQUIRE(pod.fed_by.size() == 2);
        CHECK(pod.fed_by[0] != pod.fed_by[1]);
        for (std::size_t b = 0; b < 4; ++b) {
            on_block_W[b] += pod.share * static_cast<double>(std::count(pod.fed_by.begin(), pod.fed_by.end(), h.added.blocks[b].busway));
        }
    }
    for (double const share : on_block_W) {
        CHECK_THAT(share, WithinRel(0.5, 1e-12)); // each block has half of the pods on one of their cords
    }
}

TEST_CASE("blocks alternate over the rows upstream, a single block hangs on all", "[unit][power]")
{
    auto const two = hall(Arrangement::two_n, 2, 2.0, 1e6);
    CHECK(two.chain.nodes[two.added.blocks[0].ups].fed_by == std::vector<std::uint32_t>{0});
    CHECK(two.chain.nodes[two.added.blocks[1].ups].fed_by == std::vector<std::uint32_t>{1});
    CHECK(two.chain.nodes[two.added.blocks[1].busway].name == "A1 busway B");
    auto const one = hall(Arrangement::shared, 1, 5.0, 1e6);
    CHECK(one.chain.nodes[one.added.blocks[0].ups].fed_by == std::vector<std::uint32_t>{0, 1});
    CHECK(one.chain.nodes[one.added.blocks[0].ups].name == "A1 UPS");
    REQUIRE(one.added.pods.size() == 1);
    CHECK(one.added.pods[0].share == 1.0);
}

TEST_CASE("the catcher takes the pods of a block whose output is gone, by their switches", "[unit][power]")
{
    auto h = hall(Arrangement::block_redundant, 3, 1.0, 2.0 * rating_W);
    REQUIRE(h.added.pods.size() == 2);
    auto const sts = h.added.pods[0].fed_by[0];
    CHECK(h.chain.nodes[sts].fed_by == std::vector{h.added.blocks[0].busway, h.added.blocks[2].busway});
    CHECK(h.chain.nodes[sts].transfer_s == 0.004);
    auto const first = first_parents(h.chain);
    CHECK(dispatch(h.chain, h.now, h.demand_W, first).out_W[h.added.blocks[2].ups] == 0.0); // the reserve idles
    h.now[h.added.blocks[0].ups] = {};
    auto const stand = live_parents(h.chain, h.now, first);
    CHECK(stand[sts] == 1);
    CHECK(dispatch(h.chain, h.now, h.demand_W, stand).out_W[h.added.blocks[2].ups] == rating_W);
}
