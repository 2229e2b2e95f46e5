#include "sim/cli/json_text.hpp"
#include "sim/cli/show_odds.hpp"

#include <fmt/format.h>

namespace aidc::report {
namespace {

std::string of(MilestoneOdds const& m, Dates const& dates)
{
    auto const date = [&dates](double date_s) { return text_or_null(dates.text(date_s)); };
    return object({{"milestone", in_quotes(m.name)},
                   {"planned", date(m.planned_s)},
                   {"due", date(m.due_s)},
                   {"p10", date(m.p10.at_s)},
                   {"p10_low", date(m.p10.low_s)},
                   {"p10_high", date(m.p10.high_s)},
                   {"p50", date(m.p50.at_s)},
                   {"p50_low", date(m.p50.low_s)},
                   {"p50_high", date(m.p50.high_s)},
                   {"p90", date(m.p90.at_s)},
                   {"p90_low", date(m.p90.low_s)},
                   {"p90_high", date(m.p90.high_s)},
                   {"reached_share", number(m.reached_share)},
                   {"probability_in_time", number(m.in_time)}});
}

std::string of(HoursOdds const& row)
{
    return object({{"name", in_quotes(row.name)},
                   {"mean_accelerator_h", number(row.mean_h)},
                   {"p10_accelerator_h", number(row.p10_h)},
                   {"p50_accelerator_h", number(row.p50_h)},
                   {"p90_accelerator_h", number(row.p90_h)},
                   {"mean_solo_accelerator_h", number(row.mean_solo_h)}});
}

std::string of(GateOdds const& gate, Dates const& dates)
{
    auto const term = [](Hours const& row) { return object({{"term", in_quotes(row.name)}, {"mean_accelerator_h", number(row.share_h)}}); };
    return object(
        {{"from", in_quotes(dates.text(gate.from_s))}, {"until", in_quotes(dates.text(gate.to_s))}, {"terms", list(gate.terms, term)}});
}

std::string of(CriticalItem const& row)
{
    return object({{"milestone", in_quotes(row.milestone)},
                   {"item", in_quotes(row.item)},
                   {"kind", in_quotes(row.kind)},
                   {"cause", in_quotes(row.cause)},
                   {"index", number(row.index)},
                   {"mean_slip_d", number(row.mean_slip_d)},
                   {"p80_slip_d", number(row.p80_slip_d)},
                   {"mean_days_cost_d", number(row.mean_cost_d)}});
}

std::string of(HelpOdds const& help)
{
    return object({{"term", in_quotes(help.term)},
                   {"mean_solo_accelerator_h", number(help.mean_solo_h)},
                   {"campus", text_or_null(help.campus)},
                   {"item", help.campus.empty() ? "null" : of(help.item)},
                   {"advice", text_or_null(help.advice)},
                   {"command", text_or_null(help.command)}});
}

std::string of(OrderOdds const& row, Dates const& dates)
{
    return object({{"order", in_quotes(row.order)},
                   {"item", in_quotes(row.item)},
                   {"maker", in_quotes(row.maker)},
                   {"activity", text_or_null(row.activity)},
                   {"placed", text_or_null(dates.text(row.placed_s))},
                   {"need", text_or_null(dates.text(row.need_s))},
                   {"order_by", text_or_null(dates.text(row.order_by_s))},
                   {"lead_q80_d", number(row.lead_q80_d)},
                   {"float_d", number(row.float_d)}});
}

} // namespace

std::string json(Odds const& odds)
{
    auto const with_dates = [&odds](auto const& row) { return of(row, odds.dates); };
    auto const plain = [](auto const& row) { return of(row); };
    return object({{"file", in_quotes(odds.file)},
                   {"name", in_quotes(odds.name)},
                   {"status", in_quotes(odds.status)},
                   {"program", in_quotes(odds.program)},
                   {"detail", in_quotes(odds.detail)},
                   {"seed", fmt::format("{}", odds.seed)},
                   {"start", in_quotes(odds.dates.text(0.0))},
                   {"replicates", fmt::format("{}", odds.replicates)},
                   {"replicates_asked", fmt::format("{}", odds.asked)},
                   {"milestones", list(odds.milestones, with_dates)},
                   {"mean_not_live_h", number(odds.mean_not_live_h)},
                   {"mean_planned_or_live_h", number(odds.mean_planned_or_live_h)},
                   {"not_live_by_term", list(odds.terms, plain)},
                   {"hours_by_cause", list(odds.causes, plain)},
                   {"gate_calendar", list(odds.gates, with_dates)},
                   {"helps_most", list(odds.helps, plain)},
                   {"criticality", list(odds.critical, plain)},
                   {"order_by", list(odds.orders, with_dates)}});
}

} // namespace aidc::report
