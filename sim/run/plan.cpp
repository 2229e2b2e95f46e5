#include "sim/run/child.hpp"
#include "sim/run/simulate.hpp"

#include <cstring>
#include <map>
#include <string>
#include <type_traits>

namespace aidc {
namespace {

/// Length and bytes of a vector of plain structs; both ends are the same binary.
template <class Row> void put(std::string& bytes, std::vector<Row> const& rows)
{
    static_assert(std::is_trivially_copyable_v<Row>);
    std::uint64_t const n = rows.size();
    bytes.append(reinterpret_cast<char const*>(&n), sizeof n);
    if (n > 0) {
        bytes.append(reinterpret_cast<char const*>(rows.data()), n * sizeof(Row));
    }
}

template <class Row> std::vector<Row> take(std::string_view& bytes)
{
    std::uint64_t n = 0;
    AIDC_EXPECT(bytes.size() >= sizeof n);
    std::memcpy(&n, bytes.data(), sizeof n);
    bytes.remove_prefix(sizeof n);
    AIDC_EXPECT(bytes.size() >= n * sizeof(Row));
    std::vector<Row> rows(n);
    if (n > 0) {
        std::memcpy(rows.data(), bytes.data(), n * sizeof(Row));
    }
    bytes.remove_prefix(n * sizeof(Row));
    return rows;
}

std::string to_bytes(Plan const& plan)
{
    std::string bytes;
    put(bytes, plan.activities);
    put(bytes, plan.lots);
    for (auto const& steps : plan.halls) {
        put(bytes, steps);
    }
    return bytes;
}

Plan from_bytes(std::string_view bytes, std::size_t halls)
{
    Plan plan;
    plan.activities = take<ActivityDates>(bytes);
    plan.lots = take<LotDates>(bytes);
    for (std::size_t h = 0; h < halls; ++h) {
        plan.halls.push_back(take<LiveStep>(bytes));
    }
    return plan;
}

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
        return to_bytes(simulate(buildout, {}, options, nobody).as_built);
    });
    return from_bytes(bytes, buildout.halls.size());
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
