#include "models/reliability/kaplan_meier.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace aidc;

namespace {

constexpr bool open = false, end = true;

/// Weeks of remission under 6-mercaptopurine: E. A. Gehan, Biometrika 52 (1965) 203 (trial of E. J. Freireich et al., 1963).
std::vector<Spell> remissions()
{
    return {{6, end},   {6, end},   {6, end},   {6, open}, {7, end},  {9, open},  {10, end},  {10, open}, {11, open}, {13, end}, {16, end},
            {17, open}, {19, open}, {20, open}, {22, end}, {23, end}, {25, open}, {32, open}, {32, open}, {34, open}, {35, open}};
}

} // namespace

TEST_CASE("the example of Kaplan and Meier", "[unit][reliability]")
{
    // JASA 53 (1958), their first example: eight items, deaths at 0.8, 3.1, 5.4, 9.2 months, losses at 1.0, 2.7, 7.0, 12.1. By hand:
    // 7/8, x 4/5, x 3/4, x 1/2.
    auto const s = product_limit({{12.1, open}, {0.8, end}, {1.0, open}, {2.7, open}, {3.1, end}, {5.4, end}, {7.0, open}, {9.2, end}});
    REQUIRE(s.steps.size() == 4);
    constexpr std::array expected{7.0 / 8.0, 7.0 / 10.0, 21.0 / 40.0, 21.0 / 80.0};
    constexpr std::array at_risk{8u, 5u, 4u, 2u};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK_THAT(s.steps[i].survival, WithinRel(expected[i], 1e-14));
        CHECK(s.steps[i].at_risk == at_risk[i]);
        CHECK(s.steps[i].ended == 1);
    }
    CHECK_THAT(s.steps[0].standard_error, WithinRel(std::sqrt(7.0 / 8.0 / 8.0 / 8.0), 1e-14)); // binomial before any loss: S (1 - S)/n
    CHECK(survival_at(s, 0.79) == 1.0);
    CHECK_THAT(survival_at(s, 0.8), WithinRel(7.0 / 8.0, 1e-14));
    CHECK_THAT(survival_at(s, 100.0), WithinRel(21.0 / 80.0, 1e-14));
    CHECK_THAT(s.exposure_s, WithinRel(41.3, 1e-14)); // sum of all eight
    CHECK_THAT(mean_hazard_per_s(s), WithinRel(4.0 / 41.3, 1e-14));
}

TEST_CASE("the table of the remissions in textbooks", "[unit][reliability]")
{
    // D. R. Cox, D. Oakes, Analysis of Survival Data (1984), table 1.1 and the estimate of it as R's survival::survfit prints it
    // (time, at risk, ended, survival, standard error, to the digits given).
    struct Row {
        double time;
        std::size_t at_risk, ended;
        double survival, standard_error;
    };
    constexpr std::array rows{Row{6, 21, 3, 0.857, 0.0764},  Row{7, 17, 1, 0.807, 0.0869},  Row{10, 15, 1, 0.753, 0.0963},
                              Row{13, 12, 1, 0.690, 0.1068}, Row{16, 11, 1, 0.627, 0.1141}, Row{22, 7, 1, 0.538, 0.1282},
                              Row{23, 6, 1, 0.448, 0.1346}};
    auto const s = product_limit(remissions());
    REQUIRE(s.steps.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i].time);
        CHECK(s.steps[i].time_s == rows[i].time);
        CHECK(s.steps[i].at_risk == rows[i].at_risk);
        CHECK(s.steps[i].ended == rows[i].ended);
        CHECK_THAT(s.steps[i].survival, WithinAbs(rows[i].survival, 5.1e-4));
        CHECK_THAT(s.steps[i].standard_error, WithinAbs(rows[i].standard_error, 5.1e-5));
    }
    CHECK(quantile_s(s, 0.25) == 13.0); // first time at which S <= 0.75: 0.690 (0.753 before)
    CHECK(quantile_s(s, 0.5) == 23.0);  // the published median remission
    CHECK(std::isinf(quantile_s(s, 0.9)));
    CHECK_THAT(s.exposure_s, WithinRel(359.0, 1e-14)); // 9 relapses in 359 weeks (Cox and Oakes)
    CHECK(s.ended == 9);
}

TEST_CASE("without censoring the estimate is the share that is left", "[unit][reliability]")
{
    auto const s = product_limit({{4, end}, {1, end}, {2, end}, {2, end}});
    CHECK_THAT(survival_at(s, 1.0), WithinRel(0.75, 1e-14));
    CHECK_THAT(survival_at(s, 2.0), WithinRel(0.25, 1e-14));
    CHECK(survival_at(s, 4.0) == 0.0);
    CHECK(std::isnan(s.steps.back().standard_error));
    auto const drawn = to_duration(s, 4);
    CHECK(drawn.number == 1.0);
    CHECK(drawn.sample_s == std::vector<double>{1, 2, 2, 4});
    CHECK_THAT(mean_s(drawn), WithinRel(2.25, 1e-14));
}

TEST_CASE("what outlasted the last end goes on with the mean hazard", "[unit][reliability]")
{
    auto const drawn = to_duration(product_limit(remissions()), 1000);
    double const seen = 1.0 - 0.4481792717; // the last survival of the table, 6/7 x 16/17 x 14/15 x 11/12 x 10/11 x 6/7 x 5/6
    CHECK_THAT(drawn.number, WithinRel(seen, 1e-9));
    CHECK(quantile_s(drawn, 0.25) == 13.0); // as the estimate itself
    CHECK(quantile_s(drawn, 0.5) == 23.0);
    double const mean_beyond = 359.0 / 9.0;
    CHECK_THAT(quantile_s(drawn, 0.9), WithinRel(23.0 + mean_beyond * std::log(0.4481792717 / 0.1), 1e-6)); // S = 0.448 exp(-x/mean)
}
