#pragma once
/// \file
/// The electrical half of a race: what reaches each load of the power chain, second by second, while sources come and go.

#include "models/campus/supply_of_power.hpp"

#include <functional>
#include <span>
#include <vector>

namespace aidc {

/// Draws of the sets of a genset node for its n-th start order.
using GensetDraws = std::function<std::vector<GensetDraw>(std::uint32_t node, std::uint32_t order, std::size_t sets)>;

/// What the power chain sees from outside over a step.
struct PowerInputs {
    std::span<double const> units_up; ///< By node: units in service
    std::span<double const> wanted_W; ///< By load: with everything on [W]
    double import_W{};                ///< Most that the grid gives [W]
    GensetDraws const* draws{};       ///< None: every set starts after its median time
};

/// State of one node.
struct NodeState {
    double charge{1.0};                 ///< Of its battery [-]
    std::uint32_t parent = all_parents; ///< Switches: entry of fed_by that it is on
    double dead_s{};                    ///< Switches: how long that one has been dead [s]
    std::uint32_t orders{};             ///< Gensets: start orders given
    bool islanded{};                    ///< Gensets: they run on a bus that was dead
    GensetState gensets;
};

/// What a load gets.
struct LoadService {
    bool served = true; ///< It has power
    double cap = 1.0;   ///< Share of its power that shedding leaves it [-]
    double enough_s{};  ///< How long there has been more than its cap [s]
    bool on_battery{};  ///< Only a UPS battery keeps it
};

/// The electrical state of a campus in a race.
struct PowerRace {
    std::vector<NodeState> nodes;
    std::vector<LoadService> loads;
    double short_s{};   ///< How long less has been there than is wanted, batteries apart [s]
    PowerFlows flows;   ///< Of the last step
    double fuel_m3{};   ///< Burnt in the last step [m3]
    bool mains_short{}; ///< Feeds and own generation alone would leave a load short that gensets could serve

    std::vector<double> dispatched_for; ///< Inputs of `flows` and `lasting_W`: equal inputs are not solved again
    std::vector<double> lasting_W;      ///< By load: what it would get without batteries, uncapped [W]
};

/// The chain with everything in service and full batteries.
PowerRace begin_power(CampusPower const& power);

/// One step of dt_s [s], a second or less while anything moves.
///
/// Order: switches and gensets look at what is live; the chain is dispatched for what is wanted under the caps; batteries discharge or
/// are charged; loads that get less than they want lose their power, as a breaker opens, and have it back when sources other than a
/// battery serve them; then load is shed or restored:
///
/// - shed when sources other than batteries have been short for `after_s` and no more gensets or load steps are to come: each
///   load to what lasts for it, the highest rank first (dispatch serves the lowest first). Below cap_floor it keeps its battery
///   until that is empty, and is dropped then: it has no power until it is restored;
/// - restored, restore_per_s after restore_after_s in which more has been there than its cap.
///
/// A feed that comes back after its bus was dead takes the load only when the gensets let it (back_s).
void step_power(CampusPower const& power, PowerInputs const& inputs, PowerRace& race, double dt_s);

/// Does nothing change by itself any more? Gensets that carry their load are steady, batteries that discharge are not.
bool power_is_steady(CampusPower const& power, PowerRace const& race);

/// While steady: until something happens by itself: a tank empty, a set failing, mains good long enough [s]; infinity: nothing.
double power_rests_s(CampusPower const& power, PowerRace const& race);

/// Everything as at the beginning: loads served and uncapped, gensets standing by, batteries full to a thousandth.
bool power_is_normal(CampusPower const& power, PowerRace const& race);

/// Sums of the last step.
struct PowerSums {
    double feed_W{};     ///< From feeds and own generation [W]
    double genset_W{};   ///< [W]
    double battery_W{};  ///< From UPS batteries and storage [W]
    double charging_W{}; ///< Into them [W]
    double sets{};       ///< Gensets on the bus
    double charge{};     ///< Of all UPS batteries, mean [-]; 1 without any
    double fuel{};       ///< In the tanks, mean [-]; 1 without any
};
PowerSums sums_of(CampusPower const& power, PowerRace const& race);

} // namespace aidc
