#pragma once
/// \file
/// A frozen plan as a file: what `aidcsim baseline` writes and a scenario's "baseline" names.

#include "models/buildout/buildout.hpp"

#include <filesystem>
#include <string>

namespace aidc {

/// JSON text of a plan: dates by name of activity, lot and hall, in seconds since the start (exact: ticks are 2^-10 s).
std::string plan_json(Buildout const& buildout, Plan const& plan);

/// Reads a plan and fits it to a buildout: rows by name; what the file does not know was not planned. Another start is
/// another zero: dates keep their day, and what was planned before the start counts from the start.
/// \throws InputErrors  with all problems of the file
Plan read_plan(std::filesystem::path const& path, Buildout const& buildout);

} // namespace aidc
