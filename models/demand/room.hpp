#pragma once
/// \file
/// Free processors of a pool, cell by cell, and the rule by which a gang takes some of them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace aidc {

/// Which free processors a gang gets.
enum class Placement : std::uint8_t {
    leftmost, ///< The lowest cells
    compact   ///< The fullest cell that holds it whole; else the emptiest cells first, so that it spans as few as it can
};

/// Processors of one cell.
struct CellShare {
    std::uint32_t cell{};
    std::uint32_t processors{};

    bool operator==(CellShare const&) const = default;
};

/// Processors that a gang needs all at once.
struct GangSize {
    std::uint32_t processors{};
    bool one_cell{}; ///< Never spans cells
};

/// Free processors of each cell.
class Room {
  public:
    explicit Room(std::vector<std::uint32_t> cells);

    std::span<std::uint32_t const> cells() const { return cells_; }
    std::uint64_t total() const { return total_; }

    /// Whether a gang can be placed here.
    bool holds(GangSize gang) const;

    /// Where a gang goes by the placement rule, by rising cell; nothing is taken yet. \pre  it holds the gang
    void place(GangSize gang, Placement placement, std::vector<CellShare>& placed) const;

    void set(std::size_t cell, std::uint32_t processors);
    void take(std::span<CellShare const> placed);
    void give(std::span<CellShare const> placed);

  private:
    std::vector<std::uint32_t> cells_;
    std::uint64_t total_{};
};

} // namespace aidc
