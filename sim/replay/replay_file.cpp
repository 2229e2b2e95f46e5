#include "sim/replay/replay_file.hpp"

#include "sim/record/job_table.hpp"
#include "sim/run/request.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/sha256.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {
namespace {

template <class Enum, std::size_t n> std::string word(std::array<std::pair<std::string_view, Enum>, n> const& words, Enum value)
{
    return std::string(std::ranges::find(words, value, [](auto const& each) { return each.second; })->first);
}

void write_log(h5::Group& summary, JobLog const& log)
{
    auto const count = [&](std::string const& name, std::string const& what, std::uint64_t value) {
        summary.scalar({name, "1", what}, static_cast<std::int64_t>(value));
    };
    summary.scalar({"format", "", "format of the log"}, word(job_log_formats, log.format));
    count("rows", "rows of the log", log.rows);
    count("left_out", "of them, ran nothing, by the rules of logs", log.left_out);
    count("skipped", "of them, bad", log.skipped);
    count("unsorted", "jobs that stood too late in the log and were put in order", log.unsorted);
}

void write_use(h5::File& file, UseGrid const& use)
{
    auto group = file.group("use", "Processors used and asked for, in equal steps from the first submission to the last end");
    auto table = group.table("step", {{{"from_s", "s", "time since the log's zero"}},
                                      {{"length_s", "s", "length of the step; the last one ends with the last job"}},
                                      {{"used_processors", "1", "processors held by jobs", "step: mean"}},
                                      {{"queued_processors", "1", "processors that queued jobs ask for", "step: mean"}}});
    for (auto const& row : use.rows()) {
        table.append({row.from_s, row.length_s, row.used, row.queued});
    }
    group.default_plot("used_processors", {"from_s"}, {"queued_processors"});
}

} // namespace

ReplayFile::ReplayFile(std::filesystem::path const& path, std::string const& log_path, ReplaySpec const& spec)
    : file_(path), summary_(file_.group("summary", "All jobs")),
      jobs_(file_.group("jobs", "Jobs in the order of their ends; times since the log's zero").table("job", job_columns("s")))
{
    file_.attribute("title", log_path);
    file_.attribute("source", program_name());
    file_.attribute("seed", static_cast<std::int64_t>(spec.seed));
    file_.attribute("aidcsim_format", std::string("replay 1"));
    file_.attribute("log_sha256", sha256(read_text(log_path)));
}

void ReplayFile::append(JobRecord const& record)
{
    std::vector<h5::Cell> cells;
    append_job(record, cells);
    jobs_.append(cells);
}

void ReplayFile::close(Replayed const& r, JobLog const& log, ReplaySpec const& spec)
{
    auto const machine = static_cast<double>(processors(spec));
    auto const count = [this](std::string const& name, std::string const& what, std::uint64_t value) {
        summary_.scalar({name, "1", what}, static_cast<std::int64_t>(value));
    };
    auto const value = [this](std::string const& name, std::string const& units, std::string const& what, double x) {
        summary_.scalar({name, units, what}, x);
    };
    write_log(summary_, log);
    count("processors", "processors of the machine", processors(spec));
    count("cells", "cells of the machine", spec.cells.size());
    summary_.scalar({"policy", "", "who runs next"}, word(policies, spec.policy));
    value("checkpoint_every_s", "s", "work between two checkpoints; 0: none", spec.rules.checkpoint.every_s);
    value("checkpoint_write_s", "s", "a job stands while one is written", spec.rules.checkpoint.write_s);
    value("restart_s", "s", "from an interruption until a job works again", spec.rules.checkpoint.restart_s);
    value("interruptions_per_s", "s-1", "of one processor at work", spec.rules.interruptions_per_s);
    count("jobs", "jobs", r.sums.jobs);
    value("mean_wait_s", "s", "mean wait from submission to first start", r.sums.mean_wait_s());
    value("longest_wait_s", "s", "longest wait", r.sums.wait_max_s);
    value("mean_slowdown", "1", "mean of max(1, (wait + run)/max(run, 10 s))", r.sums.mean_slowdown());
    value("first_submit_s", "s", "first submission, since the log's zero", r.sums.first_submit_s);
    value("last_end_s", "s", "last end, since the log's zero", r.sums.last_end_s);
    value("makespan_s", "s", "from the first submission to the last end", r.sums.makespan_s());
    value("work_s", "s", "processors times run time of all jobs", r.sums.work_s);
    value("held_s", "s", "processor time that jobs held", r.pool.allocated_s);
    value("utilization", "1", "work over processors times makespan", r.sums.utilization(machine));
    value("goodput", "1", "work over processor time held", r.goodput());
    count("interruptions", "interruptions from which jobs restarted", r.pool.interrupted);
    count("evictions", "jobs that were sent back to the queue", r.pool.evicted);
    write_use(file_, r.use);
    file_.commit();
}

} // namespace aidc
