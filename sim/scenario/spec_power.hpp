#pragma once
/// \file
/// Power chain of a campus, what backs it up and brings it back: as written.

#include "models/campus/supply_of_power.hpp"
#include "sim/scenario/spec_equipment.hpp"
#include "sim/scenario/spec_faults.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

inline constexpr std::array<std::pair<std::string_view, PowerNode::Kind>, 8> node_kinds{{{"feed", PowerNode::Kind::feed},
                                                                                         {"generation", PowerNode::Kind::generation},
                                                                                         {"storage", PowerNode::Kind::storage},
                                                                                         {"genset", PowerNode::Kind::genset},
                                                                                         {"transformer", PowerNode::Kind::transformer},
                                                                                         {"switchgear", PowerNode::Kind::switchgear},
                                                                                         {"ups", PowerNode::Kind::ups},
                                                                                         {"busway", PowerNode::Kind::busway}}};

inline constexpr std::array<std::pair<std::string_view, Tier>, 3> tier_names{
    {{"none", Tier::none}, {"concurrently_maintainable", Tier::concurrently_maintainable}, {"fault_tolerant", Tier::fault_tolerant}}};

inline constexpr Range share_above_0{.low = 0.0, .high = 1.0, .low_excluded = true};

template <class V> void describe(V& v, Storage& x)
{
    v.quantity({"capacity", Need::required, "From empty to full, of one unit"}, "J", x.capacity_J, positive);
    v.quantity({"power", Need::required, "Limit of charging and of discharging, of one unit"}, "W", x.power_W, positive);
    v.number({"charge_efficiency", Need::optional, "Stored over taken in"}, x.charge_efficiency, share_above_0);
    v.number({"discharge_efficiency", Need::optional, "Given out over taken from the store"}, x.discharge_efficiency, share_above_0);
    v.number({"least_share", Need::optional, "Of the capacity, always kept"}, x.least_share, share);
    v.number({"reserve_share", Need::optional, "Of the capacity, kept for outages"}, x.reserve_share, share);
    v.number({"availability", Need::optional, "There when it is wanted"}, x.availability, share_above_0);
}

/// A node of the power chain; its parents by name.
struct PowerNodeSpec : LifeSpec {
    std::string name, station, group;
    PowerNode::Kind kind{};
    std::uint32_t units{}; ///< 0: 1, or all of its group
    double rating_W{};     ///< 0: no limit
    double no_load_loss{}, proportional_loss{}, square_loss{};
    std::vector<std::string> fed_by;
    double transfer_s{};
    std::optional<UpsBattery> battery;
    std::optional<Storage> storage;
};

template <class V> void describe(V& v, PowerNodeSpec& x)
{
    v.text({"name", Need::required, "Name in its campus"}, x.name);
    v.choice({"kind", Need::required, "What it is"}, x.kind, node_kinds);
    v.count({"units", Need::optional, "Equal ones in parallel; 0: 1, or all of its group"}, x.units, 0);
    v.quantity({"rating", Need::optional, "Output of one unit; 0: no limit, or that of its group"}, "W", x.rating_W, not_negative);
    v.text({"station", Need::optional, "Of a feed: where the line comes from; two lines of one station are one feed"}, x.station);
    v.texts({"fed_by", Need::optional, "Nodes that feed it"}, x.fed_by);
    v.quantity({"transfer", Need::optional, "0: all of these together; above: a switch, one at a time, and this long to another"}, "s",
               x.transfer_s, not_negative);
    v.text({"group", Need::optional, "\"transformers\" or \"gensets\" of the campus, for which it stands"}, x.group);
    v.number({"no_load_loss", Need::optional, "Loss of an energised unit without load, over its rating"}, x.no_load_loss, share);
    v.number({"proportional_loss", Need::optional, "Loss proportional to load, over the rating at full load"}, x.proportional_loss, share);
    v.number({"square_loss", Need::optional, "Resistive loss, over the rating at full load"}, x.square_loss, share);
    v.maybe({"battery", Need::optional, "Of a UPS; absent: the battery of its defaults"}, x.battery);
    v.maybe({"storage", Need::optional, "Of a storage: one unit"}, x.storage);
    describe_failures(v, x);
}

/// Busway behind a block of UPS.
struct BuswaySpec : LifeSpec {
    double rating_W{}; ///< 0: no limit
};

