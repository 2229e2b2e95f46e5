#pragma once
/// \file
/// One simulation: from a buildout to what happened. One per process, because SimGrid keeps its clock in statics.

#include "models/buildout/buildout.hpp"
#include "sim/world/observer.hpp"

#include <cstdint>
#include <functional>

namespace aidc {

/// How a buildout is simulated.
struct SimulateOptions {
    std::uint32_t replicate = 0;
    Draws draws = Draws::seeded;
    Detail detail = Detail::operate;
    std::function<bool()> stop_asked; ///< Polled between instants; none: never
};

/// What a simulation sends home: small, in fixed order, no file.
struct Digest {
    Plan as_built; ///< Dates of everything; a plan, when the run was the median one
    Ending ending{};
    Tick reached{};
    std::uint64_t events{};
    std::uint64_t trace_hash{}; ///< Of (tick, phase) of every event
    std::uint64_t world_hash{}; ///< Of dates, ledger and flows at the end
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
