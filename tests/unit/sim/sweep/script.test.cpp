// Batch files are tried with stand-ins for the batch systems, which start what they are given in the shell it was written for.
#include "sim/sweep/script.hpp"

#include "sim/sweep/status.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <cstdlib>

using namespace aidc;
using namespace aidc::test;

namespace {

namespace fs = std::filesystem;

/// A shell script that can be started.
void write_program(fs::path const& path, std::string const& text)
{
    write(path, "#!/bin/bash\n" + text);
    fs::permissions(path, fs::perms::owner_all);
}

/// sbatch and qsub that run the job at once, each task of an array after the other; mpirun that starts ranks; all without the words
/// that only the real ones understand.
void write_stand_ins(fs::path const& bin)
{
    fs::create_directories(bin);
    std::string const common = "job=$(mktemp); cat > \"$job\"; last=-1\n"
                               "for word; do case \"$word\" in --array=0-*) last=${word#--array=0-};; 0-*) last=${word#0-};; esac; done\n";
    write_program(bin / "sbatch",
                  common
                      + "if [ $last -ge 0 ]; then for k in $(seq 0 $last); do SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_MIN=0 "
                        "SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=$((last + 1)) SLURM_PROCID=0 bash \"$job\" >&2; done\n"
                        "else SLURM_PROCID=0 bash \"$job\" >&2; fi; echo \"$@\" >> \"$(dirname \"$0\")/words\"; echo 77\n");
    write_program(bin / "qsub", common
                                    + "if [ $last -ge 0 ]; then for k in $(seq 0 $last); do PBS_ARRAY_INDEX=$k bash \"$job\" >&2; done\n"
                                      "else bash \"$job\" >&2; fi; echo \"$@\" >> \"$(dirname \"$0\")/words\"; echo '77[].head'\n");
    write_program(bin / "mpirun",
                  "n=$2; shift 2; for k in $(seq 0 $((n - 1))); do OMPI_COMM_WORLD_RANK=$k OMPI_COMM_WORLD_SIZE=$n \"$@\"; done\n");
    // GNU parallel hands a line to a shell: words are joined by blanks, unless -q quotes them.
    write_program(
        bin / "parallel",
        "quote=; words=(); while [ \"$1\" != ::: ]; do case \"$1\" in --jobs|--retries) shift;; -q|--quote) quote=1;; *) words+=(\"$1\");; "
        "esac; shift; done; shift\n"
        "for k; do line=; for w in \"${words[@]}\"; do w=${w//'{}'/$k}; [ $quote ] && w=$(printf %q \"$w\"); line+=\" $w\"; done; "
        "bash -c \"$line\"; done\n");
}

int run_script(fs::path const& script, fs::path const& bin)
{
    auto const command = "PATH=" + bin.string() + ":$PATH bash '" + script.string() + "' > " + (bin / "out").string() + " 2>&1";
    return std::system(command.c_str());
}

ScriptOptions options_of(BatchSystem system) { return {.system = system, .tasks = 2, .program = AIDC_BINARY}; }

} // namespace

TEST_CASE("a batch file runs the whole sweep, whatever the folder and the program are called", "[unit][sweep]")
{
    auto const system = GENERATE(BatchSystem::slurm, BatchSystem::mpi, BatchSystem::parallel, BatchSystem::pbs);
    auto const* const name = GENERATE("plain", "two words", "it's \"so\" $HOME `x`;&");
    Folder const folder;
    INFO(static_cast<int>(system) << " " << name);
    write_stand_ins(folder / "bin");
    auto const sweep = planned_in(folder / name, small_spec());
    fs::create_symlink(AIDC_BINARY, folder / (std::string("aidcsim ") + name));
    auto options = options_of(system);
    options.program = (folder / (std::string("aidcsim ") + name)).string();
    write(folder / "job.sh", batch_script(sweep, options));
    REQUIRE(std::system(("bash -n " + (folder / "job.sh").string()).c_str()) == 0);
    CHECK(run_script(folder / "job.sh", folder / "bin") == 0);
    INFO(bytes_of(folder / "bin/out"));
    CHECK(status_of(sweep).complete());
    CHECK(fs::exists(sweep.folder / "index.h5"));
}

