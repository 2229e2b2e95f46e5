#include "models/cooling/cooling_tower.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

using namespace aidc;

namespace {

constexpr double water_J_per_kgK = 4180.0;

/// A cell of 1 MW, EnergyPlus' rating point.
CoolingTower cell() { return size_tower(TowerRating{}); }

Stream water(double inlet_C, double share = 1.0)
{
    return {.inlet_C = inlet_C, .flow_kg_per_s = share * 1e6 / 5.56 / water_J_per_kgK, .cp_J_per_kgK = water_J_per_kgK};
}

Air humid(double dry_bulb_C, double relative_humidity, double pressure_Pa = 101325.0)
{
    return air_from_relative_humidity(dry_bulb_C, relative_humidity, pressure_Pa);
}

double heat_W(CoolingTower const& tower, Air const& outdoors, Stream const& stream, double fan_ratio)
{
    CurveSet outside;
    return tower_heat_W(tower, outdoors, stream, fan_ratio, outside);
}

/// One report of EnergyPlus' example CoolingTower:VariableSpeed:Merkel.
struct Report {
    double dry_bulb_C, wet_bulb_C, inlet_C, outlet_C, heat_W, fan_W, fan_ratio;
};

/// The tower of that example: nominal capacity 20286.37 W, heat 1.25 times that, water 1.089 kg/s at 4178 J/(kg K).
CoolingTower example_tower() { return size_tower(energyplus_rating(1.25 * 20286.37455)); }

TowerResult solve(CoolingTower const& tower, Report const& report)
{
    return solve_tower(tower, air_from_wet_bulb(report.dry_bulb_C, report.wet_bulb_C, 101325.0),
                       {.inlet_C = report.inlet_C, .flow_kg_per_s = 1.089, .cp_J_per_kgK = 4178.0}, report.fan_ratio);
}

} // namespace

TEST_CASE("a cell reproduces its rating point", "[unit][cooling]")
{
    auto const r = solve_tower(cell(), air_from_wet_bulb(35.0, 25.55, 101325.0), water(35.0), 1.0);
    CHECK_THAT(r.heat_W, WithinRel(1e6, 1e-12));
    CHECK_THAT(r.water_outlet_C, WithinAbs(25.55 + 3.89, 1e-10)); // EnergyPlus: approach 7 deg F
    CHECK_THAT(r.fan_W, WithinRel(8400.0, 1e-12));                // 0.0105 W/W x 0.8 MW
    CHECK(r.outside.empty());
}

TEST_CASE("a rating by EnergyPlus' ratios", "[unit][cooling]")
{
    // Modelica Buildings' MerkelEnergyPlus, from the EnergyPlus run: capacity 20286.37455 W, fan 213.00693 W,
    // water 0.00109181 m3/s, heat 25390 W at most.
    auto const rating = energyplus_rating(1.25 * 20286.37455);
    CHECK_THAT(rating.fan_W, WithinRel(213.00693, 1e-7));
    CHECK_THAT(rating.air_kg_per_s / 1.2, WithinRel(2.76316e-5 * 20286.37455, 1e-12));
    CHECK_THAT(rating.heat_W / 5.56 / 4178.0 / 0.00109181, WithinRel(998.2, 2e-3)); // density: the range is the water flow
    CHECK_THAT(energyplus_rating(1e6).air_kg_per_s, WithinRel(TowerRating{}.air_kg_per_s, 1e-12));
    CHECK_THAT(energyplus_rating(1e6).fan_W, WithinRel(TowerRating{}.fan_W, 1e-12));
    CHECK_THAT(rating.water_inlet_C - rating.water_outlet_C, WithinAbs(5.56, 1e-12));
}

