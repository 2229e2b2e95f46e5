#include "models/campus/firm.hpp"

#include "models/base/error.hpp"
#include "models/power/topology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

SupplyCurve const& curve_of(HallCurves const& curves, Shared supply)
{
    switch (supply) {
    case Shared::utility:
    case Shared::substation:
        return curves.fence;
    case Shared::backup:
        return curves.emergency;
    case Shared::cooling:
        return curves.heat;
    }
    contract_broken("invariant", "Shared is listed", __FILE__, __LINE__);
}

/// What is left of each supply; cooling is apart for each building.
class Left {
  public:
    explicit Left(FirmSupply const& supply) : supply_(supply) {}

    double& of(Shared shared, HallClaim const& claim)
    {
        switch (shared) {
        case Shared::utility:
            return supply_.utility_W;
        case Shared::substation:
            return supply_.substation_W;
        case Shared::backup:
            return supply_.backup_W;
        case Shared::cooling:
            return supply_.cooling_W[claim.building];
        }
        contract_broken("invariant", "Shared is listed", __FILE__, __LINE__);
    }

    void take(HallClaim const& claim, double from_W, double to_W)
    {
        for (std::size_t r = 0; r < shared_count; ++r) {
            auto const shared = static_cast<Shared>(r);
            if (shared == Shared::backup && claim.backup_share == 0.0) {
                continue; // not on the gensets
            }
            auto const& curve = curve_of(*claim.curves, shared);
            of(shared, claim) -= curve.drawn_W(to_W) - curve.drawn_W(from_W);
        }
    }

  private:
    FirmSupply supply_;
};

bool is_unlimited(Shared shared, HallClaim const& claim, FirmSupply const& supply)
{
    return shared == Shared::backup && (claim.backup_share == 0.0 || supply.backup_W == infinity);
}

/// What of its live load a hall keeps: all, unless a supply was taken out of service (rounding of the curve's inverse aside).
double kept_W(Left& left, HallClaim const& claim, FirmSupply const& supply)
{
    double kept_W = claim.live_W;
    for (std::size_t r = 0; r < shared_count; ++r) {
        auto const shared = static_cast<Shared>(r);
        auto const& curve = curve_of(*claim.curves, shared);
        double const left_W = left.of(shared, claim);
        if (!is_unlimited(shared, claim, supply) && curve.drawn_W(claim.live_W) * (1.0 - 1e-9) > left_W) {
            kept_W = std::min(kept_W, curve.it_W(left_W));
        }
    }
    return kept_W;
}

} // namespace

std::vector<PerShared<double>> fill_shared(std::span<HallClaim const> given, FirmSupply const& supply)
{
    std::vector<HallClaim> claims(given.begin(), given.end());
    Left left(supply);
    for (auto& claim : claims) {
        claim.live_W = kept_W(left, claim, supply);
        left.take(claim, 0.0, claim.live_W);
    }
    std::vector<PerShared<double>> firm(claims.size());
    for (std::size_t h = 0; h < claims.size(); ++h) {
        auto const& claim = claims[h];
        double carries_W = claim.own_W;
        for (std::size_t r = 0; r < shared_count; ++r) {
            auto const shared = static_cast<Shared>(r);
            auto const& curve = curve_of(*claim.curves, shared);
            bool const unlimited = is_unlimited(shared, claim, supply);
            double const offered_W = left.of(shared, claim) + curve.drawn_W(claim.live_W);
            // What is live was carried when it went live; rounding of the curve's inverse must not take it back.
            firm[h][r] = unlimited ? infinity : std::max(curve.it_W(offered_W), claim.live_W);
            carries_W = std::min(carries_W, firm[h][r]);
        }
        left.take(claim, claim.live_W, std::max(carries_W, claim.live_W));
    }
    return firm;
}

double firm_group_W(UnitGroup const& group, double commissioned)
{
    return group.derate
           * firm_blocks_W(group.arrangement, static_cast<int>(group.blocks), static_cast<int>(commissioned + 1e-9),
                           static_cast<int>(group.spare), group.rating_W);
}

} // namespace aidc
