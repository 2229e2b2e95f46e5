#pragma once
/// \file
/// Which numbers a sweep keeps of each run.

#include "models/buildout/buildout.hpp"
#include "sim/record/h5.hpp"
#include "sim/scenario/field.hpp"

#include <string>
#include <vector>

namespace aidc {

/// Name, units and words of one number of a run.
struct Column {
    std::string name, units, text;

    bool operator==(Column const&) const = default;
};

template <class V> void describe(V& v, Column& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"units", Need::optional, "UDUNITS"}, x.units);
    v.text({"text", Need::optional, "What it is"}, x.text);
}

/// What is kept of every run of a sweep: figures, and monthly series by campus and by term.
struct Layout {
    std::string start;           ///< ISO date that times count from
    bool operate = true;         ///< Power, heat and water as well
    std::vector<Column> figures; ///< One number a run
    std::vector<std::string> campuses;
    std::vector<double> month_ends_s; ///< Since the start, rising

    bool operator==(Layout const&) const = default;
};

template <class V> void describe(V& v, Layout& x)
{
    v.text({"start", Need::required, "Day that times count from"}, x.start);
    v.flag({"operate", Need::required, "Power, heat and water as well"}, x.operate);
    v.list({"figures", Need::required, "One number a run"}, x.figures);
    v.texts({"campuses", Need::required, "Campuses"}, x.campuses);
    v.series({"month_ends", Need::required, "Month ends"}, "s", x.month_ends_s, any_value);
}

/// What can be kept of a run of this buildout.
Layout layout_of(Buildout const& buildout, Detail detail);

/// Adds what a variant of a scenario has more: figures, campuses, months.
void merge(Layout& all, Layout const& variant);

/// Monthly series by campus, in the order they are kept.
std::vector<h5::Quantity> monthly_of(Layout const& layout);

/// Seconds from the start of `all` to the start of a variant.
double shift_s(Layout const& all, Layout const& variant);

/// Units of dates: "seconds since ...".
std::string date_units(Layout const& layout);

} // namespace aidc
