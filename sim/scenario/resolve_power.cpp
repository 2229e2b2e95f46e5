#include "sim/scenario/resolve_power.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace aidc {
namespace {

using Kind = PowerNode::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double with_pumps = 1.02;    // racks and the pumps of their CDUs over racks: a CDU pump takes 1 to 2 % of its heat [J]
constexpr double machines_share = 0.1; // machines of a building over the design power of its halls [J]

/// 0 as written: no limit.
double limit(double value) { return value > 0.0 ? value : infinity; }

/// What groups of one kind of node are called, and their kind.
struct NodeGroup {
    UnitGroup::Kind kind;
    std::string folder;
};

NodeGroup group_of(Kind kind)
{
    switch (kind) {
    case Kind::feed:
        return {UnitGroup::Kind::feed, "feeds"};
    case Kind::generation:
        return {UnitGroup::Kind::generation, "generation"};
    case Kind::storage:
        return {UnitGroup::Kind::storage, "storage"};
    case Kind::genset:
        return {UnitGroup::Kind::genset, "gensets"};
    case Kind::transformer:
        return {UnitGroup::Kind::transformer, "transformers"};
    case Kind::switchgear:
        return {UnitGroup::Kind::switchgear, "switchgear"};
    case Kind::ups:
        return {UnitGroup::Kind::ups, "ups"};
    case Kind::busway:
        return {UnitGroup::Kind::busway, "busways"};
    }
    contract_broken("invariant", "PowerNode::Kind is listed", __FILE__, __LINE__);
}

std::optional<UpsBattery> battery_of(Resolver& r, UpsBattery const& battery, std::string const& pointer)
{
    if (battery.autonomy_s == 0.0) {
        return std::nullopt;
    }
    if (battery.charger_share == 0.0) {
        r.problem(pointer + "/charger_share",
                  "is 0: a battery without a charger never comes back after the first outage; give it one, or write an autonomy of 0");
    }
    return battery;
}

/// Storages of one node as one.
Storage all_of(Storage storage, double units)
{
    storage.capacity_J *= units;
    storage.power_W *= units;
    return storage;
}

/// Builds the chain of one campus in the order in which its parts depend on each other.
class PowerOfCampus {
  public:
    PowerOfCampus(Resolver& r, CampusSpec const& spec, Id<Campus> campus)
        : r_(r), spec_(spec), campus_(campus), name_(r.out.campuses[campus.row].name), pointer_(at("/campuses", campus.row))
    {
        std::size_t first = 0;
        while (first < r.out.halls.size() && r.out.halls[first].campus != campus) {
            ++first;
        }
        hall_ = first;
    }

    void build()
    {
        for (auto const& place : ordered_nodes(r_, spec_, pointer_)) {
            add_node(place);
        }
        auto const at_power = pointer_ + "/power";
        auto const halls_fed_by = rows(spec_.power.halls_fed_by, at_power + "/halls_fed_by", last_switchgear());
        auto const plants_fed_by = rows(spec_.power.plants_fed_by, at_power + "/plants_fed_by", halls_fed_by);
        for (auto const& building : spec_.buildings) {
            for (auto const& hall : building.halls) {
                add_hall(hall, halls_fed_by);
            }
        }
        add_machines(plants_fed_by);
    }

    CampusPower take() { return std::move(power_); }

    /// What is wrong with a chain that somebody has written: of all, or of the halls whose UPS are in blocks.
    void check() const
    {
        bool const is_written = !spec_.power.nodes.empty();
        if (!is_written && arranged_.empty()) {
            return;
        }
        // Busways that run to machines behind the UPS are many ways of one bus: no alternatives.
        PowerChain chain = power_.chain;
        chain.loads.resize(loads_checked_);
        for (auto const& problem : check_chain(chain)) {
            bool const of_node = problem.node != all_parents;
            if (is_written || (of_node && std::ranges::find(arranged_, problem.node) != arranged_.end())) {
                r_.problem(of_node ? node_pointers_[problem.node] : load_pointers_[problem.load], problem.what);
            }
        }
    }

