#include "models/ledger/ledger.hpp"

#include <bit>
#include <utility>

namespace aidc {
namespace {

/// Row with this key in a sorted vector; made if it is not there.
template <class Row, class Key, class Project> Row& row_of(std::vector<Row>& rows, Key const& key, Project project, Row fresh)
{
    auto const at = std::ranges::lower_bound(rows, key, {}, project);
    if (at != rows.end() && project(*at) == key) {
        return *at;
    }
    return *rows.insert(at, fresh);
}

} // namespace

void add_not_live(HallBooks& books, TermSet unmet, double accelerator_s, double it_J)
{
    auto& row = row_of(
        books.not_live, unmet, [](NotLive const& r) { return r.unmet; }, NotLive{.unmet = unmet});
    row.accelerator_s += accelerator_s;
    row.it_J += it_J;
}

void add_waited(HallBooks& books, Term term, Id<Activity> head, double accelerator_s)
{
    auto const key = [](Waited const& r) { return std::pair{r.term, r.head}; };
    row_of(books.waited, std::pair{term, head}, key, Waited{.term = term, .head = head}).accelerator_s += accelerator_s;
}

PerTerm<double> share_s(std::span<NotLive const> rows)
{
    PerTerm<double> share{};
    for (auto const& row : rows) {
        for (std::size_t j = 0; j < term_count; ++j) {
            if (row.unmet >> j & 1u) {
                share[j] += row.accelerator_s / std::popcount(row.unmet);
            }
        }
    }
    return share;
}

PerTerm<double> solo_s(std::span<NotLive const> rows)
{
    PerTerm<double> solo{};
    for (auto const& row : rows) {
        if (std::has_single_bit(row.unmet)) {
            solo[static_cast<std::size_t>(std::countr_zero(row.unmet))] += row.accelerator_s;
        }
    }
    return solo;
}

void split_by_slip(double amount, std::span<Segment const> chain, PerCause<double>& by_cause)
{
    double late_s = 0.0;
    for (auto const& segment : chain) {
        late_s += std::max(0.0, segment.actual_s - segment.planned_s);
    }
    if (late_s <= 0.0) {
        by_cause[index(Cause::plan)] += amount;
        return;
    }
    for (auto const& segment : chain) {
        by_cause[index(segment.cause)] += amount * (std::max(0.0, segment.actual_s - segment.planned_s) / late_s);
    }
}

} // namespace aidc