TEST_CASE("the outlet agrees with EnergyPlus", "[unit][cooling]")
{
    // EnergyPlus 9.2, CoolingTower:VariableSpeed:Merkel, every fourth of 80 reports; shipped in lbl-srg/modelica-buildings
    // as MerkelEnergyPlus/modelica.csv (BSD-3). Given to four digits.
    constexpr std::array reports{
        Report{21.25, 19.19, 31.59, 30.0, 7255, 6.305, 0.2137},  Report{22.1, 19.02, 31.41, 29.93, 6727, 5.937, 0.2},
        Report{23.3, 18.56, 31.08, 29.61, 6677, 5.937, 0.2},     Report{24.27, 18.67, 33.21, 30.0, 14620, 14.5, 0.3658},
        Report{27.62, 18.57, 33.74, 30.0, 17030, 18.61, 0.4094}, Report{28.48, 18.55, 33.76, 30.0, 17100, 18.79, 0.4111},
        Report{27.07, 18.81, 33.83, 30.0, 17420, 19.87, 0.4211}, Report{26.7, 18.34, 33.75, 30.0, 17080, 18.1, 0.4045},
        Report{26.43, 18.34, 33.52, 30.0, 16030, 16.3, 0.3862},  Report{25.18, 18.89, 33.2, 30.0, 14560, 14.84, 0.3699},
        Report{20.88, 20.79, 32.32, 30.0, 10540, 11.37, 0.3239}, Report{22.68, 21.95, 32.75, 30.0, 12510, 18.11, 0.4046},
        Report{25.6, 23.62, 34.39, 30.0, 20000, 59.23, 0.6407},  Report{26.0, 23.73, 35.91, 30.34, 25390, 78.82, 0.7092},
        Report{27.35, 24.02, 36.78, 31.2, 25390, 62.97, 0.6549}, Report{27.8, 24.1, 36.52, 30.94, 25390, 70.03, 0.6802},
        Report{27.65, 24.15, 36.58, 31.0, 25390, 69.37, 0.6779}, Report{27.35, 24.43, 37.01, 31.43, 25390, 63.56, 0.6571},
        Report{27.93, 24.78, 37.28, 31.7, 25390, 62.88, 0.6546}, Report{28.18, 24.56, 37.08, 31.51, 25390, 64.01, 0.6587},
    };
    auto const tower = example_tower();
    double squares = 0.0;
    for (auto const& report : reports) {
        auto const r = solve(tower, report);
        CAPTURE(report.inlet_C, report.wet_bulb_C);
        CHECK_THAT(r.water_outlet_C, WithinAbs(report.outlet_C, 0.05));
        CHECK_THAT(r.heat_W, WithinRel(report.heat_W, 0.011));
        CHECK_THAT(r.fan_W, WithinAbs(report.fan_W, 0.005 * 213.0)); // straight lines in the table: 0.5 % of the nominal power
        CHECK(r.outside.empty());
        squares += (r.water_outlet_C - report.outlet_C) * (r.water_outlet_C - report.outlet_C);
    }
    CHECK(std::sqrt(squares / reports.size()) < 0.025);
}

TEST_CASE("a day of minutes agrees with EnergyPlus", "[unit][cooling][data]")
{
    char const* const folder = std::getenv("AIDCSIM_DATA");
    if (folder == nullptr) {
        WARN("skipped: AIDCSIM_DATA is not set");
        return;
    }
    // Origin as above, first day: columns time_s, dry bulb, wet bulb, inlet, outlet, flow, heat_W, fan_W, fan_J, fan ratio.
    std::ifstream file(std::string(folder) + "/tower/energyplus_merkel_tower_day1.csv");
    REQUIRE(file);
    auto const tower = example_tower();
    double worst_K = 0.0;
    int minutes = 0;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream fields(line);
        std::array<double, 10> v{};
        for (double& value : v) {
            fields >> value;
        }
        REQUIRE(fields);
        if (v[9] > 0.0) {
            auto const r = solve(tower, {v[1], v[2], v[3], v[4], v[6], v[7], v[9]});
            worst_K = std::max(worst_K, std::abs(r.water_outlet_C - v[4]));
            ++minutes;
        }
    }
    CHECK(minutes == 599);
    CHECK(worst_K < 0.02);
}

