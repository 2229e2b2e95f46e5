#include "sim/record/tables.hpp"

#include "models/buildout/slack.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace aidc {
namespace {

double hours(double accelerator_s) { return accelerator_s / hour_s; }

h5::Quantity date_column(Buildout const& b, std::string const& name, std::string const& text) { return {name, time_units(b), text, ""}; }

/// Which activity each term of each hall waited on.
void write_waited(h5::File& file, Buildout const& b, World const& world)
{
    auto group = file.group("ledger_waited",
                            "Share of the accelerator-hours planned and not live, by hall, term and the activity that held the term");
    auto table =
        group.table("row", {{{"hall", "", "hall"}, h5::Type::text},
                            {{"term", "", "term"}, h5::Type::text},
                            {{"activity", "", "first open activity that adds to the term; empty: nothing more will come"}, h5::Type::text},
                            {{"share_accelerator_h", "h", "equal split over the unmet set"}}});
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        for (auto const& row : world.ledger[id<Hall>(h)].waited) {
            table.append({b.halls[h].name, std::string(info(row.term).name), row.head ? b.activities[row.head.row].name : std::string(""),
                          hours(row.accelerator_s)});
        }
    }
}

/// "order#number" of a lot; "" for none.
std::string lot_name(Buildout const& b, Id<Lot> lot)
{
    return lot ? fmt::format("{}#{}", b.orders[b.lots[lot.row].order.row].name, b.lots[lot.row].number) : "";
}

} // namespace

std::string time_units(Buildout const& buildout) { return fmt::format("seconds since {}T00:00:00Z", buildout.start); }

double date_s(Tick t) { return t == never ? std::numeric_limits<double>::quiet_NaN() : seconds(t); }

void write_milestones(h5::File& file, Buildout const& b, Plan const& plan, World const& world)
{
    auto group = file.group("milestones", "Activities, planned (baseline) and as built; missing: not before the end");
    auto table = group.table("milestone", {{{"name", "", "activity"}, h5::Type::text},
                                           {{"stage", "", "kind of work"}, h5::Type::text},
                                           {date_column(b, "planned", "finish in the baseline")},
                                           {date_column(b, "actual", "finish as built")},
                                           {date_column(b, "ready", "all predecessors done")},
                                           {date_column(b, "supplied", "all goods on site")},
                                           {date_column(b, "started", "work began")},
                                           {{"retests", "1", "failed tests"}, h5::Type::int32},
                                           {{"bound_by", "", "predecessor that came last"}, h5::Type::text},
                                           {{"last_lot", "", "lot whose arrival completed its goods, as order#number"}, h5::Type::text},
                                           {{"slack_s", "s", "how much later it could have ended without moving a hall's completion"}}});
    auto const slack = slack_s(b, as_built(b, world));
    for (std::size_t a = 0; a < b.activities.size(); ++a) {
        auto const& dates = world.activities[id<Activity>(a)];
        auto const& activity = b.activities[a];
        Tick const planned = plan.empty() ? dates.finished : plan.activities[a].finished;
        table.append({activity.name, std::string(info(activity.stage).name), date_s(planned), date_s(dates.finished), date_s(dates.ready),
                      date_s(dates.supplied), date_s(dates.started), static_cast<std::int64_t>(dates.retests),
                      dates.bound_by ? b.activities[dates.bound_by.row].name : std::string(""), lot_name(b, dates.last_lot),
                      std::isfinite(slack[a]) ? slack[a] : std::numeric_limits<double>::quiet_NaN()});
    }
}

void write_shipments(h5::File& file, Buildout const& b, Plan const& plan, World const& world)
{
    auto group = file.group("shipments", "Lots, planned (baseline) and as built; missing: not before the end");
    auto table =
        group.table("shipment", {{{"order", "", "order"}, h5::Type::text},
                                 {{"item", "", "item"}, h5::Type::text},
                                 {{"maker", "", "maker"}, h5::Type::text},
                                 {{"units", "1", "units of the lot"}},
                                 {date_column(b, "placed", "order placed")},
                                 {date_column(b, "made", "lot made")},
                                 {date_column(b, "shipped", "lot shipped")},
                                 {date_column(b, "arrived", "transit done")},
                                 {date_column(b, "dock", "on site")},
                                 {date_column(b, "planned_dock", "on site in the baseline")},
                                 {{"part_of", "", "order whose maker uses these parts; empty: they go to the campus"}, h5::Type::text},
                                 {{"last_part", "", "lot of a part that was waited for, as order#number"}, h5::Type::text},
                                 {date_column(b, "supplied", "all parts at the maker")},
                                 {{"decommits", "1", "times the maker gave it to somebody else"}, h5::Type::int32},
                                 {{"paid", "1", "price, in the currency of the scenario"}},
                                 {{"tariff", "1", "tariff, in the currency of the scenario"}}});
    for (std::size_t l = 0; l < b.lots.size(); ++l) {
        auto const& lot = b.lots[l];
        auto const& order = b.orders[lot.order.row];
        auto const& maker = b.makers[order.maker.row];
        auto const& dates = world.lots[id<Lot>(l)];
        Tick const planned = plan.empty() ? dates.dock : plan.lots[l].dock;
        table.append({order.name, b.items[maker.item.row].name, maker.name, lot.units, date_s(dates.placed), date_s(dates.made),
                      date_s(dates.shipped), date_s(dates.arrived), date_s(dates.dock), date_s(planned),
                      order.part_of ? b.orders[order.part_of.row].name : std::string(""), lot_name(b, dates.last_part),
                      date_s(dates.supplied), static_cast<std::int64_t>(dates.decommits), dates.paid, dates.tariff});
    }
}

