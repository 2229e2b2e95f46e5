#pragma once
/// \file
/// Buildouts of one bare campus, made in the test: makers, orders and activities without any hall, plant or file.

#include "sim/engine/streams.hpp"
#include "sim/process/simulation.hpp"
#include "small_run.hpp"

#include <cmath>
#include <initializer_list>
#include <string>
#include <vector>

namespace aidc::testing {

/// A campus and nothing else. It begins on 1 January 2026 and lasts so many days.
inline Buildout bare(double days)
{
    Buildout b;
    b.name = "bare";
    b.start = "2026-01-01";
    b.start_day = 20454; // days from 1970-01-01 to 2026-01-01
    b.end = ticks(days * day_s);
    b.step = ticks(day_s);
    b.seed = 7;
    b.campuses.push_back({.name = "site", .region = "here"});
    return b;
}

inline Id<Item> add_item(Buildout& b, std::string const& name)
{
    b.items.push_back({.name = name});
    return id<Item>(b.items.size() - 1);
}

inline Id<Maker> add_maker(Buildout& b, Maker maker)
{
    b.makers.push_back(std::move(maker));
    return id<Maker>(b.makers.size() - 1);
}

/// A line of this capacity for an item of its own.
inline Id<Maker> add_line(Buildout& b, std::string const& name, double units_per_s, double lot_units)
{
    return add_maker(
        b, {.name = name, .item = add_item(b, name), .capacity = {{.from = 0, .units_per_s = units_per_s}}, .lot_units = lot_units});
}

inline Id<Order> add_order(Buildout& b, Order order)
{
    order.campus = id<Campus>(0);
    b.orders.push_back(std::move(order));
    return id<Order>(b.orders.size() - 1);
}

/// Activities of the campus.
inline Id<Activity> add_activity(Buildout& b, Activity activity)
{
    activity.campus = id<Campus>(0);
    b.activities.push_back(std::move(activity));
    return id<Activity>(b.activities.size() - 1);
}

inline constexpr std::uint32_t racks_of_hall = 40;
inline constexpr double rack_W = 30e3;

/// The bare campus with one hall of 40 racks that go live in pairs; every supply is drawn on watt by watt.
inline Buildout bare_hall(double until_days)
{
    auto b = bare(until_days);
    b.kinds.push_back({.name = "rack30", .server = {.accelerators = 8, .power_W = 10e3}, .servers = 3});
    b.buildings.push_back({.name = "site/A", .campus = id<Campus>(0)});
    b.halls.push_back({.name = "site/A/1",
                       .building = id<Building>(0),
                       .campus = id<Campus>(0),
                       .lines = {{.kind = id<RackKind>(0), .racks = racks_of_hall, .racks_per_pod = 10, .unit_racks = 2}},
                       .design_W = racks_of_hall * rack_W});
    b.curves.push_back({.fence = proportional_curve(1.0), .emergency = proportional_curve(1.0), .heat = proportional_curve(1.0)});
    return b;
}

/// Share of what the hall needs of a term.
inline Grant share_of(Term term, double share)
{
    if (term == Term::utility) {
        return {.campus = id<Campus>(0), .term = term, .amount = share * racks_of_hall * rack_W};
    }
    return {.hall = id<Hall>(0),
            .term = term,
            .amount = share * racks_of_hall * rack_W,
            .racks = static_cast<std::uint32_t>(std::lround(share * racks_of_hall))};
}

/// Finish-to-start links without lag.
inline std::vector<Activity::Link> after(std::initializer_list<Id<Activity>> all)
{
    std::vector<Activity::Link> links;
    for (auto const from : all) {
        links.push_back({.from = from});
    }
    return links;
}

inline Duration days(double value) { return Duration::fixed(value * day_s); }
inline Duration uniform(double low, double high)
{
    return {.shape = Duration::Shape::uniform, .parameter_s = {low, high, 0.0}, .factor = {}};
}
inline Duration exponential(double mean) { return {.shape = Duration::Shape::exponential, .parameter_s = {mean, 0.0, 0.0}, .factor = {}}; }

/// Rows after rows, as bytes; both ends are the same binary.
template <class Row> std::string packed(std::vector<Row> const& rows)
{
    return {reinterpret_cast<char const*>(rows.data()), rows.size() * sizeof(Row)};
}

template <class Row> std::vector<Row> unpacked(std::string const& bytes, std::size_t from, std::size_t rows)
{
    std::vector<Row> all(rows);
    if (rows > 0) {
        std::memcpy(all.data(), bytes.data() + from, rows * sizeof(Row));
    }
    return all;
}

/// Dates of everything, as it was built in a child process.
inline Plan built(Buildout& b, SimulateOptions options = {}, Plan const& plan = {})
{
    derive(b);
    options.detail = Detail::build;
    auto const bytes = in_child([&] {
        NoObserver nobody;
        auto const dates = simulate(b, plan, options, nobody).as_built;
        return packed(dates.activities) + packed(dates.lots);
    });
    Plan dates;
    dates.activities = unpacked<ActivityDates>(bytes, 0, b.activities.size());
    dates.lots = unpacked<LotDates>(bytes, b.activities.size() * sizeof(ActivityDates), b.lots.size());
    return dates;
}

/// Days of a date; infinite when it was not reached.
inline double in_days(Tick date) { return date == never ? HUGE_VAL : seconds(date) / day_s; }

/// Mean of independent values and the standard error of it.
struct Estimate {
    double mean{};
    double error{};
};

inline Estimate estimate(std::vector<double> const& values)
{
    double const n = static_cast<double>(values.size());
    double mean = 0.0;
    for (double const value : values) {
        mean += value / n;
    }
    double squares = 0.0;
    for (double const value : values) {
        squares += (value - mean) * (value - mean);
    }
    return {.mean = mean, .error = std::sqrt(squares / (n - 1.0) / n)};
}

/// Mean of (value - mean)^2 and its standard error.
inline Estimate variance_of(std::vector<double> values)
{
    double const mean = estimate(values).mean;
    for (double& value : values) {
        value = (value - mean) * (value - mean);
    }
    return estimate(values);
}

/// Exponential number [s] of a stream.
inline double exponential_of(Streams const& streams, double mean_s, std::string const& who, std::string const& what, std::uint64_t n)
{
    return -mean_s * std::log1p(-streams.uniform(who, what, n));
}

} // namespace aidc::testing
