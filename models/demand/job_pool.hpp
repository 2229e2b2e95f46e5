#pragma once
/// \file
/// Jobs on a pool of accelerators that grows, fails and comes back: queue, gangs, checkpoints, interruptions. Replays a log, carries a
/// training run through its failures, and is the load of a campus. Knows no clock: the caller says when.

#include "models/demand/checkpoint.hpp"
#include "models/demand/date_heap.hpp"
#include "models/demand/job.hpp"
#include "models/demand/scheduler.hpp"

#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace aidc {

/// What jobs of one kind do when something happens to them.
struct JobRules {
    CheckpointRule checkpoint{};
    /// Per accelerator, in time at work and writing, not while it restarts [1/s]; each takes the whole job back to its last checkpoint.
    /// 0: none
    double interruptions_per_s{};
    bool saves_when_evicted{}; ///< Sent away by the scheduler, or told that accelerators will go, it writes a checkpoint first
    bool one_cell{};           ///< Never spans cells
};

/// A gang that runs, for the network.
struct Gang {
    std::uint32_t rules{};
    std::uint32_t processors{};
    std::span<CellShare const> placed{};
};

/// Everything a pool is made of.
struct JobPoolSpec {
    Policy policy{};
    Placement placement{};
    std::vector<std::uint32_t> cells{}; ///< Processors of each at the start
    std::vector<JobRules> rules{};      ///< None: jobs have row 0, without checkpoints and interruptions
    /// Uniform number, 0 < u < 1, of a job (by id) and its interruption n: a pure function.
    std::function<double(std::int64_t id, std::uint32_t n)> uniform{};
    /// Speed [-], 0 < speed <= 1, of every gang that spans cells, given all of them: called when one starts or stops. Empty: all 1.
    std::function<void(std::span<Gang const> gangs, std::span<double> speed)> pace{};
};

/// Integrals since they were last taken, and counts.
struct JobSums {
    double allocated_s{};    ///< Held by jobs [accelerator s]
    double busy_s{};         ///< Of them, at work or writing a checkpoint: not restarting [accelerator s]
    double worked_s{};       ///< Of them, at work at full speed; what is slow counts in part [accelerator s]
    double rolled_back_s{};  ///< Work of before that was lost [accelerator s]
    std::uint64_t started{}; ///< Again after an eviction, too
    std::uint64_t ended{}, interrupted{}, evicted{};
};

/// See the file's head.
class JobPool {
  public:
    /// \param done  Gets the record of each job when it ends
    JobPool(JobPoolSpec spec, JobSource source, std::function<void(JobRecord const&)> done);

    /// Date of its next event: an arrival, an end, an interruption, the end of a restart [s]; infinity: none is left.
    double next_s() const;

    /// Books up to `now_s` and does what is due by then. At one instant: ends and interruptions, then arrivals, then one scheduling pass.
    /// Events whose date lies a little before now_s happen at now_s. \pre  now_s >= the last one
    void advance(double now_s);

    /// Processors of each cell from now on; after advance(now_s). Jobs that lose an accelerator go back to the queue, from their last
    /// checkpoint. A scheduling pass follows.
    /// \param announced  Jobs know it beforehand: those that can, write a checkpoint first
    void resize(double now_s, std::span<std::uint32_t const> cells, bool announced = false);

    /// Speed of all jobs from now on [-], 0...1: throttled chips. At 0 all work stands; a restart takes its time whatever the speed.
    void set_speed(double now_s, double speed);

    /// Exact up to the date of the last call above, with 0 <= worked <= busy <= allocated.
    JobSums take_sums();

    std::uint32_t used() const { return scheduler_.used(); }         ///< Accelerators held now
    std::uint32_t capacity() const { return scheduler_.capacity(); } ///< Of all cells
    std::size_t running() const { return dates_.size(); }            ///< Jobs that hold accelerators
    std::size_t queued() const { return scheduler_.queued(); }
    std::uint64_t queued_processors() const { return scheduler_.queued_processors(); } ///< Asked for by queued jobs
    std::uint64_t ended() const { return ended_; }                                     ///< Jobs, since the start

    /// Records of the jobs that run or wait, as they are now, in order of (submit, id): for the end of a run.
    std::vector<JobRecord> open_records() const;

