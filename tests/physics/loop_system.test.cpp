#include "models/cooling/loop_system.hpp"

#include "tests/catch.hpp"
#include "tests/physics/technique_cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <span>
#include <vector>

using namespace aidc;

namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

/// Gaussian elimination with row pivots.
Vector solve(Matrix a, Vector b)
{
    std::size_t const n = b.size();
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t pivot = c;
        for (std::size_t r = c + 1; r < n; ++r) {
            pivot = std::abs(a[r][c]) > std::abs(a[pivot][c]) ? r : pivot;
        }
        std::swap(a[c], a[pivot]);
        std::swap(b[c], b[pivot]);
        for (std::size_t r = c + 1; r < n; ++r) {
            double const factor = a[r][c] / a[c][c];
            for (std::size_t k = c; k < n; ++k) {
                a[r][k] -= factor * a[c][k];
            }
            b[r] -= factor * b[c];
        }
    }
    for (std::size_t r = n; r-- > 0;) {
        for (std::size_t k = r + 1; k < n; ++k) {
            b[r] -= a[r][k] * b[k];
        }
        b[r] /= a[r][r];
    }
    return b;
}

struct Building {
    std::vector<LoopPod> pods;
    LoopSite site;

    std::size_t size() const { return 3 * pods.size() + 3; }
    bool towers() const { return site.tower_W_per_K > 0.0; }
};

struct Random {
    std::mt19937 bits{20260101};

    double operator()(double low, double high) { return std::uniform_real_distribution<double>(low, high)(bits); }

    /// Coefficients of the size of a real building; any flow may be the smaller one.
    Building building(bool towers)
    {
        Building b;
        b.pods.resize(static_cast<std::size_t>((*this)(1.0, 5.0)));
        for (auto& p : b.pods) {
            p = {.pods = (*this)(0.0, 30.0),
                 .chip_J_per_K = (*this)(1e4, 1e6),
                 .return_J_per_K = (*this)(1e5, 1e7),
                 .supply_J_per_K = (*this)(1e5, 1e7),
                 .chip_W_per_K = (*this)(0.0, 1e5),
                 .tcs_W_per_K = (*this)(1e3, 2e5),
                 .exchange_W_per_K = (*this)(0.0, 2e5),
                 .fws_W_per_K = (*this)(1e3, 2e5),
                 .chip_W = (*this)(0.0, 1e6),
                 .direct_W = (*this)(0.0, 1e6),
                 .pump_W = (*this)(0.0, 2e4)};
            b.site.fws_W_per_K += p.pods * p.fws_W_per_K;
        }
        b.site.fr_J_per_K = (*this)(1e6, 1e9);
        b.site.fs_J_per_K = (*this)(1e6, 1e9);
        b.site.tw_J_per_K = (*this)(1e6, 1e9);
        b.site.added_W = (*this)(-3e6, 5e5);
        b.site.chilled_W = (*this)(0.0, 1e6);
        b.site.slope_W_per_K = (*this)(0.0, 3e6);
        if (towers) {
            b.site.exchange_W_per_K = (*this)(0.0, 1.0) * b.site.fws_W_per_K;
            b.site.tower_W_per_K = (*this)(0.5, 2.0) * b.site.fws_W_per_K;
            b.site.tower_added_W = (*this)(0.0, 1e6);
        }
        return b;
    }

    Vector temperatures(std::size_t n)
    {
        Vector y(n);
        std::generate(y.begin(), y.end(), [this] { return (*this)(5.0, 80.0); });
        return y;
    }
};

