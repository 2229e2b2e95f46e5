#include "sim/cli/json_text.hpp"
#include "sim/cli/show_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace aidc::report {
namespace {

std::string days(std::optional<double> value) { return value ? number(*value) : "null"; }

std::string date(Dates const& dates, double date_s) { return text_or_null(dates.text(date_s)); }

std::string of(DateFacts const& d, Dates const& dates)
{
    return object({{"planned", date(dates, d.planned_s)},
                   {"actual", date(dates, d.actual_s)},
                   {"late_days", days(days_late(d.actual_s, d.planned_s))}});
}

std::string of(TargetFacts const& target, Dates const& dates)
{
    return object({{"target", in_quotes(target.name)},
                   {"it_W", number(target.it_W)},
                   {"due", date(dates, target.due_s)},
                   {"planned", date(dates, target.date.planned_s)},
                   {"actual", date(dates, target.date.actual_s)},
                   {"late_days", days(days_late(target.date.actual_s, target.due_s))}});
}

std::string of(CampusFacts const& campus, Dates const& dates)
{
    return object({{"campus", in_quotes(campus.name)},
                   {"power", of(campus.power, dates)},
                   {"first_live", of(campus.first_live, dates)},
                   {"complete", of(campus.complete, dates)}});
}

std::string of(HallFacts const& hall, Dates const& dates)
{
    return object({{"hall", in_quotes(hall.name)},
                   {"complete_W", number(hall.complete_W)},
                   {"live_W", number(hall.live_W)},
                   {"handover", date(dates, hall.handover.actual_s)},
                   {"handover_planned", date(dates, hall.handover.planned_s)},
                   {"first_live", date(dates, hall.first_live.actual_s)},
                   {"first_live_planned", date(dates, hall.first_live.planned_s)},
                   {"complete", date(dates, hall.complete.actual_s)},
                   {"complete_planned", date(dates, hall.complete.planned_s)},
                   {"late_days", days(days_late(hall.complete.actual_s, hall.complete.planned_s))},
                   {"is_complete", std::isnan(hall.complete.actual_s) ? "false" : "true"},
                   {"gate", list(hall.gate, [](std::string const& term) { return in_quotes(term); })}});
}

std::string of(Help const& help, Dates const& dates)
{
    return object({{"term", in_quotes(help.term)},
                   {"solo_accelerator_h", number(help.solo_h)},
                   {"hall", text_or_null(help.hall)},
                   {"activity", text_or_null(help.activity)},
                   {"waited_accelerator_h", number(help.waited_h)},
                   {"planned", date(dates, help.planned_s)},
                   {"actual", date(dates, help.actual_s)},
                   {"slip_activity", text_or_null(help.slip_activity)},
                   {"slip_order", text_or_null(help.slip_order)},
                   {"slip_days", number(help.slip_d)},
                   {"cause", text_or_null(help.cause)},
                   {"advice", text_or_null(help.advice)},
                   {"command", text_or_null(help.command)}});
}

std::string of(LateOrder const& order, Dates const& dates)
{
    return object({{"order", in_quotes(order.order)},
                   {"part_of", text_or_null(order.part_of)},
                   {"item", in_quotes(order.item)},
                   {"maker", in_quotes(order.maker)},
                   {"lots", number(order.lots)},
                   {"late_lots", number(order.late_lots)},
                   {"late_days", number(order.late_d)},
                   {"planned", date(dates, order.planned_s)},
                   {"actual", date(dates, order.actual_s)}});
}

std::string of(Stranded const& row, Dates const& dates)
{
    return object({{"item", in_quotes(row.item)},
                   {"most_racks", number(row.peak_racks)},
                   {"most_on", date(dates, row.peak_s)},
                   {"mean_age_s", number(row.peak_age_s)},
                   {"racks_at_end", number(row.racks_at_end)}});
}

std::string money_of(Money const& row)
{
    return object({{"name", in_quotes(row.name)}, {"paid", number(row.paid)}, {"tariff", number(row.tariff)}});
}

std::string of(Capacity const& row, Dates const& dates)
{
    return object({{"date", in_quotes(dates.text(row.at_s))},
                   {"live_W", number(row.live_W)},
                   {"planned_W", number(row.planned_W)},
                   {"accelerators", number(row.accelerators)},
                   {"accelerators_planned", number(row.accelerators_planned)}});
}

std::string of(Operation const& o)
{
    return object({{"it_energy_J", number(o.it_J)},
                   {"facility_energy_J", number(o.facility_J)},
                   {"pue", number(o.pue)},
                   {"water_kg", number(o.water_kg)},
                   {"wue_kg_per_kWh", number(o.wue_kg_per_kWh)},
                   {"throttled_energy_J", number(o.throttled_J)},
                   {"case_max_C", number(o.case_max_C)}});
}

std::string of(UseFacts const& use)
{
    auto const ladder = [](LadderFacts const& row) {
        std::vector<std::pair<std::string_view, std::string>> hours;
        for (auto const& rung : rungs) {
            hours.emplace_back(rung.name, number(row.hours[index(rung.rung)]));
        }
        return object(
            {{"pool", in_quotes(row.pool)}, {"accelerator_h", object(hours)}, {"productive_h200_h", number(row.productive_h200_h)}});
    };
    auto const contract = [](ContractFacts const& row) {
        return object({{"contract", in_quotes(row.name)},
                       {"due_J", number(row.due_J)},
                       {"sold_J", number(row.sold_J)},
                       {"revenue", number(row.revenue)},
                       {"damages", number(row.damages)}});
    };
    auto const stream = [](StreamFacts const& row) {
        return object({{"stream", in_quotes(row.name)},
                       {"jobs", fmt::format("{}", row.jobs)},
                       {"ended", fmt::format("{}", row.ended)},
                       {"mean_wait_s", number(row.started > 0 ? row.wait_s / static_cast<double>(row.started) : 0.0)},
                       {"held_accelerator_h", number(row.held_h)},
                       {"lost_accelerator_h", number(row.lost_h)},
                       {"interruptions", fmt::format("{}", row.interruptions)},
                       {"evictions", fmt::format("{}", row.evictions)}});
    };
    return object(
        {{"ladder", list(use.ladders, ladder)}, {"contracts", list(use.contracts, contract)}, {"jobs", list(use.streams, stream)}});
}

std::string of_accelerator_hours(Facts const& f)
{
    return object({{"planned_or_live_h", number(f.planned_or_live_h)},
                   {"live_h", number(f.live_h)},
                   {"useful_h", number(f.useful_h)},
                   {"not_live_h", number(f.not_live_h)},
                   {"ahead_h", number(f.ahead_h)}});
}

} // namespace

