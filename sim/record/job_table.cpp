#include "sim/record/job_table.hpp"

#include "sim/record/tables.hpp"

#include <cmath>
#include <limits>

namespace aidc {
namespace {

h5::Table open_jobs(h5::File& file, Buildout const& b)
{
    auto streams = file.group("job_streams", "Where the jobs of /jobs come from")
                       .table("stream", {{{"queue", "", "queue of jobs"}, h5::Type::text}, {{"name", "", "stream of it"}, h5::Type::text}});
    for (auto const& load : b.job_loads) {
        for (auto const& stream : load.streams) {
            streams.append({load.name, stream.name});
        }
    }
    std::vector<h5::ColumnSpec> columns{
        {{"stream", "1", "where it comes from: row of /job_streams"}, h5::Type::int32},
        {{"swing_W", "W", "IT power that comes and goes when its gang starts and stops"}, h5::Type::float32}};
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
    record.job.id = stream_job(record.job.id, load.streams.size()).id;
    auto const& kind = buildout_.kinds[buildout_.contracts[load.contract.row].kind.row];
    double const swing_W = (mean_power_W(kind, 1.0) - mean_power_W(kind, 0.0)) / accelerators(kind) * record.job.processors;
    std::int64_t stream = record.job.rules;
    for (std::uint32_t l = 0; l < entry.load.row; ++l) {
        stream += static_cast<std::int64_t>(buildout_.job_loads[l].streams.size());
    }
    std::vector<h5::Cell> cells{stream, swing_W};
    append_job(record, cells);
    table_.append(cells);
}

} // namespace aidc
