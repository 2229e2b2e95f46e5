#include "sim/scenario/resolve.hpp"

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

/// Where an activity stands: names are looked up from the hall outwards.
struct Scope {
    Id<Campus> campus;
    Id<Building> building;
    Id<Hall> hall;
    std::string prefix; ///< "campus/building/hall/"
};

/// An activity of the scenario, placed but not yet tied to its predecessors.
struct Placed {
    ActivitySpec const* spec{};
    Scope scope;
    std::string pointer;
};

/// An install activity that waits for what its hall's "install" names.
struct Pod {
    InstallSpec const* spec{};
    Scope scope;
    std::string pointer;
    Id<Activity> activity;
};

class Activities {
  public:
    explicit Activities(Resolver& r) : r_(r) {}

    void place_all();
    void tie_all();

  private:
    void place(std::vector<ActivitySpec> const& specs, Scope const& scope, std::string const& list);
    void place_hall(HallSpec const& spec, Scope const& scope, std::string const& pointer);
    void add_pods(InstallSpec const& spec, Scope const& scope, std::string const& pointer);
    void add_pod(InstallSpec const& spec, Scope const& scope, std::string const& pointer, std::uint32_t line, std::uint32_t pod);
    void add(Activity activity, std::string const& pointer);
    void add_built(Scope const& scope, std::string const& pointer);
    void add_built_campus(CampusSpec const& spec, Id<Campus> campus, std::string const& pointer);
    Id<Activity> predecessor(std::string const& name, Scope const& scope, std::string const& pointer);
    void tie(Placed const& placed, Activity& activity);
    Grant grant_of(GrantSpec const& spec, Scope const& scope, std::string const& pointer);
    Grant grant_of_group(GrantSpec const& spec, Scope const& scope, std::string const& pointer);
    Grant grant_of_term(GrantSpec const& spec, Scope const& scope, std::string const& pointer);
    Id<UnitGroup> group_of(std::string const& name, Scope const& scope) const;
    Activity from_spec(Placed const& placed);

    Resolver& r_;
    Names<Activity> names_{"activity"};
    std::vector<Placed> placed_;
    std::vector<Pod> pods_; ///< Install activities, placed but not yet tied
};

Duration times(Duration duration, double factor)
{
    for (auto& parameter_s : duration.parameter_s) {
        parameter_s *= factor;
    }
    return duration;
}

void Activities::place(std::vector<ActivitySpec> const& specs, Scope const& scope, std::string const& list)
{
    for (std::size_t i = 0; i < specs.size(); ++i) {
        placed_.push_back({.spec = &specs[i], .scope = scope, .pointer = at(list, i)});
        auto const name = scope.prefix + specs[i].name;
        if (!names_.add(name, id<Activity>(r_.out.activities.size()))) {
            r_.problem(at(list, i) + "/name", fmt::format("\"{}\" is the name of an earlier activity; rename it", name));
        }
        r_.activity_pointers.push_back(at(list, i));
        r_.out.activities.push_back(from_spec(placed_.back()));
    }
}

/// An activity that the scenario implies. Its name is not for predecessors, but must be its own.
void Activities::add(Activity activity, std::string const& pointer)
{
    if (names_.find(activity.name)) {
        r_.problem(pointer, fmt::format("implies an activity \"{}\", and one is called so already; rename that", activity.name));
    }
    r_.activity_pointers.push_back(pointer);
    r_.out.activities.push_back(std::move(activity));
}

