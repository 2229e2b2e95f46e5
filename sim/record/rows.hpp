#pragma once
/// \file
/// Series that grow while a simulation runs: hourly by campus, daily by hall, daily by item.

#include "sim/record/h5.hpp"
#include "sim/record/together.hpp"
#include "sim/world/world.hpp"

#include <vector>

namespace aidc {

/// /campus [time, campus]: one row an operations step.
class CampusRows {
  public:
    CampusRows(h5::File& file, Buildout const& buildout, Detail detail);
    void append(World const& world, Tick from, Tick to);

  private:
    void append_power(Flows const& flows, double dt_s);
    void append_capacity(World const& world, Id<Campus> campus);
    void append_use(World const& world, Id<Campus> campus);
    void append_temperatures(Flows const& flows);
    void append_plant(Flows const& flows, double dt_s);

    Buildout const& buildout_;
    Detail detail_;
    TogetherSums together_;
    h5::Series series_;
    std::vector<double> values_; ///< By campus, then variable
    std::vector<float> row_;     ///< By variable, then campus
};

/// /hall [time, hall]: one row a day.
class HallRows {
  public:
    HallRows(h5::File& file, Buildout const& buildout);
    void append(World const& world, Tick to);

  private:
    h5::Series series_;
    std::vector<double> row_;
};

/// /supply [time, item]: one row a day.
class SupplyRows {
  public:
    SupplyRows(h5::File& file, Buildout const& buildout);
    void append(World const& world, Tick to);

  private:
    void append_stranded(World const& world, Tick to);
    std::vector<std::size_t> by_dock(World const& world) const;

    Buildout const& buildout_;
    h5::Series series_;
    std::vector<char> is_rack_; ///< By item
    std::vector<double> stood_; ///< By item: racks of halls that were built
    std::vector<float> row_;
};

} // namespace aidc
