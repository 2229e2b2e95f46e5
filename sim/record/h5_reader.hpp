#pragma once
/// \file
/// Small reader of result files, for `show` and the tests.

#include "sim/record/h5.hpp"

#include <filesystem>
#include <memory>
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
/// Everything but has() throws Error where the path does not exist or holds another kind of data.
class Reader {
  public:
    /// \throws Error when there is no such file or it is not HDF5
    explicit Reader(std::filesystem::path const& file);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    bool has(std::string const& path) const;                        ///< Is there a group or dataset?
    double scalar(std::string const& path) const;                   ///< Number without axes, of any numeric type
    std::string text(std::string const& path) const;                ///< Text without axes
    std::vector<double> column(std::string const& path) const;      ///< All numbers, row by row
    std::vector<std::string> labels(std::string const& path) const; ///< All texts
    /// Text attribute of a dataset, a group or ("/") the file; empty if it is absent.
    std::string attribute(std::string const& path, std::string const& name) const;
    Entry entry(std::string const& path) const; ///< One dataset
    std::vector<Entry> entries() const;         ///< All datasets, in the order they were written
    /// One line a dataset: "<path> <type> [<dimension>=<size>,...] <units>"; a scalar has "[]".
    std::vector<std::string> tree() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace aidc::h5
