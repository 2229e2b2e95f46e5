#include "sim/process/granted.hpp"
#include "sim/process/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Step 1: commissioned units and units that are up.
void count_units(Run& run, Id<Campus> campus)
{
    auto const& down = run.world.down[campus].units;
    for (std::size_t g = 0; g < run.buildout.groups.size(); ++g) {
        auto const& group = run.buildout.groups[g];
        auto const group_id = id<UnitGroup>(g);
        if (group.campus == campus) {
            auto& state = run.world.groups.edit(group_id);
            double const commissioned = group.granted ? std::min<double>(run.world.group_grants[group_id].units, group.units) : group.units;
            bool const more = commissioned > state.commissioned;
            state.commissioned = commissioned;
            auto const its = [&](DownUnit const& unit) { return unit.group == group_id && unit.unit < commissioned; };
            state.up = commissioned - static_cast<double>(std::ranges::count_if(down, its));
            if (more) {
                run.signals.group[g].notify(run.sim, Phase::settle);
            }
        }
    }
}

double firm_of(Run const& run, Id<UnitGroup> group)
{
    return group ? firm_group_W(run.buildout.groups[group.row], run.world.groups[group].commissioned) : infinity;
}

/// Step 2a: the terms of a hall that it shares with nobody.
PerTerm<double> own_terms(Run const& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    auto const& state = run.world.halls[hall_id];
    auto term_W = run.world.hall_grants[hall_id].term_W;
    term_W[index(Term::distribution)] = firm_of(run, hall.ups_group);
    term_W[index(Term::racks)] = 0.0;
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        term_W[index(Term::racks)] += whole_units(hall.lines[l], state.lines[l]) * budget_W(kind);
    }
    for (auto const term : {Term::utility, Term::substation, Term::backup}) {
        term_W[index(term)] = infinity;
    }
    return term_W;
}

/// Halls of a campus in the order in which shared supplies serve them: handed over first, then as planned.
std::vector<Id<Hall>> serving_order(Run const& run, Id<Campus> campus)
{
    std::vector<std::pair<std::pair<Tick, std::uint32_t>, Id<Hall>>> order;
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        if (run.buildout.halls[h].campus != campus) {
            continue;
        }
        Tick handover = never;
        for (auto const activity : run.granters.halls[h].own[index(Term::handover)]) {
            handover = std::min(handover, run.world.activities[activity].finished);
        }
        order.push_back({{handover, run.buildout.halls[h].handover_order}, id<Hall>(h)});
    }
    std::ranges::sort(order);
    std::vector<Id<Hall>> halls;
    for (auto const& [key, hall] : order) {
        halls.push_back(hall);
    }
    return halls;
}

/// What may be counted on at the fence: grid and own generation.
double counted_W(Run const& run, Id<Campus> campus)
{
    auto const& given = run.world.campus_grants[campus];
    return given.firm_W + given.on_site_W + (run.buildout.campuses[campus.row].counts_non_firm ? given.non_firm_W : 0.0);
}

FirmSupply firm_supply(Run const& run, Id<Campus> campus)
{
    auto const& c = run.buildout.campuses[campus.row];
    FirmSupply supply{.utility_W = run.world.campuses[campus].counted_W,
                      .substation_W = firm_of(run, c.transformers),
                      .backup_W = firm_of(run, c.gensets),
                      .cooling_W = std::vector<double>(run.buildout.buildings.size(), infinity)};
    for (std::size_t b = 0; b < run.buildout.buildings.size(); ++b) {
        supply.cooling_W[b] = firm_of(run, run.buildout.buildings[b].coolers);
    }
    return supply;
}

/// The first open activity that adds to a term; none when nothing more will come.
/// \param done  How many had ended before: where to look on
Id<Activity> head_of(Run const& run, std::span<Id<Activity> const> granters, std::uint32_t& done)
{
    while (done < granters.size() && is_finished(run, granters[done])) {
        ++done;
    }
    return done == granters.size() ? Id<Activity>{} : granters[done];
}

