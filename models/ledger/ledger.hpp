#pragma once
/// \file
/// Where every planned accelerator-hour went: double entry by the set of unmet terms and by cause.

#include "models/base/id.hpp"
#include "models/base/sum.hpp"
#include "models/ledger/cause.hpp"
#include "models/ledger/term.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace aidc {

struct Hall;
struct Activity;

/// Calls piece(unmet, it_W) for each slice of the positions in (live_W, planned_W], cut at every term.
///
/// A slice's set holds the terms that do not reach its top. The widths add up to planned_W - live_W. A slice with an
/// empty set is carried by every term and still not live (waiting for a whole go-live unit).
/// \param live_W, planned_W  [W], >= 0      \param term_W  [W], one per term, >= 0
template <class Piece> void cut_by_terms(double live_W, double planned_W, PerTerm<double> const& term_W, Piece&& piece)
{
    double low_W = live_W;
    while (low_W < planned_W) {
        TermSet unmet = 0;
        double high_W = planned_W;
        for (std::size_t j = 0; j < term_count; ++j) {
            if (term_W[j] <= low_W) {
                unmet = static_cast<TermSet>(unmet | (1u << j));
            }
            else {
                high_W = std::min(high_W, term_W[j]);
            }
        }
        piece(unmet, high_W - low_W);
        low_W = high_W;
    }
}

/// Accumulated hours of one hall that were planned and not live, with one set of unmet terms.
struct NotLive {
    TermSet unmet{};
    Sum accelerator_s; ///< [accelerator s]
    Sum it_J;          ///< Provisioned IT energy [J]
};

/// Accumulated share of one hall's not-live hours that waited on one activity (the head of the chain that holds the term).
struct Waited {
    Term term{};
    Id<Activity> head; ///< none: nothing in the scenario provides more of the term
    Sum accelerator_s; ///< Equal-split share [accelerator s]
};

/// The books of one hall.
struct HallBooks {
    std::vector<NotLive> not_live;     ///< Sorted by set; a few dozen rows at most
    std::vector<Waited> waited;        ///< Sorted by (term, head)
    PerCause<Sum> live_accelerator_s;  ///< Once live: one cause an hour, by rank [accelerator s]
    Sum ahead_accelerator_s;           ///< Live before its planned date [accelerator s]
    Sum planned_or_live_accelerator_s; ///< What all rows together must give [accelerator s]
    Sum planned_or_live_J;             ///< The same in provisioned IT energy [J]
    Sum live_J;                        ///< [J]
};

/// Adds a slice to the row of its set.
void add_not_live(HallBooks& books, TermSet unmet, double accelerator_s, double it_J);

/// Adds a share to the row of (term, head).
void add_waited(HallBooks& books, Term term, Id<Activity> head, double accelerator_s);

/// Equal-split hours of each term, which is its Shapley value of the delay: they add up to the hours with a non-empty set.
PerTerm<double> share_s(std::span<NotLive const> rows);

/// Hours that each term alone holds up: what is gained if that term alone is cured.
PerTerm<double> solo_s(std::span<NotLive const> rows);

/// One stretch of the chain that led to a date: as built and as planned.
struct Segment {
    Cause cause{};
    double actual_s{};
    double planned_s{};
};

/// Splits an amount over the causes of a chain, in proportion to positive slip (actual - planned); all to Cause::plan when
/// nothing slipped, because then the baseline was infeasible.
void split_by_slip(double amount, std::span<Segment const> chain, PerCause<double>& by_cause);

} // namespace aidc
