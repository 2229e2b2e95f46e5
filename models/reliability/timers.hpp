#pragma once
/// \file
/// The nearest of many dates, each of which may be moved at any time.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace aidc {

/// A date that never comes [s].
inline constexpr double never_s = std::numeric_limits<double>::infinity();

/// A fixed number of timers in a tree of winners (D. E. Knuth, The Art of Computer Programming 3, section 5.4.1): moving one costs the
/// depth of the tree, and no stale entry remains. Of equal dates the timer with the lowest number is first.
class Timers {
  public:
    /// All stand at never_s.
    explicit Timers(std::size_t count)
    {
        while (leaves_ < count) {
            leaves_ *= 2;
        }
        date_s_.assign(leaves_, never_s);
        winner_.resize(leaves_);
        for (std::size_t node = leaves_ - 1; node >= 1; --node) {
            winner_[node] = winner(2 * node);
        }
    }

    /// Moves one timer, earlier or later.
    void set(std::size_t timer, double date_s)
    {
        date_s_[timer] = date_s;
        for (std::size_t node = (timer + leaves_) / 2; node >= 1; node /= 2) {
            auto const left = winner(2 * node), right = winner(2 * node + 1);
            winner_[node] = date_s_[left] <= date_s_[right] ? left : right;
        }
    }
    void stop(std::size_t timer) { set(timer, never_s); }

    /// The timer that is next.
    std::size_t first() const { return winner_[1]; }
    double date_s(std::size_t timer) const { return date_s_[timer]; }

  private:
    std::uint32_t winner(std::size_t node) const { return node < leaves_ ? winner_[node] : static_cast<std::uint32_t>(node - leaves_); }

    std::size_t leaves_ = 2; ///< A power of two
    std::vector<double> date_s_;
    std::vector<std::uint32_t> winner_; ///< By inner node; 1 is the root, node n has the children 2n and 2n + 1
};

} // namespace aidc
