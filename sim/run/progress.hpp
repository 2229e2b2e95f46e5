#pragma once
/// \file
/// Progress lines with ETA, on a terminal.

#include "sim/world/observer.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace aidc {

/// In front of another observer: passes everything on; draws at most five times a second, on stderr, and only when that is a terminal.
class ProgressLine final : public Observer {
  public:
    ProgressLine(Observer& behind, Buildout const& buildout, bool quiet);

    void row(World const& world, Tick from, Tick to) override;
    void event(Event const& event) override { behind_.event(event); }
    void window(WindowRow const& row) override { behind_.window(row); }
    void window_event(WindowEvent const& event) override { behind_.window_event(event); }
    void job(JobEntry const& entry) override { behind_.job(entry); }
    void finish(World const& world, Tick at, Ending ending) override;

  private:
    using Clock = std::chrono::steady_clock;

    Observer& behind_;
    Buildout const& buildout_;
    bool draws_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point drawn_ = began_;
};

/// The same for many runs: how many are done, how fast, and when the rest will be.
class CountProgress {
  public:
    /// \param what  Of what, in the plural; a string literal
    CountProgress(std::size_t count, std::string_view what, bool quiet);
    ~CountProgress();
    CountProgress(CountProgress const&) = delete;
    CountProgress& operator=(CountProgress const&) = delete;

    /// \param done  So many are there
    void done(std::size_t done);

  private:
    using Clock = std::chrono::steady_clock;

    std::size_t count_;
    std::string_view what_;
    bool draws_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point drawn_ = began_;
};

} // namespace aidc
