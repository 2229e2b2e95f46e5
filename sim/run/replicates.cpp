#include "sim/run/replicates.hpp"

#include "sim/record/replicates.hpp"
#include "sim/run/pool.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/run/simulate.hpp"
#include "sim/run/stop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace aidc {
namespace {

/// The command that runs one replicate alone.
std::string command_of(RunRequest const& request, std::size_t replicate)
{
    auto command = fmt::format("aidcsim run {} --replicate {}", request.scenario.string(), replicate);
    if (request.seed) {
        command += fmt::format(" --seed {}", *request.seed);
    }
    if (request.detail == Detail::build) {
        command += " --detail build";
    }
    for (auto const& set : request.set) {
        command += " --set " + shell_word(set);
    }
    return command;
}

/// The replicates, each a simulation in its own process, into the set; returns when all are there or a signal has come.
void gather(RunRequest const& request, ReplicatesOptions options, PlannedScenario const& planned, ReplicateSet& set)
{
    auto const& buildout = planned.scenario.buildout;
    auto const work = [&](std::size_t k) {
        NoObserver nobody;
        SimulateOptions const how{.replicate = static_cast<std::uint32_t>(k), .detail = request.detail};
        return to_bytes(simulate(buildout, planned.plan, how, nobody));
    };
    CountProgress progress(options.count, "replicates", request.quiet);
    auto const take = [&](std::size_t k, FromChild const& result) {
        if (result.error) {
            throw ReplicateError(fmt::format("replicate {} failed: {}; recreate it with: {}", k, *result.error, command_of(request, k)));
        }
        add_replicate(set, buildout, digest_from_bytes(result.bytes));
        progress.done(k + 1);
    };
    StopOnSignal const stop;
    for_each_in_children({.count = options.count, .jobs = options.jobs, .stop_asked = [&stop] { return stop.asked(); }}, work, take);
}

/// Seconds of a stretch as they are kept: +infinity when it has no end before the end.
float span_s(Tick from, Tick to) { return to == never ? std::numeric_limits<float>::infinity() : static_cast<float>(seconds(to - from)); }

void add_chain(ReplicateSet& set, Buildout const& b, std::size_t milestone, std::vector<ChainStep> const& chain)
{
    std::map<ChainItem, double> slip_s;
    double milestone_late_s = 0.0;
    for (auto const& step : chain) {
        if (!step.activity && !step.lot) {
            continue;
        }
        ChainItem const item{.activity = step.activity, .order = step.lot ? b.lots[step.lot.row].order : Id<Order>{}};
        double const late_s = step.segment.actual_s - step.segment.planned_s;
        milestone_late_s += late_s;
        bool const is_float = step.segment.cause == Cause::plan; // nobody's slip
        slip_s[item] += is_float ? 0.0 : late_s;
        set.chains[milestone][item].late_s[index(step.segment.cause)] += is_float ? 0.0 : std::max(0.0, late_s);
    }
    for (auto const& [item, sum_s] : slip_s) {
        auto& seen = set.chains[milestone][item];
        seen.slip_s.push_back(sum_s);
        seen.cost_s += std::clamp(sum_s, 0.0, std::max(0.0, milestone_late_s));
    }
}

void add_dates(ReplicateSet& set, Plan const& built)
{
    // One row a replicate: a page that is not touched again is shared with all children that are forked later.
    auto& lead_s = set.lead_s.emplace_back();
    for (auto const& lot : built.lots) {
        lead_s.push_back(lot.placed == never ? std::numeric_limits<float>::quiet_NaN() : span_s(lot.placed, lot.dock));
    }
    auto& retests_s = set.retests_s.emplace_back();
    for (auto const& dates : built.activities) {
        retests_s.push_back(dates.worked == never ? 0.0F : span_s(dates.worked, dates.finished));
    }
}

template <class Numbers> void add_up(Numbers const& from, Numbers& to)
{
    for (std::size_t i = 0; i < from.size(); ++i) {
        to[i] += from[i];
    }
}

Replicate numbers_of(Buildout const& b, Digest const& digest)
{
    Replicate one{.world_hash = digest.world_hash};
    for (auto const& milestone : b.milestones) {
        one.reached.push_back(date_of(milestone, b, digest.as_built));
    }
    for (Tick const end : month_ends(b)) {
        auto const live_W = live_W_at(b, digest.as_built, end);
        one.live_W.insert(one.live_W.end(), live_W.begin(), live_W.end());
    }
    for (auto const& steps : digest.as_built.halls) {
        one.first_live = std::min(one.first_live, steps.empty() ? never : steps.front().from);
    }
    for (auto const& hall : digest.hours) {
        one.planned_or_live_s += hall.planned_or_live_s;
        one.live_s += hall.live_s;
        one.ahead_s += hall.ahead_s;
        add_up(hall.share_s, one.share_s);
        add_up(hall.solo_s, one.solo_s);
        add_up(hall.by_cause_s, one.by_cause_s);
    }
    return one;
}

} // namespace

ReplicateSet make_replicate_set(Buildout const& b, std::size_t asked)
{
    ReplicateSet set{.asked = asked};
    set.chains.resize(b.milestones.size());
    set.share_s_by_month.resize(month_ends(b).size());
    return set;
}

void add_replicate(ReplicateSet& set, Buildout const& b, Digest const& digest)
{
    AIDC_EXPECT(digest.ending == Ending::complete);
    AIDC_EXPECT(digest.chains.size() == b.milestones.size());
    AIDC_EXPECT(digest.share_s_by_month.size() == set.share_s_by_month.size());
    set.replicates.push_back(numbers_of(b, digest));
    for (std::size_t m = 0; m < b.milestones.size(); ++m) {
        if (set.replicates.back().reached[m] != never) {
            add_chain(set, b, m, digest.chains[m]);
        }
    }
    add_dates(set, digest.as_built);
    for (std::size_t m = 0; m < set.share_s_by_month.size(); ++m) {
        add_up(digest.share_s_by_month[m], set.share_s_by_month[m]);
    }
}

ReplicatesOutcome run_replicates(RunRequest const& request, ReplicatesOptions options)
{
    auto const began = std::chrono::steady_clock::now();
    refuse_to_replace(request);
    auto const planned = plan_scenario(request);
    auto const& buildout = planned.scenario.buildout;
    ReplicateRecorder recorder(request.output, buildout, planned.plan, provenance_of(request, planned.scenario));
    auto set = make_replicate_set(buildout, options.count);
    gather(request, options, planned, set);
    auto const count = set.replicates.size();
    return {.ending = count == options.count ? Ending::complete : Ending::stopped,
            .written = count > 0 ? recorder.write(set) : std::filesystem::path(),
            .replicates = count,
            .wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count()};
}

} // namespace aidc
