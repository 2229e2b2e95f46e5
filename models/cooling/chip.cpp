#include "models/cooling/chip.hpp"

namespace aidc {
namespace {

struct Resistance {
    ChipConditions const& now;
    CurveSet& outside;

    double operator()(ColdPlate plate) const
    {
        if (plate.rated_flow_m3_per_s == 0.0) {
            plate.rated_flow_m3_per_s = now.rated_flow_m3_per_s;
        }
        return inlet_to_case_K_per_W(plate, now.coolant, now.flow_m3_per_s);
    }

    double operator()(JetArray const& jets) const { return jet_inlet_to_case_K_per_W(jets, now.coolant, now.flow_m3_per_s, outside); }

    double operator()(ImmersedSink sink) const
    {
        if (sink.rated_flow_m3_per_s == 0.0) {
            sink.rated_flow_m3_per_s = now.rated_flow_m3_per_s;
        }
        double const heat_W = now.heat_W > 0.0 ? now.heat_W : 1.0; // the film of a cold sink hardly matters
        return sink_rise_K(sink, now.coolant, now.flow_m3_per_s, heat_W) / heat_W;
    }

    double operator()(Evaporator const& evaporator) const { return two_phase_rise_K_per_W(evaporator, now.quality); }
};

} // namespace

double chip_K_per_W(ChipCooling const& cooling, ChipConditions const& now, CurveSet& outside)
{
    return std::visit(Resistance{now, outside}, cooling);
}

} // namespace aidc
