#pragma once
/// \file
/// Small reader of result files, for `show` and the tests.

#include "sim/record/h5.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aidc::h5 {

/// One dimension of a dataset.
struct Dimension {
    std::string name; ///< Last part of its coordinate's path; empty if it has none
    std::size_t size = 0;
};

/// One dataset of a file.
struct Entry {
    std::string path;                  ///< "/campus/it_power_W"
    std::string type;                  ///< "float32", "float64", "int8" ... "int64", "string"; else "other"
    std::vector<Dimension> dimensions; ///< Empty for a scalar
    std::string units;                 ///< Empty if it has none
    std::string long_name;             ///< Empty if it has none
};

/// A file opened for reading. Paths are absolute: "/summary/pue".
///
/// Everything but has() throws Error where the path does not exist or holds another kind of data, and where the file is cut off
/// or damaged, as far as HDF5 notices: it has checksums of names, shapes and attributes, and of the values of Group::array; damage
/// to other compressed values is noticed nearly always, to uncompressed ones never.
/// Texts, names of axes and virtual arrays lie in a heap without checksums, and damage there can crash HDF5 itself: of a file
/// that may be damaged, read only numbers and attributes, or compare its digest first.
class Reader {
  public:
    /// \throws Error when there is no such file or it is not HDF5
    explicit Reader(std::filesystem::path const& file);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    bool has(std::string const& path) const;                   ///< Is there a group or dataset?
    double scalar(std::string const& path) const;              ///< Number without axes, of any numeric type
    std::string text(std::string const& path) const;           ///< Text without axes
    std::vector<double> column(std::string const& path) const; ///< All numbers, row by row
    /// Numbers of `count` rows from row `first` on; a row is all that lies below one index of the first dimension.
    std::vector<double> rows(std::string const& path, std::size_t first, std::size_t count) const;
    std::vector<std::string> labels(std::string const& path) const; ///< All texts
    /// Text attribute of a dataset, a group or ("/") the file; empty if it is absent.
    std::string attribute(std::string const& path, std::string const& name) const;
    /// Integer attribute of the same; none if it is absent or no integer.
    std::optional<std::int64_t> integer_attribute(std::string const& path, std::string const& name) const;
    /// Attribute of one number, integer or not, of the same; none if it is absent or no number.
    std::optional<double> number_attribute(std::string const& path, std::string const& name) const;
    Entry entry(std::string const& path) const; ///< One dataset
    std::vector<Entry> entries() const;         ///< All datasets, in the order they were written
    /// One line a dataset: "<path> <type> [<dimension>=<size>,...] <units>"; a scalar has "[]".
    std::vector<std::string> tree() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace aidc::h5
