#include "models/demand/scheduler.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace aidc {
namespace {

constexpr std::int64_t everybody = std::numeric_limits<std::int64_t>::max(); // above every priority

GangSize size_of(Request const& request) { return {request.processors, request.one_cell}; }

std::uint32_t share_in(std::span<CellShare const> placed, std::size_t cell)
{
    auto const found = std::ranges::find(placed, cell, &CellShare::cell);
    return found == placed.end() ? 0 : found->processors;
}

} // namespace

Scheduler::Scheduler(Policy policy, Placement placement, std::vector<std::uint32_t> cells)
    : policy_(policy), placement_(placement), sizes_(std::move(cells)), first_(sizes_.size()),
      capacity_(std::accumulate(sizes_.begin(), sizes_.end(), 0u)), free_(sizes_), later_(sizes_), spare_(sizes_),
      queue_(policy == Policy::priority ? QueueOrder::by_priority : QueueOrder::by_submit)
{
    std::exclusive_scan(sizes_.begin(), sizes_.end(), first_.begin(), 0u);
}

bool Scheduler::possible(Request const& request) const
{
    return request.one_cell ? std::ranges::any_of(sizes_, [&](std::uint32_t size) { return size >= request.processors; })
                            : request.processors <= capacity_;
}

void Scheduler::submit(Request const& request)
{
    AIDC_EXPECT(request.processors > 0);
    if (slots_.size() <= request.key) {
        slots_.resize(request.key + std::size_t{1});
    }
    Slot& slot = slots_[request.key];
    AIDC_EXPECT(!slot.queued && slot.placed.empty());
    slot.queued = true;
    queue_.insert(request);
}

void Scheduler::release(std::uint32_t key)
{
    AIDC_EXPECT(key < slots_.size() && !slots_[key].placed.empty());
    Slot& slot = slots_[key];
    free_.give(slot.placed);
    used_ -= slot.request.processors;
    if (auto const held = held_.find(slot.request.priority); (held->second -= slot.request.processors) == 0) {
        held_.erase(held);
    }
    releases_.erase({slot.release_s, key});
    slot.placed.clear();
}

void Scheduler::start(double now_s, Request const& request, Room const& where)
{
    Slot& slot = slots_[request.key];
    where.place(size_of(request), placement_, slot.placed);
    free_.take(slot.placed);
    slot.request = request;
    slot.release_s = now_s + request.estimate_s;
    slot.order = ++starts_;
    slot.queued = false;
    releases_.emplace(slot.release_s, request.key);
    held_[request.priority] += request.processors;
    used_ += request.processors;
}

/// Running jobs of a priority below `below`, the first to go first.
std::vector<std::uint32_t> Scheduler::victims(std::int64_t below) const
{
    std::vector<std::uint32_t> keys;
    for (auto const& [release_s, key] : releases_) {
        if (slots_[key].request.priority < below) {
            keys.push_back(key);
        }
    }
    std::ranges::sort(keys, [&](std::uint32_t a, std::uint32_t b) {
        Slot const &one = slots_[a], &other = slots_[b];
        return std::tie(one.request.priority, other.order) < std::tie(other.request.priority, one.order);
    });
    return keys;
}

void Scheduler::resize(std::uint32_t cell, std::uint32_t processors, std::vector<std::uint32_t>& evicted)
{
    AIDC_EXPECT(cell < sizes_.size());
    std::uint32_t in_use = sizes_[cell] - free_.cells()[cell];
    capacity_ = capacity_ - sizes_[cell] + processors;
    if (in_use > processors) {
        for (std::uint32_t const key : victims(everybody)) {
            std::uint32_t const share = share_in(slots_[key].placed, cell);
            if (share > 0 && in_use > processors) {
                release(key);
                evicted.push_back(key);
                in_use -= share;
            }
        }
    }
    sizes_[cell] = processors;
    free_.set(cell, processors - in_use);
}

/// Sends away as few jobs of lower priority as give the head room, in their order; none if that cannot be.
bool Scheduler::make_room(Request const& head, std::vector<std::uint32_t>& evicted)
{
    std::uint64_t within_reach = free_.total();
    for (auto held = held_.begin(); held != held_.end() && held->first < head.priority; ++held) {
        within_reach += held->second;
    }
    if (within_reach < head.processors) {
        return false;
    }
    std::vector<std::uint32_t> keys = victims(head.priority);
    later_ = free_;
    std::size_t count = 0;
    while (count < keys.size() && !later_.holds(size_of(head))) {
        later_.give(slots_[keys[count++]].placed);
    }
    if (!later_.holds(size_of(head))) {
        return false;
    }
    keys.resize(count);
    if (head.one_cell) { // who is elsewhere need not go
        later_.place(size_of(head), placement_, reserved_);
        std::erase_if(keys, [&](std::uint32_t key) { return share_in(slots_[key].placed, reserved_.front().cell) == 0; });
    }
    for (std::uint32_t const key : keys) {
        release(key);
        evicted.push_back(key);
    }
    return true;
}

