#include "sim/sweep/status.hpp"

#include "sim/record/h5.hpp"
#include "sim/sweep/block.hpp"
#include "sim/sweep/work_log.hpp"

namespace aidc {

SweepStatus status_of(Sweep const& sweep)
{
    SweepStatus status{.blocks = sweep.blocks(), .runs = sweep.runs()};
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        if (!std::filesystem::exists(sweep.block_file(b))) {
            continue;
        }
        try {
            auto const runs = read_block(sweep, b);
            ++status.blocks_there;
            status.runs_there += runs.size();
            for (std::size_t i = 0; i < runs.size(); ++i) {
                if (!runs[i].error.empty()) {
                    status.failed.push_back({.run = sweep.first_run(b) + i, .error = runs[i].error});
                }
            }
        }
        catch (h5::Error const& error) {
            ++status.blocks_damaged;
            status.complaints.emplace_back(error.what());
        }
    }
    status.runs_failed = status.failed.size();
    for (auto const& block : read_logs(sweep)) {
        status.logged_runs += block.runs;
        status.cpu_s += block.cpu_s;
        status.wall_s += block.wall_s;
    }
    return status;
}

} // namespace aidc
