#include "models/power/chain.hpp"

#include "models/base/error.hpp"
#include "models/power/chain_network.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace aidc {
namespace {

using Row = std::uint32_t;
using Kind = PowerNode::Kind;

bool is_source(Kind kind) { return kind == Kind::feed || kind == Kind::generation || kind == Kind::storage || kind == Kind::genset; }

/// Where watts go from each node: one way up from a load, the shortest.
class WaysUp {
  public:
    explicit WaysUp(PowerChain const& chain);
    /// "hall A1 <- UPS_A <- bus_A"; a node that no load hangs on stands alone.
    std::string path_to(Row node) const;
    /// A load that hangs on a node; all_parents: none.
    Row load_of(Row node) const { return load_[node]; }

  private:
    PowerChain const& chain_;
    std::vector<Row> below_, load_, steps_;
};

WaysUp::WaysUp(PowerChain const& chain)
    : chain_(chain), below_(chain.nodes.size(), all_parents), load_(chain.nodes.size(), all_parents),
      steps_(chain.nodes.size(), all_parents)
{
    for (Row j = 0; j < chain.loads.size(); ++j) {
        for (Row const cord : chain.loads[j].fed_by) {
            AIDC_EXPECT(cord < chain.nodes.size());
            if (steps_[cord] != 0) {
                steps_[cord] = 0;
                load_[cord] = j;
            }
        }
    }
    // Children stand behind their parents, so everything below a node is known when its turn comes.
    for (auto i = static_cast<Row>(chain.nodes.size()); i-- > 0;) {
        for (Row const parent : chain.nodes[i].fed_by) {
            AIDC_EXPECT(parent < i);
            if (load_[i] != all_parents && steps_[i] + 1 < steps_[parent]) {
                steps_[parent] = steps_[i] + 1;
                below_[parent] = i;
                load_[parent] = load_[i];
            }
        }
    }
}

std::string WaysUp::path_to(Row node) const
{
    std::string path = chain_.nodes[node].name;
    for (Row at = below_[node]; at != all_parents; at = below_[at]) {
        path = chain_.nodes[at].name + " <- " + path;
    }
    return load_[node] == all_parents ? path : chain_.loads[load_[node]].name + " <- " + path;
}

/// "a", "a and b", "a, b and c"
std::string listed(std::vector<std::string> const& names)
{
    std::string text = names.front();
    for (std::size_t k = 1; k < names.size(); ++k) {
        text += (k + 1 == names.size() ? " and " : ", ") + names[k];
    }
    return text;
}

std::string megawatts(double watts, int decimals)
{
    std::array<char, 400> text{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), watts / 1e6, std::chars_format::fixed, decimals).ptr;
    return std::string(text.data(), end) + " MW";
}

void check_fed(PowerChain const& chain, WaysUp const& ways, std::vector<ChainProblem>& problems)
{
    for (Row j = 0; j < chain.loads.size(); ++j) {
        if (chain.loads[j].fed_by.empty()) {
            problems.push_back({all_parents, j, chain.loads[j].name + ": nothing feeds " + chain.loads[j].name});
        }
    }
    for (Row i = 0; i < chain.nodes.size(); ++i) {
        PowerNode const& node = chain.nodes[i];
        if (node.fed_by.empty() && !is_source(node.kind)) {
            problems.push_back({i, ways.load_of(i), ways.path_to(i) + ": nothing feeds " + node.name});
        }
    }
}

/// What stands behind a place.
struct Origins {
    std::set<Row> feeds;    ///< Rows of feeds
    std::set<Row> separate; ///< What one failure takes: the first feed of each station, generation, gensets
};

void join(Origins& into, Origins const& more)
{
    into.feeds.insert(more.feeds.begin(), more.feeds.end());
    into.separate.insert(more.separate.begin(), more.separate.end());
}

std::vector<Origins> origins_of_nodes(PowerChain const& chain)
{
    std::vector<Origins> origins(chain.nodes.size());
    std::map<std::string, Row> first_of_station;
    for (Row i = 0; i < chain.nodes.size(); ++i) {
        PowerNode const& node = chain.nodes[i];
        for (Row const parent : node.fed_by) {
            join(origins[i], origins[parent]);
        }
        if (node.kind == Kind::feed) {
            origins[i].feeds.insert(i);
            origins[i].separate.insert(node.station.empty() ? i : first_of_station.try_emplace(node.station, i).first->second);
        }
        else if (node.kind == Kind::generation || node.kind == Kind::genset) {
            origins[i].separate.insert(i);
        }
    }
    return origins;
}

