#include "models/power/chain.hpp"

#include "models/base/error.hpp"
#include "models/power/chain_network.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

using Row = std::uint32_t;

/// Batteries do not charge batteries.
bool may_charge(SourceTurn turn) { return turn != SourceTurn::storage && turn != SourceTurn::ups_battery; }

/// Nodes from which watts may reach a load of a rank.
std::vector<bool> nodes_above(PowerChain const& chain, Row rank)
{
    std::vector<bool> above(chain.nodes.size(), false);
    for (PowerLoad const& load : chain.loads) {
        for (Row const node : load.rank == rank ? load.fed_by : std::vector<Row>{}) {
            above[node] = true;
        }
    }
    for (std::size_t i = chain.nodes.size(); i-- > 0;) { // parents stand before what they feed
        for (Row const parent : above[i] ? chain.nodes[i].fed_by : std::vector<Row>{}) {
            above[parent] = true;
        }
    }
    return above;
}

/// Loads, losses and charging of one moment on the network; losses are found by rounds.
class Dispatch {
  public:
    Dispatch(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W, std::span<Row const> parent);
    PowerFlows flows() const;

  private:
    static constexpr int most_rounds = 30, settling_rounds = 5;
    static constexpr double tolerance = 1e-9;

    bool route();
    bool serve_at_once();
    bool serve_by_rank();
    void fill_all();
    void open_batteries(std::size_t rank);
    void set_aside_unserved();
    bool rank_losses(std::size_t rank);
    void open_losses(std::size_t rank);
    void charge();
    double next_losses(bool settling);
    double node_loss_W(Row node, double out_W) const;

    PowerChain const& chain_;
    std::span<NodeNow const> now_;
    std::span<double const> demand_W_;
    ChainNetwork net_;
    std::vector<Row> ranks_;               ///< Of all loads, rising
    std::vector<std::vector<bool>> above_; ///< By rank: which nodes stand above its loads
    std::vector<std::size_t> loss_rank_;   ///< By node: place in ranks_ of the first that flows there; ranks_.size(): charging only
    std::vector<double> loss_W_;           ///< By node, wanted
    std::vector<double> lost_W_;           ///< By node, drawn
    std::vector<double> served_W_;         ///< By load
    std::vector<double> charged_W_;        ///< By node
    std::vector<double> out_W_;            ///< By node, foreseen by the sweep
    std::vector<double> unserved_W_;       ///< By vertex: of the ranks that had their turn
    std::vector<bool> energised_;
    double scale_W_{};
    bool by_rank_{};
};

Dispatch::Dispatch(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W, std::span<Row const> parent)
    : chain_(chain), now_(now), demand_W_(demand_W), net_(chain, now, parent)
{
    AIDC_EXPECT(demand_W.size() == chain.loads.size());
    std::size_t const nodes = chain.nodes.size();
    for (std::size_t j = 0; j < demand_W.size(); ++j) {
        AIDC_EXPECT(demand_W[j] >= 0.0);
        scale_W_ += demand_W[j];
        ranks_.push_back(chain.loads[j].rank);
    }
    for (NodeNow const& node : now) {
        scale_W_ += node.charge_W;
    }
    std::sort(ranks_.begin(), ranks_.end());
    ranks_.erase(std::unique(ranks_.begin(), ranks_.end()), ranks_.end());
    for (Row const rank : ranks_) {
        above_.push_back(nodes_above(chain, rank));
    }
    loss_rank_.assign(nodes, ranks_.size() + 1);
    loss_W_.assign(nodes, 0.0);
    lost_W_.assign(nodes, 0.0);
    charged_W_.assign(nodes, 0.0);
    served_W_.assign(demand_W.size(), 0.0);
    energised_.assign(nodes, false);
    net_.dust_W = 1e-12 * scale_W_;
    for (int round = 0; round < most_rounds; ++round) {
        bool const settled = route();
        if (next_losses(round >= settling_rounds) <= tolerance * scale_W_ && settled) {
            break;
        }
    }
}

/// One round with the losses of the last; false: another rank now flows somewhere.
bool Dispatch::route()
{
    // Ranks decide nothing while everyone is served.
    bool settled = true;
    by_rank_ = by_rank_ || !serve_at_once();
    if (by_rank_) {
        settled = serve_by_rank();
    }
    for (std::size_t j = 0; j < demand_W_.size(); ++j) {
        double& open_W = net_.sink_W[net_.terminal(j)];
        served_W_[j] = demand_W_[j] - open_W;
        open_W = 0.0;
    }
    charge();
    return !by_rank_ || (rank_losses(ranks_.size()) && settled);
}

void Dispatch::fill_all()
{
    for (SourceTurn const turn : source_turns) {
        net_.fill(turn);
    }
}