/// Work of a crew that has not as many teams never starts.
void check_teams(Resolver& r, double teams, Id<Crew> crew, std::string const& pointer)
{
    if (crew && teams > r.out.crews[crew.row].teams) {
        r.problem(pointer, fmt::format("is {:g} and crew {} has {:g} teams (it would never start)", teams, r.out.crews[crew.row].name,
                                       r.out.crews[crew.row].teams));
    }
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
                      .rework = r_.duration(s.rework, p + "/rework")};
    check_teams(r_, s.teams, activity.crew, p + "/teams");
    if (s.crew.empty() && s.teams != 1.0) {
        r_.problem(p + "/teams", "stands without a crew (it would be ignored); add \"crew\" or remove it");
    }
    if (s.not_before) {
        activity.not_before = r_.tick(*s.not_before, p + "/not_before");
    }
    for (std::size_t g = 0; g < s.goods.size(); ++g) {
        activity.goods.push_back({.item = r_.refer(r_.items, s.goods[g].item, at(p + "/goods", g) + "/item"), .units = s.goods[g].units});
    }
    for (std::size_t g = 0; g < s.grants.size(); ++g) {
        activity.grants.push_back(grant_of(s.grants[g], placed.scope, at(p + "/grants", g)));
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

void Activities::place_hall(HallSpec const& spec, Scope const& scope, std::string const& pointer)
{
    place(spec.activities, scope, pointer + "/activities");
    if (spec.built && (spec.install || !spec.activities.empty())) {
        r_.problem(pointer + "/built", "is true beside activities or \"install\" (nothing is left to do in a built hall); remove one");
    }
    if (!spec.built && !spec.install) {
        r_.problem(pointer + "/install", "missing (no rack would come in); add it, or \"built\": true");
    }
    if (spec.built) {
        add_built(scope, pointer + "/built");
    }
    else if (spec.install) {
        add_pods(*spec.install, scope, pointer);
    }
}

void Activities::add_pods(InstallSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const& hall = r_.out.halls[scope.hall.row];
    for (std::uint32_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = r_.out.kinds[hall.lines[l].kind.row];
        if (!r_.items.find(kind.name)) {
            r_.problem(at(pointer + "/racks", l) + "/rack",
                       fmt::format("nobody makes the item \"{}\" (it would never arrive); add a maker whose item has the name of the rack",
                                   kind.name));
            continue;
        }
        std::uint32_t const pods = (hall.lines[l].racks + hall.lines[l].racks_per_pod - 1) / hall.lines[l].racks_per_pod;
        for (std::uint32_t pod = 0; pod < pods; ++pod) {
            add_pod(spec, scope, pointer + "/install", l, pod);
        }
    }
}

void Activities::add_pod(InstallSpec const& spec, Scope const& scope, std::string const& pointer, std::uint32_t line, std::uint32_t pod)
{
    auto const& planned = r_.out.halls[scope.hall.row].lines[line];
    auto const& kind = r_.out.kinds[planned.kind.row];
    std::uint32_t const racks = std::min(planned.racks_per_pod, planned.racks - pod * planned.racks_per_pod);
    auto const suffix = fmt::format("/{}/{}", kind.name, pod + 1);

    Activity install{.name = scope.prefix + "install" + suffix,
                     .stage = Stage::install,
                     .campus = scope.campus,
                     .hall = scope.hall,
                     .goods = {{.item = r_.items.find(kind.name), .units = static_cast<double>(racks)}},
                     .crew = r_.refer(r_.crews, spec.crew, pointer + "/crew"),
                     .teams = 1.0,
                     .calendar = r_.refer(r_.calendars, spec.calendar, pointer + "/calendar"),
                     .work = times(r_.duration(spec.work_per_rack, pointer + "/work_per_rack"), racks)};
    check_teams(r_, install.teams, install.crew, pointer + "/crew");
    pods_.push_back({.spec = &spec, .scope = scope, .pointer = pointer, .activity = id<Activity>(r_.out.activities.size())});
    add(std::move(install), pointer);

    Activity burn_in{.name = scope.prefix + "burn_in" + suffix,
                     .stage = Stage::burn_in,
                     .campus = scope.campus,
                     .hall = scope.hall,
                     .after = {{.from = id<Activity>(r_.out.activities.size() - 1)}},
                     .work = r_.duration(spec.burn_in, pointer + "/burn_in"),
                     .retest_probability = spec.retest_probability,
                     .rework = r_.duration(spec.rework, pointer + "/rework"),
                     .grants = {{.hall = scope.hall, .term = Term::racks, .amount = racks * budget_W(kind), .line = line, .racks = racks}}};
    add(std::move(burn_in), pointer);
}

/// A hall that stands at the start: one activity without duration that grants everything.
void Activities::add_built(Scope const& scope, std::string const& pointer)
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
        if (group.campus == campus && group.kind != UnitGroup::Kind::ups) {
            built.grants.push_back({.group = id<UnitGroup>(g), .amount = static_cast<double>(group.units)});
        }
    }
    add(std::move(built), pointer);
}

/// Nearest activity of this name: of the hall, the building, the campus, or by its full name.
Id<Activity> Activities::predecessor(std::string const& name, Scope const& scope, std::string const& pointer)
{
    for (std::string prefix = scope.prefix; !prefix.empty();) {
        if (auto const found = names_.find(prefix + name)) {
            return found;
        }
        auto const slash = prefix.rfind('/', prefix.size() - 2);
        prefix = slash == std::string::npos ? "" : prefix.substr(0, slash + 1);
    }
    auto const found = names_.find(name);
    if (!found) {
        r_.problem(pointer, names_.complaint(scope.prefix + name));
    }
    return found;
}

Id<UnitGroup> Activities::group_of(std::string const& name, Scope const& scope) const
{
    if (name == "ups" && scope.hall) {
        return r_.out.halls[scope.hall.row].ups_group;
    }
    if (name == "coolers" && scope.building) {
        return r_.out.buildings[scope.building.row].coolers;
    }
    if (name == "transformers") {
        return r_.out.campuses[scope.campus.row].transformers;
    }
    return name == "gensets" ? r_.out.campuses[scope.campus.row].gensets : Id<UnitGroup>{};
}

