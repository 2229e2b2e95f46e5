#include "models/cooling/heat_reuse.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <string>

namespace aidc {

HeatReuse size_heat_reuse(HeatReuseRating const& rating, FluidProperties const& source, FluidProperties const& network)
{
    AIDC_EXPECT(rating.heat_W > 0.0 && rating.source_C > rating.network_return_C);
    AIDC_EXPECT(rating.source_kg_per_s > 0.0 && rating.network_kg_per_s > 0.0);
    double const source_W_per_K = rating.source_kg_per_s * source.cp_J_per_kgK;
    double const network_W_per_K = rating.network_kg_per_s * network.cp_J_per_kgK;
    double const least = std::min(source_W_per_K, network_W_per_K);
    double const effectiveness = rating.heat_W / (least * (rating.source_C - rating.network_return_C));
    if (!(effectiveness < 1.0)) {
        throw SolverError("heat reuse sizing",
                          "the rating needs an effectiveness of " + std::to_string(effectiveness) + "; its flows are too small");
    }
    double const ua = least * counterflow_ntu(effectiveness, least / std::max(source_W_per_K, network_W_per_K));
    return {.rating = rating,
            .films = split_conductance(ua, film_ratio(source, network, rating.source_kg_per_s / rating.network_kg_per_s))};
}

HeatReuseResult solve_heat_reuse(HeatReuse const& reuse, Stream const& source, Stream const& network, double demand_W)
{
    AIDC_EXPECT(demand_W >= 0.0);
    HeatReuseRating const& rated = reuse.rating;
    double const source_film =
        reuse.films.hot_W_per_K * regularised_power(source.flow_kg_per_s / rated.source_kg_per_s, plate_film_exponent);
    double const network_film =
        reuse.films.cold_W_per_K * regularised_power(network.flow_kg_per_s / rated.network_kg_per_s, plate_film_exponent);
    HeatExchange const open = counterflow_exchange(series_conductance_W_per_K(source_film, network_film), source, network);
    double const reused_W = std::clamp(open.heat_W, 0.0, demand_W);
    if (reused_W == 0.0) {
        return {.reused_W = 0.0, .source_outlet_C = source.inlet_C, .network_supply_C = network.inlet_C};
    }
    return {.reused_W = reused_W,
            .source_outlet_C = source.inlet_C - reused_W / (source.flow_kg_per_s * source.cp_J_per_kgK),
            .network_supply_C = network.inlet_C + reused_W / (network.flow_kg_per_s * network.cp_J_per_kgK)};
}

double energy_reuse_factor(double reused_J, double facility_J)
{
    AIDC_EXPECT(reused_J >= 0.0 && facility_J > 0.0);
    return reused_J / facility_J;
}

double energy_reuse_effectiveness(double pue, double reuse_factor) { return (1.0 - reuse_factor) * pue; }

} // namespace aidc
