#pragma once
/// \file
/// Firm IT watts: what shared supplies let each hall carry at design weather.

#include "models/campus/campus.hpp"
#include "models/campus/curve.hpp"

#include <array>
#include <span>
#include <vector>

namespace aidc {

/// Supplies that halls share, in the order of their terms.
enum class Shared : std::uint8_t { utility, substation, backup, cooling };
inline constexpr std::size_t shared_count = 4;
template <class T> using PerShared = std::array<T, shared_count>;

/// What a hall draws on each shared supply while it carries IT load at design weather; its whole load, not the covered share.
struct HallCurves {
    SupplyCurve fence;     ///< Utility and substation: IT + UPS losses + cooling + house + transformer losses [W]
    SupplyCurve emergency; ///< Backup: covered share of the IT load, and all the rest; unused at share 0
    SupplyCurve heat;      ///< Cooling: liquid heat to the building's coolers [W]
};

/// What stands for one hall when its curves are made: its share of what the building and the campus have in all.
struct DesignSite {
    Hall const* hall{};
    Building const* building{};
    Campus const* campus{};
    Climate const* climate{};
    std::span<RackKind const> kinds;
    double coolers{};      ///< Outdoor units of the building, by share of design power [-]
    double ups_units{};    ///< Of the hall
    double transformers{}; ///< Of the campus, by share of design power [-]
};

/// Curves of one hall with its planned mix of racks, from the plant solve and the loss curves at design weather: 17 points.
/// \throws SolverError
HallCurves design_curves(DesignSite const& site);

/// One hall as the shared supplies see it.
struct HallClaim {
    double live_W{}; ///< Already live: keeps its supply, whatever comes before it in the order [W]
    double own_W{};  ///< min of the hall's own terms [W]
    double backup_share{};
    HallCurves const* curves{};
    std::uint32_t building{}; ///< Row in FirmSupply::cooling_W
};

/// Firm watts of each shared supply, on its own side.
struct FirmSupply {
    double utility_W{};            ///< Import at the fence [W]
    double substation_W{};         ///< Transformers, n - r [W]
    double backup_W{};             ///< Gensets, n - r [W]; infinity: no limit
    std::vector<double> cooling_W; ///< Heat rejected at design weather by building, n - r [W]
};

/// Firm IT watts of each claim by each shared supply: what was left BEFORE the hall took, in the order of the claims.
///
/// Every hall first keeps what is live, as far as the supplies go, in the order of the claims; then each takes, in order, the most that its own terms and all shared supplies
/// allow. So a hall that is short of something else does not take, or blame, a shared supply.
std::vector<PerShared<double>> fill_shared(std::span<HallClaim const> claims, FirmSupply const& supply);

/// Firm watts of a group with `commissioned` units: firm_blocks_W() times derate; for one block max(0, n - r) rating derate.
double firm_group_W(UnitGroup const& group, double commissioned);

} // namespace aidc
