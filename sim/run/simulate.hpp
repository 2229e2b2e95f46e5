#pragma once
/// \file
/// One simulation: from a buildout to what happened. One per process, because SimGrid keeps its clock in statics.

#include "sim/run/digest.hpp"

#include <cstdint>
#include <functional>

namespace aidc {

/// How a buildout is simulated.
struct SimulateOptions {
    std::uint32_t replicate = 0;
    Draws draws = Draws::seeded;
    Detail detail = Detail::operate;
    bool monthly = false;             ///< With Detail::build: rows are months, not days
    std::function<bool()> stop_asked; ///< Polled between instants; none: never
};

/// Runs a buildout to its end or until asked to stop.
/// \param plan  The baseline; empty for the run that makes it
/// \pre   no other simulation has run in this process
/// \throws SolverError, AuditError  after observer.finish(..., Ending::failed)
Digest simulate(Buildout const& buildout, Plan const& plan, SimulateOptions const& options, Observer& observer);

/// The baseline of a buildout: its median run, made in a child process.
/// \throws std::runtime_error  with the child's message
Plan make_plan(Buildout const& buildout);

/// A plan of `planned` fitted to a variant of it: rows by name; what the variant adds was not planned.
Plan fit_plan(Plan const& plan, Buildout const& planned, Buildout const& variant);

} // namespace aidc
