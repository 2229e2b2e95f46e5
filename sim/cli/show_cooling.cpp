#include "sim/cli/show_cooling.hpp"

#include "models/base/curve_range.hpp"
#include "models/cooling/consumer.hpp"
#include "sim/cli/show_lines.hpp"

#include <algorithm>
#include <map>

namespace aidc::report {
namespace {

std::string energy(double joules)
{
    return joules >= 3.6e12 ? fmt::format("{:.1f} GWh", joules / 3.6e12) : fmt::format("{:.1f} MWh", joules / 3.6e9);
}

std::vector<std::pair<std::string, double>> read_consumers(h5::Reader const& file)
{
    std::vector<std::pair<std::string, double>> all;
    for (auto const& row : consumers) {
        double const energy_J = file.scalar("/summary/cooling_" + std::string(row.name) + "_J");
        if (energy_J > 0.0) {
            all.emplace_back(std::string(row.what), energy_J);
        }
    }
    std::ranges::stable_sort(all, [](auto const& a, auto const& b) { return a.second > b.second; });
    return all;
}

std::vector<std::pair<std::string, double>> read_outside(h5::Reader const& file)
{
    std::vector<std::pair<std::string, double>> left;
    if (!file.has("/curves/outside_h")) {
        return left;
    }
    auto const names = file.labels("/curves/name");
    auto const what = file.labels("/curves/what");
    auto const hours = file.column("/curves/outside_h");
    for (std::size_t i = 0; i < hours.size(); ++i) {
        if (hours[i] > 0.0) {
            left.emplace_back(names[i] + ": " + what[i], hours[i]);
        }
    }
    return left;
}

/// Units, spare ones included, and how many of them are spare.
std::string n_of(double units, double spare)
{
    return spare > 0.0 ? fmt::format("{:.0f} ({:.0f})", units, spare) : fmt::format("{:.0f}", units);
}

/// What a line says of a plant; equal plants say the same.
std::string sizing_of(PlantFacts const& p)
{
    return fmt::format("{:>6.1f} {:>6.1f} {:>7} {:>11} {:>6} {:>8} {:>6.1f} {:>8} {:>6}{}", p.liquid_W / 1e6, p.air_W / 1e6,
                       fmt::format("{:g}/{:g}", p.tcs_C, p.fws_C), fmt::format("{:.1f}/{:.1f}", p.dry_bulb_C, p.wet_bulb_C),
                       n_of(p.cdus_per_pod, p.cdu_spare), n_of(p.outdoor_units, p.outdoor_spare), p.outdoor_needed,
                       p.chillers > 0.0 ? n_of(p.chillers, p.chiller_spare) : "-", n_of(p.pumps, p.pump_spare),
                       p.carried < 1.0 - 1e-6 ? fmt::format(" {:.0f} %", 100.0 * p.carried) : "");
}

} // namespace

std::optional<Operation> read_operation(h5::Reader const& file)
{
    if (!file.has("/summary/pue")) {
        return {};
    }
    double case_max_C = std::numeric_limits<double>::quiet_NaN();
    for (double const value_C : file.column("/campus/case_max_C")) {
        case_max_C = std::fmax(case_max_C, value_C);
    }
    return Operation{.it_J = file.scalar("/summary/it_energy_J"),
                     .facility_J = file.scalar("/summary/facility_energy_J"),
                     .water_kg = file.scalar("/summary/water_kg"),
                     .throttled_J = file.scalar("/summary/throttled_energy_J"),
                     .pue = file.scalar("/summary/pue"),
                     .wue_kg_per_kWh = file.scalar("/summary/wue_kg_per_kWh"),
                     .case_max_C = case_max_C,
                     .chiller_h = file.scalar("/summary/chiller_hours"),
                     .reused_J = file.scalar("/summary/heat_reused_J"),
                     .consumers = read_consumers(file),
                     .outside = read_outside(file)};
}

std::vector<PlantFacts> read_plants(h5::Reader const& file)
{
    std::vector<PlantFacts> plants;
    if (!file.has("/plant/name")) {
        return plants;
    }
    auto const names = file.labels("/plant/name");
    auto const kinds = file.labels("/plant/outdoor_kind");
    auto const take = [&](char const* column, double PlantFacts::*field) {
        auto const values = file.column(std::string("/plant/") + column);
        for (std::size_t i = 0; i < plants.size(); ++i) {
            plants[i].*field = values[i];
        }
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        plants.push_back({.name = names[i], .outdoor_kind = kinds[i]});
    }
    take("liquid_W", &PlantFacts::liquid_W);
    take("air_W", &PlantFacts::air_W);
    take("design_dry_bulb_C", &PlantFacts::dry_bulb_C);
    take("design_wet_bulb_C", &PlantFacts::wet_bulb_C);
    take("tcs_set_point_C", &PlantFacts::tcs_C);
    take("fws_set_point_C", &PlantFacts::fws_C);
    take("outdoor_units", &PlantFacts::outdoor_units);
    take("outdoor_spare", &PlantFacts::outdoor_spare);
    take("outdoor_needed", &PlantFacts::outdoor_needed);
    take("chillers", &PlantFacts::chillers);
    take("chiller_spare", &PlantFacts::chiller_spare);
    take("cdus_per_pod", &PlantFacts::cdus_per_pod);
    take("cdu_spare", &PlantFacts::cdu_spare);
    take("pumps", &PlantFacts::pumps);
    take("pump_spare", &PlantFacts::pump_spare);
    take("carried", &PlantFacts::carried);
    return plants;
}

void print_plants(Page& page, Facts const& f, bool all)
{
    if (f.plants.empty() || (!f.operation && !all)) {
        return;
    }
    page.heading("Cooling, as sized at design weather (of which spare); a share at the end: undersized, holds so much");
    page.line("  building              liquid MW air TCS/FWS C  dry/wet C   CDUs  outdoor needed chillers  pumps");
    std::vector<std::pair<std::string, std::vector<std::string>>> lines; // equal plants together, in their order
    for (auto const& plant : f.plants) {
        auto const text = sizing_of(plant);
        auto const same = std::ranges::find(lines, text, &std::pair<std::string, std::vector<std::string>>::first);
        if (same == lines.end() || all) {
            lines.emplace_back(text, std::vector<std::string>{plant.name});
        }
        else {
            same->second.push_back(plant.name);
        }
    }
    constexpr std::size_t most_lines = 4;
    bool const cut = !all && lines.size() > most_lines;
    auto const left = lines.size() - (most_lines - 1);
    if (cut) {
        lines.resize(most_lines - 1);
    }
    for (auto const& [text, names] : lines) {
        auto const more = names.size() > 1 ? fmt::format(" +{}", names.size() - 1) : "";
        page.line("  {:<20} {}", fitted(names.front(), 20 - more.size()) + more, text);
    }
    if (cut) {
        page.line("  and {} other sizes (--all)", left);
    }
}

void print_operation(Page& page, Facts const& f)
{
    if (!f.operation) {
        page.line("Operation: not simulated (--detail build)");
        return;
    }
    page.heading("Operation");
    auto const& o = *f.operation;
    if (o.it_J <= 0.0) {
        page.line("  nothing was live: no IT energy; facility {}", energy(o.facility_J));
        return;
    }
    page.line("  IT {}, facility {}, PUE {:.3f}, water {} t, WUE {:.2f} kg/kWh", energy(o.it_J), energy(o.facility_J), o.pue,
              grouped(o.water_kg / 1e3), o.wue_kg_per_kWh);
    page.line("  hottest case {:.1f} degC, throttled {:.3f} % of the IT energy asked", o.case_max_C,
              100.0 * o.throttled_J / (o.it_J + o.throttled_J));
    page.line("  useful {} of {} live accelerator-hours ({:.1f} %)", grouped(f.useful_h), grouped(f.live_h),
              f.live_h > 0.0 ? 100.0 * f.useful_h / f.live_h : 0.0);
    for (auto const& [what, energy_J] : o.consumers) {
        page.line("  {:<58} {:>11}  {:+.4f} of PUE", what, energy(energy_J), energy_J / o.it_J);
    }
    page.line("  chillers of the facility water ran {} building-hours{}", grouped(o.chiller_h),
              o.reused_J > 0.0 ? fmt::format("; {} of heat were reused", energy(o.reused_J)) : "");
    for (auto const& [what, hours] : o.outside) {
        page.line("  outside for {} building-hours: {}", grouped(hours), what);
    }
}

std::vector<std::string> curve_warnings(h5::Reader const& file)
{
    std::vector<std::string> lines;
    constexpr double allowed_C = 35.0; // ASHRAE TC 9.9, class A2
    double const air_C = file.has("/summary/air_supply_max_C") ? file.scalar("/summary/air_supply_max_C") : 0.0;
    if (air_C > allowed_C) {
        lines.push_back(
            fmt::format("air to the racks gets up to {:.1f} C warm: the source of the residual air is too small, and what hot air does "
                        "to servers is not modelled",
                        air_C));
    }
    for (auto const& [what, hours] : read_outside(file)) {
        lines.push_back(fmt::format("{} ({} building-hours)", what, grouped(hours)));
    }
    return lines;
}

} // namespace aidc::report
