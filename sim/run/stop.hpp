#pragma once
/// \file
/// SIGINT, SIGTERM and SIGUSR1 (batch systems: time is nearly over) as a question that the loop asks between instants.

#include <csignal>

namespace aidc {

/// While it lives, these signals are noted instead of ending the process; a second one of the same kind ends it.
class StopOnSignal {
  public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(StopOnSignal const&) = delete;
    StopOnSignal& operator=(StopOnSignal const&) = delete;

    bool asked() const;

  private:
    struct sigaction before_int_ {};
    struct sigaction before_term_ {};
    struct sigaction before_usr1_ {};
};

} // namespace aidc
