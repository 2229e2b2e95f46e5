#include "models/cooling/eir_chiller.hpp"

#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>

using namespace aidc;

namespace {

/// One data set: {capacity W, COP, chilled water deg C, condenser deg C}, three curves, {min, max, min unloading load ratio},
/// {evaporator min, max, condenser min, max deg C}.
constexpr ChillerCurves data_set(std::array<double, 4> reference, BiquadraticCurve capacity_ft, BiquadraticCurve eir_ft,
                                 QuadraticCurve eir_plr, std::array<double, 3> plr, std::array<double, 4> range_C)
{
    return {.reference_W = reference[0],
            .reference_cop = reference[1],
            .leaving_C = reference[2],
            .condenser_C = reference[3],
            .capacity_ft = capacity_ft,
            .eir_ft = eir_ft,
            .eir_plr = eir_plr,
            .min_plr = plr[0],
            .max_plr = plr[1],
            .min_unloading_plr = plr[2],
            .evaporator_min_C = range_C[0],
            .evaporator_max_C = range_C[1],
            .condenser_min_C = range_C[2],
            .condenser_max_C = range_C[3]};
}

// The data sets of the catalogue: Modelica Buildings (LBNL), Data.ElectricEIR, from the EnergyPlus data set; the last one is
// fitted to the table of the York YCAL0033EE below.
constexpr std::array catalogue{
    data_set({172.3e3, 3.67, 4.44, 18.33}, // Multistack MS
             {0.9839419, 0.1094957, -0.004547595, -0.02311886, 0.0002595943, -0.0005093307},
             {0.9396181, -0.05754225, 0.002561677, 0.0108145, 0.0001839935, 5.269319e-05}, {0.004747786, 1.072374, -0.07758317},
             {0.4, 1.03, 0.4}, {4.44, 8.89, 18.33, 35}),
    data_set({207.4e3, 3.99, 6.67, 29.44}, // Trane CGWD
             {0.9441897, 0.03371079, 9.756685e-05, -0.003220573, -4.917369e-05, -0.0001775717},
             {0.727387, -0.01189276, 0.0005411677, 0.001879294, 0.0004734664, -0.000711485}, {0.04146742, 0.6543795, 0.3044125},
             {0.25, 1.01, 0.25}, {5.56, 10, 23.89, 35}),
    data_set({383.3e3, 4.17, 6.67, 29.44}, // Trane RTWA
             {0.9830684, 0.03676199, 5.307995e-05, -0.004828624, -4.755963e-05, -0.0002377982},
             {0.6228513, -0.008700783, 0.0009719796, 0.005184584, 0.0004951699, -0.000963237}, {0.03295553, 0.9114398, 0.05565265},
             {0.25, 1.01, 0.25}, {4.44, 8.89, 23.89, 35}),
    data_set({471.2e3, 5.89, 8.89, 26.67}, // McQuay WSC
             {0.252113, 0.01324053, -0.008637329, 0.08581056, -0.004261176, 0.008661899},
             {0.4475238, -0.0258821, -0.001459053, 0.04342595, -0.001000651, 0.001920106}, {0.2778889, 0.2338363, 0.4883748},
             {0.1, 1.15, 0.1}, {7.22, 12.78, 12.78, 26.67}),
    data_set({780.7e3, 5.42, 6.67, 29.44}, // York YS
             {1.002148, 0.03300191, 0.000374167, -0.005925358, -2.599267e-05, -0.0002172126},
             {0.4475957, -0.01054652, 0.000712687, 0.01158632, 0.000515151, -0.0009831355}, {0.2519108, 0.2756914, 0.4725826},
             {0.09, 1.01, 0.09}, {4.44, 8.89, 15.56, 35}),
    data_set({1023.3e3, 5.81, 6.67, 29.44}, // York YT
             {0.2571195, -0.01571421, -0.003041761, 0.08106512, -0.002568598, 0.004247073},
             {0.5254964, -0.01972389, 0.0003441072, 0.01651466, 0.0002005198, -0.0003193246}, {0.2368399, 0.3286421, 0.4344939},
             {0.09, 1.06, 0.09}, {4.44, 8.89, 12.78, 35}),
    data_set({1406.6e3, 6.04, 6.67, 29.44}, // Carrier 19XR
             {1.042261, 0.002644821, -0.001468026, 0.01366256, -0.0008302334, 0.001573579},
             {1.02634, -0.01612819, -0.001092591, -0.01784393, 0.0007961842, -9.586049e-05}, {0.118888, 0.6723542, 0.2068754},
             {0.2, 1.04, 0.2}, {4.44, 10, 12.78, 32.22}),
    data_set({1441.8e3, 6.61, 5.56, 23.89}, // Trane CVHE
             {0.4007341, 0.001148568, 0.0001049504, 0.05574667, -0.001646131, 0.0013232},
             {0.6287646, -0.03024605, 0.0006137016, 0.01805826, 0.0001640653, -0.0001113802}, {0.09299787, 0.3244475, 0.5818753},
             {0.1, 1.07, 0.1}, {4.44, 8.89, 12.78, 35}),
    data_set({1758.3e3, 5.84, 6.67, 29.44}, // York YS
             {0.8130185, -0.01425368, -0.001618007, 0.02638417, -0.0009154379, 0.001696015},
             {0.6381264, 0.006304193, 0.0009233511, -0.004552881, 0.0008256904, -0.001561533}, {0.3149879, 0.3171267, 0.3709077},
             {0.2, 1.04, 0.2}, {4.44, 8.89, 12.78, 35}),
    data_set({2771.1e3, 6.84, 5.56, 23.89}, // York YK
             {0.7734286, 0.04848829, -0.001859209, 0.02611971, -0.001243562, 0.0007210181},
             {0.7203736, 0.0103046, -0.0007854237, -0.001206349, 0.000821006, -0.001455414}, {0.08653354, 0.1737382, 0.7403679},
             {0.2, 1.02, 0.2}, {4.44, 8.89, 12.78, 29.44}),
    data_set({5148.4e3, 6.34, 6.67, 26.11}, // Carrier 19EX
             {0.3564454, 0.02020689, -0.006286899, 0.05760425, -0.002102376, 0.00412665},
             {0.5426449, 0.003961314, -0.0001195821, 0.01609421, 0.0003089258, -0.001129525}, {0.1883602, 0.5018646, 0.3089569},
             {0.2, 1.03, 0.2}, {4.44, 8.89, 15.56, 29.44}),
    data_set({105.526e3, 3.0368, 6.67, 35}, // York YCAL0033EE
             {-0.253517, 0.0951795, -0.00226917, 0.0598858, -0.000919262, -0.00107212},
             {0.177021, 0.0266034, -0.000446797, 0.0184334, 0.000256958, -0.00126164}, {0, 1, 0}, {0.1, 1.15, 0.1},
             {4.44, 10, 23.89, 51.67}),
};
constexpr ChillerCurves const& mcquay_wsc = catalogue[3];
constexpr ChillerCurves const& york_ys_1758 = catalogue[8];
constexpr ChillerCurves const& york_air = catalogue[11];

double raw_capacity(ChillerCurves const& c) { return biquadratic(c.capacity_ft, c.leaving_C, c.condenser_C); }

double raw_power(ChillerCurves const& c) { return biquadratic(c.eir_ft, c.leaving_C, c.condenser_C) * quadratic(c.eir_plr, 1.0); }

/// A chiller that gives what the raw curves give with the published reference: the reference is moved to where they pass.
EirChiller unnormalised(ChillerCurves curves)
{
    curves.reference_cop /= raw_power(curves);
    return size_chiller(curves, curves.reference_W * raw_capacity(curves));
}

/// The same without bounds of temperature, as the other program has it.
EirChiller unbounded(EirChiller chiller)
{
    chiller.curves.evaporator_min_C = chiller.curves.condenser_min_C = 0.0;
    chiller.curves.evaporator_max_C = chiller.curves.condenser_max_C = 40.0;
    return chiller;
}

/// Solve at a load ratio instead of a load.
EirChillerResult at_load_ratio(EirChiller const& chiller, double plr, double leaving_C, double condenser_C)
{
    double const capacity_W = solve_eir_chiller(chiller, 0.0, leaving_C, condenser_C).available_W / chiller.curves.max_plr;
    return solve_eir_chiller(chiller, plr * capacity_W, leaving_C, condenser_C);
}

} // namespace

