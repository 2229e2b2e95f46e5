#pragma once
/// \file
/// The one building block of a buildout: a permit, a substation, a shell, a UPS line-up, L1 to L5, IST, a rack pod.

#include "models/base/calendar.hpp"
#include "models/base/duration.hpp"
#include "models/base/tick.hpp"
#include "models/ledger/cause.hpp"
#include "models/ledger/term.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

struct Hall;
struct Campus;
struct Item;
struct UnitGroup;

/// Stage of work; decides the cause its lateness is booked to.
enum class Stage : std::uint8_t {
    permit,
    energy_quota,
    utility_works,
    substation,
    site,
    shell,
    fit_out,
    L1,
    L2,
    L3,
    L4,
    L5,
    energise,
    fabric,
    install,
    burn_in,
    acceptance,
    bridging,
    retrofit,
    retirement
};
inline constexpr std::size_t stage_count = 20;

/// One row of the table of stages.
struct StageInfo {
    Stage stage;
    std::string_view name;
    Cause cause;
};

inline constexpr std::array<StageInfo, stage_count> stages{{
    {Stage::permit, "permit", Cause::permit},
    {Stage::energy_quota, "energy_quota", Cause::energy_quota},
    {Stage::utility_works, "utility_works", Cause::utility_works},
    {Stage::substation, "substation", Cause::utility_works},
    {Stage::site, "site", Cause::site_works},
    {Stage::shell, "shell", Cause::site_works},
    {Stage::fit_out, "fit_out", Cause::site_works},
    {Stage::L1, "L1", Cause::commissioning},
    {Stage::L2, "L2", Cause::commissioning},
    {Stage::L3, "L3", Cause::commissioning},
    {Stage::L4, "L4", Cause::commissioning},
    {Stage::L5, "L5", Cause::commissioning},
    {Stage::energise, "energise", Cause::utility_works},
    {Stage::fabric, "fabric", Cause::fabric},
    {Stage::install, "install", Cause::install},
    {Stage::burn_in, "burn_in", Cause::burn_in},
    {Stage::acceptance, "acceptance", Cause::burn_in},
    {Stage::bridging, "bridging", Cause::site_works},
    {Stage::retrofit, "retrofit", Cause::site_works},
    {Stage::retirement, "retirement", Cause::site_works},
}};

constexpr StageInfo const& info(Stage stage) { return stages[static_cast<std::size_t>(stage)]; }

/// People and tools that one activity at a time can use.
struct Crew {
    /// Another number of teams from a date on.
    struct Step {
        Tick from{};
        double teams{};
    };
    std::string name;
    double teams{};          ///< At the start
    std::vector<Step> steps; ///< In order of date
};

/// Teams of a crew at a date. Fewer teams let go nobody who is at work.
double teams_at(Crew const& crew, Tick t);

/// What finishing an activity adds, or starting it takes away. Exactly one of hall, campus, group is set.
struct Grant {
    /// Of power at the fence: what may be counted on
    enum class Feed : std::uint8_t {
        firm,     ///< Grid, always there
        non_firm, ///< Grid, may be curtailed
        on_site   ///< Own generation: bridging power
    };
    Id<Hall> hall;         ///< IT watts of one term of this hall
    Id<Campus> campus;     ///< Fence watts of the grid import of this campus
    Id<UnitGroup> group;   ///< Commissioned units of this group
    Term term{};           ///< With hall or campus
    Feed feed{};           ///< With campus
    double amount{};       ///< [W] with hall or campus; [units] with group
    std::uint32_t line{};  ///< With hall and Term::racks: which rack line
    std::uint32_t racks{}; ///< With hall and Term::racks: accepted racks
};

struct Activity;

/// Goods an activity uses up; it waits until all are on site.
struct Goods {
    Id<Item> item;
    double units{};
};

/// Work that waits for predecessors, goods and a crew, may fail its test, and grants capacity when it is finished.
struct Activity {
    /// A predecessor and when it lets this activity start.
    struct Link {
        Id<Activity> from;
        bool start_to_start = false; ///< Else finish to start
        double lag_s{};              ///< From that date to the earliest start of this one [s], >= 0
    };
    std::string name; ///< "campus/building/hall/activity"; unique
    Stage stage{};
    Id<Campus> campus;
    Id<Hall> hall; ///< none: of the building or campus
    std::vector<Link> after;
    std::vector<Goods> goods;
    Id<Crew> crew; ///< none: nobody has to be free
    double teams{};
    Id<WorkCalendar> calendar; ///< none: every day counts
    Duration work;
    double retest_probability{}; ///< A failed test repeats this activity as `rework`, not the chain [0, 1)
    Duration rework;
    Tick not_before{};         ///< Earliest start, for what depends on an outside date
    std::uint32_t priority{};  ///< Waiting for the same crew, the lowest comes first; then who waited longest
    std::vector<Grant> grants; ///< Count when it is finished
    std::vector<Grant> takes;  ///< Amounts that are gone when it starts (retrofit, retirement), > 0
};

/// Date at which work that starts at `from` is done.
Tick work_done(Tick from, double work_s, WorkCalendar const* calendar);

} // namespace aidc
