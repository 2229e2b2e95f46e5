#pragma once
/// \file
/// Hourly weather files.

#include "models/fluid/moist_air.hpp"

#include <filesystem>
#include <vector>

namespace aidc {

/// The 8760 hours of an EnergyPlus weather file (EPW): dry bulb, relative humidity, pressure. A 29 February is left out.
///
/// Source: EnergyPlus Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary": 8 header lines, then one line an
/// hour; fields 7, 9, 10 are dry bulb [C], relative humidity [%], station pressure [Pa]; 99.9, 999, 999999 mean missing.
/// \throws InputErrors  with the line
std::vector<Air> read_epw(std::filesystem::path const& path);

} // namespace aidc
