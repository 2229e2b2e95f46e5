#include "models/outage/years.hpp"

#include "models/base/tick.hpp"
#include "models/outage/family.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace aidc {
namespace {

using Kind = UnitGroup::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double year_length_s = 365.0 * day_s;
constexpr double longest_window_s = 30.0 * day_s;
constexpr double negligible_s = 1e-6; // of all accelerators: below, a failure cost nothing

/// Units that act on each other; all of them with a unit of the whole campus, but for pods.
struct Region {
    enum class Of : std::uint8_t { campus, hall, building, pod } of{};
    std::uint32_t row{}, pod{};

    auto operator<=>(Region const&) const = default;
};

bool are_related(Region const& a, Region const& b)
{
    bool const campus = a.of == Region::Of::campus || b.of == Region::Of::campus;
    return a == b || (campus && a.of != Region::Of::pod && b.of != Region::Of::pod);
}

/// Loss that goes on by a unit's failure.
struct GoesOn {
    DownUnit culprit;
    LostFrom rate;
};

/// Gensets that run.
struct Sets {
    std::vector<std::uint32_t> by_node;                     ///< Of the chain
    std::vector<std::pair<double, std::uint32_t>> fails_at; ///< When each fails [s] and its node, the first last
};

/// One loss that lasts.
struct Episode {
    std::vector<DownUnit> units;
    double began_s{};           ///< Moment 0 of its window: the last of the units failed
    double booked_s{};          ///< Its losses are booked up to here
    std::size_t window{};       ///< Row of UsedWindow
    DownUnit culprit;           ///< Of what comes on top of what goes on
    std::vector<GoesOn> before; ///< Losses by what was down already
    Sets sets;                  ///< While the grid is lost
};

class Years {
  public:
    Years(YearsInputs const& in) : in_(in), site_(in.moment.site)
    {
        for (auto const group : in.group_of_life) {
            cause_of_group_[group.row] = cause_row(family(group));
        }
    }

    YearsResult run(std::function<bool(std::uint32_t)> const& progress)
    {
        History history(in_.lives, {}, in_.uniforms);
        auto event = history.next();
        for (std::uint32_t year = 0; year < in_.years; ++year) {
            double const end_s = (year + 1) * year_length_s;
            for (auto& cause : out_.causes) {
                cause.by_year_s.push_back(0.0);
            }
            while (std::min(event.time_s, next_set_failure_s()) < end_s) {
                if (next_set_failure_s() < event.time_s) {
                    lose_a_set(next_set_failure_s());
                    continue;
                }
                DownUnit const unit{.group = in_.group_of_life[event.group], .unit = event.unit};
                event.up ? repair(unit, event.time_s) : fail(unit, event.time_s);
                event = history.next();
            }
            for (auto& episode : episodes_) {
                book(episode, end_s);
            }
            ++out_.years;
            if (progress(year + 1)) {
                break;
            }
        }
        return std::move(out_);
    }

  private:
    std::string family(Id<UnitGroup> group) const { return std::string(family_of(site_.groups[group.row].kind)); }

    std::size_t cause_row(std::string const& name)
    {
        auto const at = std::ranges::find(out_.causes, name, &CauseOfLoss::family);
        if (at != out_.causes.end()) {
            return static_cast<std::size_t>(at - out_.causes.begin());
        }
        out_.causes.push_back({.family = name, .by_year_s = {}});
        return out_.causes.size() - 1;
    }

