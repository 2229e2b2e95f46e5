#include "sim/record/pod_rows.hpp"

#include <fmt/format.h>

#include <limits>
#include <string>

namespace aidc {
namespace {

std::vector<h5::Quantity> pod_variables()
{
    return {{"heat_W", "W", "heat into the coolant: as replayed, unless it was cut", "time: mean"},
            {"tcs_supply_C", "degC", "coolant to the racks", "time: point"},
            {"tcs_return_C", "degC", "coolant from the racks", "time: point"},
            {"case_C", "degC", "accelerator case", "time: point"},
            {"fws_flow_kg_per_s", "kg s-1", "facility water through the CDU", "time: point"}};
}

std::vector<std::string> pod_names(Buildout const& b)
{
    std::vector<std::string> names;
    for (auto const& trace : b.traces) {
        for (std::uint32_t j = 0; j < trace.columns; ++j) {
            names.push_back(fmt::format("{}/p{:02}", b.halls[trace.hall.row].name, j + 1));
        }
    }
    return names;
}

h5::Series open_pods(h5::File& file, Buildout const& b)
{
    auto group = file.group("pod", "Pods that replay a trace, one row an operations step");
    group.time_axis(b.start);
    group.label_axis("pod", pod_names(b), "pod");
    group.default_plot("tcs_return_C", {"time", "pod"}, {"tcs_supply_C"});
    return group.series(pod_variables(), "pod");
}

} // namespace

PodRows::PodRows(h5::File& file, Buildout const& buildout)
    : buildout_(buildout), pods_(pod_names(buildout).size()), series_(open_pods(file, buildout))
{
}

void PodRows::append(World const& world, Tick to)
{
    row_.assign(5 * pods_, std::numeric_limits<float>::quiet_NaN());
    for (auto const& book : world.island_books) {
        auto const& state = book.state;
        for (std::size_t g = 0; state.loop && g < state.loop_groups.size(); ++g) {
            if (auto const trace = state.loop_groups[g].trace) {
                auto const& pod = state.loop->pods[g];
                row_[trace.row] = static_cast<float>(state.draws[g].liquid_W); // World::traces is already of the next step
                row_[pods_ + trace.row] = static_cast<float>(pod.supply_C);
                row_[2 * pods_ + trace.row] = static_cast<float>(pod.return_C);
                row_[3 * pods_ + trace.row] = static_cast<float>(pod.chip_C);
                row_[4 * pods_ + trace.row] = static_cast<float>(pod.fws_flow_kg_per_s);
            }
        }
    }
    series_.append(seconds(to), row_);
}

} // namespace aidc
