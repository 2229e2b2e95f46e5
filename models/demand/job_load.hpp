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

} // namespace aidc
