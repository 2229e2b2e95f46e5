#include "sim/sweep/task.hpp"

#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <map>
#include <set>

using namespace aidc;
using namespace aidc::test;

namespace {

/// Variables of a process; all others are not set.
using Variables = std::map<std::string, std::string>;

Task task_of(std::string const& text, Variables const& variables = {})
{
    return parse_task(text, [&](char const* name) {
        auto const at = variables.find(name);
        return at == variables.end() ? std::string() : at->second;
    });
}

std::string words_of(Variables const& variables)
{
    auto const task = task_of("auto", variables);
    return std::to_string(task.index) + "/" + std::to_string(task.count);
}

std::string complaint_about(std::string const& text, Variables const& variables = {})
{
    return complaint_of([&] { task_of(text, variables); });
}

} // namespace

TEST_CASE("the tasks 0/K ... K-1/K do every block once", "[unit][sweep]")
{
    for (std::size_t const count : {1u, 3u, 7u}) {
        std::multiset<std::size_t> done;
        for (std::size_t k = 0; k < count; ++k) {
            auto const task = task_of(std::to_string(k) + "/" + std::to_string(count));
            for (std::size_t block = 0; block < 20; ++block) {
                if (task.does(block)) {
                    done.insert(block);
                }
            }
        }
        CHECK(done.size() == 20);
        CHECK(std::set<std::size_t>(done.begin(), done.end()).size() == 20);
    }
    CHECK(task_of("").does(17));
    CHECK(task_of("").count == 1);
}

TEST_CASE("what is no task is refused", "[unit][sweep]")
{
    for (auto const* const text :
         {"1", "1/", "/4", "a/4", "1/b", "1/4/2", "-1/4", " 1/4", "1.0/4", "Auto", "auto ", "1/99999999999999999999"}) {
        INFO(text);
        CHECK_THAT(complaint_about(text), ContainsSubstring("neither auto nor k/K"));
    }
    CHECK_THAT(complaint_about("4/4"), ContainsSubstring("counted from 0"));
    CHECK_THAT(complaint_about("0/0"), ContainsSubstring("does not exist"));
    CHECK_THAT(complaint_about("auto"), ContainsSubstring("no batch system here"));
}

// The variables are those of the manuals: sbatch(1) and srun(1), qsub(1) of PBS Professional and Grid Engine, bsub(1), mpirun(1).
TEST_CASE("auto knows job arrays", "[unit][sweep]")
{
    // sbatch --array=0-15; --array=1-4; --array=0-12:4
    CHECK(words_of({{"SLURM_ARRAY_TASK_ID", "5"},
                    {"SLURM_ARRAY_TASK_MIN", "0"},
                    {"SLURM_ARRAY_TASK_MAX", "15"},
                    {"SLURM_ARRAY_TASK_STEP", "1"},
                    {"SLURM_ARRAY_TASK_COUNT", "16"}})
          == "5/16");
    CHECK(
        words_of(
            {{"SLURM_ARRAY_TASK_ID", "4"}, {"SLURM_ARRAY_TASK_MIN", "1"}, {"SLURM_ARRAY_TASK_STEP", "1"}, {"SLURM_ARRAY_TASK_COUNT", "4"}})
        == "3/4");
    CHECK(
        words_of(
            {{"SLURM_ARRAY_TASK_ID", "8"}, {"SLURM_ARRAY_TASK_MIN", "0"}, {"SLURM_ARRAY_TASK_STEP", "4"}, {"SLURM_ARRAY_TASK_COUNT", "4"}})
        == "2/4");
    CHECK(words_of({{"PBS_ARRAY_INDEX", "3"}, {"AIDCSIM_TASKS", "8"}}) == "3/8");
    // qsub -t 1-8; -t 2-10:2
    CHECK(words_of({{"SGE_TASK_ID", "1"}, {"SGE_TASK_FIRST", "1"}, {"SGE_TASK_LAST", "8"}, {"SGE_TASK_STEPSIZE", "1"}}) == "0/8");
    CHECK(words_of({{"SGE_TASK_ID", "10"}, {"SGE_TASK_FIRST", "2"}, {"SGE_TASK_LAST", "10"}, {"SGE_TASK_STEPSIZE", "2"}}) == "4/5");
    // bsub -J "sweep[1-6]"
    CHECK(words_of({{"LSB_JOBINDEX", "6"}, {"LSB_JOBINDEX_END", "6"}, {"LSB_JOBINDEX_STEP", "1"}}) == "5/6");
}

