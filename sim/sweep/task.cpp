#include "sim/sweep/task.hpp"

#include "models/base/error.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace aidc {
namespace {

using Variable = std::function<std::string(char const*)>;

[[noreturn]] void complain(std::string message) { throw InputErrors({{"--task", "", std::move(message)}}); }

std::optional<std::size_t> whole(std::string const& text)
{
    std::size_t value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

/// What names a task of an array: its number, the first number, the step, and how many there are.
struct ArrayVariables {
    char const *number, *first, *step, *count, *last;
};
constexpr std::array<ArrayVariables, 4> arrays{{
    {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT", ""},
    {"PBS_ARRAY_INDEX", "", "", "AIDCSIM_TASKS", ""}, // PBS does not say how many: the script does
    {"SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_STEPSIZE", "", "SGE_TASK_LAST"},
    {"LSB_JOBINDEX", "", "LSB_JOBINDEX_STEP", "", "LSB_JOBINDEX_END"},
}};

/// What names a rank: its number and how many there are. Slurm is the last: launchers start a daemon a node by srun, and their ranks
/// inherit the number of the daemon.
constexpr std::array<std::array<char const*, 2>, 3> ranks{{
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
    {"PMI_RANK", "PMI_SIZE"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
}};

std::optional<Task> array_task(Variable const& variable)
{
    for (auto const& names : arrays) {
        auto const number = whole(variable(names.number)); // "undefined" outside an array of Grid Engine, "0" outside one of LSF
        if (!number || (std::string(names.number) == "LSB_JOBINDEX" && *number == 0)) {
            continue;
        }
        bool const counts_from_one = std::string(names.number) == "SGE_TASK_ID" || std::string(names.number) == "LSB_JOBINDEX";
        auto const first = whole(variable(names.first)).value_or(counts_from_one ? 1 : 0);
        auto const step = std::max<std::size_t>(1, whole(variable(names.step)).value_or(1));
        auto const last = whole(variable(names.last));
        auto const count = last && *last >= first ? (*last - first) / step + 1 : whole(variable(names.count)).value_or(0);
        if (count == 0) {
            complain(fmt::format("auto finds {} and not how many there are; set AIDCSIM_TASKS, or use --task k/K", names.number));
        }
        return Task{.index = (*number - first) / step, .count = count};
    }
    return {};
}

std::optional<Task> rank_task(Variable const& variable)
{
    for (auto const& [number, count] : ranks) {
        auto const k = whole(variable(number)), of = whole(variable(count));
        if (k && of && *of > 0) {
            return Task{.index = *k, .count = *of};
        }
    }
    return {};
}

Task auto_task(Variable const& variable)
{
    auto const array = array_task(variable), rank = rank_task(variable);
    if (!array && !rank) {
        complain("auto finds no batch system here (no variables of Slurm, PBS, Grid Engine, LSF or an MPI launcher); use --task k/K");
    }
    auto const a = array.value_or(Task{}), r = rank.value_or(Task{});
    return {.index = a.index * r.count + r.index, .count = a.count * r.count};
}

} // namespace

Task parse_task(std::string const& text, Variable const& variable)
{
    if (text.empty()) {
        return {};
    }
    Task task;
    if (text == "auto") {
        task = auto_task(variable);
    }
    else {
        auto const slash = text.find('/');
        auto const k = whole(text.substr(0, slash));
        auto const of = slash == std::string::npos ? std::nullopt : whole(text.substr(slash + 1));
        if (!k || !of) {
            complain("\"" + text + "\" is neither auto nor k/K, e.g. 0/4, 1/4, 2/4, 3/4 for four workers");
        }
        task = {.index = *k, .count = *of};
    }
    if (task.index >= task.count) {
        complain(fmt::format("{}/{} does not exist; workers are counted from 0", task.index, task.count));
    }
    return task;
}

std::string environment(char const* name)
{
    auto const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

} // namespace aidc