void set_terms(Run& run, Id<Hall> hall_id, PerTerm<double> const& own_W, PerShared<double> const& shared_W)
{
    constexpr PerShared<Term> term_of_shared{Term::utility, Term::substation, Term::backup, Term::cooling};
    auto& state = run.world.halls.edit(hall_id);
    auto const& granters = run.granters.halls[hall_id.row];
    state.term_W = own_W;
    for (std::size_t j = 0; j < term_count; ++j) {
        state.waits_on[j] = head_of(run, granters.own[j], state.own_done[j]);
    }
    for (std::size_t r = 0; r < shared_count; ++r) {
        auto const j = index(term_of_shared[r]);
        if (shared_W[r] <= state.term_W[j]) {
            state.term_W[j] = shared_W[r];
            state.waits_on[j] = head_of(run, granters.shared[j], state.shared_done[j]);
        }
    }
    state.handed_over = state.term_W[index(Term::handover)] > 0.0;
}

/// Shared terms of the halls in their order. Most settles change nothing that counts here: a pod ends its burn-in in a hall
/// that waits for something else.
std::vector<PerShared<double>> const& fill(CampusState& state, std::span<Id<Hall> const> order, std::span<HallClaim const> claims,
                                           FirmSupply const& supply)
{
    std::vector<double> inputs{supply.utility_W, supply.substation_W, supply.backup_W};
    inputs.insert(inputs.end(), supply.cooling_W.begin(), supply.cooling_W.end());
    for (std::size_t i = 0; i < claims.size(); ++i) {
        inputs.insert(inputs.end(), {static_cast<double>(order[i].row), claims[i].live_W, claims[i].own_W});
    }
    if (inputs != state.filled) {
        state.shared_W = fill_shared(claims, supply);
        state.filled = std::move(inputs);
    }
    return state.shared_W;
}

/// Step 2: firm terms of all halls of the campus.
void firm_terms(Run& run, std::span<Id<Hall> const> order, FirmSupply const& supply)
{
    std::vector<HallClaim> claims;
    std::vector<PerTerm<double>> own_W;
    for (auto const hall_id : order) {
        auto const& hall = run.buildout.halls[hall_id.row];
        auto& state = run.world.halls.edit(hall_id);
        state.lines.resize(hall.lines.size());
        for (std::size_t l = 0; l < hall.lines.size(); ++l) {
            auto const now = accepted(run, hall_id, l);
            state.lines[l].accepted = now.racks;
            state.lines[l].retired = now.retired;
        }
        own_W.push_back(own_terms(run, hall_id));
        claims.push_back({.live_W = state.live_W,
                          .own_W = std::ranges::min(own_W.back()),
                          .backup_share = hall.backup_share,
                          .curves = &run.buildout.curves[hall_id.row],
                          .building = hall.building.row});
    }
    auto const& shared_W = fill(run.world.campuses.edit(run.buildout.halls[order.front().row].campus), order, claims, supply);
    for (std::size_t i = 0; i < order.size(); ++i) {
        set_terms(run, order[i], own_W[i], shared_W[i]);
    }
}

void set_gate(HallState& state)
{
    state.gate = 0;
    for (auto const& term : terms) {
        if (state.next_unit_W > 0.0 && state.term_W[index(term.term)] < (state.live_W + state.next_unit_W) * (1.0 - 1e-12)) {
            state.gate = static_cast<TermSet>(state.gate | bit(term.term));
        }
    }
}

/// Live power and accelerators from whole racks, so that a sum of many go-lives has no drift.
void add_up_live(Run const& run, Id<Hall> hall_id, HallState& state)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    state.live_W = 0.0;
    state.live_accelerators = 0.0;
    for (std::size_t l = 0; l < hall.lines.size(); ++l) {
        auto const& kind = run.buildout.kinds[hall.lines[l].kind.row];
        state.live_W += state.lines[l].live * budget_W(kind);
        state.live_accelerators += static_cast<double>(state.lines[l].live) * accelerators(kind);
    }
}

/// Step 3a: racks that were taken out, or that the hall's terms carry no more, because something was retired; the last first.
void go_dark(Run& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    auto& state = run.world.halls.edit(hall_id);
    double const before_W = state.live_W;
    for (auto& line : state.lines) {
        line.live = std::min(line.live, line.accepted);
    }
    add_up_live(run, hall_id, state);
    double const carries_W = std::ranges::min(state.term_W) * (1.0 + 1e-9);
    for (std::size_t l = hall.lines.size(); l-- > 0 && state.live_W > carries_W;) {
        while (state.lines[l].live > 0 && state.live_W > carries_W) {
            state.lines[l].live -= std::min(state.lines[l].live, hall.lines[l].unit_racks);
            add_up_live(run, hall_id, state);
        }
    }
    if (state.live_W < before_W) {
        state.history.push_back({.from = run.now(), .it_W = state.live_W, .accelerators = state.live_accelerators});
        note(run, EventKind::went_dark, hall.name, before_W - state.live_W);
    }
}

