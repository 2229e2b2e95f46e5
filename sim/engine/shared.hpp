#pragma once
/// \file
/// What Simulation has to know of a line. Private to sim/engine.

#include <string>

namespace aidc::engine {

/// Something whose work SimGrid shares out.
class Shared {
  public:
    virtual void begin() = 0;         ///< Start what can start: SimGrid's clock stands at `now`
    virtual bool stalled() const = 0; ///< True if work that must be done by now is not
    virtual std::string const& name() const = 0;

  protected:
    ~Shared() = default;
};

} // namespace aidc::engine
