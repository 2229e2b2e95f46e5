#include "sim/scenario/resolve.hpp"

#include "sim/scenario/trace_csv.hpp"

#include <algorithm>

namespace aidc {
namespace {

void resolve_trace(Resolver& r, TraceSpec const& spec, std::string const& pointer)
{
    auto const hall = r.refer(r.halls, spec.hall, pointer + "/hall");
    if (std::ranges::find(r.out.traces, hall, &Trace::hall) != r.out.traces.end()) {
        r.problem(pointer + "/hall", "replays a trace already; one hall, one trace");
        return;
    }
    TraceTable table;
    try {
        table = read_trace(r.folder / spec.csv, spec.columns, spec.wet_bulb);
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            r.problem(pointer + "/csv", problem.where.empty() ? problem.message : problem.where + ": " + problem.message);
        }
        return;
    }
    if (!hall || r.out.halls[hall.row].lines.empty()) {
        return;
    }
    auto const& line = r.out.halls[hall.row].lines[0];
    auto const pods = line.racks / line.racks_per_pod;
    if (table.columns > pods) {
        r.problem(pointer + "/columns",
                  fmt::format("name {} columns and the first line of racks of {} makes {} full pods; give it more racks", table.columns,
                              spec.hall, pods));
        return;
    }
    auto const& kind = r.out.kinds[line.kind.row];
    double const most_W = line.racks_per_pod * budget_W(kind) * kind.liquid_share;
    double const highest_W = *std::ranges::max_element(table.heat_W);
    if (highest_W > most_W * (1.0 + 1e-9)) {
        r.problem(pointer + "/columns",
                  fmt::format("go up to {:.0f} kW of heat and the {} racks of a pod of {} draw at most {:.0f} kW of liquid "
                              "heat; check the unit, or plan larger racks",
                              highest_W / 1e3, line.racks_per_pod, spec.hall, most_W / 1e3));
        return;
    }
    std::uint32_t first = 0;
    for (auto const& other : r.out.traces) {
        first += other.columns;
    }
    r.out.traces.push_back({.hall = hall,
                            .step_s = table.step_s,
                            .columns = static_cast<std::uint32_t>(table.columns),
                            .first = {first},
                            .heat_W = std::move(table.heat_W),
                            .wet_bulb_C = std::move(table.wet_bulb_C)});
}

} // namespace

void resolve_traces(Resolver& r)
{
    for (std::size_t i = 0; i < r.spec.traces.size(); ++i) {
        resolve_trace(r, r.spec.traces[i], at("/traces", i));
    }
}

} // namespace aidc
