#include "models/outage/power_race.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

using Kind = PowerNode::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double enough = 1.0 - 1e-6; // of what is wanted: rounding of the dispatch is no outage
constexpr double unbroken_s = 0.02;   // power supplies of servers hold this long: CBEMA/ITIC curve

/// Which nodes have a live source above them, by kind of source that counts.
template <class Counts> std::vector<char> live_nodes(CampusPower const& power, PowerInputs const& in, PowerRace const& race, Counts counts)
{
    auto const& nodes = power.chain.nodes;
    std::vector<char> live(nodes.size(), 0);
    for (std::size_t n = 0; n < nodes.size(); ++n) {
        if (in.units_up[n] <= 0.0) {
            continue;
        }
        live[n] = counts(n);
        for (std::size_t p = 0; p < nodes[n].fed_by.size() && !live[n]; ++p) {
            auto const parent = race.nodes[n].parent;
            live[n] = (parent == all_parents || parent == p) && live[nodes[n].fed_by[p]];
        }
    }
    return live;
}

/// Sets that have been ordered to start, will, and are not yet on the bus; as in sets_online.
double still_to_come(GensetLaw const& law, GensetState const& gensets)
{
    double on_s = 0.0;
    double coming = 0.0;
    for (auto const& draw : gensets.draws) { // sorted by ready_s
        if (std::isfinite(draw.ready_s)) {
            on_s = on_s == 0.0 ? draw.ready_s : std::max(draw.ready_s, on_s) + law.parallel_s;
            coming += on_s > gensets.since_s ? 1.0 : 0.0;
        }
    }
    return coming;
}

/// Sets that may still come onto the bus, or load that they have still to accept.
bool more_to_come(CampusPower const& power, PowerRace const& race)
{
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        auto const& gensets = race.nodes[n].gensets;
        if (power.chain.nodes[n].kind != Kind::genset || gensets.phase == GensetState::Phase::standby) {
            continue;
        }
        double const online_W = sets_online(power.gensets, gensets) * power.chain.nodes[n].rating_W;
        bool const used = race.flows.own_W[n] >= gensets.accepted_W * enough; // else it is not the gensets that are short
        bool const accepts_more = gensets.accepted_W < online_W * (1.0 - 1e-9) && used && race.short_s > 0.0;
        if (gensets.phase == GensetState::Phase::sensing || accepts_more || still_to_come(power.gensets, gensets) > 0.0) {
            return true;
        }
    }
    return false;
}

/// One step of the electrical side.
class Step {
  public:
    Step(CampusPower const& power, PowerInputs const& in, PowerRace& race, double dt_s)
        : power_(power), nodes_(power.chain.nodes), in_(in), race_(race), dt_s_(dt_s)
    {
        constexpr double grain_W = 100.0; // loads count in whole grains, up: smaller moves are not worth another dispatch
        for (double const wanted_W : in.wanted_W) {
            wanted_W_.push_back(grain_W * std::ceil(wanted_W / grain_W));
        }
    }

    void run()
    {
        run_gensets();
        turn_switches();
        flow();
        run_batteries();
        serve();
        shed_or_restore();
    }

  private:
    bool is(std::size_t n, Kind kind) const { return nodes_[n].kind == kind; }
    double rating_W(std::size_t n) const { return nodes_[n].rating_W; }
    /// Output that the units in service carry; of unlimited units none carries nothing.
    double in_service_W(std::size_t n) const { return in_.units_up[n] > 0.0 ? in_.units_up[n] * rating_W(n) : 0.0; }

    double import_share(std::size_t n) const
    {
        double all_W = 0.0;
        for (std::size_t m = 0; m < nodes_.size(); ++m) {
            all_W += is(m, Kind::feed) ? std::min(in_service_W(m), in_.import_W) : 0.0;
        }
        double const own_W = std::min(in_service_W(n), in_.import_W);
        return all_W > in_.import_W ? in_.import_W * own_W / all_W : own_W;
    }

