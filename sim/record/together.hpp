#pragma once
/// \file
/// What all halls of a campus carry together.

#include "sim/world/world.hpp"

#include <vector>

namespace aidc {

/// Firm IT watts of a campus at design weather.
struct Together {
    double energised_W{}; ///< By utility and substation, each hall at most what it is built for
    double ready_W{};     ///< By backup, cooling and the terms of each hall as well
};

/// Sums of shared supplies over halls. The terms of halls do not add up, because each is what was left before the hall took;
/// here the halls are filled one after the other, in the planned order of handover, whatever is live.
class TogetherSums {
  public:
    explicit TogetherSums(Buildout const& buildout) : buildout_(buildout), last_(buildout.campuses.size()) {}

    /// Sums now; worked out again only when a supply or a term has changed.
    Together of(World const& world, Id<Campus> campus);

  private:
    /// What the sums of a campus were made from, and the sums.
    struct Last {
        std::vector<double> inputs;
        Together sums;
    };
    Buildout const& buildout_;
    std::vector<Last> last_;
};

} // namespace aidc
