#include "sim/scenario/resolve_grant.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace aidc {
namespace {

/// An activity of the scenario, placed but not yet tied to its predecessors.
struct Placed {
    ActivitySpec const* spec{};
    Scope scope;
    std::string pointer;
    std::uint32_t block = 0; ///< 0, 1, ... of spec->blocks
    Id<Activity> activity{};
};

/// An install activity that waits for what its hall's "install" names.
struct Pod {
    InstallSpec const* spec{};
    RackLineSpec const* line{};
    Scope scope;
    std::string pointer;
    double place{}; ///< In its hall: 0 the first pod, below 1 the last
    Id<Activity> activity;
};

/// What a name of a predecessor stands for: one activity, or the first of several blocks.
struct Predecessor {
    Id<Activity> first;
    std::uint32_t blocks = 1;
};

class Activities {
  public:
    explicit Activities(Resolver& r) : r_(r) {}

    void place_all();
    void tie_all();

  private:
    void place(std::vector<ActivitySpec> const& specs, Scope const& scope, std::string const& list);
    void place_hall(HallSpec const& spec, Scope const& scope, std::string const& pointer);
    void place_block(ActivitySpec const& spec, Scope const& scope, std::string const& pointer, std::uint32_t block);
    void add_pods(HallSpec const& spec, Scope const& scope, std::string const& pointer);
    void add_pod(Pod pod, std::uint32_t line, std::uint32_t number);
    void add(Activity activity, std::string const& pointer);
    void add_built(HallSpec const& spec, Scope const& scope, std::string const& pointer);
    void add_built_campus(CampusSpec const& spec, Id<Campus> campus, std::string const& pointer);
    Predecessor predecessor(std::string const& name, Scope const& scope, std::string const& pointer);
    void tie(Placed const& placed, Activity& activity);
    void tie_pod(Pod const& pod, std::string const& name, std::string const& pointer);
    Activity from_spec(Placed const& placed);

