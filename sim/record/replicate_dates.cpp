#include "models/base/quantile.hpp"
#include "sim/record/over_replicates.hpp"
#include "sim/record/replicates.hpp"
#include "sim/record/tables.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace aidc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// A date for sorting; what was not reached comes last.
double sortable_s(Tick date) { return date == never ? infinity : seconds(date); }

/// A date for the file. No date lies before the start, so that is the lower bound where replicates are too few to tell.
double stored_s(double date_s) { return date_s == infinity ? nothing : std::max(0.0, date_s); }

std::vector<double> stored_s(std::vector<double> dates_s)
{
    std::ranges::transform(dates_s, dates_s.begin(), [](double date_s) { return stored_s(date_s); });
    return dates_s;
}

/// Date of each milestone in each replicate.
OverReplicates dates_of(ReplicateSet const& set, std::size_t milestones)
{
    OverReplicates dates(milestones);
    std::vector<double> row(milestones);
    for (auto const& one : set.replicates) {
        std::ranges::transform(one.reached, row.begin(), sortable_s);
        dates.add(row);
    }
    dates.sort();
    return dates;
}

void write_date_quantiles(h5::Group& group, std::string const& units, OverReplicates const& dates)
{
    struct Level {
        double p;
        std::string name, words;
    };
    for (auto const& [p, name, words] : {Level{0.1, "p10", "10 % quantile"}, {0.5, "p50", "median"}, {0.9, "p90", "90 % quantile"}}) {
        std::vector<double> low, high;
        for (std::size_t m = 0; m < dates.columns(); ++m) {
            auto const interval = quantile_interval(dates.sorted(m), p);
            low.push_back(stored_s(interval.low));
            high.push_back(stored_s(interval.high));
        }
        group.column({name, units, words + " of the date"}, "milestone", stored_s(dates.quantiles(p)));
        group.column({name + "_low", units, "lower end of the 95 % interval of " + name}, "milestone", low);
        group.column({name + "_high", units, "upper end of the 95 % interval of " + name}, "milestone", high);
    }
}

/// Share of a sorted column that is not above a date.
double share_until(std::span<double const> sorted, double date_s)
{
    return static_cast<double>(std::ranges::upper_bound(sorted, date_s) - sorted.begin()) / static_cast<double>(sorted.size());
}

} // namespace

void write_replicate_milestones(h5::File& file, Buildout const& b, Plan const& plan, ReplicateSet const& set)
{
    auto const units = time_units(b);
    auto const dates = dates_of(set, b.milestones.size());
    std::vector<std::string> names;
    std::vector<double> planned, due, reached_share, in_time;
    for (std::size_t m = 0; m < b.milestones.size(); ++m) {
        auto const& milestone = b.milestones[m];
        names.push_back(milestone.name);
        planned.push_back(date_s(date_of(milestone, b, plan)));
        due.push_back(date_s(milestone.due));
        reached_share.push_back(share_until(dates.sorted(m), std::numeric_limits<double>::max()));
        in_time.push_back(milestone.due > b.end ? nothing : share_until(dates.sorted(m), seconds(milestone.due)));
    }
    auto group = file.group("replicate_milestones", "Dates that planners ask for, in every replicate; missing: not before the end");
    group.index_axis("replicate", set.replicates.size(), "replicate of the seed");
    group.label_axis("milestone", names, "milestone");
    group.matrix({"actual", units, "date as built"}, "replicate", "milestone", stored_s(dates.row_major()));
    group.column({"planned", units, "date in the baseline"}, "milestone", planned);
    group.column({"due", units, "date promised in the scenario"}, "milestone", due);
    write_date_quantiles(group, units, dates);
    group.column({"reached_share", "1", "share of the replicates that reached it before the end"}, "milestone", reached_share);
    group.column(
        {"probability_in_time", "1", "share of the replicates that reached it by its due date; missing: no such date before the end"},
        "milestone", in_time);
}

namespace {

/// Live power of all campuses, and by campus, at one month end in every replicate.
struct LiveThen {
    OverReplicates total{1};
    OverReplicates by_campus;

    LiveThen(ReplicateSet const& set, std::size_t month, std::size_t campuses) : by_campus(campuses)
    {
        for (auto const& one : set.replicates) {
            std::span<double const> const row(one.live_W.data() + month * campuses, campuses);
            double const sum_W = std::accumulate(row.begin(), row.end(), 0.0);
            total.add(std::span(&sum_W, 1));
            by_campus.add(row);
        }
        total.sort();
        by_campus.sort();
    }
};

std::vector<h5::SeriesSpec> live_variables(std::string const& prefix, std::string const& of)
{
    std::vector<h5::SeriesSpec> variables;
    for (auto const& [name, words] : {std::pair{"planned_W", "planned (baseline)"},
                                      {"mean_W", "mean"},
                                      {"p10_W", "10 % quantile"},
                                      {"p50_W", "median"},
                                      {"p90_W", "90 % quantile"}}) {
        variables.emplace_back(h5::Quantity{prefix + name, "W", "live IT power" + of + ", " + words, "time: point"});
    }
    return variables;
}

/// Values of live_variables.
std::vector<double> live_values(std::vector<double> const& planned_W, OverReplicates const& live_W)
{
    std::vector<double> values = planned_W;
    for (auto const& part : {live_W.means(), live_W.quantiles(0.1), live_W.quantiles(0.5), live_W.quantiles(0.9)}) {
        values.insert(values.end(), part.begin(), part.end());
    }
    return values;
}

void append(h5::Series& series, double time_s, std::vector<double> const& values)
{
    std::vector<float> const stored(values.begin(), values.end());
    series.append(time_s, stored);
}

} // namespace

void write_replicate_live(h5::File& file, Buildout const& b, Plan const& plan, ReplicateSet const& set)
{
    std::vector<std::string> campuses;
    for (auto const& campus : b.campuses) {
        campuses.push_back(campus.name);
    }
    auto group = file.group("replicate_live", "Live capacity at the end of each month, over replicates");
    group.time_axis(b.start);
    group.index_axis("replicate", set.replicates.size(), "replicate of the seed");
    group.label_axis("campus", campuses, "campus");
    auto total = group.series(live_variables("", ""));
    auto by_campus = group.series(live_variables("campus_", " of the campus"), "campus");
    auto each = group.series({h5::SeriesSpec({"live_W", "W", "live IT power of all campuses", "time: point"})}, "replicate");
    auto const ends = month_ends(b);
    for (std::size_t m = 0; m < ends.size(); ++m) {
        LiveThen const then(set, m, campuses.size());
        auto const planned_W = live_W_at(b, plan, ends[m]);
        append(total, seconds(ends[m]), live_values({std::accumulate(planned_W.begin(), planned_W.end(), 0.0)}, then.total));
        append(by_campus, seconds(ends[m]), live_values(planned_W, then.by_campus));
        append(each, seconds(ends[m]), then.total.row_major());
    }
    group.default_plot("p50_W", {"time"}, {"planned_W", "p10_W", "p90_W"});
}

} // namespace aidc
