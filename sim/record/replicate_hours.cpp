#include "sim/record/over_replicates.hpp"
#include "sim/record/replicates.hpp"
#include "sim/record/tables.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace aidc {
namespace {

double hours(double accelerator_s) { return accelerator_s / hour_s; }

template <class Value> std::vector<Value> column_of(ReplicateSet const& set, Value (*value)(Replicate const&))
{
    std::vector<Value> column;
    for (auto const& one : set.replicates) {
        column.push_back(value(one));
    }
    return column;
}

double live_at_end_W(Replicate const& one, std::size_t campuses)
{
    return std::accumulate(one.live_W.end() - static_cast<std::ptrdiff_t>(campuses), one.live_W.end(), 0.0);
}

void write_replicate_summary(h5::File& file, Buildout const& b, ReplicateSet const& set)
{
    auto group = file.group("replicate_summary", "Each replicate in numbers; all campuses");
    group.scalar({"status", "", "complete or incomplete"},
                 word_of(set.replicates.size() == set.asked ? Ending::complete : Ending::stopped));
    group.scalar({"asked", "1", "replicates that were wanted"}, static_cast<std::int64_t>(set.asked));
    group.index_axis("replicate", set.replicates.size(), "replicate of the seed");
    auto const column = [&](h5::Quantity const& what, auto value) { group.column(what, "replicate", column_of(set, +value)); };
    std::vector<double> live_W;
    for (auto const& one : set.replicates) {
        live_W.push_back(live_at_end_W(one, b.campuses.size()));
    }
    group.column({"live_W", "W", "live IT power at the end"}, "replicate", live_W);
    column({"first_live", time_units(b), "first rack live"}, [](Replicate const& one) { return date_s(one.first_live); });
    column({"planned_or_live_accelerator_h", "h", "accelerator-hours planned or live"},
           [](Replicate const& one) { return hours(one.planned_or_live_s); });
    column({"live_accelerator_h", "h", "accelerator-hours live"}, [](Replicate const& one) { return hours(one.live_s); });
    column({"not_live_accelerator_h", "h", "accelerator-hours planned and not live"},
           [](Replicate const& one) { return hours(one.not_live_s()); });
    column({"useful_accelerator_h", "h", "accelerator-hours at work"},
           [](Replicate const& one) { return hours(one.by_cause_s[index(Cause::useful)]); });
    column({"ahead_accelerator_h", "h", "accelerator-hours live before planned"}, [](Replicate const& one) { return hours(one.ahead_s); });
    column({"world_hash", "1", "fingerprint of dates, ledger and flows: the same for the same replicate"},
           [](Replicate const& one) { return static_cast<std::int64_t>(one.world_hash); });
}

/// One row of numbers a replicate, in hours.
template <std::size_t size> OverReplicates hours_of(ReplicateSet const& set, std::array<double, size> Replicate::*numbers_s)
{
    OverReplicates all(size);
    for (auto const& one : set.replicates) {
        auto row = one.*numbers_s;
        std::ranges::transform(row, row.begin(), hours);
        all.add(row);
    }
    all.sort();
    return all;
}

void write_replicate_gate(h5::File& file, Buildout const& b, ReplicateSet const& set)
{
    auto group = file.group("replicate_gate", "Calendar of gates: accelerator-hours planned and not live, by month and term");
    group.time_axis(b.start);
    group.label_axis("term", names_of(terms), "term");
    auto series = group.series(
        {h5::SeriesSpec({"share_accelerator_h", "h", "equal split over the unmet set, mean over the replicates", "time: sum"})}, "term");
    auto const ends = month_ends(b);
    for (std::size_t m = 0; m < ends.size(); ++m) {
        std::vector<float> values;
        for (double const sum_s : set.share_s_by_month[m]) {
            values.push_back(static_cast<float>(hours(sum_s / static_cast<double>(set.replicates.size()))));
        }
        series.append(seconds(ends[m]), values);
    }
}

} // namespace

void write_replicate_hours(h5::File& file, Buildout const& b, ReplicateSet const& set)
{
    write_replicate_summary(file, b, set);
    auto by_term = file.group("replicate_term", "Accelerator-hours planned and not live, by replicate and term; all halls");
    by_term.index_axis("replicate", set.replicates.size(), "replicate of the seed");
    by_term.label_axis("term", names_of(terms), "term");
    write_band(by_term, {"share_accelerator_h", "h", "equal split over the unmet set (Shapley value)"}, "term",
               hours_of(set, &Replicate::share_s));
    write_band(by_term, {"solo_accelerator_h", "h", "gained if this term alone is cured"}, "term", hours_of(set, &Replicate::solo_s));
    auto by_cause = file.group("replicate_cause", "All planned or live accelerator-hours, by replicate and leaf cause; all halls");
    by_cause.index_axis("replicate", set.replicates.size(), "replicate of the seed");
    by_cause.label_axis("cause", names_of(causes), "cause");
    write_band(by_cause, {"accelerator_h", "h", "accelerator-hours"}, "cause", hours_of(set, &Replicate::by_cause_s));
    write_replicate_gate(file, b, set);
}

} // namespace aidc