TEST_CASE("the mean specific heat of saturated air agrees with another program", "[unit][cooling]")
{
    // Modelica Buildings, EquivalentHeatCapacity reference result: wet bulb 10, 20, 30 deg C, difference in K, J/(kg K). There
    // per kg of moist air: enthalpies are divided by 1 + W before they are subtracted. README of the table: 4e-4.
    struct Row {
        double in_C, rise_K, moist_cp_J_per_kgK;
    };
    constexpr std::array rows{Row{10, 10, 2753.127}, Row{10, 15, 3049.736}, Row{10, 20, 3401.234},
                              Row{20, 10, 4049.341}, Row{20, 15, 4526.963}, Row{20, 20, 5088.478},
                              Row{30, 10, 6127.614}, Row{30, 15, 6882.415}, Row{30, 20, 7767.102}};
    for (auto const& row : rows) {
        double const out_C = row.in_C + row.rise_K;
        double const in_W = saturation_humidity_ratio(row.in_C, 101325.0);
        double const in_J_per_kg = enthalpy_J_per_kg(row.in_C, in_W);
        double const out_J_per_kg = in_J_per_kg + row.rise_K * saturated_cp_J_per_kgK(row.in_C, out_C, 101325.0);
        double const moist = (out_J_per_kg / (1.0 + saturation_humidity_ratio(out_C, 101325.0)) - in_J_per_kg / (1.0 + in_W)) / row.rise_K;
        CHECK_THAT(moist, WithinRel(row.moist_cp_J_per_kgK, 4e-4));
    }
}

TEST_CASE("the specific heat of saturated air has no jump at small differences", "[unit][cooling]")
{
    double const at = saturated_cp_J_per_kgK(20.0, 20.0, 101325.0);
    CHECK_THAT(saturated_cp_J_per_kgK(19.99995, 20.00005, 101325.0), WithinRel(at, 1e-9));
    CHECK_THAT(saturated_cp_J_per_kgK(19.998, 20.002, 101325.0), WithinRel(at, 1e-8));
}

TEST_CASE("UA follows the curves of EnergyPlus", "[unit][cooling]")
{
    CurveSet outside;
    CHECK_THAT(tower_ua_factor({.air = 1.0, .water = 1.0}, outside), WithinRel(1.0, 1e-12));
    CHECK_THAT(tower_ua_factor({.air = 0.5, .water = 1.0}, outside), WithinRel(1.3 * 0.5 - 0.3 * 0.25, 1e-12));
    CHECK_THAT(tower_ua_factor({.air = 1.0, .water = 0.5}, outside), WithinRel((0.1082 + 0.8335 - 0.192825) / 1.0039, 1e-12));
    // EnergyPlus Input Output Reference: the variable is the design wet bulb minus the current one; colder air, more UA.
    CHECK_THAT(tower_ua_factor({.air = 1.0, .water = 1.0, .wet_bulb_deficit_K = 10.0}, outside), WithinRel(1.081, 1e-12));
    CHECK_THAT(tower_ua_factor({.air = 0.1, .water = 1.0}, outside), WithinRel(0.5 * (0.26 - 0.012), 1e-12)); // free convection
    CHECK(outside.empty());
}

TEST_CASE("outside its curves UA is bounded and says so", "[unit][cooling]")
{
    auto const left = [](TowerRatios const& ratios, TowerRatios const& bound, Curve curve) {
        CurveSet outside;
        CurveSet inside;
        CHECK(tower_ua_factor(ratios, outside) == tower_ua_factor(bound, inside));
        CHECK(outside.contains(curve));
        CHECK(inside.empty());
    };
    left({.air = 1.2, .water = 1.0}, {.air = 1.05, .water = 1.0}, Curve::tower_air);
    left({.air = 1.0, .water = 0.2}, {.air = 1.0, .water = 0.3}, Curve::tower_water);
    left({.air = 1.0, .water = 1.3}, {.air = 1.0, .water = 1.05}, Curve::tower_water);
    left({.air = 1.0, .water = 1.0, .wet_bulb_deficit_K = 26.0}, {1.0, 1.0, 25.0}, Curve::tower_air);
    left({.air = 1.0, .water = 1.0, .wet_bulb_deficit_K = -11.0}, {1.0, 1.0, -10.0}, Curve::tower_air);
    auto const frost = solve_tower(cell(), humid(-5.0, 0.8), water(30.0, 0.2), 0.5);
    CHECK(frost.outside.contains(Curve::tower_air));
    CHECK(frost.outside.contains(Curve::tower_water));
}