TEST_CASE("auto knows ranks of launchers", "[unit][sweep]")
{
    CHECK(words_of({{"SLURM_PROCID", "3"}, {"SLURM_STEP_NUM_TASKS", "8"}, {"SLURM_NTASKS", "8"}}) == "3/8");
    CHECK(words_of({{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "4"}}) == "2/4");
    CHECK(words_of({{"PMI_RANK", "1"}, {"PMI_SIZE", "2"}}) == "1/2");
}

TEST_CASE("a bare batch script of Slurm is no rank", "[unit][sweep]")
{
    // sbatch -n 8 without srun: one process, that finds SLURM_PROCID=0 and SLURM_NTASKS=8. Were it 0 of 8, seven eighths would stay undone.
    Variables const bare{{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}, {"SLURM_NPROCS", "8"}, {"SLURM_JOB_ID", "77"}};
    CHECK_THAT(complaint_about("auto", bare), ContainsSubstring("no batch system here"));
    auto array = bare;
    array.insert(
        {{"SLURM_ARRAY_TASK_ID", "2"}, {"SLURM_ARRAY_TASK_MIN", "0"}, {"SLURM_ARRAY_TASK_STEP", "1"}, {"SLURM_ARRAY_TASK_COUNT", "4"}});
    CHECK(words_of(array) == "2/4");
}

TEST_CASE("launchers that start their daemons by srun count ranks, not daemons", "[unit][sweep]")
{
    // Inside 2 nodes of Slurm, Open MPI and Hydra (MPICH, Intel MPI) start one daemon a node by srun: its ranks inherit the daemon's number.
    Variables const daemon{{"SLURM_PROCID", "1"}, {"SLURM_STEP_NUM_TASKS", "2"}};
    auto open_mpi = daemon, hydra = daemon;
    open_mpi.insert({{"OMPI_COMM_WORLD_RANK", "5"}, {"OMPI_COMM_WORLD_SIZE", "8"}});
    hydra.insert({{"PMI_RANK", "5"}, {"PMI_SIZE", "8"}});
    CHECK(words_of(open_mpi) == "5/8");
    CHECK(words_of(hydra) == "5/8");
}

TEST_CASE("an array whose tasks start ranks has tasks times ranks parts, each done once", "[unit][sweep]")
{
    std::set<std::size_t> parts;
    for (int task = 0; task < 3; ++task) {
        for (int rank = 0; rank < 4; ++rank) {
            auto const part = task_of("auto", {{"SLURM_ARRAY_TASK_ID", std::to_string(task)},
                                               {"SLURM_ARRAY_TASK_MIN", "0"},
                                               {"SLURM_ARRAY_TASK_COUNT", "3"},
                                               {"SLURM_PROCID", std::to_string(rank)},
                                               {"SLURM_STEP_NUM_TASKS", "4"}});
            CHECK(part.count == 12);
            parts.insert(part.index);
        }
    }
    CHECK(parts.size() == 12);
    CHECK(*parts.rbegin() == 11);
}

TEST_CASE("variables that are there and mean no array are passed over", "[unit][sweep]")
{
    CHECK_THAT(complaint_about("auto", {{"SGE_TASK_ID", "undefined"}}), ContainsSubstring("no batch system here")); // qsub without -t
    CHECK_THAT(complaint_about("auto", {{"LSB_JOBINDEX", "0"}, {"LSB_JOBINDEX_END", "0"}}), ContainsSubstring("no batch system here"));
    CHECK_THAT(complaint_about("auto", {{"SLURM_PROCID", "0"}, {"SLURM_STEP_NUM_TASKS", "junk"}}), ContainsSubstring("no batch system"));
}

TEST_CASE("an array that does not say how many it has is refused, not guessed", "[unit][sweep]")
{
    CHECK_THAT(complaint_about("auto", {{"PBS_ARRAY_INDEX", "3"}}), ContainsSubstring("set AIDCSIM_TASKS"));
    CHECK_THAT(complaint_about("auto", {{"PBS_ARRAY_INDEX", "8"}, {"AIDCSIM_TASKS", "8"}}), ContainsSubstring("8/8 does not exist"));
    // sbatch --array=1,3,7: three tasks, of which two would do the same or nothing
    Variables const gaps{
        {"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_MIN", "1"}, {"SLURM_ARRAY_TASK_STEP", "1"}, {"SLURM_ARRAY_TASK_COUNT", "3"}};
    CHECK_THAT(complaint_about("auto", gaps), ContainsSubstring("6/3 does not exist"));
}

TEST_CASE("a variable that is not set is empty", "[unit][sweep]")
{
    setenv("AIDC_TEST_VARIABLE", "7", 1);
    CHECK(environment("AIDC_TEST_VARIABLE") == "7");
    unsetenv("AIDC_TEST_VARIABLE");
    CHECK(environment("AIDC_TEST_VARIABLE").empty());
}
