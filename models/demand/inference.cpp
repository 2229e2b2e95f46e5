#include "models/demand/inference.hpp"

#include "models/base/error.hpp"
#include "models/demand/queueing.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace aidc {
namespace {

constexpr Tick hour_ticks = day_ticks / 24;
constexpr Tick week_ticks = 7 * day_ticks;

constexpr Tick floor_mod(Tick t, Tick period) { return (t % period + period) % period; }

/// Integral of e^(g t) over 0...span [s].
double grown_s(double g_per_s, double span_s) { return g_per_s == 0.0 ? span_s : std::expm1(g_per_s * span_s) / g_per_s; }

/// Level in an hour of the week, 0...167; the first and the last day are the weekend.
double level(DailyCourse const& course, unsigned hour)
{
    return course.by_hour[hour % 24] * (hour < 24 || hour >= 144 ? course.weekend : 1.0);
}

/// Integral of level x e^(g t) from an instant of the week on [s], t = 0 at its start; hour by hour, so for spans of a week or less.
double within_week_s(DailyCourse const& course, Tick of_week, Tick span, double g_per_s)
{
    double sum_s = 0.0;
    for (Tick t = 0; t < span;) {
        Tick const now = floor_mod(of_week + t, week_ticks);
        Tick const piece = std::min(hour_ticks - now % hour_ticks, span - t);
        auto const hour = static_cast<unsigned>(now / hour_ticks);
        sum_s += level(course, hour) * std::exp(g_per_s * seconds(t)) * grown_s(g_per_s, seconds(piece));
        t += piece;
    }
    return sum_s;
}

/// The same for any span: n whole weeks are one week times 1 + e^(g week) + ... + e^(g (n - 1) week).
double weighted_s(DailyCourse const& course, Tick of_week, Tick span, double g_per_s)
{
    Tick const weeks = span / week_ticks;
    double sum_s = within_week_s(course, of_week, span % week_ticks, g_per_s);
    if (weeks > 0) {
        double const whole_s = seconds(weeks * week_ticks);
        sum_s *= std::exp(g_per_s * whole_s);
        sum_s += within_week_s(course, of_week, week_ticks, g_per_s) * grown_s(g_per_s, whole_s) / grown_s(g_per_s, week_s);
    }
    return sum_s;
}

/// A stretch of exponential growth.
struct Stretch {
    Tick from{};
    double tokens_per_s{}; ///< At `from`
    double g_per_s{};      ///< Growth [1/s]
    Tick to{};

    double at(Tick t) const { return tokens_per_s * std::exp(g_per_s * seconds(t - from)); }
};

/// The stretch that holds t. \pre  the service is launched by then
Stretch stretch_at(InferenceService const& service, Tick t)
{
    auto const& demand = service.demand;
    auto const next = std::ranges::upper_bound(demand, t, {}, &TokenStep::from);
    auto const& first = *std::prev(next);
    if (next == demand.end()) {
        return {first.from, first.tokens_per_s, std::log(service.growth_per_year_after) / year_s, never};
    }
    AIDC_EXPECT(first.tokens_per_s > 0.0 && next->tokens_per_s > 0.0);
    double const g_per_s = std::log(next->tokens_per_s / first.tokens_per_s) / seconds(next->from - first.from);
    return {first.from, first.tokens_per_s, g_per_s, next->from};
}

bool launched(InferenceService const& service, Tick t) { return !service.demand.empty() && service.demand.front().from <= t; }

/// Of `accelerators`, in whole replicas.
std::uint64_t whole_replicas(double accelerators, std::uint32_t replica)
{
    return static_cast<std::uint64_t>(std::ceil(accelerators / replica)) * replica;
}

/// Load of all regions that ask `site` in this round [tokens/s].
double asked_tokens_per_s(ServiceLoad const& load, std::size_t rank, std::size_t site, std::span<double const> rest)
{
    std::size_t const ranks = load.preference.size() / rest.size();
    double asked = 0.0;
    for (std::size_t region = 0; region < rest.size(); ++region) {
        if (load.preference[region * ranks + rank] == site) {
            asked += rest[region];
        }
    }
    return asked;
}

} // namespace

