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
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

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

/// Parts of "[STATISTIC:] EXPRESSION". A colon behind anything but a word belongs to the expression: x > 3 ? 1 : 0.
struct MeasureParts {
    std::optional<std::string> statistic;
    std::string expression;
};

MeasureParts parts_of(std::string const& text)
{
    auto const colon = text.find(':');
    auto const word = trimmed(text.substr(0, colon));
    bool const is_word = std::ranges::all_of(word, [](unsigned char c) { return std::isalnum(c) != 0; });
    if (colon == std::string::npos || !is_word) {
        return {.statistic = {}, .expression = text};
    }
    return {.statistic = word, .expression = trimmed(text.substr(colon + 1))};
}

/// muParser would write to a variable: "a = 3".
bool assigns(std::string const& expression)
{
    constexpr std::string_view pairs = "=<>!";
    for (std::size_t i = 0; i < expression.size(); ++i) {
        bool const follows = i > 0 && pairs.find(expression[i - 1]) != std::string_view::npos;
        if (expression[i] == '=' && !follows && (i + 1 == expression.size() || expression[i + 1] != '=')) {
            return true;
        }
    }
    return false;
}

} // namespace

/// The expression and the numbers it reads.
struct Measure::Parser {
    mu::Parser parser;
    std::vector<double> values; ///< Of the names it uses; the parser holds their addresses
    bool is_name = false;       ///< A name alone, also one that muParser cannot take: the parser is empty
};

Measure::Measure(std::string const& text, MeasureNames const& names) : text_(trimmed(text)), parser_(std::make_unique<Parser>())
{
    auto const [statistic, expression] = parts_of(text_);
    if (statistic) {
        auto const word = parse_statistic(*statistic, text_);
        statistic_ = word.statistic;
        p_ = word.p;
    }
    if (auto const known = std::ranges::find(names.names, expression); known != names.names.end()) {
        uses_ = {static_cast<std::size_t>(known - names.names.begin())};
        parser_->is_name = true;
        is_date_ = names.is_date[uses_.front()] && statistic_ != Statistic::deviation;
    }
    else {
        parse(expression, names);
    }
    for (auto const i : uses_) {
        date_.push_back(names.is_date[i]);
    }
    names_ = names.names.size();
}

void Measure::parse(std::string const& expression, MeasureNames const& names)
{
    if (assigns(expression)) {
        complain(text_, "is no expression: a single = sets nothing here; compare with ==");
    }
    try {
        parser_->parser.SetExpr(expression);
        auto const used = parser_->parser.GetUsedVar();
        parser_->values.assign(used.size(), 0.0);
        for (auto const& [name, value] : used) {
            auto const known = std::ranges::find(names.names, name);
            if (known == names.names.end()) {
                auto const near = nearest(name, names.names);
                complain(text_, fmt::format("no figure or parameter is called \"{}\"{}", name,
                                            near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
            }
            parser_->parser.DefineVar(name, &parser_->values[uses_.size()]);
            uses_.push_back(static_cast<std::size_t>(known - names.names.begin()));
        }
        int results = 0;
        static_cast<void>(parser_->parser.Eval(results));
        if (results != 1) {
            complain(text_, "is no expression: it has several, parted by commas; ask for one at a time");
        }
    }
    catch (mu::Parser::exception_type const& error) {
        complain(text_, "is no expression: " + error.GetMsg());
    }
}

Measure::Measure(Measure&&) noexcept = default;
Measure& Measure::operator=(Measure&&) noexcept = default;
Measure::~Measure() = default;

bool Measure::is_name() const { return parser_->is_name; }

double Measure::of_run(std::span<double const> values) const
{
    AIDC_EXPECT(values.size() == names_);
    auto const value_of = [&](std::size_t k) { return date_[k] && std::isnan(values[uses_[k]]) ? infinite : values[uses_[k]]; };
    if (parser_->is_name) {
        return value_of(0);
    }
    for (std::size_t k = 0; k < uses_.size(); ++k) {
        parser_->values[k] = value_of(k);
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
    bool const is_finite = std::isfinite(values.front()) && std::isfinite(values.back());
    return is_finite ? mean_of(values) : values.front() + values.back(); // one of them is the infinity; NaN of both kinds
}

double Condition::missed(double value) const
{
    double const by = at_most ? value - bound : bound - value;
    return std::isnan(value) ? infinite : std::max(0.0, by);
}

Condition parse_condition(std::string const& text, MeasureNames const& names)
{
    auto const place = [&text](char const* sign) { return text.rfind(sign) == std::string::npos ? 0 : text.rfind(sign); };
    auto const at = std::max(place("<="), place(">=")); // the last one: an expression may hold comparisons
    if (at == 0) {
        complain(text, "has not the form MEASURE <= BOUND or MEASURE >= BOUND, e.g. P80: date_x <= 2027-06-30");
    }
    Condition condition{.measure = Measure(text.substr(0, at), names), .at_most = text[at] == '<'};
    auto const bound = trimmed(text.substr(at + 2));
    auto const* const end = bound.data() + bound.size();
    if (condition.measure.is_date()) {
        auto const day = parse_day(bound);
        if (!day) {
            complain(text, fmt::format("needs a day such as 2027-06-30 behind the sign, not \"{}\"", bound));
        }
        auto const first = *day - parse_day(names.start).value();
        condition.bound = condition.at_most ? seconds((first + 1) * day_ticks - 1) : seconds(first * day_ticks);
    }
    else if (auto const [stop, error] = std::from_chars(bound.data(), end, condition.bound);
             error != std::errc() || stop != end || !std::isfinite(condition.bound)) {
        complain(text, fmt::format("needs a number behind the sign, not \"{}\"", bound));
    }
    return condition;
}

} // namespace aidc
