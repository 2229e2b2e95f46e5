#include "models/reliability/availability.hpp"

#include "models/base/error.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aidc {
namespace {

/// At work when so many have failed.
std::uint32_t at_work(RepairShop const& shop, std::size_t failed)
{
    return std::min(shop.units, shop.units + shop.spares - static_cast<std::uint32_t>(failed));
}

} // namespace

double availability(double mtbf_s, double mttr_s)
{
    AIDC_EXPECT(mtbf_s > 0.0 && mttr_s >= 0.0);
    return mtbf_s / (mtbf_s + mttr_s);
}

double series_availability(std::span<double const> availabilities)
{
    return std::accumulate(availabilities.begin(), availabilities.end(), 1.0, std::multiplies<>());
}

double parallel_availability(std::span<double const> availabilities)
{
    return 1.0 - std::accumulate(availabilities.begin(), availabilities.end(), 1.0, [](double none, double a) { return none * (1.0 - a); });
}

double k_of_n_availability(std::uint32_t needed, std::uint32_t units, double availability)
{
    AIDC_EXPECT(availability >= 0.0 && availability <= 1.0);
    if (needed == 0) {
        return 1.0;
    }
    return needed > units ? 0.0 : boost::math::ibeta(needed, units - needed + 1, availability);
}

std::vector<double> steady_failed(RepairShop const& shop)
{
    AIDC_EXPECT(shop.crews >= 1 && shop.mtbf_s > 0.0 && shop.mttr_s >= 0.0);
    double const load = shop.mttr_s / shop.mtbf_s;
    std::vector<double> chance{1.0};
    double sum = 1.0;
    for (std::uint32_t k = 0; k < shop.units + shop.spares; ++k) {
        chance.push_back(chance.back() * at_work(shop, k) * load / std::min(k + 1, shop.crews));
        sum += chance.back();
    }
    for (double& p : chance) {
        p /= sum;
    }
    return chance;
}

double k_of_n_availability(std::uint32_t needed, RepairShop const& shop)
{
    auto const chance = steady_failed(shop);
    double enough = 0.0;
    for (std::size_t k = 0; k < chance.size(); ++k) {
        enough += at_work(shop, k) >= needed ? chance[k] : 0.0;
    }
    return enough;
}

double unit_availability(RepairShop const& shop)
{
    auto const chance = steady_failed(shop);
    double working = 0.0;
    for (std::size_t k = 0; k < chance.size(); ++k) {
        working += at_work(shop, k) * chance[k];
    }
    return working / shop.units;
}

double genset_survival(GensetChances const& chances, double time_s)
{
    return chances.operational_availability * (1.0 - chances.fail_to_start) * std::exp(-time_s / chances.mean_to_failure_s);
}

double genset_survival(std::uint32_t needed, std::uint32_t sets, GensetChances const& chances, double time_s)
{
    return k_of_n_availability(needed, sets, genset_survival(chances, time_s));
}

} // namespace aidc
