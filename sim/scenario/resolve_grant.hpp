#pragma once
/// \file
/// What activities grant and take, from names to ids.

#include "sim/scenario/resolve.hpp"

namespace aidc {

/// Where an activity stands: names are looked up from the hall outwards.
struct Scope {
    Id<Campus> campus;
    Id<Building> building;
    Id<Hall> hall;
    std::string prefix; ///< "campus/building/hall/"
};

/// One grant as written; complains about what does not fit together.
Grant grant_of(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer);

/// The same for what an activity takes: racks as well.
Grant taken_of(Resolver& r, GrantSpec const& spec, Scope const& scope, std::string const& pointer);

/// No group may be put into service beyond its units; no activity may use up what nobody has ordered.
void check_totals(Resolver& r);

} // namespace aidc
