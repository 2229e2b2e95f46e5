#pragma once
/// \file
/// One outage is a race: UPS seconds, genset start or not, pumps that stand or run, heat in a few hundred litres of coolant, throttle,
/// trip. A campus, second by second, from the moment something is lost until all is as before or nothing moves any more.

#include "models/campus/island.hpp"
#include "models/campus/supply_of_power.hpp"
#include "models/outage/machine.hpp"
#include "models/outage/power_race.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// A campus as a race sees it; const while it lasts.
struct RaceSite {
    Id<Campus> campus;
    CampusPower const& power;
    std::span<Building const> buildings; ///< All of the buildout, by Id
    std::span<Hall const> halls;         ///< The same
    std::span<RackKind const> kinds;     ///< The same
    std::span<UnitGroup const> groups;   ///< The same
};

/// Live racks of one line of a hall.
struct LiveLine {
    Id<Hall> hall;
    std::uint32_t line{};
    std::uint32_t racks{};
};

/// Some pods of a hall with a fault of their own.
struct PodFault {
    Id<Hall> hall;
    std::uint32_t line{};
    std::uint32_t pods{};      ///< How many
    double cdus{1.0};          ///< Share of the CDUs of each that are in service [-]
    std::uint32_t racks_off{}; ///< Of each: isolated
};

/// Machines of a building that are in service.
struct MachinesUp {
    double outdoor{};      ///< Dry coolers or tower cells
    double fws_pumps{1.0}; ///< Share of the pumps, spare ones included [-]
    double chillers{1.0};  ///< Share of the chillers, spare ones included [-]
};

/// What drives a race over a step.
struct RaceInputs {
    Air outdoors;
    Busy busy; ///< Share of live accelerators at work
    std::span<double const> trace_W;
    double import_W{};                ///< Most that the grid gives [W]
    std::span<double const> units_up; ///< By node of the chain
    std::span<MachinesUp const> up;   ///< By building of the buildout
    std::span<PodFault const> faults; ///< Of pods, now
    GensetDraws const* draws{};       ///< None: every set starts after its median time
};

/// Pods that are alike in everything that a race looks at.
struct RacePods {
    Id<Hall> hall;
    Id<Building> building;
    std::uint32_t line{};
    std::uint32_t load{};      ///< Row in the loads of the chain
    PodGroup group;            ///< condition: own row + 1
    double cdus{1.0};          ///< Share of their CDUs in service [-]
    bool faulty{};             ///< By a PodFault
    std::uint32_t racks_off{}; ///< Isolated racks of each pod, not counted in `group`

    bool tripped{};         ///< At its trip temperature; latched
    bool dark{};            ///< Without power; latched
    double well_s{};        ///< How long everything has been well again [s]
    double ramp{1.0};       ///< Back to this share of its load [-]
    MachineState pump;      ///< Of its CDUs
    PodCondition condition; ///< Of the last step
    double share{1.0};      ///< Of its load that was drawn in the last step [-]
    double rest_share{1.0}; ///< While the race rests: what its throttle had settled at [-]
};

/// Neither dark nor tripped.
inline bool is_live(RacePods const& pods) { return !pods.dark && !pods.tripped; }

/// Machines of one building.
struct RaceBuilding {
    Id<Building> building;
    PerMachine<MachineState> machines;
    PerMachine<double> nominal_W{}; ///< What each draws with everything on [W]
    double house_W{};
    IslandState island;
    std::vector<PodCondition> conditions; ///< Row 0: all is well
    std::vector<std::size_t> pods;        ///< Rows of RaceState::pods
    std::vector<PodGroup> groups;         ///< Of them
    Flows flows;                          ///< Of the last step
    double moving_K_per_s{};              ///< Fastest temperature in the last step
    std::vector<double> driven_by;        ///< What drove the last step: while it stands still and this stays, steps are alike
};

/// Why live accelerators did nothing, shares of what is live in a hall.
struct HallLoss {
    double dark{}, tripped{}, shed{}, throttled{}; ///< [-], exclusive, in this rank
    bool by_grid{};                                ///< A feed was lost when more went dark: it is dark for want of the grid
};

/// A race between two steps.
struct RaceState {
    PowerRace power;
    std::vector<RacePods> pods;
    std::vector<RaceBuilding> buildings; ///< Of this campus
    std::vector<HallLoss> losses;        ///< By hall of the buildout, of the last step
    double elapsed_s{};
    double calm_s{}; ///< How long nothing has moved
    bool resting{};  ///< Nothing moves: long steps are steady
};

/// The campus as it ran just before, in its steady state with everything in service.
/// \param lines  Live racks      \throws SolverError
RaceState begin_race(RaceSite const& site, RaceInputs const& before, std::span<LiveLine const> lines);

/// Racks went live or dark by other reasons: pods of each line as they are now. Those that were there keep their state; new ones are in
/// order.
void set_lines(RaceSite const& site, std::span<LiveLine const> lines, RaceState& race);

/// Pods that begin or cease to have a fault of their own are split from their line, or join it again at its next steady state.
void set_pod_faults(RaceState& race, std::span<PodFault const> faults);

/// One step of dt_s [s]: power, machines, pods, cooling of every building, trips.
///
/// A rack that is dark or tripped boots when its power, coolant and chips have been well for rack_lockout_s, and is back after
/// rack_ramp_s. \pre dt_s <= race_rests_s()      \throws SolverError
void step_race(RaceSite const& site, RaceInputs const& inputs, RaceState& race, double dt_s);

/// How long the next step may be [s]: 1 while anything moves, 5 to 60 while temperatures creep or racks only wait, else until something
/// happens by itself.
double race_step_s(RaceSite const& site, RaceState const& race);

/// Something from outside changes (a unit, the weather under a throttle): no more long steps.
void wake(RaceState& race);

/// Everything is as before: served, running, live, batteries full.
bool is_over(RaceSite const& site, RaceState const& race);

/// Shares of live accelerators of a building or campus lost to each cause; and temperatures: the line of a picture.
struct RaceSums {
    PowerSums power;
    double it_W{};
    double cooling_W{};
    double fws_flow_kg_per_s{};
    double tcs_flow{1.0};     ///< Of the CDU pumps, least over pods [-]
    double fws_supply_C{};    ///< Warmest building
    double tcs_supply_C{};    ///< Warmest pods
    double chip_C{};          ///< Warmest pods
    double racks_live{};      ///< Not dark, not tripped, not shed
    double throttled_share{}; ///< Of the power of those racks, cut by throttles [-]
};
RaceSums sums_of(RaceSite const& site, RaceState const& race);

} // namespace aidc
