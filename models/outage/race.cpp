#include "models/outage/race.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double moves_K_per_s = 2e-4; // slower temperatures stand still: less than a degree an hour
constexpr double calm_needed_s = 20.0; // before long steps
constexpr double just_woken = -1.0;    // in place of a calm: the next step is a second, whatever moves
constexpr double waiting_step_s = 5.0; // while racks only wait for their lockout or ramp up
constexpr double still_K_per_s = 1e-6; // a building whose temperatures stand: its next step is like the last
constexpr double creeping_K_per_s = 0.01;
constexpr double creeping_step_s = 15.0;
constexpr double slow_K_per_s = 2e-3;
constexpr double slow_step_s = 60.0;

Driver driver_of(RaceSite const& site, RaceInputs const& in) { return {.kinds = site.kinds, .busy = in.busy, .trace_W = in.trace_W}; }

/// Is there anything that takes heat from the facility water?
bool has_sink(Building const& building, MachinesUp const& up)
{
    auto const& source = building.plant.source;
    return (source.outdoor && up.outdoor > 0.0) || (has_chiller(source.chiller) && building.plant.chillers > 0.0 && up.chillers > 0.0);
}

/// One step of a campus.
class Racing {
  public:
    Racing(RaceSite const& site, RaceInputs const& in, RaceState& race, double dt_s) : site_(site), in_(in), race_(race), dt_s_(dt_s) {}

    void run()
    {
        feed();
        for (auto& building : race_.buildings) {
            run_machines(building);
            hold_pods(building);
            cool(building);
            trip(building);
        }
        account();
        race_.elapsed_s += dt_s_;
    }

  private:
    Building const& building_of(RaceBuilding const& b) const { return site_.buildings[b.building.row]; }

    RaceBuilding const& of(Id<Building> building) const { return *std::ranges::find(race_.buildings, building, &RaceBuilding::building); }

    /// What a load would draw with everything on [W].
    double wanted_W(std::size_t load) const
    {
        auto const& part = site_.power.parts[load];
        if (part.building) {
            auto const& b = of(part.building);
            double sum_W = part.on_ups ? 0.0 : b.house_W;
            auto const& on = building_of(b).on_ups.on;
            for (std::size_t m = 0; m < machine_count; ++m) {
                bool const in_hall = m == index(Machine::cdu_pumps) && on[m];
                sum_W += on[m] == part.on_ups && !in_hall ? b.nominal_W[m] : 0.0;
            }
            return sum_W;
        }
        double sum_W = 0.0;
        for (auto const& pods : race_.pods) {
            if (pods.load == load) {
                double const throttle =
                    is_live(pods) && pods.ramp == 1.0 && pods.condition.power > 0.0 ? pods.share / pods.condition.power : 1.0;
                sum_W += pods.group.pods * (pod_W(pods.group, driver_of(site_, in_)) * std::min(1.0, throttle) + pump_W(pods));
            }
        }
        return sum_W;
    }

    /// CDU pumps of one pod, where they hang behind the UPS of its hall.
    double pump_W(RacePods const& pods) const
    {
        auto const& b = of(pods.building);
        double all = 0.0;
        for (auto const row : b.pods) {
            all += race_.pods[row].group.pods;
        }
        return building_of(b).on_ups.on[index(Machine::cdu_pumps)] ? b.nominal_W[index(Machine::cdu_pumps)] / all : 0.0;
    }

    void feed()
    {
        std::vector<double> wanted(site_.power.chain.loads.size());
        for (std::size_t l = 0; l < wanted.size(); ++l) {
            wanted[l] = wanted_W(l);
        }
        step_power(site_.power, {.units_up = in_.units_up, .wanted_W = wanted, .import_W = in_.import_W, .draws = in_.draws}, race_.power,
                   dt_s_);
    }

