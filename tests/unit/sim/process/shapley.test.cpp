#include "bare_buildout.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// Hours that are lost while the terms of a set are as they are and all others are cured.
using Game = std::map<TermSet, double>;

/// Shapley value of each player: its mean marginal loss over all orders in which the players can come.
PerTerm<double> by_permutations(Game const& game, std::vector<std::size_t> players)
{
    PerTerm<double> value{};
    double orders = 0.0;
    std::ranges::sort(players);
    do {
        TermSet before = 0;
        for (auto const j : players) {
            auto const with = static_cast<TermSet>(before | (1u << j));
            value[j] += game.at(with) - game.at(before);
            before = with;
        }
        orders += 1.0;
    } while (std::ranges::next_permutation(players).found);
    for (double& v : value) {
        v /= orders;
    }
    return value;
}

std::vector<TermSet> subsets_of(TermSet all)
{
    std::vector<TermSet> subsets;
    for (unsigned s = 0; s <= all; ++s) {
        if ((s & ~unsigned{all}) == 0) {
            subsets.push_back(static_cast<TermSet>(s));
        }
    }
    return subsets;
}

std::vector<std::size_t> members(TermSet set)
{
    std::vector<std::size_t> all;
    for (std::size_t j = 0; j < term_count; ++j) {
        if (set >> j & 1u) {
            all.push_back(j);
        }
    }
    return all;
}

/// Step functions: watts that each of some terms lets a hall carry, from dates on.
struct Met {
    Tick from{};
    std::size_t term{};
    double watts{};
};

/// Integral [W s] of what is planned (1 W) and not carried by the terms of a set, up to 100 s: min(), not cut_by_terms.
double lost_s(std::vector<Met> const& met, TermSet set)
{
    double lost = 0.0;
    PerTerm<double> term_W{};
    for (std::size_t i = 0; i < met.size(); ++i) {
        term_W[met[i].term] += met[i].watts;
        double carried_W = 1.0;
        for (auto const j : members(set)) {
            carried_W = std::min(carried_W, term_W[j]);
        }
        double const to_s = i + 1 < met.size() ? seconds(met[i + 1].from) : 100.0;
        lost += (1.0 - carried_W) * (to_s - seconds(met[i].from));
    }
    return lost;
}

/// The books of the same, by slices.
HallBooks books_of(std::vector<Met> const& met, TermSet set)
{
    HallBooks books;
    PerTerm<double> term_W;
    for (std::size_t j = 0; j < term_count; ++j) {
        term_W[j] = set >> j & 1u ? 0.0 : 2.0;
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
        term_W[met[i].term] += met[i].watts;
        double const to_s = i + 1 < met.size() ? seconds(met[i + 1].from) : 100.0;
        double const dt_s = to_s - seconds(met[i].from);
        double const live_W = std::min(1.0, std::ranges::min(term_W));
        cut_by_terms(live_W, 1.0, term_W, [&](TermSet unmet, double it_W) { add_not_live(books, unmet, it_W * dt_s, it_W * dt_s); });
    }
    return books;
}

/// Five terms, each met in one to three steps at random dates of [0, 100) s; the first entry begins at 0.
std::vector<Met> random_steps(Streams const& streams, std::uint64_t number, std::vector<std::size_t> const& terms_met)
{
    std::vector<Met> met{{.from = 0, .term = terms_met[0], .watts = 0.0}};
    for (auto const j : terms_met) {
        auto const name = std::to_string(number) + "/" + std::to_string(j);
        auto const steps = 1 + static_cast<std::uint64_t>(3.0 * streams.uniform(name, "steps", 0));
        for (std::uint64_t k = 0; k < steps; ++k) {
            bool const early = streams.uniform(name, "early", k) < 0.2; // some are there from the start
            met.push_back({.from = early ? 0 : ticks(100.0 * streams.uniform(name, "from", k)),
                           .term = j,
                           .watts = (k + 1 == steps ? 1.0 : streams.uniform(name, "watts", k)) / static_cast<double>(steps)});
        }
    }
    std::ranges::stable_sort(met, {}, &Met::from);
    return met;
}

} // namespace

