#pragma once
/// \file
/// Who runs next and where: queue, reservation, backfilling, preemption on a pool of equal processors in cells.
///
/// A cell is what a gang would rather not leave: a fabric domain, a hall; or one machine, when its number matters; or the whole pool,
/// when only counts do. With one cell a reservation is a count (EASY, count-based), with cells of one processor it names machines.

#include "models/demand/room.hpp"
#include "models/demand/waiting_queue.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// In which order the queue is served, and who may overtake.
enum class Policy : std::uint8_t {
    fcfs,    ///< First come, first served; nobody overtakes
    easy,    ///< The first in the queue has a reservation; others may overtake where they do not delay it
    priority ///< By priority, then as easy; a job may send away jobs of lower priority
};
inline constexpr std::array<std::pair<std::string_view, Policy>, 3> policies{
    {{"fcfs", Policy::fcfs}, {"easy", Policy::easy}, {"priority", Policy::priority}}};

/// Queue and machine. Knows no clock: the caller says when, and frees what has ended.
class Scheduler {
  public:
    Scheduler(Policy policy, Placement placement, std::vector<std::uint32_t> cells);

    /// Puts a job into the queue, at its place by (submit, id), or (priority, submit, id). \pre  its key is not in use
    void submit(Request const& request);

    /// A running job has ended, or goes away: frees its processors and its key. \pre  it runs
    void release(std::uint32_t key);

    /// A cell has so many processors from now on. Where they are fewer than are in use, jobs lose theirs: of the lowest priority, the
    /// last started first; their processors of all cells are free and their keys unused. Keys are appended to `evicted`.
    void resize(std::uint32_t cell, std::uint32_t processors, std::vector<std::uint32_t>& evicted);

    /// One scheduling pass. Jobs that start are appended to `started` in order; jobs that are sent away for one of higher priority to
    /// `evicted` (their keys are unused; the caller submits them again, for the next pass).
    ///
    /// A job that is larger than the whole pool as it is now (or than every cell, if it may not span) waits, and reserves nothing: others
    /// pass it. The first that has to wait is the head; by easy and priority it has a reservation: running jobs are released at start +
    /// estimate, or now if that has passed; on the first release date on which it can be placed, with all that are released by then, it is
    /// placed by the rule. A later job starts if it is back by that date, or fits in what is free now and not reserved then.
    /// Source: A. W. Mu'alem, D. G. Feitelson, Utilization, predictability, workloads, and user runtime estimates in scheduling the IBM SP2
    /// with backfilling, IEEE TPDS 12 (2001).
    void pass(double now_s, std::vector<std::uint32_t>& started, std::vector<std::uint32_t>& evicted);

    /// Where a running job runs, by rising cell. \pre  it runs
    std::span<CellShare const> placed(std::uint32_t key) const;

    /// Number of its lowest processor. With cells of one processor that of its first machine; else of its first cell. Cells are numbered
    /// through by their sizes at the start.
    std::uint32_t first_processor(std::uint32_t key) const;

    std::uint32_t capacity() const { return capacity_; } ///< Processors of all cells
    std::uint32_t used() const { return used_; }         ///< Of them, held by running jobs
    std::size_t queued() const { return queue_.size(); }
    std::uint64_t queued_processors() const { return queue_.processors(); } ///< Asked for by queued jobs

  private:
    /// What is known of a key.
    struct Slot {
        Request request;
        double release_s{};            ///< Start + estimate [s]
        std::uint64_t order{};         ///< Counts starts
        std::vector<CellShare> placed; ///< Empty: does not run
        bool queued{};
    };

    bool possible(Request const& request) const;
    WaitingQueue::Place start_from_head(double now_s, std::vector<std::uint32_t>& started, std::vector<std::uint32_t>& evicted);
    void backfill(double now_s, WaitingQueue::Place head, std::vector<std::uint32_t>& started);
    void take_spare(std::span<CellShare const> placed, bool back_in_time);
    double reserve(double now_s, Request const& head);
    void start(double now_s, Request const& request, Room const& where);
    bool make_room(Request const& head, std::vector<std::uint32_t>& evicted);
    std::vector<std::uint32_t> victims(std::int64_t below) const;

    Policy policy_{};
    Placement placement_{};
    std::vector<std::uint32_t> sizes_; ///< Processors of each cell now
    std::vector<std::uint32_t> first_; ///< Number of each cell's first processor, by the sizes at the start
    std::uint32_t capacity_{};         ///< Of all cells
    std::uint32_t used_{};             ///< Held by running jobs
    Room free_;                        ///< Now
    Room later_;                       ///< Free at the date of the reservation, less what is reserved
    Room spare_;                       ///< Free now and not needed by the reservation
    WaitingQueue queue_;
    std::vector<Slot> slots_;                             ///< By key
    std::set<std::pair<double, std::uint32_t>> releases_; ///< Running keys by the date of their release
    std::map<std::int32_t, std::uint64_t> held_;          ///< Processors held, by priority
    std::uint64_t starts_{};
    std::vector<CellShare> reserved_; ///< Scratch
};

} // namespace aidc
