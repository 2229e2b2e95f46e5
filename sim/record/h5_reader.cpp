#include "sim/record/h5_reader.hpp"

#include "sim/record/h5_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <new>
#include <numeric>
#include <stdexcept>

namespace aidc::h5 {
namespace {

/// Name of a stored type as Entry gives it.
std::string type_name(hid_t type)
{
    auto const bits = 8 * H5Tget_size(type);
    switch (H5Tget_class(type)) {
    case H5T_FLOAT:
        return fmt::format("float{}", bits);
    case H5T_INTEGER:
        return fmt::format("int{}", bits);
    case H5T_STRING:
        return "string";
    default:
        return "other";
    }
}

/// Name of the coordinate of one dimension, without its folder.
std::string axis_name(hid_t dataset, unsigned dimension)
{
    auto const name_of = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
        std::string path(static_cast<std::size_t>(std::max<ssize_t>(0, H5Iget_name(scale, nullptr, 0))), '\0');
        H5Iget_name(scale, path.data(), path.size() + 1);
        *static_cast<std::string*>(into) = path.substr(path.rfind('/') + 1);
        return 1; // the first one is enough
    };
    std::string name;
    if (H5DSis_scale(dataset) > 0) {
        name_of(0, 0, dataset, &name);
    }
    else {
        H5DSiterate_scales(dataset, dimension, nullptr, name_of, &name);
    }
    return name;
}

/// Sizes of a dataset.
std::vector<hsize_t> sizes(hid_t dataset)
{
    Handle const space(checked(H5Dget_space(dataset), dataset, "read the shape of"));
    std::vector<hsize_t> result(static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.get()), dataset, "read the shape of")));
    if (!result.empty()) {
        H5Sget_simple_extent_dims(space.get(), result.data(), nullptr);
    }
    return result;
}

/// Number of values of a shape. \throws std::length_error when nobody can hold them
std::size_t count(std::vector<hsize_t> const& sizes)
{
    if (std::ranges::find(sizes, 0U) != sizes.end()) {
        return 0;
    }
    return std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, [](std::size_t values, hsize_t size) {
        if (size > std::numeric_limits<std::size_t>::max() / values) {
            throw std::length_error("too many values");
        }
        return values * size;
    });
}

/// Text of a fixed-length or variable-length value of `read`, which fills the memory it is given.
template <class Read> std::vector<std::string> texts(hid_t type, std::size_t values, Read const& read)
{
    std::vector<std::string> result;
    if (H5Tis_variable_str(type) > 0) {
        auto const memory = text_type(H5T_VARIABLE);
        std::vector<char*> pointers(values);
        read(memory.get(), pointers.data());
        for (auto* pointer : pointers) {
            result.emplace_back(pointer != nullptr ? pointer : "");
            H5free_memory(pointer);
        }
    }
    else {
        auto const size = H5Tget_size(type);
        auto const memory = text_type(size + 1);
        std::string padded(values * (size + 1), '\0');
        read(memory.get(), padded.data());
        for (std::size_t i = 0; i < values; ++i) {
            result.emplace_back(padded.data() + i * (size + 1));
        }
    }
    return result;
}

/// Attribute of one number of an object; none if it is absent or of another class than `wanted`.
template <class T> std::optional<T> number_attribute_of(hid_t object, std::string const& name, std::vector<H5T_class_t> const& wanted)
{
    if (H5Aexists(object, name.c_str()) <= 0) {
        return std::nullopt;
    }
    Handle const attribute(checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), object, "open attribute", name));
    Handle const type(checked(H5Aget_type(attribute.get()), object, "read attribute", name));
    Handle const space(checked(H5Aget_space(attribute.get()), object, "read attribute", name));
    bool const found = std::ranges::find(wanted, H5Tget_class(type.get())) != wanted.end();
    if (!found || H5Sget_simple_extent_npoints(space.get()) != 1) {
        return std::nullopt;
    }
    T value{};
    checked(H5Aread(attribute.get(), memory_type(type_of<T>()), &value), object, "read attribute", name);
    return value;
}

