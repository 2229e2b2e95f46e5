#pragma once
/// \file
/// Attributes, groups and datasets the way every reader understands them. Only for the h5 files of this folder.

#include "sim/record/h5_handle.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace aidc::h5 {

/// Type of one value in memory, as HDF5 names it.
hid_t memory_type(Type type);
/// Type of one value in the file.
hid_t file_type(Type type);
/// Bytes of one number in memory; not for text.
std::size_t bytes_of(Type type);
/// Is it float32 or float64?
inline bool is_float(Type type) { return type == Type::float32 || type == Type::float64; }

/// Stored type of a C++ number.
template <class T> constexpr Type type_of()
{
    if constexpr (std::is_same_v<T, float>) {
        return Type::float32;
    }
    else if constexpr (std::is_same_v<T, double>) {
        return Type::float64;
    }
    else if constexpr (std::is_same_v<T, std::int8_t>) {
        return Type::int8;
    }
    else if constexpr (std::is_same_v<T, std::int16_t>) {
        return Type::int16;
    }
    else if constexpr (std::is_same_v<T, std::int32_t>) {
        return Type::int32;
    }
    else {
        static_assert(std::is_same_v<T, std::int64_t>);
        return Type::int64;
    }
}

/// UTF-8 text type of `size` bytes with the closing zero, or H5T_VARIABLE.
Handle text_type(std::size_t size);

/// Writes one attribute: fixed-length text, because Octave cannot read the variable-length kind.
void write_attribute(hid_t object, std::string const& name, std::string const& value);
void write_attribute(hid_t object, std::string const& name, double value);
void write_attribute(hid_t object, std::string const& name, std::int64_t value);
void write_attribute(hid_t object, std::string const& name, std::vector<std::string> const& values);
/// Writes one attribute of integers, stored in the given type.
void write_attribute(hid_t object, std::string const& name, std::vector<int> const& values, hid_t stored);

/// Writes units, long_name and cell_methods, as far as given.
void write_description(hid_t dataset, Quantity const& what);
/// CF's calendar of a variable whose units are "seconds since ..."; nothing for others.
void write_calendar(hid_t dataset, Quantity const& what);

/// Writes _FillValue = NaN, if the dataset holds floats. Not for axes: a coordinate is never missing.
void write_missing(hid_t dataset, Type type);

/// New group that remembers the order of its members and stores no time stamp.
Handle create_group(hid_t parent, std::string const& name);

/// Lengths of a new dataset.
struct Shape {
    std::vector<hsize_t> size{};  ///< Per dimension; empty for a scalar
    std::vector<hsize_t> chunk{}; ///< Per dimension, >= 1; empty for one contiguous block
    bool grows = false;           ///< The first dimension has no upper bound; needs a chunk
    bool checksum = false;        ///< Reading a damaged chunk fails
    std::vector<Piece> pieces{};  ///< Where the values stay if not in this dataset; not with a chunk
};

/// Bytes of all values of a shape.
std::size_t bytes_of(std::vector<hsize_t> const& size, Type type);

/// New dataset, NaN where floats were never written; numbers in chunks are shuffled and gzipped at level 1.
Handle create_dataset(hid_t parent, std::string const& name, Type type, Shape const& shape);

/// Sends those who read a new dataset to the pieces of its shape.
/// \param creation  Its creation properties
/// \param parent    Group it is created in
void map_pieces(hid_t creation, hid_t parent, Type type, Shape const& shape);

/// Writes a whole dataset. \param data  Numbers of its memory type
void write_all(hid_t dataset, Type type, void const* data);
/// Writes a whole dataset of texts.
void write_all(hid_t dataset, std::vector<std::string> const& texts);

/// Chunk of whole rows, as many as chunk_rows() says. \pre the shape has values
std::vector<hsize_t> chunk_of(std::vector<hsize_t> const& size, Type type);

/// Rows of a chunk with the given bytes a row: up to `most`, at most 1 MiB, at least 1.
hsize_t chunk_rows(std::size_t row_bytes, hsize_t most);

} // namespace aidc::h5
