#include "models/ledger/ledger.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

using namespace aidc;

namespace {

double total(PerCause<double> const& by_cause) { return std::accumulate(by_cause.begin(), by_cause.end(), 0.0); }

/// Activities in an order in which predecessors come first, with planned and actual lengths.
struct Network {
    struct Node {
        std::vector<std::size_t> after;
        double planned_s{};
        double actual_s{};
    };
    std::vector<Node> nodes;

    /// Finish of every node and the predecessor that came last, by the lengths of one field.
    struct Finished {
        std::vector<double> at_s;
        std::vector<std::optional<std::size_t>> bound_by;
    };
    Finished run(double Node::*length_s) const
    {
        Finished done{std::vector<double>(nodes.size()), std::vector<std::optional<std::size_t>>(nodes.size())};
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            double start_s = 0.0;
            for (auto const before : nodes[i].after) {
                if (!done.bound_by[i] || done.at_s[before] > start_s) {
                    start_s = done.at_s[before];
                    done.bound_by[i] = before;
                }
            }
            done.at_s[i] = start_s + nodes[i].*length_s;
        }
        return done;
    }
};

/// Linear congruential numbers in [0, 1) (Knuth, MMIX).
class Random {
  public:
    double operator()()
    {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(state_ >> 11) * 0x1p-53;
    }

  private:
    std::uint64_t state_ = 12;
};

Network random_network(Random& random)
{
    Network network;
    for (std::size_t i = 0; i < 15; ++i) {
        Network::Node node{.after = {}, .planned_s = 100.0 * random(), .actual_s = 100.0 * random()};
        for (std::size_t before = 0; before < i; ++before) {
            if (random() < 0.25) {
                node.after.push_back(before);
            }
        }
        network.nodes.push_back(node);
    }
    return network;
}

/// The chain that led to the last node as built: slip_i = (A_i - A_b) - (P_i - P_b), b released i.
std::vector<Segment> chain_of(Network::Finished const& actual, Network::Finished const& plan)
{
    std::vector<Segment> chain;
    for (std::optional<std::size_t> i = actual.at_s.size() - 1; i; i = actual.bound_by[*i]) {
        auto const b = actual.bound_by[*i];
        chain.push_back({.cause = causes[*i].cause,
                         .actual_s = actual.at_s[*i] - (b ? actual.at_s[*b] : 0.0),
                         .planned_s = plan.at_s[*i] - (b ? plan.at_s[*b] : 0.0)});
    }
    return chain;
}

} // namespace

TEST_CASE("an amount goes to causes in proportion to their slip", "[unit][ledger]")
{
    // Slips 30, 10, -20, 0: the first two share 3 to 1.
    std::vector<Segment> const chain{
        {Cause::maker, 130.0, 100.0}, {Cause::crew, 10.0, 0.0}, {Cause::install, 5.0, 25.0}, {Cause::transit, 7.0, 7.0}};
    PerCause<double> by_cause{};
    split_by_slip(800.0, chain, by_cause);
    CHECK_THAT(by_cause[index(Cause::maker)], WithinRel(600.0, 1e-14));
    CHECK_THAT(by_cause[index(Cause::crew)], WithinRel(200.0, 1e-14));
    CHECK(by_cause[index(Cause::install)] == 0.0);
    CHECK(by_cause[index(Cause::transit)] == 0.0);
    CHECK(by_cause[index(Cause::plan)] == 0.0);
}

TEST_CASE("stretches of one cause add up, and amounts add to what is there", "[unit][ledger]")
{
    std::vector<Segment> const chain{{Cause::crew, 2.0, 1.0}, {Cause::permit, 3.0, 1.0}, {Cause::crew, 4.0, 3.0}};
    PerCause<double> by_cause{};
    by_cause[index(Cause::crew)] = 5.0;
    split_by_slip(8.0, chain, by_cause);
    CHECK_THAT(by_cause[index(Cause::crew)], WithinRel(9.0, 1e-14));   // 5 + 8 x 2/4
    CHECK_THAT(by_cause[index(Cause::permit)], WithinRel(4.0, 1e-14)); // 8 x 2/4
}

TEST_CASE("when nothing slipped the plan was infeasible", "[unit][ledger]")
{
    PerCause<double> by_cause{};
    split_by_slip(10.0, std::vector<Segment>{{Cause::maker, 50.0, 50.0}, {Cause::crew, 1.0, 9.0}}, by_cause);
    split_by_slip(5.0, {}, by_cause);
    CHECK(by_cause[index(Cause::plan)] == 15.0);
    CHECK(total(by_cause) == 15.0);
}

TEST_CASE("slips along the binding chain telescope to the lateness", "[analytic][ledger]")
{
    Random random;
    for (int i = 0; i < 1000; ++i) {
        auto const network = random_network(random);
        auto const actual = network.run(&Network::Node::actual_s);
        auto const plan = network.run(&Network::Node::planned_s);
        double slip_s = 0.0;
        for (auto const& segment : chain_of(actual, plan)) {
            slip_s += segment.actual_s - segment.planned_s;
        }
        REQUIRE_THAT(slip_s, WithinAbs(actual.at_s.back() - plan.at_s.back(), 1e-9)); // definition of lateness
    }
}

TEST_CASE("a split loses nothing and gives no cause a negative part", "[conservation][ledger]")
{
    Random random;
    for (int i = 0; i < 1000; ++i) {
        auto const network = random_network(random);
        auto const chain = chain_of(network.run(&Network::Node::actual_s), network.run(&Network::Node::planned_s));
        PerCause<double> by_cause{};
        split_by_slip(1e9, chain, by_cause);
        REQUIRE_THAT(total(by_cause), WithinRel(1e9, 1e-12));
        REQUIRE(std::ranges::min(by_cause) >= 0.0);
    }
}

TEST_CASE("when every stretch is late or on time each cause gets its own slip", "[unit][ledger]")
{
    // Lateness 12 s is booked: 7 + 5 + 0.
    std::vector<Segment> const chain{{Cause::burn_in, 17.0, 10.0}, {Cause::fabric, 5.0, 0.0}, {Cause::install, 3.0, 3.0}};
    PerCause<double> by_cause{};
    split_by_slip(12.0, chain, by_cause);
    CHECK_THAT(by_cause[index(Cause::burn_in)], WithinRel(7.0, 1e-14));
    CHECK_THAT(by_cause[index(Cause::fabric)], WithinRel(5.0, 1e-14));
}