TEST_CASE("every chiller of the catalogue has its capacity and its COP at its own reference point", "[unit][cooling]")
{
    for (auto const& curves : catalogue) {
        auto const chiller = size_chiller(curves, curves.reference_W);
        auto const r = solve_eir_chiller(chiller, curves.reference_W, curves.leaving_C, curves.condenser_C);
        CHECK_THAT(r.available_W, WithinRel(curves.reference_W * curves.max_plr, 1e-12));
        CHECK_THAT(r.cop, WithinRel(curves.reference_cop, 1e-12));
        CHECK_THAT(r.plr, WithinRel(1.0, 1e-12));
        CHECK(r.cooled_W == curves.reference_W);
        CHECK(r.outside.empty());
    }
}

TEST_CASE("a published set need not be 1 at its reference point, and then capacity and COP are what is kept", "[unit][cooling]")
{
    // York YS 1758 kW, published curves worked outside of this program at 6.67 and 29.44 deg C: capacity 0.962, power 0.996 x 1.003.
    CHECK_THAT(raw_capacity(york_ys_1758), WithinAbs(0.962, 5e-4));
    CHECK_THAT(raw_power(york_ys_1758), WithinAbs(0.996 * 1.003, 1e-3));
    auto const normalised = size_chiller(york_ys_1758, york_ys_1758.reference_W);
    auto const as_published = unnormalised(york_ys_1758);
    auto const ratio = [&](double leaving_C, double condenser_C) {
        return solve_eir_chiller(normalised, 0.0, leaving_C, condenser_C).available_W
               / solve_eir_chiller(as_published, 0.0, leaving_C, condenser_C).available_W;
    };
    CHECK_THAT(ratio(5.0, 20.0), WithinRel(1.0 / raw_capacity(york_ys_1758), 1e-12));
    CHECK_THAT(ratio(8.0, 33.0), WithinRel(1.0 / raw_capacity(york_ys_1758), 1e-12));
}

