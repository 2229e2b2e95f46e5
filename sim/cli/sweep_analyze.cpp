#include "sim/cli/sweep_analyze.hpp"

namespace aidc {

void add_analyze(CLI::App&, AnalyzeWords&, int&) {}

} // namespace aidc
