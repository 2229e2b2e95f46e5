#pragma once
/// \file
/// Series of the pods that replay a trace.

#include "sim/record/h5.hpp"
#include "sim/world/world.hpp"

#include <vector>

namespace aidc {

/// /pod [time, pod]: one row an operations step; only where heat is stored (steps of a minute or less) and traces are replayed.
class PodRows {
  public:
    PodRows(h5::File& file, Buildout const& buildout);
    void append(World const& world, Tick to);

  private:
    Buildout const& buildout_;
    std::size_t pods_;
    h5::Series series_;
    std::vector<float> row_; ///< By variable, then pod
};

} // namespace aidc
