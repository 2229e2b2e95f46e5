#pragma once
/// \file
/// Jobs that wait, in order, in chunks that know their smallest and their shortest job: who looks for one that fits passes most of them by.

#include "models/demand/room.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace aidc {

/// A job as its scheduler sees it.
struct Request {
    std::uint32_t key{};        ///< Named by the caller; small numbers that are used again
    double submit_s{};          ///< [s]
    std::int64_t id{};          ///< Breaks ties of submit_s
    double estimate_s{};        ///< Expected to hold its processors for so long from its start [s]
    std::uint32_t processors{}; ///< >= 1
    std::int32_t priority{};    ///< Higher goes first
    bool one_cell{};            ///< Never spans cells
};

/// By which jobs wait.
enum class QueueOrder : std::uint8_t {
    by_submit,  ///< (submit, id)
    by_priority ///< (priority from the highest, submit, id)
};

/// What a job must be like that may overtake: it fits into `free`, and it is back by the shadow date or fits into `spare`.
struct Gap {
    std::uint64_t free{};
    std::uint64_t spare{};
    double now_s{};
    double shadow_s{};

    bool admits(std::uint32_t processors, double estimate_s) const
    {
        return processors <= free && (now_s + estimate_s <= shadow_s || processors <= spare);
    }
};

/// A sorted list of requests.
class WaitingQueue {
  public:
    /// Where a request stands; holds until the queue changes.
    struct Place {
        std::size_t chunk{}, at{};
    };

    explicit WaitingQueue(QueueOrder order) : order_(order) {}

    std::size_t size() const { return size_; }
    std::uint64_t processors() const { return processors_; } ///< Asked for by all

    void insert(Request const& request);
    Place erase(Place place); ///< \returns  The place of the one behind it

    Place first() const { return {}; }
    bool is_end(Place place) const { return place.chunk == chunks_.size(); }
    Request const& at(Place place) const { return chunks_[place.chunk].requests[place.at]; }
    Place behind(Place place) const;
    Place first_in(Gap const& gap, Place from) const; ///< First at or behind a place that the gap admits

  private:
    struct Chunk {
        std::vector<Request> requests;
        std::uint32_t processors_min{};
        double estimate_min_s{};
    };

    bool before(Request const& a, Request const& b) const;
    static void update(Chunk& chunk);

    QueueOrder order_;
    std::deque<Chunk> chunks_; ///< None is empty
    std::size_t size_{};
    std::uint64_t processors_{};
};

} // namespace aidc
