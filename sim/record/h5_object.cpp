#include "sim/record/h5_object.hpp"

#include "models/base/error.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace aidc::h5 {
namespace {

unsigned constexpr ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
hsize_t constexpr chunk_bytes = 1U << 20U;
unsigned constexpr gzip_level = 1;

/// New attribute, ready to be written.
Handle create_attribute(hid_t object, std::string const& name, hid_t type, hid_t space)
{
    return Handle(checked(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), object, "create attribute", name));
}

/// Space of one value.
Handle scalar_space(hid_t object) { return Handle(checked(H5Screate(H5S_SCALAR), object, "make a scalar")); }

/// Space of a list.
Handle list_space(hid_t object, hsize_t size) { return Handle(checked(H5Screate_simple(1, &size, nullptr), object, "make a list")); }

/// Attribute of one number.
void write_number(hid_t object, std::string const& name, hid_t stored, hid_t native, void const* value)
{
    auto const space = scalar_space(object);
    auto const attribute = create_attribute(object, name, stored, space.get());
    checked(H5Awrite(attribute.get(), native, value), object, "write attribute", name);
}

/// Space of a new dataset.
Handle space_of(hid_t parent, Shape const& shape)
{
    if (shape.size.empty()) {
        return scalar_space(parent);
    }
    auto most = shape.size;
    if (shape.grows) {
        most.front() = H5S_UNLIMITED;
    }
    return Handle(checked(H5Screate_simple(static_cast<int>(shape.size.size()), shape.size.data(), most.data()), parent, "make a shape"));
}

/// How a new dataset is stored.
Handle creation_list(hid_t parent, std::string const& name, Type type, Shape const& shape)
{
    Handle list(checked(H5Pcreate(H5P_DATASET_CREATE), parent, "create", name));
    checked(H5Pset_attr_creation_order(list.get(), ordered), parent, "order the attributes of", name);
    checked(H5Pset_obj_track_times(list.get(), false), parent, "leave time stamps out of", name);
    if (!shape.chunk.empty()) {
        checked(H5Pset_chunk(list.get(), static_cast<int>(shape.chunk.size()), shape.chunk.data()), parent, "chunk", name);
        if (type != Type::text) { // the texts themselves lie in a heap that no filter reaches
            checked(H5Pset_shuffle(list.get()), parent, "shuffle", name);
            checked(H5Pset_deflate(list.get(), gzip_level), parent, "compress", name);
        }
        if (shape.checksum) { // of the compressed bytes: they are checked before anything decodes them
            checked(H5Pset_fletcher32(list.get()), parent, "add checksums to", name);
        }
    }
    if (is_float(type)) {
        double const missing = std::numeric_limits<double>::quiet_NaN();
        checked(H5Pset_fill_value(list.get(), H5T_NATIVE_DOUBLE, &missing), parent, "set the fill value of", name);
    }
    map_pieces(list.get(), parent, type, shape);
    return list;
}

} // namespace

hid_t memory_type(Type type)
{
    switch (type) {
    case Type::float32:
        return H5T_NATIVE_FLOAT;
    case Type::float64:
        return H5T_NATIVE_DOUBLE;
    case Type::int8:
        return H5T_NATIVE_INT8;
    case Type::int16:
        return H5T_NATIVE_INT16;
    case Type::int32:
        return H5T_NATIVE_INT32;
    case Type::int64:
        return H5T_NATIVE_INT64;
    case Type::text:
        break;
    }
    AIDC_EXPECT(type != Type::text);
    return H5I_INVALID_HID;
}

hid_t file_type(Type type)
{
    switch (type) {
    case Type::float32:
        return H5T_IEEE_F32LE;
    case Type::float64:
        return H5T_IEEE_F64LE;
    case Type::int8:
        return H5T_STD_I8LE;
    case Type::int16:
        return H5T_STD_I16LE;
    case Type::int32:
        return H5T_STD_I32LE;
    case Type::int64:
        return H5T_STD_I64LE;
    case Type::text:
        break;
    }
    AIDC_EXPECT(type != Type::text);
    return H5I_INVALID_HID;
}

std::size_t bytes_of(Type type) { return H5Tget_size(memory_type(type)); }

Handle text_type(std::size_t size)
{
    Handle type(H5Tcopy(H5T_C_S1));
    bool const made = type && H5Tset_size(type.get(), size) >= 0 && H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0
                      && H5Tset_strpad(type.get(), H5T_STR_NULLTERM) >= 0;
    AIDC_ENSURE(made);
    return type;
}

void write_attribute(hid_t object, std::string const& name, std::string const& value)
{
    auto const type = text_type(value.size() + 1);
    auto const space = scalar_space(object);
    auto const attribute = create_attribute(object, name, type.get(), space.get());
    checked(H5Awrite(attribute.get(), type.get(), value.c_str()), object, "write attribute", name);
}

