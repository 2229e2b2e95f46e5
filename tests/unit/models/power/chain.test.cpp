#include "models/power/chain.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <numeric>

using namespace aidc;

namespace {

using Kind = PowerNode::Kind;
using Rows = std::vector<std::uint32_t>;

constexpr double unlimited = std::numeric_limits<double>::infinity();

std::uint32_t add(PowerChain& chain, Kind kind, std::string const& name, double rating_W, Rows const& fed_by = {})
{
    chain.nodes.push_back({.kind = kind, .name = name, .rating_W = rating_W, .fed_by = fed_by});
    return static_cast<std::uint32_t>(chain.nodes.size() - 1);
}

void add_load(PowerChain& chain, std::string const& name, double design_W, Rows const& fed_by, std::uint32_t rank = 0)
{
    chain.loads.push_back({.name = name, .fed_by = fed_by, .design_W = design_W, .rank = rank});
}

/// Everything in service; feeds, generation and gensets give their rating, batteries nothing.
std::vector<NodeNow> in_service(PowerChain const& chain)
{
    std::vector<NodeNow> now;
    for (PowerNode const& n : chain.nodes) {
        bool const gives = n.kind == Kind::feed || n.kind == Kind::generation || n.kind == Kind::genset;
        now.push_back({.pass_W = n.units * n.rating_W, .source_W = gives ? n.units * n.rating_W : 0.0});
    }
    return now;
}

std::vector<double> design(PowerChain const& chain)
{
    std::vector<double> watts;
    for (PowerLoad const& load : chain.loads) {
        watts.push_back(load.design_W);
    }
    return watts;
}

PowerFlows dispatched(PowerChain const& chain, std::vector<NodeNow> const& now)
{
    return dispatch(chain, now, design(chain), first_parents(chain));
}

double sum(std::vector<double> const& x) { return std::accumulate(x.begin(), x.end(), 0.0); }

/// 4.2 % lost at full load.
LossCurve ups_loss(double rating_W) { return {.rating_W = rating_W, .no_load = 0.01, .proportional = 0.022, .square = 0.01}; }
LossCurve transformer_loss(double rating_W) { return {.rating_W = rating_W, .no_load = 0.0007, .proportional = 0.0, .square = 0.004}; }

/// A fixed linear congruential generator (D. E. Knuth, MMIX); numbers of 0...1.
class Lcg {
  public:
    explicit Lcg(std::uint64_t seed) : state_(seed) {}
    double next()
    {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(state_ >> 11U) * 0x1p-53;
    }
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(next() * n); }

  private:
    std::uint64_t state_;
};

/// Rows below `end`, each with some chance, at least one.
Rows some_rows(Lcg& random, std::uint32_t end, double chance)
{
    Rows rows;
    for (std::uint32_t i = 0; i < end; ++i) {
        if (random.next() < chance) {
            rows.push_back(i);
        }
    }
    return rows.empty() ? Rows{random.below(end)} : rows;
}

/// A chain of any shape: the first third are sources, some nodes of the rest have batteries.
struct AnyChain {
    PowerChain chain;
    std::vector<NodeNow> now;
};

AnyChain any_chain(Lcg& random, std::uint32_t nodes, std::uint32_t loads, bool with_losses)
{
    std::array const sources{Kind::feed, Kind::generation, Kind::storage, Kind::genset};
    std::array const others{Kind::transformer, Kind::switchgear, Kind::ups, Kind::busway};
    AnyChain any;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        bool const is_source = 3 * i < nodes;
        Kind const kind = is_source ? sources[random.below(4)] : others[random.below(4)];
        double const rating_W = 1e6 * (1.0 + random.below(9));
        add(any.chain, kind, "n" + std::to_string(i), rating_W, is_source ? Rows{} : some_rows(random, i, 0.3));
        if (with_losses && random.next() < 0.7) {
            any.chain.nodes[i].loss = {rating_W, 0.01 * random.next(), 0.03 * random.next(), 0.02 * random.next()};
        }
        bool const battery = kind == Kind::ups && random.next() < 0.5;
        any.now.push_back({.pass_W = rating_W,
                           .source_W = is_source || battery ? rating_W * random.next() : 0.0,
                           .charge_W = with_losses && battery ? 0.1 * rating_W : 0.0});
    }
    for (std::uint32_t j = 0; j < loads; ++j) {
        add_load(any.chain, "l" + std::to_string(j), 1e6 * (1.0 + random.below(6)), some_rows(random, nodes, 0.2), random.below(3));
    }
    return any;
}

