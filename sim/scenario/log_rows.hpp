#pragma once
/// \file
/// What readers of job and request logs share: what is wrong with rows, which may be left out; tables with named columns; times.

#include "models/base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aidc {

/// What is wrong with the rows of a log: thrown, twenty at once, or kept and counted where bad rows are left out.
class RowProblems {
  public:
    RowProblems(std::filesystem::path const& path, bool skip_bad_rows) : path_(path.string()), skip_(skip_bad_rows) {}

    /// Problems are of this row from now on. \param line  From 1
    void begin_row(std::size_t line);
    /// The same for a row of a JSON file. \param where  "file:line"
    void begin_row(std::string where, std::string pointer);

    /// \throws InputErrors  at the twentieth, unless bad rows are left out
    void add(std::string message);
    /// About one value of the row, with a place of its own. \throws InputErrors  likewise
    void add(Problem problem);

    /// The row has been read. \returns whether nothing is wrong with it
    bool end_row();

    /// Of the file and not of a row, so that leaving out rows is no help. \param line  From 1; 0: the file
    Problem of_file(std::size_t line, std::string message) const;
    /// \throws InputErrors  when there are any that count
    void throw_if_any() const;

    std::uint64_t rows() const { return rows_; }                    ///< Ended so far
    std::uint64_t skipped() const { return skipped_; }              ///< Of them, left out because they are bad
    std::vector<Problem> const& found() const { return problems_; } ///< The first twenty

  private:
    std::string path_;
    bool skip_;
    std::size_t line_{}; ///< 0: see where_
    std::string where_{}, pointer_{};
    bool is_bad_ = false; ///< The row at hand
    std::uint64_t rows_{}, skipped_{};
    std::vector<Problem> problems_{};
};

/// Rows of a comma-separated log whose first line names the columns. Blank lines are passed over, quotes have no meaning.
class LogTable {
  public:
    /// \param text  Outlives the table
    /// \throws InputErrors  when there is no line, or a name stands in it twice
    LogTable(std::string_view text, RowProblems& problems);

    /// Columns in the order of their names. \throws InputErrors  naming all that are not there
    std::vector<std::size_t> needed(std::span<std::string_view const> names) const;
    std::optional<std::size_t> find(std::string_view name) const;
    std::vector<std::string_view> const& names() const { return names_; }

    /// Goes to the next row; false at the end.
    bool next();
    /// Does it have as many fields as there are names? A problem if not.
    bool is_whole();

    std::string_view field(std::size_t column) const { return fields_[column]; }
    /// A number; a problem if it is none.
    std::optional<double> number(std::size_t column);

  private:
    RowProblems& problems_;
    std::vector<std::string_view> lines_;
    std::size_t line_ = 0; ///< Of the row, from 0
    std::vector<std::string_view> names_, fields_;
};

/// A text without the byte-order mark that spreadsheets write before it.
std::string_view without_mark(std::string_view text);

/// Complains of a row with a wrong number of fields. \param is_last  Nothing follows it: the file may be cut off
void complain_of_fields(RowProblems& problems, std::size_t fields, std::size_t wanted, bool is_last);

/// A date with the time of day, in two parts, so that fractions of a second stay exact.
struct LogMoment {
    std::int64_t day{}; ///< Since 1970-01-01
    double time_s{};    ///< Since its midnight [s]
};

/// The same by a clock of its own, and how far that is ahead of UTC, where it says so.
struct ClockMoment {
    LogMoment minute;              ///< It lies in this minute
    double seconds{};              ///< And so far in it [s], apart so that fractions stay exact
    std::optional<double> ahead_s; ///< [s]
};

/// "2021-02-15 01:00", with T instead of the blank, with seconds and their fraction, with an offset from UTC behind (Z, -06:00); nothing when
/// it is no such moment.
std::optional<ClockMoment> clock_moment_in(std::string_view field);

/// "2017-10-09 07:01:55", with T instead of the blank, with a fraction behind, with an offset from UTC behind that (Z, +08:00; it then is
/// UTC); nothing when it is no such moment.
std::optional<LogMoment> moment_in(std::string_view field);

/// From one moment to another [s].
double seconds_between(LogMoment const& from, LogMoment const& to);

} // namespace aidc