TEST_CASE("a scaled chiller has the same COP at the same load ratio", "[unit][cooling]")
{
    auto const small = size_chiller(mcquay_wsc, 471.2e3);
    auto const large = size_chiller(mcquay_wsc, 3.0 * 471.2e3);
    auto const one = solve_eir_chiller(small, 200e3, 9.0, 20.0);
    auto const three = solve_eir_chiller(large, 600e3, 9.0, 20.0);
    CHECK_THAT(three.power_W, WithinRel(3.0 * one.power_W, 1e-12));
    CHECK_THAT(three.plr, WithinRel(one.plr, 1e-12));
}

TEST_CASE("a centrifugal chiller follows its published table", "[unit][cooling]")
{
    struct Row {
        double plr, leaving_C, condenser_C, cooled_W, power_W;
    };
    // McQuay WSC 471 kW: Modelica Buildings, table of the chiller in ModularReversible; corners, edges and middle of 80 rows.
    auto const row =
        GENERATE(Row{0.1, 7.22, 12.78, 51709, 20248}, Row{0.1, 7.22, 26.67, 38780, 20173}, Row{0.1, 12.78, 12.78, 38922, 11807},
                 Row{0.1, 12.78, 26.67, 57514, 29277}, Row{0.45, 9.07, 17.41, 261193, 40312}, Row{0.45, 10.93, 22.04, 269916, 45351},
                 Row{0.8, 7.22, 22.04, 413588, 65595}, Row{0.8, 12.78, 17.41, 429825, 53790}, Row{1, 9.07, 26.67, 478071, 81469},
                 Row{1, 10.93, 12.78, 459704, 50743}, Row{1.15, 7.22, 12.78, 594656, 78878}, Row{1.15, 7.22, 26.67, 445974, 78586},
                 Row{1.15, 12.78, 12.78, 447608, 45996}, Row{1.15, 12.78, 26.67, 661414, 114053});
    auto const r = at_load_ratio(unnormalised(mcquay_wsc), row.plr, row.leaving_C, row.condenser_C);
    CHECK_THAT(r.cooled_W, WithinRel(row.cooled_W, 2e-5)); // the table is rounded to a watt
    CHECK_THAT(r.power_W, WithinRel(row.power_W, 3e-5));
    CHECK_FALSE(r.outside.contains(Curve::chiller_evaporator));
    // Normalised, the whole table moves by what the set was off at its reference point.
    auto const normalised = at_load_ratio(size_chiller(mcquay_wsc, 471.2e3), row.plr, row.leaving_C, row.condenser_C);
    CHECK_THAT(normalised.cooled_W, WithinRel(row.cooled_W, 2e-3));
    CHECK_THAT(normalised.power_W, WithinRel(row.power_W, 3e-3));
}

