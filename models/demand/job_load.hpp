#pragma once
/// \file
/// A queue of jobs on the accelerators of a contract: where they come from and how they are scheduled.

#include "models/base/id.hpp"
#include "models/demand/generated_jobs.hpp"
#include "models/demand/job_pool.hpp"
#include "models/demand/network.hpp"

#include <string>
#include <vector>

namespace aidc {

struct Contract;

/// Jobs of one origin, under the same rules.
struct JobStream {
    std::string name;
    JobRules rules;
    Traffic traffic;         ///< What a gang exchanges
    std::vector<Job> listed; ///< Of a log, or single runs; by (submit, id)
    std::vector<JobMix> mix; ///< None, or one: generated
};

/// A queue of jobs under one contract.
struct JobLoad {
    std::string name;
    Id<Contract> contract;
    Policy policy{Policy::easy};
    Placement placement{Placement::compact};
    Fabric fabric;
    std::vector<JobStream> streams;
    Id<Contract> borrows; ///< Inference whose idle accelerators it may use, and gives back when they are needed
};

/// A job of a queue: its stream, and its number there.
struct StreamJob {
    std::size_t stream{};
    std::int64_t id{};
};

/// Number of a job in its queue: numbers of all streams side by side.
inline std::int64_t queue_id(StreamJob const& job, std::size_t streams)
{
    return job.id * static_cast<std::int64_t>(streams) + static_cast<std::int64_t>(job.stream);
}

/// The inverse of queue_id.
inline StreamJob stream_job(std::int64_t queue_id, std::size_t streams)
{
    auto const n = static_cast<std::int64_t>(streams);
    std::int64_t const stream = (queue_id % n + n) % n;
    return {.stream = static_cast<std::size_t>(stream), .id = (queue_id - stream) / n};
}

} // namespace aidc
