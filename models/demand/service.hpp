#pragma once
/// \file
/// An inference service on the accelerators of contracts, at one or more campuses.

#include "models/base/id.hpp"
#include "models/demand/inference.hpp"

#include <cstdint>
#include <vector>

namespace aidc {

struct Contract;

/// A contract on whose accelerators a service runs.
struct ServiceSite {
    Id<Contract> contract;
    ServingRate rate; ///< Of the contract's accelerators
};

/// What is asked of a service, and where it is served.
struct Service {
    InferenceService asked;
    ServiceClock clock;
    LatencyTarget target;
    std::vector<ServiceSite> sites;
    std::vector<std::uint32_t> preference; ///< [region][rank] of sites, as many ranks as sites; no_site behind the last
    bool follows_load = true;              ///< Accelerators that the load does not need are given back, and are idle otherwise
};

} // namespace aidc
