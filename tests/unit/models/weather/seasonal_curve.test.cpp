// A smooth course through the year keeps twelve monthly means.
#include "models/weather/seasonal_curve.hpp"
#include "models/weather/spells.hpp"

#include "tests/catch.hpp"

#include <cmath>
#include <vector>

using namespace aidc;

namespace {

std::vector<double> hours_of(SeasonalCurve const& curve, Months const& nodes)
{
    std::vector<double> hours(8760);
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
        hours[hour] = curve.at(nodes, hour);
    }
    return hours;
}

} // namespace

TEST_CASE("the curve of nodes_of() has the monthly means asked for, whatever they are", "[unit][weather]")
{
    SeasonalCurve const curve;
    for (Months const& means : {Months{-4.0, -1.1, 6.4, 14.2, 21.3, 24.6, 27.1, 25.8, 20.1, 13.1, 4.5, -2.0}, // Beijing
                                Months{1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1}}) {
        auto const reached = monthly_means(hours_of(curve, curve.nodes_of(means)));
        for (std::size_t m = 0; m < 12; ++m) {
            INFO("month " << m + 1);
            CHECK_THAT(reached[m], WithinAbs(means[m], 1e-9));
        }
    }
}

TEST_CASE("a year of equal months is flat", "[unit][weather]")
{
    SeasonalCurve const curve;
    Months equal{};
    equal.fill(7.5);
    for (double const value : hours_of(curve, curve.nodes_of(equal))) {
        REQUIRE_THAT(value, WithinAbs(7.5, 1e-12)); // the weights of an hour add up to 1
    }
}

TEST_CASE("the curve is smooth, also from December to January", "[unit][weather]")
{
    SeasonalCurve const curve;
    auto const hours = hours_of(curve, Months{-4.0, -1.1, 6.4, 14.2, 21.3, 24.6, 27.1, 25.8, 20.1, 13.1, 4.5, -2.0});
    for (std::size_t h = 0; h < hours.size(); ++h) {
        double const step = hours[(h + 1) % 8760] - hours[h];
        REQUIRE(std::abs(step) < 0.02); // 27 K in half a year: at most some 0.3 K a day
        REQUIRE(std::abs(hours[(h + 2) % 8760] - hours[(h + 1) % 8760] - step) < 1e-3);
    }
}

TEST_CASE("spells have mean 0 and variance 1, and moist ones come independently of warm ones", "[unit][weather]")
{
    double sum = 0.0, squares = 0.0, moist = 0.0, product = 0.0;
    for (std::size_t hour = 0; hour < 8760; ++hour) {
        double const z = warm_spells(hour);
        double const y = moist_spells(hour);
        sum += z;
        squares += z * z;
        moist += y * y;
        product += z * y;
    }
    CHECK_THAT(sum / 8760.0, WithinAbs(0.0, 1e-9)); // closed form: harmonics of the year are orthogonal
    CHECK_THAT(squares / 8760.0, WithinAbs(1.0, 1e-9));
    CHECK_THAT(moist / 8760.0, WithinAbs(1.0, 1e-9));
    CHECK_THAT(product / 8760.0, WithinAbs(0.0, 1e-9));
}

TEST_CASE("spells last 3 to 10 days", "[unit][weather]")
{
    std::vector<double> days;
    std::size_t last = 0;
    for (std::size_t hour = 1; hour < 8760; ++hour) {
        if ((warm_spells(hour) > 0.0) != (warm_spells(hour - 1) > 0.0)) {
            days.push_back(static_cast<double>(hour - last) / 24.0);
            last = hour;
        }
    }
    CHECK(days.size() > 42); // the tones change their sign 42 to 90 times a year
    CHECK(days.size() < 90);
    for (std::size_t i = 1; i < days.size(); ++i) { // the first began in December
        CHECK(days[i] > 2.9);
        CHECK(days[i] < 10.6);
    }
}
