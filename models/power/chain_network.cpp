#include "models/power/chain_network.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

using Row = std::uint32_t;

SourceTurn turn_of(PowerNode::Kind kind)
{
    switch (kind) {
    case PowerNode::Kind::feed:
        return SourceTurn::feed;
    case PowerNode::Kind::generation:
        return SourceTurn::generation;
    case PowerNode::Kind::storage:
        return SourceTurn::storage;
    case PowerNode::Kind::genset:
        return SourceTurn::genset;
    case PowerNode::Kind::ups:
        return SourceTurn::ups_battery;
    default:
        return SourceTurn::other;
    }
}

std::size_t index(SourceTurn turn) { return static_cast<std::size_t>(turn); }

} // namespace

ChainNetwork::ChainNetwork(PowerChain const& chain, std::span<NodeNow const> now, std::span<Row const> parent)
    : nodes_(static_cast<Row>(chain.nodes.size()))
{
    AIDC_EXPECT(now.size() == nodes_ && parent.size() == nodes_);
    std::size_t const vertices = 2 * nodes_ + chain.loads.size();
    head_.assign(vertices, unmarked);
    distance_.assign(vertices, unmarked);
    sink_W.assign(vertices, 0.0);
    first_arc_.reserve(nodes_ + chain.loads.size() + 1);
    for (Row i = 0; i < nodes_; ++i) {
        AIDC_EXPECT(now[i].pass_W >= 0.0 && now[i].source_W >= 0.0 && now[i].charge_W >= 0.0);
        add_arc(input(i), output(i), now[i].pass_W);
        if (now[i].source_W > 0.0) {
            sources_[index(turn_of(chain.nodes[i].kind))].push_back(i);
        }
    }
    for (Row i = 0; i < nodes_; ++i) {
        auto const& fed_by = chain.nodes[i].fed_by;
        AIDC_EXPECT(parent[i] == all_parents || parent[i] < fed_by.size());
        first_arc_.push_back(static_cast<Row>(to_.size()));
        for (std::size_t k = 0; k < fed_by.size(); ++k) {
            AIDC_EXPECT(fed_by[k] < i);
            if (parent[i] == all_parents || parent[i] == k) {
                add_arc(output(fed_by[k]), input(i), std::numeric_limits<double>::infinity());
            }
        }
    }
    for (std::size_t j = 0; j < chain.loads.size(); ++j) {
        first_arc_.push_back(static_cast<Row>(to_.size()));
        for (Row const cord : chain.loads[j].fed_by) {
            AIDC_EXPECT(cord < nodes_);
            add_arc(output(cord), terminal(j), std::numeric_limits<double>::infinity());
        }
    }
    first_arc_.push_back(static_cast<Row>(to_.size()));
    clear(now);
}

void ChainNetwork::add_arc(Row from, Row to, double capacity_W)
{
    auto const arc = static_cast<Row>(to_.size());
    to_.insert(to_.end(), {to, from});
    capacity_.insert(capacity_.end(), {capacity_W, 0.0});
    next_.insert(next_.end(), {head_[from], head_[to]});
    head_[from] = arc;
    head_[to] = arc + 1;
}

void ChainNetwork::clear(std::span<NodeNow const> now)
{
    left_ = capacity_;
    std::fill(sink_W.begin(), sink_W.end(), 0.0);
    drawn_W_.assign(nodes_, 0.0);
    source_W_.resize(nodes_);
    shut_.assign(nodes_, false);
    std::transform(now.begin(), now.end(), source_W_.begin(), [](NodeNow const& node) { return node.source_W; });
}

bool ChainNetwork::mark(SourceTurn turn)
{
    std::fill(distance_.begin(), distance_.end(), unmarked);
    queue_.clear();
    for (Row v = 0; v < sink_W.size(); ++v) {
        if (sink_W[v] > dust_W) {
            distance_[v] = 0;
            queue_.push_back(v);
        }
    }
    for (std::size_t k = 0; k < queue_.size(); ++k) {
        for (Row arc = head_[queue_[k]]; arc != unmarked; arc = next_[arc]) {
            if (left_[arc ^ 1U] > dust_W && distance_[to_[arc]] == unmarked) {
                distance_[to_[arc]] = distance_[queue_[k]] + 1;
                queue_.push_back(to_[arc]);
            }
        }
    }
    auto const& sources = sources_[index(turn)];
    return std::any_of(sources.begin(), sources.end(), [this](Row i) { return gives(i); });
}

/// One path of falling distance from the input of a node to an open sink, filled to its narrowest place; false: there is none.
bool ChainNetwork::push_from(Row node)
{
    path_.clear();
    Row at = input(node);
    while (distance_[at] != 0 || sink_W[at] <= dust_W) {
        Row& arc = trial_[at];
        while (arc != unmarked && (left_[arc] <= dust_W || distance_[at] == 0 || distance_[to_[arc]] != distance_[at] - 1)) {
            arc = next_[arc];
        }
        if (arc != unmarked) {
            path_.push_back(arc);
            at = to_[arc];
            continue;
        }
        if (path_.empty()) {
            return false;
        }
        at = to_[path_.back() ^ 1U];
        path_.pop_back();
        trial_[at] = next_[trial_[at]];
    }
    double watts = std::min(source_W_[node], sink_W[at]);
    for (Row const arc : path_) {
        watts = std::min(watts, left_[arc]);
    }
    for (Row const arc : path_) {
        left_[arc] -= watts;
        left_[arc ^ 1U] += watts;
    }
    source_W_[node] -= watts;
    drawn_W_[node] += watts;
    sink_W[at] -= watts;
    return true;
}

void ChainNetwork::fill(SourceTurn turn)
{
    if (sources_[index(turn)].empty()) {
        return;
    }
    while (mark(turn)) {
        trial_ = head_;
        for (Row const i : sources_[index(turn)]) {
            while (gives(i) && push_from(i)) {}
        }
    }
}

} // namespace aidc
