// The faults of a cluster of 400 nodes over 174 days, and what histories of the same laws say of them.
#include "models/reliability/kaplan_meier.hpp"
#include "sim/scenario/fault_log.hpp"
#include "tests/unit/models/reliability/histories.hpp"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

using namespace aidc;
using namespace aidc::test;

namespace {

constexpr double day_s = 86400.0;
constexpr std::uint32_t nodes = 400;
constexpr double span_s = 174 * day_s;

/// What is compared, of the log and of a history.
struct Faults {
    std::vector<Spell> repairs;
    std::vector<double> by_node = std::vector<double>(nodes); ///< Faults
    double down_s{};                                          ///< Of all nodes together

    double faults() const { return static_cast<double>(repairs.size()); }
    double unavailability() const { return down_s / (nodes * span_s); }
    double never_failed() const { return static_cast<double>(std::ranges::count(by_node, 0.0)); }
    void add(std::uint32_t node, double start_s, double end_s, bool ended)
    {
        repairs.push_back({end_s - start_s, ended});
        by_node[node] += 1.0;
        down_s += end_s - start_s;
    }
};

Faults faults_of(FaultLog const& log)
{
    Faults faults;
    for (auto const& spell : log.spells) {
        faults.add(spell.node, spell.start_s, spell.end_s, spell.ended);
    }
    return faults;
}

Faults faults_of(std::vector<LifeGroup> const& groups, std::uint64_t seed)
{
    Faults faults;
    std::vector<double> since_s(nodes, -1.0); // down since then
    for (auto const& event : events_until(groups, {}, span_s, seed)) {
        auto const node = event.group + event.unit; // one group of all nodes, or a group for each
        if (event.up) {
            faults.add(node, since_s[node], event.time_s, true);
        }
        since_s[node] = event.up ? -1.0 : event.time_s;
    }
    for (std::uint32_t node = 0; node < nodes; ++node) {
        if (since_s[node] >= 0.0) {
            faults.add(node, since_s[node], span_s, false);
        }
    }
    return faults;
}

/// The log, or nothing where the data sets are not there.
std::optional<FaultLog> the_log()
{
    char const* const folder = std::getenv("AIDCSIM_DATA");
    if (folder == nullptr) {
        WARN("skipped: AIDCSIM_DATA is not set"); // CTest counts the test as skipped by these words
        return {};
    }
    return read_fault_log(std::string(folder) + "/faults/gpu_cluster_400_nodes_first_174_days.json", nodes, span_s);
}

/// Faults per time up of all nodes together [1/s].
double pooled_rate_per_s(Faults const& log) { return log.faults() / (nodes * span_s - log.down_s); }

Duration repair_law(Faults const& log) { return to_duration(product_limit(log.repairs), 1000); }

/// All nodes fail with the pooled rate.
std::vector<LifeGroup> equal_nodes(FaultLog const& read)
{
    auto const log = faults_of(read);
    return {{.units = nodes, .to_failure = exponential(1.0 / pooled_rate_per_s(log)), .to_repair = repair_law(log)}};
}

/// All nodes have the times to a fault that were seen, from the beginning of the log or the end of a fault; those that the end of the
/// log cut off are censored.
std::vector<LifeGroup> seen_times(FaultLog const& read)
{
    std::vector<Spell> times;
    std::vector<double> up_since_s(nodes, 0.0);
    for (auto const& fault : read.spells) {
        times.push_back({fault.start_s - up_since_s[fault.node], true});
        up_since_s[fault.node] = fault.end_s;
    }
    for (double const since_s : up_since_s) {
        times.push_back({span_s - since_s, false});
    }
    return {{.units = nodes, .to_failure = to_duration(product_limit(times), 1000), .to_repair = repair_law(faults_of(read))}};
}

/// Rates spread as a gamma distribution (the faults of a node are then negative binomial; M. Greenwood, G. U. Yule, JRSS 83, 1920), its
/// shape m^2/(v - m) from mean and variance of the faults of a node, its scale such that the expected number of faults is that of the log.
std::vector<LifeGroup> unequal_nodes(FaultLog const& read)
{
    auto const log = faults_of(read);
    double const m = log.faults() / nodes;
    double squares = 0.0;
    for (double const faults : log.by_node) {
        squares += faults * faults;
    }
    double const shape = m * m / (squares / nodes - m * m - m);
    auto const repair = repair_law(log);
    std::vector<double> rate_per_s;
    for (std::uint32_t i = 0; i < nodes; ++i) {
        rate_per_s.push_back(boost::math::gamma_p_inv(shape, (i + 0.5) / nodes) / shape * pooled_rate_per_s(log));
    }
    for (int pass = 0; pass < 20; ++pass) { // nodes that fail often are down more, so that a little more rate is needed: 6 %
        double expected = 0.0;
        for (double const rate : rate_per_s) {
            expected += rate * span_s / (1.0 + rate * mean_s(repair));
        }
        for (double& rate : rate_per_s) {
            rate *= log.faults() / expected;
        }
    }
    std::vector<LifeGroup> groups;
    for (double const rate : rate_per_s) {
        groups.push_back({.to_failure = exponential(1.0 / rate), .to_repair = repair});
    }
    return groups;
}

constexpr int replicates = 100;

/// A measure of one history: its mean over replicates, the standard error of that mean, and of one history.
struct Replicated {
    double mean{}, error_of_mean{}, error_of_one{};
};

template <class Measure> Replicated over_replicates(std::vector<LifeGroup> const& groups, Measure const& measure)
{
    auto const e = estimate(replicates, [&](std::uint64_t seed) { return measure(faults_of(groups, seed)); });
    return {e.mean, e.standard_error, e.standard_error * std::sqrt(static_cast<double>(replicates))};
}

double per_node_day(Faults const& f) { return f.faults() / (nodes * span_s / day_s); }
double never_failed(Faults const& f) { return f.never_failed(); }
double unavailability(Faults const& f) { return f.unavailability(); }
template <int percent> double repair_days(Faults const& f) { return quantile_s(product_limit(f.repairs), percent / 100.0) / day_s; }

} // namespace

