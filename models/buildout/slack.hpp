#pragma once
/// \file
/// Slack: how much later something could have been done.

#include <limits>
#include <vector>

namespace aidc {

struct Buildout;
struct Plan;

/// Slack that has no limit: nothing that was reached waits for it.
inline constexpr double no_limit_s = std::numeric_limits<double>::infinity();

/// Total float of every activity [s]: how much later it could have ended, everything else lasting as long as it did, without
/// moving the date on which a hall it serves was complete. Backward pass of the critical-path method (J. E. Kelley, M. R.
/// Walker, Critical-path planning and scheduling, Eastern Joint Computer Conference, 1959) over the network as it was built; waits for crews count as float.
/// \param dates  As built, or a plan. Activities that have not ended, and those that serve no complete hall: no_limit_s
std::vector<double> slack_s(Buildout const& buildout, Plan const& dates);

} // namespace aidc
