#pragma once
/// \file
/// Who computed which block, and how fast: one file a worker, one line of JSON a block. Results never depend on it.

#include "sim/sweep/manifest.hpp"
#include "sim/sweep/task.hpp"

#include <cstddef>
#include <fstream>
#include <vector>

namespace aidc {

/// A block that was written.
struct LoggedBlock {
    std::size_t block{};
    std::size_t runs{};
    std::size_t failed{};
    double wall_s{}; ///< Since the block before it of the same worker
    double cpu_s{};  ///< Of its simulations
};

/// The log of one worker.
class WorkLog {
  public:
    /// \throws InputErrors  when it cannot be written
    WorkLog(Sweep const& sweep, Task task);
    void block(LoggedBlock const& block);

  private:
    std::ofstream file_;
};

/// All lines of all logs; lines that are no record are passed over.
std::vector<LoggedBlock> read_logs(Sweep const& sweep);

} // namespace aidc
