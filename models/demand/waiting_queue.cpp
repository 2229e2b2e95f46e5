#include "models/demand/waiting_queue.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace aidc {
namespace {

constexpr std::size_t chunk_size = 64; // [J] a chunk is moved in about the time of a look-up

} // namespace

bool WaitingQueue::before(Request const& a, Request const& b) const
{
    if (order_ == QueueOrder::by_priority && a.priority != b.priority) {
        return a.priority > b.priority;
    }
    return std::tie(a.submit_s, a.id) < std::tie(b.submit_s, b.id);
}

void WaitingQueue::update(Chunk& chunk)
{
    chunk.processors_min = std::numeric_limits<std::uint32_t>::max();
    chunk.estimate_min_s = std::numeric_limits<double>::infinity();
    for (Request const& request : chunk.requests) {
        chunk.processors_min = std::min(chunk.processors_min, request.processors);
        chunk.estimate_min_s = std::min(chunk.estimate_min_s, request.estimate_s);
    }
}

void WaitingQueue::insert(Request const& request)
{
    ++size_;
    processors_ += request.processors;
    auto const earlier = [&](Request const& a, Request const& b) { return before(a, b); };
    auto chunk = std::ranges::upper_bound(chunks_, request, earlier, [](Chunk const& c) -> Request const& { return c.requests.back(); });
    if (chunk == chunks_.end()) { // behind all
        if (chunks_.empty() || chunks_.back().requests.size() >= chunk_size) {
            chunks_.emplace_back();
        }
        chunk = std::prev(chunks_.end());
    }
    auto& requests = chunk->requests;
    requests.insert(std::ranges::upper_bound(requests, request, earlier), request);
    update(*chunk);
    if (requests.size() > chunk_size) {
        auto const half = requests.begin() + static_cast<std::ptrdiff_t>(chunk_size / 2);
        Chunk rest{.requests = {half, requests.end()}};
        requests.erase(half, requests.end());
        update(rest);
        update(*chunk);
        chunks_.insert(std::next(chunk), std::move(rest));
    }
}

WaitingQueue::Place WaitingQueue::erase(Place place)
{
    Chunk& chunk = chunks_[place.chunk];
    auto const request = chunk.requests.begin() + static_cast<std::ptrdiff_t>(place.at);
    --size_;
    processors_ -= request->processors;
    chunk.requests.erase(request);
    if (chunk.requests.empty()) {
        chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(place.chunk));
        return {place.chunk, 0};
    }
    update(chunk);
    return place.at < chunk.requests.size() ? place : Place{place.chunk + 1, 0};
}

WaitingQueue::Place WaitingQueue::behind(Place place) const
{
    return place.at + 1 < chunks_[place.chunk].requests.size() ? Place{place.chunk, place.at + 1} : Place{place.chunk + 1, 0};
}

WaitingQueue::Place WaitingQueue::first_in(Gap const& gap, Place from) const
{
    for (; from.chunk < chunks_.size(); from = {from.chunk + 1, 0}) {
        Chunk const& chunk = chunks_[from.chunk];
        if (!gap.admits(chunk.processors_min, chunk.estimate_min_s)) {
            continue;
        }
        for (; from.at < chunk.requests.size(); ++from.at) {
            if (gap.admits(chunk.requests[from.at].processors, chunk.requests[from.at].estimate_s)) {
                return from;
            }
        }
    }
    return {chunks_.size(), 0};
}

} // namespace aidc
