#include "models/demand/network.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

using namespace aidc;

namespace {

constexpr Fabric plain{.latency_s = 0.0}; // eight accelerators a domain, 450 and 50 GB/s
constexpr double uplink_B_per_s = 100.0;  // of the sharing cases, where units are of no account

/// A gang with as many accelerators in each of its cells, and its share of a case.
struct Spread {
    std::vector<std::uint32_t> cells;
    double most_B_per_s{};
    double rate_B_per_s{};
};

std::vector<CellShare> placed(std::vector<std::uint32_t> const& cells, std::uint32_t each)
{
    std::vector<CellShare> shares;
    for (std::uint32_t const cell : cells) {
        shares.push_back({cell, each});
    }
    return shares;
}

/// Speeds of gangs of the same rules, by their places.
std::vector<double> speeds(Fabric const& fabric, Traffic const& traffic, std::vector<std::vector<CellShare>> const& places)
{
    std::vector<Gang> gangs;
    for (auto const& place : places) {
        std::uint32_t processors = 0;
        for (CellShare const& in : place) {
            processors += in.processors;
        }
        gangs.push_back({0, processors, place});
    }
    std::vector<double> speed(gangs.size());
    pace(fabric, std::array{traffic}, gangs, speed);
    return speed;
}

/// What the crossings send over the uplink of a cell [B/s].
double sent_B_per_s(std::vector<Crossing> const& crossings, std::vector<double> const& rates, std::uint32_t cell)
{
    double sent = 0.0;
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        for (CellShare const& in : crossings[i].placed) {
            sent += in.cell == cell ? rates[i] * std::min(1.0, in.processors / crossings[i].parts) : 0.0;
        }
    }
    return sent;
}

bool crosses(Crossing const& crossing, std::uint32_t cell)
{
    return std::ranges::any_of(crossing.placed, [cell](CellShare const& in) { return in.cell == cell; });
}

/// Max-min fair: it has what its own links carry, or a full uplink on which nobody has more.
bool cannot_have_more(std::vector<Crossing> const& crossings, std::vector<double> const& rates, std::size_t i)
{
    constexpr double rounding = 1e-9;
    if (rates[i] >= crossings[i].most_B_per_s * (1.0 - rounding)) {
        return true;
    }
    return std::ranges::any_of(crossings[i].placed, [&](CellShare const& in) {
        bool most = sent_B_per_s(crossings, rates, in.cell) >= uplink_B_per_s * (1.0 - rounding);
        for (std::size_t j = 0; j < crossings.size(); ++j) {
            most = most && (!crosses(crossings[j], in.cell) || rates[j] <= rates[i] * (1.0 + rounding));
        }
        return most;
    });
}

} // namespace

TEST_CASE("a ring sends all but the nth part twice", "[unit][network]")
{
    CHECK_THAT(ring_all_reduce_s(1e9, 4.0, 100e9, 0.0), WithinRel(0.015, 1e-12));  // 2 x 3/4 x 1 GB at 100 GB/s
    CHECK_THAT(ring_all_reduce_s(0.0, 4.0, 100e9, 5e-6), WithinRel(30e-6, 1e-12)); // six hops
    CHECK(ring_all_reduce_s(1e9, 1.0, 100e9, 5e-6) == 0.0);
    CHECK_THAT(ring_all_reduce_s(1e9, 1e9, 100e9, 0.0), WithinRel(0.02, 1e-6)); // limit 2 bytes / bandwidth
}

TEST_CASE("domains sum first, then each accelerator sums its part of the domain's with other domains", "[unit][network]")
{
    double const in_domain_s = 2.0 * 7.0 / 8.0 * 8e9 / 450e9; // by hand: ring of eight at 450 GB/s
    CHECK_THAT(all_reduce_s(plain, 8e9, 8), WithinRel(in_domain_s, 1e-12));
    CHECK_THAT(all_reduce_s(plain, 8e9, 16), WithinRel(in_domain_s + 1e9 / 50e9, 1e-12)); // ring of two with 1 GB each
    Fabric thin = plain;
    thin.oversubscription = 2.0;
    CHECK_THAT(all_reduce_s(thin, 8e9, 16), WithinRel(in_domain_s + 1e9 / 25e9, 1e-12));
    CHECK(all_reduce_s(thin, 8e9, 8) == all_reduce_s(plain, 8e9, 8));    // nothing leaves the domain
    CHECK(all_reduce_s(plain, 8e9, 12) == all_reduce_s(plain, 8e9, 16)); // a domain in part counts as one
    CHECK(all_reduce_s(plain, 8e9, 1) == 0.0);
}