/// J of C dT/dt = J T + b in the order chip, return, supply of each group, then facility return, supply, tower water: written
/// down from the equations of loop.hpp. The rows of a group are those of one pod.
Matrix jacobian(Building const& b)
{
    Matrix j(b.size(), Vector(b.size(), 0.0));
    std::size_t const fr = 3 * b.pods.size(), fs = fr + 1, tw = fr + 2;
    for (std::size_t i = 0; i < b.pods.size(); ++i) {
        auto const& p = b.pods[i];
        std::size_t const chip = 3 * i, back = chip + 1, supply = chip + 2;
        j[chip][chip] = -p.chip_W_per_K;
        j[chip][supply] = p.chip_W_per_K;
        j[back][chip] = p.chip_W_per_K;
        j[back][back] = -p.tcs_W_per_K;
        j[back][supply] = p.tcs_W_per_K - p.chip_W_per_K;
        j[supply][back] = p.tcs_W_per_K - p.exchange_W_per_K;
        j[supply][supply] = -p.tcs_W_per_K;
        j[supply][fs] = p.exchange_W_per_K;
        j[fr][back] = p.pods * p.exchange_W_per_K;
        j[fr][fs] -= p.pods * p.exchange_W_per_K;
    }
    auto const& s = b.site;
    j[fr][fr] = -s.fws_W_per_K;
    j[fr][fs] += s.fws_W_per_K;
    j[fs][fs] = -s.fws_W_per_K;
    if (!b.towers()) {
        j[fs][fr] = s.fws_W_per_K - s.slope_W_per_K;
        return j;
    }
    double const per_inlet = s.exchange_W_per_K / s.tower_W_per_K; // rise of the tower water over the exchanger per kelvin
    j[fs][fr] = s.fws_W_per_K - s.exchange_W_per_K;
    j[fs][tw] = s.exchange_W_per_K;
    j[tw][fr] = s.exchange_W_per_K - s.slope_W_per_K * per_inlet;
    j[tw][tw] = -s.exchange_W_per_K - s.slope_W_per_K * (1.0 - per_inlet);
    return j;
}

Vector heat_capacities(Building const& b)
{
    Vector c;
    for (auto const& p : b.pods) {
        c.insert(c.end(), {p.chip_J_per_K, p.return_J_per_K, p.supply_J_per_K});
    }
    c.insert(c.end(), {b.site.fr_J_per_K, b.site.fs_J_per_K, b.site.tw_J_per_K});
    return c;
}

PodTriple pod_of(Vector const& v, std::size_t i) { return {.chip = v[3 * i], .back = v[3 * i + 1], .supply = v[3 * i + 2]}; }

SiteTriple site_of(Vector const& v) { return {.fr = v[v.size() - 3], .fs = v[v.size() - 2], .tw = v[v.size() - 1]}; }

/// (C - g J) k = r by elimination of the pods.
Vector eliminated(Building const& b, double g, Vector const& r)
{
    GivenChange given;
    std::vector<PodChange> changes;
    for (std::size_t i = 0; i < b.pods.size(); ++i) {
        changes.push_back(eliminate(b.pods[i], g, pod_of(r, i)));
        given.a_W += b.pods[i].pods * b.pods[i].exchange_W_per_K * changes[i].a.back;
        given.b_W_per_K += b.pods[i].pods * b.pods[i].exchange_W_per_K * (changes[i].b.back - 1.0);
    }
    auto const site = solve_site(b.site, g, site_of(r), given);
    Vector k;
    for (auto const& [a, slope] : changes) {
        k.insert(k.end(), {a.chip + slope.chip * site.fs, a.back + slope.back * site.fs, a.supply + slope.supply * site.fs});
    }
    k.insert(k.end(), {site.fr, site.fs, site.tw});
    return k;
}

/// Heat gained by every temperature [W]; the outdoor units take slope times their inlet.
Vector gains(Building const& b, Vector const& y)
{
    Vector w;
    double given_W = 0.0;
    auto const at = site_of(y);
    for (std::size_t i = 0; i < b.pods.size(); ++i) {
        auto const g = gain(b.pods[i], pod_of(y, i), at.fs);
        w.insert(w.end(), {g.W.chip, g.W.back, g.W.supply});
        given_W += b.pods[i].pods * g.given_W;
    }
    auto const s = gain(b.site, at, given_W, b.site.slope_W_per_K * outdoor_inlet_C(b.site, at));
    w.insert(w.end(), {s.fr, s.fs, s.tw});
    return w;
}

/// Rows of a group count once for each of its pods.
double sum_of_rows(Building const& b, Vector const& w)
{
    double total = w[w.size() - 3] + w[w.size() - 2] + w[w.size() - 1];
    for (std::size_t i = 0; i < b.pods.size(); ++i) {
        total += b.pods[i].pods * (w[3 * i] + w[3 * i + 1] + w[3 * i + 2]);
    }
    return total;
}

double largest(Vector const& v)
{
    double most = 0.0;
    for (double const x : v) {
        most = std::max(most, std::abs(x));
    }
    return most;
}

