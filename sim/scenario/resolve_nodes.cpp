#include "sim/scenario/resolve_power.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace aidc {
namespace {

using Kind = PowerNode::Kind;

/// The chain that transformers and gensets make: the grid, one bus.
std::vector<NodePlace> implied_nodes(CampusSpec const& spec, std::string const& pointer)
{
    auto const node = [](std::string name, Kind kind, std::string group, std::vector<std::string> fed_by) {
        PowerNodeSpec made;
        made.name = std::move(name);
        made.kind = kind;
        made.group = std::move(group);
        made.fed_by = std::move(fed_by);
        return made;
    };
    std::vector<NodePlace> nodes{{node("grid", Kind::feed, "", {}), pointer + "/power"},
                                 {node("transformers", Kind::transformer, "transformers", {"grid"}), pointer + "/transformers"}};
    std::vector<std::string> feeds{"transformers"};
    if (spec.gensets) {
        nodes.push_back({node("gensets", Kind::genset, "gensets", {}), pointer + "/gensets"});
        feeds.emplace_back("gensets");
    }
    nodes.push_back({node("bus", Kind::switchgear, "", feeds), pointer + "/power"});
    return nodes;
}

std::string_view word_of(Kind kind)
{
    return std::ranges::find(node_kinds, kind, [](auto const& pair) { return pair.second; })->first;
}

bool makes_power(Kind kind) { return kind == Kind::feed || kind == Kind::generation || kind == Kind::genset; }

/// Keys of a node that its kind does not have (they would be ignored), and those that it needs.
void check_keys(Resolver& r, NodePlace const& place)
{
    auto const& [node, pointer] = place;
    auto const ignored = [&](bool given, std::string const& key, std::string const& why) {
        if (given) {
            r.problem(pointer + "/" + key, fmt::format("{} (it would be ignored); remove it", why));
        }
    };
    auto const kind = word_of(node.kind);
    ignored(makes_power(node.kind) && !node.fed_by.empty(), "fed_by", fmt::format("stands at a {}, which nothing feeds", kind));
    ignored(node.kind != Kind::feed && !node.station.empty(), "station", fmt::format("stands at a {}; feeds have stations", kind));
    ignored(node.kind != Kind::ups && node.battery, "battery", fmt::format("stands at a {}; UPS have batteries", kind));
    ignored(node.kind != Kind::storage && node.storage, "storage", fmt::format("stands at a {}; write kind \"storage\"", kind));
    ignored(node.transfer_s > 0.0 && node.fed_by.size() < 2, "transfer", "makes a switch of a node that less than two others feed");
    if (node.kind == Kind::storage && !node.storage) {
        r.problem(pointer + "/storage", "missing (what the storage holds and gives); add it");
    }
    if (node.kind == Kind::storage && node.fed_by.empty()) {
        r.problem(pointer + "/fed_by", "missing (nothing would charge the storage); put it between two others");
    }
    bool const limited =
        node.kind == Kind::generation || node.kind == Kind::genset || node.kind == Kind::transformer || node.kind == Kind::ups;
    if (limited && node.group.empty() && node.rating_W == 0.0) {
        r.problem(pointer + "/rating", fmt::format("missing (output of one unit of this {}); add rating_MW", kind));
    }
    double const loss = node.no_load_loss + node.proportional_loss + node.square_loss;
    if (loss > 0.0 && (node.rating_W == 0.0 || !node.group.empty())) {
        r.problem(pointer, node.group.empty()
                               ? "has losses, which are shares of a rating, and no rating; add rating_MW"
                               : fmt::format("has losses beside those of its {} (they would be ignored); remove them", node.group));
    }
}

/// A node that stands for units of the campus: which, and nothing of its own.
void check_group(Resolver& r, CampusSpec const& spec, NodePlace const& place)
{
    auto const& [node, pointer] = place;
    if (node.group.empty()) {
        return;
    }
    bool const iron = node.group == "transformers" && node.kind == Kind::transformer;
    bool const engines = node.group == "gensets" && node.kind == Kind::genset;
    if (!iron && !engines) {
        r.problem(pointer + "/group", fmt::format("\"{}\" is no group for a {}; a transformer has \"transformers\", a genset \"gensets\"",
                                                  node.group, word_of(node.kind)));
    }
    else if (engines && !spec.gensets) {
        r.problem(pointer + "/group", "stands for gensets and the campus has none; add \"gensets\" to the campus");
    }
    if (node.rating_W > 0.0 || node.to_failure || node.to_repair) {
        r.problem(pointer, fmt::format("has a rating or a life beside those of its {} (they would be ignored); remove them", node.group));
    }
}

/// Nodes that stand for one group share its units.
void check_shares(Resolver& r, CampusSpec const& spec, std::vector<NodePlace>& nodes, std::string const& pointer)
{
    for (std::string const group : {"transformers", "gensets"}) {
        std::uint32_t const units = group == "transformers" ? spec.transformers.units : spec.gensets ? spec.gensets->units : 0;
        std::vector<NodePlace*> shares;
        for (auto& node : nodes) {
            if (node.spec.group == group) {
                shares.push_back(&node);
            }
        }
        if (shares.empty() && units > 0) {
            r.problem(pointer + "/power/nodes", fmt::format("has no node for the {} of the campus (they would carry nothing); add one with "
                                                            "\"group\": \"{}\"",
                                                            group, group));
        }
        else if (shares.size() == 1 && shares.front()->spec.units == 0) {
            shares.front()->spec.units = units;
        }
        std::uint64_t sum = 0;
        for (auto const* const node : shares) {
            sum += node->spec.units;
        }
        if (!shares.empty() && units > 0
            && (sum != units || std::ranges::any_of(shares, [](auto* node) { return node->spec.units == 0; }))) {
            r.problem(shares.front()->pointer + "/units",
                      fmt::format("of all nodes that stand for {} are {} and the campus has {}; share them out", group, sum, units));
        }
    }
}

/// Names to rows of the list; links to what is not there are taken out.
Names<PowerNode> named(Resolver& r, std::vector<NodePlace>& nodes)
{
    Names<PowerNode> names("node of the power chain");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        r.declare(names, nodes[i].spec.name, i, nodes[i].pointer + "/name");
    }
    for (auto& [node, pointer] : nodes) {
        std::vector<std::string> known;
        for (std::size_t k = 0; k < node.fed_by.size(); ++k) {
            if (r.refer(names, node.fed_by[k], at(pointer + "/fed_by", k))) {
                known.push_back(node.fed_by[k]);
            }
        }
        node.fed_by = known;
    }
    return names;
}