    /// Has a machine of a building power? CDU pumps behind the UPS follow their own hall.
    bool powered(RaceBuilding const& b, std::size_t machine) const
    {
        bool const on_ups = building_of(b).on_ups.on[machine];
        for (std::size_t l = 0; l < site_.power.parts.size(); ++l) {
            auto const& part = site_.power.parts[l];
            if (part.building == b.building && part.on_ups == on_ups) {
                return race_.power.loads[l].served;
            }
        }
        return true;
    }

    MachineLaw law(std::size_t machine) const
    {
        auto const& restart = site_.power.restart;
        bool const pump = machine == index(Machine::cdu_pumps) || machine == index(Machine::fws_pumps);
        return {.spin_down_s = pump ? restart.spin_down_s : 0.0, .delay_s = restart.delay_s[machine], .ramp_s = restart.ramp_s[machine]};
    }

    void run_machines(RaceBuilding& b)
    {
        for (std::size_t m = 0; m < machine_count; ++m) {
            b.machines[m] = machine_after(law(m), b.machines[m], powered(b, m), dt_s_);
        }
    }

    /// Does facility water flow, and does anything take its heat?
    bool is_cooled(RaceBuilding const& b) const
    {
        auto const& up = in_.up[b.building.row];
        return has_sink(building_of(b), up) && up.fws_pumps > 0.0 && b.machines[index(Machine::fws_pumps)].share > 0.0;
    }

    /// Power and coolant of the pods.
    void hold_pods(RaceBuilding& b)
    {
        bool const pumps_in_hall = building_of(b).on_ups.on[index(Machine::cdu_pumps)];
        for (auto const row : b.pods) {
            auto& pods = race_.pods[row];
            auto const& service = race_.power.loads[pods.load];
            pods.dark = pods.dark || !service.served;
            pods.pump = pumps_in_hall ? machine_after(law(index(Machine::cdu_pumps)), pods.pump, service.served, dt_s_)
                                      : b.machines[index(Machine::cdu_pumps)];
            if (!is_live(pods)) {
                boot(pods, b, service.served);
            }
            else if (pods.ramp < 1.0) {
                pods.ramp = std::min(1.0, pods.ramp + dt_s_ / site_.power.restart.rack_ramp_s);
            }
            double const target = is_live(pods) ? pods.ramp * service.cap : 0.0;
            // Pods that do nothing are shut off where their pumps would only warm them.
            bool const pumps = pods.cdus > 0.0 && (target > 0.0 || (!race_.resting && is_cooled(b)));
            pods.condition = {.power = race_.resting ? std::min(target, pods.rest_share) : target,
                              .pumps = pumps ? pods.pump.share : 0.0,
                              .cdus = pods.cdus > 0.0 ? pods.cdus : 1.0};
            b.conditions[pods.group.condition] = pods.condition;
        }
    }

    /// Dark and tripped racks wait until all is well, and then for their lockout.
    void boot(RacePods& pods, RaceBuilding const& b, bool served) const
    {
        auto const& kind = site_.kinds[pods.group.kind.row];
        auto const& restart = site_.power.restart;
        auto const at = temperatures(b, pods);
        bool const cool = at.chip_C <= kind.accelerator.throttle_case_C - restart.cool_below_K
                          && at.supply_C <= std::max(kind.supply_max_C, building_of(b).plant.tcs_set_point_C + 5.0);
        bool const well = served && race_.power.loads[pods.load].cap > 0.0 && pods.pump.share == 1.0 && pods.cdus > 0.0
                          && b.machines[index(Machine::fws_pumps)].share == 1.0 && cool;
        pods.ramp = 0.0;
        pods.well_s = well ? pods.well_s + dt_s_ : 0.0;
        if (pods.well_s >= restart.rack_lockout_s) {
            pods.dark = pods.tripped = false;
            pods.well_s = 0.0;
        }
    }

    PodTemperatures temperatures(RaceBuilding const& b, RacePods const& pods) const
    {
        for (std::size_t g = 0; b.island.loop && g < b.island.loop_groups.size(); ++g) {
            if (b.island.loop_groups[g].condition == pods.group.condition) {
                return b.island.loop->pods[g];
            }
        }
        return {.chip_C = -infinity, .return_C = -infinity, .supply_C = -infinity};
    }