/// Text attribute of an object; empty if it is absent or no text.
std::string text_attribute(hid_t object, std::string const& name)
{
    if (H5Aexists(object, name.c_str()) <= 0) {
        return {};
    }
    Handle const attribute(checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), object, "open attribute", name));
    Handle const type(checked(H5Aget_type(attribute.get()), object, "read attribute", name));
    Handle const space(checked(H5Aget_space(attribute.get()), object, "read attribute", name));
    if (H5Tget_class(type.get()) != H5T_STRING || H5Sget_simple_extent_npoints(space.get()) != 1) {
        return {};
    }
    auto const read = [&](hid_t memory, void* into) { checked(H5Aread(attribute.get(), memory, into), object, "read attribute", name); };
    return texts(type.get(), 1, read).front();
}

/// Description of an open dataset.
Entry describe(hid_t dataset, std::string path)
{
    Handle const type(checked(H5Dget_type(dataset), dataset, "read the type of"));
    Entry entry{.path = std::move(path),
                .type = type_name(type.get()),
                .dimensions = {},
                .units = text_attribute(dataset, "units"),
                .long_name = text_attribute(dataset, "long_name")};
    unsigned dimension = 0;
    for (auto const size : sizes(dataset)) {
        entry.dimensions.push_back({.name = axis_name(dataset, dimension++), .size = size});
    }
    return entry;
}

/// Appends all datasets at and below a group, in the order of their creation.
void collect(hid_t group, std::string const& folder, std::vector<Entry>& found)
{
    H5G_info_t info{};
    checked(H5Gget_info(group, &info), group, "list");
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        auto const name_into = [&](char* buffer, std::size_t size) {
            return H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, buffer, size, H5P_DEFAULT);
        };
        std::string name(static_cast<std::size_t>(checked(name_into(nullptr, 0), group, "list")), '\0');
        name_into(name.data(), name.size() + 1);
        auto const path = fmt::format("{}/{}", folder, name);
        Handle const member(checked(H5Oopen(group, name.c_str(), H5P_DEFAULT), group, "open", name));
        if (H5Iget_type(member.get()) == H5I_GROUP) {
            collect(member.get(), path, found);
        }
        else if (H5Iget_type(member.get()) == H5I_DATASET) {
            found.push_back(describe(member.get(), path));
        }
    }
}

} // namespace

/// The open file.
class Reader::State {
  public:
    explicit State(std::filesystem::path path) : path_(std::move(path))
    {
        prepare_library();
        file_ = Handle(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
        if (!file_) {
            throw Error(path_, "open the file", error_stack());
        }
    }

    std::filesystem::path const& path() const { return path_; }
    hid_t file() const { return file_.get(); }

    Handle object(std::string const& name) const
    {
        return Handle(checked(H5Oopen(file(), name.c_str(), H5P_DEFAULT), file(), "open", name));
    }

    Handle dataset(std::string const& name) const
    {
        return Handle(checked(H5Dopen2(file(), name.c_str(), H5P_DEFAULT), file(), "open", name));
    }

    /// Result of a reading function. \throws Error, also when a damaged shape asks for more memory than there is
    template <class Read> auto guarded(std::string const& name, Read const& read) const
    {
        try {
            return read();
        }
        catch (std::bad_alloc const&) {
            throw Error(path_, "read " + name, {"it does not fit in memory"});
        }
        catch (std::length_error const&) {
            throw Error(path_, "read " + name, {"it does not fit in memory"});
        }
    }

  private:
    std::filesystem::path path_;
    Handle file_;
};

Reader::Reader(std::filesystem::path const& file) : state_(std::make_unique<State>(file)) {}

Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

bool Reader::has(std::string const& path) const
{
    // H5Lexists wants every folder on the way to exist; opening just fails.
    return bool(Handle(H5Oopen(state_->file(), path.c_str(), H5P_DEFAULT)));
}

double Reader::scalar(std::string const& path) const
{
    auto const values = column(path);
    if (values.size() != 1) {
        throw Error(state_->path(), "read " + path, {fmt::format("it holds {} numbers, not one", values.size())});
    }
    return values.front();
}

std::string Reader::text(std::string const& path) const
{
    auto const found = labels(path);
    if (found.size() != 1) {
        throw Error(state_->path(), "read " + path, {fmt::format("it holds {} texts, not one", found.size())});
    }
    return found.front();
}

std::vector<double> Reader::column(std::string const& path) const
{
    return state_->guarded(path, [&] {
        auto const dataset = state_->dataset(path);
        std::vector<double> values(count(sizes(dataset.get())));
        checked(H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), dataset.get(), "read numbers");
        return values;
    });
}

