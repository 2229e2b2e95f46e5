#pragma once
/// \file
/// What the capacity was used for, on the page of a run: the ladder of each pool, contracts, queues of jobs.

#include "sim/cli/show_facts.hpp"
#include "sim/cli/show_page.hpp"
#include "sim/record/h5_reader.hpp"

namespace aidc::report {

/// Ladders, contracts and queues; empty for files that have none.
UseFacts read_use(h5::Reader const& file);

/// Nothing when nothing was ever live. \param all  Every pool, contract and stream
void print_use(Page& page, UseFacts const& use, bool all);

} // namespace aidc::report