/// feed -> transformer -> UPS -> one load.
PowerChain series_chain(double load_W)
{
    PowerChain chain;
    add(chain, Kind::feed, "line_1", 20e6);
    add(chain, Kind::transformer, "TR_1", 10e6, {0});
    add(chain, Kind::ups, "UPS_A", 2e6, {1});
    chain.nodes[2].units = 4.0;
    add_load(chain, "hall A1", load_W, {2});
    return chain;
}

} // namespace

TEST_CASE("in series the narrowest node decides, in parallel they add up", "[unit][power]")
{
    auto chain = series_chain(12e6);
    CHECK(dispatched(chain, in_service(chain)).served_W[0] == 8e6); // hand calculation: 4 x 2 MW
    add(chain, Kind::ups, "UPS_B", 1.5e6, {1});
    chain.loads[0].fed_by = {2, 3};
    CHECK_THAT(dispatched(chain, in_service(chain)).served_W[0], WithinRel(9.5e6, 1e-12)); // 8 + 1.5
    chain.nodes[3].units = 3.0;
    CHECK_THAT(dispatched(chain, in_service(chain)).served_W[0], WithinRel(10e6, 1e-12)); // the transformer
}

TEST_CASE("N + 1 stands one unit, two paths stand one path", "[unit][power]")
{
    auto chain = series_chain(6e6);
    chain.nodes[1].units = 2.0;
    CHECK(at_risk_W(chain, in_service(chain), design(chain), first_parents(chain)) == std::vector{6e6}); // the one line
    add(chain, Kind::feed, "line_2", 20e6);
    std::swap(chain.nodes[3], chain.nodes[2]);
    std::swap(chain.nodes[2], chain.nodes[1]);
    chain.nodes[2].fed_by = {0, 1};
    chain.nodes[3].fed_by = {2};
    chain.loads[0].fed_by = {3};
    CHECK(at_risk_W(chain, in_service(chain), design(chain), first_parents(chain)) == std::vector{0.0}); // 3 x 2 MW, 1 x 10 MW, a line
    chain.loads[0].design_W = 7e6;
    CHECK_THAT(at_risk_W(chain, in_service(chain), design(chain), first_parents(chain))[0], WithinRel(1e6, 1e-9)); // 7 - 3 x 2
}

TEST_CASE("a lower rank is served first, a rank behind another path does not suffer", "[unit][power]")
{
    auto chain = series_chain(5e6);
    add_load(chain, "pumps", 4e6, {2});
    chain.loads[0].rank = 1;
    auto const shared = dispatched(chain, in_service(chain));
    CHECK(shared.served_W[1] == 4e6);
    CHECK_THAT(shared.served_W[0], WithinRel(4e6, 1e-12)); // what 8 MW leave
    add(chain, Kind::ups, "UPS_B", 1e6, {1});
    add_load(chain, "office", 3e6, {3}, 7);
    auto const apart = dispatched(chain, in_service(chain));
    CHECK_THAT(apart.served_W[0], WithinRel(4e6, 1e-12));
    CHECK_THAT(apart.served_W[2], WithinRel(1e6, 1e-12)); // its own UPS
}

TEST_CASE("feeds give first, then generation, storage, gensets, and UPS batteries at last", "[unit][power]")
{
    PowerChain chain;
    // Rows in another order than the preference.
    add(chain, Kind::genset, "gensets", 3e6);
    add(chain, Kind::storage, "storage", 2e6);
    add(chain, Kind::generation, "turbine", 5e6);
    add(chain, Kind::feed, "line_1", 4e6);
    add(chain, Kind::switchgear, "bus", unlimited, {0, 1, 2, 3});
    add(chain, Kind::ups, "UPS_A", 20e6, {4});
    add_load(chain, "hall A1", 0.0, {5});
    auto now = in_service(chain);
    now[1].source_W = 2e6;
    now[5].source_W = 20e6;
    std::array const order{3, 2, 1, 0, 5};
    std::array const gives_W{4e6, 5e6, 2e6, 3e6, 20e6};
    double const load_W = GENERATE(1e6, 4e6, 7e6, 10.5e6, 13e6, 16e6);
    auto const flows = dispatch(chain, now, std::vector{load_W}, first_parents(chain));
    CHECK_THAT(flows.served_W[0], WithinRel(load_W, 1e-12));
    double left_W = load_W;
    for (std::size_t k = 0; k < order.size(); ++k) { // each all it can before the next gives
        CHECK_THAT(flows.own_W[static_cast<std::size_t>(order[k])], WithinAbs(std::min(left_W, gives_W[k]), 1e-3));
        left_W = std::max(0.0, left_W - gives_W[k]);
    }
}