  private:
    enum class State : std::uint8_t { unused, queued, restarting, working };

    /// A job in the system. Its clock is the time at work and writing at full speed since its last checkpoint.
    struct Live {
        JobRecord record;
        State state{};
        bool evicted{};         ///< Stands before it works again
        double saved_s{};       ///< Work behind the checkpoint that it works on from [s]
        double span_s{};        ///< Its end, by its clock [s]
        double strike_s{};      ///< Its next interruption, by its clock [s]
        double clock_s{};       ///< At since_s [s]
        double since_s{};       ///< [s]
        double pace{1.0};       ///< Of its gang [-]
        double rate{};          ///< Pool's speed times pace [-]
        double placed_s{};      ///< Date of this placement [s]
        double booked_s{};      ///< Work since its last checkpoint that is in the sums, if it is followed [s]
        std::size_t followed{}; ///< Place in followed_, or the greatest number
    };

    JobRules const& rules_of(Live const& live) const { return spec_.rules[live.record.job.rules]; }
    Progress progress_at(Live const& live, double clock_s) const;
    double clock_at(Live const& live, double now_s) const;
    void book(double now_s);
    void fetch();
    void arrive();
    void submit(std::uint32_t key);
    void draw_strike(Live& live) const;
    void pass(double now_s);
    void start(std::uint32_t key, double now_s);
    void begin_work(std::uint32_t key, double now_s);
    void stop_work(Live& live, Progress const& progress);
    void roll_back(Live& live, double kept_s, double worked_s);
    void leave(std::uint32_t key, double now_s);
    void happen(std::uint32_t key, double now_s);
    void interrupt(std::uint32_t key, double now_s);
    void end(std::uint32_t key, double now_s);
    void evict(std::uint32_t key, double now_s, bool saves);
    void turn(std::uint32_t key, double now_s);
    void ask_pace(double now_s);
    void set_date(std::uint32_t key);

    JobPoolSpec spec_;
    JobSource source_;
    std::function<void(JobRecord const&)> done_;
    Scheduler scheduler_;
    Job next_job_;                      ///< Of the source
    bool more_jobs_{};                  ///< next_job_ is one
    std::vector<Live> live_;            ///< By key
    std::vector<std::uint32_t> unused_; ///< Keys
    DateHeap dates_;                    ///< Next event of each running job
    /// Running jobs whose work is not their processors times the pool's speed: they write checkpoints or have a pace of their own.
    std::vector<std::uint32_t> followed_;
    std::uint64_t plain_{};      ///< Processors at work of the others
    std::uint64_t restarting_{}; ///< Processors that restart
    double speed_{1.0};
    double now_s_ = -std::numeric_limits<double>::infinity();
    bool gangs_changed_{}; ///< A gang that spans cells has started or stopped
    JobSums sums_;
    std::uint64_t ended_{};
    std::vector<std::uint32_t> started_, evicted_; ///< Scratch
    std::vector<Gang> gangs_;                      ///< Scratch
    std::vector<double> paces_;                    ///< Scratch
};

/// Runs a pool until it has nothing left to do.
/// \param progress  Called now and then with the date and the number of ended jobs; may be empty
void run_to_end(JobPool& pool, std::function<void(double now_s, std::uint64_t ended)> const& progress = {});

/// Means over a schedule, by the rules of the Parallel Workloads Archive.
struct ScheduleSums {
    std::uint64_t jobs{};
    double first_submit_s = std::numeric_limits<double>::infinity();
    double last_end_s = -std::numeric_limits<double>::infinity();
    double wait_s{};     ///< Sum [s]
    double slowdown{};   ///< Sum of bounded slowdowns, 10 s [-]
    double work_s{};     ///< Sum of processors times run [s]
    double wait_max_s{}; ///< [s]

    void add(JobRecord const& record);

    double mean_wait_s() const { return wait_s / static_cast<double>(jobs); }
    double mean_slowdown() const { return slowdown / static_cast<double>(jobs); }
    double makespan_s() const { return last_end_s - first_submit_s; }
    /// Work over processors times makespan [-].
    double utilization(double processors) const { return work_s / (processors * makespan_s()); }
};

} // namespace aidc