void write_attribute(hid_t object, std::string const& name, double value)
{
    write_number(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

void write_attribute(hid_t object, std::string const& name, std::int64_t value)
{
    write_number(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
}

void write_attribute(hid_t object, std::string const& name, std::vector<std::string> const& values)
{
    AIDC_EXPECT(!values.empty());
    std::size_t longest = 0;
    for (auto const& value : values) {
        longest = std::max(longest, value.size());
    }
    std::string padded;
    for (auto const& value : values) {
        padded += value;
        padded.append(longest + 1 - value.size(), '\0');
    }
    auto const type = text_type(longest + 1);
    auto const space = list_space(object, values.size());
    auto const attribute = create_attribute(object, name, type.get(), space.get());
    checked(H5Awrite(attribute.get(), type.get(), padded.data()), object, "write attribute", name);
}

void write_attribute(hid_t object, std::string const& name, std::vector<int> const& values, hid_t stored)
{
    auto const space = list_space(object, values.size());
    auto const attribute = create_attribute(object, name, stored, space.get());
    checked(H5Awrite(attribute.get(), H5T_NATIVE_INT, values.data()), object, "write attribute", name);
}

void write_description(hid_t dataset, Quantity const& what)
{
    auto const write_if_given = [dataset](char const* name, std::string const& value) {
        if (!value.empty()) {
            write_attribute(dataset, name, value);
        }
    };
    write_if_given("units", what.units);
    write_if_given("long_name", what.long_name);
    write_if_given("cell_methods", what.cell_methods);
}

void write_calendar(hid_t dataset, Quantity const& what)
{
    if (what.units.starts_with("seconds since ")) {
        write_attribute(dataset, "calendar", "standard");
    }
}

void write_missing(hid_t dataset, Type type)
{
    if (is_float(type)) {
        // CF wants the fill value in the type of the variable.
        double const missing = std::numeric_limits<double>::quiet_NaN();
        write_number(dataset, "_FillValue", file_type(type), H5T_NATIVE_DOUBLE, &missing);
    }
}

Handle create_group(hid_t parent, std::string const& name)
{
    Handle const list(checked(H5Pcreate(H5P_GROUP_CREATE), parent, "create", name));
    checked(H5Pset_link_creation_order(list.get(), ordered), parent, "order the members of", name);
    checked(H5Pset_attr_creation_order(list.get(), ordered), parent, "order the attributes of", name);
    checked(H5Pset_obj_track_times(list.get(), false), parent, "leave time stamps out of", name);
    return Handle(checked(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), parent, "create group", name));
}

Handle create_dataset(hid_t parent, std::string const& name, Type type, Shape const& shape)
{
    AIDC_EXPECT(!shape.grows || !shape.chunk.empty());
    auto const creation = creation_list(parent, name, type, shape);
    Handle const access(checked(H5Pcreate(H5P_DATASET_ACCESS), parent, "create", name));
    if (!shape.chunk.empty()) { // chunks are written once and whole: a cache would only hold memory
        checked(H5Pset_chunk_cache(access.get(), 1, 0, 1.0), parent, "set the cache of", name);
    }
    auto const space = space_of(parent, shape);
    auto const text = type == Type::text ? text_type(H5T_VARIABLE) : Handle();
    auto const stored = type == Type::text ? text.get() : file_type(type);
    return Handle(checked(H5Dcreate2(parent, name.c_str(), stored, space.get(), H5P_DEFAULT, creation.get(), access.get()), parent,
                          "create dataset", name));
}

void write_all(hid_t dataset, Type type, void const* data)
{
    checked(H5Dwrite(dataset, memory_type(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, data), dataset, "write");
}

void write_all(hid_t dataset, std::vector<std::string> const& texts)
{
    if (texts.empty()) {
        return;
    }
    std::vector<char const*> pointers;
    pointers.reserve(texts.size());
    for (auto const& text : texts) {
        pointers.push_back(text.c_str());
    }
    auto const type = text_type(H5T_VARIABLE);
    checked(H5Dwrite(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), dataset, "write");
}

std::size_t bytes_of(std::vector<hsize_t> const& size, Type type)
{
    return std::accumulate(size.begin(), size.end(), bytes_of(type), [](std::size_t a, hsize_t b) { return a * b; });
}

std::vector<hsize_t> chunk_of(std::vector<hsize_t> const& size, Type type)
{
    auto const bytes = bytes_of(size, type);
    AIDC_EXPECT(bytes > 0);
    auto chunk = size;
    chunk.front() = chunk_rows(bytes / size.front(), size.front());
    return chunk;
}

hsize_t chunk_rows(std::size_t row_bytes, hsize_t most)
{
    return std::clamp<hsize_t>(chunk_bytes / std::max<std::size_t>(1, row_bytes), 1, most);
}

} // namespace aidc::h5
