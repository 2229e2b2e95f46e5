#include "sim/record/summary.hpp"

#include "sim/record/tables.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Sums over all halls and lots that the summary states.
struct Totals {
    double live_W{}, accelerators_live{};
    double planned_or_live_s{}, not_live_s{}, useful_s{}, live_s{}, ahead_s{};
    double paid{}, tariff{};
    Tick first_live = never;
};

Totals add_up(World const& world)
{
    Totals t;
    for (auto const& hall : world.halls) {
        t.live_W += hall.live_W;
        t.accelerators_live += hall.live_accelerators;
        if (!hall.history.empty()) {
            t.first_live = std::min(t.first_live, hall.history.front().from);
        }
    }
    for (auto const& books : world.ledger) {
        t.planned_or_live_s += books.planned_or_live_accelerator_s;
        t.ahead_s += books.ahead_accelerator_s;
        t.useful_s += books.live_accelerator_s[index(Cause::useful)];
        for (double const value : books.live_accelerator_s) {
            t.live_s += value;
        }
        for (auto const& row : books.not_live) {
            t.not_live_s += row.accelerator_s;
        }
    }
    for (auto const& lot : world.lots) {
        t.paid += lot.paid;
        t.tariff += lot.tariff;
    }
    return t;
}

void add_capacity(Buildout const& b, World const& world, std::vector<Figure>& figures)
{
    auto const t = add_up(world);
    auto const add = [&figures](h5::Quantity what, double value) { figures.push_back({.what = std::move(what), .value = value}); };
    add({"live_W", "W", "live IT power at the end"}, t.live_W);
    add({"accelerators_live", "1", "live accelerators at the end"}, t.accelerators_live);
    add({"first_live", time_units(b), "first rack live"}, date_s(t.first_live));
    add({"planned_or_live_accelerator_h", "h", "accelerator-hours planned or live"}, t.planned_or_live_s / hour_s);
    add({"live_accelerator_h", "h", "accelerator-hours live"}, t.live_s / hour_s);
    add({"not_live_accelerator_h", "h", "accelerator-hours planned and not live"}, t.not_live_s / hour_s);
    add({"useful_accelerator_h", "h", "accelerator-hours at work"}, t.useful_s / hour_s);
    add({"ahead_accelerator_h", "h", "accelerator-hours live before planned"}, t.ahead_s / hour_s);
    add({"goods_paid", "1", "price of all lots ordered, in the currency of the scenario"}, t.paid);
    add({"tariffs_paid", "1", "tariffs on what has arrived, in the currency of the scenario"}, t.tariff);
}

/// What the capacity was used for.
void add_use(Buildout const& b, World const& world, std::vector<Figure>& figures)
{
    auto const add = [&figures](h5::Quantity what, double value) { figures.push_back({.what = std::move(what), .value = value}); };
    double h200_s = 0.0;
    for (std::size_t p = 0; p < b.pools.size(); ++p) {
        double const rolled_back_s = world.pool_books[id<Pool>(p)].all_rolled_back_s;
        h200_s += (world.pool_books[id<Pool>(p)].total[index(Rung::productive)] - rolled_back_s)
                  * b.kinds[b.pools[p].kind.row].accelerator.h200_equivalents;
    }
    ContractBook contracts;
    for (auto const& books : world.contract_books) {
        contracts += books.total;
    }
    ServiceBook services;
    for (auto const& books : world.service_books) {
        services += books.total;
    }
    QueueState queues;
    for (auto const& queue : world.queues) {
        queues.ended += queue.ended;
        queues.interrupted += queue.interrupted;
        queues.evicted += queue.evicted;
    }
    add({"effective_h200_h", "h", "accelerator-hours that made progress and kept it, in hours of an H200"}, h200_s / hour_s);
    add({"backlog_J", "J", "IT energy that was due to contracts and not served"}, contracts.due_J - contracts.sold_J);
    add({"revenue", "1", "price of what contracts were served, in the currency of the scenario"}, contracts.revenue);
    add({"damages", "1", "for what was due and not served, in the currency of the scenario"}, contracts.damages);
    add({"asked_tokens", "1", "tokens asked of inference services"}, services.asked_tokens);
    add({"served_tokens", "1", "of them, served"}, services.served_tokens);
    add({"jobs_ended", "1", "jobs of queues that were done"}, static_cast<double>(queues.ended));
    add({"jobs_interrupted", "1", "interruptions of jobs by failures"}, static_cast<double>(queues.interrupted));
    add({"jobs_evicted", "1", "times that a job was sent back to its queue"}, static_cast<double>(queues.evicted));
}

