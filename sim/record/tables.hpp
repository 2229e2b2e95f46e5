#pragma once
/// \file
/// Tables that are written once, when a run ends.

#include "sim/record/h5.hpp"
#include "sim/world/world.hpp"

#include <string>
#include <vector>

namespace aidc {

/// /milestones: every activity, planned and as built.
void write_milestones(h5::File& file, Buildout const& buildout, Plan const& plan, World const& world);
/// /shipments: every lot, planned and as built.
void write_shipments(h5::File& file, Buildout const& buildout, Plan const& plan, World const& world);
/// /dates: every milestone, planned and as built.
void write_dates(h5::File& file, Buildout const& buildout, Plan const& plan, World const& world);
/// /chain: the stretches that led to each milestone.
void write_chains(h5::File& file, Buildout const& buildout, World const& world);
/// /ledger by (hall, set of unmet terms); /ledger_waited by (hall, term, activity); /ledger_term [hall, term]: share and solo; /ledger_cause [hall, cause].
void write_ledger(h5::File& file, Buildout const& buildout, World const& world);
/// /baseline: the planned steps of each hall.
void write_baseline(h5::File& file, Buildout const& buildout, Plan const& plan);

/// Names of the rows of a table, for an axis.
template <class Rows> std::vector<std::string> names_of(Rows const& rows)
{
    std::vector<std::string> names;
    for (auto const& row : rows) {
        names.emplace_back(row.name);
    }
    return names;
}

/// Units of a date column: "seconds since <start>T00:00:00Z".
std::string time_units(Buildout const& buildout);

/// Seconds since the start; NaN for a date that is not reached.
double date_s(Tick t);

} // namespace aidc
