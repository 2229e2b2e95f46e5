#pragma once
/// \file
/// The weather of an orbit: sun, shadow and Earth as a panel on a circular orbit meets them.

namespace aidc {

inline constexpr double earth_radius_m = 6378.137e3;              ///< Equatorial radius (WGS 84)
inline constexpr double earth_gravity_m3_per_s2 = 3.986004418e14; ///< G M of the Earth (WGS 84)
inline constexpr double earth_oblateness = 1.08262668e-3;         ///< J2 of the Earth [-] (EGM96)
inline constexpr double solar_constant_W_per_m2 = 1361.0;         ///< Sunlight at 1 au (NASA/NIST TSIS)
inline constexpr double tropical_year_s = 365.2422 * 86400.0;     ///< Sun to the same place on the ecliptic

/// A circular orbit as the sun sees it. Its beta angle drifts with the season: the caller renews it from day to day.
struct CircularOrbit {
    double altitude_m{600e3}; ///< Above the equatorial radius [m], > 0
    double beta_rad{};        ///< Sun over the plane of the orbit [rad], -pi/2...pi/2; 0: the longest eclipse
    double start_rad{};       ///< Place at t = 0, from the point nearest the sun on [rad]
    double albedo{0.30};      ///< Share of sunlight that the Earth reflects [-]; 0.29...0.31 measured as a mean of the globe
};

/// Period of revolution [s]: 2 pi sqrt(a^3 / GM), a = radius + altitude. Source: Kepler's third law.
double period_s(CircularOrbit const& orbit);

/// Half the arc of the orbit that lies in the shadow [rad]:
///
///     psi = acos( sqrt(a^2 - R^2) / (a cos(beta)) );   0 where |beta| >= asin(R/a)
///
/// Source: cylindrical shadow; D. Gilmore, Spacecraft Thermal Control Handbook, 2nd ed., chapter 2.
/// Valid for: circular orbits. Not modelled: penumbra (8 s at each edge in low orbit), flattening of the Earth.
double shadow_half_arc_rad(CircularOrbit const& orbit);

/// Share of the period in the shadow [-]: psi / pi; asin(R/a) / pi at beta = 0.
double eclipse_share(CircularOrbit const& orbit);

/// Whether the Earth hides the sun at a time. \param t_s  From when the orbit was at its start angle [s], >= 0
bool in_eclipse(CircularOrbit const& orbit, double t_s);

/// Next time at which the orbit enters or leaves the shadow, more than a millisecond after t; infinite without eclipses.
double next_shadow_edge_s(CircularOrbit const& orbit, double t_s);

/// What shines on a satellite, means over an interval.
struct OrbitSky {
    double sun_W_per_m2{};            ///< Direct sunlight on a plane that faces the sun; 0 in the shadow
    double reflected_W_per_m2{};      ///< Sunlight that leaves the ground below: albedo S max(0, cos of its zenith angle)
    double earth_infrared_W_per_m2{}; ///< Leaves the ground below: (1 - albedo) S / 4, the Earth in balance with the sun
};

/// Means over [t, t + dt], integrated in closed form: no step is too long.
///
/// Reflected and infrared light are those of the point below, multiplied by a view factor to the whole Earth.
/// Source: Gilmore, as above, chapter 2 (the cosine law of albedo is his approximation; it errs near the terminator).
/// Not modelled: distance of the sun (+-3.4 % over a year), clouds, latitude, night and day in the infrared.
/// \pre t >= 0, dt > 0
OrbitSky orbit_sky(CircularOrbit const& orbit, double t_s, double dt_s);

/// View factor of one side of a small plate to the Earth [-], with H = (R + altitude) / R:
///
///     cos(tilt) / H^2                                                     while the whole Earth is before the plate;
///     1/2 - asin(q / (H sin(tilt))) / pi
///       + (cos(tilt) acos(-q cot(tilt)) - q sqrt(1 - H^2 cos^2(tilt))) / (pi H^2),  q = sqrt(H^2 - 1),   when cut by its plane;
///     0                                                                   when behind it
///
/// Source: planar element to a sphere, the known closed form (J. Howell, A Catalog of Radiation Configuration Factors);
/// the test integrates the solid angle. \param tilt_rad  Normal of the side to the direction of the Earth's centre [rad], 0...pi
double earth_view_factor(double altitude_m, double tilt_rad);

/// Beta angle of an orbit: sin(beta) = cos(d) sin(i) sin(W - W_sun) + sin(d) cos(i) [rad].
///
/// Source: scalar product of the orbit's normal and the sun.
/// \param inclination_rad    i
/// \param node_from_sun_rad  W - W_sun, right ascension of the ascending node less that of the sun; +-pi/2: dawn-dusk
/// \param declination_rad    d, of the sun
double beta_angle_rad(double inclination_rad, double node_from_sun_rad, double declination_rad);

/// Declination of the sun: sin(d) = sin(23.439 deg) sin(2 pi t / year) [rad].
///
/// Not modelled: the ellipse of the Earth's orbit (the sun runs up to 1.9 deg ahead or behind).
/// \param from_equinox_s  Since a March equinox [s]
double sun_declination_rad(double from_equinox_s);

/// Inclination at which the node of a circular orbit turns once a year with the sun [rad]:
///
///     cos(i) = -(2 pi / year) 2 a^(7/2) / (3 J2 R^2 sqrt(GM))
///
/// Source: secular precession of the node by J2. Valid for: altitudes below 5970 km (a > 12 352 km has no such orbit).
double sun_synchronous_inclination_rad(double altitude_m);

} // namespace aidc
