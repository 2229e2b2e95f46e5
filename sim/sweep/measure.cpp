#include "sim/sweep/measure.hpp"

#include "models/base/error.hpp"
#include "models/base/quantile.hpp"
#include "models/base/sum.hpp"
#include "models/base/tick.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace aidc {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

[[noreturn]] void complain(std::string const& text, std::string const& message) { throw InputErrors({{"\"" + text + "\"", "", message}}); }

std::string trimmed(std::string const& text)
{
    auto const first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A statistic and, of a quantile, its share.
struct StatisticWord {
    Statistic statistic{};
    double p = 0.5;
};

StatisticWord parse_statistic(std::string const& word, std::string const& text)
{
    if (word == "mean") {
        return {.statistic = Statistic::mean};
    }
    if (word == "min" || word == "max" || word == "sd") {
        return {.statistic = word == "min" ? Statistic::least : word == "max" ? Statistic::most : Statistic::deviation};
    }
    int percent = 0;
    auto const* const end = word.data() + word.size();
    bool const is_quantile = word.size() > 1 && (word[0] == 'P' || word[0] == 'p')
                             && std::from_chars(word.data() + 1, end, percent).ptr == end && percent > 0 && percent < 100;
    if (!is_quantile) {
        complain(text, "the statistic \"" + word + "\" is none of mean, min, max, sd, P1 ... P99");
    }
    return {.statistic = Statistic::quantile, .p = percent / 100.0};
}

double mean_of(std::span<double const> values)
{
    Sum sum;
    for (double const value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

double deviation_of(std::span<double const> values)
{
    double const mean = mean_of(values);
    Sum squares;
    for (double const value : values) {
        squares += (value - mean) * (value - mean);
    }
    return values.size() < 2 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

} // namespace

/// The expression and the numbers it reads.
struct Measure::Parser {
    mu::Parser parser;
    std::vector<double> values; ///< By name; the parser holds their addresses
};

Measure::Measure(std::string const& text, MeasureNames const& names)
    : text_(trimmed(text)), date_(names.is_date), parser_(std::make_unique<Parser>())
{
    auto const colon = text_.find(':');
    auto const expression = colon == std::string::npos ? text_ : trimmed(text_.substr(colon + 1));
    if (colon != std::string::npos) {
        auto const word = parse_statistic(trimmed(text_.substr(0, colon)), text_);
        statistic_ = word.statistic;
        p_ = word.p;
    }
    parser_->values.assign(names.names.size(), 0.0);
    try {
        for (std::size_t i = 0; i < names.names.size(); ++i) {
            parser_->parser.DefineVar(names.names[i], &parser_->values[i]);
        }
        parser_->parser.SetExpr(expression);
        for (auto const& [name, value] : parser_->parser.GetUsedVar()) {
            auto const known = std::ranges::find(names.names, name);
            if (known == names.names.end()) {
                auto const near = nearest(name, names.names);
                complain(text_, fmt::format("no figure or parameter is called \"{}\"{}", name,
                                            near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
            }
            uses_.push_back(static_cast<std::size_t>(known - names.names.begin()));
        }
        static_cast<void>(parser_->parser.Eval());
    }
    catch (mu::Parser::exception_type const& error) {
        complain(text_, "is no expression: " + error.GetMsg());
    }
    is_date_ = uses_.size() == 1 && names.is_date[uses_.front()] && expression == names.names[uses_.front()];
}

Measure::Measure(Measure&&) noexcept = default;
Measure& Measure::operator=(Measure&&) noexcept = default;
Measure::~Measure() = default;

double Measure::of_run(std::span<double const> values) const
{
    AIDC_EXPECT(values.size() == parser_->values.size());
    for (auto const i : uses_) {
        parser_->values[i] = date_[i] && std::isnan(values[i]) ? infinite : values[i];
    }
    return parser_->parser.Eval();
}

double Measure::of_runs(std::vector<double> values) const
{
    bool const is_missing = values.empty() || std::ranges::any_of(values, [](double value) { return std::isnan(value); });
    if (is_missing) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    std::ranges::sort(values);
    switch (statistic_) {
    case Statistic::quantile:
        return quantile_of(values, p_);
    case Statistic::least:
        return values.front();
    case Statistic::most:
        return values.back();
    case Statistic::deviation:
        return deviation_of(values);
    case Statistic::mean:
        break;
    }
    return std::isinf(values.back()) ? values.back() : mean_of(values);
}

double Condition::missed(double value) const
{
    double const by = at_most ? value - bound : bound - value;
    return std::isnan(value) ? infinite : std::max(0.0, by);
}

Condition parse_condition(std::string const& text, MeasureNames const& names)
{
    auto const at = std::min(text.find("<="), text.find(">="));
    if (at == std::string::npos) {
        complain(text, "has not the form MEASURE <= BOUND or MEASURE >= BOUND, e.g. P80: date_x <= 2027-06-30");
    }
    Condition condition{.measure = Measure(text.substr(0, at), names), .at_most = text[at] == '<'};
    auto const bound = trimmed(text.substr(at + 2));
    auto const* const end = bound.data() + bound.size();
    if (auto const day = parse_day(bound); day && condition.measure.is_date()) {
        auto const start = parse_day(names.start).value();
        condition.bound = static_cast<double>(*day - start + (condition.at_most ? 1 : 0)) * day_s;
    }
    else if (auto const [stop, error] = std::from_chars(bound.data(), end, condition.bound); error != std::errc() || stop != end) {
        complain(text, fmt::format("needs a number{} behind the sign, not \"{}\"", condition.measure.is_date() ? " or a day" : "", bound));
    }
    return condition;
}

} // namespace aidc
