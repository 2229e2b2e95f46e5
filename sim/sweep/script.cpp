#include "sim/sweep/script.hpp"

#include "models/base/error.hpp"
#include "sim/run/shell_word.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>

namespace aidc {
namespace {

constexpr std::string_view slurm_text = R"(#!/bin/bash
# Sweep of {scenario}: {runs} runs in {blocks} blocks. Start it on a login node with:  bash {script}
# Start it again after anything went wrong: only blocks that are missing are run.
#
# It submits three jobs:
#   workers  an array of {tasks} tasks; task k does the blocks whose number leaves the remainder k. A task whose node is lost is
#            queued again by Slurm. Ask for tens of tasks, not for one a run: an array starts some 8 tasks a second.
#   top-up   does what lost workers left, when all of them have ended, however they ended.
#   collect  puts everything together in index.h5.
# Look at it with:  squeue --me   and   {program} sweep status {folder}
set -euo pipefail
program={program}
folder={folder}
common=(--parsable --open-mode=append{partition}{account})
worker=(--ntasks=1 --cpus-per-task={cpus}{memory} --time={time}
        --requeue                # lost with its node: queued again
        --signal=B:USR1@60)      # a minute before the time is over: leave no partial block, exit 75, run again later

array=$(sbatch "${{common[@]}}" "${{worker[@]}}" --job-name=sweep --array=0-{last} --output="${{folder//%/%%}}/logs/slurm-%A_%a.txt" <<JOB
#!/bin/bash
exec ${{program@Q}} sweep run ${{folder@Q}} --task auto -j {cpus} --quiet{limit}
JOB
)
top_up=$(sbatch "${{common[@]}}" "${{worker[@]}}" --job-name=sweep-top-up --dependency=afterany:"$array" --output="${{folder//%/%%}}/logs/slurm-%j.txt" <<JOB
#!/bin/bash
exec ${{program@Q}} sweep run ${{folder@Q}} -j {cpus} --quiet{limit}
JOB
)
collect=$(sbatch "${{common[@]}}" --ntasks=1 --time=00:30:00 --job-name=sweep-collect --dependency=afterany:"$top_up" --output="${{folder//%/%%}}/logs/slurm-%j.txt" <<JOB
#!/bin/bash
exec ${{program@Q}} sweep collect ${{folder@Q}} --quiet
JOB
)
echo "submitted: workers $array, top-up $top_up, collect $collect"
)";

constexpr std::string_view mpi_text = R"(#!/bin/bash
# Sweep of {scenario}: {runs} runs in {blocks} blocks, by {tasks} ranks of an MPI launcher. Start it with:  bash {script}
# Inside an allocation (sbatch, qsub) leave -n out, and the launcher takes what was allocated. The program is no MPI program: a rank
# only learns its number. Start it again after anything went wrong: only blocks that are missing are run.
set -uo pipefail
program={program}
folder={folder}
mpirun -n {tasks} "$program" sweep run "$folder" --task auto -j {cpus} --quiet{limit} || echo "some ranks were lost; going on" >&2
"$program" sweep run "$folder" -j {tasks} --quiet{limit}   # what lost ranks left
exec "$program" sweep collect "$folder" --quiet
)";

constexpr std::string_view parallel_text = R"(#!/bin/bash
# Sweep of {scenario}: {runs} runs in {blocks} blocks, by {tasks} workers under GNU parallel. Start it with:  bash {script}
# With --sshloginfile hosts.txt parallel starts workers on other machines that see the same folder.
# Start it again after anything went wrong: only blocks that are missing are run.
set -uo pipefail
program={program}
folder={folder}
parallel --quote --jobs {tasks} --retries 3 "$program" sweep run "$folder" --task "{{}}/{tasks}" -j {cpus} --quiet{limit} ::: $(seq 0 {last}) \
    || echo "some workers were lost; going on" >&2
"$program" sweep run "$folder" -j {tasks} --quiet{limit}   # what lost workers left
exec "$program" sweep collect "$folder" --quiet
)";

