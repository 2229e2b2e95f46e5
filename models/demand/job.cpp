#include "models/demand/job.hpp"

#include <algorithm>

namespace aidc {

double bounded_slowdown(double wait_s, double run_s, double least_s) { return std::max(1.0, (wait_s + run_s) / std::max(run_s, least_s)); }

} // namespace aidc