    PlantDrive drive(RaceBuilding const& b) const
    {
        auto const& up = in_.up[b.building.row];
        auto const& sizing = building_of(b).sizing;
        double const pumps = b.machines[index(Machine::fws_pumps)].share;
        double const pumps_up = std::floor(up.fws_pumps * std::max(1U, sizing.pumps) + 1e-9);
        double const rated = building_of(b).plant.fws_pump.rated_flow_m3_per_s;
        double const deliver = rated > 0.0 ? pumps_up * sizing.pump_unit_m3_per_s / rated : infinity;
        return {.fws_flow = pumps == 1.0 && deliver >= 1.0 ? infinity : pumps * deliver,
                .tower_pumps = b.machines[index(Machine::outdoor)].share,
                .fans = b.machines[index(Machine::outdoor)].share,
                .chillers = b.machines[index(Machine::chillers)].share * up.chillers,
                .hall_air = b.machines[index(Machine::hall_air)].share > 0.5};
    }

    /// Everything that drives the cooling of a building, as numbers.
    static std::vector<double> driver(RaceBuilding const& b, IslandInputs const& in)
    {
        std::vector<double> key{in.outdoors.dry_bulb_C, in.outdoors.wet_bulb_C, in.coolers_up,     in.drive.fws_flow,
                                in.drive.tower_pumps,   in.drive.fans,          in.drive.chillers, in.drive.hall_air ? 1.0 : 0.0};
        for (auto const& condition : b.conditions) {
            key.insert(key.end(), {condition.power, condition.pumps, condition.cdus});
        }
        for (auto const& group : b.groups) {
            key.insert(key.end(), {static_cast<double>(group.pods), in.busy.of(group.kind)});
        }
        for (auto const& hall : in.halls) {
            key.insert(key.end(), {hall.it_W, hall.ups_units, hall.handed_over ? 1.0 : 0.0});
        }
        return key;
    }

    void cool(RaceBuilding& b)
    {
        auto const before = b.island.loop;
        std::vector<HallLoad> halls;
        for (std::size_t h = 0; h < site_.halls.size(); ++h) {
            if (site_.halls[h].building == b.building) {
                halls.push_back({.it_W = hall_W(id<Hall>(h)),
                                 .hall = &site_.halls[h],
                                 .ups_units = fed(id<Hall>(h)) ? ups_units(id<Hall>(h)) : 0.0,
                                 .handed_over = powered(b, index(Machine::hall_air))});
            }
        }
        IslandInputs const inputs{.outdoors = in_.outdoors,
                                  .coolers_up = in_.up[b.building.row].outdoor,
                                  .busy = in_.busy,
                                  .groups = b.groups,
                                  .halls = halls,
                                  .kinds = site_.kinds,
                                  .trace_W = in_.trace_W,
                                  .integration = race_.resting ? Integration::steady : Integration::transient,
                                  .conditions = b.conditions,
                                  .drive = drive(b)};
        auto key = driver(b, inputs);
        if (!race_.resting && b.flows.seconds > 0.0 && b.moving_K_per_s < still_K_per_s && key == b.driven_by) {
            b.flows = scaled(b.flows, dt_s_ / b.flows.seconds);
            return;
        }
        b.driven_by = std::move(key);
        b.flows = advance(building_of(b), inputs, b.island, dt_s_);
        b.moving_K_per_s = race_.resting || !before ? 0.0 : fastest(*before, *b.island.loop) / dt_s_;
        for (std::size_t g = 0; g < b.pods.size(); ++g) {
            race_.pods[b.pods[g]].share = b.island.shares.size() == b.pods.size() ? b.island.shares[g] : 0.0;
        }
    }

