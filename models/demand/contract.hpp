#pragma once
/// \file
/// Contracts: who has reserved how much of a campus, from when to when, at what price, and how its use comes up.

#include "models/base/id.hpp"
#include "models/base/tick.hpp"

#include <string>
#include <vector>

namespace aidc {

struct Campus;
struct RackKind;
struct Contract;

/// Reserved IT power from a date on.
struct CommittedStep {
    Tick from{};
    double it_W{}; ///< IT watts at rack input [W], >= 0
};

/// Busy share of the sold accelerators over a day: mean (1 + swing cos(2 pi (t - peak) / 24 h)).
struct DailyShape {
    double busy_mean{};  ///< [-], 0..1
    double busy_swing{}; ///< [-], 0..1, with mean (1 + swing) <= 1
    double peak_s{};     ///< Local time of day of the maximum [s], 0..86400
};

/// How a customer fills what is handed over.
struct RackUp {
    double to_90_s{};    ///< Until nine tenths of what it will use are in use [s]; 0: at once
    double mature = 1.0; ///< Share of the sold power that it uses in the end [-], 0..1
};

/// Money of a contract, in the currency of the scenario.
struct ContractTerms {
    double price_per_J{};     ///< Of IT power that is served [1/(W s)]
    double damages_per_J{};   ///< Of IT power that is due and not served, after the grace [1/(W s)]
    double grace_s{};         ///< From the beginning of a shortfall [s]
    double damages_cap = 1.0; ///< Damages so far are at most this share of the price of all that was due so far [-]
};

/// A product that another one takes the place of.
struct Displaced {
    Id<Contract> contract;
    double share{}; ///< Watts that it is due less for each watt of the new one that is served [-]
};

/// What runs under a contract.
enum class Load : std::uint8_t {
    course,    ///< A daily course, by DailyShape
    inference, ///< A service
    jobs       ///< A queue of jobs
};

/// Reserved IT power of a campus over time, and what is done with it.
struct Contract {
    std::string name;
    Id<Campus> campus;
    Id<RackKind> kind;                    ///< That it must be served with; none: any, in proportion to what is left
    std::vector<CommittedStep> committed; ///< Sorted by date; each step is the new total
    Tick until = never;                   ///< Ends on a date: what came late is lost
    double term_s{};                      ///< Or so long after it was first served in full [s]: what comes late is deferred; 0: neither
    RackUp rack_up;
    ContractTerms terms;
    std::vector<Displaced> displaces;
    Load load{};
    DailyShape shape{}; ///< Of Load::course
};

/// Mean busy share [-] over [from, to), in closed form, so that it adds up over any cut of the interval.
/// \pre from < to. Dates count from a midnight of local time.
double mean_busy(DailyShape const& shape, Tick from, Tick to);

/// Power that a customer uses after dt_s, from what it used before and what it was sold since: a first-order lag,
///
///     d used / dt = (mature sold - used) ln(10) / to_90,      used <= sold
///
/// [W]. Of what is taken away, nothing is used any more.
double racked_up_W(RackUp const& rack_up, double used_W, double sold_W, double dt_s);

/// Mean of it over those dt_s [W]. \pre dt_s > 0
double mean_racked_up_W(RackUp const& rack_up, double used_W, double sold_W, double dt_s);

/// Damages [currency] over [from, to) of a shortfall that began at `short_since`, before the cap.
double damages(ContractTerms const& terms, double short_W, Tick short_since, Tick from, Tick to);

/// Order in which contracts are served so that each comes behind those that displace it, and else as they stand.
/// \returns fewer rows than contracts when they displace each other in a circle
std::vector<Id<Contract>> serving_order(std::vector<Contract> const& contracts);

} // namespace aidc