constexpr std::string_view pbs_text = R"(#!/bin/bash
# Sweep of {scenario}: {runs} runs in {blocks} blocks. Start it on a login node with:  bash {script}
# Start it again after anything went wrong: only blocks that are missing are run.
# It submits an array of {tasks} workers, a job that does what lost workers left, and one that collects (PBS Professional, OpenPBS).
set -euo pipefail
program={program}
folder={folder}
array=$(qsub -N sweep -J 0-{last} -l select=1:ncpus={cpus}{memory} -l walltime={time}{partition}{account} -j oe -o "$folder/logs/" <<JOB
#!/bin/bash
export AIDCSIM_TASKS={tasks}
exec ${{program@Q}} sweep run ${{folder@Q}} --task auto -j {cpus} --quiet{limit}
JOB
)
top_up=$(qsub -N sweep-top-up -W depend=afterany:"$array" -l select=1:ncpus={cpus}{memory} -l walltime={time}{partition}{account} -j oe -o "$folder/logs/" <<JOB
#!/bin/bash
exec ${{program@Q}} sweep run ${{folder@Q}} -j {cpus} --quiet{limit}
JOB
)
collect=$(qsub -N sweep-collect -W depend=afterany:"$top_up" -l select=1:ncpus=1 -l walltime=00:30:00{partition}{account} -j oe -o "$folder/logs/" <<JOB
#!/bin/bash
exec ${{program@Q}} sweep collect ${{folder@Q}} --quiet
JOB
)
echo "submitted: workers $array, top-up $top_up, collect $collect"
)";

/// [days-]hours:minutes:seconds
bool is_time(std::string const& text)
{
    static std::regex const form(R"((\d+-)?\d+:\d\d:\d\d)");
    return std::regex_match(text, form);
}

std::string_view text_of(BatchSystem system)
{
    switch (system) {
    case BatchSystem::slurm:
        return slurm_text;
    case BatchSystem::mpi:
        return mpi_text;
    case BatchSystem::parallel:
        return parallel_text;
    case BatchSystem::pbs:
        break;
    }
    return pbs_text;
}

/// Memory of a worker as the system asks for it: of all its simulations, and half a GB for itself.
std::string memory_words(ScriptOptions const& o)
{
    double const all_MB = std::ceil(o.memory_MB * static_cast<double>(o.cpus) + 512.0);
    return o.memory_MB <= 0.0             ? ""
           : o.system == BatchSystem::pbs ? fmt::format(":mem={:.0f}mb", all_MB)
                                          : fmt::format(" --mem={:.0f}M", all_MB);
}

} // namespace

std::string time_limit(Sweep const& sweep, std::size_t workers)
{
    double const spare = 3.0, least_s = 600.0;
    double const wall_s =
        std::max(least_s, spare * sweep.manifest.run_s * static_cast<double>(sweep.runs()) / static_cast<double>(workers));
    auto const minutes = static_cast<long>(std::ceil(wall_s / 60.0));
    return fmt::format("{:02}:{:02}:00", minutes / 60, minutes % 60);
}

std::string batch_script(Sweep const& sweep, ScriptOptions const& asked)
{
    auto o = asked;
    o.tasks = asked.tasks == 0 ? std::min<std::size_t>(4, sweep.blocks()) : asked.tasks;
    if (o.tasks > sweep.blocks()) {
        throw InputErrors({{"--tasks", "",
                            fmt::format("is {} and the sweep has {} blocks (the others would have nothing to do); ask for at most {}, or "
                                        "plan in a new folder with a smaller --block",
                                        o.tasks, sweep.blocks(), sweep.blocks())}});
    }
    if (!o.time.empty() && !is_time(o.time)) {
        throw InputErrors({{"--time", "", "\"" + o.time + "\" is no time limit; the form is HH:MM:SS"}});
    }
    bool const pbs = o.system == BatchSystem::pbs;
    fmt::dynamic_format_arg_store<fmt::format_context> words;
    auto const set = [&words](char const* name, std::string value) { words.push_back(fmt::arg(name, std::move(value))); };
    set("scenario", sweep.manifest.sweep.scenario);
    set("runs", std::to_string(sweep.runs()));
    set("blocks", std::to_string(sweep.blocks()));
    set("script", o.name.empty() ? "this file" : shell_word(o.name));
    set("tasks", std::to_string(o.tasks));
    set("last", std::to_string(o.tasks - 1));
    set("cpus", std::to_string(o.cpus));
    set("time", o.time.empty() ? time_limit(sweep, o.tasks * o.cpus) : o.time);
    set("memory", memory_words(o));
    set("limit", o.memory_MB > 0.0 ? fmt::format(" --memory-limit {:g}", o.memory_MB) : "");
    set("partition", o.partition.empty() ? "" : (pbs ? " -q " : " --partition=") + shell_word(o.partition));
    set("account", o.account.empty() ? "" : (pbs ? " -A " : " --account=") + shell_word(o.account));
    set("program", shell_word(o.program));
    set("folder", shell_word(std::filesystem::absolute(sweep.folder).lexically_normal().string()));
    return fmt::vformat(text_of(o.system), words);
}

} // namespace aidc