    /// Power that a node can give of itself. \param batteries  UPS batteries and storage count
    double source_W(std::size_t n, bool batteries) const
    {
        auto const& state = race_.nodes[n];
        switch (nodes_[n].kind) {
        case Kind::feed:
            return import_share(n);
        case Kind::generation:
            return in_service_W(n);
        case Kind::genset:
            return genset_limit_W(power_.gensets, state.gensets, rating_W(n));
        case Kind::storage:
            return batteries ? can_give_W(*power_.storages[n], state.charge, 0.0, dt_s_) : 0.0;
        case Kind::ups:
            return batteries && power_.ups[n] && state.charge > 0.0 ? in_service_W(n) : 0.0;
        default:
            return 0.0;
        }
    }

    /// What the buses of some gensets would have without them.
    struct Mains {
        bool live{};   ///< Every one a source
        bool enough{}; ///< And all that is wanted
    };

    Mains mains_of(std::size_t genset) const
    {
        auto const live = live_nodes(power_, in_, race_,
                                     [&](std::size_t n) { return (is(n, Kind::feed) && in_.import_W > 0.0) || is(n, Kind::generation); });
        for (auto const& node : nodes_) {
            auto const others_live = [&](std::uint32_t parent) { return parent != genset && live[parent] != 0; };
            if (std::ranges::find(node.fed_by, genset) != node.fed_by.end() && std::ranges::none_of(node.fed_by, others_live)) {
                return {.live = false, .enough = false};
            }
        }
        return {.live = true, .enough = !race_.mains_short};
    }

