#pragma once
/// \file
/// The parts of a site: campus > building (one facility-water loop, one island) > hall > lines of racks in pods.

#include "models/base/duration.hpp"
#include "models/campus/supply_of_power.hpp"
#include "models/cooling/plant.hpp"
#include "models/it/rack.hpp"
#include "models/power/losses.hpp"
#include "models/power/topology.hpp"
#include "models/weather/climate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aidc {

struct Hall;
struct Building;
struct Campus;

/// What units of a group share when they fail, and how they are kept up: for histories of years. A run draws each unit by itself.
struct Upkeep {
    std::uint32_t crews{};        ///< Repairs at a time; 0: as many as there is work
    std::uint32_t spares{};       ///< In stock, to be exchanged for failed units
    Duration to_replace;          ///< Exchange for one in stock
    double common_share{};        ///< Beta factor: share of a unit's failures that take the whole group down [-]
    double maintenance_every_s{}; ///< Each unit is due once in this time [s]; 0: never
    double maintenance_s{};       ///< It is down for so long [s]
};

/// Equal units, some with spares: everything of a site that can fail by itself.
struct UnitGroup {
    enum class Kind : std::uint8_t {
        transformer,
        genset,
        ups,
        dry_cooler, ///< Or tower cells: outdoor units of the facility water
        feed,
        generation,
        storage,
        switchgear,
        busway,
        fws_pump,
        chiller,
        cdu,  ///< All of a building, pod after pod
        leak, ///< Racks of a building, of which one may leak
    } kind{};
    std::string name;
    Id<Campus> campus;
    Id<Building> building;              ///< Of cooling
    Id<Hall> hall;                      ///< UPS, busways
    bool granted = true;                ///< Activities put its units into service; else they are from the start
    std::uint32_t units{};              ///< When all are commissioned
    std::uint32_t spare{};              ///< r of (n - r)
    double rating_W{};                  ///< Of one unit: electric output; heat rejected for coolers [W]
    Arrangement arrangement{};          ///< UPS: how its blocks stand in for each other
    std::uint32_t blocks = 1;           ///< UPS: that share the units alike
    double derate = 1.0;                ///< By altitude and design temperature [-], 0..1
    std::optional<Duration> to_failure; ///< Of one unit in service; none: never fails
    Duration to_repair;
    Upkeep upkeep; ///< Of units that fail
};

/// Racks of one kind planned for a hall.
struct RackLine {
    Id<RackKind> kind;
    std::uint32_t racks{};
    std::uint32_t racks_per_pod{};
    std::uint32_t unit_racks = 1; ///< Racks that go live together: the kind's unit, or a cluster in one fabric
};

/// A room of racks behind one UPS group: the smallest part that is handed over and whose terms are counted.
struct Hall {
    std::string name; ///< "campus/building/hall"
    Id<Building> building;
    Id<Campus> campus;
    std::vector<RackLine> lines;
    std::uint32_t positions{};
    double position_max_W{}; ///< Largest rack a position takes [W]
    double bus_V = 54.0;     ///< Voltage that positions offer [V DC]
    double floor_max_kg{};   ///< Heaviest rack that the floor carries [kg]; 0: no limit
    double design_W{};       ///< IT power the hall is built for [W at rack input]
    LossCurve ups;           ///< Of one unit; fractions of its rating
    Id<UnitGroup> ups_group;
    double house_W{};               ///< Lights, controls, security from handover on [W]
    double backup_share = 1.0;      ///< Share of the IT load that gensets must carry [-], 0: no limit
    std::uint32_t handover_order{}; ///< Planned; decides who is served first by shared supplies
};

/// What a plant was given at the design weather, for people to read.
struct PlantSizing {
    double liquid_W{};                 ///< Heat into the coolant with all planned racks at full power [W]
    double air_W{};                    ///< Heat into the hall air [W]
    double design_dry_bulb_C{};        ///< Listed [deg C]
    double design_wet_bulb_C{};        ///< Listed, the higher of the two [deg C]
    double fws_flow_m3_per_s{};        ///< At the set points [m3/s]
    std::uint32_t cdus_per_pod{};      ///< Spare ones included
    std::uint32_t cdu_spare{};         ///< Of a pod
    std::uint32_t outdoor_units{};     ///< Dry coolers or tower cells of the facility water
    std::uint32_t outdoor_spare{};     ///< Of them
    double outdoor_needed{};           ///< What the design weather asks for, as a fraction
    std::uint32_t chillers{};          ///< Of the facility water
    std::uint32_t chiller_spare{};     ///< Of them
    std::uint32_t air_outdoor_units{}; ///< Of the residual air
    std::uint32_t air_chillers{};      ///< Of the residual air; 0 at constant COP
    std::uint32_t pumps{};             ///< Of the facility water
    std::uint32_t pump_spare{};        ///< Of them
    double pump_unit_m3_per_s{};       ///< Flow of one pump [m3/s]
    double carried{};                  ///< Share of the heat that n - r units hold at fws_max in the design weather [-]
};

/// One island: halls on one facility-water loop.
struct Building {
    std::string name; ///< "campus/building"
    Id<Campus> campus;
    Plant plant;
    Id<UnitGroup> coolers; ///< Outdoor units of the facility water
    PlantSizing sizing;
    MachinesOnUps on_ups;
};

/// A site behind one fence: one grid import, one set of transformers and of gensets, one weather.
struct Campus {
    std::string name;
    std::string region;
    Id<Climate> climate;
    LossCurve transformer; ///< Of one unit; fractions of its rating
    Id<UnitGroup> transformers;
    Id<UnitGroup> gensets;              ///< none: no limit by backup
    bool counts_non_firm = false;       ///< Racks go live on non-firm import as well
    std::optional<Duration> to_curtail; ///< Non-firm import: from the start, and from one end, to the next curtailment
    Duration curtailed;                 ///< How long one lasts
    CampusPower power;
};

/// IT watts of all planned racks of a line [W at rack input].
inline double line_W(RackLine const& line, RackKind const& kind) { return line.racks * budget_W(kind); }

} // namespace aidc
