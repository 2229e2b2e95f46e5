#pragma once
/// \file
/// What contracts do with the accelerators they have: the lower rungs of the ladder.

#include "sim/process/run.hpp"

#include <vector>

namespace aidc {

/// Working accelerators of one kind at a campus: shares, each of the rung before [-]; and work that jobs have lost.
struct Use {
    double withheld{}; ///< Not given to jobs because the grid is capped
    double sold{};     ///< Of the rest
    UseShares of_sold;
    double rolled_back_s{}; ///< [accelerator s]

    double busy() const { return (1.0 - withheld) * sold * of_sold.allocated * of_sold.busy; } ///< Of all working ones [-]
};

/// Use of a campus over [from, to), by kind of rack; fills the books of its contracts and services. Call once for an interval.
std::vector<Use> book_use(Run& run, Id<Campus> campus, Tick from, Tick to);

/// What a contract does at this moment: shares of its working accelerators; of a queue that borrows, `allocated` may be above 1.
UseShares shares_now(Run const& run, Id<Contract> contract);

/// Busy share of the working accelerators at this moment, by kind of rack.
std::vector<double> busy_now(Run const& run, Id<Campus> campus);

/// Starts a new row in the books of contracts and services.
void begin_use_rows(Run& run);

} // namespace aidc