TEST_CASE("on random dates a term's share is its Shapley value by all orders, and its solo hours are what curing it gains",
          "[process][shapley]")
{
    Streams const streams(5, 0);
    std::vector<std::size_t> const players{0, 1, 4, 6, 8};
    TermSet const all = 0b101010011;
    for (std::uint64_t number = 0; number < 300; ++number) {
        auto const met = random_steps(streams, number, players);
        Game game;
        for (auto const set : subsets_of(all)) {
            game[set] = lost_s(met, set);
        }
        auto const rows = books_of(met, all).not_live;
        auto const share = share_s(rows);
        auto const solo = solo_s(rows);
        auto const shapley = by_permutations(game, players);
        for (auto const j : players) {
            CAPTURE(number, j);
            CHECK(share[j] == Approx(shapley[j]).margin(1e-10));
            CHECK(solo[j] == Approx(game[all] - game[static_cast<TermSet>(all & ~(1u << j))]).margin(1e-10));
        }
    }
}

namespace {

/// Each term comes in eight shares of five racks each, by activities of random length, most of them one after another.
Buildout random_hall(std::uint64_t seed)
{
    auto b = bare_hall(1500.0);
    b.seed = seed;
    Streams const streams(seed, 77);
    for (auto const term : {Term::utility, Term::cooling, Term::handover, Term::space, Term::network, Term::racks}) {
        Id<Activity> last;
        for (std::uint64_t k = 0; k < 8; ++k) {
            auto const name = std::string(info(term).name) + std::to_string(k);
            double const median_s = (30.0 + 40.0 * streams.uniform(name, "length", 0)) * day_s;
            bool const follows = last && streams.uniform(name, "follows", 0) < 0.9;
            Duration const work{.shape = Duration::Shape::lognormal, .parameter_s = {median_s, 2.5 * median_s, 0.0}, .factor = {}};
            last = add_activity(b, {.name = name,
                                    .stage = Stage::fit_out,
                                    .after = follows ? after({last}) : after({}),
                                    .work = work,
                                    .retest_probability = 0.2,
                                    .rework = days(9.0),
                                    .grants = {share_of(term, 0.125)}});
        }
    }
    return b;
}

/// What gives all of a term at the start.
std::vector<Grant> cure_of(Buildout const& b, Term term)
{
    auto const all_of = [&b](Id<UnitGroup> group) {
        return Grant{.group = group, .amount = static_cast<double>(b.groups[group.row].units)};
    };
    Grant const of_hall{.hall = id<Hall>(0), .term = term, .amount = 1e12};
    switch (term) {
    case Term::utility:
        return {{.campus = id<Campus>(0), .term = term, .amount = 1e12}};
    case Term::substation:
        return {all_of(b.campuses[0].transformers)};
    case Term::backup:
        return {all_of(b.campuses[0].gensets)};
    case Term::distribution:
        return {all_of(b.halls[0].ups_group)};
    case Term::racks:
        return {{.hall = id<Hall>(0), .term = term, .racks = b.halls[0].lines[0].racks}};
    case Term::cooling:
        return b.buildings[0].coolers ? std::vector<Grant>{of_hall, all_of(b.buildings[0].coolers)} : std::vector<Grant>{of_hall};
    default:
        return {of_hall};
    }
}

struct Row {
    TermSet unmet{};
    double lost_s{};
};

/// Not-live hours of the one hall by set, with some terms cured by an activity of no length at the start: everything else keeps
/// its draws and its dates, as nobody waits for it and it uses nothing. The plan stays that of the buildout as it is.
std::vector<Row> rows_with(Prepared prepared, TermSet cured, std::uint32_t replicate = 0)
{
    for (auto const j : members(cured)) {
        auto const term = static_cast<Term>(j);
        add_activity(prepared.buildout, {.name = "cure " + std::string(info(term).name), .grants = cure_of(prepared.buildout, term)});
    }
    prepared.plan.activities.resize(prepared.buildout.activities.size());
    auto const numbers =
        run_and_pick(prepared, {.replicate = replicate, .detail = Detail::build, .monthly = true}, [](World const& world, Tick) {
            std::vector<double> all;
            for (auto const& row : world.ledger[id<Hall>(0)].not_live) {
                all.insert(all.end(), {static_cast<double>(row.unmet), row.accelerator_s});
            }
            return all;
        });
    std::vector<Row> rows;
    for (std::size_t i = 0; i < numbers.size(); i += 2) {
        rows.push_back({.unmet = static_cast<TermSet>(numbers[i]), .lost_s = numbers[i + 1]});
    }
    return rows;
}

/// Sum of the rows whose set lies inside another.
double inside(std::vector<Row> const& rows, TermSet set)
{
    double sum = 0.0;
    for (auto const& row : rows) {
        sum += (row.unmet & ~unsigned{set}) == 0 ? row.lost_s : 0.0;
    }
    return sum;
}

TermSet met_late(std::vector<Row> const& rows)
{
    unsigned all = 0;
    for (auto const& row : rows) {
        all |= row.unmet;
    }
    return static_cast<TermSet>(all);
}

/// Reruns with every subset of the late terms cured: hours gained are those of the rows whose set lies inside it; and what
/// the reruns lose makes the shares by all orders of the terms.
void check_every_cure(Prepared const& prepared, std::uint32_t replicate)
{
    auto const rows = rows_with(prepared, 0, replicate);
    TermSet const late = met_late(rows);
    double const all_s = inside(rows, late);
    REQUIRE(std::popcount(late) >= 3);
    Game game;
    for (auto const cured : subsets_of(late)) {
        auto const left = rows_with(prepared, cured, replicate);
        double const lost_s = inside(left, static_cast<TermSet>(~0u));
        CAPTURE(replicate, cured, all_s - lost_s, inside(rows, cured));
        CHECK(std::abs((all_s - lost_s) - inside(rows, cured)) <= 1e-9 * all_s);
        game[static_cast<TermSet>(late & ~cured)] = lost_s;
    }
    std::vector<NotLive> books;
    for (auto const& row : rows) {
        books.push_back({.unmet = row.unmet, .accelerator_s = {}});
        books.back().accelerator_s += row.lost_s;
    }
    auto const share = share_s(books);
    auto const solo = solo_s(books);
    auto const shapley = by_permutations(game, members(late));
    for (auto const j : members(late)) {
        CAPTURE(replicate, j, share[j], shapley[j], solo[j]);
        CHECK(std::abs(share[j] - shapley[j]) <= 1e-9 * all_s);
        CHECK(std::abs(solo[j] - (all_s - game.at(static_cast<TermSet>(late & ~(1u << j))))) <= 1e-9 * all_s);
    }
}

} // namespace

