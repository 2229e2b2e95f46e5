#include "models/ledger/ledger.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <vector>

using namespace aidc;

namespace {

/// Reproducible numbers: splitmix64 (G. L. Steele et al., OOPSLA 2014).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t bits()
    {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
    std::size_t below(std::size_t n) { return bits() % n; }

  private:
    std::uint64_t state_;
};

/// Delay by term; the whole delay is that of the last term.
using Delays = std::map<std::size_t, double>;

/// Some of the terms, each late by up to 20 months or on time.
Delays random_delays(Random& random)
{
    Delays late;
    for (std::size_t n = 2 + random.below(5); late.size() < n;) {
        late[random.below(term_count)] = random.below(2) == 0 ? 0.0 : 20.0 * random.uniform();
    }
    return late;
}

/// Shapley value by its definition: mean over all orders of arrival of what each term adds to the delay.
PerTerm<double> shapley(Delays const& late)
{
    std::vector<std::size_t> order;
    for (auto const& [term, delay] : late) {
        order.push_back(term);
    }
    PerTerm<double> sum{};
    double orders = 0.0;
    do {
        double so_far = 0.0;
        for (auto const term : order) {
            double const with = std::max(so_far, late.at(term));
            sum[term] += with - so_far;
            so_far = with;
        }
        orders += 1.0;
    } while (std::ranges::next_permutation(order).found);
    for (auto& value : sum) {
        value /= orders;
    }
    return sum;
}

double whole(Delays const& late)
{
    double longest = 0.0;
    for (auto const& [term, delay] : late) {
        longest = std::max(longest, delay);
    }
    return longest;
}

/// Delay that goes away when one term alone is cured.
PerTerm<double> gain_if_cured(Delays const& late)
{
    PerTerm<double> gain{};
    for (auto const& [term, delay] : late) {
        auto cured = late;
        cured[term] = 0.0;
        gain[term] = whole(late) - whole(cured);
    }
    return gain;
}

/// Months booked to their sets of unmet terms: one lot of one accelerator, date by date.
std::vector<NotLive> months_by_set(Delays const& late)
{
    std::vector<double> cuts{0.0};
    for (auto const& [term, delay] : late) {
        cuts.push_back(delay);
    }
    std::ranges::sort(cuts);
    HallBooks books;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        TermSet unmet = 0;
        for (auto const& [term, delay] : late) {
            unmet = static_cast<TermSet>(unmet | (delay > cuts[i - 1] ? 1u << term : 0u));
        }
        add_not_live(books, unmet, cuts[i] - cuts[i - 1], 0.0);
    }
    return books.not_live;
}

struct Piece {
    TermSet unmet{};
    double width_W{};
    bool operator==(Piece const&) const = default;
};

std::vector<Piece> cut(double live_W, double planned_W, PerTerm<double> const& term_W)
{
    std::vector<Piece> pieces;
    cut_by_terms(live_W, planned_W, term_W, [&](TermSet unmet, double width_W) { pieces.push_back({unmet, width_W}); });
    return pieces;
}

PerTerm<double> all_at(double value_W)
{
    PerTerm<double> term_W{};
    term_W.fill(value_W);
    return term_W;
}

double sum(PerTerm<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

} // namespace

TEST_CASE("positions are cut at every term, by hand", "[unit][ledger]")
{
    auto term_W = all_at(1000.0);
    term_W[index(Term::utility)] = 40.0;
    term_W[index(Term::cooling)] = 70.0;
    // (10, 40] is carried by all; above 40 the utility is short, above 70 the cooling too.
    TermSet const both = bit(Term::utility) | bit(Term::cooling);
    CHECK(cut(10.0, 100.0, term_W) == std::vector<Piece>{{0, 30.0}, {bit(Term::utility), 30.0}, {both, 30.0}});
}

TEST_CASE("terms that end together cut once", "[unit][ledger]")
{
    auto term_W = all_at(100.0);
    term_W[index(Term::space)] = 20.0;
    term_W[index(Term::racks)] = 20.0;
    TermSet const both = bit(Term::space) | bit(Term::racks);
    CHECK(cut(0.0, 100.0, term_W) == std::vector<Piece>{{0, 20.0}, {both, 80.0}}); // a term at the planned watts is met
}

TEST_CASE("a term at or below what is live is unmet from there on", "[unit][ledger]")
{
    auto term_W = all_at(1000.0);
    term_W[index(Term::network)] = 10.0;
    term_W[index(Term::handover)] = 0.0;
    TermSet const both = bit(Term::network) | bit(Term::handover);
    CHECK(cut(10.0, 50.0, term_W) == std::vector<Piece>{{both, 40.0}});
}

TEST_CASE("nothing is cut when all that is planned is live", "[unit][ledger]")
{
    CHECK(cut(50.0, 50.0, all_at(0.0)).empty());
    CHECK(cut(60.0, 50.0, all_at(0.0)).empty());
}

TEST_CASE("the widths of the pieces add up and their sets only grow", "[property][ledger]")
{
    Random random(1);
    for (int i = 0; i < 2000; ++i) {
        double const live_W = 1e6 * random.uniform();
        double const planned_W = live_W + 1e7 * random.uniform();
        PerTerm<double> term_W{};
        for (auto& value : term_W) {
            value = random.below(4) == 0 ? 0.0 : 1.2e7 * random.uniform();
        }
        double width_W = 0.0;
        TermSet before = 0;
        for (auto const& piece : cut(live_W, planned_W, term_W)) {
            REQUIRE(piece.width_W > 0.0);
            REQUIRE((piece.unmet & before) == before);
            before = piece.unmet;
            width_W += piece.width_W;
        }
        REQUIRE_THAT(width_W, WithinAbs(planned_W - live_W, 1e-8));
    }
}

