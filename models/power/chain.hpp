#pragma once
/// \file
/// The power chain of a campus as a graph: where watts come in, pass, and end; who is served when not everything is up.

#include "models/power/losses.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// A place of the chain: one unit, or equal units in parallel.
struct PowerNode {
    enum class Kind : std::uint8_t { feed, generation, storage, genset, transformer, switchgear, ups, busway };
    Kind kind{};
    std::string name;
    std::string station;               ///< Feeds: where the line comes from; two lines of one station are one feed
    double units{1.0};                 ///< In parallel [-], >= 1
    double rating_W{};                 ///< Output of one unit [W], > 0; infinity: no limit
    LossCurve loss;                    ///< Of one unit; rating 0: without losses
    std::vector<std::uint32_t> fed_by; ///< Rows of other nodes; empty: a source
    /// 0: all parents feed it together (bus, dual cords, paralleling). Above: a switch, one parent at a time, the first in the list
    /// that lives, and this long until it is on another [s].
    double transfer_s{};
};

/// Where watts end: pods of a hall, or the pumps and fans of a building.
struct PowerLoad {
    std::string name;
    std::vector<std::uint32_t> fed_by; ///< Rows of nodes: the cords, each able to carry everything
    double design_W{};                 ///< [W]
    std::uint32_t rank{};              ///< Lower is served first
};

/// The chain. Nodes stand behind what feeds them: fed_by holds smaller rows only.
struct PowerChain {
    std::vector<PowerNode> nodes;
    std::vector<PowerLoad> loads;
};

/// What a node can do now.
struct NodeNow {
    double pass_W{};   ///< Output that its units in service carry [W], >= 0
    double source_W{}; ///< Part of it that may come from itself: grid, engine, battery [W], >= 0; 0 for what only passes
    double charge_W{}; ///< Wanted to charge its own battery, after all loads are served [W], >= 0
};

/// How the watts run.
///
/// At each node in_W + own_W = out_W + loss_W + charged_W.
struct PowerFlows {
    std::vector<double> in_W;      ///< By node: from its parents [W]
    std::vector<double> out_W;     ///< By node: to its children [W]
    std::vector<double> own_W;     ///< By node: from its own source, its own losses included [W], <= source_W
    std::vector<double> loss_W;    ///< By node [W]
    std::vector<double> charged_W; ///< By node: into its battery [W]
    std::vector<double> served_W;  ///< By load [W]
};

/// Watts through the chain: loads in the order of their rank, each from feeds first, then own generation, storage, gensets and at
/// last UPS batteries, as far as everything on the way carries it; then the batteries are charged with what is left.
///
/// A UPS battery gives to loads that hang on its UPS only, and in the turn of their rank.
/// Within one rank the most that any routing can carry (maximum flow by shortest augmenting paths: J. Edmonds, R. M. Karp,
/// J. ACM 19 (1972) 248). Losses of a node are drawn at its input, from its parents or its own source, before the loads of the rank
/// that flows there, and found by iteration to 1e-9 of the load, or 30 rounds: where two routings each suit the losses of the other,
/// losses stay off their law by the difference of the two, and watts still add up at each node. No-load losses are those of a node
/// that carries anything; units in service are pass_W / rating. Storage and UPS batteries do not charge others.
/// Switches (transfer_s > 0) must have been resolved by the caller: `parent` tells which parent each node is on.
/// Not modelled: equal sharing between parents that all have room; the routing is one of those that carry the most.
/// \param now     By node      \param demand_W  By load, at its terminals [W], >= 0
/// \param parent  By node: which entry of fed_by a switch is on, or `all_parents`
PowerFlows dispatch(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W,
                    std::span<std::uint32_t const> parent);

inline constexpr std::uint32_t all_parents = std::numeric_limits<std::uint32_t>::max();

/// A node for which each switch stands on the first parent, everything in service: the state to start from.
std::vector<std::uint32_t> first_parents(PowerChain const& chain);

/// Where the switches stand when all have transferred: one whose parent is dead is on the first in its list that lives, one without a
/// living parent stays. A node lives that passes something and has a source of its own or a living parent.
std::vector<std::uint32_t> live_parents(PowerChain const& chain, std::span<NodeNow const> now, std::span<std::uint32_t const> parent);

/// What is wrong with a chain, one line a problem, each naming the path from the load up.
///
/// A load or node that nothing feeds; alternatives that lead to one feed or to feeds of one station; nodes of which all units
/// together are rated below the design load, and its losses, of what only they feed. For the last, switches are on their first parent,
/// and feeds and generation are the sources; gensets where the chain has neither. A common station is told once, at its first place.
struct ChainProblem {
    std::uint32_t node{}; ///< Row, or
    std::uint32_t load{}; ///< row of the load; all_parents: none
    std::string what;
};
std::vector<ChainProblem> check_chain(PowerChain const& chain);

/// Watts of each load that are at risk: what is not carried after the worst loss of one more unit of any node [W], by load.
///
/// Largest over all nodes with one unit fewer, after the switches have transferred; by enumeration. 0 everywhere: the chain stands
/// any single loss.
std::vector<double> at_risk_W(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W,
                              std::span<std::uint32_t const> parent);

} // namespace aidc
