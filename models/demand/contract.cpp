#include "models/demand/contract.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aidc {

double mean_busy(DailyShape const& shape, Tick from, Tick to)
{
    AIDC_EXPECT(from < to);
    // Whole days average to the mean; only the rest of a day needs the sine. Reduced to one day first: exact in ticks.
    double const omega = 2.0 * std::numbers::pi / day_s;
    auto const antiderivative = [&](Tick t) { return std::sin(omega * (seconds(t % day_ticks) - shape.peak_s)) / omega; };
    double const swing_s = antiderivative(to) - antiderivative(from);
    return shape.busy_mean * (1.0 + shape.busy_swing * swing_s / seconds(to - from));
}

double racked_up_W(RackUp const& rack_up, double used_W, double sold_W, double dt_s)
{
    double const target_W = rack_up.mature * sold_W;
    if (rack_up.to_90_s == 0.0) {
        return target_W;
    }
    double const kept_W = std::min(used_W, target_W);
    return target_W - (target_W - kept_W) * std::exp(-std::numbers::ln10 * dt_s / rack_up.to_90_s);
}

double mean_racked_up_W(RackUp const& rack_up, double used_W, double sold_W, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0);
    double const target_W = rack_up.mature * sold_W;
    if (rack_up.to_90_s == 0.0) {
        return target_W;
    }
    double const kept_W = std::min(used_W, target_W);
    double const x = std::numbers::ln10 * dt_s / rack_up.to_90_s;
    return target_W + (target_W - kept_W) * std::expm1(-x) / x;
}

double damages(ContractTerms const& terms, double short_W, Tick short_since, Tick from, Tick to)
{
    double const counts_from_s = std::max(seconds(short_since) + terms.grace_s, seconds(from));
    return terms.damages_per_J * short_W * std::max(0.0, seconds(to) - counts_from_s);
}

std::vector<Id<Contract>> serving_order(std::vector<Contract> const& contracts)
{
    std::vector<std::size_t> before(contracts.size()); // how many that displace it are not placed yet
    for (auto const& contract : contracts) {
        for (auto const& displaced : contract.displaces) {
            ++before[displaced.contract.row];
        }
    }
    std::vector<Id<Contract>> order;
    std::vector<char> placed(contracts.size(), 0);
    for (bool more = true; more;) {
        auto const next = [&](std::size_t k) { return placed[k] == 0 && before[k] == 0; };
        std::size_t k = 0;
        while (k < contracts.size() && !next(k)) {
            ++k;
        }
        more = k < contracts.size();
        if (more) {
            placed[k] = 1;
            order.push_back(id<Contract>(k));
            for (auto const& displaced : contracts[k].displaces) {
                --before[displaced.contract.row];
            }
        }
    }
    return order;
}

} // namespace aidc
