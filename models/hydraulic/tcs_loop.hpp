#pragma once
/// \file
/// Pressure of a secondary loop (TCS): racks in parallel behind quick disconnects, the header of the row, the exchanger of the CDU.

#include "models/hydraulic/branch.hpp"
#include "models/hydraulic/pipe.hpp"
#include "models/hydraulic/pump_curve.hpp"

namespace aidc {

/// Parts of the path of the coolant, as far as they are not in the head that a CDU's data sheet calls external.
struct TcsLoop {
    HydraulicElement rack;      ///< One rack with its manifold and plates
    double uqd_kv_m3_per_h{};   ///< Of one coupling, two of them a rack [m3/h at 1 bar]; 0: in the rack's drop
    Pipe header;                ///< Of the row, both ways; length 0: none
    HydraulicElement exchanger; ///< Secondary side of the CDU; k = 0: none
};

/// What the pumps of a pod see: dp = k V^n through the sums at half and all of the flow.
///
/// All racks are equal branches at one drop, so that each carries its share (closed form).
/// \param flow_m3_per_s  Design flow of the pod [m3/s], > 0      \pre racks >= 1
SystemCurve tcs_system(TcsLoop const& loop, FluidProperties const& coolant, int racks, double flow_m3_per_s);

} // namespace aidc
