#pragma once
/// \file
/// A progress line with ETA on a terminal, in front of another observer.

#include "sim/world/observer.hpp"

#include <chrono>

namespace aidc {

/// Passes everything on; draws at most five times a second, on stderr, and only when that is a terminal.
class Progress final : public Observer {
  public:
    Progress(Observer& behind, Buildout const& buildout, bool quiet);

    void row(World const& world, Tick from, Tick to) override;
    void event(Event const& event) override { behind_.event(event); }
    void finish(World const& world, Tick at, Ending ending) override;

  private:
    using Clock = std::chrono::steady_clock;

    Observer& behind_;
    Buildout const& buildout_;
    bool draws_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point drawn_ = began_;
};

} // namespace aidc
