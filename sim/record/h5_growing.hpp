#pragma once
/// \file
/// A dataset that grows along its first dimension. Only for the h5 files of this folder.

#include "sim/record/h5_object.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace aidc::h5 {

/// Buffers rows and writes them by whole chunks.
///
/// Whole chunks, because a chunk written twice is compressed twice and leaves a hole in the file.
class Growing {
  public:
    /// Creates the dataset, with no rows.
    /// \param components  Length of the second dimension; none: the dataset has one dimension only
    /// \param most_rows   Upper bound of the rows of a chunk
    Growing(hid_t group, std::string const& name, Type type, std::optional<std::size_t> components, hsize_t most_rows);

    /// Adds one row of numbers, converted to the stored type. \pre they fit, and are as many as the row is wide
    void put(std::span<float const> row);
    void put(std::span<double const> row);
    void put(std::int64_t value); ///< One number that a double might round; \pre one value a row
    /// Adds one row of one text.
    void put(std::string const& text);

    /// Writes what is buffered, and lengthens the dataset to `rows` with missing values. \pre rows >= rows()
    void finish(hsize_t rows);

    hsize_t rows() const { return written_ + buffered_; }
    hid_t dataset() const { return dataset_.get(); }
    Type type() const { return type_; }
    void close() { dataset_.reset(); }

  private:
    template <class Value> void put_numbers(std::span<Value const> row);
    template <class Stored, class Value> void encode(std::span<Value const> row);
    void row_done();
    void set_rows(hsize_t rows);
    void write();

    Handle dataset_;
    Type type_;
    bool has_components_;
    std::size_t width_;
    hsize_t chunk_rows_;
    hsize_t written_ = 0;
    hsize_t buffered_ = 0;
    std::vector<std::byte> numbers_;
    std::vector<std::string> texts_;
};

} // namespace aidc::h5
