#pragma once
/// \file
/// SIGINT and SIGTERM as a question that the loop asks between instants.

#include <csignal>

namespace aidc {

/// While it lives, SIGINT and SIGTERM are noted instead of ending the process; a second one ends it.
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
};

} // namespace aidc