TEST_CASE("losses in series are those of each output, closed form", "[unit][power]")
{
    double const load_W = GENERATE(0.4e6, 3e6, 7.9e6);
    auto chain = series_chain(load_W);
    chain.nodes[1].loss = transformer_loss(10e6);
    chain.nodes[2].loss = ups_loss(2e6);
    auto const flows = dispatched(chain, in_service(chain));
    double const ups_W = shared_loss_W(ups_loss(2e6), 4.0, load_W);
    double const transformer_W = loss_W(transformer_loss(10e6), load_W + ups_W);
    CHECK(flows.served_W[0] == load_W);
    CHECK_THAT(flows.loss_W[2], WithinRel(ups_W, 1e-7)); // 1e-9 of the load
    CHECK_THAT(flows.loss_W[1], WithinRel(transformer_W, 1e-6));
    CHECK_THAT(flows.own_W[0], WithinRel(load_W + ups_W + transformer_W, 1e-9));
}

TEST_CASE("a source that is short pays the losses of what arrives", "[unit][power]")
{
    // out + rating (a + b out/rating) = given, so out = (given - a rating)/(1 + b)
    auto chain = series_chain(8e6);
    chain.nodes[2].loss = {.rating_W = 2e6, .no_load = 0.01, .proportional = 0.03, .square = 0.0};
    auto now = in_service(chain);
    now[0].source_W = 5e6;
    auto const flows = dispatched(chain, now);
    CHECK_THAT(flows.served_W[0], WithinRel((5e6 - 0.01 * 8e6) / 1.03, 1e-8));
    CHECK_THAT(flows.own_W[0], WithinRel(5e6, 1e-12));
}

TEST_CASE("on its battery a UPS pays its losses itself", "[unit][power]")
{
    auto chain = series_chain(3e6);
    chain.nodes[1].loss = transformer_loss(10e6);
    chain.nodes[2].loss = ups_loss(2e6);
    auto now = in_service(chain);
    now[0] = {};
    now[2].source_W = 8e6;
    auto const flows = dispatched(chain, now);
    CHECK(flows.served_W[0] == 3e6);
    CHECK_THAT(flows.own_W[2], WithinRel(3e6 + shared_loss_W(ups_loss(2e6), 4.0, 3e6), 1e-9));
    CHECK(flows.loss_W[1] == 0.0); // nothing passes, nothing is energised
    CHECK(flows.in_W[2] == 0.0);
}

TEST_CASE("losses of a low rank do not take from a higher one", "[unit][power]")
{
    // Both UPS hang on 10 MW of feed; UPS_B carries rank 1 only.
    PowerChain chain;
    add(chain, Kind::feed, "line_1", 10e6);
    add(chain, Kind::ups, "UPS_A", 12e6, {0});
    add(chain, Kind::ups, "UPS_B", 12e6, {0});
    chain.nodes[2].loss = {.rating_W = 12e6, .no_load = 0.0, .proportional = 0.1, .square = 0.0};
    add_load(chain, "pumps", 9e6, {1}, 0);
    add_load(chain, "hall A1", 9e6, {2}, 1);
    auto const flows = dispatched(chain, in_service(chain));
    CHECK(flows.served_W[0] == 9e6);
    CHECK_THAT(flows.served_W[1], WithinRel(1e6 / 1.1, 1e-7)); // of the 1 MW that is left
}

TEST_CASE("a source below the no-load loss carries nothing and still adds up", "[unit][power]")
{
    auto chain = series_chain(3e6);
    chain.nodes[2].loss = ups_loss(2e6); // 80 kW without load
    auto now = in_service(chain);
    now[0].source_W = 50e3;
    auto const flows = dispatched(chain, now);
    CHECK_THAT(flows.own_W[0], WithinRel(flows.served_W[0] + sum(flows.loss_W), 1e-9));
    CHECK(flows.served_W[0] == 0.0);
}