/// Step 3b: whole go-live units, oldest ready first, while the hall's terms carry one more.
void go_live(Run& run, Id<Hall> hall_id)
{
    auto const& hall = run.buildout.halls[hall_id.row];
    auto& state = run.world.halls.edit(hall_id);
    double const carries_W = std::ranges::min(state.term_W) * (1.0 + 1e-12);
    double const before_W = state.live_W;
    for (auto l = next_ready_line(run, hall_id); l < hall.lines.size(); l = next_ready_line(run, hall_id)) {
        auto const racks = next_racks(run, hall_id, l);
        if (state.live_W + racks * budget_W(run.buildout.kinds[hall.lines[l].kind.row]) > carries_W) {
            break;
        }
        state.lines[l].live += racks;
        add_up_live(run, hall_id, state);
    }
    if (state.live_W > before_W) {
        state.history.push_back({.from = run.now(), .it_W = state.live_W, .accelerators = state.live_accelerators});
        note(run, EventKind::went_live, hall.name, state.live_W - before_W);
    }
    state.next_unit_W = next_unit_W(run, hall_id);
    set_gate(state);
}

/// Baseline of the hall now; what is live, in the run that makes the baseline.
void set_planned(Run& run, Id<Hall> hall_id)
{
    auto& state = run.world.halls.edit(hall_id);
    if (run.plan.empty()) {
        state.planned_W = state.live_W;
        state.planned_accelerators = state.live_accelerators;
        return;
    }
    auto const& steps = run.plan.halls[hall_id.row];
    auto const after = std::ranges::upper_bound(steps, run.now(), {}, &LiveStep::from);
    if (after != steps.begin()) {
        state.planned_W = std::prev(after)->it_W;
        state.planned_accelerators = std::prev(after)->accelerators;
    }
}

/// Step 4: what the units that are up carry now; never moves a gate. A building without a cooler in service carries nothing.
void carry_now(Run& run, Id<Campus> campus, std::span<Id<Hall> const> order)
{
    auto& state = run.world.campuses.edit(campus);
    auto const& c = run.buildout.campuses[campus.row];
    double fence_W = 0.0;
    for (auto const hall : order) {
        fence_W += run.buildout.curves[hall.row].fence.drawn_W(run.world.halls[hall].live_W);
    }
    auto const& given = run.world.campus_grants[campus];
    double const fed_W = given.firm_W + given.on_site_W + (run.world.grids[campus].curtailed ? 0.0 : given.non_firm_W);
    // What went live was within the feed; rounding of the curve's inverse is no outage.
    double const fed_share = fence_W > fed_W * (1.0 + 1e-9) ? fed_W / fence_W : 1.0;
    state.carried_share = 1.0;
    if (c.transformers && fence_W > 0.0) {
        auto const& group = run.buildout.groups[c.transformers.row];
        double const up_W = run.world.groups[c.transformers].up * group.rating_W * group.derate;
        state.carried_share = std::min(1.0, up_W / fence_W);
    }
    for (auto const hall : order) {
        auto const coolers = run.buildout.buildings[run.buildout.halls[hall.row].building.row].coolers;
        bool const cooled = !coolers || run.world.groups[coolers].up > 0.0;
        auto& hall_state = run.world.halls.edit(hall);
        hall_state.fed_share = fed_share;
        hall_state.carried_share = cooled ? std::min(fed_share, state.carried_share) : 0.0;
    }
}

/// What a contract is due now: less what those that displace it have taken over.
double due_W(Run const& run, Id<Contract> id)
{
    double due = run.world.contracts[id].due_W;
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        for (auto const& displaced : run.buildout.contracts[k].displaces) {
            if (displaced.contract == id) {
                due -= displaced.share * run.world.sold[aidc::id<Contract>(k)].it_W;
            }
        }
    }
    return std::max(0.0, due);
}

