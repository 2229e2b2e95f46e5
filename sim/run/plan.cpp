#include "sim/run/child.hpp"
#include "sim/run/digest.hpp"
#include "sim/run/simulate.hpp"

#include <map>
#include <string>

namespace aidc {
namespace {

/// Row of each name.
template <class Rows, class Name> std::map<std::string, std::size_t> rows_by(Rows const& rows, Name const& name)
{
    std::map<std::string, std::size_t> by;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        by.emplace(name(rows[i]), i);
    }
    return by;
}

/// Values of the plan in the order of the variant's rows; a fresh value where the plan has none.
template <class Value, class Rows, class Name>
std::vector<Value> refit(std::vector<Value> const& values, Rows const& planned, Rows const& variant, Name const& name)
{
    auto const rows = rows_by(planned, name);
    std::vector<Value> fitted;
    for (auto const& row : variant) {
        auto const at = rows.find(name(row));
        fitted.push_back(at == rows.end() ? Value{} : values[at->second]);
    }
    return fitted;
}

} // namespace

Plan make_plan(Buildout const& buildout)
{
    auto const bytes = in_child([&buildout] {
        NoObserver nobody;
        SimulateOptions const options{.draws = Draws::median, .detail = Detail::build};
        return to_bytes(simulate(buildout, {}, options, nobody));
    });
    return digest_from_bytes(bytes).as_built;
}

Plan fit_plan(Plan const& plan, Buildout const& planned, Buildout const& variant)
{
    auto const name_of = [](auto const& row) { return row.name; };
    auto const lots_of_planned = [&planned](Lot const& lot) {
        return planned.orders[lot.order.row].name + "#" + std::to_string(lot.number);
    };
    auto const lot_rows = rows_by(planned.lots, lots_of_planned);
    Plan fitted;
    fitted.activities = refit(plan.activities, planned.activities, variant.activities, name_of);
    fitted.halls = refit(plan.halls, planned.halls, variant.halls, name_of);
    for (auto const& lot : variant.lots) {
        auto const at = lot_rows.find(variant.orders[lot.order.row].name + "#" + std::to_string(lot.number));
        fitted.lots.push_back(at == lot_rows.end() ? LotDates{} : plan.lots[at->second]);
    }
    return fitted;
}

} // namespace aidc