TEST_CASE("the fan follows its table or the cube", "[unit][cooling]")
{
    auto tower = cell();
    auto const air = humid(20.0, 0.5);
    // EnergyPlus example, as in Modelica Buildings' MerkelEnergyPlus.
    CHECK_THAT(tower_fan_W(tower, air, 0.2), WithinRel(8400.0 * 0.02784304, 1e-6));
    CHECK_THAT(tower_fan_W(tower, air, 0.7), WithinRel(8400.0 * 0.3561795, 1e-6));
    CHECK_THAT(tower_fan_W(tower, air, 0.75), WithinRel(8400.0 * 0.5 * (0.3561795 + 0.521818), 1e-6));
    CHECK_THAT(tower_fan_W(tower, air, 1.0), WithinRel(8400.0, 1e-12));
    CHECK(tower_fan_W(tower, air, 0.199) == 0.0);
    CHECK_THAT(tower_fan_W(tower, humid(20.0, 0.5, 0.8 * 101325.0), 1.0), WithinRel(0.8 * 8400.0, 1e-12)); // thin air
    tower.fan_law = TowerFanLaw::cubic;
    CHECK_THAT(tower_fan_W(tower, air, 0.5), WithinRel(8400.0 / 8.0, 1e-12));
}

TEST_CASE("Merkel's equation integrated through the fill leads back to the inlet", "[unit][cooling]")
{
    // Independent of the mean specific heat: dT/da = K (h_sat(T) - h)/C_water, dh/da = K (h_sat(T) - h)/m_air from the basin
    // to the top, 2000 steps of the midpoint rule. What differs is the curvature of the saturation line.
    auto const tower = cell();
    double const fan_ratio = GENERATE(0.3, 0.6, 1.0);
    double const wet_bulb_C = GENERATE(8.0, 17.0, 25.55);
    auto const air = air_from_wet_bulb(wet_bulb_C + 6.0, wet_bulb_C, 101325.0);
    auto const stream = water(GENERATE(35.0, 42.0), 0.9);
    auto const r = solve_tower(tower, air, stream, fan_ratio);
    CurveSet outside;
    double const k_kg_per_s = tower.ua_W_per_K / 1006.0
                              * tower_ua_factor({.air = fan_ratio, .water = 0.9, .wet_bulb_deficit_K = 25.55 - air.wet_bulb_C}, outside);
    auto const saturated = [](double t_C) { return enthalpy_J_per_kg(t_C, saturation_humidity_ratio(t_C, 101325.0)); };
    double const air_per_water = stream.flow_kg_per_s * water_J_per_kgK / tower_air_kg_per_s(tower, air, fan_ratio);
    double const bottom_J_per_kg = saturated(air.wet_bulb_C);
    auto const slope = [&](double t_C) {
        double const h_J_per_kg = bottom_J_per_kg + air_per_water * (t_C - r.water_outlet_C);
        return k_kg_per_s * (saturated(t_C) - h_J_per_kg) / (stream.flow_kg_per_s * water_J_per_kgK);
    };
    double t_C = r.water_outlet_C;
    constexpr int steps = 2000;
    for (int i = 0; i < steps; ++i) {
        t_C += slope(t_C + 0.5 * slope(t_C) / steps) / steps;
    }
    double const range_K = stream.inlet_C - r.water_outlet_C;
    INFO("range " << range_K << " K, integrated " << t_C - r.water_outlet_C);
    CHECK_THAT(t_C - r.water_outlet_C, WithinRel(range_K, range_K < 10.0 ? 0.035 : 0.065));
}