  private:
    std::vector<std::uint32_t> last_switchgear() const
    {
        for (std::size_t i = power_.chain.nodes.size(); i-- > 0;) {
            if (power_.chain.nodes[i].kind == Kind::switchgear) {
                return {static_cast<std::uint32_t>(i)};
            }
        }
        return {};
    }

    std::vector<std::uint32_t> rows(std::vector<std::string> const& names, std::string const& pointer, std::vector<std::uint32_t> fallback)
    {
        std::vector<std::uint32_t> found;
        for (std::size_t k = 0; k < names.size(); ++k) {
            if (auto const node = r_.refer(names_, names[k], at(pointer, k))) {
                found.push_back(node.row);
            }
        }
        return found.empty() ? fallback : found;
    }

    Id<UnitGroup> add_group(UnitGroup group)
    {
        group.campus = campus_;
        group.granted = false;
        r_.out.groups.push_back(std::move(group));
        return id<UnitGroup>(r_.out.groups.size() - 1);
    }

    /// Vectors by node grow with the chain.
    void place(std::string const& pointer)
    {
        auto const nodes = power_.chain.nodes.size();
        power_.units.resize(nodes);
        power_.ups.resize(nodes);
        power_.storages.resize(nodes);
        node_pointers_.resize(nodes, pointer);
    }

    void add_node(NodePlace const& written)
    {
        auto const& [spec, pointer] = written;
        double const units = std::max(1U, spec.units);
        PowerNode node{.kind = spec.kind,
                       .name = spec.name,
                       .station = spec.station,
                       .units = units,
                       .rating_W = limit(spec.rating_W),
                       .loss = {.rating_W = spec.rating_W,
                                .no_load = spec.no_load_loss,
                                .proportional = spec.proportional_loss,
                                .square = spec.square_loss},
                       .fed_by = {},
                       .transfer_s = spec.transfer_s};
        for (auto const& parent : spec.fed_by) {
            node.fed_by.push_back(names_.find(parent).row);
        }
        auto const row = power_.chain.nodes.size();
        names_.add(spec.name, id<PowerNode>(row));
        auto const units_of = spec.group.empty() ? own_units(written) : shared_units(spec, node);
        power_.chain.nodes.push_back(std::move(node));
        place(pointer);
        power_.units[row] = units_of;
        if (spec.kind == Kind::ups) {
            power_.ups[row] = battery_of(r_, spec.battery.value_or(UpsBattery{}), pointer + "/battery");
        }
        if (spec.storage) {
            power_.storages[row] = all_of(*spec.storage, units);
        }
    }

    NodeUnits own_units(NodePlace const& written)
    {
        auto const& [spec, pointer] = written;
        auto const of_kind = group_of(spec.kind);
        UnitGroup group{.kind = of_kind.kind,
                        .name = fmt::format("{}/{}/{}", name_, of_kind.folder, spec.name),
                        .units = std::max(1U, spec.units),
                        .rating_W = spec.rating_W};
        set_life(r_, spec, pointer, group);
        auto const units = group.units;
        return {.group = add_group(std::move(group)), .first = 0, .count = units};
    }

    /// Units of the campus's own group for which a node stands; ratings and losses are theirs.
    NodeUnits shared_units(PowerNodeSpec const& spec, PowerNode& node)
    {
        auto const& campus = r_.out.campuses[campus_.row];
        bool const iron = spec.group == "transformers";
        auto const group = iron ? campus.transformers : campus.gensets;
        if (!group) {
            return {}; // of a scenario that is refused
        }
        auto& taken = iron ? transformers_taken_ : gensets_taken_;
        node.rating_W = r_.out.groups[group.row].rating_W * r_.out.groups[group.row].derate;
        node.loss = iron ? campus.transformer : LossCurve{};
        NodeUnits const units{.group = group, .first = taken, .count = std::max(1U, spec.units)};
        taken += units.count;
        return units;
    }