    double hall_W(Id<Hall> hall) const
    {
        double sum_W = 0.0;
        for (auto const& pods : race_.pods) {
            sum_W += pods.hall == hall ? pods.group.pods * pod_W(pods.group, driver_of(site_, in_)) : 0.0;
        }
        return sum_W;
    }

    /// Has any load of a hall power?
    bool fed(Id<Hall> hall) const
    {
        for (std::size_t l = 0; l < site_.power.parts.size(); ++l) {
            if (site_.power.parts[l].hall == hall && race_.power.loads[l].served) {
                return true;
            }
        }
        return false;
    }

    /// UPS modules of a hall in service.
    double ups_units(Id<Hall> hall) const
    {
        double units = 0.0;
        for (std::size_t n = 0; n < site_.power.chain.nodes.size(); ++n) {
            bool const its = site_.power.units[n].group && site_.power.units[n].group == site_.halls[hall.row].ups_group;
            units += its && site_.power.chain.nodes[n].kind == PowerNode::Kind::ups ? in_.units_up[n] : 0.0;
        }
        return units;
    }

    static double fastest(LoopState const& before, LoopState const& after)
    {
        if (before.pods.size() != after.pods.size()) {
            return infinity; // pods were split
        }
        double most_K = std::abs(after.fws_supply_C - before.fws_supply_C);
        for (std::size_t g = 0; g < before.pods.size(); ++g) {
            most_K = std::max({most_K, std::abs(after.pods[g].chip_C - before.pods[g].chip_C),
                               std::abs(after.pods[g].supply_C - before.pods[g].supply_C)});
        }
        return most_K;
    }

    void trip(RaceBuilding const& b)
    {
        if (race_.resting) {
            return;
        }
        for (auto const row : b.pods) {
            auto& pods = race_.pods[row];
            if (is_live(pods) && temperatures(b, pods).chip_C >= site_.kinds[pods.group.kind.row].accelerator.trip_case_C - 0.5) {
                pods.tripped = true;
                pods.ramp = 0.0;
            }
        }
    }

    bool feed_lost() const
    {
        for (std::size_t n = 0; n < site_.power.chain.nodes.size(); ++n) {
            if (site_.power.chain.nodes[n].kind == PowerNode::Kind::feed && in_.units_up[n] <= 0.0) {
                return true;
            }
        }
        return in_.import_W <= 0.0;
    }

    /// What was lost in each hall.
    void account()
    {
        std::vector<double> live_W(site_.halls.size(), 0.0);
        auto const before = std::exchange(race_.losses, std::vector<HallLoss>(site_.halls.size()));
        for (auto const& pods : race_.pods) {
            double const each_W = pods.group.pods * pod_W(pods.group, driver_of(site_, in_));
            auto& loss = race_.losses[pods.hall.row];
            double const off_W = pods.group.live_racks > 0 ? each_W * pods.racks_off / pods.group.live_racks : 0.0;
            live_W[pods.hall.row] += each_W + off_W;
            double const target = is_live(pods) ? pods.ramp * race_.power.loads[pods.load].cap : 0.0;
            loss.dark += (pods.dark ? each_W : 0.0) + off_W;
            loss.tripped += !pods.dark ? each_W * (pods.tripped ? 1.0 : 1.0 - pods.ramp) : 0.0;
            loss.shed += is_live(pods) ? each_W * pods.ramp * (1.0 - race_.power.loads[pods.load].cap) : 0.0;
            loss.throttled += each_W * std::max(0.0, target - pods.share);
        }
        for (std::size_t h = 0; h < live_W.size(); ++h) {
            auto& loss = race_.losses[h];
            double const per_W = live_W[h] > 0.0 ? 1.0 / live_W[h] : 0.0;
            loss.dark *= per_W;
            loss.tripped *= per_W;
            loss.shed *= per_W;
            loss.throttled *= per_W;
            bool const more = h >= before.size() || loss.dark > before[h].dark + 1e-9;
            loss.by_grid = more ? feed_lost() : before[h].by_grid;
        }
    }

