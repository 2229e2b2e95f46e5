#include "sim/replay/request_facts.hpp"

#include "models/demand/bursts.hpp"
#include "models/demand/queueing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>

namespace aidc {
namespace {

double mean_of(std::vector<double> const& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TokenFacts tokens_of(std::vector<double> values)
{
    std::ranges::sort(values);
    auto const quantile = [&](double p) {
        auto const at = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size())));
        return values[std::max<std::size_t>(at, 1) - 1];
    };
    return {.mean = mean_of(values), .median = quantile(0.5), .p99 = quantile(0.99)};
}

std::vector<Dispersion> dispersion_of(RequestLog const& log, double span_s)
{
    constexpr double least_windows = 10.0; // [J] a variance of fewer says little
    std::vector<Dispersion> rows;
    for (double const window_s : {1.0, 10.0, 60.0, 300.0}) {
        if (span_s >= least_windows * window_s) {
            rows.push_back({.window_s = window_s, .index = index_of_dispersion(log.arrival_s, window_s)});
        }
    }
    return rows;
}

Staffing staffing_of(double service_s, double per_s, double z, double wait_probability)
{
    double const offered = per_s * service_s;
    bool const is_measured = z > 0.0; // not NaN, and some variance
    return {.service_s = service_s,
            .offered = offered,
            .peakedness = is_measured ? z : std::numeric_limits<double>::quiet_NaN(),
            .poisson_slots = servers_needed(offered, 1.0, wait_probability),
            .measured_slots = is_measured ? servers_needed(offered, z, wait_probability) : 0};
}

/// Ten service times are what peakedness() asks for.
bool is_long_enough(double span_s, double service_s) { return span_s > 10.0 * service_s; }

[[noreturn]] void too_short(std::string const& name, double span_s, std::string const& why)
{
    throw InputErrors({{name, "", fmt::format("lasts {:g} s, {}; take a longer log or a shorter service", span_s, why)}});
}

std::vector<Staffing> exponential_staffing(RequestLog const& log, RequestFacts const& facts, std::vector<double> const& means_s, double p)
{
    std::vector<Staffing> rows;
    for (double const mean_s : means_s) {
        rows.push_back(staffing_of(mean_s, facts.per_s, peakedness(log.arrival_s, mean_s), p));
    }
    return rows;
}

/// In proportion to the tokens of each.
std::vector<double> own_times_s(RequestLog const& log, double tokens_per_slot_s)
{
    std::vector<double> times_s(log.arrival_s.size());
    for (std::size_t i = 0; i < times_s.size(); ++i) {
        times_s[i] = (log.prompt_tokens[i] + log.output_tokens[i]) / tokens_per_slot_s;
    }
    return times_s;
}

} // namespace

RequestFacts request_facts(RequestLog const& log, ServiceTimes const& times, double wait_probability, std::string const& name)
{
    double const span_s = log.arrival_s.back() - log.arrival_s.front();
    if (!(span_s > 0.0)) {
        throw InputErrors(
            {{name, "", fmt::format("has {} requests at one instant (a rate needs two); take a longer log", log.arrival_s.size())}});
    }
    auto const n = static_cast<double>(log.arrival_s.size());
    RequestFacts facts{.requests = log.arrival_s.size(),
                       .span_s = span_s,
                       .per_s = n / span_s,
                       .prompt = tokens_of(log.prompt_tokens),
                       .output = tokens_of(log.output_tokens),
                       .dispersion = dispersion_of(log, span_s)};
    facts.tokens_each = facts.prompt.mean + facts.output.mean;
    facts.tokens_per_s = facts.tokens_each * facts.per_s;
    if (times.tokens_per_slot_s) {
        auto const service_s = own_times_s(log, *times.tokens_per_slot_s);
        double const longest_s = std::ranges::max(service_s);
        if (!is_long_enough(span_s, mean_of(service_s)) || span_s <= 2.0 * longest_s) { // [J] half of it to look at
            too_short(
                name, span_s,
                fmt::format("a request on average {:g} s and the longest {:g} s (a spread needs ten of the former and two of the latter)",
                            mean_of(service_s), longest_s));
        }
        facts.own_times = true;
        facts.staffing = {staffing_of(mean_of(service_s), facts.per_s, peakedness(log.arrival_s, service_s), wait_probability)};
        return facts;
    }
    auto means_s = times.means_s;
    for (double const mean_s : means_s) {
        if (!is_long_enough(span_s, mean_s)) {
            too_short(name, span_s, fmt::format("and a service {:g} s (a spread needs ten of them)", mean_s));
        }
    }
    if (means_s.empty()) {
        std::ranges::copy_if(std::array{0.1, 1.0, 10.0, 60.0}, std::back_inserter(means_s),
                             [&](double mean_s) { return is_long_enough(span_s, mean_s); });
    }
    facts.staffing = exponential_staffing(log, facts, means_s, wait_probability);
    return facts;
}

} // namespace aidc
