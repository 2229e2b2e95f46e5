#pragma once
/// \file
/// Numbers of a point, as a user asks for them: "P80: date_target_400_MW", "mean: goods_paid/1e9 + 0.002*crews".

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace aidc {

/// What an expression may name: figures of a run and parameters of its point.
struct MeasureNames {
    std::vector<std::string> names;
    std::vector<bool> is_date; ///< Seconds since the start; a date that was not reached counts as +infinity
    std::string start;         ///< ISO date of 0 s
};

/// How the runs of a point become one number.
enum class Statistic : std::uint8_t { mean, quantile, least, most, deviation };

/// An expression of one run's numbers, and a statistic over the runs of a point.
///
/// "[STATISTIC:] EXPRESSION"; STATISTIC is mean (default), min, max, sd or P1 ... P99. The quantile is an order statistic, so that a date
/// that was not reached is a value like any other; a mean over such a date is +infinity, a deviation NaN. EXPRESSION has the operators
/// and functions of muParser. A name that begins with a digit can only stand alone.
class Measure {
  public:
    /// \throws InputErrors  when a name is unknown (with the nearest) or the expression is none
    Measure(std::string const& text, MeasureNames const& names);
    Measure(Measure&&) noexcept;
    Measure& operator=(Measure&&) noexcept;
    ~Measure();

    /// Value for one run. \param values  By name; NaN where there is none
    double of_run(std::span<double const> values) const;
    /// Statistic over the values of the runs of a point; NaN when there are none, or one of them is NaN.
    double of_runs(std::vector<double> values) const;

    std::string const& text() const { return text_; }
    Statistic statistic() const { return statistic_; }
    double share() const { return p_; } ///< p of a quantile
    /// Is it a date, in seconds since the start? Only a date alone is one, not an expression with it, nor its deviation.
    bool is_date() const { return is_date_; }
    /// Is it a name alone, not an expression?
    bool is_name() const;
    /// Names that it uses, as places in MeasureNames::names.
    std::vector<std::size_t> const& uses() const { return uses_; }

  private:
    struct Parser;

    void parse(std::string const& expression, MeasureNames const& names);

    std::string text_;
    Statistic statistic_ = Statistic::mean;
    double p_ = 0.5; ///< Of a quantile
    bool is_date_ = false;
    std::size_t names_ = 0; ///< How many there are
    std::vector<std::size_t> uses_;
    std::vector<bool> date_; ///< Of those it uses
    std::unique_ptr<Parser> parser_;
};

/// A measure and its bound.
struct Condition {
    Measure measure;
    bool at_most = true; ///< Else: at least
    double bound{};

    bool holds(double value) const { return at_most ? value <= bound : value >= bound; }
    /// By how much it is missed, 0 when it holds. \param value  Of the measure
    double missed(double value) const;
};

/// Reads "MEASURE <= BOUND" or "MEASURE >= BOUND", where BOUND is a number or, for a date, a day: <= 2027-06-30 holds until the last
/// tick of that day, >= from its first. A comparison inside the expression may stand before the last one.
/// \throws InputErrors
Condition parse_condition(std::string const& text, MeasureNames const& names);

} // namespace aidc
