#include "models/hydraulic/pump_curve.hpp"

#include "models/base/error.hpp"
#include "models/base/root.hpp"

#include <algorithm>
#include <vector>

namespace aidc {
namespace {

double head_at_Pa(PumpCurve const& curve, double speed, double flow_m3_per_s)
{
    return speed * speed * curve.head_Pa(flow_m3_per_s / speed);
}

StationState station_of(PumpState const& one, int running)
{
    return {
        .speed = one.speed,
        .point = {.flow_m3_per_s = one.point.flow_m3_per_s * running, .head_Pa = one.point.head_Pa, .power_W = one.point.power_W * running},
        .outside = one.outside};
}

} // namespace

PumpCurve pump_curve(std::span<PumpPoint const> sheet)
{
    std::vector<double> flow, head, power;
    for (PumpPoint const& point : sheet) {
        AIDC_EXPECT(point.flow_m3_per_s >= 0.0 && point.head_Pa > 0.0 && point.power_W > 0.0);
        AIDC_EXPECT(head.empty() || point.head_Pa <= head.back());
        flow.push_back(point.flow_m3_per_s);
        head.push_back(point.head_Pa);
        power.push_back(point.power_W);
    }
    return {.head_Pa = Pchip(flow, head), .power_W = Pchip(flow, power)};
}

PumpState running_at(PumpCurve const& curve, double speed, double flow_m3_per_s)
{
    AIDC_EXPECT(speed >= 0.0 && flow_m3_per_s >= 0.0);
    if (speed == 0.0) {
        return {};
    }
    PumpState state;
    state.speed = bounded(speed, curve.min_speed, curve.max_speed, Curve::pump_speed, state.outside);
    double const r = state.speed;
    double const on_sheet = bounded(flow_m3_per_s / r, curve.head_Pa.low(), curve.head_Pa.high(), Curve::pump_speed, state.outside);
    state.point = {.flow_m3_per_s = std::min(flow_m3_per_s, r * curve.head_Pa.high()),
                   .head_Pa = r * r * curve.head_Pa(on_sheet),
                   .power_W = r * r * r * curve.power_W(on_sheet) / curve.drive_efficiency};
    return state;
}

PumpState speed_for(PumpCurve const& curve, double flow_m3_per_s, double head_Pa)
{
    AIDC_EXPECT(flow_m3_per_s >= 0.0 && head_Pa >= 0.0);
    double const least = std::max(curve.min_speed, flow_m3_per_s / curve.head_Pa.high());
    double const most = curve.max_speed;
    auto const surplus_Pa = [&](double speed) { return head_at_Pa(curve, speed, flow_m3_per_s) - head_Pa; };
    bool const too_much = least >= most || surplus_Pa(least) > 0.0;
    bool const too_little = least <= most && surplus_Pa(most) < 0.0;
    if (too_much || too_little) {
        PumpState state = running_at(curve, too_little ? most : std::min(least, most), flow_m3_per_s);
        state.outside.add(Curve::pump_speed);
        return state;
    }
    return running_at(curve, bracketed_root(surplus_Pa, least, most, 1e-13 * most, "pump speed"), flow_m3_per_s);
}

double system_head_Pa(SystemCurve const& system, double flow_m3_per_s)
{
    return system.static_head_Pa + pressure_drop_Pa(system.element, flow_m3_per_s);
}

StationState operating_point(PumpStation const& station, SystemCurve const& system, int running, double speed)
{
    AIDC_EXPECT(running >= 0 && running <= station.units && speed >= 0.0);
    if (running == 0 || speed == 0.0) {
        return {};
    }
    double const r = std::clamp(speed, station.pump.min_speed, station.pump.max_speed);
    auto const surplus_Pa = [&](double flow_of_one) {
        return head_at_Pa(station.pump, r, flow_of_one) - system_head_Pa(system, running * flow_of_one);
    };
    double const run_out = r * station.pump.head_Pa.high();
    double flow_of_one = 0.0;
    CurveSet outside;
    if (surplus_Pa(run_out) > 0.0) {
        flow_of_one = run_out;
        outside.add(Curve::pump_speed);
    }
    else if (surplus_Pa(0.0) > 0.0) {
        flow_of_one = bracketed_root(surplus_Pa, 0.0, run_out, 1e-14 * run_out, "pump station");
    }
    StationState state = station_of(running_at(station.pump, speed, flow_of_one), running);
    state.outside.add(outside);
    return state;
}

StationState deliver(PumpStation const& station, SystemCurve const& system, int running, double flow_m3_per_s)
{
    AIDC_EXPECT(running >= 0 && running <= station.units && flow_m3_per_s >= 0.0);
    if (running == 0 || flow_m3_per_s == 0.0) {
        return {};
    }
    double const head_Pa = system_head_Pa(system, flow_m3_per_s);
    PumpState const one = speed_for(station.pump, flow_m3_per_s / running, head_Pa);
    bool const at_limit = one.speed == station.pump.max_speed && !one.outside.empty();
    bool const short_of = at_limit && (one.point.head_Pa < head_Pa || one.point.flow_m3_per_s * running < flow_m3_per_s);
    if (!short_of) {
        return station_of(one, running);
    }
    StationState state = operating_point(station, system, running, station.pump.max_speed);
    state.outside.add(Curve::pump_speed);
    return state;
}

} // namespace aidc