std::vector<double> Reader::rows(std::string const& path, std::size_t first, std::size_t count) const
{
    return state_->guarded(path, [&] {
        auto const dataset = state_->dataset(path);
        auto size = sizes(dataset.get());
        if (size.empty() || first > size.front() || count > size.front() - first) {
            auto const there = size.empty() ? std::string("no rows") : fmt::format("{} rows", size.front());
            throw Error(state_->path(), fmt::format("read {} rows of {} from row {} on", count, path, first), {"it has " + there});
        }
        size.front() = count;
        std::vector<hsize_t> start(size.size(), 0);
        start.front() = first;
        std::vector<double> values(h5::count(size));
        if (!values.empty()) {
            Handle const there(checked(H5Dget_space(dataset.get()), dataset.get(), "read the shape of"));
            checked(H5Sselect_hyperslab(there.get(), H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr), dataset.get(),
                    "select rows of");
            Handle const here(
                checked(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr), dataset.get(), "select rows of"));
            checked(H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, here.get(), there.get(), H5P_DEFAULT, values.data()), dataset.get(),
                    "read numbers");
        }
        return values;
    });
}

std::vector<std::string> Reader::labels(std::string const& path) const
{
    return state_->guarded(path, [&] {
        auto const dataset = state_->dataset(path);
        Handle const type(checked(H5Dget_type(dataset.get()), dataset.get(), "read the type of"));
        if (H5Tget_class(type.get()) != H5T_STRING) {
            throw Error(state_->path(), "read " + path, {"it holds " + type_name(type.get()) + ", not text"});
        }
        auto const read = [&](hid_t memory, void* into) {
            checked(H5Dread(dataset.get(), memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, into), dataset.get(), "read texts");
        };
        return texts(type.get(), count(sizes(dataset.get())), read);
    });
}

std::string Reader::attribute(std::string const& path, std::string const& name) const
{
    return state_->guarded(path, [&] { return text_attribute(state_->object(path).get(), name); });
}

std::optional<std::int64_t> Reader::integer_attribute(std::string const& path, std::string const& name) const
{
    return number_attribute_of<std::int64_t>(state_->object(path).get(), name, {H5T_INTEGER});
}

std::optional<double> Reader::number_attribute(std::string const& path, std::string const& name) const
{
    return number_attribute_of<double>(state_->object(path).get(), name, {H5T_INTEGER, H5T_FLOAT});
}

Entry Reader::entry(std::string const& path) const
{
    return state_->guarded(path, [&] { return describe(state_->dataset(path).get(), path); });
}

std::vector<Entry> Reader::entries() const
{
    return state_->guarded("/", [&] {
        std::vector<Entry> found;
        collect(state_->file(), "", found);
        return found;
    });
}

std::vector<std::string> Reader::tree() const
{
    std::vector<std::string> lines;
    for (auto const& entry : entries()) {
        std::string shape;
        for (auto const& dimension : entry.dimensions) {
            shape += fmt::format("{}{}={}", shape.empty() ? "" : ",", dimension.name, dimension.size);
        }
        lines.push_back(fmt::format("{} {} [{}]{}{}", entry.path, entry.type, shape, entry.units.empty() ? "" : " ", entry.units));
    }
    return lines;
}

} // namespace aidc::h5
