#include "sim/scenario/resolve.hpp"

#include "models/base/units.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// Dates of a shock: once, from a day on, or again and again.
void set_dates(Resolver& r, ShockSpec const& spec, std::string const& pointer, Shock& shock)
{
    if (spec.from.has_value() == spec.random.has_value()) {
        r.problem(pointer, "needs either \"from\" (it comes on a day) or \"random\" (it comes again and again)");
        return;
    }
    shock.until = never;
    if (spec.random) {
        shock.random = true;
        shock.between = r.duration(spec.random->between, pointer + "/random/between");
        shock.lasts = r.duration(spec.random->lasts, pointer + "/random/lasts");
        if (spec.until || spec.probability != 1.0) {
            r.problem(pointer, "is random and has \"until\" or \"probability\" (they would be ignored); remove them");
        }
        if (median_s(shock.between) + median_s(shock.lasts) < hour_s) {
            r.problem(pointer + "/random", "comes more often than once an hour; check the units");
        }
        return;
    }
    shock.from = r.tick(*spec.from, pointer + "/from");
    if (spec.until) {
        shock.until = r.tick(*spec.until, pointer + "/until");
        if (shock.until <= shock.from) {
            r.problem(pointer + "/until", "is not after \"from\"");
        }
    }
}

/// What of a shock would be ignored, and a shock that changes nothing.
void check_effects(Resolver& r, ShockSpec const& spec, std::string const& pointer)
{
    bool const held = spec.holds_transit;
    if (!held && spec.licence) {
        r.problem(pointer, "has a licence and holds nothing (it would be ignored); add \"holds_transit\": true");
    }
    if (!held && !spec.quota && !spec.delay && spec.capacity_factor == 1.0 && spec.price_factor == 1.0 && spec.tariff == 0.0) {
        r.problem(pointer, "changes nothing; add \"holds_transit\": true, a \"quota\", a \"delay\", a \"capacity_factor\" below 1, a "
                           "\"price_factor\" or a \"tariff\"");
    }
    if (!spec.region.empty() && spec.capacity_factor != 1.0) {
        r.problem(pointer + "/region", "stands beside a capacity_factor (a maker has one output for all regions); make two shocks");
    }
    bool const known = std::ranges::any_of(r.spec.campuses, [&spec](CampusSpec const& campus) { return campus.region == spec.region; });
    if (!spec.region.empty() && !known) {
        r.problem(pointer + "/region", fmt::format("no campus is in region \"{}\" (the shock would hit nothing)", spec.region));
    }
}

void resolve_shock(Resolver& r, ShockSpec const& spec, std::size_t i, Names<Shock>& shocks)
{
    auto const pointer = at("/shocks", i);
    r.declare(shocks, spec.name, i, pointer + "/name");
    if (spec.item.empty() == spec.maker.empty()) {
        r.problem(pointer, "needs either \"item\" (the goods of all its makers) or \"maker\"");
    }
    Shock shock{.name = spec.name,
                .item = r.refer(r.items, spec.item, pointer + "/item"),
                .maker = r.refer(r.makers, spec.maker, pointer + "/maker"),
                .region = spec.region,
                .capacity_factor = spec.capacity_factor,
                .holds_transit = spec.holds_transit,
                .price_factor = spec.price_factor,
                .tariff = spec.tariff,
                .probability = spec.probability};
    set_dates(r, spec, pointer, shock);
    check_effects(r, spec, pointer);
    shock.release = r.duration(spec.release, pointer + "/release");
    if (spec.licence) {
        shock.licence = r.duration(*spec.licence, pointer + "/licence");
    }
    if (spec.delay) {
        shock.delay = r.duration(*spec.delay, pointer + "/delay");
    }
    if (spec.quota) {
        shock.quota_units = spec.quota->units;
        shock.quota_period_s = spec.quota->every_s;
    }
    r.out.shocks.push_back(std::move(shock));
}

} // namespace

void resolve_shocks(Resolver& r)
{
    Names<Shock> shocks("shock");
    for (std::size_t i = 0; i < r.spec.shocks.size(); ++i) {
        resolve_shock(r, r.spec.shocks[i], i, shocks);
    }
}

} // namespace aidc