    void add_hall(HallSpec const& spec, std::vector<std::uint32_t> const& halls_fed_by)
    {
        auto const hall_id = id<Hall>(hall_++);
        auto const& hall = r_.out.halls[hall_id.row];
        auto const& ups = r_.out.groups[hall.ups_group.row];
        auto const& pointer = r_.hall_pointers[hall_id.row];
        std::string const name = hall.name.substr(name_.size() + 1);
        BuswaySpec const busway = spec.busway.value_or(BuswaySpec{});
        UpsBlocks const blocks{.name = name,
                               .arrangement = ups.arrangement,
                               .blocks = ups.blocks,
                               .units = std::max(1.0, static_cast<double>(ups.units) / ups.blocks),
                               .rating_W = ups.rating_W,
                               .loss = hall.ups,
                               .busway_W = limit(busway.rating_W),
                               .fed_by = rows(spec.fed_by, pointer + "/fed_by", halls_fed_by)};
        if (blocks.fed_by.empty()) {
            r_.problem(pointer,
                       "hangs on nothing: the chain has no switchgear; say what feeds halls (halls_fed_by, or fed_by of the hall)");
            return;
        }
        if (!(blocks.rating_W > 0.0)) {
            return; // of a scenario that is refused
        }
        auto const first = static_cast<std::uint32_t>(power_.chain.nodes.size());
        auto const added = add_blocks(power_.chain, blocks);
        place(pointer + "/ups");
        for (auto row = first; ups.arrangement != Arrangement::shared && row < power_.chain.nodes.size(); ++row) {
            arranged_.push_back(row);
        }
        put_blocks(spec, hall_id, added, busway);
        for (std::size_t c = 0; c < added.pods.size(); ++c) {
            std::string const suffix = added.pods.size() > 1 ? fmt::format(" {}", c + 1) : "";
            add_load({.name = "hall " + name + suffix,
                      .fed_by = added.pods[c].fed_by,
                      .design_W = added.pods[c].share * r_.out.halls[hall_id.row].design_W * with_pumps,
                      .rank = 1 + spec.handover_order},
                     {.hall = hall_id, .share = added.pods[c].share, .building = {}}, pointer);
        }
    }

    /// Units and batteries of the blocks of a hall.
    void put_blocks(HallSpec const& spec, Id<Hall> hall_id, AddedBlocks const& added, BuswaySpec const& busway)
    {
        auto const& hall = r_.out.halls[hall_id.row];
        auto const& pointer = r_.hall_pointers[hall_id.row];
        auto const battery = battery_of(r_, spec.ups.battery, pointer + "/ups/battery");
        auto const in_block = r_.out.groups[hall.ups_group.row].units / r_.out.groups[hall.ups_group.row].blocks;
        UnitGroup busways{.kind = UnitGroup::Kind::busway,
                          .name = hall.name + "/busways",
                          .building = hall.building,
                          .hall = hall_id,
                          .units = static_cast<std::uint32_t>(added.blocks.size()),
                          .rating_W = busway.rating_W};
        set_life(r_, busway, pointer + "/busway", busways);
        auto const busway_group = add_group(std::move(busways));
        for (std::uint32_t b = 0; b < added.blocks.size(); ++b) {
            power_.units[added.blocks[b].ups] = {.group = hall.ups_group, .first = b * in_block, .count = in_block};
            power_.units[added.blocks[b].busway] = {.group = busway_group, .first = b, .count = 1};
            power_.ups[added.blocks[b].ups] = battery;
            busways_.push_back({hall.building, added.blocks[b].busway});
        }
    }

    void add_load(PowerLoad load, LoadPart part, std::string const& pointer)
    {
        power_.chain.loads.push_back(std::move(load));
        power_.parts.push_back(part);
        load_pointers_.push_back(pointer);
    }

