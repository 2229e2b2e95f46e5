#pragma once
/// \file
/// aidcsim replay: a log of jobs on a machine.

#include "sim/replay/replay.hpp"
#include "sim/scenario/job_log.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace aidc {

/// What stands behind the words of the command.
struct ReplayWords {
    std::string log;
    std::string output;
    std::string policy = "easy";
    std::string format = "guess";
    std::uint32_t processors{};         ///< 0: of the cells, or of the log's own machine
    std::vector<std::uint32_t> cells{}; ///< Processors of each; none: one cell
    bool machines = false;              ///< Cells of one processor
    bool skip_bad_rows = false;
    std::size_t jobs{}; ///< Only the first; 0: all
    double checkpoint_every_min{}, checkpoint_write_s{}, restart_min{}, interruptions_per_year{};
    std::uint64_t seed{};
    bool json = false;
    bool quiet = false;
    bool force = false; ///< Replace an existing file
};

/// Replays, prints the page or JSON and writes the file if one is named. \returns 0; 75 stopped
int replay(ReplayWords const& words);

namespace report {

/// A replay and where it comes from.
struct ReplayReport {
    std::string path; ///< Of the log
    JobLog const& log;
    ReplaySpec const& spec;
    Replayed const& replayed;
};
std::string replay_page(ReplayReport const& report);
std::string replay_json(ReplayReport const& report);
/// Rows of a log that were left out because they are bad: how many, and the first of them. Empty when there are none.
std::string skipped_lines(std::uint64_t skipped, std::vector<Problem> const& why);
/// The same as members of a JSON list.
std::string skipped_json(std::vector<Problem> const& why);

} // namespace report

} // namespace aidc
