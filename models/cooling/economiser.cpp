#include "models/cooling/economiser.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <string>

namespace aidc {

Economiser size_economiser(EconomiserRating const& rating, FluidProperties const& load, FluidProperties const& tower)
{
    AIDC_EXPECT(rating.heat_W > 0.0 && rating.approach_K > 0.0);
    AIDC_EXPECT(rating.load_kg_per_s > 0.0 && rating.tower_kg_per_s > 0.0);
    double const load_W_per_K = rating.load_kg_per_s * load.cp_J_per_kgK;
    double const tower_W_per_K = rating.tower_kg_per_s * tower.cp_J_per_kgK;
    double const least = std::min(load_W_per_K, tower_W_per_K);
    double const effectiveness = rating.heat_W / (least * (rating.approach_K + rating.heat_W / load_W_per_K));
    if (!(effectiveness < 1.0)) {
        throw SolverError("economiser sizing", "an approach of " + std::to_string(rating.approach_K) + " K needs an effectiveness of "
                                                   + std::to_string(effectiveness) + "; its tower flow is too small");
    }
    double const ua = least * counterflow_ntu(effectiveness, least / std::max(load_W_per_K, tower_W_per_K));
    return {.rating = rating, .films = split_conductance(ua, film_ratio(load, tower, rating.load_kg_per_s / rating.tower_kg_per_s))};
}

HeatExchange economiser_exchange(Economiser const& economiser, Stream const& load, Stream const& tower)
{
    EconomiserRating const& rated = economiser.rating;
    double const load_film =
        economiser.films.hot_W_per_K * regularised_power(load.flow_kg_per_s / rated.load_kg_per_s, plate_film_exponent);
    double const tower_film =
        economiser.films.cold_W_per_K * regularised_power(tower.flow_kg_per_s / rated.tower_kg_per_s, plate_film_exponent);
    return counterflow_exchange(series_conductance_W_per_K(load_film, tower_film), load, tower);
}

EconomiserMode next_mode(EconomiserControl const& control, EconomiserTemperatures const& now, EconomiserMode before, double in_mode_s)
{
    AIDC_EXPECT(in_mode_s >= 0.0);
    double const for_full_K = before == EconomiserMode::full ? 0.0 : control.hysteresis_K;
    double const for_partial_K = before == EconomiserMode::off ? control.hysteresis_K : 0.0;
    EconomiserMode wanted = EconomiserMode::off;
    if (now.tower_C + control.approach_K <= now.set_point_C - for_full_K) {
        wanted = EconomiserMode::full;
    }
    else if (now.tower_C < now.return_C - control.dead_band_K - for_partial_K) {
        wanted = EconomiserMode::partial;
    }
    bool const held = before != EconomiserMode::off && in_mode_s < control.min_on_s;
    if (!held) {
        return wanted;
    }
    return before == EconomiserMode::full && wanted != EconomiserMode::full ? EconomiserMode::partial : before;
}

EconomiserResult solve_economiser(Economiser const& economiser, EconomiserMode mode, Stream const& load, Stream const& tower,
                                  double set_point_C)
{
    double const load_W_per_K = load.flow_kg_per_s * load.cp_J_per_kgK;
    double const tower_W_per_K = tower.flow_kg_per_s * tower.cp_J_per_kgK;
    double const wanted_W = std::max(0.0, load_W_per_K * (load.inlet_C - set_point_C));
    double heat_W = 0.0;
    if (mode != EconomiserMode::off) {
        heat_W = std::clamp(economiser_exchange(economiser, load, tower).heat_W, 0.0, wanted_W);
    }
    return {.heat_W = heat_W,
            .load_outlet_C = heat_W == 0.0 ? load.inlet_C : load.inlet_C - heat_W / load_W_per_K,
            .tower_outlet_C = heat_W == 0.0 ? tower.inlet_C : tower.inlet_C + heat_W / tower_W_per_K,
            .chiller_W = mode == EconomiserMode::full ? 0.0 : wanted_W - heat_W};
}

} // namespace aidc