/// Gives a contract what is left of its kind, or of all kinds in proportion, up to what it is due.
void sell(Run& run, Id<Contract> id, std::vector<double>& left_W)
{
    auto const kind = run.buildout.contracts[id.row].kind;
    double const offered_W = kind ? left_W[kind.row] : std::accumulate(left_W.begin(), left_W.end(), 0.0);
    auto& sold = run.world.sold.edit(id);
    sold.due_W = due_W(run, id);
    sold.it_W = std::min(sold.due_W, offered_W);
    sold.by_kind_W.assign(left_W.size(), 0.0);
    for (std::size_t k = 0; k < left_W.size(); ++k) {
        if (offered_W > 0.0 && (!kind || kind.row == k)) {
            sold.by_kind_W[k] = left_W[k] * (sold.it_W / offered_W);
            left_W[k] -= sold.by_kind_W[k];
        }
    }
    if (sold.first_full == never && sold.due_W > 0.0 && sold.it_W >= sold.due_W * (1.0 - 1e-9)) {
        sold.first_full = run.now();
        run.signals.served[id.row].notify(run.sim, Phase::settle);
    }
}

/// Step 5: contracts take what is live, in the order of the scenario, but behind those that displace them.
void sell_live(Run& run, Id<Campus> campus, std::span<Id<Hall> const> order)
{
    auto& state = run.world.campuses.edit(campus);
    std::vector<double> left_W(run.buildout.kinds.size());
    state.live_W = 0.0;
    for (auto const hall : order) {
        state.live_W += run.world.halls[hall].live_W;
        auto const& lines = run.world.halls[hall].lines;
        for (std::size_t l = 0; l < lines.size(); ++l) {
            auto const kind = run.buildout.halls[hall.row].lines[l].kind;
            left_W[kind.row] += lines[l].live * budget_W(run.buildout.kinds[kind.row]);
        }
    }
    state.sold_W = 0.0;
    for (auto const contract : run.buildout.contract_order) {
        if (run.buildout.contracts[contract.row].campus == campus) {
            sell(run, contract, left_W);
            state.sold_W += run.world.sold[contract].it_W;
        }
    }
}

/// Step 6: equal pods of a building, by integer key. Pods fill in order: at most one partial pod per hall and kind.
void regroup(Run& run, Id<Building> building)
{
    std::map<PodGroup, std::uint32_t> pods; // by what makes them alike
    auto const add = [&pods](Id<RackKind> kind, std::uint32_t racks, Id<TraceColumn> trace, std::uint32_t count) {
        if (racks > 0 && count > 0) {
            pods[{.kind = kind, .live_racks = racks, .trace = trace}] += count;
        }
    };
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& hall = run.buildout.halls[h];
        auto const& lines = run.world.halls[id<Hall>(h)].lines;
        for (std::size_t l = 0; hall.building == building && l < lines.size(); ++l) {
            auto const& line = hall.lines[l];
            std::uint32_t const full = lines[l].live / line.racks_per_pod;
            std::uint32_t const rest = lines[l].live % line.racks_per_pod;
            std::uint32_t const replayed = l == 0 ? replayed_pods(run, id<Hall>(h)) : 0;
            for (std::uint32_t p = 0; p < replayed; ++p) {
                add(line.kind, line.racks_per_pod, {trace_of(run, id<Hall>(h))->first.row + p}, 1);
            }
            add(line.kind, line.racks_per_pod, {}, full - replayed);
            add(line.kind, rest, {}, 1);
        }
    }
    auto& groups = run.world.islands.edit(building).groups;
    groups.clear();
    for (auto const& [key, count] : pods) {
        groups.push_back(key);
        groups.back().pods = count;
    }
}

} // namespace

void settle(Run& run, Id<Campus> campus)
{
    count_units(run, campus);
    auto const order = serving_order(run, campus);
    run.world.campuses.edit(campus).counted_W = counted_W(run, campus);
    if (!order.empty()) {
        firm_terms(run, order, firm_supply(run, campus));
    }
    for (auto const hall : order) {
        go_dark(run, hall);
        go_live(run, hall);
        set_planned(run, hall);
    }
    carry_now(run, campus, order);
    sell_live(run, campus, order);
    for (std::size_t b = 0; b < run.buildout.buildings.size(); ++b) {
        if (run.buildout.buildings[b].campus == campus) {
            regroup(run, id<Building>(b));
        }
    }
    watch(run, campus);
    place_loads(run, campus);
}

} // namespace aidc