TEST_CASE("the air gains what the water loses, and leaves saturated", "[unit][cooling]")
{
    auto const tower = cell();
    double const pressure_Pa = GENERATE(84000.0, 101325.0);
    auto const air = humid(GENERATE(-15.0, -1.0, 3.0, 18.0, 36.0), GENERATE(0.0, 0.4, 1.0), pressure_Pa);
    auto const stream = water(GENERATE(25.0, 38.0, 48.0), GENERATE(0.1, 0.6, 1.0));
    auto const r = solve_tower(tower, air, stream, GENERATE(0.0, 0.2, 0.7, 1.0));
    CHECK_THAT(r.air_side_W, WithinRel(r.heat_W, 1e-9));
    CHECK_THAT(stream.flow_kg_per_s * water_J_per_kgK * (stream.inlet_C - r.water_outlet_C), WithinRel(r.heat_W, 1e-9));
    CHECK_THAT(r.air_out_humidity_ratio, WithinRel(saturation_humidity_ratio(r.air_out_C, pressure_Pa), 1e-9));
    // Second law: neither stream passes the other's inlet; the air by 0.8 K at most, see the header.
    CHECK(r.water_outlet_C >= std::min(air.wet_bulb_C, stream.inlet_C) - 1e-9);
    CHECK(r.air_out_C < std::max(air.wet_bulb_C, stream.inlet_C) + 0.8);
}

TEST_CASE("water in is water out", "[unit][cooling]")
{
    auto const tower = cell();
    auto const air = humid(25.0, 0.5);
    auto const r = solve_tower(tower, air, water(38.0), 0.6);
    double const air_kg_per_s = 0.6 * tower.rating.air_kg_per_s;
    CHECK_THAT(r.evaporated_kg_per_s, WithinRel(air_kg_per_s * (r.air_out_humidity_ratio - air.humidity_ratio), 1e-12));
    CHECK_THAT(r.drift_kg_per_s, WithinRel(5e-5 * water(38.0).flow_kg_per_s, 1e-12));
    CHECK_THAT(r.blowdown_kg_per_s, WithinRel(r.evaporated_kg_per_s / 3.0 - r.drift_kg_per_s, 1e-12)); // 4 cycles
    // Salts leave with blowdown and drift alone: make-up over them is the cycles of concentration.
    CHECK_THAT(r.make_up_kg_per_s / (r.blowdown_kg_per_s + r.drift_kg_per_s), WithinRel(4.0, 1e-12));
    auto const little = solve_tower(size_tower({}, {.cycles_of_concentration = 500.0, .drift_share = 8e-5}), air, water(38.0), 0.6);
    CHECK(little.blowdown_kg_per_s == 0.0); // drift alone takes more salt
    CHECK_THAT(little.make_up_kg_per_s, WithinRel(little.evaporated_kg_per_s + little.drift_kg_per_s, 1e-12));
}

TEST_CASE("evaporation carries most of the heat, less of it in cold air", "[unit][cooling]")
{
    // Share of the heat at 2.43 MJ/kg: 0.73...0.84 with a warm return, an estimate made for temperate air.
    auto const share = [](double dry_bulb_C, double return_C) {
        auto const r = solve_tower(cell(), humid(dry_bulb_C, 0.65), water(return_C), 0.5);
        return r.evaporated_kg_per_s * 2.43e6 / r.heat_W;
    };
    double const return_C = GENERATE(40.0, 43.0, 46.0);
    for (double const dry_bulb_C : {5.0, 10.0, 15.0, 20.0}) {
        CHECK(share(dry_bulb_C, return_C) > 0.73);
        CHECK(share(dry_bulb_C, return_C) < 0.84);
    }
    CHECK(share(-10.0, return_C) < 0.73);
    CHECK(share(-10.0, return_C) < share(5.0, return_C));
    CHECK(share(35.0, return_C) > 0.84); // hot air cools as it passes: more than its share evaporates
}

