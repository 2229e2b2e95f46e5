#pragma once
/// \file
/// Series of what the capacity is used for: the ladder of each pool, contracts, services, queues of jobs. One row an operations step.

#include "sim/record/h5.hpp"
#include "sim/world/world.hpp"

#include <optional>

namespace aidc {

/// /pool, /contract, /service and /queue, each [time, name of one]; those that a scenario has none of are not there.
class UseRows {
  public:
    UseRows(h5::File& file, Buildout const& buildout);
    void append(World const& world, Tick from, Tick to);

  private:
    Buildout const& buildout_;
    std::optional<h5::Series> pools_, contracts_, services_, queues_;
};

/// /ladder: accelerator-hours of each pool, rung by rung, over the whole run; and /contracts: what each contract was owed, got and did.
void write_use(h5::File& file, Buildout const& buildout, World const& world);

} // namespace aidc