TEST_CASE("reruns with every subset of terms cured gain the rows inside it, and their Shapley values are the shares", "[process][shapley]")
{
    for (std::uint64_t const seed : {1, 5, 7, 14}) {
        auto buildout = random_hall(seed);
        derive(buildout);
        auto plan = make_plan(buildout);
        REQUIRE(plan.halls[0].size() >= 3);
        Prepared const prepared{.buildout = std::move(buildout), .plan = std::move(plan)};
        REQUIRE(std::popcount(met_late(rows_with(prepared, 0))) >= 5);
        check_every_cure(prepared, 0);
    }
}

TEST_CASE("the same with a real plant, crews, makers and shocks: the scenario of one hall", "[process][shapley]")
{
    // One hall, because halls draw on shared supplies in order: what cures one hall takes from the next, which is no error of the
    // ledger but another buildout. One kind of rack for the same reason: the next unit to go live is always of one size.
    auto scenario = load_scenario(std::filesystem::path(AIDC_SOURCE_DIR) / "tests/unit/sim/scenario/one_hall.json");
    auto plan = make_plan(scenario.buildout);
    Prepared const prepared{.buildout = std::move(scenario.buildout), .plan = std::move(plan)};
    for (std::uint32_t const replicate : {0, 1, 2}) {
        check_every_cure(prepared, replicate);
    }
}
