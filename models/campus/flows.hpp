#pragma once
/// \file
/// What an island or a campus did between two dates: integrals, never end values.

#include "models/base/curve_range.hpp"
#include "models/cooling/consumer.hpp"

#include <array>

namespace aidc {

/// Integrals over an interval, and extremes in it.
struct Flows {
    double seconds{};
    double it_J{}; ///< At rack input [J]
    double ups_loss_J{};
    double transformer_loss_J{};
    PerConsumer<double> consumer_J{}; ///< Pumps, fans, chillers, one by one [J]
    double house_J{};
    double import_J{};        ///< At the fence, from the top of the power chain [J]
    double genset_J{};        ///< From gensets [J]
    double battery_J{};       ///< From batteries of UPS and storage [J]
    double charging_J{};      ///< Into them [J]
    double fuel_m3{};         ///< Burnt by gensets [m3]
    double heat_in_J{};       ///< Into cold plates and hall air, and the plant's own power but for what warms outdoor air [J]
    double heat_rejected_J{}; ///< Outdoor-air side, by its enthalpy [J]
    double heat_reused_J{};   ///< Given to a heat network [J]
    double heat_stored_J{};   ///< Gained by chips, coolant and water, from their temperatures; 0 in steady operation [J]
    double chilled_J{};       ///< Taken from the facility water by chillers [J]
    double chillers_s{};      ///< Time with chillers of the facility water on, summed over islands [s]
    double evaporated_kg{};
    double drift_kg{};
    double blowdown_kg{};
    double make_up_kg{};
    double throttled_J{};                        ///< IT energy cut for chip temperature [J]
    double not_carried_J{};                      ///< IT energy cut because the power chain carries less [J]
    double supply_C_s{};                         ///< Integral of the facility-water supply temperature while heat flows [C s]
    double running_s{};                          ///< Time with heat [s], summed over islands
    double dry_bulb_C_s{};                       ///< Integral of the outdoor dry bulb [C s]; of a campus only
    double wet_bulb_C_s{};                       ///< Integral of the outdoor wet bulb [C s]; of a campus only
    std::array<double, curve_count> outside_s{}; ///< Time in which a curve had to be bounded, by curve, summed over islands [s]
    double tcs_supply_max_C = -273.15;
    double air_supply_max_C = -273.15; ///< Warmest air to racks that give heat to the air [deg C]
    double case_max_C = -273.15;

    Flows& operator+=(Flows const& other);

    double cooling_J() const { return sum(consumer_J); }                ///< Pumps, fans, chillers [J]
    double behind_coils_J() const { return outdoors_only(consumer_J); } ///< Part of it that warms outdoor air behind coils [J]
};

/// The same over another time: integrals times `factor`, extremes as they are.
Flows scaled(Flows flows, double factor);

/// Books the curves that were left during dt_s.
void add_outside(CurveSet outside, double dt_s, Flows& flows);

} // namespace aidc