void write_dates(h5::File& file, Buildout const& b, Plan const& plan, World const& world)
{
    auto group = file.group("dates", "The dates that planners ask for, planned (baseline) and as built; missing: not before the end");
    auto table = group.table("date", {{{"name", "", "milestone"}, h5::Type::text},
                                      {date_column(b, "planned", "in the baseline")},
                                      {date_column(b, "actual", "as built")},
                                      {date_column(b, "due", "promised; missing: no promise")}});
    auto const built = as_built(b, world);
    for (auto const& milestone : b.milestones) {
        Tick const planned = plan.empty() ? date_of(milestone, b, built) : date_of(milestone, b, plan);
        table.append({milestone.name, date_s(planned), date_s(date_of(milestone, b, built)), date_s(milestone.due)});
    }
}

void write_chains(h5::File& file, Buildout const& b, World const& world)
{
    auto group = file.group("chain", "What led to each date that was reached, the last stretch first; the slips add up to its lateness");
    auto table = group.table("step", {{{"milestone", "", "row of /dates"}, h5::Type::text},
                                      {{"who", "", "activity, or lot as order#number"}, h5::Type::text},
                                      {{"cause", "", "leaf cause of its lateness"}, h5::Type::text},
                                      {{"actual_s", "s", "length as built"}},
                                      {{"planned_s", "s", "length in the baseline"}},
                                      {{"slip_s", "s", "actual less planned"}}});
    for (std::size_t m = 0; m < b.milestones.size(); ++m) {
        for (auto const& step : world.chains[id<Milestone>(m)]) {
            auto const& s = step.segment;
            if (s.actual_s != 0.0 || s.planned_s != 0.0) {
                table.append({b.milestones[m].name, step.lot ? lot_name(b, step.lot) : b.activities[step.activity.row].name,
                              std::string(info(s.cause).name), s.actual_s, s.planned_s, s.actual_s - s.planned_s});
            }
        }
    }
}

void write_ledger(h5::File& file, Buildout const& b, World const& world)
{
    auto rows = file.group("ledger", "Accelerator-hours planned and not live, by hall and set of unmet terms");
    auto table = rows.table("row", {{{"hall", "", "hall"}, h5::Type::text},
                                    {{"unmet", "1", "set of unmet terms"}, h5::Type::int16},
                                    {{"accelerator_h", "h", "accelerator-hours"}},
                                    {{"it_J", "J", "provisioned IT energy"}}});
    std::vector<std::pair<int, std::string>> bits;
    std::vector<std::string> term_names;
    for (auto const& term : terms) {
        bits.emplace_back(bit(term.term), std::string(term.name));
        term_names.emplace_back(term.name);
    }
    rows.flags("unmet", true, bits);
    std::vector<double> share, solo, by_cause;
    for (std::size_t h = 0; h < b.halls.size(); ++h) {
        auto const& books = world.ledger[id<Hall>(h)];
        for (auto const& row : books.not_live) {
            table.append({b.halls[h].name, static_cast<std::int64_t>(row.unmet), hours(row.accelerator_s), row.it_J});
        }
        auto const hall_share = share_s(books.not_live);
        auto const hall_solo = solo_s(books.not_live);
        for (std::size_t j = 0; j < term_count; ++j) {
            share.push_back(hours(hall_share[j]));
            solo.push_back(hours(hall_solo[j]));
        }
        for (double const accelerator_s : world.by_cause[id<Hall>(h)]) {
            by_cause.push_back(hours(accelerator_s));
        }
    }
    write_waited(file, b, world);
    auto by_term = file.group("ledger_term", "Accelerator-hours planned and not live, by hall and term");
    by_term.label_axis("hall", names_of(b.halls), "hall");
    by_term.label_axis("term", term_names, "term");
    by_term.matrix({"share_accelerator_h", "h", "equal split over the unmet set (Shapley value)"}, "hall", "term", share);
    by_term.matrix({"solo_accelerator_h", "h", "gained if this term alone is cured"}, "hall", "term", solo);
    auto cause_group = file.group("ledger_cause", "All planned or live accelerator-hours, by hall and leaf cause");
    cause_group.label_axis("hall", names_of(b.halls), "hall");
    cause_group.label_axis("cause", names_of(causes), "cause");
    cause_group.matrix({"accelerator_h", "h", "accelerator-hours"}, "hall", "cause", by_cause);
}

void write_baseline(h5::File& file, Buildout const& b, Plan const& plan)
{
    auto group = file.group("baseline", "Planned live capacity: the median run of the scenario as written, without shocks");
    auto table = group.table("step", {{{"hall", "", "hall"}, h5::Type::text},
                                      {date_column(b, "from", "from this date on")},
                                      {{"live_W", "W", "planned live IT power"}},
                                      {{"accelerators", "1", "planned live accelerators"}}});
    for (std::size_t h = 0; h < plan.halls.size(); ++h) {
        for (auto const& step : plan.halls[h]) {
            table.append({b.halls[h].name, seconds(step.from), step.it_W, step.accelerators});
        }
    }
}

} // namespace aidc
