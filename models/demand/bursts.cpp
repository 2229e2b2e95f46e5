#include "models/demand/bursts.hpp"

#include "models/base/error.hpp"
#include "models/base/sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace aidc {
namespace {

/// Integrals over time of a quantity and of its square.
struct Moments {
    Sum first, second;

    double variance_over_mean(double span_s) const
    {
        double const mean = first / span_s;
        return (second / span_s - mean * mean) / mean;
    }
};

} // namespace

double index_of_dispersion(std::span<double const> arrival_s, double window_s)
{
    AIDC_EXPECT(arrival_s.size() >= 2 && window_s > 0.0);
    auto const windows = static_cast<std::size_t>((arrival_s.back() - arrival_s.front()) / window_s);
    AIDC_EXPECT(windows >= 2);
    std::vector<double> count(windows);
    for (double const a_s : arrival_s) {
        auto const window = static_cast<std::size_t>((a_s - arrival_s.front()) / window_s);
        if (window < windows) {
            count[window] += 1.0;
        }
    }
    auto const n = static_cast<double>(windows);
    double mean = 0.0;
    for (double const k : count) {
        mean += k / n;
    }
    double variance = 0.0;
    for (double const k : count) {
        variance += (k - mean) * (k - mean) / (n - 1.0);
    }
    return variance / mean;
}

double peakedness(std::span<double const> arrival_s, double mean_service_s)
{
    AIDC_EXPECT(arrival_s.size() >= 2 && mean_service_s > 0.0);
    double const end_s = arrival_s.back();
    double const from_s = arrival_s.front() + 5.0 * mean_service_s;
    AIDC_EXPECT(end_s - arrival_s.front() > 10.0 * mean_service_s);
    Moments busy;
    double expected = 0.0; // X after the last arrival
    double last_s = arrival_s.front();
    for (double const a_s : arrival_s) {
        AIDC_EXPECT(a_s >= last_s);
        if (double const begin_s = std::max(last_s, from_s); begin_s < a_s) {
            double const x = expected * std::exp(-(begin_s - last_s) / mean_service_s);
            double const decay = (a_s - begin_s) / mean_service_s;
            busy.first += x * mean_service_s * -std::expm1(-decay);
            busy.second += x * x * mean_service_s / 2.0 * -std::expm1(-2.0 * decay);
        }
        expected = 1.0 + expected * std::exp(-(a_s - last_s) / mean_service_s);
        last_s = a_s;
    }
    return 0.5 + busy.variance_over_mean(end_s - from_s);
}

double peakedness(std::span<double const> arrival_s, std::span<double const> service_s)
{
    AIDC_EXPECT(arrival_s.size() >= 2 && arrival_s.size() == service_s.size());
    std::vector<double> departure_s(arrival_s.begin(), arrival_s.end());
    for (std::size_t i = 0; i < departure_s.size(); ++i) {
        AIDC_EXPECT(service_s[i] >= 0.0);
        departure_s[i] += service_s[i];
    }
    std::ranges::sort(departure_s);
    double const from_s = arrival_s.front() + std::ranges::max(service_s);
    double const end_s = arrival_s.back();
    AIDC_EXPECT(from_s < end_s);
    Moments busy;
    double number = 0.0;
    double last_s = from_s;
    auto departure = departure_s.begin();
    auto const book_until = [&](double now_s) {
        if (now_s > last_s) {
            busy.first += number * (now_s - last_s);
            busy.second += number * number * (now_s - last_s);
            last_s = now_s;
        }
    };
    for (double const a_s : arrival_s) {
        for (; departure != departure_s.end() && *departure <= a_s; ++departure) {
            book_until(*departure);
            number -= 1.0;
        }
        book_until(a_s);
        number += 1.0;
    }
    return busy.variance_over_mean(end_s - from_s);
}

} // namespace aidc
