#include "sim/sweep/layout.hpp"

#include "sim/record/summary.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace aidc {
namespace {

/// A name as a dataset or a column can bear it.
std::string plain(std::string const& name)
{
    std::string out;
    for (char const c : name) {
        out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    return out;
}

void add(std::vector<Column>& columns, Column column)
{
    auto const taken = [&columns](std::string const& name) { return std::ranges::find(columns, name, &Column::name) != columns.end(); };
    auto const name = column.name;
    for (int n = 2; taken(column.name); ++n) {
        column.name = fmt::format("{}_{}", name, n);
    }
    columns.push_back(std::move(column));
}

} // namespace

Layout layout_of(Buildout const& b, Detail detail)
{
    Layout layout{.start = b.start, .operate = detail == Detail::operate};
    for (auto const& figure : summary_of(b, make_world(b, 0), detail)) {
        add(layout.figures, {figure.what.name, figure.what.units, figure.what.long_name});
    }
    for (auto const& milestone : b.milestones) {
        add(layout.figures, {"date_" + plain(milestone.name), date_units(layout), milestone.name});
    }
    for (auto const& term : terms) {
        add(layout.figures,
            {fmt::format("not_live_{}_h", term.name), "h", fmt::format("accelerator-hours planned and not live, share of {}", term.name)});
    }
    for (auto const& term : terms) {
        add(layout.figures,
            {fmt::format("solo_{}_h", term.name), "h", fmt::format("accelerator-hours gained if {} alone is cured", term.name)});
    }
    for (auto const& campus : b.campuses) {
        layout.campuses.push_back(campus.name);
    }
    for (Tick const end : month_ends(b)) {
        layout.month_ends_s.push_back(seconds(end));
    }
    return layout;
}

void merge(Layout& all, Layout const& variant)
{
    for (auto const& column : variant.figures) {
        if (std::ranges::find(all.figures, column.name, &Column::name) == all.figures.end()) {
            all.figures.push_back(column);
            bool const is_date = column.units == date_units(variant);
            all.figures.back().units = is_date ? date_units(all) : column.units;
        }
    }
    for (auto const& campus : variant.campuses) {
        if (std::ranges::find(all.campuses, campus) == all.campuses.end()) {
            all.campuses.push_back(campus);
        }
    }
    for (double const end_s : variant.month_ends_s) {
        auto& ends_s = all.month_ends_s;
        double const at_s = end_s + shift_s(all, variant);
        auto const place = std::ranges::lower_bound(ends_s, at_s);
        if (place == ends_s.end() || *place != at_s) {
            ends_s.insert(place, at_s);
        }
    }
}

std::vector<h5::Quantity> monthly_of(Layout const& layout)
{
    std::vector<h5::Quantity> all{{"live_W", "W", "live IT power", "month: point"}};
    if (layout.operate) {
        all.push_back({"it_energy_J", "J", "IT energy of the month", "month: sum"});
        all.push_back({"facility_energy_J", "J", "energy of the facility of the month", "month: sum"});
        all.push_back({"water_kg", "kg", "make-up water of the month", "month: sum"});
    }
    return all;
}

double shift_s(Layout const& all, Layout const& variant)
{
    return static_cast<double>(parse_day(variant.start).value() - parse_day(all.start).value()) * day_s;
}

std::string date_units(Layout const& layout) { return fmt::format("seconds since {}T00:00:00Z", layout.start); }

} // namespace aidc
