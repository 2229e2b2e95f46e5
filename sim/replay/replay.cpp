#include "sim/replay/replay.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"
#include "sim/engine/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace aidc {
namespace {

JobPoolSpec pool_of(ReplaySpec const& spec)
{
    return {.policy = spec.policy,
            .placement = spec.placement,
            .cells = spec.cells,
            .rules = {spec.rules},
            .uniform =
                [streams = Streams(spec.seed, 0)](std::int64_t id, std::uint32_t n) {
                    return streams.uniform("replay", fmt::format("interruption {}", n), static_cast<std::uint64_t>(id));
                },
            .pace = {}};
}

JobSource source_of(std::span<Job const> jobs)
{
    return [jobs, next = std::size_t{0}](Job& job) mutable {
        if (next == jobs.size()) {
            return false;
        }
        job = jobs[next++];
        return true;
    };
}

} // namespace

std::uint64_t processors(ReplaySpec const& spec) { return std::accumulate(spec.cells.begin(), spec.cells.end(), std::uint64_t{0}); }

Replayed replay(std::span<Job const> jobs, ReplaySpec const& spec, ReplayListener const& listener)
{
    constexpr std::uint64_t between_questions = 4096; // [J] events
    Replayed out;
    JobPool pool(pool_of(spec), source_of(jobs), [&](JobRecord const& record) {
        out.sums.add(record);
        if (listener.done) {
            listener.done(record);
        }
    });
    out.use = UseGrid(jobs.empty() ? 0.0 : jobs.front().submit_s);
    std::uint64_t events = 0;
    // Between two events nothing starts and nothing ends, so what is used and queued is exact without a date of its own.
    for (double now_s = pool.next_s(); std::isfinite(now_s) && !out.stopped; now_s = pool.next_s()) {
        out.use.add(now_s, pool.used(), static_cast<double>(pool.queued_processors()));
        pool.advance(now_s);
        out.stopped = ++events % between_questions == 0 && listener.stop_asked && listener.stop_asked(pool.ended());
    }
    out.pool = pool.take_sums();
    AIDC_ENSURE(out.stopped || out.sums.jobs == jobs.size());
    double const residual = std::abs(out.use.used_s() - out.pool.allocated_s) / std::max(1.0, out.pool.allocated_s);
    if (!(residual <= 1e-9)) {
        throw AuditError("accelerator-hours", residual);
    }
    return out;
}

void check_interruptions(std::span<Job const> jobs, JobRules const& rules, std::string const& log)
{
    constexpr double most = 12.0; // [J] of m expected interruptions one piece of work gets through once in e^m trials: 160,000
    auto const& checkpoint = rules.checkpoint;
    double const piece_s = checkpoint.every_s > 0.0 ? checkpoint.every_s + checkpoint.write_s : std::numeric_limits<double>::infinity();
    auto const expected = [&](Job const& job) { return job.processors * rules.interruptions_per_s * std::min(piece_s, job.run_s); };
    auto const worst = std::ranges::max_element(jobs, {}, expected);
    if (rules.interruptions_per_s > 0.0 && worst != jobs.end() && expected(*worst) > most) {
        throw InputErrors({{log, "",
                            fmt::format("has the job {} of {} processors and {:.1f} h, which would be interrupted {:.0f} times on average "
                                        "before it gets {} (it would hardly ever end); checkpoint more often, or have fewer interruptions",
                                        worst->id, worst->processors, worst->run_s / hour_s, expected(*worst),
                                        std::isfinite(piece_s) ? "to its next checkpoint" : "to its end without a checkpoint")}});
    }
}

} // namespace aidc