double weekly_mean(DailyCourse const& course)
{
    double sum = 0.0;
    for (double const level : course.by_hour) {
        sum += level;
    }
    return sum / 24.0 * (5.0 + 2.0 * course.weekend) / 7.0;
}

double relative_level(DailyCourse const& course, unsigned hour)
{
    double const mean = weekly_mean(course);
    AIDC_EXPECT(hour < 168 && mean > 0.0);
    return level(course, hour) / mean;
}

double trend_tokens_per_s(InferenceService const& service, Tick t) { return launched(service, t) ? stretch_at(service, t).at(t) : 0.0; }

double mean_tokens_per_s(InferenceService const& service, UserRegion const& region, ServiceClock const& clock, Tick from, Tick to)
{
    AIDC_EXPECT(from < to);
    // Date 0 is midnight on the clock; Sunday 00:00 in the region is where its hours of the week count from.
    Tick const shift = ticks(region.utc_offset_s - clock.utc_offset_s) + Tick{clock.start_weekday} * day_ticks;
    double tokens = 0.0;
    for (Tick t = launched(service, to) ? std::max(from, service.demand.front().from) : to; t < to;) {
        auto const stretch = stretch_at(service, t);
        Tick const until = std::min(to, stretch.to);
        tokens += stretch.at(t) * weighted_s(service.course, floor_mod(t + shift, week_ticks), until - t, stretch.g_per_s);
        t = until;
    }
    return region.share * tokens / (weekly_mean(service.course) * seconds(to - from));
}

double service_time_s(ServingRate const& rate) { return rate.tokens_per_request * rate.slots / rate.tokens_per_s; }

ServingNeed accelerators_for(double tokens_per_s, ServingRate const& rate, LatencyTarget const& target)
{
    AIDC_EXPECT(tokens_per_s >= 0.0 && rate.tokens_per_s > 0.0 && rate.slots > 0.0 && rate.replica > 0);
    double const busy = tokens_per_s / rate.tokens_per_s;
    auto const slots = static_cast<double>(servers_needed(busy * rate.slots, target.peakedness, target.wait_probability));
    return {.busy = busy, .accelerators = whole_replicas(slots / rate.slots, rate.replica)};
}

double tokens_within(double accelerators, ServingRate const& rate, LatencyTarget const& target)
{
    AIDC_EXPECT(accelerators >= 0.0 && rate.tokens_per_s > 0.0 && rate.slots > 0.0 && rate.replica > 0);
    double const whole = std::floor(accelerators / rate.replica) * rate.replica;
    return offered_within(whole * rate.slots, target.peakedness, target.wait_probability) / rate.slots * rate.tokens_per_s;
}

void serve(ServiceLoad const& load, std::span<double> served, std::span<double> dropped)
{
    std::size_t const regions = load.demand_tokens_per_s.size();
    std::size_t const sites = load.capacity_tokens_per_s.size();
    AIDC_EXPECT(regions > 0 && load.preference.size() % regions == 0);
    AIDC_EXPECT(served.size() == regions * sites && dropped.size() == regions);
    std::size_t const ranks = load.preference.size() / regions;
    std::ranges::fill(served, 0.0);
    std::ranges::copy(load.demand_tokens_per_s, dropped.begin());
    for (std::size_t rank = 0; rank < ranks; ++rank) {
        for (std::size_t site = 0; site < sites; ++site) {
            double const asked = asked_tokens_per_s(load, rank, site, dropped);
            if (asked == 0.0) {
                continue;
            }
            double room = load.capacity_tokens_per_s[site];
            for (std::size_t region = 0; region < regions; ++region) {
                room -= served[region * sites + site];
            }
            double const share = std::clamp(room / asked, 0.0, 1.0);
            for (std::size_t region = 0; region < regions; ++region) {
                if (load.preference[region * ranks + rank] == site) {
                    double const given = share * dropped[region];
                    served[region * sites + site] += given;
                    dropped[region] -= given;
                }
            }
        }
    }
}

} // namespace aidc