TEST_CASE("heat rises smoothly with fan and water temperature", "[unit][cooling]")
{
    auto const tower = cell();
    auto const air = humid(GENERATE(-10.0, 0.0, 3.0, 15.0, 30.0), 0.6);
    double const step_K = GENERATE(1e-8, 1e-4, 0.5);
    double const step = GENERATE(1e-10, 1e-5, 0.006);
    double before_W = heat_W(tower, air, water(8.0), 0.63);
    for (int i = 1; i < 60; ++i) {
        double const now_W = heat_W(tower, air, water(8.0 + i * step_K), 0.63);
        CHECK(now_W > before_W);
        before_W = now_W;
    }
    double const start = GENERATE(0.126, 0.2 - 2e-9, 0.6); // the second crosses the end of the air curve
    before_W = heat_W(tower, air, water(36.0), start);
    for (int i = 1; i < 60; ++i) {
        double const now_W = heat_W(tower, air, water(36.0), start + i * step);
        CHECK(now_W > before_W);
        before_W = now_W;
    }
}

TEST_CASE("thin air takes somewhat less heat", "[unit][cooling]")
{
    double const thin_Pa = pressure_at_altitude_Pa(1517.0); // Lanzhou
    auto const low = solve_tower(cell(), air_from_wet_bulb(30.0, 18.0, 101325.0), water(36.0), 1.0);
    auto const high = solve_tower(cell(), air_from_wet_bulb(30.0, 18.0, thin_Pa), water(36.0), 1.0);
    CHECK(high.heat_W < low.heat_W);
    CHECK(high.heat_W > low.heat_W * thin_Pa / 101325.0); // saturated air holds more per kg
}

TEST_CASE("limits of little water and of equal temperatures", "[unit][cooling]")
{
    auto const tower = cell();
    auto const air = humid(28.0, 0.5);
    auto const trickle = solve_tower(tower, air, water(40.0, 1e-6), 1.0);
    CHECK_THAT(trickle.water_outlet_C, WithinAbs(air.wet_bulb_C, 1e-6)); // effectiveness 1
    // Water at the wet bulb: no heat, adiabatic saturation.
    auto const still = solve_tower(tower, air, water(air.wet_bulb_C), 1.0);
    CHECK(still.heat_W == 0.0);
    CHECK_THAT(still.air_out_C, WithinAbs(air.wet_bulb_C, 1e-6));
    CHECK(still.evaporated_kg_per_s > 0.0);
    CHECK(heat_W(tower, air, water(air.wet_bulb_C + 1e-9), 1.0) > 0.0);
}

TEST_CASE("without water nothing happens but the fan turns", "[unit][cooling]")
{
    auto const air = humid(28.0, 0.5);
    auto const r = solve_tower(cell(), air, water(40.0, 0.0), 1.0);
    CHECK(r.heat_W == 0.0);
    CHECK(r.water_outlet_C == 40.0);
    CHECK(r.air_out_C == air.dry_bulb_C);
    CHECK(r.make_up_kg_per_s == 0.0);
    CHECK(r.air_side_W == 0.0);
    CHECK_THAT(r.fan_W, WithinRel(8400.0, 1e-12));
    auto sealed = cell();
    sealed.free_convection = 0.0;
    CHECK(solve_tower(sealed, air, water(40.0), 0.0).heat_W == 0.0);
}

TEST_CASE("warm humid air heats cold water and leaves its moisture", "[unit][cooling]")
{
    auto const r = solve_tower(cell(), humid(32.0, 0.9), water(15.0), 1.0);
    CHECK(r.heat_W < 0.0);
    CHECK(r.water_outlet_C > 15.0);
    CHECK(r.evaporated_kg_per_s < 0.0);
    CHECK(r.make_up_kg_per_s == 0.0); // what condenses overflows
    CHECK_THAT(r.blowdown_kg_per_s, WithinRel(-r.evaporated_kg_per_s - r.drift_kg_per_s, 1e-12));
    CHECK_THAT(r.air_side_W, WithinRel(r.heat_W, 1e-9));
}

TEST_CASE("impossible towers are refused", "[unit][cooling]")
{
    TowerRating rating;
    rating.air_kg_per_s = 8.0;
    CHECK_THROWS_WITH(size_tower(rating), ContainsSubstring("air flow is too small"));
    CHECK_THROWS_WITH(solve_tower(cell(), humid(20.0, 0.5), water(101.0), 1.0), ContainsSubstring("water boils"));
}
