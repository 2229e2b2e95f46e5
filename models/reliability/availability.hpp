#pragma once
/// \file
/// How often is enough of it there? Closed forms for units that fail and are repaired, independently of one another.

#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

/// Share of a long time that one unit is up [-].
///
///     A = MTBF / (MTBF + MTTR)
///
/// Whatever the distributions (renewal theorem). Source: R. E. Barlow, F. Proschan, Mathematical Theory of Reliability, Wiley 1965.
/// MTBF is the mean time up, from the end of a repair to the next failure.
/// \pre mtbf_s > 0, mttr_s >= 0
double availability(double mtbf_s, double mttr_s);

/// All are needed: the product of the availabilities; 1 of none.
double series_availability(std::span<double const> availabilities);

/// One suffices: 1 - the product of the unavailabilities; 0 of none.
double parallel_availability(std::span<double const> availabilities);

/// At least `needed` of `units` equal independent ones are up: the upper tail of a binomial distribution,
///
///     P = sum over j = needed ... units of C(units, j) A^j (1 - A)^(units - j) = I_A(needed, units - needed + 1)
///
/// with the regularized incomplete beta function I (NIST Digital Library of Mathematical Functions, 8.17.5).
/// \pre 0 <= availability <= 1
double k_of_n_availability(std::uint32_t needed, std::uint32_t units, double availability);

/// Equal units with spares and a number of repair crews, times to failure and to repair exponential.
struct RepairShop {
    std::uint32_t units = 1;  ///< That work when all is well
    std::uint32_t spares = 0; ///< Cold: they do not fail in stock; they are put in at once
    std::uint32_t crews = 1;  ///< Repairs at a time, >= 1
    double mtbf_s{};          ///< Of a unit at work [s] > 0
    double mttr_s{};          ///< Of one crew on one unit [s] >= 0
};

/// Steady probabilities of 0, 1, ... units + spares failed ones [-], a birth-death chain (machine interference):
///
///     p(k + 1)/p(k) = min(units, units + spares - k)/MTBF x MTTR/min(k + 1, crews)
///
/// Source: D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed., Wiley 1998, section 2.7 (finite sources with spares).
/// Not modelled: failures in stock, time of the exchange, other distributions (they matter as soon as crews are short).
std::vector<double> steady_failed(RepairShop const& shop);

/// Chance that at least `needed` units are at work [-].
double k_of_n_availability(std::uint32_t needed, RepairShop const& shop);

/// Mean share of the units at work [-]: availability of one place.
double unit_availability(RepairShop const& shop);

/// What REopt asks about one standby genset. Defaults: NREL REopt, backup reliability inputs.
struct GensetChances {
    double operational_availability{0.995};  ///< Not in maintenance when it is wanted [-]
    double fail_to_start{0.0094};            ///< Per start order [-]
    double mean_to_failure_s{1100 * 3600.0}; ///< Mean running time to a failure [s]; REopt has it as 1100 time steps of an hour
};

/// Chance that one genset runs a time t after the start order [-]: availability x (1 - fail_to_start) x exp(-t/mean_to_failure).
///
/// Source: NREL REopt.jl, backup_reliability.jl, whose chain goes in steps of an hour: (1 - 1/1100)^336 after two weeks, lower by
/// 1.4e-4 of itself than the exponential here.
double genset_survival(GensetChances const& chances, double time_s);

/// Chance that at least `needed` of `sets` independent gensets run after time_s [-]. None is repaired meanwhile, so that it is also the
/// chance that there were enough all the while.
double genset_survival(std::uint32_t needed, std::uint32_t sets, GensetChances const& chances, double time_s);

} // namespace aidc