/// Heat of all chips, coolant and water over 0 deg C, from the temperatures [J].
double content_J(Plant const& plant, std::span<PodHeat const> groups, LoopState const& s)
{
    auto const& m = plant.mass;
    double const tcs = volumetric_heat_J_per_m3K(tcs_liquid(plant));
    double const fws = volumetric_heat_J_per_m3K(properties(plant.fws, plant.fws_set_point_C));
    double const tower = plant.source.tower ? m.tower_m3 * tower_water_kg_per_m3 * tower_water_cp_J_per_kgK : 0.0;
    double total = fws * (m.fws_return_m3 * s.fws_return_C + m.fws_supply_m3 * s.fws_supply_C) + tower * s.tower_C;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto const& t = s.pods[i];
        total += groups[i].pods * (groups[i].chip_J_per_K * t.chip_C + tcs * (m.tcs_return_m3 * t.return_C + m.tcs_supply_m3 * t.supply_C));
    }
    return total;
}

/// Weather, load and failures of a building, drawn anew every step.
struct Chance {
    cases::Technique const& technique;
    Random random;
    std::array<PodHeat, 2> groups{technique.pod, technique.pod};

    LoopInputs next()
    {
        auto const& full = technique.pod;
        for (auto& p : groups) {
            double const flow = random(0.0, 1.2);
            p.pods = 5.0;
            p.chip_W = random(0.0, 1.2) * full.chip_W;
            p.direct_W = random(0.0, 1.2) * full.direct_W;
            p.air_W = random(0.0, 1.2) * full.air_W;
            p.tcs_flow_m3_per_s = flow < 0.1 ? 0.0 : flow * full.tcs_flow_m3_per_s; // at times the pump is lost
            p.chip_W_per_K = std::max(0.01, flow) * full.chip_W_per_K;
        }
        double const up = std::max(0.0, random(-0.1, 1.0)); // at times all outdoor units are lost
        double const dry_bulb_C = random(-20.0, 44.0);
        return {.outdoors = cases::air(dry_bulb_C, dry_bulb_C > 35.0 ? random(0.05, 0.3) : random(0.1, 0.95)),
                .pods = groups,
                .coolers_up = up * technique.coolers};
    }
};

} // namespace

TEST_CASE("the pods eliminated by hand give what Gaussian elimination of all rows gives", "[analytic][cooling]")
{
    bool const towers = GENERATE(false, true);
    Random random;
    double worst = 0.0;
    for (int trial = 0; trial < 500; ++trial) {
        Building const b = random.building(towers);
        double const g = std::pow(10.0, random(-3.0, 3.0));
        Matrix a = jacobian(b);
        Vector const c = heat_capacities(b);
        Vector r(b.size());
        for (std::size_t row = 0; row < r.size(); ++row) {
            r[row] = c[row] * random(-10.0, 10.0);
            for (double& x : a[row]) {
                x *= -g;
            }
            a[row][row] += c[row];
        }
        r.back() *= towers ? 1.0 : 0.0; // no tower water: its row is empty
        Vector const dense = solve(a, r);
        Vector const by_hand = eliminated(b, g, r);
        for (std::size_t row = 0; row < r.size(); ++row) {
            worst = std::max(worst, std::abs(by_hand[row] - dense[row]) / largest(dense));
        }
    }
    INFO("towers " << towers);
    CHECK(worst <= 1e-10); // the same matrix by another algorithm
}

TEST_CASE("the right-hand sides of the loop change as its matrix says", "[analytic][cooling]")
{
    bool const towers = GENERATE(false, true);
    Random random;
    for (int trial = 0; trial < 200; ++trial) {
        Building const b = random.building(towers);
        Matrix const j = jacobian(b);
        Vector const y = random.temperatures(b.size()), z = random.temperatures(b.size());
        Vector const at_y = gains(b, y), at_z = gains(b, z);
        double const scale = std::max(largest(at_y), largest(at_z));
        for (std::size_t row = 0; row < y.size(); ++row) {
            double by_matrix = 0.0;
            for (std::size_t k = 0; k < y.size(); ++k) {
                by_matrix += j[row][k] * (z[k] - y[k]);
            }
            CHECK_THAT(at_z[row] - at_y[row], WithinAbs(by_matrix, 1e-11 * scale)); // affine: exact but for rounding
        }
    }
}

