#pragma once
/// \file
/// Firm watts of groups of equal units, and the derating of engine generators.

namespace aidc {

/// Group of equal units of which some are spare.
struct EqualUnits {
    int units{};       ///< Commissioned units n [-], >= 0
    int spare{};       ///< Units r that may be lost without shedding [-], >= 0
    double rating_W{}; ///< Rating of one unit [W], >= 0
};

/// Watts that stay when any `spare` units are lost: max(0, n - r) rating derate [W].
///
/// Source: definition of N + r redundancy; equals the least sum over every choice of r lost units (see the test).
/// \param derate  Share of the rating that the site leaves [-], 0...1
double firm_W(EqualUnits const& group, double derate = 1.0);

/// 2N: two independent sides, each able to carry everything: min(A, B) [W].
double firm_two_sided_W(double side_a_W, double side_b_W);

/// Distributed redundancy, "k makes k - 1": (k - 1)/k of the sum of k equal blocks [W].
///
/// Each block then runs at most at its rating after the loss of one. \pre blocks >= 2
double firm_distributed_W(int blocks, double block_W);

/// How the output of an engine generator falls with altitude and air temperature.
///
///     derate = (1 - a max(0, z - z0)/100 m) (1 - b max(0, T - T0)/10 K), not below 0
///
/// Defaults are typical of turbocharged diesel sets [J]; the maker's table goes before.
struct GensetDerate {
    double free_altitude_m{1000.0};  ///< z0, no loss below [m] [J]
    double loss_per_100_m{0.01};     ///< a, share of the rating per 100 m above [-] [J]
    double free_temperature_C{40.0}; ///< T0, no loss below [deg C] [J]
    double loss_per_10_K{0.03};      ///< b, share of the rating per 10 K above [-] [J]
};

/// Derating factor [-], 0...1.
/// \param altitude_m  Site above sea level [m]      \param air_C  Combustion air [deg C]
double genset_derate(GensetDerate const& law, double altitude_m, double air_C);

} // namespace aidc