/// Ways into one place that one failure of a feed takes together.
struct CommonFeed {
    Row origin{all_parents}; ///< all_parents: there is none
    bool one_station{};      ///< Several feeds of one station
    std::vector<std::string> ways;
};

/// Two ways over one line are no fault where a third way or an engine stands beside them; two lines of one station are one always.
CommonFeed common_feed(PowerChain const& chain, std::vector<Origins> const& origins, std::vector<Row> const& fed_by)
{
    Origins all;
    std::map<Row, std::pair<Origins, std::vector<std::string>>> by_origin;
    for (Row const way : fed_by) {
        join(all, origins[way]);
        if (origins[way].separate.size() == 1 && !origins[way].feeds.empty()) {
            auto& [behind, ways] = by_origin[*origins[way].separate.begin()];
            join(behind, origins[way]);
            ways.push_back(chain.nodes[way].name);
        }
    }
    for (auto const& [origin, group] : by_origin) {
        bool const one_station = group.first.feeds.size() > 1;
        if (group.second.size() > 1 && (one_station || all.separate.size() == 1)) {
            return {origin, one_station, group.second};
        }
    }
    return {};
}

void check_common_feeds(PowerChain const& chain, WaysUp const& ways, std::vector<ChainProblem>& problems)
{
    auto const origins = origins_of_nodes(chain);
    std::map<Row, std::pair<ChainProblem, std::size_t>> first_place; // by origin; and how many more places
    auto const look = [&](std::vector<Row> const& fed_by, ChainProblem place, std::string const& path, std::string const& name) {
        CommonFeed const common = common_feed(chain, origins, fed_by);
        if (common.origin == all_parents) {
            return;
        }
        PowerNode const& feed = chain.nodes[common.origin];
        place.what = path + ": " + name + " is fed by " + listed(common.ways)
                     + ", which are one feed: " + (common.ways.size() == 2 ? "both" : "all") + " come from "
                     + (common.one_station ? "station " + feed.station : feed.name) + " (one failure takes "
                     + (common.ways.size() == 2 ? "both" : "all") + ")";
        auto const [found, is_first] = first_place.try_emplace(common.origin, place, 0);
        found->second.second += is_first ? 0 : 1;
    };
    for (Row i = 0; i < chain.nodes.size(); ++i) {
        look(chain.nodes[i].fed_by, {i, ways.load_of(i), {}}, ways.path_to(i), chain.nodes[i].name);
    }
    for (Row j = 0; j < chain.loads.size(); ++j) {
        look(chain.loads[j].fed_by, {all_parents, j, {}}, chain.loads[j].name, chain.loads[j].name);
    }
    for (auto& [origin, found] : first_place) {
        auto& [problem, more] = found;
        if (more > 0) {
            problem.what += "; so " + std::string(more == 1 ? "is 1 more place" : "are " + std::to_string(more) + " more places");
        }
        problems.push_back(problem);
    }
}

/// Everything in service, sources at their rating. Batteries and storage do not carry a design load.
std::vector<NodeNow> all_in_service(PowerChain const& chain)
{
    auto const lasting = [](PowerNode const& node) { return node.kind == Kind::feed || node.kind == Kind::generation; };
    bool const gensets = std::none_of(chain.nodes.begin(), chain.nodes.end(), lasting);
    std::vector<NodeNow> now;
    for (PowerNode const& node : chain.nodes) {
        double const rated_W = node.units * node.rating_W;
        bool const gives = lasting(node) || (gensets && node.kind == Kind::genset);
        now.push_back({.pass_W = rated_W, .source_W = gives ? rated_W : 0.0, .charge_W = 0.0});
    }
    return now;
}

/// What keeps a load from its watts: the nodes of the least cut, and the loads and losses behind them.
struct Bottleneck {
    std::vector<Row> nodes, loads;
    double wanted_W{}, carried_W{};
    bool with_losses{};
};