TEST_CASE("the fitted air-cooled chiller follows the table it was fitted to", "[unit][cooling]")
{
    struct Row {
        double plr, leaving_C, outdoor_C, cooled_W, power_W;
    };
    // York YCAL0033EE: Modelica Buildings, table of the chiller in ModularReversible; corners, edges and middle of 80 rows.
    auto const row =
        GENERATE(Row{0.1, 4.44, 23.89, 9673, 2356}, Row{0.1, 10, 51.67, 5883, 2683}, Row{0.45, 6.29, 33.15, 47812, 15068},
                 Row{0.45, 10, 23.89, 53244, 11993}, Row{0.8, 4.44, 51.67, 43768, 23570}, Row{0.8, 8.15, 42.41, 74904, 28908},
                 Row{1, 4.44, 23.89, 96729, 23556}, Row{1, 6.29, 33.15, 106249, 33484}, Row{1, 10, 42.41, 95294, 34745},
                 Row{1.15, 4.44, 51.67, 62917, 33882}, Row{1.15, 10, 23.89, 136069, 30648}, Row{1.15, 10, 51.67, 67650, 30852});
    auto const r = at_load_ratio(size_chiller(york_air, york_air.reference_W), row.plr, row.leaving_C, row.outdoor_C);
    CHECK_THAT(r.cooled_W, WithinRel(row.cooled_W, 7e-5));
    CHECK_THAT(r.power_W, WithinRel(row.power_W, 2e-4)); // the row of 2356 W is rounded to 2e-4
}

TEST_CASE("load ratio, COP and condenser heat agree with another program", "[unit][cooling]")
{
    struct Row {
        double return_C, leaving_C, condenser_C, plr, cop;
    };
    // Modelica Buildings reference result, Chillers.Examples.ElectricEIR (McQuay WSC), rows with the chilled water settled.
    auto const row =
        GENERATE(Row{14.99999, 9.999994, 19.99999, 0.3632775, 5.594652}, Row{15.6, 9.999994, 19.99999, 0.4068708, 5.898921},
                 Row{15.99999, 9.999994, 19.99999, 0.435933, 6.069434}, Row{18.39999, 9.999994, 19.99999, 0.6103062, 6.665614},
                 Row{19.99999, 9.999994, 21.6, 0.7310262, 6.531867}, Row{19.99999, 9.999994, 22.39999, 0.7381008, 6.430116},
                 Row{19.99999, 9.999994, 26.39999, 0.8331613, 6.053218}, Row{19.99999, 9.999994, 27.20001, 0.8684121, 5.987335});
    auto const chiller = unbounded(unnormalised(mcquay_wsc));
    // 10.35 kg/s of chilled water at 4184 J/(kg K).
    double const cooling_W = 10.35 * 4184.0 * (row.return_C - row.leaving_C);
    auto const r = solve_eir_chiller(chiller, cooling_W, row.leaving_C, row.condenser_C);
    CHECK_THAT(r.plr, WithinRel(row.plr, 2e-6)); // temperatures have 7 digits
    CHECK_THAT(r.cop, WithinRel(row.cop, 2e-6));
    CHECK_THAT(at_load_ratio(chiller, row.plr, row.leaving_C, row.condenser_C).cop, WithinRel(row.cop, 6e-7));
    if (row.return_C == 14.99999) { // only there is the condenser water settled too: 19.24 kg/s leave at 23.17047 deg C
        CHECK_THAT(row.condenser_C + r.condenser_W / (19.24 * 4184.0), WithinAbs(23.17047, 2e-5));
    }
}

TEST_CASE("COP agrees with another program where the machine is pulling down or hot", "[unit][cooling]")
{
    struct Row {
        double leaving_C, condenser_C, plr, cop;
    };
    // As above: first row at 5 deg C, then condenser water up to 30 deg C and chilled water up to 15.4 deg C.
    auto const row = GENERATE(Row{4.999994, 19.99999, 0.4687399, 5.923911}, Row{10.00747, 25.6, 0.8041561, 6.118702},
                              Row{10.33618, 29.99999, 0.998027, 5.766652}, Row{11.53332, 29.99999, 0.7780663, 5.938457},
                              Row{14.73336, 29.99999, 0.4191693, 5.345358}, Row{15.37335, 29.99999, 0.3649049, 5.056516});
    auto const chiller = unbounded(unnormalised(mcquay_wsc));
    CHECK_THAT(at_load_ratio(chiller, row.plr, row.leaving_C, row.condenser_C).cop, WithinRel(row.cop, 6e-7));
}

