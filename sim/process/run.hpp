#pragma once
/// \file
/// What the stories of one simulation share. Lives on the stack of simulate(); models never see it.

#include "sim/engine/line.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/engine/story.hpp"
#include "sim/engine/streams.hpp"
#include "sim/world/observer.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace aidc {

struct JobRun;

/// Stories that wait, by what they wait for.
struct Signals {
    explicit Signals(Buildout const& buildout);

    std::vector<Signal> activity;  ///< Started or finished
    std::vector<Signal> turn;      ///< By activity: it is the first in its queue, and something came or was freed
    std::vector<Signal> delivered; ///< Parts of an order came
    std::vector<Signal> group;     ///< Units were commissioned
    std::vector<Signal> served;    ///< A contract was served in full
    Signal never;                  ///< What does not come before the end
};

/// Which activities add to which term of which hall, in planned order. Const during a run.
struct Granters {
    struct OfHall {
        PerTerm<std::vector<Id<Activity>>> own;
        PerTerm<std::vector<Id<Activity>>> shared;
    };
    std::vector<OfHall> halls;
};

/// References to everything a story reads or changes.
struct Run {
    Buildout const& buildout;
    Plan const& plan;
    std::span<Shock const> shocks; ///< That this run meets; none in the median run
    Draws draws;
    Detail detail;
    World& world;
    Simulation& sim;
    Streams const& streams;
    Observer& observer;
    Signals& signals;
    Granters const& granters;
    std::vector<std::unique_ptr<Line>> lines;           ///< By maker; null when its lead time is quoted
    std::vector<Tick> month_ends;                       ///< Where rows end when only months are wanted; else empty
    std::vector<char> settle_asked;                     ///< By campus: a settle stands in the calendar at this instant
    std::uint32_t windows{};                            ///< Fault windows opened so far
    std::vector<std::unique_ptr<JobRun>> jobs{};        ///< By queue
    std::vector<std::vector<Id<Campus>>> served_with{}; ///< By campus: those that share a service with it, and itself

    Tick now() const { return sim.now(); }
};

/// Span [s] of a duration for one purpose of one entity; the median in the median run.
double draw_s(Run const& run, Duration const& duration, std::string_view entity, std::string_view purpose, std::uint64_t number = 0);

/// Shocks that a run meets: dated ones, if they come at all, and every occurrence of the random ones; none in the median run.
std::vector<Shock> draw_shocks(Buildout const& buildout, Streams const& streams, Draws draws);

/// Does an event of this probability happen? Never in the median run.
bool happens(Run const& run, double probability, std::string_view entity, std::string_view purpose, std::uint64_t number);

/// Closes the past of a campus (T4) and asks for a settle at this instant; call it before changing anything of the campus.
void open_for_change(Run& run, Id<Campus> campus);

/// Wakes the activity that is first in a queue.
void wake_first(Run& run, std::span<Place const> waiting, Phase phase);

/// Tells the observer.
void note(Run& run, EventKind kind, std::string_view who, double amount);

/// By campus: campuses that must be booked together, because an inference service may move load between them; and itself.
std::vector<std::vector<Id<Campus>>> find_served_with(Buildout const& buildout);

/// Which activities hold which terms, in the order of the plan (of the scenario, without one).
Granters find_granters(Buildout const& buildout, Plan const& plan);

} // namespace aidc