bool Dispatch::serve_at_once()
{
    net_.clear(now_);
    for (Row i = 0; i < loss_W_.size(); ++i) {
        net_.sink_W[ChainNetwork::input(i)] = loss_W_[i];
    }
    std::copy(demand_W_.begin(), demand_W_.end(), net_.sink_W.begin() + net_.terminal(0));
    for (SourceTurn const turn : source_turns) {
        if (turn != SourceTurn::ups_battery) { // whose battery works is a matter of ranks
            net_.fill(turn);
        }
    }
    return std::none_of(net_.sink_W.begin(), net_.sink_W.end(), [this](double open_W) { return open_W > net_.dust_W; });
}

/// Rank by rank, the losses of what flows before the loads: watts that arrive have paid for their way.
bool Dispatch::serve_by_rank()
{
    bool settled = true;
    net_.clear(now_);
    unserved_W_.assign(net_.sink_W.size(), 0.0);
    for (std::size_t rank = 0; rank < ranks_.size(); ++rank) {
        open_batteries(rank);
        open_losses(rank);
        fill_all();
        for (std::size_t j = 0; j < demand_W_.size(); ++j) {
            if (chain_.loads[j].rank == ranks_[rank]) {
                net_.sink_W[net_.terminal(j)] = demand_W_[j];
            }
        }
        fill_all();
        set_aside_unserved();
        settled = rank_losses(rank) && settled;
    }
    open_batteries(ranks_.size());
    open_losses(ranks_.size());
    fill_all();
    set_aside_unserved();
    net_.sink_W = unserved_W_;
    return settled;
}

/// What a rank has not got it does not get from the batteries of the next.
void Dispatch::set_aside_unserved()
{
    for (std::size_t v = 0; v < unserved_W_.size(); ++v) {
        unserved_W_[v] += net_.sink_W[v];
        net_.sink_W[v] = 0.0;
    }
}

/// A UPS battery works for what hangs on its UPS, and frees no watts for others by a detour.
void Dispatch::open_batteries(std::size_t rank)
{
    for (Row i = 0; i < loss_W_.size(); ++i) {
        net_.set_shut(i, chain_.nodes[i].kind == PowerNode::Kind::ups && (rank >= ranks_.size() || !above_[rank][i]));
    }
}

void Dispatch::open_losses(std::size_t rank)
{
    for (Row i = 0; i < loss_W_.size(); ++i) {
        if (loss_rank_[i] == rank) {
            net_.sink_W[ChainNetwork::input(i)] = loss_W_[i];
        }
    }
}

bool Dispatch::rank_losses(std::size_t rank)
{
    bool settled = true;
    for (Row i = 0; i < loss_rank_.size(); ++i) {
        if (loss_rank_[i] > rank && net_.through_W(i) > net_.dust_W) {
            loss_rank_[i] = rank;
            settled = false;
        }
    }
    return settled;
}

void Dispatch::charge()
{
    bool any = false;
    for (Row i = 0; i < loss_W_.size(); ++i) {
        double& open_W = net_.sink_W[ChainNetwork::input(i)];
        bool const drawn = !by_rank_ || loss_rank_[i] <= ranks_.size();
        lost_W_[i] = drawn ? loss_W_[i] - open_W : 0.0;
        open_W = chain_.nodes[i].fed_by.empty() ? 0.0 : now_[i].charge_W;
        any = any || open_W > 0.0;
    }
    if (!any) {
        return;
    }
    for (SourceTurn const turn : source_turns) {
        if (may_charge(turn)) {
            net_.fill(turn);
        }
    }
    for (Row i = 0; i < loss_W_.size(); ++i) {
        charged_W_[i] = chain_.nodes[i].fed_by.empty() ? 0.0 : now_[i].charge_W - net_.sink_W[ChainNetwork::input(i)];
    }
}

double Dispatch::node_loss_W(Row node, double out_W) const
{
    PowerNode const& n = chain_.nodes[node];
    if (n.loss.rating_W <= 0.0 || (out_W <= net_.dust_W && !energised_[node])) {
        return 0.0;
    }
    double const in_service = now_[node].pass_W / n.rating_W;
    return shared_loss_W(n.loss, std::isfinite(in_service) && std::isfinite(n.rating_W) ? in_service : n.units, out_W);
}

