#include "models/power/storage.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {

double can_give_W(Storage const& storage, double charge, double keep_share, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0);
    double const free_share = std::max(0.0, charge - std::max(keep_share, storage.least_share));
    return std::min(storage.power_W, free_share * storage.capacity_J * storage.discharge_efficiency / dt_s);
}

double can_take_W(Storage const& storage, double charge, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0);
    return std::min(storage.power_W, std::max(0.0, 1.0 - charge) * storage.capacity_J / storage.charge_efficiency / dt_s);
}

double charge_after(Storage const& storage, double charge, double given_W, double dt_s)
{
    constexpr double rounding = 1e-9;
    double const from_store_W = given_W > 0.0 ? given_W / storage.discharge_efficiency : given_W * storage.charge_efficiency;
    double const after = charge - from_store_W * dt_s / storage.capacity_J;
    AIDC_EXPECT(after > -rounding && after < 1.0 + rounding);
    return std::clamp(after, 0.0, 1.0);
}

} // namespace aidc