TEST_CASE("what all parts of the loop gain is what comes in less what goes out", "[conservation][cooling]")
{
    bool const towers = GENERATE(false, true);
    Random random;
    for (int trial = 0; trial < 200; ++trial) {
        Building const b = random.building(towers);
        Vector const y = random.temperatures(b.size());
        double const inlet_C = outdoor_inlet_C(b.site, site_of(y));
        double expected_W = b.site.added_W + b.site.tower_added_W - b.site.chilled_W - b.site.slope_W_per_K * inlet_C;
        for (auto const& p : b.pods) {
            expected_W += p.pods * (p.chip_W + p.direct_W + p.pump_W);
        }
        Vector const w = gains(b, y);
        CHECK_THAT(sum_of_rows(b, w), WithinAbs(expected_W, 1e-11 * 30.0 * largest(w)));

        // One implicit stage stores the sum of its right-hand sides, less what the outdoor units take more.
        double const g = random(0.1, 10.0);
        Vector const c = heat_capacities(b);
        Vector const k = eliminated(b, g, w);
        Vector stored(k.size());
        for (std::size_t row = 0; row < k.size(); ++row) {
            stored[row] = c[row] * k[row];
        }
        double const taken_W = g * b.site.slope_W_per_K * inlet_change_K(b.site, site_of(k));
        CHECK_THAT(sum_of_rows(b, stored), WithinAbs(expected_W - taken_W, 1e-11 * 30.0 * (largest(w) + largest(stored))));
    }
}

TEST_CASE("every step of every technique closes its heat balance whatever weather, load and failures do", "[conservation][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{7}));
    auto const& plant = all[i].plant;
    Chance chance{.technique = all[i], .random = {}};
    LoopState state = steady_loop(plant, {.outdoors = cases::air(10.0, 0.5), .pods = chance.groups, .coolers_up = all[i].coolers}, {});
    double residual = 0.0, stored_error = 0.0;
    for (int k = 0; k < 500; ++k) {
        LoopInputs const inputs = chance.next();
        double const before_J = content_J(plant, inputs.pods, state);
        auto const r = step_loop(plant, inputs, state, chance.random(0.5, 60.0));
        double const in_J = r.heat_in_J + sum(r.energy_J) - outdoors_only(r.energy_J);
        double const out_J = r.heat_to_air_J + r.reused_J + r.stored_J;
        double const scale_J = std::max(in_J, std::abs(r.stored_J));
        residual = std::max(residual, std::abs(in_J - out_J) / scale_J);
        stored_error = std::max(stored_error, std::abs(content_J(plant, inputs.pods, state) - before_J - r.stored_J) / scale_J);
    }
    INFO(all[i].name);
    CHECK(residual <= 1e-9);
    CHECK(stored_error <= 1e-9); // what is said to be stored is in the temperatures
}

TEST_CASE("a building whose secondary pumps all stand comes to rest and spends nothing outdoors", "[analytic][cooling]")
{
    auto const all = cases::techniques();
    auto const i = GENERATE(range(std::size_t{0}, std::size_t{7}));
    auto const& t = all[i];
    INFO(t.name);
    Air const outdoors = cases::air(20.0, 0.5);
    LoopState state = steady_loop(t.plant, {.outdoors = outdoors, .pods = {&t.pod, 1}, .coolers_up = t.coolers}, {});
    PodHeat const idle{.pods = 10.0, .chip_W_per_K = 0.01 * t.pod.chip_W_per_K, .chip_J_per_K = t.pod.chip_J_per_K};
    LoopInputs const inputs{.outdoors = outdoors, .pods = {&idle, 1}, .coolers_up = t.coolers};
    for (int k = 0; k < 20; ++k) {
        step_loop(t.plant, inputs, state, 15.0); // valves shut in a minute
    }
    LoopState const rest = state;
    for (int k = 0; k < 720; ++k) {
        auto const r = step_loop(t.plant, inputs, state, 15.0);
        REQUIRE(sum(r.energy_J) == 0.0);
    }
    CHECK(state.fws_supply_C == rest.fws_supply_C);
    CHECK(state.fws_return_C == rest.fws_return_C);
    CHECK(state.tower_C == rest.tower_C);
}