TEST_CASE("share and solo of a late grid and later racks, by hand", "[unit][ledger]")
{
    // Months: transformer 3, cooling 5, grid 9, racks 10; cut at 3, 5, 9, 10.
    auto const rows = months_by_set(
        {{index(Term::utility), 9.0}, {index(Term::substation), 3.0}, {index(Term::cooling), 5.0}, {index(Term::racks), 10.0}});
    auto const share = share_s(rows);
    CHECK_THAT(share[index(Term::substation)], WithinRel(3.0 / 4.0, 1e-14));
    CHECK_THAT(share[index(Term::cooling)], WithinRel(3.0 / 4.0 + 2.0 / 3.0, 1e-14));
    CHECK_THAT(share[index(Term::utility)], WithinRel(3.0 / 4.0 + 2.0 / 3.0 + 4.0 / 2.0, 1e-14));
    CHECK_THAT(share[index(Term::racks)], WithinRel(3.0 / 4.0 + 2.0 / 3.0 + 4.0 / 2.0 + 1.0, 1e-14));
    auto const solo = solo_s(rows);
    CHECK_THAT(solo[index(Term::racks)], WithinRel(1.0, 1e-14)); // only the last month is the racks' alone
    CHECK(solo[index(Term::utility)] == 0.0);
}

TEST_CASE("the equal split is the Shapley value of the delay, and solo what a cure gains", "[analytic][ledger]")
{
    Random random(2);
    for (int i = 0; i < 2000; ++i) {
        auto const late = random_delays(random);
        auto const rows = months_by_set(late);
        auto const share = share_s(rows), solo = solo_s(rows);
        auto const fair = shapley(late), gain = gain_if_cured(late); // by brute force over all orders
        for (std::size_t j = 0; j < term_count; ++j) {
            REQUIRE_THAT(share[j], WithinAbs(fair[j], 1e-12));
            REQUIRE_THAT(solo[j], WithinAbs(gain[j], 1e-12));
            REQUIRE(solo[j] <= share[j] + 1e-12);
        }
        REQUIRE_THAT(sum(share), WithinAbs(whole(late), 1e-12));
    }
}

TEST_CASE("watts that are missing at one date are split in the same fair way", "[analytic][ledger]")
{
    // The watts a term leaves missing under the plan stand where the delays stood.
    Random random(3);
    for (int i = 0; i < 500; ++i) {
        auto const missing = random_delays(random);
        auto term_W = all_at(20.0);
        for (auto const& [term, lacking] : missing) {
            term_W[term] = 20.0 - lacking;
        }
        HallBooks books;
        cut_by_terms(0.0, 20.0, term_W, [&](TermSet unmet, double width_W) { add_not_live(books, unmet, width_W, width_W); });
        auto const share = share_s(books.not_live), fair = shapley(missing);
        for (std::size_t j = 0; j < term_count; ++j) {
            REQUIRE_THAT(share[j], WithinAbs(fair[j], 1e-12));
        }
    }
}

TEST_CASE("hours that no term holds up are in no share", "[unit][ledger]")
{
    std::vector<NotLive> const rows{{.unmet = 0, .accelerator_s = 100.0, .it_J = 5.0},
                                    {.unmet = bit(Term::racks), .accelerator_s = 7.0, .it_J = 1.0}};
    CHECK(sum(share_s(rows)) == 7.0);
    CHECK(sum(solo_s(rows)) == 7.0);
    CHECK(sum(share_s({})) == 0.0);
}

TEST_CASE("rows of not-live hours stay sorted, one a set", "[property][ledger]")
{
    Random random(4);
    HallBooks books;
    std::map<TermSet, double> expected; // the same sums, kept the slow way
    for (int i = 0; i < 1000; ++i) {
        auto const unmet = static_cast<TermSet>(random.below(40));
        double const hours_s = static_cast<double>(random.below(1000));
        add_not_live(books, unmet, hours_s, 2.0 * hours_s);
        expected[unmet] += hours_s;
    }
    REQUIRE(books.not_live.size() == expected.size());
    auto row = books.not_live.begin();
    for (auto const& [unmet, hours_s] : expected) {
        CHECK(row->unmet == unmet);
        CHECK(row->accelerator_s == hours_s); // whole numbers: exact
        CHECK(row->it_J == 2.0 * hours_s);
        ++row;
    }
}

TEST_CASE("rows of waiting stay sorted by term, then head; no head comes last", "[unit][ledger]")
{
    HallBooks books;
    add_waited(books, Term::racks, id<Activity>(3), 1.0);
    add_waited(books, Term::utility, {}, 2.0);
    add_waited(books, Term::racks, id<Activity>(1), 4.0);
    add_waited(books, Term::utility, id<Activity>(9), 8.0);
    add_waited(books, Term::racks, id<Activity>(3), 16.0);
    REQUIRE(books.waited.size() == 4);
    CHECK(books.waited[0].head == id<Activity>(9));
    CHECK(books.waited[1].term == Term::utility);
    CHECK_FALSE(static_cast<bool>(books.waited[1].head));
    CHECK(books.waited[2].head == id<Activity>(1));
    CHECK(books.waited[3].accelerator_s == 17.0);
}