    Region region(DownUnit const& unit) const
    {
        auto const& group = site_.groups[unit.group.row];
        switch (group.kind) {
        case Kind::ups:
        case Kind::busway:
            return {.of = Region::Of::hall, .row = group.hall.row};
        case Kind::dry_cooler:
        case Kind::fws_pump:
        case Kind::chiller:
            return {.of = Region::Of::building, .row = group.building.row};
        case Kind::cdu:
        case Kind::leak: {
            auto const place = place_of(site_, group.building, unit.unit, per_pod(group));
            return {.of = Region::Of::pod, .row = place.hall.row, .pod = place.line * 10'000 + place.pod};
        }
        default:
            return {.of = Region::Of::campus};
        }
    }

    std::uint32_t per_pod(UnitGroup const& group) const
    {
        return group.kind == Kind::cdu ? site_.buildings[group.building.row].sizing.cdus_per_pod : 0;
    }

    bool grid_is_lost(std::span<DownUnit const> units) const
    {
        double feeds = 0.0;
        for (auto const& node : site_.power.chain.nodes) {
            feeds += node.kind == PowerNode::Kind::feed ? node.units : 0.0;
        }
        return feeds > 0.0 && static_cast<double>(std::ranges::count_if(units, [&](DownUnit const& unit) {
                                  return site_.groups[unit.group.row].kind == Kind::feed;
                              })) >= feeds;
    }

    // ------------------------------------------------------------------------------------------ windows

    /// Equal units in equal places have one name: the first of their place.
    std::vector<DownUnit> canonical(std::vector<DownUnit> units) const
    {
        for (auto& unit : units) {
            auto const& group = site_.groups[unit.group.row];
            if (group.kind == Kind::cdu || group.kind == Kind::leak) {
                auto const place = place_of(site_, group.building, unit.unit, per_pod(group));
                std::uint32_t const racks = site_.halls[place.hall.row].lines[place.line].racks_per_pod;
                unit.unit -= place.pod * (group.kind == Kind::cdu ? per_pod(group) : racks);
                unit.unit -= group.kind == Kind::leak ? first_of_line_offset(group, place, unit.unit) : 0;
                continue;
            }
            std::uint32_t first = 0;
            for (auto const& node : site_.power.units) {
                first = node.group == unit.group && unit.unit >= node.first && unit.unit < node.first + node.count ? node.first : first;
            }
            unit.unit = first;
        }
        std::ranges::sort(units);
        for (std::size_t i = 1; i < units.size(); ++i) { // several of one place
            while (std::ranges::find(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(i), units[i])
                   != units.begin() + static_cast<std::ptrdiff_t>(i)) {
                ++units[i].unit;
            }
        }
        return units;
    }

    /// Racks of a pod before this one: a leak in any rack of a pod is the same.
    std::uint32_t first_of_line_offset(UnitGroup const& group, PodPlace const& place, std::uint32_t unit) const
    {
        std::uint32_t first = unit;
        while (first > 0) {
            auto const before = place_of(site_, group.building, first - 1, 0);
            if (before.hall != place.hall || before.line != place.line || before.pod != 0) {
                break;
            }
            --first;
        }
        return unit - first;
    }

    std::size_t window_for(std::vector<DownUnit> before, std::vector<DownUnit> down, double at_s, Sets const& sets)
    {
        auto all = before;
        all.insert(all.end(), down.begin(), down.end());
        bool const grid = grid_is_lost(all);
        std::uint32_t const weather = in_.weather.of_hour[static_cast<std::size_t>(std::fmod(at_s, year_length_s) / hour_s)];
        before = canonical(std::move(before));
        down = canonical(std::move(down));
        std::vector<std::uint32_t> key{weather, static_cast<std::uint32_t>(before.size())};
        key.insert(key.end(), sets.by_node.begin(), grid ? sets.by_node.end() : sets.by_node.begin());
        std::string name;
        for (auto const* const list : {&before, &down}) {
            for (auto const& unit : *list) {
                key.insert(key.end(), {unit.group.row, unit.unit});
                name += (name.empty() ? "" : list == &down && &unit == list->data() ? " after " : ", ") + site_.groups[unit.group.row].name;
            }
        }
        auto const [at, fresh] = rows_.try_emplace(std::move(key), out_.windows.size());
        if (fresh) {
            auto const running = std::accumulate(sets.by_node.begin(), sets.by_node.end(), 0U);
            out_.windows.push_back({.name = grid ? name + ", " + std::to_string(running) + " gensets start" : name,
                                    .weather_class = weather,
                                    .used = 0,
                                    .result = race(before, down, weather, grid ? &sets : nullptr)});
        }
        ++out_.windows[at->second].used;
        return at->second;
    }

    /// \param sets  None: all start
    WindowResult race(std::vector<DownUnit> const& before, std::vector<DownUnit> const& down, std::uint32_t weather, Sets const* sets) const
    {
        Moment moment = in_.moment;
        moment.outdoors = in_.weather.classes[weather].air;
        GensetDraws const draws = [&](std::uint32_t node, std::uint32_t, std::size_t there) {
            auto drawn = all_start(site_.power.gensets, there);
            for (std::size_t i = sets != nullptr ? sets->by_node[node] : there; i < there; ++i) {
                drawn[i].ready_s = infinity;
            }
            return drawn;
        };
        return run_window(moment, {.before = before, .down = down, .draws = &draws}, longest_window_s);
    }

    // ------------------------------------------------------------------------------------------ episodes

    LostFrom const& rate_now(Episode const& episode, double now_s) const
    {
        return lost_at(out_.windows[episode.window].result, now_s - episode.began_s);
    }

    /// Adds a loss to what a unit's failure has cost.
    void charge(DownUnit const& culprit, LostShares const& lost, double unserved_J)
    {
        auto& cause = out_.causes[cause_of_group_[culprit.group.row]];
        cause.lost_s.dark += lost.dark;
        cause.lost_s.tripped += lost.tripped;
        cause.lost_s.shed += lost.shed;
        cause.lost_s.throttled += lost.throttled;
        cause.unserved_J += unserved_J;
        cause.by_year_s.back() += lost.sum();
        cause.with_loss += lost.sum() > negligible_s && charged_.insert(culprit).second ? 1 : 0;
    }

    /// Books an episode up to now: what went on before to its culprits, the rest to its own.
    void book(Episode& episode, double now_s)
    {
        auto const& window = out_.windows[episode.window].result;
        double const from_s = episode.booked_s - episode.began_s;
        double const to_s = now_s - episode.began_s;
        double const dt_s = now_s - episode.booked_s;
        auto lost = minus(lost_until(window, to_s), lost_until(window, from_s));
        double unserved_J = unserved_until_J(window, to_s) - unserved_until_J(window, from_s);
        for (auto const& other : episode.before) {
            auto const part = least(times(other.rate.lost, dt_s), lost);
            double const part_J = std::min(other.rate.unserved_W * dt_s, unserved_J);
            charge(other.culprit, part, part_J);
            lost = minus(lost, part);
            unserved_J -= part_J;
        }
        charge(episode.culprit, lost, unserved_J);
        episode.booked_s = now_s;
    }

    /// Losses of an episode now, by culprit.
    std::vector<GoesOn> goes_on(Episode const& episode, double now_s) const
    {
        auto all = episode.before;
        LostFrom own = rate_now(episode, now_s);
        for (auto const& other : episode.before) {
            own.lost = minus(own.lost, other.rate.lost);
            own.unserved_W = std::max(0.0, own.unserved_W - other.rate.unserved_W);
        }
        all.push_back({.culprit = episode.culprit, .rate = own});
        return all;
    }

    /// A repair lets racks boot, and shed load come back: what that costs is booked to what held them, the repaired unit first.
    /// \param remains  Lost shares that stay lost
    void restart(Episode const& episode, DownUnit const& repaired, double now_s, LostShares const& remains)
    {
        auto const& restart = site_.power.restart;
        auto const& shedding = site_.power.shedding;
        double const boot_s = restart.rack_lockout_s + 0.5 * restart.rack_ramp_s;
        double const restore_s = shedding.restore_after_s + 0.5 * (1.0 - shedding.cap_floor) / shedding.restore_per_s;
        auto ends = minus(rate_now(episode, now_s).lost, remains);
        auto all = goes_on(episode, now_s);
        std::ranges::stable_partition(all, [&](GoesOn const& part) { return part.culprit == repaired; });
        for (auto const& [culprit, rate] : all) {
            auto const part = least(rate.lost, ends);
            LostShares const lost{
                .dark = 0.0, .tripped = (part.dark + part.tripped) * boot_s, .shed = part.shed * restore_s, .throttled = 0.0};
            charge(culprit, lost, lost.sum() > 0.0 ? rate.unserved_W * lost.sum() / rate.lost.sum() : 0.0);
            ends = minus(ends, part);
        }
    }

    static LostShares times(LostShares const& a, double s) { return {a.dark * s, a.tripped * s, a.shed * s, a.throttled * s}; }

    /// a - b, not below 0.
    static LostShares minus(LostShares const& a, LostShares const& b)
    {
        return {std::max(0.0, a.dark - b.dark), std::max(0.0, a.tripped - b.tripped), std::max(0.0, a.shed - b.shed),
                std::max(0.0, a.throttled - b.throttled)};
    }

    static LostShares least(LostShares const& a, LostShares const& b)
    {
        return {std::min(a.dark, b.dark), std::min(a.tripped, b.tripped), std::min(a.shed, b.shed), std::min(a.throttled, b.throttled)};
    }

    void fail(DownUnit const& unit, double now_s)
    {
        Episode fresh{.units = {unit}, .began_s = now_s, .booked_s = now_s, .culprit = unit};
        failed_s_[unit] = now_s;
        ++out_.causes[cause_of_group_[unit.group.row]].failures;
        auto const its = region(unit);
        std::vector<DownUnit> before;
        for (std::size_t i = 0; i < episodes_.size();) {
            auto& other = episodes_[i];
            if (std::ranges::none_of(other.units, [&](DownUnit const& down) { return are_related(its, region(down)); })) {
                ++i;
                continue;
            }
            book(other, now_s);
            before.insert(before.end(), other.units.begin(), other.units.end());
            auto const losses = goes_on(other, now_s);
            std::ranges::copy_if(losses, std::back_inserter(fresh.before), [](GoesOn const& part) { return part.rate.lost.sum() > 0.0; });
            if (!other.sets.by_node.empty()) {
                fresh.sets = other.sets;
            }
            other = std::move(episodes_.back());
            episodes_.pop_back();
        }
        fresh.units.insert(fresh.units.end(), before.begin(), before.end());
        if (grid_is_lost(fresh.units) && !grid_is_lost(before)) {
            order_gensets(fresh);
        }
        fresh.window = window_for(before, {unit}, now_s, fresh.sets);
        episodes_.push_back(std::move(fresh));
    }

    void repair(DownUnit const& unit, double now_s)
    {
        auto const at =
            std::ranges::find_if(episodes_, [&](Episode const& e) { return std::ranges::find(e.units, unit) != e.units.end(); });
        if (at == episodes_.end()) {
            return;
        }
        Episode old = std::move(*at);
        episodes_.erase(at);
        book(old, now_s);
        auto left = old.units;
        left.erase(std::ranges::find(left, unit));
        LostShares remains;
        std::vector<Episode> parts;
        while (!left.empty()) {
            Episode part{.units = take_related(left), .booked_s = now_s};
            for (auto const& down : part.units) {
                part.began_s = std::max(part.began_s, failed_s_[down]);
            }
            if (grid_is_lost(part.units)) {
                part.sets = old.sets;
            }
            part.culprit = heaviest(part, now_s);
            part.window = window_for({}, part.units, now_s, part.sets);
            auto const stays = rate_now(part, now_s).lost;
            remains = {remains.dark + stays.dark, remains.tripped + stays.tripped, remains.shed + stays.shed,
                       remains.throttled + stays.throttled};
            parts.push_back(std::move(part));
        }
        restart(old, unit, now_s, remains);
        charged_.erase(unit);
        episodes_.insert(episodes_.end(), parts.begin(), parts.end());
    }

    /// Takes the last unit, and all that act on it or on each other, out of a list.
    std::vector<DownUnit> take_related(std::vector<DownUnit>& units) const
    {
        std::vector<DownUnit> taken{units.back()};
        units.pop_back();
        for (std::size_t i = 0; i < units.size();) {
            auto const acts_on = [&](DownUnit const& other) { return are_related(region(other), region(units[i])); };
            if (std::ranges::any_of(taken, acts_on)) {
                taken.push_back(units[i]);
                units.erase(units.begin() + static_cast<std::ptrdiff_t>(i));
                i = 0;
            }
            else {
                ++i;
            }
        }
        return taken;
    }

    /// Culprit of what several units together go on losing: the one that loses most alone.
    DownUnit heaviest(Episode const& episode, double now_s)
    {
        DownUnit culprit = episode.units.front();
        double most = -1.0;
        for (auto const& unit : episode.units) {
            double const alone =
                episode.units.size() == 1
                    ? 0.0
                    : lost_at(out_.windows[window_for({}, {unit}, now_s, episode.sets)].result, now_s - failed_s_[unit]).lost.sum();
            if (alone > most) {
                most = alone;
                culprit = unit;
            }
        }
        return culprit;
    }

    // ------------------------------------------------------------------------------------------ gensets

    /// Every set that is not among the units of an episode draws its fate.
    void order_gensets(Episode& episode)
    {
        ++orders_;
        auto const& nodes = site_.power.chain.nodes;
        episode.sets = {.by_node = std::vector<std::uint32_t>(nodes.size(), 0), .fails_at = {}};
        auto const up = health_of(site_, in_.moment.commissioned, episode.units).units_up;
        std::uint32_t set = 0;
        for (std::uint32_t n = 0; n < nodes.size(); ++n) {
            for (double i = 1.0; nodes[n].kind == PowerNode::Kind::genset && i <= up[n]; i += 1.0, ++set) {
                auto const u = [&](std::uint32_t which) { return in_.genset_uniforms(orders_, set, which); };
                auto const draw = draw_genset(site_.power.gensets, u(0), u(1), u(2));
                if (std::isfinite(draw.ready_s)) {
                    ++episode.sets.by_node[n];
                    episode.sets.fails_at.emplace_back(episode.began_s + draw.ready_s + draw.runs_s, n);
                }
            }
        }
        std::ranges::sort(episode.sets.fails_at, std::greater{});
    }

    double next_set_failure_s() const
    {
        double next_s = infinity;
        for (auto const& episode : episodes_) {
            next_s = episode.sets.fails_at.empty() ? next_s : std::min(next_s, episode.sets.fails_at.back().first);
        }
        return next_s;
    }

    /// A running set fails: one fewer from now on.
    void lose_a_set(double now_s)
    {
        for (auto& episode : episodes_) {
            auto& sets = episode.sets;
            if (!sets.fails_at.empty() && sets.fails_at.back().first <= now_s) {
                book(episode, now_s);
                --sets.by_node[sets.fails_at.back().second];
                sets.fails_at.pop_back();
                episode.window = window_for({}, episode.units, now_s, sets);
            }
        }
    }

    YearsInputs const& in_;
    RaceSite const& site_;
    YearsResult out_;
    std::map<std::uint32_t, std::size_t> cause_of_group_;
    std::map<std::vector<std::uint32_t>, std::size_t> rows_;
    std::vector<Episode> episodes_;
    std::map<DownUnit, double> failed_s_; ///< When each unit that is down failed [s]
    std::set<DownUnit> charged_;          ///< Of them, those whose failure has cost something
    std::uint64_t orders_ = 0;
};

} // namespace

YearsResult run_years(YearsInputs const& inputs, std::function<bool(std::uint32_t)> const& progress) { return Years(inputs).run(progress); }

} // namespace aidc