std::string json(Facts const& f)
{
    auto const with_dates = [&f](auto const& row) { return of(row, f.dates); };
    auto const by_term = [](Hours const& row) {
        return object(
            {{"term", in_quotes(row.name)}, {"share_accelerator_h", number(row.share_h)}, {"solo_accelerator_h", number(row.solo_h)}});
    };
    auto const by_cause = [](Hours const& row) { return object({{"cause", in_quotes(row.name)}, {"accelerator_h", number(row.share_h)}}); };
    auto const not_coming = [](NotComing const& row) {
        return object({{"order", in_quotes(row.order)},
                       {"part_of", text_or_null(row.part_of)},
                       {"why", in_quotes(row.why)},
                       {"units", number(row.units)}});
    };
    return object({{"file", in_quotes(f.file)},
                   {"name", in_quotes(f.name)},
                   {"status", in_quotes(f.status)},
                   {"program", in_quotes(f.program)},
                   {"detail", in_quotes(f.detail)},
                   {"seed", fmt::format("{}", f.seed)},
                   {"start", in_quotes(f.dates.text(0.0))},
                   {"simulated_until", in_quotes(f.dates.text(f.until_s))},
                   {"accelerator_hours", of_accelerator_hours(f)},
                   {"half_years", list(f.half_years, with_dates)},
                   {"targets", list(f.targets, with_dates)},
                   {"campuses", list(f.campuses, with_dates)},
                   {"halls", list(f.halls, with_dates)},
                   {"not_live_by_term", list(f.terms, by_term)},
                   {"not_live_by_cause", list(f.causes, by_cause)},
                   {"helps_most", list(f.helps, with_dates)},
                   {"late_orders", list(f.late_orders, with_dates)},
                   {"not_coming", list(f.not_coming, not_coming)},
                   {"currency", text_or_null(f.currency)},
                   {"money_by_item", list(f.by_item, money_of)},
                   {"money_by_maker", list(f.by_maker, money_of)},
                   {"stranded", list(f.stranded, with_dates)},
                   {"use", of(f.use)},
                   {"operation", f.operation ? of(*f.operation) : "null"}});
}

} // namespace aidc::report