void check_buses(Resolver& r, std::vector<NodePlace> const& nodes, Names<PowerNode> const& names)
{
    for (auto const& [node, pointer] : nodes) {
        auto const gensets = std::ranges::count_if(
            node.fed_by, [&](std::string const& name) { return nodes[names.find(name).row].spec.kind == Kind::genset; });
        if (gensets > 1) {
            r.problem(pointer + "/fed_by",
                      fmt::format("names {} gensets and a bus takes one (their sets start and share as one); make them one node", gensets));
        }
    }
}

/// Rows among `open` that feed each other in a circle, the first again at the end. \pre  each has a parent among them
std::vector<std::string> circle_in(std::vector<NodePlace> const& nodes, Names<PowerNode> const& names, std::vector<bool> const& placed)
{
    auto at = static_cast<std::size_t>(std::ranges::find(placed, false) - placed.begin());
    std::vector<std::string> way;
    while (std::ranges::find(way, nodes[at].spec.name) == way.end()) {
        way.push_back(nodes[at].spec.name);
        at =
            names.find(*std::ranges::find_if(nodes[at].spec.fed_by, [&](std::string const& name) { return !placed[names.find(name).row]; }))
                .row;
    }
    way.erase(way.begin(), std::ranges::find(way, nodes[at].spec.name));
    way.push_back(nodes[at].spec.name);
    return way;
}

} // namespace

std::vector<NodePlace> ordered_nodes(Resolver& r, CampusSpec const& spec, std::string const& pointer)
{
    std::vector<NodePlace> nodes;
    for (std::size_t i = 0; i < spec.power.nodes.size(); ++i) {
        nodes.push_back({spec.power.nodes[i], at(pointer + "/power/nodes", i)});
        check_keys(r, nodes.back());
        check_group(r, spec, nodes.back());
    }
    if (nodes.empty()) {
        nodes = implied_nodes(spec, pointer);
    }
    check_shares(r, spec, nodes, pointer);
    auto const names = named(r, nodes);
    check_buses(r, nodes, names);
    std::vector<NodePlace> ordered;
    std::vector<bool> placed(nodes.size(), false);
    auto const is_next = [&](std::size_t i) {
        return !placed[i]
               && std::ranges::all_of(nodes[i].spec.fed_by, [&](std::string const& name) { return placed[names.find(name).row]; });
    };
    while (ordered.size() < nodes.size()) {
        std::size_t next = 0;
        while (next < nodes.size() && !is_next(next)) {
            ++next;
        }
        if (next == nodes.size()) {
            r.problem(pointer + "/power/nodes",
                      fmt::format("has a circle: {}; cut one link", fmt::join(circle_in(nodes, names, placed), " is fed by ")));
            return {};
        }
        placed[next] = true;
        ordered.push_back(nodes[next]);
    }
    return ordered;
}

} // namespace aidc