TEST_CASE("a bound on any all-reduce holds: 2 (n - 1)/n bytes through the fastest link of an accelerator", "[unit][network]")
{
    for (std::uint32_t const n : {2u, 7u, 8u, 9u, 64u, 1000u, 16384u}) {
        double const least_s = 2.0 * (n - 1.0) / n * 8e9 / 450e9; // Patarasuk and Yuan (2009), theorem 1
        CHECK(all_reduce_s(plain, 8e9, n) >= least_s * (1.0 - 1e-12));
    }
}

TEST_CASE("what holds a copy of the model in parts sums each part with its own partners", "[unit][network]")
{
    Traffic const traffic{.bytes = 6.4e9, .parts = 128.0};
    CHECK(all_reduce_s(plain, traffic, 128) == 0.0); // one copy: nobody else holds the part
    CHECK_THAT(all_reduce_s(plain, traffic, 2048), WithinRel(2.0 * 15.0 / 16.0 * 6.4e9 / 50e9, 1e-12)); // by hand: 16 copies
    Traffic const halves{.bytes = 6.4e9, .parts = 4.0};                                                 // two of a part in a domain
    CHECK_THAT(all_reduce_s(plain, halves, 16), WithinRel(6.4e9 / 450e9 + 3.2e9 / 50e9, 1e-12));
}

TEST_CASE("gangs on full uplinks get what SimGrid's fluid model gives them", "[unit][network][reference]")
{
    // Rates by SimGrid 3.32 (network/model CM02, no cross traffic, no latency), links of 100, a flow over the links of its cells with the
    // rate bound beside it. The first two cases can be seen by hand.
    std::vector<std::vector<Spread>> const cases{
        {{{0, 1}, 1000, 50}, {{0, 1}, 1000, 50}},
        {{{0, 1}, 1000, 33.3333333}, {{0, 1}, 1000, 33.3333333}, {{1, 2}, 1000, 33.3333333}},
        {{{0, 1, 2}, 1000, 33.3333333}, {{0, 1}, 1000, 33.3333333}, {{1, 2}, 1000, 33.3333333}, {{2, 3}, 1000, 33.3333333}},
        {{{0, 1}, 20, 20}, {{0, 1, 2}, 1000, 40}, {{2, 3}, 1000, 60}, {{3, 4}, 35, 35}, {{0, 4}, 1000, 40}},
        {{{0, 1, 2, 3, 4, 5}, 1000, 28.3333333},
         {{0, 1}, 1000, 28.3333333},
         {{0, 2}, 1000, 28.3333333},
         {{0, 3}, 15, 15},
         {{4, 5}, 1000, 35.8333333},
         {{3, 5}, 40, 35.8333333},
         {{1, 2}, 1000, 43.3333333}},
        {{{0, 1}, 7, 7},
         {{1, 2}, 1000, 33.3333333},
         {{2, 3}, 61, 33.3333333},
         {{3, 4}, 1000, 33.3333333},
         {{4, 5}, 1000, 33.3333333},
         {{5, 0}, 1000, 54.1666667},
         {{0, 2, 4}, 1000, 33.3333333},
         {{1, 3, 5}, 12.5, 12.5}}};
    for (auto const& gangs : cases) {
        std::vector<std::vector<CellShare>> places;
        for (auto const& gang : gangs) {
            places.push_back(placed(gang.cells, 8));
        }
        std::vector<Crossing> crossings;
        for (std::size_t i = 0; i < gangs.size(); ++i) {
            crossings.push_back({.step_B = 1.0, .most_B_per_s = gangs[i].most_B_per_s, .placed = places[i]});
        }
        std::vector<double> rates(gangs.size());
        share_uplinks(uplink_B_per_s, crossings, rates);
        for (std::size_t i = 0; i < gangs.size(); ++i) {
            CHECK_THAT(rates[i], WithinRel(gangs[i].rate_B_per_s, 1e-8));
        }
    }
}

