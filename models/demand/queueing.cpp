#include "models/demand/queueing.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace aidc {
namespace {

/// Not through long double: faster, and good to 1e-10 at a million servers.
using InDouble = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Share of arrivals lost in M/M/c/c [-]. \pre  0 < offered < servers: beyond, both terms may vanish
double erlang_b(double servers, double offered)
{
    return boost::math::gamma_p_derivative(servers + 1.0, offered, InDouble{}) / boost::math::gamma_q(servers + 1.0, offered, InDouble{});
}

} // namespace

double erlang_c(double servers, double offered)
{
    AIDC_EXPECT(servers > 0.0 && offered >= 0.0);
    if (offered >= servers) {
        return 1.0;
    }
    if (offered == 0.0) {
        return 0.0;
    }
    double const blocked = erlang_b(servers, offered);
    return blocked / (1.0 - offered / servers * (1.0 - blocked));
}

double mmc_mean_wait(double servers, double offered)
{
    return offered < servers ? erlang_c(servers, offered) / (servers - offered) : std::numeric_limits<double>::infinity();
}

double mg1_mean_wait(double offered, double service_cv2) { return ggc_mean_wait(1.0, offered, 1.0, service_cv2); }

double ggc_mean_wait(double servers, double offered, double arrival_cv2, double service_cv2)
{
    AIDC_EXPECT(arrival_cv2 >= 0.0 && service_cv2 >= 0.0);
    return mmc_mean_wait(servers, offered) * (arrival_cv2 + service_cv2) / 2.0;
}

double wait_probability(double servers, double offered, double peakedness)
{
    AIDC_EXPECT(peakedness > 0.0);
    return erlang_c(servers / peakedness, offered / peakedness);
}

double safety_factor(double wait_probability)
{
    AIDC_EXPECT(wait_probability > 0.0 && wait_probability < 1.0);
    double const odds = (1.0 - wait_probability) / wait_probability;
    auto const over_odds = [odds](double beta) {
        double const density = std::exp(-0.5 * beta * beta) / std::sqrt(2.0 * std::numbers::pi);
        double const below = 0.5 * std::erfc(-beta / std::numbers::sqrt2);
        return beta * below / density - odds;
    };
    double const beyond = 1.0 + std::sqrt(-2.0 * std::log(wait_probability));
    return bracketed_root(over_odds, 0.0, beyond, 1e-12, "square-root staffing");
}

double square_root_staffing(double offered_erlangs, double peakedness, double wait_probability)
{
    AIDC_EXPECT(offered_erlangs >= 0.0 && peakedness > 0.0);
    return offered_erlangs + safety_factor(wait_probability) * std::sqrt(offered_erlangs * peakedness);
}

std::uint64_t servers_needed(double offered_erlangs, double peakedness, double p)
{
    double const guess = std::ceil(square_root_staffing(offered_erlangs, peakedness, p));
    if (offered_erlangs == 0.0) {
        return 0;
    }
    auto const enough = [=](double servers) {
        return servers > offered_erlangs && wait_probability(servers, offered_erlangs, peakedness) <= p;
    };
    double high = guess;
    double step = 1.0;
    for (; !enough(high); step *= 2.0) {
        high += step;
    }
    double low = high - 1.0;
    for (step = 1.0; enough(low); step *= 2.0) {
        high = low;
        low = std::max(low - step, 0.0);
    }
    while (high - low > 1.0) {
        double const middle = std::floor((low + high) / 2.0);
        (enough(middle) ? high : low) = middle;
    }
    return static_cast<std::uint64_t>(high);
}

double offered_within(double servers, double peakedness, double p)
{
    AIDC_EXPECT(servers >= 0.0 && p > 0.0 && p < 1.0);
    if (servers == 0.0) {
        return 0.0;
    }
    auto const over = [=](double offered) { return wait_probability(servers, offered, peakedness) - p; };
    return bracketed_root(over, 0.0, servers, 1e-12 * servers, "load within a chance of a wait");
}

} // namespace aidc