    Resolver& r_;
    Names<Activity> names_{"activity"};
    std::map<std::string, std::uint32_t> blocks_; ///< By full name of what is done in several blocks: how many
    std::vector<Placed> placed_;
    std::vector<Pod> pods_; ///< Install activities, placed but not yet tied
};

void Activities::place(std::vector<ActivitySpec> const& specs, Scope const& scope, std::string const& list)
{
    for (std::size_t i = 0; i < specs.size(); ++i) {
        auto const first = id<Activity>(r_.out.activities.size());
        if (!names_.add(scope.prefix + specs[i].name, first)) {
            r_.problem(at(list, i) + "/name",
                       fmt::format("\"{}{}\" is the name of an earlier activity; rename it", scope.prefix, specs[i].name));
        }
        if (specs[i].blocks > 1) {
            blocks_.emplace(scope.prefix + specs[i].name, specs[i].blocks);
        }
        for (std::uint32_t block = 0; block < std::min(specs[i].blocks, 1000u); ++block) {
            place_block(specs[i], scope, at(list, i), block);
        }
    }
}

void Activities::place_block(ActivitySpec const& spec, Scope const& scope, std::string const& pointer, std::uint32_t block)
{
    placed_.push_back(
        {.spec = &spec, .scope = scope, .pointer = pointer, .block = block, .activity = id<Activity>(r_.out.activities.size())});
    auto activity = from_spec(placed_.back());
    if (spec.blocks > 1) {
        activity.name += fmt::format("/{}", block + 1);
        if (!names_.add(activity.name, placed_.back().activity)) {
            r_.problem(pointer + "/blocks",
                       fmt::format("makes an activity \"{}\", and one is called so already; rename that", activity.name));
        }
    }
    r_.activity_pointers.push_back(pointer);
    r_.out.activities.push_back(std::move(activity));
}

/// An activity that the scenario implies: "install/KIND/1", "burn_in/KIND/1", "built". Its name must be its own.
void Activities::add(Activity activity, std::string const& pointer)
{
    if (!names_.add(activity.name, id<Activity>(r_.out.activities.size()))) {
        r_.problem(pointer, fmt::format("implies an activity \"{}\", and one is called so already; rename that", activity.name));
    }
    r_.activity_pointers.push_back(pointer);
    r_.out.activities.push_back(std::move(activity));
}

/// Work of a crew that never has as many teams never starts.
void check_teams(Resolver& r, double teams, Id<Crew> crew_id, std::string const& pointer)
{
    if (!crew_id) {
        return;
    }
    auto const& crew = r.out.crews[crew_id.row];
    double most = crew.teams;
    for (auto const& step : crew.steps) {
        most = std::max(most, step.teams);
    }
    if (teams > most) {
        r.problem(pointer, fmt::format("is {:g} and crew {} has {:g} teams (it would never start)", teams, crew.name, most));
    }
}

/// A block's share of an amount; of units of a group and of goods, whole ones.
double block_share(double amount, bool whole, Placed const& placed)
{
    double const n = placed.spec->blocks;
    double const upto = amount * (placed.block + 1) / n;
    double const before = amount * placed.block / n;
    return whole ? std::floor(upto + 1e-9) - std::floor(before + 1e-9) : amount / n;
}

Activity Activities::from_spec(Placed const& placed)
{
    auto const& s = *placed.spec;
    auto const& p = placed.pointer;
    Activity activity{.name = placed.scope.prefix + s.name,
                      .stage = s.stage,
                      .campus = placed.scope.campus,
                      .hall = placed.scope.hall,
                      .crew = r_.refer(r_.crews, s.crew, p + "/crew"),
                      .teams = s.teams,
                      .calendar = r_.refer(r_.calendars, s.calendar, p + "/calendar"),
                      .work = r_.duration(s.work, p + "/work"),
                      .retest_probability = s.retest_probability,
                      .rework = r_.duration(s.rework, p + "/rework"),
                      .priority = placed.scope.hall ? r_.out.halls[placed.scope.hall.row].handover_order : 0};
    check_teams(r_, s.teams, activity.crew, p + "/teams");
    if (s.crew.empty() && s.teams != 1.0) {
        r_.problem(p + "/teams", "stands without a crew (it would be ignored); add \"crew\" or remove it");
    }
    if (s.not_before) {
        activity.not_before = r_.tick(*s.not_before, p + "/not_before");
    }
    for (std::size_t g = 0; g < s.goods.size(); ++g) {
        bool const whole = s.goods[g].units == std::floor(s.goods[g].units);
        Goods const goods{.item = r_.refer(r_.items, s.goods[g].item, at(p + "/goods", g) + "/item"),
                          .units = block_share(s.goods[g].units, whole, placed)};
        if (goods.units > 0.0) {
            activity.goods.push_back(goods);
        }
    }
    for (std::size_t g = 0; g < s.grants.size(); ++g) {
        activity.grants.push_back(grant_of(r_, s.grants[g], placed.scope, at(p + "/grants", g)));
        auto& amount = activity.grants.back().amount;
        amount = block_share(amount, static_cast<bool>(activity.grants.back().group), placed);
    }
    for (std::size_t g = 0; g < s.takes.size(); ++g) {
        activity.takes.push_back(taken_of(r_, s.takes[g], placed.scope, at(p + "/takes", g)));
    }
    if (s.blocks > 1 && !s.takes.empty()) {
        r_.problem(p + "/takes", "stands beside blocks (each would take it all); write one activity a block");
    }
    if (s.blocks > 1000) {
        r_.problem(p + "/blocks", "is more than 1000; check it");
    }
    return activity;
}

void Activities::place_all()
{
    std::uint32_t building = 0;
    std::uint32_t hall = 0;
    for (std::size_t c = 0; c < r_.spec.campuses.size(); ++c) {
        auto const& campus = r_.spec.campuses[c];
        auto const at_campus = at("/campuses", c);
        Scope scope{.campus = id<Campus>(c), .building = {}, .hall = {}, .prefix = campus.name + "/"};
        place(campus.activities, scope, at_campus + "/activities");
        for (std::size_t b = 0; b < campus.buildings.size(); ++b) {
            auto const at_building = at(at_campus + "/buildings", b);
            Scope inner{
                .campus = scope.campus, .building = {building++}, .hall = {}, .prefix = scope.prefix + campus.buildings[b].name + "/"};
            place(campus.buildings[b].activities, inner, at_building + "/activities");
            for (std::size_t h = 0; h < campus.buildings[b].halls.size(); ++h) {
                Scope in_hall = inner;
                in_hall.hall = {hall++};
                in_hall.prefix += campus.buildings[b].halls[h].name + "/";
                place_hall(campus.buildings[b].halls[h], in_hall, at(at_building + "/halls", h));
            }
        }
        if (campus.built) {
            add_built_campus(campus, scope.campus, at_campus);
        }
    }
}

/// Does a line take over the positions of another?
bool is_retrofit(RackLineSpec const& line) { return !line.replaces.empty(); }

void Activities::place_hall(HallSpec const& spec, Scope const& scope, std::string const& pointer)
{
    place(spec.activities, scope, pointer + "/activities");
    bool const retrofits = std::ranges::any_of(spec.racks, is_retrofit);
    if (spec.built && !retrofits && (spec.install || !spec.activities.empty())) {
        r_.problem(pointer + "/built",
                   "is true beside activities or \"install\" (nothing is left to do in a built hall, unless a line of racks "
                   "\"replaces\" another); remove one");
    }
    if ((!spec.built || retrofits) && !spec.install) {
        r_.problem(pointer + "/install", "missing (no rack would come in); add it, or \"built\": true");
    }
    if (spec.built) {
        add_built(spec, scope, pointer + "/built");
    }
    if (spec.install && (!spec.built || retrofits)) {
        add_pods(spec, scope, pointer);
    }
}

void Activities::add_pods(HallSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const& hall = r_.out.halls[scope.hall.row];
    std::uint32_t pods_before = 0;
    for (std::uint32_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = r_.out.kinds[hall.lines[l].kind.row];
        auto const line = std::ranges::find(spec.racks, kind.name, &RackLineSpec::rack);
        if (spec.built && !is_retrofit(*line)) {
            continue; // stands already
        }
        if (!r_.items.find(kind.name)) {
            r_.problem(at(pointer + "/racks", l) + "/rack",
                       fmt::format("nobody makes the item \"{}\" (it would never arrive); add a maker whose item has the name of the rack",
                                   kind.name));
            continue;
        }
        std::uint32_t const pods = (hall.lines[l].racks + hall.lines[l].racks_per_pod - 1) / hall.lines[l].racks_per_pod;
        for (std::uint32_t pod = 0; pod < pods; ++pod) {
            double const place = std::min(1.0 - 1e-9, (pods_before + pod) / std::max(1.0, static_cast<double>(spec.pods)));
            add_pod(
                {.spec = &*spec.install, .line = &*line, .scope = scope, .pointer = pointer + "/install", .place = place, .activity = {}},
                l, pod);
        }
        pods_before += pods;
    }
}

void Activities::add_pod(Pod pod, std::uint32_t line, std::uint32_t number)
{
    auto const& spec = *pod.spec;
    auto const& hall = r_.out.halls[pod.scope.hall.row];
    auto const& planned = hall.lines[line];
    auto const& kind = r_.out.kinds[planned.kind.row];
    std::uint32_t const racks = std::min(planned.racks_per_pod, planned.racks - number * planned.racks_per_pod);
    auto const suffix = fmt::format("/{}/{}", kind.name, number + 1);

    Activity install{.name = pod.scope.prefix + "install" + suffix,
                     .stage = Stage::install,
                     .campus = pod.scope.campus,
                     .hall = pod.scope.hall,
                     .goods = {{.item = r_.items.find(kind.name), .units = static_cast<double>(racks)}},
                     .crew = r_.refer(r_.crews, spec.crew, pod.pointer + "/crew"),
                     .teams = 1.0,
                     .calendar = r_.refer(r_.calendars, spec.calendar, pod.pointer + "/calendar"),
                     .work = scaled(r_.duration(spec.work_per_rack, pod.pointer + "/work_per_rack"), racks),
                     .priority = hall.handover_order};
    check_teams(r_, install.teams, install.crew, pod.pointer + "/crew");
    pod.activity = id<Activity>(r_.out.activities.size());
    pods_.push_back(pod);
    add(std::move(install), pod.pointer);

    Activity burn_in{
        .name = pod.scope.prefix + "burn_in" + suffix,
        .stage = Stage::burn_in,
        .campus = pod.scope.campus,
        .hall = pod.scope.hall,
        .after = {{.from = pod.activity}},
        .work = r_.duration(spec.burn_in, pod.pointer + "/burn_in"),
        .retest_probability = spec.retest_probability,
        .rework = r_.duration(spec.rework, pod.pointer + "/rework"),
        .priority = hall.handover_order,
        .grants = {{.hall = pod.scope.hall, .term = Term::racks, .amount = racks * budget_W(kind), .line = line, .racks = racks}}};
    add(std::move(burn_in), pod.pointer);
}

/// A hall that stands at the start: one activity without duration that grants everything but what comes by retrofit.
void Activities::add_built(HallSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const& hall = r_.out.halls[scope.hall.row];
    Activity built{
        .name = scope.prefix + "built", .stage = Stage::L5, .campus = scope.campus, .hall = scope.hall, .work = Duration::fixed(0.0)};
    for (auto const term : {Term::handover, Term::space, Term::network, Term::cooling}) {
        built.grants.push_back({.hall = scope.hall, .term = term, .amount = hall.design_W});
    }
    built.grants.push_back({.group = hall.ups_group, .amount = static_cast<double>(r_.out.groups[hall.ups_group.row].units)});
    for (std::uint32_t l = 0; l < hall.lines.size(); ++l) {
        auto const& line = hall.lines[l];
        if (is_retrofit(*std::ranges::find(spec.racks, r_.out.kinds[line.kind.row].name, &RackLineSpec::rack))) {
            continue;
        }
        built.grants.push_back(
            {.hall = scope.hall, .term = Term::racks, .amount = line_W(line, r_.out.kinds[line.kind.row]), .line = l, .racks = line.racks});
    }
    add(std::move(built), pointer);
}

void Activities::add_built_campus(CampusSpec const& spec, Id<Campus> campus, std::string const& pointer)
{
    Activity built{.name = spec.name + "/built", .stage = Stage::energise, .campus = campus, .work = Duration::fixed(0.0)};
    built.grants.push_back({.campus = campus, .term = Term::utility, .amount = spec.import_W});
    for (std::size_t g = 0; g < r_.out.groups.size(); ++g) {
        auto const& group = r_.out.groups[g];
        if (group.campus == campus && group.granted && group.kind != UnitGroup::Kind::ups) {
            built.grants.push_back({.group = id<UnitGroup>(g), .amount = static_cast<double>(group.units)});
        }
    }
    add(std::move(built), pointer);
}

/// Nearest activity of this name: of the hall, the building, the campus, or by its full name.
Predecessor Activities::predecessor(std::string const& name, Scope const& scope, std::string const& pointer)
{
    auto const found_as = [this](std::string const& full) {
        auto const blocks = blocks_.find(full);
        return Predecessor{.first = names_.find(full), .blocks = blocks == blocks_.end() ? 1 : blocks->second};
    };
    for (std::string prefix = scope.prefix; !prefix.empty();) {
        if (auto const found = found_as(prefix + name); found.first) {
            return found;
        }
        auto const slash = prefix.rfind('/', prefix.size() - 2);
        prefix = slash == std::string::npos ? "" : prefix.substr(0, slash + 1);
    }
    auto const found = found_as(name);
    if (!found.first) {
        r_.problem(pointer, names_.complaint(scope.prefix + name));
    }
    return found;
}

void Activities::tie(Placed const& placed, Activity& activity)
{
    auto const add = [&](Predecessor const& from, bool start_to_start, double lag_s) {
        bool const alike = from.blocks > 1 && from.blocks == placed.spec->blocks; // block follows block
        for (std::uint32_t k = alike ? placed.block : 0; from.first && k < (alike ? placed.block + 1 : from.blocks); ++k) {
            activity.after.push_back({.from = {from.first.row + k}, .start_to_start = start_to_start, .lag_s = lag_s});
        }
    };
    for (std::size_t i = 0; i < placed.spec->after.size(); ++i) {
        add(predecessor(placed.spec->after[i], placed.scope, at(placed.pointer + "/after", i)), false, 0.0);
    }
    for (std::size_t i = 0; i < placed.spec->links.size(); ++i) {
        auto const& link = placed.spec->links[i];
        auto const pointer = at(placed.pointer + "/links", i) + "/activity";
        add(predecessor(link.activity, placed.scope, pointer), link.start_to_start, link.lag_s);
    }
}

/// A pod waits for its own part of what comes in blocks.
void Activities::tie_pod(Pod const& pod, std::string const& name, std::string const& pointer)
{
    auto const from = predecessor(name, pod.scope, pointer);
    if (from.first) {
        auto const block = static_cast<std::uint32_t>(pod.place * from.blocks);
        r_.out.activities[pod.activity.row].after.push_back({.from = {from.first.row + block}});
    }
}

void Activities::tie_all()
{
    for (auto const& placed : placed_) {
        tie(placed, r_.out.activities[placed.activity.row]);
    }
    for (auto const& pod : pods_) {
        for (std::size_t i = 0; i < pod.spec->after.size(); ++i) {
            tie_pod(pod, pod.spec->after[i], at(pod.pointer + "/after", i));
        }
        for (auto const& name : pod.line->after) {
            tie_pod(pod, name, pod.pointer);
        }
    }
    check_totals(r_);
}

} // namespace

void resolve_activities(Resolver& r)
{
    Activities activities(r);
    activities.place_all();
    activities.tie_all();
}

} // namespace aidc
