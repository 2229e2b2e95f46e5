#pragma once
/// \file
/// A table of World: everybody reads rows, one file writes them.

#include "models/base/error.hpp"
#include "models/base/id.hpp"

#include <cstddef>
#include <vector>

namespace aidc {

/// Rows of plain structs under the ids of their subject.
///
/// `edit` is the only way to write. Each table of World has one writer: a single source file of sim/process that calls
/// `world.<table>.edit(`; scripts/check_layers.py holds the project to it.
template <class Row, class Subject> class Table {
  public:
    Table() = default;
    explicit Table(std::size_t rows) : rows_(rows) {}

    Row const& operator[](Id<Subject> id) const
    {
        AIDC_EXPECT(id.row < rows_.size());
        return rows_[id.row];
    }
    Row& edit(Id<Subject> id)
    {
        AIDC_EXPECT(id.row < rows_.size());
        return rows_[id.row];
    }
    std::size_t size() const { return rows_.size(); }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

  private:
    std::vector<Row> rows_;
};

} // namespace aidc
