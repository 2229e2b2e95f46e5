#pragma once
/// \file
/// Numbers of an output as a planner reads them: MW, million h, dates.

#include "sim/analyze/analyze.hpp"
#include "sim/cli/show_facts.hpp"

#include <string>

namespace aidc::report {

/// How the numbers of one output are printed.
class Shown {
  public:
    /// \param values  Which are to be told apart: sets unit and digits
    Shown(AnalyzedOutput const& output, Dates const& dates, Distribution const& values);

    std::string value(double value) const;            ///< "104.2", "2026-05-31", "never"; "-" of none
    std::string difference(double value) const;       ///< Between two of them; days of dates
    std::string const& unit() const { return unit_; } ///< "MW"; empty: none, or a date
    std::string title(std::string const& text) const { return unit_.empty() ? text : text + " [" + unit_ + "]"; }
    /// Head of a column of differences: they have the unit of the output, but for dates.
    std::string difference_title(std::string const& text) const { return is_date_ ? text + " [d]" : text; }

  private:
    Dates dates_;
    bool is_date_;
    double divisor_ = 1.0;
    std::string unit_;
    int digits_ = 0; ///< Behind the point
};

} // namespace aidc::report