TEST_CASE("below its lowest load ratio a chiller cycles, and below unloading its power stays", "[unit][cooling]")
{
    // Closed form with P/P_full = 0.2 + 0.8 PLR, lowest load ratio 0.1, unloading down to 0.2, capacity 100 kW, COP 4.
    ChillerCurves curves = mcquay_wsc;
    curves.reference_cop = 4.0;
    curves.capacity_ft = {1.0};
    curves.eir_ft = {1.0};
    curves.eir_plr = {0.2, 0.8, 0.0};
    curves.min_unloading_plr = 0.2;
    auto const chiller = size_chiller(curves, 100e3);
    auto const at = [&](double cooling_W) { return solve_eir_chiller(chiller, cooling_W, 9.0, 20.0); };
    CHECK_THAT(at(50e3).power_W, WithinRel(25e3 * 0.6, 1e-12));
    CHECK_THAT(at(20e3).power_W, WithinRel(25e3 * 0.36, 1e-12));
    CHECK_THAT(at(15e3).power_W, WithinRel(25e3 * 0.36, 1e-12)); // false loading
    CHECK_THAT(at(10e3).power_W, WithinRel(25e3 * 0.36, 1e-12));
    CHECK_THAT(at(5e3).power_W, WithinRel(25e3 * 0.36 * 0.5, 1e-12)); // on half of the time
    CHECK_THAT(at(5e3).cycling_ratio, WithinRel(0.5, 1e-12));
    CHECK(at(10e3).cycling_ratio == 1.0);
    CHECK(at(0.0).power_W == 0.0);
    CHECK(at(0.0).cop == 0.0);
    CHECK(at(0.0).condenser_W == 0.0);
}

TEST_CASE("the condenser takes the heat and the share of the power that goes into the refrigerant", "[unit][cooling]")
{
    ChillerCurves open_motor = mcquay_wsc;
    open_motor.condenser_share = 0.93;
    auto const share = GENERATE(0.05, 0.5, 1.1, 1.4);
    auto const r = solve_eir_chiller(size_chiller(open_motor, 500e3), share * 500e3, 8.0, 24.0);
    CHECK_THAT(r.condenser_W, WithinRel(r.cooled_W + 0.93 * r.power_W, 1e-14));
    CHECK(r.cooled_W <= r.available_W);
}

TEST_CASE("what lies outside the data set is bounded and told", "[unit][cooling]")
{
    auto const chiller = size_chiller(mcquay_wsc, 471.2e3);
    auto const same = [](EirChillerResult const& a, EirChillerResult const& b) {
        return a.power_W == b.power_W && a.available_W == b.available_W && a.cooled_W == b.cooled_W;
    };
    // The set ends at 12.78 deg C of chilled water and at 12.78 and 26.67 deg C of condenser water.
    auto const warm = solve_eir_chiller(chiller, 300e3, 18.0, 20.0);
    CHECK(same(warm, solve_eir_chiller(chiller, 300e3, 12.78, 20.0)));
    CHECK(warm.outside.contains(Curve::chiller_evaporator));
    CHECK_FALSE(warm.outside.contains(Curve::chiller_condenser));

    auto const cold = solve_eir_chiller(chiller, 300e3, 9.0, 5.0);
    CHECK(same(cold, solve_eir_chiller(chiller, 300e3, 9.0, 12.78)));
    CHECK(cold.outside.contains(Curve::chiller_condenser));
    CHECK(solve_eir_chiller(chiller, 300e3, 9.0, 30.0).outside.contains(Curve::chiller_condenser));

    auto const over = solve_eir_chiller(chiller, 700e3, 9.0, 20.0);
    CHECK(over.cooled_W == over.available_W);
    CHECK(over.plr == 1.15);
    CHECK(over.outside.contains(Curve::chiller_load));
    CHECK_FALSE(solve_eir_chiller(chiller, 300e3, 9.0, 20.0).outside.contains(Curve::chiller_load));
}

TEST_CASE("hot outdoor air costs an air-cooled chiller capacity and COP", "[unit][cooling]")
{
    auto const chiller = size_chiller(york_air, 1.65e6);
    EirChillerResult cooler = at_load_ratio(chiller, 1.0, 8.0, 28.0);
    for (double outdoor_C = 30.0; outdoor_C < 51.0; outdoor_C += 2.0) {
        auto const r = at_load_ratio(chiller, 1.0, 8.0, outdoor_C);
        CHECK(r.available_W < cooler.available_W);
        CHECK(r.cop < cooler.cop);
        cooler = r;
    }
}

TEST_CASE("a set whose curves are not positive in their own range is refused", "[unit][cooling]")
{
    ChillerCurves bad = mcquay_wsc;
    bad.capacity_ft = {1.0, 0.0, 0.0, -0.04, 0.0, 0.0}; // zero at 25 deg C
    bad.condenser_C = 20.0;
    CHECK_THROWS_WITH(size_chiller(bad, 1e6), ContainsSubstring("capacity by temperature is not positive"));
    bad = mcquay_wsc;
    bad.eir_plr = {-0.2, 1.2, 0.0}; // zero at a load ratio of 1/6
    CHECK_THROWS_WITH(size_chiller(bad, 1e6), ContainsSubstring("power by load is not positive"));
}
