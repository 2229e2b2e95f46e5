#include "sim/record/job_table.hpp"

#include "sim/record/tables.hpp"

#include <cmath>
#include <limits>

namespace aidc {
namespace {

h5::Table open_jobs(h5::File& file, Buildout const& b)
{
    std::vector<h5::ColumnSpec> columns{{{"queue", "", "queue of jobs"}, h5::Type::text},
                                        {{"stream", "", "where it comes from"}, h5::Type::text}};
    for (auto& column : job_columns(time_units(b))) {
        columns.push_back(std::move(column));
    }
    return file.group("jobs", "Jobs in the order of their ends; then those that run or wait when the run ends").table("job", columns);
}

} // namespace

std::vector<h5::ColumnSpec> job_columns(std::string const& time_units)
{
    return {{{"id", "1", "number of the job in its log or stream"}, h5::Type::int64},
            {{"accelerators", "1", "accelerators (processors) of its gang"}, h5::Type::int64},
            {{"submit", time_units, "submitted"}},
            {{"start", time_units, "first start; missing: never"}},
            {{"end", time_units, "end; missing: not done"}},
            {{"wait_s", "s", "from submission to the first start; missing: never"}},
            {{"run_s", "s", "its work, uninterrupted"}},
            {{"allocated_s", "s", "time in which it held its accelerators"}},
            {{"lost_s", "s", "work that was rolled back"}},
            {{"writing_s", "s", "writing checkpoints"}},
            {{"interruptions", "1", "failures from which it restarted"}, h5::Type::int32},
            {{"evictions", "1", "times it was sent back to the queue"}, h5::Type::int32},
            {{"spans", "1", "its last placement spans halls (1) or not (0)"}, h5::Type::int8}};
}

void append_job(JobRecord const& record, std::vector<h5::Cell>& cells)
{
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const& job = record.job;
    for (h5::Cell cell : {h5::Cell(job.id), h5::Cell(static_cast<std::int64_t>(job.processors)), h5::Cell(job.submit_s),
                          h5::Cell(record.start_s), h5::Cell(std::isfinite(record.end_s) ? record.end_s : nan), h5::Cell(wait_s(record)),
                          h5::Cell(job.run_s), h5::Cell(record.allocated_s), h5::Cell(record.lost_s), h5::Cell(record.writing_s),
                          h5::Cell(static_cast<std::int64_t>(record.interruptions)), h5::Cell(static_cast<std::int64_t>(record.evictions)),
                          h5::Cell(static_cast<std::int64_t>(record.spans))}) {
        cells.push_back(std::move(cell));
    }
}

JobTable::JobTable(h5::File& file, Buildout const& buildout) : buildout_(buildout), table_(open_jobs(file, buildout)) {}

void JobTable::append(JobEntry const& entry)
{
    auto const& load = buildout_.job_loads[entry.load.row];
    auto record = entry.record;
    record.job.id /= static_cast<std::int64_t>(load.streams.size()); // the number in its stream
    std::vector<h5::Cell> cells{load.name, load.streams[record.job.rules].name};
    append_job(record, cells);
    table_.append(cells);
}

} // namespace aidc
