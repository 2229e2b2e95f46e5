#include "sim/record/h5_growing.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace aidc::h5 {
namespace {

/// Bytes of one row in memory and, for text, of its reference in the file.
std::size_t row_bytes(Type type, std::size_t width)
{
    std::size_t constexpr text_reference = 16;
    return width * (type == Type::text ? text_reference : bytes_of(type));
}

/// Can the value be stored, apart from its fraction?
template <class Stored, class Value> bool fits(Value value)
{
    if constexpr (std::is_floating_point_v<Stored>) {
        return true;
    }
    else if constexpr (std::is_floating_point_v<Value>) {
        // The upper limit of int64 rounds up to 2^63 as a double, which does not fit.
        double const limit = std::ldexp(1.0, std::numeric_limits<Stored>::digits);
        return static_cast<double>(value) >= -limit && static_cast<double>(value) < limit;
    }
    else {
        return value >= std::numeric_limits<Stored>::min() && value <= std::numeric_limits<Stored>::max();
    }
}

} // namespace

Growing::Growing(hid_t group, std::string const& name, Type type, std::optional<std::size_t> components, hsize_t most_rows)
    : type_(type), has_components_(components.has_value()), width_(components.value_or(1)),
      chunk_rows_(h5::chunk_rows(row_bytes(type, width_), most_rows))
{
    Shape shape{.size = {0}, .chunk = {chunk_rows_}, .grows = true};
    if (has_components_) {
        shape.size.push_back(width_);
        shape.chunk.push_back(std::max<hsize_t>(1, width_));
    }
    dataset_ = create_dataset(group, name, type, shape);
    if (type_ != Type::text) {
        numbers_.reserve(chunk_rows_ * row_bytes(type, width_));
    }
}

void Growing::put(std::span<float const> row) { put_numbers(row); }

void Growing::put(std::span<double const> row) { put_numbers(row); }

void Growing::put(std::int64_t value) { put_numbers(std::span<std::int64_t const>(&value, 1)); }

void Growing::put(std::string const& text)
{
    AIDC_EXPECT(type_ == Type::text);
    texts_.push_back(text);
    row_done();
}

template <class Value> void Growing::put_numbers(std::span<Value const> row)
{
    AIDC_EXPECT(row.size() == width_);
    switch (type_) {
    case Type::float32:
        encode<float>(row);
        break;
    case Type::float64:
        encode<double>(row);
        break;
    case Type::int8:
        encode<std::int8_t>(row);
        break;
    case Type::int16:
        encode<std::int16_t>(row);
        break;
    case Type::int32:
        encode<std::int32_t>(row);
        break;
    case Type::int64:
        encode<std::int64_t>(row);
        break;
    case Type::text:
        AIDC_EXPECT(type_ != Type::text);
        break;
    }
    row_done();
}

template <class Stored, class Value> void Growing::encode(std::span<Value const> row)
{
    if constexpr (std::is_same_v<Stored, Value>) {
        auto const bytes = std::as_bytes(row);
        numbers_.insert(numbers_.end(), bytes.begin(), bytes.end());
    }
    else {
        auto const start = numbers_.size();
        numbers_.resize(start + row.size() * sizeof(Stored));
        auto* into = numbers_.data() + start;
        for (auto const value : row) {
            AIDC_EXPECT(fits<Stored>(value));
            auto const stored = static_cast<Stored>(value);
            std::memcpy(into, &stored, sizeof stored);
            into += sizeof stored;
        }
    }
}

void Growing::row_done()
{
    ++buffered_;
    if (buffered_ == chunk_rows_) {
        write();
    }
}

void Growing::set_rows(hsize_t rows)
{
    hsize_t const size[2] = {rows, width_};
    checked(H5Dset_extent(dataset(), size), dataset(), "lengthen");
}

void Growing::write()
{
    if (buffered_ == 0) {
        return;
    }
    set_rows(rows());
    if (width_ > 0) {
        hsize_t const start[2] = {written_, 0};
        hsize_t const count[2] = {buffered_, width_};
        Handle const in_file(checked(H5Dget_space(dataset()), dataset(), "lengthen"));
        checked(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start, nullptr, count, nullptr), dataset(), "select rows of");
        Handle const in_memory(checked(H5Screate_simple(has_components_ ? 2 : 1, count, nullptr), dataset(), "select rows of"));
        std::vector<char const*> pointers;
        for (auto const& text : texts_) {
            pointers.push_back(text.c_str());
        }
        auto const text = type_ == Type::text ? text_type(H5T_VARIABLE) : Handle();
        bool const is_text = type_ == Type::text;
        void const* const data = is_text ? static_cast<void const*>(pointers.data()) : numbers_.data();
        auto const native = is_text ? text.get() : memory_type(type_);
        checked(H5Dwrite(dataset(), native, in_memory.get(), in_file.get(), H5P_DEFAULT, data), dataset(), "write");
    }
    written_ += buffered_;
    buffered_ = 0;
    numbers_.clear();
    texts_.clear();
}

void Growing::finish(hsize_t rows)
{
    AIDC_EXPECT(rows >= this->rows());
    write();
    if (rows > written_) {
        set_rows(rows);
        written_ = rows;
    }
}

} // namespace aidc::h5