    /// Gensets on a bus that was dead keep it apart from the mains; its breaker closes again when they stand by.
    void part_from_mains(std::size_t genset)
    {
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            auto const entry = std::ranges::find(nodes_[n].fed_by, genset);
            if (entry != nodes_[n].fed_by.end() && nodes_[n].transfer_s == 0.0) {
                race_.nodes[n].parent =
                    race_.nodes[genset].islanded ? static_cast<std::uint32_t>(entry - nodes_[n].fed_by.begin()) : all_parents;
            }
        }
    }

    void run_gensets()
    {
        race_.fuel_m3 = 0.0;
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            if (!is(n, Kind::genset)) {
                continue;
            }
            auto& state = race_.nodes[n];
            auto const sets = static_cast<std::size_t>(in_.units_up[n]);
            auto const mains = mains_of(n);
            double const own_W = race_.flows.own_W[n];
            double const longest_s = power_is_steady(power_, race_) ? dt_s_ : 1.0;
            for (double left_s = dt_s_; left_s > 1e-9; left_s -= std::min(longest_s, left_s)) {
                state.gensets.draws.resize(state.gensets.phase == GensetState::Phase::standby ? sets : state.gensets.draws.size());
                race_.fuel_m3 += step_gensets(
                    power_.gensets, state.gensets,
                    {.mains_live = mains.live && mains.enough, .load_W = own_W, .wanted_W = wanted_from(n, own_W), .rating_W = rating_W(n)},
                    std::min(longest_s, left_s));
                if (wants_draws(state.gensets)) {
                    auto const node = static_cast<std::uint32_t>(n);
                    state.gensets.draws = in_.draws != nullptr ? (*in_.draws)(node, state.orders, sets) : all_start(power_.gensets, sets);
                    ++state.orders;
                }
            }
            bool const running = state.gensets.phase == GensetState::Phase::running;
            state.islanded = running && (state.islanded || !mains.live);
            part_from_mains(n);
        }
    }

    /// What the bus wants from its gensets: all that they do not carry yet and batteries or nobody carry.
    double wanted_from(std::size_t genset, double own_W) const
    {
        double missing_W = 0.0;
        for (std::size_t l = 0; l < wanted_W_.size() && !race_.lasting_W.empty(); ++l) {
            missing_W += std::max(0.0, wanted_W_[l] - race_.lasting_W[l]);
        }
        // Losses on the way to the loads: a tenth covers any chain; what is not drawn is not carried.
        return std::min(own_W + 1.1 * missing_W, in_service_W(genset));
    }

    void turn_switches()
    {
        auto const live = live_nodes(power_, in_, race_, [&](std::size_t n) { return source_W(n, false) > 0.0; });
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            auto& state = race_.nodes[n];
            if (nodes_[n].transfer_s == 0.0 || nodes_[n].fed_by.empty()) {
                continue;
            }
            auto const& parents = nodes_[n].fed_by;
            if (live[parents[state.parent]]) {
                state.dead_s = 0.0;
                continue;
            }
            auto const other = std::ranges::find_if(parents, [&](std::uint32_t p) { return live[p] != 0; });
            if (other != parents.end() && (state.dead_s >= nodes_[n].transfer_s || nodes_[n].transfer_s <= unbroken_s)) {
                state.parent = static_cast<std::uint32_t>(other - parents.begin());
                state.dead_s = 0.0;
                continue;
            }
            state.dead_s += dt_s_;
        }
    }

    /// Dispatches for the caps, and for what would last; nothing when nothing has changed.
    void flow()
    {
        now_.resize(nodes_.size());
        std::vector<double> key;
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            auto const& battery = power_.ups[n];
            double const pass_W = in_service_W(n);
            double const full_W = std::isfinite(pass_W) ? pass_W : 0.0;
            now_[n] = {.pass_W = pass_W,
                       .source_W = source_W(n, true),
                       .charge_W = battery              ? charging_W(*battery, race_.nodes[n].charge, full_W)
                                   : power_.storages[n] ? can_take_W(*power_.storages[n], race_.nodes[n].charge, std::max(dt_s_, 60.0))
                                                        : 0.0};
            key.insert(key.end(), {pass_W, now_[n].source_W, now_[n].charge_W, static_cast<double>(race_.nodes[n].parent)});
        }
        for (std::size_t l = 0; l < wanted_W_.size(); ++l) {
            key.insert(key.end(), {wanted_W_[l], race_.loads[l].cap});
        }
        if (key == race_.dispatched_for) {
            return;
        }
        race_.dispatched_for = std::move(key);
        std::vector<std::uint32_t> parents;
        for (auto const& node : race_.nodes) {
            parents.push_back(node.parent);
        }
        std::vector<double> capped_W(wanted_W_.begin(), wanted_W_.end());
        for (std::size_t l = 0; l < capped_W.size(); ++l) {
            capped_W[l] *= race_.loads[l].cap;
        }
        race_.flows = dispatch(power_.chain, now_, capped_W, parents);
        if (leans_on_batteries() || is_capped()) {
            auto without = now_;
            for (std::size_t n = 0; n < nodes_.size(); ++n) {
                without[n].source_W = source_W(n, false);
                without[n].charge_W = 0.0;
            }
            race_.lasting_W = dispatch(power_.chain, without, wanted_W_, parents).served_W;
        }
        else {
            race_.lasting_W = race_.flows.served_W;
        }
        race_.mains_short = mains_live() && (gensets_run() || lacks(race_.lasting_W, wanted_W_)) && is_short_on_mains(parents);
    }

    /// Are there gensets whose bus would live without them?
    bool mains_live() const
    {
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            if (is(n, Kind::genset) && mains_of(n).live) {
                return true;
            }
        }
        return false;
    }

    bool gensets_run() const
    {
        return std::ranges::any_of(race_.nodes, [](NodeState const& node) { return node.gensets.phase == GensetState::Phase::running; });
    }

    /// Does any load get less?
    static bool lacks(std::span<double const> served_W, std::span<double const> wanted_W)
    {
        for (std::size_t l = 0; l < served_W.size(); ++l) {
            if (served_W[l] < wanted_W[l] * enough) {
                return true;
            }
        }
        return false;
    }

    /// Would feeds and own generation leave a load short that gensets could serve?
    bool is_short_on_mains(std::vector<std::uint32_t> parents) const
    {
        auto sources = now_;
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            sources[n].source_W = is(n, Kind::genset) ? 0.0 : source_W(n, false);
            sources[n].charge_W = 0.0;
            parents[n] = nodes_[n].transfer_s == 0.0 ? all_parents : parents[n];
        }
        auto const on_mains_W = dispatch(power_.chain, sources, wanted_W_, parents).served_W;
        if (!lacks(on_mains_W, wanted_W_)) {
            return false;
        }
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            sources[n].source_W = is(n, Kind::genset) ? now_[n].pass_W : sources[n].source_W;
        }
        return lacks(on_mains_W, dispatch(power_.chain, sources, wanted_W_, parents).served_W);
    }

    bool leans_on_batteries() const
    {
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            if ((is(n, Kind::ups) || is(n, Kind::storage)) && race_.flows.own_W[n] > 0.0) {
                return true;
            }
        }
        return false;
    }

    bool is_capped() const
    {
        return std::ranges::any_of(race_.loads, [](LoadService const& load) { return load.cap < 1.0; });
    }

    void run_batteries()
    {
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            auto& charge = race_.nodes[n].charge;
            double const rated_W = in_service_W(n);
            if (power_.ups[n] && rated_W > 0.0) {
                if (race_.flows.own_W[n] > 0.0) {
                    static_cast<void>(discharge(*power_.ups[n], charge, race_.flows.own_W[n] / rated_W, dt_s_));
                }
                else {
                    charge = charged(*power_.ups[n], charge, race_.flows.charged_W[n], rated_W, dt_s_);
                }
            }
            else if (power_.storages[n]) {
                charge = charge_after(*power_.storages[n], charge, race_.flows.own_W[n] - race_.flows.charged_W[n], dt_s_);
            }
        }
    }

    void serve()
    {
        for (std::size_t l = 0; l < race_.loads.size(); ++l) {
            auto& load = race_.loads[l];
            double const capped_W = load.cap * wanted_W_[l];
            bool const now = race_.flows.served_W[l] >= capped_W * enough;
            bool const lasts = race_.lasting_W[l] >= capped_W * enough;
            load.served = load.cap > 0.0 && now && (load.served || lasts);
            load.on_battery = load.served && !lasts;
        }
    }

    void shed_or_restore()
    {
        bool falls_short = false;
        for (std::size_t l = 0; l < race_.loads.size(); ++l) {
            falls_short = falls_short || race_.lasting_W[l] < race_.loads[l].cap * wanted_W_[l] * enough;
        }
        race_.short_s = falls_short ? race_.short_s + dt_s_ : 0.0;
        auto const& law = power_.shedding;
        bool const shed = race_.short_s >= law.after_s && !more_to_come(power_, race_);
        for (std::size_t l = 0; l < race_.loads.size(); ++l) {
            auto& load = race_.loads[l];
            double const lasting = wanted_W_[l] > 0.0 ? race_.lasting_W[l] / wanted_W_[l] : 1.0;
            bool const kept = lasting < law.cap_floor && (load.on_battery || lasting < 1e-6); // its battery, or nothing to keep it from
            if (shed && lasting < load.cap * enough && !kept) {
                load.cap = lasting >= law.cap_floor ? lasting : 0.0;
                load.served = load.served && load.cap > 0.0;
                load.enough_s = 0.0;
            }
            else if (load.cap < 1.0) {
                constexpr double grain = 1e-3; // of its power: loads move by less without another dispatch
                bool const more = lasting > load.cap + grain && lasting >= law.cap_floor;
                load.enough_s = more ? load.enough_s + dt_s_ : 0.0;
                if (load.enough_s > law.restore_after_s) {
                    load.cap = std::min({1.0, std::max(load.cap, law.cap_floor) + law.restore_per_s * dt_s_, lasting});
                    load.cap = load.cap >= 1.0 - grain ? 1.0 : load.cap;
                }
            }
        }
    }

    CampusPower const& power_;
    std::vector<PowerNode> const& nodes_;
    PowerInputs const& in_;
    PowerRace& race_;
    double dt_s_;
    std::vector<double> wanted_W_; ///< By load
    std::vector<NodeNow> now_;
};

} // namespace

