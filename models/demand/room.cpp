#include "models/demand/room.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <numeric>

namespace aidc {
namespace {

/// Of the cells that hold the gang whole the lowest, or the fullest; the number of cells if there is none.
std::size_t whole_cell(std::span<std::uint32_t const> cells, std::uint32_t processors, Placement placement)
{
    std::size_t best = cells.size();
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (cells[cell] >= processors && (best == cells.size() || cells[cell] < cells[best])) {
            best = cell;
            if (placement == Placement::leftmost) {
                break;
            }
        }
    }
    return best;
}

void fill_leftmost(std::span<std::uint32_t const> cells, std::uint32_t processors, std::vector<CellShare>& placed)
{
    for (std::uint32_t cell = 0; processors > 0; ++cell) {
        if (std::uint32_t const share = std::min(cells[cell], processors); share > 0) {
            placed.push_back({cell, share});
            processors -= share;
        }
    }
}

void fill_emptiest(std::span<std::uint32_t const> cells, std::uint32_t processors, std::vector<CellShare>& placed)
{
    for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
        if (cells[cell] > 0) {
            placed.push_back({cell, cells[cell]});
        }
    }
    std::ranges::stable_sort(placed, std::ranges::greater{}, &CellShare::processors);
    std::size_t spanned = 0;
    for (; processors > 0; ++spanned) {
        placed[spanned].processors = std::min(placed[spanned].processors, processors);
        processors -= placed[spanned].processors;
    }
    placed.resize(spanned);
    std::ranges::sort(placed, std::ranges::less{}, &CellShare::cell);
}

} // namespace

Room::Room(std::vector<std::uint32_t> cells)
    : cells_(std::move(cells)), total_(std::accumulate(cells_.begin(), cells_.end(), std::uint64_t{0}))
{
}

bool Room::holds(GangSize gang) const
{
    if (gang.processors > total_) {
        return false;
    }
    return !gang.one_cell || std::ranges::any_of(cells_, [&](std::uint32_t free) { return free >= gang.processors; });
}

void Room::place(GangSize gang, Placement placement, std::vector<CellShare>& placed) const
{
    AIDC_EXPECT(gang.processors <= total_);
    placed.clear();
    if (gang.one_cell || placement == Placement::compact) {
        if (std::size_t const cell = whole_cell(cells_, gang.processors, placement); cell < cells_.size()) {
            placed.push_back({static_cast<std::uint32_t>(cell), gang.processors});
            return;
        }
        AIDC_EXPECT(!gang.one_cell);
    }
    if (placement == Placement::leftmost) {
        fill_leftmost(cells_, gang.processors, placed);
    }
    else {
        fill_emptiest(cells_, gang.processors, placed);
    }
}

void Room::set(std::size_t cell, std::uint32_t processors)
{
    total_ = total_ - cells_[cell] + processors;
    cells_[cell] = processors;
}

void Room::take(std::span<CellShare const> placed)
{
    for (CellShare const& share : placed) {
        AIDC_EXPECT(cells_[share.cell] >= share.processors);
        set(share.cell, cells_[share.cell] - share.processors);
    }
}

void Room::give(std::span<CellShare const> placed)
{
    for (CellShare const& share : placed) {
        set(share.cell, cells_[share.cell] + share.processors);
    }
}

} // namespace aidc
