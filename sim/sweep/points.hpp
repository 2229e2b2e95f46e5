#pragma once
/// \file
/// The points of a sweep: a pure function of what was asked for.

#include "models/study/unit_points.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/sweep_spec.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace aidc {

/// Every point with its value of every parameter.
struct Points {
    std::vector<Parameter> parameters;
    std::vector<std::string> values; ///< JSON texts, point after point
    UnitPoints unit;                 ///< Where the points lie in the unit cube; of grid and list: empty

    std::size_t size() const { return parameters.empty() ? 1 : values.size() / parameters.size(); }
    std::string const& value(std::size_t point, std::size_t parameter) const { return values[point * parameters.size() + parameter]; }
};

/// \throws InputErrors  with everything that is wrong with the parameters and the sampling
Points make_points(SweepSpec const& spec);

/// What distinguishes a point from the scenario as written: the values of all points, then its own.
std::vector<Override> overrides_of(SweepSpec const& spec, Points const& points, std::size_t point);

/// A table of points, one a line, for people and spreadsheets (RFC 4180).
std::string points_csv(Points const& points);

} // namespace aidc
