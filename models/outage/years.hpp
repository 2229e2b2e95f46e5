#pragma once
/// \file
/// Years of outages of a finished campus without simulating their quiet hours: units fail and are repaired as renewal processes, and
/// each distinct loss is raced once for each class of weather; its course is then read off for as long as the loss lasts.

#include "models/outage/window.hpp"
#include "models/reliability/history.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace aidc {

/// Hours that are taken as alike.
struct WeatherClass {
    Air air;        ///< Mean of them
    double hours{}; ///< A year
};

/// Classes by outdoor dry bulb, and the class of each hour of the year.
struct WeatherClasses {
    std::vector<WeatherClass> classes;
    std::vector<std::uint8_t> of_hour;
};

/// The coldest half of the hours, the next 40 %, the next 9 % and the hottest 1 %: losses come with the heat.
WeatherClasses weather_classes(std::span<Air const> hours);

/// What chance decides at the n-th loss of the grid: uniform numbers for a set, three of them (start, time, run).
using GensetUniforms = std::function<double(std::uint64_t order, std::uint32_t set, std::uint32_t which)>;

/// What years are made from.
struct YearsInputs {
    Moment moment; ///< Its weather is not looked at
    WeatherClasses weather;
    std::vector<LifeGroup> lives;
    std::vector<Id<UnitGroup>> group_of_life;
    LifeUniforms const& uniforms;
    GensetUniforms genset_uniforms;
    std::uint32_t years{};
};

/// Losses of one cause: of one kind of unit.
struct CauseOfLoss {
    std::string family;
    std::uint64_t failures{};
    std::uint64_t with_loss{};     ///< Failures that cost anything
    LostShares lost_s;             ///< Of all live accelerators, all years [s]
    double unserved_J{};           ///< IT energy, all years [J]
    std::vector<double> by_year_s; ///< Sum of lost_s of each year [s]
};

/// A window that was raced, and how often it was used.
struct UsedWindow {
    std::string name;
    std::uint32_t weather_class{};
    std::uint64_t used{};
    WindowResult result;
};

/// Years of outages.
struct YearsResult {
    std::vector<CauseOfLoss> causes; ///< In order of family
    std::vector<UsedWindow> windows; ///< In the order in which they were needed first
    std::uint32_t years{};           ///< Complete ones
};

/// Runs them.
///
/// What is down falls into clusters that act on each other: units of the power chain of the campus with all that hangs on it, units of
/// one hall, of one building's cooling, of one pod. A failure opens an episode of its cluster: the window of this loss (with what
/// was down before) in the weather of the hour, read until the next change. A repair ends it: racks that stand then need their
/// lockout and half their ramp, shed load what the shedding law says. What is still down goes on in the window of what is left, at the time
/// since the last of it failed. Losses of clusters add up, and count in the year in which they fall. What a failure costs is what its window
/// loses on top of what was lost before it.
/// At a loss of the grid every genset draws whether and when it starts and how long it runs; windows know how many of each node started,
/// all at their median time, and a set that fails in a long outage is one fewer from then on. At any other loss all of them start.
/// Valid for: clusters that are small beside the campus. Not modelled: batteries and tanks that are not full again; the exact time to
/// start of each set; repairs in the middle of a transient of other units.
/// \param progress  Told how many years are done; returns true to stop
YearsResult run_years(YearsInputs const& inputs, std::function<bool(std::uint32_t years)> const& progress);

} // namespace aidc
