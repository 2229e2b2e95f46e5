#pragma once
/// \file
/// What a campus does when power or a machine is lost: the power chain with its backup, restart of machines and racks, shedding.

#include "models/base/id.hpp"
#include "models/power/chain.hpp"
#include "models/power/genset.hpp"
#include "models/power/storage.hpp"
#include "models/power/ups_battery.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace aidc {

struct Building;
struct Hall;
struct UnitGroup;

/// Machines of a building that stay or stop with their bus.
enum class Machine : std::uint8_t { cdu_pumps, fws_pumps, hall_air, outdoor, chillers };
inline constexpr std::size_t machine_count = 5;
template <class T> using PerMachine = std::array<T, machine_count>;
inline constexpr PerMachine<std::string_view> machine_names{"cdu_pumps", "fws_pumps", "hall_air", "outdoor", "chillers"};
constexpr std::size_t index(Machine machine) { return static_cast<std::size_t>(machine); }

/// Which machines hang behind the UPS; the others wait for gensets. Towers or dry coolers with their tower pumps are `outdoor`.
struct MachinesOnUps {
    PerMachine<bool> on{true, false, false, false, false};
};

/// How machines and racks come back.
struct Restart {
    PerMachine<double> delay_s{5.0, 10.0, 10.0, 15.0, 180.0}; ///< Power back until it starts; of chillers their lockout [s] [J]
    PerMachine<double> ramp_s{3.0, 5.0, 10.0, 20.0, 300.0};   ///< From then to full flow; of chillers, to full load [s] [J]
    double spin_down_s{3.0};                                  ///< Time constant of pumps that lose power [s]; 2...5 [J]
    double rack_lockout_s{600.0};                             ///< All is well again until a tripped or dark rack boots [s] [J]
    double rack_ramp_s{300.0};                                ///< From then to full load [s] [J]
    double cool_below_K{10.0};                                ///< Chips this far below their limit before a tripped rack boots [K] [J]
};

/// How load is shed when the chain carries less than what is wanted, and batteries bridge the rest.
struct Shedding {
    double after_s{15.0};           ///< Shortage until the first load is capped [s] [J]
    double cap_floor{0.4};          ///< A load is capped to this share of its power; beyond, it is dropped [-] [J]
    double restore_after_s{60.0};   ///< Enough power until load comes back [s] [J]
    double restore_per_s{1.0 / 60}; ///< Share of a load that comes back in a second [1/s] [J]
};

/// The units that a node of the chain stands for.
struct NodeUnits {
    Id<UnitGroup> group;   ///< None: always in service
    std::uint32_t first{}; ///< Of the group's units
    std::uint32_t count{};
};

/// What a load of the chain feeds: a share of the pods of a hall, or the machines of a building.
struct LoadPart {
    Id<Hall> hall;         ///< Pods; or none
    double share{};        ///< Of the hall's pods [-]
    Id<Building> building; ///< Machines
    bool on_ups{};         ///< Machines: those behind the UPS
};

/// What a leak at a quick disconnect does to its pod.
struct LeakLaw {
    double leak_m3_per_s{5.0e-6}; ///< [m3/s]; a drip that has become a jet, 0.3 L/min [J]
    double detect_s{30.0};        ///< Until the rope or the level has told, and the rack is shut off [s] [J]
    double low_level{0.03};       ///< Share of the pod's coolant that may be lost until its pumps stop [-] [J]
};

/// Seconds from the leak until its rack is shut off; infinity: the pumps of its pod have stopped before.
/// \param coolant_m3  Of the pod [m3]
inline double isolated_after_s(LeakLaw const& law, double coolant_m3)
{
    return law.leak_m3_per_s * law.detect_s < law.low_level * coolant_m3 ? law.detect_s : std::numeric_limits<double>::infinity();
}

/// What a site must stand, as its owner has stated.
enum class Tier : std::uint8_t {
    none,
    concurrently_maintainable, ///< Any one unit can be taken out on purpose, and no rack loses power or is throttled
    fault_tolerant             ///< Any one unit can fail at any moment, and the same
};

/// Power chain of a campus with all that acts when it fails.
struct CampusPower {
    PowerChain chain;
    std::vector<NodeUnits> units;                 ///< By node
    std::vector<LoadPart> parts;                  ///< By load
    std::vector<std::optional<UpsBattery>> ups;   ///< By node: of UPS
    std::vector<std::optional<Storage>> storages; ///< By node: of storage
    GensetLaw gensets;                            ///< Of all genset nodes
    Restart restart;
    Shedding shedding;
    LeakLaw leak;
    Tier tier{};
    double checkpoint_s{1800.0}; ///< Between two checkpoints of training work [s] [J]
};

} // namespace aidc
