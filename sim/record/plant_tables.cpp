#include "sim/record/plant_tables.hpp"

#include "models/base/tick.hpp"

namespace aidc {

void write_plants(h5::File& file, Buildout const& b)
{
    auto group = file.group("plant", "Cooling of the buildings, as sized at the listed design weather");
    auto table = group.table("building", {{{"name", "", "building"}, h5::Type::text},
                                          {{"liquid_W", "W", "heat into the coolant, all planned racks at full power"}},
                                          {{"air_W", "W", "heat into the hall air"}},
                                          {{"design_dry_bulb_C", "degC", "listed design dry bulb"}},
                                          {{"design_wet_bulb_C", "degC", "listed design wet bulb, the higher of the two"}},
                                          {{"tcs_set_point_C", "degC", "supply to the racks"}},
                                          {{"fws_set_point_C", "degC", "facility-water supply"}},
                                          {{"fws_flow_m3_per_s", "m3 s-1", "facility water at the set points"}},
                                          {{"cdus_per_pod", "1", "CDUs of a pod, spare ones included"}, h5::Type::int32},
                                          {{"cdu_spare", "1", "of them spare"}, h5::Type::int32},
                                          {{"outdoor_kind", "", "dry coolers or towers"}, h5::Type::text},
                                          {{"outdoor_units", "1", "dry coolers or tower cells, spare ones included"}, h5::Type::int32},
                                          {{"outdoor_spare", "1", "of them spare"}, h5::Type::int32},
                                          {{"outdoor_needed", "1", "what the design weather asks for"}},
                                          {{"chillers", "1", "chillers of the facility water, spare ones included"}, h5::Type::int32},
                                          {{"chiller_spare", "1", "of them spare"}, h5::Type::int32},
                                          {{"air_outdoor_units", "1", "dry coolers or tower cells of the residual air"}, h5::Type::int32},
                                          {{"air_chillers", "1", "chillers of the residual air; 0 at constant COP"}, h5::Type::int32},
                                          {{"pumps", "1", "facility-water pumps, spare ones included"}, h5::Type::int32},
                                          {{"pump_spare", "1", "of them spare"}, h5::Type::int32},
                                          {{"pump_unit_m3_per_s", "m3 s-1", "flow of one pump"}},
                                          {{"carried", "1", "share of the heat that n - r units hold at design weather"}}});
    auto const whole = [](std::uint32_t count) { return static_cast<std::int64_t>(count); };
    for (auto const& building : b.buildings) {
        auto const& s = building.sizing;
        bool const towers = building.plant.source.tower.has_value();
        table.append({building.name,
                      s.liquid_W,
                      s.air_W,
                      s.design_dry_bulb_C,
                      s.design_wet_bulb_C,
                      building.plant.tcs_set_point_C,
                      building.plant.fws_set_point_C,
                      s.fws_flow_m3_per_s,
                      whole(s.cdus_per_pod),
                      whole(s.cdu_spare),
                      std::string(towers ? "towers" : "dry coolers"),
                      whole(s.outdoor_units),
                      whole(s.outdoor_spare),
                      s.outdoor_needed,
                      whole(s.chillers),
                      whole(s.chiller_spare),
                      whole(s.air_outdoor_units),
                      whole(s.air_chillers),
                      whole(s.pumps),
                      whole(s.pump_spare),
                      s.pump_unit_m3_per_s,
                      s.carried});
    }
}

void write_curves(h5::File& file, Flows const& total)
{
    auto group = file.group("curves", "Fitted curves that operation left: the value was bounded");
    auto table = group.table("curve", {{{"name", "", "curve"}, h5::Type::text},
                                       {{"what", "", "what was outside, and what was done"}, h5::Type::text},
                                       {{"outside_h", "h", "hours in which it was bounded, summed over buildings"}}});
    for (auto const& row : curves) {
        table.append({std::string(row.name), std::string(row.what), total.outside_s[static_cast<std::size_t>(row.curve)] / hour_s});
    }
}

} // namespace aidc