Bottleneck bottleneck(PowerChain const& chain, std::span<NodeNow const> now, ChainNetwork const& net, std::vector<double> const& loss_W)
{
    Bottleneck found;
    for (Row j = 0; j < chain.loads.size(); ++j) {
        if (net.marked(net.terminal(j))) {
            found.loads.push_back(j);
            found.wanted_W += chain.loads[j].design_W;
        }
    }
    for (Row i = 0; i < chain.nodes.size(); ++i) {
        bool const at_input = net.marked(ChainNetwork::input(i));
        bool const pass_limits = net.marked(ChainNetwork::output(i)) && !at_input;
        if (pass_limits || (at_input && now[i].source_W > 0.0)) {
            found.nodes.push_back(i);
            found.carried_W += pass_limits ? now[i].pass_W : now[i].source_W;
        }
        found.wanted_W += at_input ? loss_W[i] : 0.0;
        found.with_losses = found.with_losses || (at_input && loss_W[i] > 0.0);
    }
    return found;
}

std::string short_of(PowerChain const& chain, WaysUp const& ways, Bottleneck const& neck)
{
    std::vector<std::string> names;
    for (Row const i : neck.nodes) {
        names.push_back(chain.nodes[i].name);
    }
    std::string text = ways.path_to(neck.nodes.front()) + ": " + chain.loads[neck.loads.front()].name;
    text += neck.loads.size() == 1 ? " wants " : " and " + std::to_string(neck.loads.size() - 1) + " more want ";
    int decimals = 1;
    while (decimals < 6 && megawatts(neck.wanted_W, decimals) == megawatts(neck.carried_W, decimals)) {
        ++decimals;
    }
    text += megawatts(neck.wanted_W, decimals) + (neck.with_losses ? " with losses" : "") + " and " + listed(names);
    return text + (names.size() == 1 ? " carries " : " carry ") + megawatts(neck.carried_W, decimals);
}

/// \param all_fed  No node or load without anything that feeds it: else that has been told
void check_design(PowerChain const& chain, WaysUp const& ways, bool all_fed, std::vector<ChainProblem>& problems)
{
    auto const now = all_in_service(chain);
    auto const parent = first_parents(chain);
    std::vector<double> design_W;
    double total_W = 0.0;
    for (PowerLoad const& load : chain.loads) {
        design_W.push_back(load.design_W);
        total_W += load.design_W;
    }
    auto const flows = dispatch(chain, now, design_W, parent);
    ChainNetwork net(chain, now, parent);
    net.dust_W = 1e-9 * total_W;
    for (Row i = 0; i < chain.nodes.size(); ++i) {
        net.sink_W[ChainNetwork::input(i)] = flows.loss_W[i];
    }
    std::copy(flows.served_W.begin(), flows.served_W.end(), net.sink_W.begin() + net.terminal(0));
    for (SourceTurn const turn : source_turns) {
        net.fill(turn);
    }
    std::set<std::vector<Row>> told;
    for (Row j = 0; j < chain.loads.size(); ++j) {
        if (flows.served_W[j] >= design_W[j] - 1e-6 * total_W || chain.loads[j].fed_by.empty()) {
            continue;
        }
        std::fill(net.sink_W.begin(), net.sink_W.end(), 0.0);
        net.sink_W[net.terminal(j)] = design_W[j];
        net.mark(SourceTurn::feed);
        auto const neck = bottleneck(chain, now, net, flows.loss_W);
        if (neck.nodes.empty() && all_fed) {
            problems.push_back({all_parents, j, ways.path_to(chain.loads[j].fed_by.front()) + ": no feed and no generation behind it"});
        }
        else if (!neck.nodes.empty() && told.insert(neck.nodes).second) {
            problems.push_back({neck.nodes.front(), neck.loads.front(), short_of(chain, ways, neck)});
        }
    }
}

} // namespace

std::vector<ChainProblem> check_chain(PowerChain const& chain)
{
    std::vector<ChainProblem> problems;
    WaysUp const ways(chain);
    check_fed(chain, ways, problems);
    bool const all_fed = problems.empty();
    check_common_feeds(chain, ways, problems);
    check_design(chain, ways, all_fed, problems);
    return problems;
}

} // namespace aidc
