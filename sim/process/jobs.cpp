#include "sim/process/jobs.hpp"

#include "models/base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

namespace aidc {
namespace {

/// Jobs of several streams in order of (submit, stream, id), one a call.
class MergedStreams {
  public:
    explicit MergedStreams(std::vector<JobSource> sources) : sources_(std::move(sources)), next_(sources_.size()), there_(sources_.size())
    {
        for (std::size_t s = 0; s < sources_.size(); ++s) {
            there_[s] = sources_[s](next_[s]);
        }
    }

    bool operator()(Job& job)
    {
        std::size_t first = sources_.size();
        for (std::size_t s = 0; s < sources_.size(); ++s) {
            if (there_[s]
                && (first == sources_.size() || std::pair(next_[s].submit_s, id_of(s)) < std::pair(next_[first].submit_s, id_of(first)))) {
                first = s;
            }
        }
        if (first == sources_.size()) {
            return false;
        }
        job = next_[first];
        job.id = id_of(first);
        there_[first] = sources_[first](next_[first]);
        return true;
    }

  private:
    /// One job has one number in its queue: that of its stream, and streams side by side.
    std::int64_t id_of(std::size_t s) const { return queue_id({.stream = s, .id = next_[s].id}, sources_.size()); }

    std::vector<JobSource> sources_;
    std::vector<Job> next_;
    std::vector<char> there_;
};

JobSource listed_jobs(JobStream const& stream)
{
    return [&stream, i = std::size_t{0}](Job& job) mutable {
        if (i == stream.listed.size()) {
            return false;
        }
        job = stream.listed[i++];
        return true;
    };
}

JobSource source_of(Run const& run, JobLoad const& load)
{
    std::vector<JobSource> sources;
    for (auto const& stream : load.streams) {
        sources.push_back(listed_jobs(stream));
        if (!stream.mix.empty()) {
            auto const name = load.name + "/" + stream.name;
            sources.back() = GeneratedJobs(stream.mix.front(), [&run, name](std::string_view purpose, std::uint64_t n) {
                return run.streams.uniform(name, purpose, n);
            });
        }
    }
    return MergedStreams(std::move(sources));
}

JobPoolSpec spec_of(Run const& run, JobLoad const& load)
{
    JobPoolSpec spec{.policy = load.policy,
                     .placement = load.placement,
                     .cells = std::vector<std::uint32_t>(run.buildout.halls.size(), 0),
                     .rules = {},
                     .uniform =
                         [&run, &load](std::int64_t id, std::uint32_t n) {
                             auto const job = stream_job(id, load.streams.size());
                             return run.streams.uniform(load.name + "/" + load.streams[job.stream].name, fmt::format("interruption {}", n),
                                                        static_cast<std::uint64_t>(job.id));
                         },
                     .pace = {}};
    std::vector<Traffic> traffic;
    for (auto const& stream : load.streams) {
        spec.rules.push_back(stream.rules);
        traffic.push_back(stream.traffic);
    }
    if (std::ranges::any_of(traffic, [](Traffic const& each) { return each.compute_s > 0.0; })) {
        spec.pace = [&load, traffic](std::span<Gang const> gangs, std::span<double> speed) { pace(load.fabric, traffic, gangs, speed); };
    }
    return spec;
}

void note_queue(Run& run, JobRun& jobs)
{
    auto& state = run.world.queues.edit(jobs.load);
    state.capacity = jobs.pool.capacity();
    state.used = jobs.pool.used();
    state.asked = jobs.pool.queued_processors();
    state.running = jobs.pool.running();
    state.queued = jobs.pool.queued();
}

/// Puts the next thing that the queue does into the calendar, at the first tick that is not before it.
void arm(Run& run, JobRun& jobs)
{
    double const next_s = jobs.pool.next_s();
    bool const comes = next_s < seconds(run.buildout.end);
    Tick const due = comes ? std::max(run.now() + 1, static_cast<Tick>(std::ceil(next_s * ticks_per_second))) : never;
    if (due == jobs.due) {
        return;
    }
    run.sim.cancel(jobs.armed);
    jobs.due = due;
    if (due != never) {
        jobs.armed = run.sim.at(due, Phase::arrival, [&run, &jobs] {
            jobs.due = never;
            jobs.pool.advance(seconds(run.now()));
            note_queue(run, jobs);
            arm(run, jobs);
        });
    }
}

} // namespace

JobRun::JobRun(Run& run, Id<JobLoad> id)
    : load(id), pool(spec_of(run, run.buildout.job_loads[id.row]), source_of(run, run.buildout.job_loads[id.row]),
                     [&run, this](JobRecord const& record) {
                         recorded_s += record.allocated_s * record.job.processors;
                         run.observer.job({.load = load, .record = record});
                     })
{
}

void make_jobs(Run& run)
{
    for (std::size_t l = 0; l < run.buildout.job_loads.size() && run.draws == Draws::seeded; ++l) {
        run.jobs.push_back(std::make_unique<JobRun>(run, id<JobLoad>(l)));
        arm(run, *run.jobs.back());
    }
}

JobRun* jobs_of(Run const& run, Id<Contract> contract)
{
    auto const at =
        std::ranges::find_if(run.jobs, [&](auto const& jobs) { return run.buildout.job_loads[jobs->load.row].contract == contract; });
    return at == run.jobs.end() ? nullptr : at->get();
}

JobSums take_jobs(Run& run, JobRun& jobs)
{
    jobs.pool.advance(seconds(run.now()));
    auto const sums = jobs.pool.take_sums();
    jobs.held_s += sums.allocated_s;
    auto& state = run.world.queues.edit(jobs.load);
    state.ended += sums.ended;
    state.interrupted += sums.interrupted;
    state.evicted += sums.evicted;
    note_queue(run, jobs);
    arm(run, jobs);
    return sums;
}

void size_jobs(Run& run, JobRun& jobs, std::span<double const> by_hall, Fitness const& now)
{
    std::vector<std::uint32_t> cells;
    for (double const accelerators : by_hall) {
        cells.push_back(static_cast<std::uint32_t>(accelerators + 1e-9)); // whole ones
    }
    double const now_s = seconds(run.now());
    jobs.pool.advance(now_s);
    if (now.speed != jobs.speed) {
        jobs.speed = now.speed;
        jobs.pool.set_speed(now_s, now.speed);
    }
    bool const announced = now.working >= jobs.working * (1.0 - 1e-9);
    jobs.working = now.working;
    jobs.pool.resize(now_s, cells, announced);
    note_queue(run, jobs);
    arm(run, jobs);
}

void close_jobs(Run& run)
{
    for (auto const& jobs : run.jobs) {
        for (auto const& record : jobs->pool.open_records()) {
            jobs->recorded_s += record.allocated_s * record.job.processors;
            run.observer.job({.load = jobs->load, .record = record});
        }
        double const scale_s = std::max<double>(jobs->held_s, jobs->recorded_s);
        double const residual = scale_s > 0.0 ? std::abs(jobs->held_s - jobs->recorded_s) / scale_s : 0.0;
        if (!(residual <= 1e-9)) {
            throw AuditError("accelerator-hours of jobs", residual);
        }
    }
}

} // namespace aidc
