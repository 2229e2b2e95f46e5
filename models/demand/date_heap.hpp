#pragma once
/// \file
/// Dates of things that are numbered from 0, the earliest first; each can be moved.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace aidc {

/// A binary heap that knows where each key stands. Equal dates: the lower key first.
class DateHeap {
  public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    double first_s() const { return heap_.empty() ? std::numeric_limits<double>::infinity() : heap_.front().date_s; } ///< [s]
    std::uint32_t first() const { return heap_.front().key; }                                                         ///< \pre  not empty

    /// Puts a key in, or moves it.
    void set(std::uint32_t key, double date_s)
    {
        if (at_.size() <= key) {
            at_.resize(key + std::size_t{1}, absent);
        }
        if (at_[key] == absent) {
            at_[key] = static_cast<std::uint32_t>(heap_.size());
            heap_.push_back({date_s, key});
        }
        else {
            heap_[at_[key]].date_s = date_s;
        }
        sift(at_[key]);
    }

    /// Takes a key out, if it is in.
    void erase(std::uint32_t key)
    {
        if (key >= at_.size() || at_[key] == absent) {
            return;
        }
        std::size_t const hole = std::exchange(at_[key], absent);
        Item const last = heap_.back();
        heap_.pop_back();
        if (hole < heap_.size()) {
            put(hole, last);
            sift(hole);
        }
    }

  private:
    struct Item {
        double date_s;
        std::uint32_t key;
        bool operator<(Item const& other) const { return date_s != other.date_s ? date_s < other.date_s : key < other.key; }
    };
    static constexpr std::uint32_t absent = std::numeric_limits<std::uint32_t>::max();

    void put(std::size_t place, Item item)
    {
        heap_[place] = item;
        at_[item.key] = static_cast<std::uint32_t>(place);
    }

    /// Moves an item up or down to where it belongs.
    void sift(std::size_t place)
    {
        Item const item = heap_[place];
        for (; place > 0 && item < heap_[(place - 1) / 2]; place = (place - 1) / 2) {
            put(place, heap_[(place - 1) / 2]);
        }
        for (std::size_t child = 2 * place + 1; child < heap_.size(); child = 2 * place + 1) {
            child += child + 1 < heap_.size() && heap_[child + 1] < heap_[child] ? 1 : 0;
            if (!(heap_[child] < item)) {
                break;
            }
            put(place, heap_[child]);
            place = child;
        }
        put(place, item);
    }

    std::vector<Item> heap_;
    std::vector<std::uint32_t> at_; ///< Place in the heap, by key
};

} // namespace aidc
