#pragma once
/// \file
/// Long pipe: what enters leaves later, mixed little, cooled on its way and delayed by the wall.

#include <cstddef>
#include <vector>

namespace aidc {

/// Pipe as the fluid meets it on its way.
struct TransportPipe {
    double volume_m3{};          ///< Of the fluid [m3], > 0
    double fluid_J_per_m3K{};    ///< rho cp of the fluid [J/(m3 K)], > 0
    double wall_J_per_K{};       ///< Heat capacity of the wall [J/K], >= 0; 0: none
    double film_W_per_K{};       ///< Fluid to wall, whole length [W/K]; film_W_per_m2K times the inner surface; unused without wall
    double loss_W_per_K{};       ///< Wall (or fluid, without wall) to the surroundings, whole length [W/K], >= 0
    double surroundings_C{20.0}; ///< [deg C]

    bool operator==(TransportPipe const&) const = default;
};

/// Time from inlet to outlet [s]: volume over flow, without the wall. \pre flow > 0
double transit_s(TransportPipe const& pipe, double flow_m3_per_s);

/// Outlet [deg C] once nothing changes any more: T_s + (T_in - T_s) exp(-U/(V rho cp)), U film and loss in series.
/// For steps far longer than the transit, e.g. of an hour. No flow: the surroundings.
double steady_outlet_C(TransportPipe const& pipe, double inlet_C, double flow_m3_per_s);

/// What left the pipe in one step.
struct Transported {
    double mean_outlet_C{}; ///< Mean over the fluid that left [deg C]; without flow that of the fluid at the outlet
    double loss_J{};        ///< Heat to the surroundings [J]
};

/// Fluid in a pipe as a row of parcels of equal volume that move through cells of the wall.
///
/// Parcels keep their fluid apart, so a front is smeared by one cell however long the pipe. A step moves them cell by cell; after each
/// move every parcel and the wall around it exchange heat as two bodies, exactly over the time of the move:
///     T_f - T_w  shrinks by  exp(-G dt (1/C_f + 1/C_w)),   heat conserved
/// then the wall (or, without one, the fluid) loses to the surroundings by exp(-U dt/C).
/// Fluid in + fluid content + wall content = fluid out + loss, to rounding.
/// Source: plug flow with wall capacity as B. van der Heijde et al., Energy Convers. Manage. 151 (2017) 158-169; there the wall is
/// one lump at the outlet, here it stands along the pipe. Measured 39 m pipe, 34 K step: rms 0.33 K (docs/theory/pipe_transport.md).
/// Valid for: forward turbulent flow, steps up to a few transits: the work is cells^2 for each transit.
/// Not modelled: reversed flow, axial conduction and dispersion, film changing with flow, natural convection at rest.
class PlugFlow {
  public:
    /// Pipe, fluid and wall at one temperature. \param cells  Parcels in the pipe, >= 1; 50 are enough for a sensor
    PlugFlow(TransportPipe const& pipe, std::size_t cells, double start_C);

    /// One step of steady inlet and flow.
    /// \param flow_m3_per_s  Volume flow [m3/s], >= 0
    /// \param dt_s           Length of the step [s], > 0
    Transported step(double inlet_C, double flow_m3_per_s, double dt_s);

    double outlet_C() const { return parcel_C_.back(); } ///< Fluid at the outlet now [deg C]
    double content_J() const;                            ///< Heat of fluid and wall above 0 deg C [J]

    bool operator==(PlugFlow const&) const = default;

  private:
    void exchange_with_wall(double dt_s);
    double lose_to_surroundings(double dt_s);
    void shift(double inlet_C);
    double volume_m3(std::size_t parcel) const;

    TransportPipe pipe_;
    double cell_m3_{};
    double entered_m3_{};          ///< Volume of the first parcel; the last holds the rest of its cell
    std::vector<double> parcel_C_; ///< From inlet to outlet, one more than cells
    std::vector<double> wall_C_;   ///< From inlet to outlet; empty without wall
};

} // namespace aidc
