#include "models/campus/orbital_rack.hpp"

#include "models/base/error.hpp"

#include <algorithm>

namespace aidc {
namespace {

OrbitalStep substep(OrbitalRack const& rack, OrbitalState& state, double t_s, double dt_s)
{
    auto const sky = orbit_sky(rack.orbit, t_s, dt_s);
    double const solar_W = array_W(rack.array, sky.sun_W_per_m2, t_s);
    auto const power = power_step(rack.battery, state.stored_J, solar_W, rack.load, dt_s);
    double const heat_J = power.it_J + power.housekeeping_J + power.loss_J;
    double const absorbed = absorbed_W_per_m2(rack.loop.radiator, rack.orbit, sky, t_s);
    auto const heat = step_radiator_loop(rack.loop, state.thermal, heat_J / dt_s, absorbed, dt_s);
    double const supply = loop_supply_C(rack.loop, state.thermal);
    return {.it_J = power.it_J,
            .housekeeping_J = power.housekeeping_J,
            .battery_loss_J = power.loss_J,
            .heat_in_J = heat_J,
            .heat_rejected_J = heat.rejected_J,
            .stored_J = heat.stored_J,
            .solar_J = power.solar_J,
            .battery_J = power.stored_J,
            .curtailed_J = power.curtailed_J,
            .throttled_J = power.throttled_J,
            .unserved_J = power.unserved_J,
            .sunlit_s = dt_s * sky.sun_W_per_m2 / solar_constant_W_per_m2,
            .supply_min_C = supply,
            .supply_max_C = supply};
}

} // namespace

OrbitalStep& OrbitalStep::operator+=(OrbitalStep const& other)
{
    it_J += other.it_J;
    housekeeping_J += other.housekeeping_J;
    battery_loss_J += other.battery_loss_J;
    heat_in_J += other.heat_in_J;
    heat_rejected_J += other.heat_rejected_J;
    stored_J += other.stored_J;
    solar_J += other.solar_J;
    battery_J += other.battery_J;
    curtailed_J += other.curtailed_J;
    throttled_J += other.throttled_J;
    unserved_J += other.unserved_J;
    sunlit_s += other.sunlit_s;
    supply_min_C = std::min(supply_min_C, other.supply_min_C);
    supply_max_C = std::max(supply_max_C, other.supply_max_C);
    return *this;
}

OrbitalRack sized_power(OrbitalRack rack)
{
    double const eclipse_s = eclipse_share(rack.orbit) * period_s(rack.orbit);
    auto const size =
        size_orbit_power(rack.battery, rack.load.it_W + rack.load.housekeeping_W, eclipse_s, period_s(rack.orbit) - eclipse_s);
    rack.array.rated_W = size.array_W;
    rack.battery.capacity_J = size.capacity_J;
    return rack;
}

OrbitalState initial_state(OrbitalRack const& rack)
{
    auto const sky = orbit_sky(rack.orbit, 0.0, period_s(rack.orbit));
    double const absorbed = absorbed_W_per_m2(rack.loop.radiator, rack.orbit, sky, 0.0);
    return {.thermal = settled_loop(rack.loop, rack.load.it_W + rack.load.housekeeping_W, absorbed), .stored_J = rack.battery.capacity_J};
}

OrbitalStep orbital_step(OrbitalRack const& rack, OrbitalState& state, double t_s, double dt_s)
{
    AIDC_EXPECT(t_s >= 0.0 && dt_s > 0.0);
    double const end_s = t_s + dt_s;
    auto const advance = [&](double& from_s) {
        double const to_s = std::min({end_s, from_s + orbital_substep_s, next_shadow_edge_s(rack.orbit, from_s)});
        auto const done = substep(rack, state, from_s, to_s - from_s);
        from_s = to_s;
        return done;
    };
    double now_s = t_s;
    auto sum = advance(now_s);
    while (now_s < end_s) {
        sum += advance(now_s);
    }
    return sum;
}

} // namespace aidc