TEST_CASE("no uplink carries more than it can, and nobody can have more without another having less", "[unit][network][property]")
{
    std::mt19937 draw(7);
    for (int n = 0; n < 300; ++n) {
        std::uint32_t const cells = 2 + draw() % 8;
        std::vector<std::vector<CellShare>> places(1 + draw() % 12);
        std::vector<Crossing> crossings;
        for (auto& place : places) {
            for (std::uint32_t cell = 0; cell < cells; ++cell) {
                if (draw() % 2 == 0) {
                    place.push_back({cell, 1 + static_cast<std::uint32_t>(draw() % 64)});
                }
            }
            double const most_B_per_s = 1.0 + static_cast<double>(draw() % 120);
            crossings.push_back({.step_B = place.size() > 1 ? 1.0 : 0.0, .most_B_per_s = most_B_per_s, .parts = 32.0, .placed = place});
        }
        std::vector<double> rates(crossings.size());
        share_uplinks(uplink_B_per_s, crossings, rates);
        for (std::uint32_t cell = 0; cell < cells; ++cell) {
            CHECK(sent_B_per_s(crossings, rates, cell) <= uplink_B_per_s * (1.0 + 1e-12));
        }
        for (std::size_t i = 0; i < crossings.size(); ++i) {
            CHECK((crossings[i].step_B == 0.0 ? rates[i] == 0.0 : cannot_have_more(crossings, rates, i)));
        }
    }
}

TEST_CASE("without a limit of the uplinks a gang gets what its own links carry", "[unit][network]")
{
    auto const place = placed({0, 1}, 8);
    std::vector<Crossing> const crossings{{.step_B = 1.0, .most_B_per_s = 42.0, .placed = place}};
    std::vector<double> rates(1);
    share_uplinks(0.0, crossings, rates);
    CHECK(rates[0] == 42.0);
}

TEST_CASE("a cell sends a copy of the model but for its kth part, twice", "[unit][network]")
{
    Traffic const traffic{.compute_s = 1.0, .bytes = 6e9, .parts = 128.0};
    auto const three = placed({0, 1, 2}, 1024);
    Crossing const whole = crossing(plain, traffic, {0, 3072, three});
    CHECK_THAT(whole.step_B, WithinRel(2.0 * 2.0 / 3.0 * 128.0 * 6e9, 1e-12)); // by hand
    CHECK_THAT(whole.most_B_per_s, WithinRel(1024 * 50e9, 1e-12));             // all links of a cell
    std::vector<CellShare> const lone{{0, 1024}, {1, 8}};
    CHECK_THAT(crossing(plain, traffic, {0, 1032, lone}).most_B_per_s, WithinRel(128 * 50e9, 1e-12)); // 8 links send 8/128 of it
    auto const one_copy = placed({0, 1}, 64);
    CHECK(crossing(plain, traffic, {0, 128, one_copy}).step_B == 0.0);
}

TEST_CASE("two gangs on one uplink are slowed as by hand", "[unit][network]")
{
    Fabric fabric = plain;
    fabric.uplink_B_per_s = 1e12;
    Traffic const traffic{.compute_s = 1.0, .bytes = 6e9, .parts = 128.0};
    auto const both = placed({0, 1}, 1024);
    // 16 copies in one cell; 8 in each of two, then a copy (768 GB) out of each cell at the whole or the half of an uplink.
    double const one_cell_s = 1.0 + 2.0 * 15.0 / 16.0 * 6e9 / 50e9;
    double const inside_s = 1.0 + 2.0 * 7.0 / 8.0 * 6e9 / 50e9;
    CHECK_THAT(speeds(fabric, traffic, {both})[0], WithinRel(one_cell_s / (inside_s + 0.768), 1e-12));
    auto const two = speeds(fabric, traffic, {both, both});
    CHECK_THAT(two[0], WithinRel(one_cell_s / (inside_s + 1.536), 1e-12));
    CHECK(two[1] == two[0]);
}