TEST_CASE("batteries are charged with what is left, and not from batteries", "[unit][power]")
{
    auto chain = series_chain(6e6);
    chain.nodes[2].loss = ups_loss(2e6);
    auto now = in_service(chain);
    now[2].charge_W = 0.5e6;
    now[2].source_W = 8e6;
    auto const plenty = dispatched(chain, now);
    CHECK_THAT(plenty.charged_W[2], WithinRel(0.5e6, 1e-9));
    CHECK(plenty.own_W[2] == 0.0);
    now[0].source_W = 6.4e6;
    auto const some = dispatched(chain, now);
    CHECK(some.served_W[0] == 6e6);
    CHECK_THAT(some.charged_W[2], WithinRel(0.4e6 - shared_loss_W(ups_loss(2e6), 4.0, 6e6), 1e-6)); // line - load - loss
    now[0].source_W = 5e6;
    auto const lacking = dispatched(chain, now);
    CHECK(lacking.served_W[0] == 6e6);
    CHECK(lacking.charged_W[2] == 0.0);
    CHECK_THAT(lacking.own_W[2], WithinRel(1e6 + shared_loss_W(ups_loss(2e6), 4.0, 6e6), 1e-8)); // load + loss - line
}

TEST_CASE("a switch is fed by the parent it stands on, and goes to the first that lives", "[unit][power]")
{
    PowerChain chain;
    add(chain, Kind::feed, "line_1", 5e6);
    add(chain, Kind::feed, "line_2", 5e6);
    add(chain, Kind::genset, "gensets", 5e6);
    add(chain, Kind::switchgear, "ATS_1", 20e6, {0, 1, 2});
    chain.nodes[3].transfer_s = 0.1;
    add_load(chain, "hall A1", 12e6, {3});
    auto now = in_service(chain);
    auto const first = first_parents(chain);
    CHECK(first == Rows{all_parents, all_parents, all_parents, 0});
    CHECK(dispatched(chain, now).own_W == std::vector{5e6, 0.0, 0.0, 0.0});
    CHECK(live_parents(chain, now, first) == first);
    now[0] = {};
    CHECK(sum(dispatch(chain, now, design(chain), first).served_W) == 0.0);
    auto const second = live_parents(chain, now, first);
    CHECK(second[3] == 1);
    CHECK(dispatch(chain, now, design(chain), second).served_W[0] == 5e6);
    now[1].source_W = 0.0; // a line without volts is as dead as one that is open
    CHECK(live_parents(chain, now, second)[3] == 2);
    now[2].pass_W = 0.0;
    CHECK(live_parents(chain, now, second)[3] == 1); // nobody lives: it stays
}

TEST_CASE("nothing wanted, nothing flows", "[unit][power]")
{
    auto chain = series_chain(0.0);
    chain.nodes[2].loss = ups_loss(2e6);
    auto const flows = dispatched(chain, in_service(chain));
    CHECK(sum(flows.own_W) + sum(flows.loss_W) + sum(flows.out_W) == 0.0);
    CHECK(dispatch({}, {}, {}, {}).served_W.empty());
}

TEST_CASE("at every node of any chain watts in are watts out", "[unit][power]")
{
    Lcg random(GENERATE(1, 2, 3, 4));
    int unsettled = 0;
    for (int trial = 0; trial < 100; ++trial) {
        auto const [chain, now] = any_chain(random, 6 + random.below(40), 1 + random.below(20), true);
        auto const flows = dispatched(chain, now);
        double const load_W = sum(design(chain));
        double unbalance_W = 0.0;
        double wrong_loss_W = 0.0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            double const enters_W = flows.in_W[i] + flows.own_W[i];
            unbalance_W = std::max(unbalance_W, std::abs(enters_W - flows.out_W[i] - flows.loss_W[i] - flows.charged_W[i]));
            bool const fits = flows.out_W[i] <= now[i].pass_W * (1.0 + 1e-12) && flows.own_W[i] <= now[i].source_W * (1.0 + 1e-12);
            CHECK(fits);
            CHECK(flows.charged_W[i] <= now[i].charge_W);
            if (flows.out_W[i] > 1e-6 * load_W) {
                double const law_W = chain.nodes[i].loss.rating_W > 0.0 ? loss_W(chain.nodes[i].loss, flows.out_W[i]) : 0.0;
                wrong_loss_W = std::max(wrong_loss_W, std::abs(flows.loss_W[i] - law_W));
            }
        }
        CHECK(unbalance_W <= 1e-9 * load_W);
        // Of dense random chains one in a hundred or fewer has two routings that each suit the losses of the other.
        unsettled += wrong_loss_W > 1e-6 * load_W ? 1 : 0;
        CHECK(wrong_loss_W <= 0.01 * load_W);
        CHECK_THAT(sum(flows.out_W), WithinRel(sum(flows.in_W) + sum(flows.served_W), 1e-9)); // what leaves a node arrives somewhere
    }
    CHECK(unsettled <= 1);
}

