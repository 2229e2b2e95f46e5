#include "sim/cli/sweep_optimize.hpp"

namespace aidc {

void add_optimize(CLI::App&, OptimizeWords&, int&) {}

} // namespace aidc
