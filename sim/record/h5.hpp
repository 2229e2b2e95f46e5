#pragma once
/// \file
/// Writer of result files: HDF5 that is netCDF-4/CF and NeXus NXdata at once.
///
/// h5py, xarray, netCDF4, ncdump, Octave and H5Web read it back without helper code, because every group brings its
/// own coordinates (HDF5 dimension scales), attributes are fixed-length UTF-8 strings, floats miss as NaN, and no
/// Boolean, enum, compound or reference type occurs. Equal calls give equal bytes: no time stamp is stored.
///
/// All numbers are stored as given; `units` are UDUNITS spellings of SI: "W", "degC", "kg s-1", "1".
/// Groups, series and tables are light references: they belong to their File and must not be used after its commit.
/// One thread at a time: HDF5 is often built without thread safety. Readers: h5_reader.hpp.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace aidc::h5 {

/// HDF5 or the file system refused: which file, what was tried, and HDF5's error stack.
class Error : public std::runtime_error {
  public:
    /// \param file   Path of the file
    /// \param doing  What was tried, to be read after "cannot": "write /campus/it_power_W"
    /// \param stack  Reasons, the deepest first; what() ends with the first one
    Error(std::filesystem::path file, std::string const& doing, std::vector<std::string> stack);
    std::filesystem::path const& file() const noexcept { return file_; }
    std::vector<std::string> const& stack() const noexcept { return stack_; }

  private:
    std::filesystem::path file_;
    std::vector<std::string> stack_;
};

/// How values are stored. Little-endian; text is variable-length UTF-8.
enum class Type { float32, float64, int8, int16, int32, int64, text };

/// Name and CF attributes of one variable; an empty attribute is left out.
struct Quantity {
    std::string name{};         ///< Dataset, spelled like the C++ field: "it_power_W"
    std::string units{};        ///< UDUNITS: "W", "degC", "kg s-1", "1"
    std::string long_name{};    ///< Axis label of a plot
    std::string cell_methods{}; ///< "time: mean" over, or "time: point" at the end of, the interval
};

/// One variable of a Series. Not for text.
struct SeriesSpec {
    Quantity quantity{};
    Type type = Type::float32;

    explicit SeriesSpec(Quantity what, Type stored = Type::float32) : quantity(std::move(what)), type(stored) {}
};

/// One column of a Table.
struct ColumnSpec {
    Quantity quantity{};
    Type type = Type::float64;

    ColumnSpec(Quantity what, Type stored = Type::float64) : quantity(std::move(what)), type(stored) {}
};

/// Rows of a dataset of another file: one piece of a virtual array.
struct Piece {
    std::filesystem::path file{}; ///< Relative to the folder of the file that is written; need not exist yet
    std::string dataset{};        ///< Its path there, "/runs/power_W"; taken as a whole
    std::size_t first = 0;        ///< First row of the virtual array that it stands for
    std::size_t rows = 0;         ///< Rows of it, at least one
};

/// One value of a table row.
using Cell = std::variant<double, std::int64_t, std::string>;

/// Variables over [time, component] that grow by one time at a time.
///
/// Rows are buffered and written by whole chunks: up to 8192 rows, fewer where a chunk would exceed 1 MiB (but one
/// row at least). So memory is bounded by one chunk a variable.
class Series {
  public:
    class State;

    /// Adds one time to all variables.
    ///
    /// The first series of a group that reaches a time also writes it to the group's axis; the others must then name
    /// the same time.
    /// \param time_s  Seconds since the start of the time axis, greater than the time before
    /// \param values  By variable, then component; size = variables x components. Integer variables take values that
    ///                fit their type; the fraction is cut off. NaN in a float variable means missing.
    /// \throws Error when a chunk cannot be written (disk full)
    void append(double time_s, std::span<float const> values);
    void append(double time_s, std::span<double const> values); ///< The same, for float64 variables
    std::size_t rows() const;                                   ///< Times appended so far