PowerRace begin_power(CampusPower const& power)
{
    PowerRace race;
    race.nodes.resize(power.chain.nodes.size());
    race.loads.resize(power.chain.loads.size());
    auto const first = first_parents(power.chain);
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        race.nodes[n].parent = first[n];
    }
    race.flows.own_W.resize(race.nodes.size());
    race.flows.charged_W.resize(race.nodes.size());
    return race;
}

void step_power(CampusPower const& power, PowerInputs const& inputs, PowerRace& race, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && inputs.units_up.size() == power.chain.nodes.size() && inputs.wanted_W.size() == power.chain.loads.size());
    Step(power, inputs, race, dt_s).run();
}

bool power_is_steady(CampusPower const& power, PowerRace const& race)
{
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        auto const& node = power.chain.nodes[n];
        auto const& state = race.nodes[n];
        bool const discharging = (node.kind == Kind::ups || node.kind == Kind::storage) && race.flows.own_W[n] > 0.0;
        bool const in_transfer = state.dead_s > 0.0 && state.dead_s <= node.transfer_s;
        if (discharging || in_transfer) {
            return false;
        }
    }
    bool const restoring = std::ranges::any_of(race.loads, [](LoadService const& load) { return load.cap < 1.0 && load.enough_s > 0.0; });
    return !restoring && !more_to_come(power, race) && (race.short_s == 0.0 || race.short_s > power.shedding.after_s + 60.0);
}

