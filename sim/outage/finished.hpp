#pragma once
/// \file
/// A campus as it stands when everything that is planned has been built: what contingencies and years of outages look at.

#include "models/buildout/buildout.hpp"
#include "models/outage/window.hpp"

namespace aidc {

/// Every unit in service that some activity commissions, every rack live that stays, all import granted.
/// \param air   Outdoors      \param busy  Share of live accelerators at work [-]
Moment finished_campus(Buildout const& buildout, Id<Campus> campus, Air const& air, double busy);

/// Live accelerators at that moment.
double accelerators_of(Buildout const& buildout, Moment const& moment);

} // namespace aidc
