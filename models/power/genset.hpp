#pragma once
/// \file
/// Standby engine generators on one bus: start or not, take the load in steps, burn fuel, fail while they run.

#include "models/base/duration.hpp"

#include <limits>
#include <span>
#include <vector>

namespace aidc {

/// Diesel burn of one running set, linear in its load: rating (no_load + slope x) [m3/s], x = load / rating.
///
/// Defaults: line through the four loads of a 2 MW set in the usual chart of approximate diesel consumption (bigrentz.com
/// and many others: 42.8, 72.2, 103.5, 141.9 US gal/h at 1/4...4/4), within 5 %: 30.1 + 497.5 x L/h.
struct FuelCurve {
    double no_load_m3_per_J{4.1806e-12}; ///< Burn without load over the rating [m3/J of rated output], >= 0
    double slope_m3_per_J{6.9094e-11};   ///< More burn per joule of output [m3/J], > 0
};

/// Gensets of one bus, equal ones.
struct GensetLaw {
    double sense_s{3.0};                    ///< Dead bus until the start order [s] [J]
    Duration start = Duration::fixed(10.0); ///< Start order until rated speed and voltage, by set [s]; NFPA 110 type 10
    double parallel_s{2.0};                 ///< For each further set, until it is synchronised to the first [s] [J]
    double step_share{0.5};       ///< Largest load step over the rating of the sets on the bus [-] 0...1; ISO 8528-5 class G2/G3 [J]
    double step_every_s{5.0};     ///< Between two load steps [s] [J]
    double fail_to_start{0.0094}; ///< Per start order and set [-]; REopt default
    double to_failure_s{1100.0 * 3600.0}; ///< Mean running time to failure of one set [s]; REopt default
    double availability{0.995};           ///< Not in maintenance when it is wanted [-]; REopt default
    double back_s{300.0};                 ///< Mains must have been good for this long before the load goes back to them [s] [J]
    double tank_s{12.0 * 3600.0};         ///< Time of one full tank at full load [s]; 12 h (Uptime owners committee, GB 50174)
    double refuel_after_s{std::numeric_limits<double>::infinity()}; ///< Start order until the first truck [s]; infinity: none comes
    double refuel_share_per_s{};                                    ///< Filled per second from then on, over the tanks of all sets [1/s]
    FuelCurve burn;
    /// The sets crank from their own starter batteries [J: usual]. Without, none starts on a dead site.
    bool black_start{true};
};

/// What chance decides about one set at one start order.
struct GensetDraw {
    double ready_s{}; ///< After the start order: rated voltage [s]; infinity: it does not start, or is in maintenance
    double runs_s{};  ///< From then until it fails [s]
};

/// Draw of one set from three uniform numbers, each 0 < u < 1: availability and start in the first, time, run.
///
/// It does not start when u_start < (1 - a) + a f, a: availability, f: fail_to_start; the run is exponential with mean to_failure_s.
/// Source: generators in the outage model of REopt (NREL; NREL/TP-76553). Not modelled: several tries to crank, common causes.
GensetDraw draw_genset(GensetLaw const& law, double u_start, double u_time, double u_run);

/// Everyone starts after the median time and runs on: for the design case.
std::vector<GensetDraw> all_start(GensetLaw const& law, std::size_t sets);

/// State of the sets of one bus between two steps.
struct GensetState {
    enum class Phase : unsigned char { standby, sensing, running };
    Phase phase{};
    double since_s{};              ///< In this phase [s]
    double mains_good_s{};         ///< How long the mains have been back [s]
    double accepted_W{};           ///< Load that they have been given leave to carry, step by step [W]
    double since_step_s{};         ///< Since the last load step began [s]
    double step_left_W{};          ///< Part of that step which the load has not used yet [W]
    double fuel{1.0};              ///< Of all tanks together [-] 0...1
    std::vector<GensetDraw> draws; ///< By set, for the present start order; a step sorts them by ready_s. Their number: sets installed
};

/// A start order has been given and nobody has said yet what becomes of the sets: fill `draws` before the next step.
bool wants_draws(GensetState const& state);

/// Sets on the bus now.
///
///     b_1 = r_1,   b_k = max(r_k, b_k-1) + parallel      r: ready, in rising order;  k is on the bus over b_k <= t < r_k + runs_k
///
/// The first ready set closes on the dead bus; each further one is synchronised after the one before. None without fuel.
double sets_online(GensetLaw const& law, GensetState const& state);

/// Power that the sets may carry now [W]: what is online and has been accepted.
/// \param rating_W  Of one set, derated [W]
double genset_limit_W(GensetLaw const& law, GensetState const& state, double rating_W);

/// What drives the sets over a step.
struct GensetInputs {
    bool mains_live{}; ///< The bus would be fed without them
    double load_W{};   ///< What they carried over the step [W]
    double wanted_W{}; ///< What the bus wants from them [W]; the next load step goes towards it
    double rating_W{}; ///< Of one set, derated [W]
};

/// One step of dt_s [s], at most a second while anything changes and as long as one likes while nothing does: sense, start, parallel,
/// accept load steps, burn, refuel, and back to standby when the mains have been good for back_s, or at once when they are good and no set is on the bus. Returns the fuel burnt [m3].
///
/// A load step begins when the bus wants more and the last one began step_every_s ago: step_share x rating x sets on the bus, used
/// up by what the bus wants meanwhile. When sets drop off, what is left on the bus is accepted at once. A failure of the mains
/// within back_s begins their count anew. Tanks are filled while running only; between outages that is the caller's.
/// Not modelled: overload trips, wet stacking, bleeding of a set that ran dry, cooling down.
double step_gensets(GensetLaw const& law, GensetState& state, GensetInputs const& inputs, double dt_s);

} // namespace aidc
