#pragma once
/// \file
/// Expected losses of a finished campus over many years of outages, and the file they are written to.

#include "models/buildout/buildout.hpp"
#include "models/outage/years.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace aidc {

/// Years of one campus.
struct CampusYears {
    std::string campus;
    double accelerators{};          ///< Live
    double racks{};                 ///< Live
    double pooled_unavailability{}; ///< Accelerators under repair, long-run share [-]: not a part of the windows
    YearsResult result;
};

/// Mean of a year and its standard error over the years.
struct YearlyMean {
    double value{}, standard_error{};
};

/// Accelerator-hours lost a year by a cause.
YearlyMean lost_accelerator_h(CampusYears const& years, CauseOfLoss const& cause);
/// The same by all causes together.
YearlyMean lost_accelerator_h(CampusYears const& years);

/// Runs `count` years of one campus; every group of units with a life takes part.
/// \param progress  Told how many years are done; returns true to stop      \throws SolverError
CampusYears years_of(Buildout const& buildout, Id<Campus> campus, std::uint32_t count, double busy,
                     std::function<bool(std::uint32_t)> const& progress);

/// Writes /years, /causes and /windows of every campus. \throws h5::Error
void write_years(std::filesystem::path const& path, Buildout const& buildout, std::vector<CampusYears> const& campuses);

} // namespace aidc