/// Losses when all routes keep their shares: one sweep from the loads to the sources is exact as long as nothing is short.
/// Returns the largest change.
double Dispatch::next_losses(bool settling)
{
    double change_W = 0.0;
    out_W_.assign(loss_W_.size(), 0.0);
    for (std::size_t j = 0; j < served_W_.size(); ++j) {
        net_.for_parents(loss_W_.size() + j, [&](Row cord, double watts) { out_W_[cord] += watts; });
    }
    for (auto i = static_cast<Row>(loss_W_.size()); i-- > 0;) {
        double const out_W = std::min(out_W_[i], now_[i].pass_W);
        // A node that cannot pay its own no-load loss would flicker: in the end it stays on.
        energised_[i] = energised_[i] || (settling && out_W > net_.dust_W);
        double const next_W = node_loss_W(i, out_W);
        bool const starved = lost_W_[i] < loss_W_[i] - net_.dust_W;
        double const paid_W = starved ? lost_W_[i] : next_W;
        change_W = std::max(change_W, std::abs(next_W - loss_W_[i]));
        loss_W_[i] = next_W;
        double enters_W = net_.drawn_W(i);
        net_.for_parents(i, [&](Row, double watts) { enters_W += watts; });
        double const grows = enters_W > 0.0 ? (out_W + paid_W + charged_W_[i]) / enters_W : 0.0;
        net_.for_parents(i, [&](Row parent, double watts) { out_W_[parent] += grows * watts; });
    }
    return change_W;
}

PowerFlows Dispatch::flows() const
{
    std::size_t const nodes = chain_.nodes.size();
    PowerFlows flows;
    flows.loss_W = lost_W_;
    flows.charged_W = charged_W_;
    flows.served_W = served_W_;
    flows.in_W.assign(nodes, 0.0);
    for (Row i = 0; i < nodes; ++i) {
        flows.out_W.push_back(net_.through_W(i));
        flows.own_W.push_back(net_.drawn_W(i));
        net_.for_parents(i, [&](Row, double watts) { flows.in_W[i] += watts; });
    }
    return flows;
}

/// A node with one unit fewer.
NodeNow one_unit_fewer(PowerNode const& node, NodeNow const& now)
{
    double const in_service = now.pass_W / node.rating_W;
    double const units = std::ceil((std::isfinite(in_service) && std::isfinite(node.rating_W) ? in_service : node.units) - 1e-9);
    if (units <= 1.0) {
        return {};
    }
    double const share = (units - 1.0) / units;
    return {.pass_W = now.pass_W * share, .source_W = now.source_W * share, .charge_W = now.charge_W * share};
}

} // namespace

PowerFlows dispatch(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W,
                    std::span<std::uint32_t const> parent)
{
    return Dispatch(chain, now, demand_W, parent).flows();
}

std::vector<std::uint32_t> first_parents(PowerChain const& chain)
{
    std::vector<std::uint32_t> parent;
    for (PowerNode const& node : chain.nodes) {
        parent.push_back(node.transfer_s > 0.0 && !node.fed_by.empty() ? 0 : all_parents);
    }
    return parent;
}

std::vector<std::uint32_t> live_parents(PowerChain const& chain, std::span<NodeNow const> now, std::span<std::uint32_t const> parent)
{
    AIDC_EXPECT(now.size() == chain.nodes.size() && parent.size() == chain.nodes.size());
    std::vector<std::uint32_t> stands(parent.begin(), parent.end());
    std::vector<bool> lives(chain.nodes.size());
    for (std::size_t i = 0; i < chain.nodes.size(); ++i) {
        auto const& fed_by = chain.nodes[i].fed_by;
        auto const first = std::find_if(fed_by.begin(), fed_by.end(), [&](std::uint32_t p) { return lives[p]; });
        bool fed = first != fed_by.end();
        if (fed && stands[i] != all_parents && !lives[fed_by[stands[i]]]) {
            fed = chain.nodes[i].transfer_s > 0.0;
            stands[i] = fed ? static_cast<std::uint32_t>(first - fed_by.begin()) : stands[i];
        }
        lives[i] = now[i].pass_W > 0.0 && (now[i].source_W > 0.0 || fed);
    }
    return stands;
}

std::vector<double> at_risk_W(PowerChain const& chain, std::span<NodeNow const> now, std::span<double const> demand_W,
                              std::span<std::uint32_t const> parent)
{
    std::vector<double> worst_W(chain.loads.size(), 0.0);
    std::vector<NodeNow> after(now.begin(), now.end());
    for (std::size_t i = 0; i < chain.nodes.size(); ++i) {
        after[i] = one_unit_fewer(chain.nodes[i], now[i]);
        auto const served_W = dispatch(chain, after, demand_W, live_parents(chain, after, parent)).served_W;
        for (std::size_t j = 0; j < worst_W.size(); ++j) {
            worst_W[j] = std::max(worst_W[j], demand_W[j] - served_W[j]);
        }
        after[i] = now[i];
    }
    return worst_W;
}

} // namespace aidc
