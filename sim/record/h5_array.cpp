#include "sim/record/h5_state.hpp"

#include "models/base/error.hpp"

namespace aidc::h5 {
namespace {

/// A path as HDF5 takes it for a piece: there, "%b" would be a number and "%%" is a per cent sign.
std::string escaped(std::string const& path)
{
    std::string result;
    for (char const letter : path) {
        result.append(letter == '%' ? 2 : 1, letter);
    }
    return result;
}

/// Space of one block. \param object  Where it happens
Handle block_space(hid_t object, std::vector<hsize_t> const& size)
{
    return Handle(checked(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), object, "make a shape"));
}

} // namespace

void map_pieces(hid_t creation, hid_t parent, Type type, Shape const& shape)
{
    AIDC_EXPECT(shape.pieces.empty() || (shape.chunk.empty() && type != Type::text));
    hsize_t end = 0;
    for (auto const& piece : shape.pieces) {
        AIDC_EXPECT(piece.file.is_relative() && piece.rows > 0 && piece.first >= end);
        end = piece.first + piece.rows;
        AIDC_EXPECT(end <= shape.size.front());
        auto count = shape.size;
        count.front() = piece.rows;
        std::vector<hsize_t> start(count.size(), 0);
        start.front() = piece.first;
        auto const file = escaped(piece.file.generic_string());
        auto const dataset = escaped(piece.dataset);
        auto const there = block_space(parent, count);
        auto const here = block_space(parent, shape.size);
        checked(H5Sselect_hyperslab(here.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), parent, "select rows in");
        checked(H5Pset_virtual(creation, here.get(), file.c_str(), dataset.c_str(), there.get()), parent, "refer to", file);
    }
}

void Group::array(Quantity const& what, std::vector<std::string> const& axes, std::vector<float> const& row_major)
{
    AIDC_EXPECT(axes.size() >= 2);
    auto shape = state_->shape_on(axes);
    AIDC_EXPECT(row_major.size() * sizeof(float) == bytes_of(shape.size, Type::float32));
    if (!row_major.empty()) {
        shape.chunk = chunk_of(shape.size, Type::float32);
        shape.checksum = true;
    }
    auto const dataset = state_->on_axes(what, Type::float32, axes, shape);
    if (!row_major.empty()) {
        write_all(dataset.get(), Type::float32, row_major.data());
    }
}

void Group::virtual_array(Quantity const& what, std::vector<std::string> const& axes, std::vector<Piece> const& pieces)
{
    AIDC_EXPECT(axes.size() >= 2);
    auto shape = state_->shape_on(axes);
    if (bytes_of(shape.size, Type::float32) > 0) {
        shape.pieces = pieces; // without any, an ordinary dataset that nobody writes: missing, too
    }
    state_->on_axes(what, Type::float32, axes, shape);
}

} // namespace aidc::h5
