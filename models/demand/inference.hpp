#pragma once
/// \file
/// Load of an inference service: tokens per second by region and hour, the accelerators that they need, and which site serves whom.
/// Tokens are those of prompts and of outputs together, as services publish them.

#include "models/base/tick.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// Course of a load over the local day and week; relative: only its shape counts.
struct DailyCourse {
    std::array<double, 24> by_hour{}; ///< Level in each local hour, 00-01 first [-], >= 0, not all 0
    double weekend{1.0};              ///< Factor on Saturday and Sunday [-], >= 0
};

/// Mean level over a week [-]: mean of the hours times (5 + 2 weekend)/7.
double weekly_mean(DailyCourse const& course);

/// Level over its weekly mean [-] in an hour of the week. \param hour  0...167, from Sunday 00:00 local time
double relative_level(DailyCourse const& course, unsigned hour);

/// Consumer chat in China: evening peak at 21 h, night trough at a fifth of it. Estimate, drawn by hand about the Doubao record of
/// 2026-02-16, 21:46. Its peak hour is 1.60 times the weekly mean.
inline constexpr DailyCourse consumer_chat_course{.by_hour = {0.524, 0.415, 0.349, 0.316, 0.305, 0.338, 0.458, 0.676,
                                                              0.938, 1.178, 1.309, 1.353, 1.265, 1.287, 1.375, 1.407,
                                                              1.385, 1.331, 1.265, 1.309, 1.440, 1.527, 1.353, 0.895},
                                                  .weekend = 0.85};

/// Dated demand of all regions together.
struct TokenStep {
    Tick from{};
    double tokens_per_s{}; ///< Weekly mean at that date [tokens/s], > 0
};

/// Users of one time zone.
struct UserRegion {
    std::string name;
    double share{};        ///< Of the service's tokens [-], 0...1
    double utc_offset_s{}; ///< Local time less UTC [s]
};

/// An inference service: how much is asked, when, and where.
struct InferenceService {
    std::string name;
    DailyCourse course;                ///< The same for all regions, each in its own hours
    std::vector<TokenStep> demand;     ///< Rising dates
    double growth_per_year_after{1.0}; ///< Factor a year after the last date [-], > 0; 1 is flat
    std::vector<UserRegion> regions;
};

/// What the clock that counts the dates shows at date 0: midnight of this weekday, at this distance from UTC. One clock for all
/// regions and sites of a service, so that they meet at the same instant, wherever a site stands.
struct ServiceClock {
    double utc_offset_s{};    ///< [s]
    unsigned start_weekday{}; ///< Sunday = 0
};

/// Demand without its daily course [tokens/s]: 0 before the first date, log-linear between dates, then growing by a factor a year.
double trend_tokens_per_s(InferenceService const& service, Tick t);

/// Mean demand of a region over [from, to) [tokens/s]: share x trend x level in its local hour over the weekly mean.
///
///     1/(to - from) sum over hours of  level  integral of L e^(g t) dt
///
/// In closed form, whole weeks as a geometric series, so that it adds up over any cut of the interval and ten years cost as little as
/// weeks.
/// \pre  from < to
double mean_tokens_per_s(InferenceService const& service, UserRegion const& region, ServiceClock const& clock, Tick from, Tick to);

/// What accelerators of one kind do with one model.
struct ServingRate {
    double tokens_per_s{};       ///< Of one accelerator with all its slots busy, prompts and outputs together [tokens/s], > 0
    double slots{1.0};           ///< Requests at once on one accelerator: its share of the replica's [-], > 0; may be less than 1
    double tokens_per_request{}; ///< Prompt and output [-], > 0
    std::uint32_t replica{1};    ///< Accelerators that hold one copy of the model together
};

/// Mean time that a request holds its slot [s]: tokens_per_request slots / tokens_per_s.
double service_time_s(ServingRate const& rate);

/// How seldom requests wait for a slot, and how they come.
struct LatencyTarget {
    double wait_probability{0.01}; ///< Largest share of requests that wait [-], 0...1 [J]
    /// Peakedness of the arrivals at this service time [-]: Poisson 1. Calibrated on Azure LLM inference trace 2023 (code), 57 minutes,
    /// CC BY 4.0, for service times of about 10 s; 12 for 1 s, 77 for 60 s.
    double peakedness{48.0};
};

/// Accelerators for a load.
struct ServingNeed {
    double busy{};                ///< At work in the mean [accelerators]
    std::uint64_t accelerators{}; ///< With headroom, whole replicas

    double headroom() const { return static_cast<double>(accelerators) - busy; } ///< [accelerators]
};

/// Accelerators that hold the target at a mean load, slots as servers (models/demand/queueing.hpp):
///
///     offered = tokens_per_s slots / rate    [erlang],     accelerators = servers_needed(offered, z, p) / slots, up to whole replicas
///
/// Valid for: requests that find any free slot of the service; a load that holds much longer than a service time.
/// Not modelled: slots that slow each other down at part load, prompts and outputs on different accelerators, routing by cached prefix.
ServingNeed accelerators_for(double tokens_per_s, ServingRate const& rate, LatencyTarget const& target);

/// Largest load within the target [tokens/s] on so many accelerators, of which whole replicas count: the inverse of accelerators_for.
double tokens_within(double accelerators, ServingRate const& rate, LatencyTarget const& target);

/// In a list of preferred sites: there is no further one.
inline constexpr std::uint32_t no_site = std::numeric_limits<std::uint32_t>::max();

/// Who asks how much at one instant, and who may serve it.
struct ServiceLoad {
    std::span<double const> demand_tokens_per_s;   ///< By region [tokens/s]
    std::span<double const> capacity_tokens_per_s; ///< By site [tokens/s]
    std::span<std::uint32_t const> preference;     ///< [region][rank], the same number of ranks for all; no_site where a list is shorter
};

/// Follow the sun: each region's load goes to the first site of its list with room, what does not fit to the next. All regions ask their
/// first site before any asks its second, and so on; regions that ask one site in the same round share its room in proportion to what they
/// ask, so their order is of no account.
/// \param served   Out: [region][site], [tokens/s]
/// \param dropped  Out: by region, what no site of its list had room for [tokens/s]
/// \post  served over sites and dropped add up to the demand; no site serves more than its capacity (both to rounding)
void serve(ServiceLoad const& load, std::span<double> served, std::span<double> dropped);

} // namespace aidc
