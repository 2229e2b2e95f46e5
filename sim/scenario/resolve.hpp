#pragma once
/// \file
/// From names to ids: checks what one key alone cannot, and builds the buildout.

#include "models/buildout/buildout.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/spec.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace aidc {

/// Names of one kind of thing, and the complaint when one is unknown.
template <class T> class Names {
  public:
    explicit Names(std::string kind) : kind_(std::move(kind)) {}

    /// \returns false when the name is taken
    bool add(std::string const& name, Id<T> id) { return ids_.emplace(name, id).second; }
    Id<T> find(std::string const& name) const
    {
        auto const at = ids_.find(name);
        return at == ids_.end() ? Id<T>{} : at->second;
    }
    std::string complaint(std::string const& name) const
    {
        std::vector<std::string> known;
        for (auto const& [other, id] : ids_) {
            known.push_back(other);
        }
        auto const near = nearest(name, known);
        return fmt::format("no {} is called \"{}\"{}", kind_, name, near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near));
    }

  private:
    std::string kind_;
    std::map<std::string, Id<T>> ids_;
};

/// Hours of weather that were made or read already, by the text of the climate that asked for them.
using MadeYears = std::map<std::string, WeatherYear>;

/// What the resolving functions share. Lives during ScenarioFile::resolve() only.
struct Resolver {
    ScenarioSpec const& spec;
    Document const& document;
    std::filesystem::path folder; ///< Of the scenario file: weather files are relative to it
    std::vector<Problem>& problems;
    Buildout& out;
    MadeYears& years;

    Names<Factor> factors{"factor"};
    Names<WorkCalendar> calendars{"calendar"};
    Names<Climate> climates{"climate"};
    Names<Crew> crews{"crew"};
    Names<Item> items{"item of a maker"};
    Names<Maker> makers{"maker"};
    Names<Campus> campuses{"campus"};
    Names<RackKind> kinds{"kind of rack"};
    Names<Building> buildings{"building"};
    Names<Hall> halls{"hall"};
    Names<Contract> contracts{"contract"};

    std::vector<bool> factor_is_used{};           ///< By factor: some distribution names it
    std::vector<std::string> hall_pointers{};     ///< Place of each hall
    std::vector<std::string> activity_pointers{}; ///< Place of each activity, or of what implies it

    /// \param pointer  The last key may lack its unit: the one that is written is found
    void problem(std::string const& pointer, std::string message);
    /// Id of a name that must be known; an empty name is none.
    template <class T> Id<T> refer(Names<T> const& names, std::string const& name, std::string const& pointer)
    {
        auto const id = names.find(name);
        if (!name.empty() && !id) {
            problem(pointer, names.complaint(name));
        }
        return id;
    }
    /// Adds the name of row i of a table; complains when it is taken.
    template <class T> void declare(Names<T>& names, std::string const& name, std::size_t i, std::string const& pointer)
    {
        if (!name.empty() && !names.add(name, id<T>(i))) {
            problem(pointer, fmt::format("\"{}\" is the name of an earlier one; rename it", name));
        }
    }
    /// The pointer as it is written: with the unit of its last key.
    std::string written(std::string const& pointer) const;
    /// Tick of a date; complains when it lies before the start.
    Tick tick(Date const& date, std::string const& pointer);
    Duration duration(DurationText const& text, std::string const& pointer);
    /// Is a rack of the kind planned at the campus?
    bool planned_at(Id<Campus> campus, Id<RackKind> kind) const;
};

void resolve_frame(Resolver& r); ///< Start, end, step, seed, factors, calendars, crews, racks
void resolve_climates(Resolver& r);
void resolve_supply(Resolver& r); ///< Makers, items, parts, orders
void resolve_shocks(Resolver& r);
void resolve_sites(Resolver& r);      ///< Campuses, buildings, halls, unit groups
void resolve_activities(Resolver& r); ///< Of all sites, and those that racks and built halls imply
void resolve_demand(Resolver& r);     ///< Contracts; then the next two
void resolve_services(Resolver& r);   ///< Inference, part of the demand
void resolve_jobs(Resolver& r);       ///< Queues of jobs, part of the demand
void resolve_targets(Resolver& r);
void resolve_traces(Resolver& r);
void resolve_faults(Resolver& r);
void check_factors(Resolver& r);   ///< Each moves something
void check_reachable(Resolver& r); ///< No circle of predecessors; every hall can get every term
void derive_design(Resolver& r);   ///< What follows from design weather: curves of the halls

/// Puts a service or a queue of jobs on a contract; complains when it has one already, or names no kind of rack.
void take_contract(Resolver& r, Id<Contract> contract, Load load, std::string const& pointer);

/// Complains about a course of the day that is none.
void check_course(Resolver& r, DailyCourse const& course, std::string const& pointer);

/// Pointer of element i of a list.
inline std::string at(std::string const& list, std::size_t i) { return fmt::format("{}/{}", list, i); }

} // namespace aidc
