#pragma once
/// \file
/// What fails, what repairs it, and what takes much of it down at once.

#include "models/base/duration.hpp"
#include "models/reliability/timers.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace aidc {

/// Equal units that share spares, repair crews and common causes. All are new at time 0.
struct LifeGroup {
    /// As many crews as there is work.
    static constexpr std::uint32_t enough = std::numeric_limits<std::uint32_t>::max();

    std::string name;
    std::uint32_t units = 1;              ///< Places where a unit is to work, >= 1
    Duration to_failure;                  ///< Time up of one unit, from new or repaired; all causes but external events
    Duration to_repair;                   ///< Work of one crew on one unit, which is then as good as new
    std::uint32_t crews = enough;         ///< Repairs at a time, first come, first served; >= 1
    std::uint32_t spares = 0;             ///< In stock at time 0; they do not age there
    Duration to_replace;                  ///< Exchange of a failed unit for one in stock; without spares it is repaired in its place
    double maintenance_every_s = never_s; ///< Each unit is due once in this time, one after the other [s] > units x maintenance_s
    double maintenance_s{};               ///< It is down for so long [s]; its age stands still
    double common_share{};                ///< Beta factor: share of a unit's failures that take the whole group down [-] 0 <= beta < 1
};

/// Something from outside that takes down every unit at work of some groups: a flood, a fault of the grid. A Poisson process.
struct ExternalEvent {
    std::string name;
    double rate_per_s{};               ///< [1/s] >= 0
    std::vector<std::uint32_t> groups; ///< Rows of the list of groups
};

/// Why a unit is down.
enum class DownCause : std::uint8_t { own, common, external, maintenance };

/// One unit goes down, or is back.
struct LifeEvent {
    double time_s = never_s;
    std::uint32_t group{};
    std::uint32_t unit{}; ///< Its place, 0 ... units - 1
    bool up{};
    DownCause cause{}; ///< For both: why it went down
};

/// What a uniform number is for. `failure`, `repair` and `replacement` are of one unit (spares count on from the places), `common` of a
/// group, `external` of an external event (its row stands for the group).
enum class LifeDraw : std::uint8_t { failure, repair, replacement, common, external };

/// Where chance comes from: the caller's generator.
class LifeUniforms {
  public:
    virtual ~LifeUniforms() = default;
    /// A number 0 < u < 1, a pure function of its arguments: so the history of a group does not depend on the other groups.
    virtual double uniform(std::uint32_t group, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const = 0;
};

} // namespace aidc
