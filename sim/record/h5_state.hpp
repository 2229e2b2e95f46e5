#pragma once
/// \file
/// What stands behind Group, Series and Table. Only for the h5 files of this folder.

#include "sim/record/h5_growing.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aidc::h5 {

/// Coordinate `time` of a group, shared by its series.
struct Clock {
    Growing times;
    double last_s = 0.0; ///< The last time, once there is one
};

/// Variables and the clock they write.
class Series::State {
  public:
    /// \param components  Length of the component axis; none: the variables have the dimension time only
    State(Clock& clock, hid_t group, std::vector<SeriesSpec> const& variables, std::optional<std::size_t> components);

    template <class Value> void append(double time_s, std::span<Value const> values);
    void finish(); ///< Writes the rest and closes
    std::size_t rows() const { return rows_; }
    std::vector<Growing> const& variables() const { return variables_; }

  private:
    void tick(double time_s);

    Clock* clock_;
    std::size_t width_;
    std::size_t rows_ = 0;
    std::vector<Growing> variables_;
    bool open_ = true;
};

/// Columns and their index.
class Table::State {
  public:
    State(hid_t group, std::string const& dimension, std::vector<ColumnSpec> const& columns);

    void append(std::vector<Cell> const& row);
    void finish(); ///< Writes the rest and closes
    std::size_t rows() const { return index_.rows(); }

  private:
    Growing index_;
    std::vector<Growing> columns_;
    bool open_ = true;
};

/// One open group.
class Group::State {
  public:
    /// Coordinate of fixed length.
    struct Axis {
        Handle dataset;
        std::size_t size = 0;
    };

    State(hid_t file, std::string group_name, std::string const& title, std::string& first_plotted);

    void finish(); ///< Writes what is buffered and closes everything; the group cannot be used any more

    /// Identifier. \pre the file was not committed
    hid_t group() const;
    /// Coordinate that exists. \pre it does
    Axis const& axis(std::string const& name) const;
    /// New coordinate from a dataset that was just written.
    void add_axis(std::string const& name, Handle dataset, std::size_t size, std::string const& long_name);
    /// Lengths of a dataset on axes, for one block.
    Shape shape_on(std::vector<std::string> const& axes) const;
    /// New dataset on axes, of a shape that fits them.
    Handle on_axes(Quantity const& what, Type type, std::vector<std::string> const& axes, Shape const& shape);
    /// New dataset on axes; numbers that fill more than a few kilobytes are compressed.
    Handle on_axes(Quantity const& what, Type type, std::vector<std::string> const& axes);
    /// Numbers along one axis.
    template <class T> void column(Quantity const& what, std::string const& axis, std::vector<T> const& values);
    /// One number.
    template <class T> void scalar(Quantity const& what, T value);
    /// One text.
    Handle text(std::string const& text_name, std::string const& value);

    std::string name;
    std::string* first_plotted; ///< Name of the group that the root's `default` is to name, or empty
    std::unique_ptr<Clock> clock;
    std::vector<std::shared_ptr<Series::State>> series;
    std::vector<std::shared_ptr<Table::State>> tables;

  private:
    Handle group_;
    std::map<std::string, Axis> axes_;
};

} // namespace aidc::h5