double power_rests_s(CampusPower const& power, PowerRace const& race)
{
    double rests_s = infinity;
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        auto const& gensets = race.nodes[n].gensets;
        if (power.chain.nodes[n].kind != Kind::genset || gensets.phase != GensetState::Phase::running) {
            continue;
        }
        for (auto const& draw : gensets.draws) {
            double const left_s = draw.ready_s + draw.runs_s - gensets.since_s;
            if (left_s > 0.0) {
                rests_s = std::min(rests_s, left_s);
            }
        }
        if (gensets.mains_good_s > 0.0) {
            rests_s = std::min(rests_s, std::max(1.0, power.gensets.back_s - gensets.mains_good_s));
        }
        double const capacity_W = static_cast<double>(gensets.draws.size()) * power.chain.nodes[n].rating_W;
        double const load = capacity_W > 0.0 ? race.flows.own_W[n] / capacity_W : 0.0;
        // The tank lasts at least tank_s / load; an engine burns a little without load: look again before it can be empty.
        double const empty_s = gensets.fuel * power.gensets.tank_s / std::max(load + 0.1, 0.1);
        if (gensets.fuel > 0.0) {
            rests_s = std::min(rests_s, std::max(1.0, 0.8 * empty_s));
        }
        if (power.gensets.refuel_after_s > gensets.since_s) {
            rests_s = std::min(rests_s, power.gensets.refuel_after_s - gensets.since_s);
        }
    }
    return std::max(rests_s - 1.0, 1.0); // what happens, happens in a step of a second
}

bool power_is_normal(CampusPower const& power, PowerRace const& race)
{
    bool const loads = std::ranges::all_of(race.loads, [](LoadService const& l) { return l.served && l.cap == 1.0 && !l.on_battery; });
    for (std::size_t n = 0; n < race.nodes.size(); ++n) {
        auto const& node = race.nodes[n];
        if (node.gensets.phase != GensetState::Phase::standby || (power.ups[n] && node.charge < 0.999)) {
            return false;
        }
    }
    return loads;
}

} // namespace aidc