template <class V> void describe(V& v, BuswaySpec& x)
{
    v.quantity({"rating", Need::optional, "Of the busway of one block; 0: no limit"}, "W", x.rating_W, not_negative);
    describe_failures(v, x);
}

/// Gensets when they are wanted: the law of the model with its distribution as written; times of 0 that never come.
struct GensetLawSpec : GensetLaw {
    GensetLawSpec() { refuel_after_s = 0.0; }
    DurationText start_text{.duration = GensetLaw{}.start, .factor = {}};
};

template <class V> void describe(V& v, GensetLawSpec& x)
{
    v.quantity({"sense", Need::optional, "Dead bus until the start order"}, "s", x.sense_s, not_negative);
    v.duration({"start", Need::optional, "Start order until rated speed and voltage, by set; absent: 10 s"}, x.start_text);
    v.quantity({"parallel", Need::optional, "For each further set, until it is synchronised"}, "s", x.parallel_s, not_negative);
    v.number({"step_share", Need::optional, "Largest load step over the rating of the sets on the bus"}, x.step_share, share_above_0);
    v.quantity({"step_every", Need::optional, "Between two load steps"}, "s", x.step_every_s, not_negative);
    v.number({"fail_to_start", Need::optional, "Per start order and set"}, x.fail_to_start, share);
    v.quantity({"to_failure", Need::optional, "Mean running time of one set until it fails"}, "s", x.to_failure_s, positive);
    v.number({"availability", Need::optional, "Not in maintenance when it is wanted; 1 where gensets have a life"}, x.availability,
             share_above_0);
    v.quantity({"back", Need::optional, "The grid must have been good for this long before the load goes back"}, "s", x.back_s,
               not_negative);
    v.quantity({"tank", Need::optional, "Time of one full tank at full load"}, "s", x.tank_s, positive);
    v.quantity({"refuel_after", Need::optional, "Start order until the first truck; 0: none comes"}, "s", x.refuel_after_s, not_negative);
    v.quantity({"refuel_share", Need::optional, "Share of all tanks that is filled from then on"}, "per_s", x.refuel_share_per_s,
               not_negative);
    v.quantity({"burn_no_load", Need::optional, "Fuel without load over the rating"}, "m3_per_J", x.burn.no_load_m3_per_J, not_negative);
    v.quantity({"burn_slope", Need::optional, "More fuel per output"}, "m3_per_J", x.burn.slope_m3_per_J, positive);
    v.flag({"black_start", Need::optional, "Sets crank from their own batteries; else none starts on a dead site"}, x.black_start);
}

/// How one kind of machine comes back. Its defaults are those of RestartSpec.
struct MachineRestartSpec {
    double delay_s = -1.0, ramp_s = -1.0;
};

template <class V> void describe(V& v, MachineRestartSpec& x)
{
    v.quantity({"delay", Need::optional, "Power back until it starts; of chillers their lockout"}, "s", x.delay_s, not_negative);
    v.quantity({"ramp", Need::optional, "From then to full flow; of chillers to full load"}, "s", x.ramp_s, not_negative);
}

/// How machines and racks come back.
struct RestartSpec {
    Restart law;
    PerMachine<MachineRestartSpec> machines;

    RestartSpec()
    {
        for (std::size_t m = 0; m < machine_count; ++m) {
            machines[m] = {.delay_s = law.delay_s[m], .ramp_s = law.ramp_s[m]};
        }
    }
};

template <class V> void describe(V& v, RestartSpec& x)
{
    constexpr PerMachine<std::string_view> texts{"Pumps of CDUs", "Facility-water pumps", "Fans and pumps of the hall air",
                                                 "Outdoor units with their pumps", "Chillers"};
    for (std::size_t m = 0; m < machine_count; ++m) {
        v.object({machine_names[m], Need::optional, texts[m]}, x.machines[m]);
    }
    v.quantity({"spin_down", Need::optional, "Time constant of pumps that lose power"}, "s", x.law.spin_down_s, positive);
    v.quantity({"rack_lockout", Need::optional, "All is well again until a tripped or dark rack boots"}, "s", x.law.rack_lockout_s,
               not_negative);
    v.quantity({"rack_ramp", Need::optional, "From then to full load"}, "s", x.law.rack_ramp_s, positive);
    v.quantity({"cool_below", Need::optional, "Chips this far below their limit before a tripped rack boots"}, "K", x.law.cool_below_K,
               not_negative);
}