TEST_CASE("a batch file shares the work: each task does its blocks", "[unit][sweep]")
{
    for (auto const system : {BatchSystem::slurm, BatchSystem::mpi, BatchSystem::parallel, BatchSystem::pbs}) {
        Folder const folder;
        write_stand_ins(folder / "bin");
        auto const sweep = planned_in(folder / "s", small_spec(1, 1));
        write(folder / "job.sh", batch_script(sweep, options_of(system)));
        REQUIRE(run_script(folder / "job.sh", folder / "bin") == 0);
        std::size_t logs = 0;
        for (auto const& log : files_of(sweep.folder / "logs")) {
            logs += log.starts_with("0-of-2.") || log.starts_with("1-of-2.") ? 1 : 0;
        }
        INFO(static_cast<int>(system) << bytes_of(folder / "bin/out"));
        CHECK(logs == 2);
        CHECK(files_of(sweep.folder / "logs").size() == 2); // and the top-up had nothing to do
    }
}

TEST_CASE("words for the batch system arrive: time, memory, partition, account", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 1));
    auto options = options_of(BatchSystem::slurm);
    options.cpus = 4;
    options.time = "1-02:00:00";
    options.memory_MB = 250.0;
    options.partition = "long & wide";
    options.account = "me";
    auto const slurm = batch_script(sweep, options);
    CHECK_THAT(slurm, ContainsSubstring("--array=0-1"));
    CHECK_THAT(slurm, ContainsSubstring("--cpus-per-task=4 --mem=1512M --time=1-02:00:00")); // 4 x 250 MB, and 512 for the worker
    CHECK_THAT(slurm, ContainsSubstring("--partition='long & wide' --account=me"));
    CHECK_THAT(slurm, ContainsSubstring("-j 4 --quiet --memory-limit 250"));
    CHECK_THAT(slurm, ContainsSubstring("--dependency=afterany:"));
    CHECK_THAT(slurm, ContainsSubstring("--signal=B:USR1@60"));
    options.system = BatchSystem::pbs;
    options.time = "02:00:00";
    auto const pbs = batch_script(sweep, options);
    CHECK_THAT(pbs, ContainsSubstring("-J 0-1 -l select=1:ncpus=4:mem=1512mb -l walltime=02:00:00 -q 'long & wide' -A me"));
    CHECK_THAT(pbs, ContainsSubstring("export AIDCSIM_TASKS=2"));
    for (auto const system : {BatchSystem::slurm, BatchSystem::mpi, BatchSystem::parallel, BatchSystem::pbs}) {
        options.system = system;
        write(folder / "job.sh", batch_script(sweep, options));
        CHECK(std::system(("bash -n " + (folder / "job.sh").string()).c_str()) == 0);
    }
}

TEST_CASE("the time limit is threefold what the runs should take, ten minutes at least, whole minutes", "[unit][sweep]")
{
    Folder const folder;
    auto sweep = planned_in(folder / "s", small_spec(10, 1)); // 60 runs
    sweep.manifest.run_s = 1.0;
    CHECK(time_limit(sweep, 1) == "00:10:00");
    sweep.manifest.run_s = 100.0; // 3 x 6000 s = 5 h
    CHECK(time_limit(sweep, 1) == "05:00:00");
    CHECK(time_limit(sweep, 7) == "00:43:00"); // 18000/7 s = 42.86 min
    sweep.manifest.run_s = 10000.0;            // 500 h
    CHECK(time_limit(sweep, 1) == "500:00:00");
}

TEST_CASE("workers without blocks and times that are none are refused", "[unit][sweep]")
{
    Folder const folder;
    auto const sweep = planned_in(folder / "s", small_spec(1, 2)); // 3 blocks
    auto options = options_of(BatchSystem::slurm);
    options.tasks = 4;
    CHECK_THAT(complaint_of([&] { batch_script(sweep, options); }), ContainsSubstring("is 4 and the sweep has 3 blocks"));
    options.tasks = 0;
    CHECK_THAT(batch_script(sweep, options), ContainsSubstring("--array=0-2")); // as many as there are
    for (auto const* const time : {"soon", "12", "1h", "02:00:00; rm -rf /", "::::::::", "00000000", "2:0:0:0"}) {
        INFO(time);
        options.time = time;
        CHECK_THAT(complaint_of([&] { batch_script(sweep, options); }), ContainsSubstring("is no time limit"));
    }
}