/// Starts jobs from the head. \returns  Place of the first that has to wait; those before it are larger than the pool
WaitingQueue::Place Scheduler::start_from_head(double now_s, std::vector<std::uint32_t>& started, std::vector<std::uint32_t>& evicted)
{
    Gap const whole{.free = capacity_, .spare = capacity_}; // larger ones are passed by in chunks
    auto place = queue_.first();
    while (!queue_.is_end(place = queue_.first_in(whole, place))) {
        Request const request = queue_.at(place);
        if (!possible(request)) {
            place = queue_.behind(place);
        }
        else if (free_.holds(size_of(request)) || (policy_ == Policy::priority && make_room(request, evicted))) {
            start(now_s, request, free_);
            started.push_back(request.key);
            place = queue_.erase(place);
        }
        else {
            break;
        }
    }
    return place;
}

/// Reserves processors for the head at the first release that makes room for it. \returns  That date
double Scheduler::reserve(double now_s, Request const& head)
{
    later_ = free_;
    double shadow_s = now_s;
    auto release = releases_.begin();
    while (!later_.holds(size_of(head))) {
        AIDC_EXPECT(release != releases_.end());
        for (shadow_s = std::max(release->first, now_s); release != releases_.end() && release->first <= shadow_s; ++release) {
            later_.give(slots_[release->second].placed);
        }
    }
    later_.place(size_of(head), placement_, reserved_);
    later_.take(reserved_);
    for (std::size_t cell = 0; cell < sizes_.size(); ++cell) {
        spare_.set(cell, std::min(free_.cells()[cell], later_.cells()[cell]));
    }
    return shadow_s;
}

/// Starts jobs behind the head where that does not delay it.
void Scheduler::backfill(double now_s, WaitingQueue::Place head, std::vector<std::uint32_t>& started)
{
    Gap gap{.free = free_.total(), .spare = free_.total(), .now_s = now_s, .shadow_s = now_s};
    auto place = queue_.first_in(gap, queue_.behind(head));
    if (queue_.is_end(place)) {
        return; // nobody to overtake: no need to know the shadow date
    }
    gap.shadow_s = reserve(now_s, queue_.at(head));
    gap.spare = spare_.total();
    while (!queue_.is_end(place = queue_.first_in(gap, place))) {
        Request const request = queue_.at(place);
        bool const back_in_time = now_s + request.estimate_s <= gap.shadow_s;
        Room const& where = back_in_time ? free_ : spare_;
        if (!where.holds(size_of(request))) { // no single cell for it
            place = queue_.behind(place);
            continue;
        }
        start(now_s, request, where);
        started.push_back(request.key);
        place = queue_.erase(place);
        take_spare(slots_[request.key].placed, back_in_time);
        gap.free = free_.total();
        gap.spare = spare_.total();
    }
}

/// A job has overtaken: what it holds at the shadow date is no longer free then.
void Scheduler::take_spare(std::span<CellShare const> placed, bool back_in_time)
{
    if (!back_in_time) {
        later_.take(placed);
    }
    for (CellShare const& share : placed) {
        spare_.set(share.cell, std::min(free_.cells()[share.cell], later_.cells()[share.cell]));
    }
}

void Scheduler::pass(double now_s, std::vector<std::uint32_t>& started, std::vector<std::uint32_t>& evicted)
{
    if (queue_.size() == 0 || (free_.total() == 0 && policy_ != Policy::priority)) {
        return;
    }
    auto const head = start_from_head(now_s, started, evicted);
    if (policy_ != Policy::fcfs && !queue_.is_end(head) && free_.total() > 0) {
        backfill(now_s, head, started);
    }
}

std::span<CellShare const> Scheduler::placed(std::uint32_t key) const
{
    AIDC_EXPECT(key < slots_.size() && !slots_[key].placed.empty());
    return slots_[key].placed;
}

std::uint32_t Scheduler::first_processor(std::uint32_t key) const { return first_[placed(key).front().cell]; }

} // namespace aidc