void add_energy(Flows const& f, std::vector<Figure>& figures)
{
    auto const add = [&figures](h5::Quantity what, double value) { figures.push_back({.what = std::move(what), .value = value}); };
    add({"it_energy_J", "J", "IT energy"}, f.it_J);
    add({"facility_energy_J", "J", "energy of the facility, from grid, gensets and batteries"}, facility_J(f));
    add({"cooling_energy_J", "J", "pumps, fans and chillers"}, f.cooling_J());
    for (auto const& row : consumers) {
        add({"cooling_" + std::string(row.name) + "_J", "J", std::string(row.what)}, f.consumer_J[index(row.consumer)]);
    }
    add({"water_kg", "kg", "make-up water"}, f.make_up_kg);
    add({"genset_energy_J", "J", "energy from gensets"}, f.genset_J);
    add({"battery_energy_J", "J", "energy from batteries of UPS and storage"}, f.battery_J);
    add({"genset_fuel_m3", "m3", "fuel burnt by gensets"}, f.fuel_m3);
    add({"throttled_energy_J", "J", "IT energy cut to keep chips cool"}, f.throttled_J);
    add({"pue", "1", "facility energy over IT energy, whole run (interval PUE)"}, f.it_J > 0.0 ? facility_J(f) / f.it_J : none);
    add({"wue_kg_per_kWh", "kg kW-1 h-1", "make-up water over IT energy, whole run"},
        f.it_J > 0.0 ? f.make_up_kg / (f.it_J / 3.6e6) : none);
}

void add_heat_and_water(Flows const& f, std::vector<Figure>& figures)
{
    auto const add = [&figures](h5::Quantity what, double value) { figures.push_back({.what = std::move(what), .value = value}); };
    double const heat_out_J = f.heat_rejected_J + f.heat_reused_J + f.heat_stored_J;
    add({"heat_residual", "1", "heat in over heat rejected, reused and stored, less 1"},
        heat_out_J > 0.0 ? f.heat_in_J / heat_out_J - 1.0 : 0.0);
    add({"air_supply_max_C", "degC", "warmest air to racks that give heat to the air"},
        f.air_supply_max_C > -273.0 ? f.air_supply_max_C : none);
    add({"evaporated_kg", "kg", "water evaporated by pads and towers"}, f.evaporated_kg);
    add({"drift_kg", "kg", "water carried off towers as droplets"}, f.drift_kg);
    add({"blowdown_kg", "kg", "water bled to hold the cycles of concentration"}, f.blowdown_kg);
    add({"chiller_hours", "h", "time with chillers of the facility water on, summed over buildings"}, f.chillers_s / hour_s);
    add({"heat_reused_J", "J", "heat given to networks"}, f.heat_reused_J);
    add({"heat_stored_J", "J", "heat gained by chips, coolant and water"}, f.heat_stored_J);
    add({"erf", "1", "energy reuse factor: heat reused over facility energy"},
        facility_J(f) > 0.0 ? f.heat_reused_J / facility_J(f) : none);
}

} // namespace

Flows total_flows(World const& world)
{
    Flows total;
    for (auto const& book : world.campus_books) {
        total += book.total;
    }
    return total;
}

std::vector<Figure> summary_of(Buildout const& buildout, World const& world, Detail detail)
{
    std::vector<Figure> figures;
    add_capacity(buildout, world, figures);
    add_use(buildout, world, figures);
    if (detail == Detail::operate) {
        auto const flows = total_flows(world);
        add_energy(flows, figures);
        add_heat_and_water(flows, figures);
    }
    return figures;
}

} // namespace aidc
