#include "models/demand/job_pool.hpp"

#include <algorithm>

namespace aidc {

void ScheduleSums::add(JobRecord const& record)
{
    double const waited_s = aidc::wait_s(record);
    ++jobs;
    first_submit_s = std::min(first_submit_s, record.job.submit_s);
    last_end_s = std::max(last_end_s, record.end_s);
    wait_s += waited_s;
    wait_max_s = std::max(wait_max_s, waited_s);
    slowdown += bounded_slowdown(waited_s, record.job.run_s);
    work_s += record.job.processors * record.job.run_s;
}

} // namespace aidc