  private:
    friend class Group;
    explicit Series(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

/// Equally long columns over one growing dimension: events, shipments.
class Table {
  public:
    class State;

    /// Adds one row.
    /// \param row  One cell a column: text for text columns, else a number; integer columns take integers that fit
    /// \throws Error when a chunk cannot be written (disk full)
    void append(std::vector<Cell> const& row);
    std::size_t rows() const; ///< Rows appended so far

  private:
    friend class Group;
    explicit Table(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

/// One complete data set inside a file, with its own coordinates. Every function throws Error when HDF5 refuses, for
/// example a name that exists already. Axes come before the data that lie on them.
class Group {
  public:
    class State;

    /// Coordinate `time` of the group's series: float64, grows, "seconds since <start>T00:00:00Z", calendar standard.
    /// \param start_iso  First day, "2025-01-01"
    void time_axis(std::string const& start_iso);
    /// Coordinate of dates that are known beforehand: float64 with the units and the calendar of time_axis().
    /// \pre the times [s] since the start grow, and none is missing
    void date_axis(std::string const& name, std::string const& start_iso, std::vector<double> const& time_s, std::string const& long_name);
    /// Coordinate of names.
    void label_axis(std::string const& name, std::vector<std::string> const& labels, std::string const& long_name);
    /// Coordinate 0 ... size-1, int32.
    void index_axis(std::string const& name, std::size_t size, std::string const& long_name);

    /// Values along one axis; as many as the axis is long (0 allowed). Not along `time`: that is a series. Here, too, units
    /// "seconds since ..." mark a time of the standard calendar.
    void column(Quantity const& what, std::string const& axis, std::vector<double> const& values);
    void column(Quantity const& what, std::string const& axis, std::vector<std::int64_t> const& values);
    void column(Quantity const& what, std::string const& axis, std::vector<std::int32_t> const& values);
    void column(Quantity const& what, std::string const& axis, std::vector<std::int8_t> const& values);
    void column(Quantity const& what, std::string const& axis, std::vector<std::string> const& values);
    /// Values over two axes, row by row; size = length of axis0 x length of axis1.
    void matrix(Quantity const& what, std::string const& axis0, std::string const& axis1, std::vector<double> const& row_major);

    /// Values over two or more axes, row by row (the last axis runs fastest), float32, NaN where missing. Stored in chunks of
    /// whole rows of the first axis (at most 1 MiB, but one row at least), shuffled, gzipped and with a checksum, so that a
    /// damaged chunk is an error when it is read.
    void array(Quantity const& what, std::vector<std::string> const& axes, std::vector<float> const& row_major);
    /// The same, the values staying in other files (a virtual dataset of HDF5). Rows without a piece, and pieces whose file or
    /// dataset is absent or cannot be opened, read as NaN; the folder of all files can be moved as a whole.
    /// HDF5 looks for an absent file below the reader's current folder, too: give pieces of different sweeps different names.
    /// \pre the pieces follow each other within the first axis; the other axes are as long as those of the pieces
    /// \throws Error in a File for HDF5 1.8
    void virtual_array(Quantity const& what, std::vector<std::string> const& axes, std::vector<Piece> const& pieces);

    /// One value without axes.
    void scalar(Quantity const& what, double value);
    void scalar(Quantity const& what, std::int64_t value);
    void scalar(Quantity const& what, std::string const& value);
    /// One text without axes or attributes, of any length (provenance).
    void text(std::string const& name, std::string const& value);

    /// Meaning of the codes (or, with masks, of the bits) of an integer variable that exists in this group.
    /// \param meanings  Code or bit mask, and one word without blanks
    void flags(std::string const& variable, bool masks, std::vector<std::pair<int, std::string>> const& meanings);
    /// What H5Web and other NeXus viewers draw when the group is opened. The first group of a file for which this is
    /// called is drawn when the file is opened.
    void default_plot(std::string const& signal, std::vector<std::string> const& axes, std::vector<std::string> const& auxiliary = {});

    /// Growing variables over [time, component_axis], or over [time] where component_axis is empty.
    /// \pre time_axis() was called
    Series series(std::vector<SeriesSpec> const& variables, std::string const& component_axis = "");
    Series series(std::vector<Quantity> const& variables, std::string const& component_axis = "");
    /// Growing columns over a new index axis `dimension`; also right with no rows at all. A column whose units are
    /// "seconds since ..." is marked as a time of the standard calendar.
    Table table(std::string const& dimension, std::vector<ColumnSpec> const& columns);

  private:
    friend class File;
    explicit Group(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

/// Oldest HDF5 that can read a file.
enum class Oldest {
    hdf5_1_8,
    hdf5_1_10 ///< Takes virtual arrays, and stores chunks in less space
};

/// A result file being written beside its final name, which therefore only ever stands for a whole file.
///
/// A File that is destroyed without a commit removes what it wrote; a killed process leaves `<final name>.part`,
/// which the next File of that name replaces.
class File {
  public:
    /// Creates `<final_name>.part` with the attribute Conventions = CF-1.10.
    /// \throws Error when it cannot be created (no such folder, no permission)
    explicit File(std::filesystem::path final_name, Oldest reader = Oldest::hdf5_1_8);
    ~File();
    File(File&&) noexcept;
    File& operator=(File&&) noexcept;

    /// New group below the root.
    Group group(std::string const& name, std::string const& title);
    /// Attribute of the whole file.
    void attribute(std::string const& name, std::string const& value);
    void attribute(std::string const& name, double value);
    void attribute(std::string const& name, std::int64_t value);

    /// Writes what is buffered, closes, fsyncs, renames to the final name (replacing a file of that name) and fsyncs
    /// the folder. \throws Error, with nothing new under the final name unless only the last of these steps failed
    void commit();
    /// The same under another name of the same file system: "run.failed.h5", "run.incomplete.h5". A series that got
    /// fewer times than its group reads as missing (integers: 0) at the end.
    void commit_as(std::filesystem::path const& other);

  private:
    class State;
    std::unique_ptr<State> state_;
};

} // namespace aidc::h5