    /// Machines of each building, and those of them behind the UPS; CDU pumps there hang on the busways of their pods.
    void add_machines(std::vector<std::uint32_t> const& plants_fed_by)
    {
        for (bool const on_ups : {false, true}) {
            std::size_t place = 0;
            for (std::size_t b = 0; b < r_.out.buildings.size(); ++b) {
                auto const& building = r_.out.buildings[b];
                if (building.campus == campus_) {
                    add_machines_of(id<Building>(b), on_ups, plants_fed_by, at(pointer_ + "/buildings", place++));
                }
            }
            loads_checked_ = on_ups ? loads_checked_ : power_.chain.loads.size();
        }
    }

    void add_machines_of(Id<Building> id, bool on_ups, std::vector<std::uint32_t> const& plants_fed_by, std::string const& pointer)
    {
        auto const& building = r_.out.buildings[id.row];
        auto const& on = building.on_ups.on;
        bool const any_on_ups = std::any_of(on.begin() + 1, on.end(), [](bool is) { return is; });
        if (on_ups && !any_on_ups) {
            return;
        }
        PowerLoad load{.name = "machines of " + building.name.substr(name_.size() + 1) + (on_ups ? " on UPS" : ""),
                       .fed_by = plants_fed_by};
        if (on_ups) {
            load.fed_by.clear();
            for (auto const& [its, row] : busways_) {
                if (its == id) {
                    load.fed_by.push_back(row);
                }
            }
        }
        for (auto const& hall : r_.out.halls) {
            load.design_W += hall.building == id ? machines_share * hall.design_W : 0.0;
        }
        add_load(std::move(load), {.hall = {}, .building = id, .on_ups = on_ups}, pointer);
    }

    Resolver& r_;
    CampusSpec const& spec_;
    Id<Campus> campus_;
    std::string name_, pointer_;
    CampusPower power_{};
    Names<PowerNode> names_{"node of the power chain"};
    std::size_t hall_{}; ///< Next hall of the buildout
    std::uint32_t transformers_taken_{}, gensets_taken_{};
    std::vector<std::string> node_pointers_{}, load_pointers_{};
    std::vector<std::uint32_t> arranged_{}; ///< Rows of halls whose UPS are in blocks
    std::vector<std::pair<Id<Building>, std::uint32_t>> busways_{};
    std::size_t loads_checked_{}; ///< The first ones of the chain
};

GensetLaw genset_law_of(Resolver& r, GensetLawSpec const& spec, std::string const& pointer)
{
    GensetLaw law = spec;
    law.start = r.duration(spec.start_text, pointer + "/start");
    law.refuel_after_s = limit(spec.refuel_after_s);
    if ((spec.refuel_after_s > 0.0) != (spec.refuel_share_per_s > 0.0)) {
        r.problem(pointer, "needs both \"refuel_after\" and \"refuel_share\", or neither (no truck comes)");
    }
    return law;
}

Restart restart_of(RestartSpec const& spec)
{
    Restart law = spec.law;
    for (std::size_t m = 0; m < machine_count; ++m) {
        law.delay_s[m] = spec.machines[m].delay_s;
        law.ramp_s[m] = spec.machines[m].ramp_s;
    }
    return law;
}

} // namespace

void resolve_power(Resolver& r, CampusSpec const& spec, Id<Campus> campus)
{
    auto const pointer = at("/campuses", campus.row);
    auto const before = r.problems.size();
    PowerOfCampus power(r, spec, campus);
    power.build();
    if (r.problems.size() == before) {
        power.check();
    }
    auto& out = r.out.campuses[campus.row].power = power.take();
    out.gensets = genset_law_of(r, spec.power.genset_law, pointer + "/power/genset_law");
    out.restart = restart_of(spec.power.restart);
    out.shedding = spec.power.shedding;
    out.leak = spec.power.leak;
    out.checkpoint_s = spec.power.checkpoint_s;
    out.tier = spec.power.tier;
    add_machine_groups(r, campus);
    give_lives(r, spec.power, campus);
}

} // namespace aidc
