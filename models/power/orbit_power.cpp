#include "models/power/orbit_power.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr double year_s = 365.25 * 86400.0;

/// One piece of a step: nothing switches in it.
struct Piece {
    double it_W{};
    double housekeeping_W{};
    double charge_W{};    ///< At the terminals, >= 0
    double discharge_W{}; ///< At the terminals, >= 0
    double stored_W{};    ///< Rate of what is stored
    double towards_J{};   ///< Stored energy at which it ends: full, floor or empty
};

Piece piece_at(OrbitBattery const& battery, double stored_J, double solar_W, OrbitLoad const& load)
{
    bool const above_floor = stored_J > floor_J(battery);
    Piece piece;
    piece.housekeeping_W = stored_J > 0.0 ? load.housekeeping_W : std::min(load.housekeeping_W, solar_W);
    piece.it_W = above_floor ? load.it_W : std::clamp(solar_W - piece.housekeeping_W, 0.0, load.it_W);
    double const spare_W = solar_W - piece.housekeeping_W - piece.it_W;
    if (spare_W >= 0.0) {
        piece.towards_J = battery.capacity_J;
        piece.charge_W = stored_J < battery.capacity_J ? spare_W : 0.0;
        piece.stored_W = piece.charge_W * battery.charge_efficiency;
    }
    else {
        piece.towards_J = above_floor ? floor_J(battery) : 0.0;
        piece.discharge_W = -spare_W;
        piece.stored_W = -piece.discharge_W / battery.discharge_efficiency;
    }
    return piece;
}

} // namespace

double array_W(SolarArray const& array, double sun_W_per_m2, double age_s)
{
    AIDC_EXPECT(sun_W_per_m2 >= 0.0 && age_s >= 0.0);
    return array.rated_W * (sun_W_per_m2 / array.rated_W_per_m2) * std::pow(1.0 - array.loss_per_year, age_s / year_s);
}

double floor_J(OrbitBattery const& battery) { return battery.capacity_J * (1.0 - battery.depth_of_discharge); }

OrbitPowerStep power_step(OrbitBattery const& battery, double& stored_J, double solar_W, OrbitLoad const& load, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && solar_W >= 0.0 && load.it_W >= 0.0 && load.housekeeping_W >= 0.0);
    AIDC_EXPECT(stored_J >= 0.0 && stored_J <= battery.capacity_J);
    AIDC_EXPECT(battery.charge_efficiency > 0.0 && battery.discharge_efficiency > 0.0);
    OrbitPowerStep sum{.solar_J = solar_W * dt_s};
    double const before_J = stored_J;
    for (double left_s = dt_s; left_s > 0.0;) {
        auto const piece = piece_at(battery, stored_J, solar_W, load);
        double const until_s = piece.stored_W == 0.0 ? left_s : (piece.towards_J - stored_J) / piece.stored_W;
        bool const switches = until_s < left_s;
        double const piece_s = switches ? until_s : left_s;
        stored_J = switches ? piece.towards_J : std::clamp(stored_J + piece.stored_W * piece_s, 0.0, battery.capacity_J);
        left_s = switches ? left_s - piece_s : 0.0;
        sum.it_J += piece.it_W * piece_s;
        sum.housekeeping_J += piece.housekeeping_W * piece_s;
        sum.charged_J += piece.charge_W * piece_s;
        sum.discharged_J += piece.discharge_W * piece_s;
        sum.curtailed_J += (solar_W - piece.it_W - piece.housekeeping_W - piece.charge_W + piece.discharge_W) * piece_s;
        sum.throttled_J += (load.it_W - piece.it_W) * piece_s;
        sum.unserved_J += (load.housekeeping_W - piece.housekeeping_W) * piece_s;
    }
    sum.stored_J = stored_J - before_J;
    sum.loss_J = sum.charged_J * (1.0 - battery.charge_efficiency) + sum.discharged_J * (1.0 / battery.discharge_efficiency - 1.0);
    return sum;
}

OrbitPowerSize size_orbit_power(OrbitBattery const& battery, double load_W, double eclipse_s, double sunlit_s)
{
    AIDC_EXPECT(battery.charge_efficiency > 0.0 && battery.discharge_efficiency > 0.0 && battery.depth_of_discharge > 0.0);
    AIDC_EXPECT(load_W >= 0.0 && eclipse_s >= 0.0 && sunlit_s > 0.0);
    double const through = battery.charge_efficiency * battery.discharge_efficiency;
    return {.array_W = load_W * (1.0 + eclipse_s / (sunlit_s * through)),
            .capacity_J = load_W * eclipse_s / (battery.discharge_efficiency * battery.depth_of_discharge)};
}

} // namespace aidc
