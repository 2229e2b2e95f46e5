#pragma once
/// \file
/// /jobs: one row a job, when it ends; and those that run or wait at the end.

#include "sim/record/h5.hpp"
#include "sim/world/observer.hpp"

namespace aidc {

/// Columns of a table of jobs behind those that say whose they are.
std::vector<h5::ColumnSpec> job_columns(std::string const& time_units);

/// Their cells.
void append_job(JobRecord const& record, std::vector<h5::Cell>& cells);

/// The table of a run's jobs; of no use in a file without queues.
class JobTable {
  public:
    JobTable(h5::File& file, Buildout const& buildout);
    void append(JobEntry const& entry);

  private:
    Buildout const& buildout_;
    h5::Table table_;
};

} // namespace aidc