    RaceSite const& site_;
    RaceInputs const& in_;
    RaceState& race_;
    double dt_s_;
};

} // namespace

namespace {

/// Racks that wait for their lockout, or ramp up.
bool racks_wait(RaceState const& race)
{
    return std::ranges::any_of(race.pods, [](RacePods const& p) { return p.well_s > 0.0 || (is_live(p) && p.ramp < 1.0); });
}

/// No machine starts, stops or waits for its delay.
bool machines_are_steady(RaceState const& race)
{
    return std::ranges::all_of(race.buildings, [](RaceBuilding const& b) {
        return std::ranges::all_of(b.machines, [](MachineState const& m) { return m.steady(m.powered_s > 0.0); });
    });
}

double fastest_K_per_s(RaceState const& race)
{
    double most = 0.0;
    for (auto const& b : race.buildings) {
        most = std::max(most, b.moving_K_per_s);
    }
    return most;
}

/// Live racks in a building where nothing is in service that takes their heat: it goes on warming, however slowly.
bool has_no_sink(RaceSite const& site, RaceInputs const& in, RaceState const& race)
{
    return std::ranges::any_of(race.buildings, [&](RaceBuilding const& b) {
        return !has_sink(site.buildings[b.building.row], in.up[b.building.row])
               && std::ranges::any_of(b.pods, [&](std::size_t row) { return is_live(race.pods[row]) && race.pods[row].group.pods > 0; });
    });
}

} // namespace

void step_race(RaceSite const& site, RaceInputs const& inputs, RaceState& race, double dt_s)
{
    AIDC_EXPECT(dt_s > 0.0 && inputs.up.size() == site.buildings.size());
    bool const something_happens = race.resting && dt_s >= power_rests_s(site.power, race.power) * (1.0 - 1e-9);
    set_pod_faults(race, inputs.faults);
    Racing(site, inputs, race, dt_s).run();
    if (race.resting) {
        if (something_happens || !power_is_steady(site.power, race.power) || racks_wait(race)) {
            wake(race);
        }
        return;
    }
    bool const still = power_is_steady(site.power, race.power) && machines_are_steady(race) && fastest_K_per_s(race) < moves_K_per_s
                       && !has_no_sink(site, inputs, race);
    race.calm_s = still && !racks_wait(race) ? std::max(0.0, race.calm_s) + dt_s : 0.0;
    if (race.calm_s >= calm_needed_s) {
        race.resting = true;
        for (auto& pods : race.pods) {
            pods.rest_share = pods.share;
        }
    }
}

double race_step_s(RaceSite const& site, RaceState const& race)
{
    if (race.resting) {
        return power_rests_s(site.power, race.power);
    }
    double const moves = fastest_K_per_s(race);
    if (race.elapsed_s == 0.0 || race.calm_s == just_woken || !power_is_steady(site.power, race.power) || !machines_are_steady(race)
        || moves > 0.1) {
        return 1.0;
    }
    double const cooling_s = moves > slow_K_per_s ? creeping_step_s : slow_step_s;
    double const most_s = racks_wait(race) || moves > creeping_K_per_s ? waiting_step_s : cooling_s;
    return std::min(most_s, power_rests_s(site.power, race.power));
}

void wake(RaceState& race)
{
    race.resting = false;
    race.calm_s = just_woken;
}

bool is_over(RaceSite const& site, RaceState const& race)
{
    bool const pods = std::ranges::all_of(race.pods, [](RacePods const& p) {
        return p.group.pods == 0
               || (is_live(p) && p.ramp == 1.0 && p.pump.share == 1.0 && p.cdus == 1.0 && p.racks_off == 0 && p.share >= 1.0 - 1e-9);
    });
    bool machines = true;
    for (auto const& b : race.buildings) {
        machines = machines && std::ranges::all_of(b.machines, [](MachineState const& m) { return m.share == 1.0; });
    }
    return race.resting && pods && machines && power_is_normal(site.power, race.power);
}

} // namespace aidc