template <class V> void describe(V& v, Shedding& x)
{
    v.quantity({"after", Need::optional, "Shortage until the first load is capped"}, "s", x.after_s, not_negative);
    v.number({"cap_floor", Need::optional, "A load is capped to this share of its power; beyond, it is dropped"}, x.cap_floor, share);
    v.quantity({"restore_after", Need::optional, "Enough power until load comes back"}, "s", x.restore_after_s, not_negative);
    v.quantity({"restore", Need::optional, "Share of a load that comes back"}, "per_s", x.restore_per_s, positive);
}

template <class V> void describe(V& v, LeakLaw& x)
{
    v.quantity({"rate", Need::optional, "Coolant that leaks at one rack"}, "m3_per_s", x.leak_m3_per_s, positive);
    v.quantity({"detect", Need::optional, "Until the rack is shut off"}, "s", x.detect_s, not_negative);
    v.number({"low_level", Need::optional, "Share of a pod's coolant that may be lost until its pumps stop"}, x.low_level, share);
}

/// Lives of units that have none of their own, by kind.
struct ReliabilitySpec {
    std::optional<LifeSpec> feed, generation, storage, transformer, switchgear, genset, ups, busway;
    std::optional<LifeSpec> fws_pump, cdu, outdoor, chiller, leak;
};

template <class V> void describe(V& v, ReliabilitySpec& x)
{
    v.maybe({"feed", Need::optional, "Feeds of the grid"}, x.feed);
    v.maybe({"generation", Need::optional, "Own generation"}, x.generation);
    v.maybe({"storage", Need::optional, "Battery storages"}, x.storage);
    v.maybe({"transformer", Need::optional, "Transformers"}, x.transformer);
    v.maybe({"switchgear", Need::optional, "Sections of switchgear"}, x.switchgear);
    v.maybe({"genset", Need::optional, "Gensets while they stand; the law's availability must then be 1"}, x.genset);
    v.maybe({"ups", Need::optional, "UPS modules"}, x.ups);
    v.maybe({"busway", Need::optional, "Busways"}, x.busway);
    v.maybe({"fws_pump", Need::optional, "Facility-water pumps"}, x.fws_pump);
    v.maybe({"cdu", Need::optional, "CDUs"}, x.cdu);
    v.maybe({"outdoor", Need::optional, "Dry coolers or tower cells"}, x.outdoor);
    v.maybe({"chiller", Need::optional, "Chillers of the facility water"}, x.chiller);
    v.maybe({"leak", Need::optional, "Leaks at a rack"}, x.leak);
}

/// Power chain of a campus; without nodes, the chain that its transformers and gensets make.
struct PowerSpec {
    std::vector<PowerNodeSpec> nodes;
    std::vector<std::string> halls_fed_by, plants_fed_by;
    GensetLawSpec genset_law;
    RestartSpec restart;
    Shedding shedding;
    LeakLaw leak;
    double checkpoint_s = CampusPower{}.checkpoint_s;
    Tier tier{};
    ReliabilitySpec reliability;
    std::optional<PriceSpec> price;
};

template <class V> void describe(V& v, PowerSpec& x)
{
    v.list({"nodes", Need::optional, "Nodes of the chain; absent: grid, transformers, one bus, gensets"}, x.nodes);
    v.texts({"halls_fed_by", Need::optional, "Nodes that feed halls; absent: the last switchgear"}, x.halls_fed_by);
    v.texts({"plants_fed_by", Need::optional, "Nodes that feed machines of buildings; absent: as halls"}, x.plants_fed_by);
    v.object({"genset_law", Need::optional, "How gensets start, run and fail"}, x.genset_law);
    v.object({"restart", Need::optional, "How machines and racks come back"}, x.restart);
    v.object({"shedding", Need::optional, "How load is shed"}, x.shedding);
    v.object({"leak", Need::optional, "What a leak does to its pod"}, x.leak);
    v.quantity({"checkpoint", Need::optional, "Between two checkpoints of training work"}, "s", x.checkpoint_s, positive);
    v.choice({"tier", Need::optional, "What the site must stand"}, x.tier, tier_names);
    v.object({"reliability", Need::optional, "How often units fail that do not say so themselves, by kind"}, x.reliability);
    v.maybe({"price", Need::optional, "Demand response: less import while the price of energy is high"}, x.price);
}

} // namespace aidc
