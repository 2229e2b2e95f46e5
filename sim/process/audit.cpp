#include "sim/process/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double tolerance = 1e-9;

void close(char const* term, double one_side, double other_side)
{
    double const scale = std::max(std::abs(one_side), std::abs(other_side));
    double const residual = scale > 0.0 ? std::abs(one_side - other_side) / scale : 0.0;
    if (!(residual <= tolerance)) {
        throw AuditError(term, residual);
    }
}

/// A step function of live or planned capacity: its value at t.
LiveStep at(std::vector<LiveStep> const& steps, Tick t)
{
    LiveStep value{};
    for (auto const& step : steps) {
        if (step.from <= t) {
            value = step;
        }
    }
    return value;
}

/// Integral of what was planned or live [accelerator s], from dates alone.
double by_dates_s(std::vector<LiveStep> const& live, std::vector<LiveStep> const& planned, Tick end)
{
    std::vector<Tick> cuts{0, end};
    for (auto const* steps : {&live, &planned}) {
        for (auto const& step : *steps) {
            cuts.push_back(std::min(step.from, end));
        }
    }
    std::ranges::sort(cuts);
    double sum = 0.0;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        auto const l = at(live, cuts[i - 1]);
        auto const p = at(planned, cuts[i - 1]);
        sum += (p.it_W > l.it_W ? p.accelerators : l.accelerators) * seconds(cuts[i] - cuts[i - 1]);
    }
    return sum;
}

double booked_s(HallBooks const& books)
{
    double sum = 0.0;
    for (double const value : books.live_accelerator_s) {
        sum += value;
    }
    for (auto const& row : books.not_live) {
        sum += row.accelerator_s;
    }
    return sum;
}

} // namespace

void audit_flows(World const& world)
{
    for (auto const& book : world.campus_books) {
        auto const& f = book.total;
        close("heat", f.heat_in_J, f.heat_rejected_J + f.heat_reused_J + f.heat_stored_J);
        double const losses_J = f.ups_loss_J + f.transformer_loss_J + f.house_J;
        double const supplied_J = f.import_J + f.genset_J + f.battery_J - f.charging_J;
        close("energy", supplied_J, f.it_J + f.cooling_J() + losses_J);
        // The same by heat: what coolant and hall air took from the pods, instead of what the halls drew.
        close("energy", supplied_J, f.heat_in_J + f.behind_coils_J() + losses_J);
        close("water", f.make_up_kg, f.evaporated_kg + f.drift_kg + f.blowdown_kg);
    }
}

void audit_accelerator_hours(World const& world, Plan const& plan, Tick now)
{
    std::vector<LiveStep> const nothing;
    for (std::uint32_t h = 0; h < world.halls.size(); ++h) {
        auto const& books = world.ledger[Id<Hall>{h}];
        auto const& live = world.halls[Id<Hall>{h}].history;
        double const dates_s = by_dates_s(live, plan.empty() ? nothing : plan.halls[h], now);
        close("accelerator-hours", booked_s(books), dates_s);
        close("accelerator-hours", books.planned_or_live_accelerator_s, dates_s);
    }
}

} // namespace aidc
