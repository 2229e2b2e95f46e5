#include "models/power/topology.hpp"

#include "models/base/error.hpp"
#include "models/power/redundancy.hpp"

namespace aidc {
namespace {

bool is_possible(Arrangement arrangement, int blocks)
{
    switch (arrangement) {
    case Arrangement::shared:
        return blocks == 1;
    case Arrangement::two_n:
        return blocks == 2;
    default:
        return blocks >= 2;
    }
}

std::uint32_t add_node(PowerChain& chain, PowerNode node)
{
    chain.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(chain.nodes.size() - 1);
}

/// "A1 UPS B"; a single block has no letter.
std::string block_name(UpsBlocks const& blocks, char const* what, std::uint32_t block)
{
    std::string const name = blocks.name + " " + what;
    if (blocks.blocks == 1) {
        return name;
    }
    return name + " " + (block < 26 ? std::string(1, static_cast<char>('A' + block)) : std::to_string(block + 1));
}

BlockRows add_block(PowerChain& chain, UpsBlocks const& blocks, std::uint32_t block)
{
    PowerNode ups{.kind = PowerNode::Kind::ups,
                  .name = block_name(blocks, "UPS", block),
                  .units = blocks.units,
                  .rating_W = blocks.rating_W,
                  .loss = blocks.loss,
                  .fed_by = blocks.fed_by};
    if (blocks.blocks > 1) {
        ups.fed_by = {blocks.fed_by[block % blocks.fed_by.size()]};
    }
    BlockRows rows;
    rows.ups = add_node(chain, std::move(ups));
    rows.busway = add_node(
        chain,
        {.kind = PowerNode::Kind::busway, .name = block_name(blocks, "busway", block), .rating_W = blocks.busway_W, .fed_by = {rows.ups}});
    return rows;
}

/// Pods of each block but the last, on a switch between its busway and that of the reserve.
std::vector<PodClass> add_switches(PowerChain& chain, UpsBlocks const& blocks, std::vector<BlockRows> const& rows)
{
    std::vector<PodClass> pods;
    for (std::uint32_t b = 0; b + 1 < blocks.blocks; ++b) {
        std::uint32_t const sts = add_node(chain, {.kind = PowerNode::Kind::switchgear,
                                                   .name = block_name(blocks, "STS", b),
                                                   .rating_W = blocks.busway_W,
                                                   .fed_by = {rows[b].busway, rows.back().busway},
                                                   .transfer_s = blocks.transfer_s});
        pods.push_back({1.0 / (blocks.blocks - 1.0), {sts}});
    }
    return pods;
}

std::vector<PodClass> pairs(std::vector<BlockRows> const& rows)
{
    auto const k = static_cast<double>(rows.size());
    std::vector<PodClass> pods;
    for (std::size_t a = 0; a < rows.size(); ++a) {
        for (std::size_t b = a + 1; b < rows.size(); ++b) {
            pods.push_back({2.0 / (k * (k - 1.0)), {rows[a].busway, rows[b].busway}});
        }
    }
    return pods;
}

} // namespace

AddedBlocks add_blocks(PowerChain& chain, UpsBlocks const& blocks)
{
    AIDC_EXPECT(is_possible(blocks.arrangement, static_cast<int>(blocks.blocks)));
    AIDC_EXPECT(blocks.units >= 1.0 && blocks.rating_W > 0.0 && blocks.busway_W > 0.0 && blocks.transfer_s > 0.0 && !blocks.fed_by.empty());
    AddedBlocks added;
    for (std::uint32_t b = 0; b < blocks.blocks; ++b) {
        added.blocks.push_back(add_block(chain, blocks, b));
    }
    switch (blocks.arrangement) {
    case Arrangement::shared:
        added.pods = {{1.0, {added.blocks.front().busway}}};
        break;
    case Arrangement::block_redundant:
        added.pods = add_switches(chain, blocks, added.blocks);
        break;
    default:
        added.pods = pairs(added.blocks);
    }
    return added;
}

double firm_blocks_W(Arrangement arrangement, int blocks, int units, int spare, double rating_W)
{
    AIDC_EXPECT(is_possible(arrangement, blocks));
    if (arrangement == Arrangement::shared) {
        return firm_W({.units = units, .spare = spare, .rating_W = rating_W});
    }
    AIDC_EXPECT(units >= 0 && rating_W >= 0.0);
    return firm_distributed_W(blocks, units * rating_W / blocks);
}

} // namespace aidc