TEST_CASE("a UPS battery carries what hangs on its UPS, and frees no watts for others", "[unit][power]")
{
    // One genset of 5 MW for two halls of 4 MW, each behind a UPS of its own; the battery of UPS_B is empty.
    PowerChain chain;
    add(chain, Kind::genset, "gensets", 5e6);
    add(chain, Kind::ups, "UPS_A", 5e6, {0});
    add(chain, Kind::ups, "UPS_B", 5e6, {0});
    add_load(chain, "hall A", 4e6, {1}, 0);
    add_load(chain, "hall B", 4e6, {2}, 1);
    auto now = in_service(chain);
    now[1].source_W = 5e6;
    auto const empty = dispatched(chain, now);
    CHECK(empty.own_W == std::vector{5e6, 0.0, 0.0}); // by a detour A's battery could have freed 3 MW more for B
    CHECK(empty.served_W == std::vector{4e6, 1e6});
    now[2].source_W = 5e6;
    auto const charged = dispatched(chain, now);
    CHECK(charged.own_W == std::vector{5e6, 0.0, 3e6});
    CHECK(charged.served_W == std::vector{4e6, 4e6});
}

namespace {

/// Least cut between what has watts and the loads, by counting all cuts (L. R. Ford, D. R. Fulkerson 1956: it is the maximum flow).
double least_cut_W(PowerChain const& chain, std::vector<NodeNow> const& now, std::vector<double> const& demand_W)
{
    // Bit 2 i: input of node i is on the side of the loads; 2 i + 1: its output; 2 nodes + j: load j.
    std::size_t const nodes = chain.nodes.size();
    double least_W = unlimited;
    for (std::uint32_t cut = 0; cut < (1U << (2 * nodes + demand_W.size())); ++cut) {
        auto const behind = [cut](std::size_t bit) { return ((cut >> bit) & 1U) != 0; };
        double cut_W = 0.0;
        auto const joins = [&](Rows const& parents, std::size_t bit) {
            for (std::uint32_t const p : parents) {
                cut_W += behind(bit) && !behind(2 * p + 1) ? unlimited : 0.0;
            }
        };
        for (std::size_t i = 0; i < nodes && cut_W < least_W; ++i) {
            cut_W += behind(2 * i) ? now[i].source_W : 0.0;
            cut_W += behind(2 * i + 1) && !behind(2 * i) ? now[i].pass_W : 0.0;
            joins(chain.nodes[i].fed_by, 2 * i);
        }
        for (std::size_t j = 0; j < demand_W.size() && cut_W < least_W; ++j) {
            cut_W += behind(2 * nodes + j) ? 0.0 : demand_W[j];
            joins(chain.loads[j].fed_by, 2 * nodes + j);
        }
        least_W = std::min(least_W, cut_W);
    }
    return least_W;
}

} // namespace

TEST_CASE("no routing carries more, for the first ranks and for the first sources too", "[unit][power]")
{
    Lcg random(GENERATE(11, 12));
    for (int trial = 0; trial < 60; ++trial) {
        auto [chain, now] = any_chain(random, 3 + random.below(3), 2, false);
        for (std::size_t i = 0; i < now.size(); ++i) { // batteries of UPS take no detours: they are apart
            now[i].source_W = chain.nodes[i].kind == Kind::ups ? 0.0 : now[i].source_W;
        }
        auto const demand_W = design(chain);
        auto const flows = dispatched(chain, now);
        for (std::uint32_t rank = 0; rank < 3; ++rank) { // ranks up to this one, as if the others were not there
            double served_W = 0.0;
            auto first_W = demand_W;
            for (std::size_t j = 0; j < demand_W.size(); ++j) {
                bool const counts = chain.loads[j].rank <= rank;
                served_W += counts ? flows.served_W[j] : 0.0;
                first_W[j] = counts ? demand_W[j] : 0.0;
            }
            CHECK_THAT(served_W, WithinAbs(least_cut_W(chain, now, first_W), 1e-3));
        }
        for (Kind const last : {Kind::feed, Kind::generation, Kind::storage, Kind::genset}) { // sources up to this one
            double own_W = 0.0;
            auto first = now;
            for (std::size_t i = 0; i < now.size(); ++i) {
                bool const counts = chain.nodes[i].kind <= last;
                own_W += counts ? flows.own_W[i] : 0.0;
                first[i].source_W = counts ? now[i].source_W : 0.0;
            }
            CHECK_THAT(own_W, WithinAbs(least_cut_W(chain, first, demand_W), 1e-3));
        }
    }
}