TEST_CASE("the log says what its own count says", "[data]")
{
    auto const log = the_log();
    if (!log) {
        return;
    }
    // Counted by another program (a few lines of Python over the same file).
    auto const faults = faults_of(*log);
    CHECK(log->spells.size() == 312);
    CHECK(std::ranges::count(log->spells, false, &FaultSpell::ended) == 3);
    CHECK(faults.never_failed() == 241);
    CHECK(std::ranges::max(faults.by_node) == 8);
    CHECK_THAT(faults.unavailability(), WithinRel(0.0284196 + (3 * 174 - 152.896 - 153.8717 - 162.8988) / (400 * 174), 1e-4));
}

TEST_CASE("histories have the faults and the repairs of the log", "[data]")
{
    auto const read = the_log();
    if (!read) {
        return;
    }
    auto const log = faults_of(*read);
    for (auto const law : {&equal_nodes, &seen_times, &unequal_nodes}) {
        auto const groups = law(*read);
        for (auto const measure : {&per_node_day, &repair_days<50>, &repair_days<90>}) {
            auto const r = over_replicates(groups, measure);
            CAPTURE(groups.size(), measure(log), r.mean, r.error_of_mean);
            CHECK(std::abs(measure(log) - r.mean) < 3.0 * r.error_of_mean);
            CHECK(r.error_of_mean < 0.025 * r.mean);
        }
        // The log is one draw, and is measured by the spread of single histories: long repairs began early in it (with its own days of
        // failure the same law of repair gives 0.0267), so that fewer than expected were cut off by its end.
        auto const r = over_replicates(groups, &unavailability);
        CAPTURE(groups.size(), unavailability(log), r.mean, r.error_of_one);
        CHECK(std::abs(unavailability(log) - r.mean) < 3.0 * r.error_of_one);
        CHECK(r.error_of_one < 0.13 * r.mean);
    }
}

TEST_CASE("equal nodes spread the faults too evenly, gamma rates as the log does", "[data]")
{
    auto const read = the_log();
    if (!read) {
        return;
    }
    auto const log = faults_of(*read);
    auto const equal = over_replicates(equal_nodes(*read), &never_failed);
    auto const unequal = over_replicates(unequal_nodes(*read), &never_failed);
    CAPTURE(equal.mean, equal.error_of_one, unequal.mean, unequal.error_of_one);
    CHECK(log.never_failed() - equal.mean > 3.0 * equal.error_of_one);
    auto const seen = over_replicates(seen_times(*read), &never_failed); // not because their life is not exponential
    CHECK(log.never_failed() - seen.mean > 3.0 * seen.error_of_one);
    CHECK(std::abs(log.never_failed() - unequal.mean) < 3.0 * unequal.error_of_one);
    CHECK(unequal.error_of_one < 0.04 * unequal.mean);
}
