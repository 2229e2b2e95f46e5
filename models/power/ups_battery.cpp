#include "models/power/ups_battery.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {

double autonomy_s(UpsBattery const& battery, double load_share)
{
    AIDC_EXPECT(load_share >= 0.0);
    return load_share == 0.0 ? std::numeric_limits<double>::infinity() : battery.autonomy_s * std::pow(load_share, -battery.exponent);
}

double discharge(UpsBattery const& battery, double& charge, double load_share, double dt_s)
{
    AIDC_EXPECT(charge >= 0.0 && charge <= 1.0 && dt_s > 0.0);
    if (load_share == 0.0) {
        return 1.0;
    }
    double const full_s = autonomy_s(battery, load_share);
    double const left_s = charge * full_s;
    charge = left_s <= dt_s ? 0.0 : charge - dt_s / full_s;
    return std::min(1.0, left_s / dt_s);
}

double full_J(UpsBattery const& battery, double rating_W) { return battery.autonomy_s * rating_W; }

double charging_W(UpsBattery const& battery, double charge, double rating_W)
{
    return charge < 1.0 ? battery.charger_share * rating_W : 0.0;
}

double charged(UpsBattery const& battery, double charge, double taken_W, double rating_W, double dt_s)
{
    AIDC_EXPECT(taken_W >= 0.0 && rating_W > 0.0);
    return std::min(1.0, charge + battery.charge_efficiency * taken_W * dt_s / full_J(battery, rating_W));
}

} // namespace aidc
