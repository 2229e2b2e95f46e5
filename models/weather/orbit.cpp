#include "models/weather/orbit.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace aidc {
namespace {

using std::numbers::pi;
constexpr double turn_rad = 2.0 * pi;
constexpr double obliquity_rad = 23.439 / 180.0 * pi;

double orbit_radius_m(double altitude_m) { return earth_radius_m + altitude_m; }

/// Place on the orbit from the point nearest the sun, 0...2 pi.
double place_rad(CircularOrbit const& orbit, double t_s)
{
    double const turns = orbit.start_rad / turn_rad + t_s / period_s(orbit);
    return turn_rad * (turns - std::floor(turns));
}

/// Integral of a function with a period of one turn, from the integral over a part of the first turn.
template <class F> double over_turns(F const& within_first, double angle_rad)
{
    double const turns = std::floor(angle_rad / turn_rad);
    return turns * within_first(turn_rad) + within_first(angle_rad - turns * turn_rad);
}

/// Integral of max(0, cos) from 0.
double lit_cosine(double angle_rad)
{
    return over_turns(
        [](double u) {
            if (u < 0.5 * pi) {
                return std::sin(u);
            }
            return u < 1.5 * pi ? 1.0 : 2.0 + std::sin(u);
        },
        angle_rad);
}

/// Angle in the sun from 0.
double sunlit_rad(double angle_rad, double shadow_half_rad)
{
    double const entry = pi - shadow_half_rad;
    double const exit = pi + shadow_half_rad;
    return over_turns([entry, exit](double u) { return std::min(u, entry) + std::max(0.0, u - exit); }, angle_rad);
}

} // namespace

double period_s(CircularOrbit const& orbit)
{
    double const a_m = orbit_radius_m(orbit.altitude_m);
    return turn_rad * a_m * std::sqrt(a_m / earth_gravity_m3_per_s2);
}

double shadow_half_arc_rad(CircularOrbit const& orbit)
{
    AIDC_EXPECT(orbit.altitude_m > 0.0);
    double const a_m = orbit_radius_m(orbit.altitude_m);
    double const to_horizon_m = std::sqrt(a_m * a_m - earth_radius_m * earth_radius_m);
    double const plane_m = a_m * std::cos(orbit.beta_rad);
    return plane_m <= to_horizon_m ? 0.0 : std::acos(to_horizon_m / plane_m);
}

double eclipse_share(CircularOrbit const& orbit) { return shadow_half_arc_rad(orbit) / pi; }

bool in_eclipse(CircularOrbit const& orbit, double t_s) { return std::abs(place_rad(orbit, t_s) - pi) < shadow_half_arc_rad(orbit); }

double next_shadow_edge_s(CircularOrbit const& orbit, double t_s)
{
    // An edge that rounding put just ahead of t has been passed.
    constexpr double margin_s = 1e-3;
    double const half_rad = shadow_half_arc_rad(orbit);
    if (half_rad == 0.0) {
        return std::numeric_limits<double>::infinity();
    }
    double const from_s = t_s + margin_s;
    double const u = place_rad(orbit, from_s);
    double const entry = pi - half_rad;
    double const exit = pi + half_rad;
    double edge = entry + turn_rad;
    if (u < entry) {
        edge = entry;
    }
    else if (u < exit) {
        edge = exit;
    }
    return from_s + (edge - u) / turn_rad * period_s(orbit);
}

OrbitSky orbit_sky(CircularOrbit const& orbit, double t_s, double dt_s)
{
    AIDC_EXPECT(t_s >= 0.0 && dt_s > 0.0);
    double const arc_rad = turn_rad * dt_s / period_s(orbit);
    double const from = place_rad(orbit, t_s);
    double const shadow = shadow_half_arc_rad(orbit);
    // Exactly 1 without eclipses: rounding shall not switch anything.
    double const sunlit = shadow == 0.0 ? 1.0 : (sunlit_rad(from + arc_rad, shadow) - sunlit_rad(from, shadow)) / arc_rad;
    double const lit = std::max(0.0, lit_cosine(from + arc_rad) - lit_cosine(from)) / arc_rad;
    return {.sun_W_per_m2 = solar_constant_W_per_m2 * std::clamp(sunlit, 0.0, 1.0),
            .reflected_W_per_m2 = solar_constant_W_per_m2 * orbit.albedo * std::cos(orbit.beta_rad) * lit,
            .earth_infrared_W_per_m2 = 0.25 * solar_constant_W_per_m2 * (1.0 - orbit.albedo)};
}

double earth_view_factor(double altitude_m, double tilt_rad)
{
    AIDC_EXPECT(altitude_m > 0.0 && tilt_rad >= 0.0 && tilt_rad <= pi);
    double const h = orbit_radius_m(altitude_m) / earth_radius_m;
    double const cosine = std::cos(tilt_rad);
    if (cosine * h >= 1.0) {
        return cosine / (h * h);
    }
    if (cosine * h <= -1.0) {
        return 0.0;
    }
    double const q = std::sqrt(h * h - 1.0);
    double const sine = std::sin(tilt_rad);
    return 0.5 - std::asin(std::min(1.0, q / (h * sine))) / pi
           + (cosine * std::acos(std::clamp(-q * cosine / sine, -1.0, 1.0)) - q * std::sqrt(1.0 - h * h * cosine * cosine)) / (pi * h * h);
}

double beta_angle_rad(double inclination_rad, double node_from_sun_rad, double declination_rad)
{
    double const sine = std::cos(declination_rad) * std::sin(inclination_rad) * std::sin(node_from_sun_rad)
                        + std::sin(declination_rad) * std::cos(inclination_rad);
    return std::asin(std::clamp(sine, -1.0, 1.0));
}

double sun_declination_rad(double from_equinox_s)
{
    return std::asin(std::sin(obliquity_rad) * std::sin(turn_rad * from_equinox_s / tropical_year_s));
}

double sun_synchronous_inclination_rad(double altitude_m)
{
    double const a_m = orbit_radius_m(altitude_m);
    double const cosine = -(turn_rad / tropical_year_s) * 2.0 * std::pow(a_m, 3.5)
                          / (3.0 * earth_oblateness * earth_radius_m * earth_radius_m * std::sqrt(earth_gravity_m3_per_s2));
    AIDC_EXPECT(cosine >= -1.0);
    return std::acos(cosine);
}

} // namespace aidc
