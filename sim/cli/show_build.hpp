#pragma once
/// \file
/// Reading what was built, and what held it, from a result file.

#include "sim/cli/show_facts.hpp"
#include "sim/cli/show_scenario.hpp"
#include "sim/record/h5_reader.hpp"

#include <algorithm>
#include <numeric>

namespace aidc::report {

/// A [time, component] variable with the dates of its rows.
class Series {
  public:
    Series(h5::Reader const& file, std::string const& path)
        : ends_s_(file.column(path.substr(0, path.rfind('/')) + "/time")), values_(file.column(path)),
          width_(ends_s_.empty() ? 0 : values_.size() / ends_s_.size())
    {
    }

    std::size_t rows() const { return ends_s_.size(); }
    double end_s(std::size_t row) const { return ends_s_[row]; }
    double start_s(std::size_t row) const { return row == 0 ? 0.0 : ends_s_[row - 1]; }
    double at(std::size_t row, std::size_t component) const { return values_[row * width_ + component]; }

    double sum(std::size_t row) const
    {
        auto const first = values_.begin() + static_cast<std::ptrdiff_t>(row * width_);
        return std::accumulate(first, first + static_cast<std::ptrdiff_t>(width_), 0.0);
    }

    /// Last row that ends at or before a date.
    std::optional<std::size_t> last_row(double at_s) const
    {
        auto const after = std::upper_bound(ends_s_.begin(), ends_s_.end(), at_s);
        return after == ends_s_.begin() ? std::nullopt : std::optional(static_cast<std::size_t>(after - ends_s_.begin()) - 1);
    }

  private:
    std::vector<double> ends_s_, values_;
    std::size_t width_;
};

/// What a row of /dates or /replicate_milestones is the date of. Targets come first, then campuses, then halls.
struct DateName {
    DateKind kind{};
    std::string of;   ///< Campus or hall; of a target its name
    std::string what; ///< "power", "handover", "first live", "complete"; empty for a target
};

/// \param campuses  Names of all campuses, in the order of the file
std::vector<DateName> date_names(std::vector<std::string> const& names, std::vector<std::string> const& campuses);

/// Names of the building and of the campus of a hall.
std::string building_of(std::string const& hall);
std::string campus_of(std::string const& hall);

/// Fills targets, campuses and halls.
void read_dates(h5::Reader const& file, ScenarioWords const& words, Facts& facts);

/// Fills terms and causes.
void read_ledger(h5::Reader const& file, Facts& facts);

/// Fills what helps most. \pre  terms are read
void read_helps(h5::Reader const& file, ScenarioWords const& words, Facts& facts);

/// Slips on the way to an activity that no chain in the file tells about, because nothing it leads to was reached.
std::vector<Slip> walked(h5::Reader const& file, std::string activity, double until_s);

/// Fills late and missing orders, money and stranded racks.
void read_goods(h5::Reader const& file, ScenarioWords const& words, Facts& facts);

} // namespace aidc::report
