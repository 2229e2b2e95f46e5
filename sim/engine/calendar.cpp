#include "sim/engine/calendar.hpp"

#include <algorithm>

namespace aidc::engine {
namespace {

constexpr std::size_t arity = 4;
constexpr int phase_shift = 56;
constexpr std::size_t small_heap = 64; ///< Below this, dropping the dead keys is not worth a pass

} // namespace

EventId Calendar::add(Tick date, Phase phase, Callback&& run)
{
    AIDC_EXPECT(date >= 0 && date < never);
    AIDC_EXPECT(static_cast<bool>(run));
    std::uint32_t slot = first_free_;
    if (slot == UINT32_MAX) {
        slot = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back();
    }
    else {
        first_free_ = slots_[slot].next_free;
    }
    slots_[slot].run = std::move(run);
    std::uint32_t const generation = slots_[slot].generation;
    std::uint64_t const order = (static_cast<std::uint64_t>(phase) << phase_shift) | sequence_++;
    heap_.emplace_back();
    sift_up(heap_.size() - 1, Key{date, order, slot, generation});
    return {slot, generation};
}

bool Calendar::cancel(EventId id)
{
    if (id.slot >= slots_.size() || slots_[id.slot].generation != id.generation || !slots_[id.slot].run) {
        return false;
    }
    slots_[id.slot].run.reset();
    free(id.slot);
    ++dead_;
    if (heap_.size() > small_heap && dead_ > heap_.size() / 2) {
        drop_dead();
    }
    return true;
}

Tick Calendar::next_date()
{
    while (!heap_.empty() && dead(heap_.front())) {
        drop_head();
        --dead_;
    }
    return heap_.empty() ? never : heap_.front().date;
}

bool Calendar::pop(Tick date, Due& due)
{
    if (next_date() > date || heap_.empty()) {
        return false;
    }
    Key const key = heap_.front();
    due.date = key.date;
    due.phase = static_cast<Phase>(key.order >> phase_shift);
    due.run = std::move(slots_[key.slot].run);
    free(key.slot);
    drop_head();
    return true;
}

void Calendar::free(std::uint32_t slot)
{
    ++slots_[slot].generation;
    slots_[slot].next_free = first_free_;
    first_free_ = slot;
}

void Calendar::drop_head()
{
    Key const last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
        sift_down(0, last);
        __builtin_prefetch(&slots_[heap_.front().slot]); // needed next, and seldom in the cache when much is pending
    }
}

void Calendar::drop_dead()
{
    // The keys are all different, so the order of the events does not depend on the shape of the heap.
    std::erase_if(heap_, [this](Key const& key) { return dead(key); });
    dead_ = 0;
    for (std::size_t at = heap_.size(); at-- > 0;) {
        sift_down(at, heap_[at]);
    }
}

void Calendar::sift_up(std::size_t at, Key key)
{
    while (at > 0) {
        std::size_t const parent = (at - 1) / arity;
        if (!key.before(heap_[parent])) {
            break;
        }
        heap_[at] = heap_[parent];
        at = parent;
    }
    heap_[at] = key;
}

void Calendar::sift_down(std::size_t at, Key key)
{
    for (std::size_t child = arity * at + 1; child < heap_.size(); child = arity * at + 1) {
        std::size_t const end = std::min(child + arity, heap_.size());
        std::size_t first = child;
        for (std::size_t other = child + 1; other < end; ++other) {
            first = heap_[other].before(heap_[first]) ? other : first;
        }
        if (!heap_[first].before(key)) {
            break;
        }
        heap_[at] = heap_[first];
        at = first;
    }
    heap_[at] = key;
}

} // namespace aidc::engine