TEST_CASE("a gang waits for its slowest cell, and another takes what that leaves elsewhere", "[unit][network]")
{
    Fabric fabric = plain;
    fabric.uplink_B_per_s = 1e12;
    Traffic const traffic{.compute_s = 1.0, .bytes = 6e9, .parts = 128.0};
    // Cell 1 is crossed by three gangs, cell 3 by the last two: thirds in cell 1, two thirds for the last one in cells 2 and 3.
    auto const speed = speeds(fabric, traffic, {placed({0, 1}, 1024), placed({0, 1}, 1024), placed({1, 3}, 1024), placed({2, 3}, 1024)});
    double const one_cell_s = 1.0 + 2.0 * 15.0 / 16.0 * 6e9 / 50e9;
    double const inside_s = 1.0 + 2.0 * 7.0 / 8.0 * 6e9 / 50e9;
    CHECK_THAT(speed[0], WithinRel(one_cell_s / (inside_s + 0.768 * 3.0), 1e-12));
    CHECK_THAT(speed[2], WithinRel(one_cell_s / (inside_s + 0.768 * 3.0), 1e-12));
    CHECK_THAT(speed[3], WithinRel(one_cell_s / (inside_s + 0.768 * 1.5), 1e-12));
}

TEST_CASE("uplinks without a limit cost whole domains nothing: the hierarchy sends what the ring sends", "[unit][network][limit]")
{
    Traffic const traffic{.compute_s = 0.2, .bytes = 6e9, .parts = 8.0};
    for (std::uint32_t const cells : {2u, 3u, 8u}) {
        std::vector<std::uint32_t> numbers(cells);
        for (std::uint32_t cell = 0; cell < cells; ++cell) {
            numbers[cell] = cell;
        }
        CHECK_THAT(speeds(plain, traffic, {placed(numbers, 512)})[0], WithinRel(1.0, 1e-12));
    }
    CHECK(speeds(plain, traffic, {{{0, 1016}, {1, 8}}})[0] < 1.0); // eight links of the small cell carry a copy of their own
}

TEST_CASE("a gang without computing has no steps and keeps its speed; so does one in one cell", "[unit][network][limit]")
{
    Fabric fabric = plain;
    fabric.uplink_B_per_s = 1e9;
    CHECK(speeds(fabric, {.bytes = 6e9}, {placed({0, 1}, 64)})[0] == 1.0);
    CHECK(speeds(fabric, {.compute_s = 1.0, .bytes = 6e9}, {placed({1}, 64)})[0] == 1.0);
    CHECK(speeds(fabric, {.compute_s = 1.0}, {placed({0, 1}, 64)})[0] == 1.0);
}

TEST_CASE("what overlaps hides behind computing, but not more than computing lasts", "[unit][network][limit]")
{
    Fabric fabric = plain;
    fabric.uplink_B_per_s = 1e12;
    Traffic traffic{.compute_s = 10.0, .bytes = 6e9, .overlap = 1.0, .parts = 128.0};
    auto const both = placed({0, 1}, 1024);
    CHECK(speeds(fabric, traffic, {both})[0] == 1.0); // exchange of 0.978 s behind 10 s
    traffic.compute_s = 0.5;                          // by hand: 0.5 s in one cell, the exchange itself over two
    CHECK_THAT(speeds(fabric, traffic, {both})[0], WithinRel(0.5 / (2.0 * 7.0 / 8.0 * 6e9 / 50e9 + 0.768), 1e-12));
    double before = 0.0;
    for (double const overlap : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        traffic = {.compute_s = 2.0, .bytes = 6e9, .overlap = overlap, .parts = 128.0};
        double const speed = speeds(fabric, traffic, {both})[0];
        CHECK(speed > before);
        before = speed;
    }
}

TEST_CASE("the order of gangs is of no account", "[unit][network][property]")
{
    Fabric fabric;
    fabric.uplink_B_per_s = 0.7e12;
    Traffic const traffic{.compute_s = 1.0, .bytes = 6e9, .overlap = 0.3, .parts = 64.0};
    std::vector<std::vector<CellShare>> places{placed({0, 1}, 256), placed({0, 1, 2}, 512), {{1, 700}, {3, 20}}, placed({2, 3}, 64)};
    auto const speed = speeds(fabric, traffic, places);
    std::ranges::reverse(places);
    auto const turned = speeds(fabric, traffic, places);
    for (std::size_t i = 0; i < speed.size(); ++i) {
        CHECK_THAT(turned[speed.size() - 1 - i], WithinRel(speed[i], 1e-12));
        CHECK((speed[i] > 0.0 && speed[i] <= 1.0));
    }
}
