#pragma once
/// \file
/// A fault window from begin to end without a calendar: units go out at the moment 0 and stay out, or come back.

#include "models/outage/health.hpp"

#include <functional>
#include <limits>

namespace aidc {

/// A campus at a moment, before anything is lost.
struct Moment {
    RaceSite site;
    Air outdoors;
    double busy{1.0};
    double import_W{};                ///< Granted at the fence [W]
    std::vector<double> commissioned; ///< By group
    std::vector<LiveLine> lines;
    std::vector<double> trace_W;
};

/// What is lost.
struct Loss {
    std::vector<DownUnit> before;                             ///< Out since long, and settled: maintenance
    std::vector<DownUnit> down;                               ///< Lost at the moment 0
    double lasts_s = std::numeric_limits<double>::infinity(); ///< Until those are back [s]
    bool planned{}; ///< Taken out with care: batteries are not counted on, switches have turned and gensets run before
    GensetDraws const* draws{};
};

/// Live accelerators (racks, where there are none) that did nothing, by why [share of all that are live].
struct LostShares {
    double dark{}, tripped{}, shed{}, throttled{};
    double sum() const { return dark + tripped + shed + throttled; }
};

/// Lost shares from a moment on; constant until the next.
struct LostFrom {
    double from_s{};
    LostShares lost;
    double unserved_W{}; ///< IT power that was asked for and not drawn [W]
};

/// What a window came to.
struct WindowResult {
    double first_throttle_s = std::numeric_limits<double>::infinity();
    double first_stop_s = std::numeric_limits<double>::infinity(); ///< First rack dark, tripped or shed [s]
    double most_racks_lost{};                                      ///< At any moment: dark, tripped or shed
    double racks_lost_at_end{};
    double racks{};           ///< Live before
    double least_power = 1.0; ///< IT power over what it was before, least over the window [-]
    double chip_max_C = -273.15;
    double supply_max_C = -273.15;
    double fuel_m3{};
    double ends_s{};            ///< Nothing moved any more, or everything was as before [s]
    std::vector<LostFrom> lost; ///< In order; a new row when a share moves by more than 1e-4
};

/// Watches a window, step by step.
using WindowObserver = std::function<void(double at_s, RaceState const& race)>;

/// Runs a window until everything is as before, nothing moves any more, or most_s. \throws SolverError
WindowResult run_window(Moment const& moment, Loss const& loss, double most_s, WindowObserver const& observer = {});

/// Lost shares integrated over the first t seconds of a window that lasts [s of all that is live], by why.
LostShares lost_until(WindowResult const& window, double t_s);

/// IT energy not served in that time [J].
double unserved_until_J(WindowResult const& window, double t_s);

/// The row that holds at a time. \pre the window has rows
LostFrom const& lost_at(WindowResult const& window, double t_s);

} // namespace aidc
