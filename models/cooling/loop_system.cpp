#include "models/cooling/loop_system.hpp"

namespace aidc {
namespace {

double exchanger_inlet_C(LoopPod const& pod, double back_C)
{
    return pod.tcs_W_per_K > 0.0 ? back_C + pod.pump_W / pod.tcs_W_per_K : back_C;
}

/// Facility water into its source [deg C].
double source_inlet_C(LoopSite const& site, SiteTriple const& at)
{
    return site.fws_W_per_K > 0.0 ? at.fr + site.added_W / site.fws_W_per_K : at.fr;
}

} // namespace

PodGain gain(LoopPod const& pod, PodTriple const& at, double fs_C)
{
    double const from_chips_W = pod.chip_W_per_K * (at.chip - at.supply);
    double const inlet_C = exchanger_inlet_C(pod, at.back);
    double const given_W = pod.exchange_W_per_K * (inlet_C - fs_C);
    return {.W = {.chip = pod.chip_W - from_chips_W,
                  .back = pod.tcs_W_per_K * (at.supply - at.back) + from_chips_W + pod.direct_W,
                  .supply = pod.tcs_W_per_K * (inlet_C - at.supply) - given_W},
            .given_W = given_W};
}

SiteTriple gain(LoopSite const& site, SiteTriple const& at, double given_W, double out_W)
{
    double const flow = site.fws_W_per_K;
    double const inlet_C = source_inlet_C(site, at);
    SiteTriple W{.fr = flow * (at.fs - at.fr) + given_W, .fs = flow * (inlet_C - at.fs) - site.chilled_W, .tw = 0.0};
    if (site.tower_W_per_K > 0.0) {
        double const to_tower_W = site.exchange_W_per_K * (inlet_C - at.tw);
        W.fs -= to_tower_W;
        W.tw = to_tower_W + site.tower_added_W - out_W;
    }
    else {
        W.fs -= out_W;
    }
    return W;
}

double outdoor_inlet_C(LoopSite const& site, SiteTriple const& at)
{
    double const inlet_C = source_inlet_C(site, at);
    return site.tower_W_per_K > 0.0 ? at.tw + (site.exchange_W_per_K * (inlet_C - at.tw) + site.tower_added_W) / site.tower_W_per_K
                                    : inlet_C;
}

double inlet_change_K(LoopSite const& site, SiteTriple const& k)
{
    return site.tower_W_per_K > 0.0 ? k.tw + site.exchange_W_per_K * (k.fr - k.tw) / site.tower_W_per_K : k.fr;
}

PodChange eliminate(LoopPod const& pod, double g, PodTriple const& r)
{
    double const a = pod.chip_W_per_K, c = pod.tcs_W_per_K, e = pod.exchange_W_per_K;
    double const d1 = pod.chip_J_per_K + g * a;
    double const d2 = pod.return_J_per_K + g * c;
    double const alpha = (r.back + g * a * r.chip / d1) / d2; // back = alpha + beta supply
    double const beta = (g * a * g * a / d1 + g * (c - a)) / d2;
    double const d3 = pod.supply_J_per_K + g * c - g * (c - e) * beta;
    PodChange k;
    k.a.supply = (r.supply + g * (c - e) * alpha) / d3;
    k.b.supply = g * e / d3;
    k.a.back = alpha + beta * k.a.supply;
    k.b.back = beta * k.b.supply;
    k.a.chip = (r.chip + g * a * k.a.supply) / d1;
    k.b.chip = g * a * k.b.supply / d1;
    return k;
}

SiteTriple solve_site(LoopSite const& site, double g, SiteTriple const& r, GivenChange const& given)
{
    double const flow = site.fws_W_per_K, x = site.exchange_W_per_K, s = site.slope_W_per_K;
    double const a11 = site.fr_J_per_K + g * flow, a12 = -g * (flow + given.b_W_per_K), b1 = r.fr + g * given.a_W;
    double const a22 = site.fs_J_per_K + g * flow;
    double a21 = -g * flow, b2 = r.fs;
    bool const towers = site.tower_W_per_K > 0.0;
    double const tower_diagonal = towers ? site.tw_J_per_K + g * x + g * s * (1.0 - x / site.tower_W_per_K) : 1.0;
    double const tower_from_return = towers ? g * x * (1.0 - s / site.tower_W_per_K) : 0.0;
    if (towers) {
        a21 += g * x - g * x * tower_from_return / tower_diagonal;
        b2 += g * x * r.tw / tower_diagonal;
    }
    else {
        a21 += g * s;
    }
    double const determinant = a11 * a22 - a12 * a21;
    SiteTriple k{.fr = (b1 * a22 - a12 * b2) / determinant, .fs = (a11 * b2 - a21 * b1) / determinant, .tw = 0.0};
    k.tw = towers ? (r.tw + tower_from_return * k.fr) / tower_diagonal : 0.0;
    return k;
}

} // namespace aidc
