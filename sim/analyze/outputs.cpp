#include "sim/analyze/outputs.hpp"

#include "sim/analyze/levels.hpp"
#include "sim/record/h5.hpp"
#include "sim/run/progress.hpp"
#include "sim/sweep/block.hpp"

#include <algorithm>
#include <limits>

namespace aidc {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t few = 4; ///< Dates of a kind

/// The values of parameters as numbers, point after point.
std::vector<double> numbers_of(Points const& points)
{
    std::vector<double> numbers;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < points.parameters.size(); ++j) {
            numbers.push_back(level_number(points.parameters[j], points.value(i, j)));
        }
    }
    return numbers;
}

std::vector<BlockRun> runs_of(Sweep const& sweep, std::size_t block, SweepOutputs& outputs)
{
    if (!std::filesystem::exists(sweep.block_file(block))) {
        return {};
    }
    try {
        return read_block(sweep, block);
    }
    catch (h5::Error const& error) {
        outputs.complaints.emplace_back(error.what());
        return {};
    }
}

/// The statistics of the runs that are there, point after point.
void add_statistics(Sweep const& sweep, std::vector<Measure> const& measures, std::vector<bool> const& there, SweepOutputs& outputs)
{
    std::size_t const each = sweep.manifest.sweep.replicates;
    for (std::size_t point = 0; point < sweep.points.size(); ++point) {
        auto const first = point * each;
        for (std::size_t m = 0; m < measures.size(); ++m) {
            std::vector<double> values;
            for (std::size_t run = first; run < first + each; ++run) {
                if (there[run]) {
                    values.push_back(outputs.by_run[m][run]);
                }
            }
            outputs.by_point[m].push_back(measures[m].of_runs(std::move(values)));
        }
        outputs.runs_there.push_back(0);
        for (std::size_t run = first; run < first + each; ++run) {
            outputs.runs_there.back() += there[run] ? 1 : 0;
        }
    }
}

/// Is a date that of a target, or of a campus that is complete? Campuses and halls have "<campus> complete", "<campus>/<hall> ...".
bool belongs_to(Column const& column, std::string const& campus)
{
    return column.text.starts_with(campus + " ") || column.text.starts_with(campus + "/");
}

} // namespace

MeasureNames measure_names(Layout const& layout, std::vector<Parameter> const& parameters)
{
    MeasureNames names{.names = {}, .is_date = {}, .start = layout.start};
    auto const add = [&names](std::string const& name, bool is_date) {
        bool const taken = std::ranges::find(names.names, name) != names.names.end();
        names.names.push_back(taken ? name + "_parameter" : name);
        names.is_date.push_back(is_date);
    };
    for (auto const& column : layout.figures) {
        add(column.name, column.units.starts_with("seconds since"));
    }
    for (auto const& parameter : parameters) {
        add(parameter.name, false);
    }
    return names;
}

SweepOutputs read_outputs(Sweep const& sweep, std::vector<Measure> const& measures, bool quiet)
{
    SweepOutputs outputs;
    outputs.by_run.resize(measures.size());
    outputs.by_point.resize(measures.size());
    auto const numbers = numbers_of(sweep.points);
    auto const parameters = sweep.points.parameters.size(), figures = sweep.manifest.layout.figures.size();
    std::vector<bool> there;
    std::vector<double> values(figures + parameters);
    CountProgress progress(sweep.blocks(), "blocks", quiet);
    for (std::size_t b = 0; b < sweep.blocks(); ++b) {
        auto const runs = runs_of(sweep, b, outputs);
        outputs.missing += runs.empty() ? sweep.runs_of(b) : 0;
        for (std::size_t i = 0; i < sweep.runs_of(b); ++i) {
            there.push_back(!runs.empty() && runs[i].error.empty());
            outputs.failed += !runs.empty() && !there.back() ? 1 : 0;
            if (there.back()) {
                std::ranges::copy(runs[i].row.figures, values.begin());
                auto const point = sweep.run(sweep.first_run(b) + i).point;
                std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(point * parameters), parameters,
                            values.begin() + static_cast<std::ptrdiff_t>(figures));
            }
            for (std::size_t m = 0; m < measures.size(); ++m) {
                outputs.by_run[m].push_back(there.back() ? measures[m].of_run(values) : none);
            }
        }
        progress.done(b + 1);
    }
    add_statistics(sweep, measures, there, outputs);
    return outputs;
}

std::vector<std::string> usual_outputs(Layout const& layout)
{
    std::vector<std::string> usual, targets, complete;
    for (auto const& column : layout.figures) {
        for (auto const* const wanted : {"live_W", "first_live", "not_live_accelerator_h", "pue"}) {
            if (column.name == wanted) {
                usual.push_back(column.name);
            }
        }
        if (!column.name.starts_with("date_")) {
            continue;
        }
        auto const campus = std::ranges::find_if(layout.campuses, [&](auto const& name) { return belongs_to(column, name); });
        if (campus == layout.campuses.end()) {
            targets.push_back(column.name);
        }
        else if (column.text == *campus + " complete") {
            complete.push_back(column.name);
        }
    }
    for (auto const* const dates : {&targets, &complete}) {
        if (dates->size() <= few) {
            usual.insert(usual.end(), dates->begin(), dates->end());
        }
    }
    return usual;
}

} // namespace aidc