Grant Activities::grant_of(GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    bool const imports = spec.import_W > 0.0;
    int const kinds = (spec.term.empty() ? 0 : 1) + (spec.group.empty() ? 0 : 1) + (imports ? 1 : 0);
    if (kinds != 1) {
        r_.problem(pointer, "needs exactly one of \"term\", \"group\", \"import_MW\"");
        return {};
    }
    if ((spec.it_W > 0.0 && spec.term.empty()) || (spec.units > 0.0 && spec.group.empty()) || (spec.share > 0.0 && imports)) {
        r_.problem(pointer,
                   "mixes kinds of grants (some keys would be ignored): a term has \"share\" or \"it_MW\", a group \"share\" or \"units\"");
        return {};
    }
    if (imports) {
        return {.campus = scope.campus, .term = Term::utility, .amount = spec.import_W};
    }
    return spec.group.empty() ? grant_of_term(spec, scope, pointer) : grant_of_group(spec, scope, pointer);
}

Grant Activities::grant_of_group(GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const group = group_of(spec.group, scope);
    if (!group) {
        r_.problem(pointer + "/group",
                   fmt::format("\"{}\" is no group of units here; a hall has ups, a building coolers, a campus transformers and gensets",
                               spec.group));
        return {};
    }
    double const units = spec.units > 0.0 ? spec.units : spec.share * r_.out.groups[group.row].units;
    if (units <= 0.0 || (spec.units > 0.0 && spec.share > 0.0)) {
        r_.problem(pointer, "needs one of \"units\" and \"share\", above 0");
    }
    else if (std::abs(units - std::round(units)) > 1e-6) {
        r_.problem(pointer, fmt::format("is {:g} of {} units (half a machine carries nothing); give whole \"units\"", units,
                                        r_.out.groups[group.row].units));
    }
    return {.group = group, .amount = std::round(units)};
}

Grant Activities::grant_of_term(GrantSpec const& spec, Scope const& scope, std::string const& pointer)
{
    auto const term = std::ranges::find(terms, spec.term, &TermInfo::name);
    constexpr TermSet grantable = bit(Term::handover) | bit(Term::space) | bit(Term::network) | bit(Term::cooling);
    if (term == terms.end() || !(bit(term->term) & grantable) || !scope.hall) {
        r_.problem(
            pointer + "/term",
            fmt::format("\"{}\" cannot be granted here; activities of a hall grant handover, space, network and cooling", spec.term));
        return {};
    }
    if ((spec.it_W > 0.0) == (spec.share > 0.0)) {
        r_.problem(pointer, "needs one of \"it_MW\" and \"share\" (of the hall's design power), above 0");
    }
    double const design_W = r_.out.halls[scope.hall.row].design_W;
    return {.hall = scope.hall, .term = term->term, .amount = spec.it_W > 0.0 ? spec.it_W : spec.share * design_W};
}

/// No group may be put into service beyond its units.
void check_commissioned(Resolver& r)
{
    std::vector<double> units(r.out.groups.size());
    for (std::size_t a = 0; a < r.out.activities.size(); ++a) {
        for (auto const& grant : r.out.activities[a].grants) {
            if (!grant.group) {
                continue;
            }
            auto const& group = r.out.groups[grant.group.row];
            auto const before = units[grant.group.row];
            units[grant.group.row] += grant.amount;
            if (before <= group.units && units[grant.group.row] > group.units) {
                r.problem(r.activity_pointers[a],
                          fmt::format("puts unit {:g} of {} into service and there are {}; lower this grant or an earlier one",
                                      units[grant.group.row], group.name, group.units));
            }
        }
    }
}

void Activities::tie(Placed const& placed, Activity& activity)
{
    for (std::size_t i = 0; i < placed.spec->after.size(); ++i) {
        activity.after.push_back({.from = predecessor(placed.spec->after[i], placed.scope, at(placed.pointer + "/after", i))});
    }
    for (std::size_t i = 0; i < placed.spec->links.size(); ++i) {
        auto const& link = placed.spec->links[i];
        auto const pointer = at(placed.pointer + "/links", i) + "/activity";
        activity.after.push_back(
            {.from = predecessor(link.activity, placed.scope, pointer), .start_to_start = link.start_to_start, .lag_s = link.lag_s});
    }
}

void Activities::tie_all()
{
    for (auto const& placed : placed_) {
        auto const row = names_.find(placed.scope.prefix + placed.spec->name);
        tie(placed, r_.out.activities[row.row]);
    }
    for (auto const& pod : pods_) {
        for (std::size_t i = 0; i < pod.spec->after.size(); ++i) {
            auto const from = predecessor(pod.spec->after[i], pod.scope, at(pod.pointer + "/after", i));
            r_.out.activities[pod.activity.row].after.push_back({.from = from});
        }
    }
    check_commissioned(r_);
}

} // namespace

void resolve_activities(Resolver& r)
{
    Activities activities(r);
    activities.place_all();
    activities.tie_all();
}

} // namespace aidc
