#pragma once
/// \file
/// Logs of jobs, in the formats in which they are published. docs/formats/jobs.md is the page for users.

#include "models/base/error.hpp"
#include "models/demand/job.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// Formats of job logs.
enum class JobLogFormat : std::uint8_t {
    guess,  ///< Told by what the file begins with
    swf,    ///< Standard Workload Format of the Parallel Workloads Archive, version 2.2
    philly, ///< Table of timestamp, duration, num_gpus: Microsoft Philly
    pai,    ///< Table of arrival_time, length, cpus: Alibaba PAI, as cut by GAIA
    batsim, ///< JSON of Batsim: jobs and profiles
    csv     ///< Table of submit_s, run_s, processors; id, estimate_s, priority if you like
};
inline constexpr std::array<std::pair<std::string_view, JobLogFormat>, 6> job_log_formats{{{"guess", JobLogFormat::guess},
                                                                                           {"swf", JobLogFormat::swf},
                                                                                           {"philly", JobLogFormat::philly},
                                                                                           {"pai", JobLogFormat::pai},
                                                                                           {"batsim", JobLogFormat::batsim},
                                                                                           {"csv", JobLogFormat::csv}}};

/// How to read a log.
struct JobLogOptions {
    JobLogFormat format{};   ///< As told, or to be guessed
    std::uint32_t machine{}; ///< Processors; a job that asks for more is bad. 0: not told
    bool skip_bad_rows{};    ///< Bad rows are left out and counted, not errors
};

/// A log that has been read.
struct JobLog {
    JobLogFormat format{};            ///< Never `guess`
    std::vector<Job> jobs;            ///< By (submit, id); from the log's zero, or from the first job where a log has dates
    std::uint64_t rows{};             ///< In the file: jobs, and those that are left out
    std::uint64_t left_out{};         ///< By the rules of logs: run time or processors not known or 0, parts of a job that is there whole
    std::uint64_t skipped{};          ///< Bad
    std::uint64_t unsorted{};         ///< Jobs submitted before the one above in the file, put in order (Philly, Batsim)
    std::uint32_t machine{};          ///< Processors of its own machine, where the log says it; else 0
    std::vector<Problem> skipped_why; ///< The first problems of bad rows that were left out, at most 20
};

/// Reads a log, also a gzip-compressed one. A job's estimate is the larger of the requested and the run time. Jobs of a log without ids
/// are numbered from 0 in order of submission, then of the file.
/// \throws InputErrors  with file and line (pointer), up to twenty at once: rows that are not what the format says, jobs larger than the
///                      machine, jobs out of order; whatever the options: no columns, no jobs, a file that is cut off or unknown
JobLog read_job_log(std::filesystem::path const& path, JobLogOptions const& options);

} // namespace aidc
