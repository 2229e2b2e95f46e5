#pragma once
/// \file
/// Fault windows of a run: one row a window, one a step, one a change. Only in files of runs that had one.

#include "sim/record/h5.hpp"
#include "sim/world/observer.hpp"

#include <optional>
#include <vector>

namespace aidc {

/// /windows, /window_rows and /window_events.
class WindowTables {
  public:
    WindowTables(h5::File& file, Buildout const& buildout) : file_(file), buildout_(buildout) {}

    void append(WindowRow const& row);
    void append(WindowEvent const& event);
    /// Writes /windows. \pre nothing more will be appended
    void finish();

  private:
    /// What a window came to.
    struct Seen {
        std::uint32_t campus{};
        double began_s{}, ended_s{};
        double steps{}, racks{}, least_racks{}, chip_max_C{}, supply_max_C{}, genset_J{};
    };

    void open();

    h5::File& file_;
    Buildout const& buildout_;
    std::optional<h5::Table> rows_;
    std::optional<h5::Table> events_;
    std::vector<Seen> seen_; ///< By window
};

} // namespace aidc
