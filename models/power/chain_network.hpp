#pragma once
/// \file
/// The power chain as a flow network: what dispatch() and check_chain() have in common.

#include "models/power/chain.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace aidc {

/// When a source is asked: an earlier one gives all it can before the next is.
enum class SourceTurn : std::uint8_t { feed, generation, storage, genset, other, ups_battery };

/// All turns, in order.
inline constexpr std::array source_turns{SourceTurn::feed,   SourceTurn::generation, SourceTurn::storage,
                                         SourceTurn::genset, SourceTurn::other,      SourceTurn::ups_battery};

/// Maximum flow through a chain, by paths of the fewest nodes (blocking flows: E. A. Dinic, Soviet Math. Doklady 11 (1970) 1277).
///
/// A node is two vertices, input and output, and the arc between them carries pass_W; a load is one vertex. A node's own source
/// enters at its input. Sources and sinks are watts still open at a vertex: what has been drawn from one or given to the other is
/// never taken back, only its route may change; so what is filled first has preference.
class ChainNetwork {
  public:
    /// Nothing flows, no sink is open. \param now and \param parent as in dispatch()
    ChainNetwork(PowerChain const& chain, std::span<NodeNow const> now, std::span<std::uint32_t const> parent);

    /// Vertices of a node and of a load.
    static std::uint32_t input(std::uint32_t node) { return 2 * node; }
    static std::uint32_t output(std::uint32_t node) { return 2 * node + 1; }
    std::uint32_t terminal(std::size_t load) const { return 2 * nodes_ + static_cast<std::uint32_t>(load); }

    /// Back to no flow and no open sink. \param now  As it was constructed with
    void clear(std::span<NodeNow const> now);

    /// Adds flow until no open source of this turn reaches an open sink any more.
    void fill(SourceTurn turn);

    /// Shuts a node's own source, or opens it again with what it has left: it gives nothing more meanwhile.
    void set_shut(std::uint32_t node, bool shut) { shut_[node] = shut; }

    /// Marks all vertices from which more watts could reach an open sink; tells whether an open source of this turn is one.
    bool mark(SourceTurn turn);
    bool marked(std::uint32_t vertex) const { return distance_[vertex] != unmarked; }

    double through_W(std::uint32_t node) const { return left_[2 * node + 1]; }
    double drawn_W(std::uint32_t node) const { return drawn_W_[node]; }

    /// Calls visit(parent, watts) for each way into a place. \param place  Row of a node, or nodes + row of a load
    template <class Visit> void for_parents(std::size_t place, Visit visit) const
    {
        for (std::uint32_t arc = first_arc_[place]; arc < first_arc_[place + 1]; arc += 2) {
            visit(to_[arc + 1] / 2, left_[arc + 1]);
        }
    }

    std::vector<double> sink_W; ///< Still wanted, by vertex [W]
    double dust_W{};            ///< Less than this is nothing [W]

  private:
    static constexpr std::uint32_t unmarked = std::numeric_limits<std::uint32_t>::max();

    void add_arc(std::uint32_t from, std::uint32_t to, double capacity_W);
    bool push_from(std::uint32_t node);
    bool gives(std::uint32_t node) const { return !shut_[node] && source_W_[node] > dust_W && marked(input(node)); }

    std::uint32_t nodes_;
    std::vector<std::uint32_t> to_, next_, head_; ///< Arcs in pairs, each beside its reverse; lists of the arcs that leave a vertex
    std::vector<double> capacity_, left_;         ///< By arc [W]; what is left of a reverse arc is the flow of its partner
    std::vector<std::uint32_t> first_arc_;        ///< By place: its arcs from parents
    std::array<std::vector<std::uint32_t>, source_turns.size()> sources_; ///< By turn: rows of nodes
    std::vector<double> source_W_, drawn_W_;                              ///< By node: still to give, given [W]
    std::vector<bool> shut_;                                              ///< By node
    std::vector<std::uint32_t> distance_, trial_, queue_, path_;
};

} // namespace aidc
