#include "sim/scenario/resolve_plant.hpp"

namespace aidc {
namespace {

void check_cooler(Resolver& r, DryCoolerRating const& rating, std::string const& pointer)
{
    if (!(rating.water_inlet_C > rating.water_outlet_C && rating.water_outlet_C > rating.air_inlet_C)) {
        r.problem(pointer + "/rating", "needs water_inlet > water_outlet > air_inlet");
    }
}

void check_tower(Resolver& r, TowerRating const& rating, std::string const& pointer)
{
    if (!(rating.water_inlet_C > rating.water_outlet_C && rating.water_outlet_C > rating.wet_bulb_C)) {
        r.problem(pointer + "/rating", "needs water_inlet > water_outlet > wet_bulb");
    }
}

void check_chiller(Resolver& r, ChillerUnits const& spec, std::string const& pointer)
{
    auto const& c = spec.curves;
    if (!(c.evaporator_min_C <= c.leaving_C && c.leaving_C <= c.evaporator_max_C && c.condenser_min_C <= c.condenser_C
          && c.condenser_C <= c.condenser_max_C)) {
        r.problem(pointer + "/curves", "has its reference point outside of its own ranges; check leaving, condenser and their limits");
    }
    if (c.min_unloading_plr < c.min_plr) {
        r.problem(pointer + "/curves/min_unloading_plr",
                  fmt::format("is {:g} and must not be below min_plr {:g}", c.min_unloading_plr, c.min_plr));
    }
}

/// At least one unit must be at work.
void check_spare(Resolver& r, std::uint32_t units, std::uint32_t spare, std::string const& pointer)
{
    if (units != automatic && spare >= units) {
        r.problem(pointer + "/spare", fmt::format("is {} of {} units (nothing would be firm); it must be below the units", spare, units));
    }
}

void check_air(Resolver& r, PlantSpec const& spec, std::string const& pointer)
{
    if (!(spec.fan_wall.air_return_C > spec.fan_wall.water_outlet_C && spec.fan_wall.water_outlet_C > spec.fan_wall.water_inlet_C)) {
        r.problem(pointer + "/fan_wall", "needs air_return > water_outlet > water_inlet");
    }
    if ((spec.chiller_cop > 0.0) == spec.air_source.has_value()) {
        r.problem(pointer, "needs either \"chiller_cop\" or \"air_source\": one source of the chilled water for the residual air");
    }
    if (!spec.air_source) {
        return;
    }
    auto const& source = *spec.air_source;
    auto const at_source = pointer + "/air_source";
    if (source.coolers && source.towers) {
        r.problem(at_source, "has both \"coolers\" and \"towers\"; one of them stands before the chillers");
    }
    auto const fails = [](UnitGroupSpec const& units) { return units.to_failure.has_value() || units.to_repair.has_value(); };
    if ((source.coolers && fails(*source.coolers)) || (source.towers && fails(*source.towers))) {
        r.problem(at_source,
                  "has units that fail, and failures of the residual air's units are not modelled; remove to_failure and to_repair");
    }
    if (!source.coolers && !source.towers && !source.chillers) {
        r.problem(at_source, "is empty; give it chillers, and coolers or towers before them");
    }
    if (source.coolers) {
        check_cooler(r, source.coolers->rating, at_source + "/coolers");
        check_spare(r, source.coolers->units, source.coolers->spare, at_source + "/coolers");
    }
    if (source.towers) {
        check_tower(r, source.towers->rating, at_source + "/towers");
        check_spare(r, source.towers->units, source.towers->spare, at_source + "/towers");
    }
    if (source.chillers) {
        check_chiller(r, *source.chillers, at_source + "/chillers");
        check_spare(r, source.chillers->units, source.chillers->spare, at_source + "/chillers");
    }
}

} // namespace

bool plant_is_sound(Resolver& r, PlantSpec const& spec, std::string const& pointer)
{
    auto const before = r.problems.size();
    if (spec.coolers.has_value() == spec.towers.has_value()) {
        r.problem(pointer, "needs either \"coolers\" or \"towers\" for the facility water");
    }
    if (spec.coolers) {
        check_cooler(r, spec.coolers->rating, pointer + "/coolers");
    }
    if (spec.towers) {
        check_tower(r, spec.towers->rating, pointer + "/towers");
    }
    if (spec.chillers) {
        check_chiller(r, *spec.chillers, pointer + "/chillers");
        check_spare(r, spec.chillers->units, spec.chillers->spare, pointer + "/chillers");
    }
    if (spec.reuse && !(spec.reuse->full_C < spec.reuse->none_C)) {
        r.problem(pointer + "/reuse", "needs full below none: more is heated the colder it is outdoors");
    }
    check_air(r, spec, pointer);
    if ((spec.cdu.pump_rated_power_W >= 0.0) == spec.cdu.loop.has_value()) {
        r.problem(pointer + "/cdu", "needs either \"pump_rated_power\" or \"loop\", from which it follows");
    }
    if (!(spec.fws_min_C <= spec.fws_set_point_C && spec.fws_set_point_C <= spec.fws_max_C
          && spec.fws_set_point_C < spec.tcs_set_point_C)) {
        r.problem(pointer, "needs fws_min <= fws_set_point <= fws_max, and fws_set_point below tcs_set_point");
    }
    auto const liquid = range(spec.tcs);
    if (!spec.cdu.condensing && (spec.tcs_set_point_C < liquid.low_C || spec.tcs_set_point_C > liquid.high_C)) {
        r.problem(pointer + "/tcs_set_point",
                  fmt::format("is {:g} C and the data of this coolant reach from {:g} to {:g} C; take another coolant",
                              spec.tcs_set_point_C, liquid.low_C, liquid.high_C));
    }
    return r.problems.size() == before;
}

} // namespace aidc
