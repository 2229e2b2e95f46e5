#include "sim/scenario/price_csv.hpp"

#include "models/base/tick.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace aidc {
namespace {

/// A moment as written: by its own clock, and how far that is ahead of UTC.
struct Moment {
    double local_s{}; ///< Since 1970-01-01 00:00 of its clock
    std::optional<double> ahead_s;
};

/// Two digits at a place; nothing when they are none or above `high`.
std::optional<double> two_digits(std::string_view text, std::size_t at, double high)
{
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() < at + 2 || !is_digit(text[at]) || !is_digit(text[at + 1])) {
        return {};
    }
    double const value = 10.0 * (text[at] - '0') + (text[at + 1] - '0');
    return value <= high ? std::optional(value) : std::nullopt;
}

/// Seconds of "HH:MM", at a place.
std::optional<double> clock_s(std::string_view text, std::size_t at)
{
    auto const hours = two_digits(text, at, 23.0);
    auto const minutes = two_digits(text, at + 3, 59.0);
    bool const has_form = hours && minutes && text[at + 2] == ':';
    return has_form ? std::optional(*hours * hour_s + *minutes * 60.0) : std::nullopt;
}

std::optional<Moment> moment_of(std::string_view text)
{
    constexpr std::size_t date_length = 10;
    constexpr std::size_t clock_end = date_length + 6;
    auto const day = parse_day(std::string(text.substr(0, std::min(text.size(), date_length))));
    auto const clock = clock_s(text, date_length + 1);
    if (!day || !clock || (text[date_length] != ' ' && text[date_length] != 'T')) {
        return {};
    }
    Moment moment{.local_s = static_cast<double>(*day) * day_s + *clock, .ahead_s = {}};
    text.remove_prefix(clock_end);
    if (text.starts_with(':')) {
        auto const seconds = two_digits(text, 1, 59.0);
        if (!seconds) {
            return {};
        }
        moment.local_s += *seconds;
        text.remove_prefix(3);
    }
    if (text == "Z") {
        moment.ahead_s = 0.0;
    }
    else if (text.size() == 6 && (text[0] == '+' || text[0] == '-') && clock_s(text, 1)) {
        moment.ahead_s = (text[0] == '-' ? -1.0 : 1.0) * *clock_s(text, 1);
    }
    else if (!text.empty()) {
        return {};
    }
    return moment;
}

/// Reads one table and keeps what is wrong with it.
class PriceReader {
  public:
    PriceReader(std::filesystem::path const& path, std::string const& time, std::string const& column)
        : text_(read_text(path)), lines_(lines_of(text_)), problems_(path), time_name_(time), column_name_(column)
    {
    }

    PriceTable read()
    {
        std::size_t line = 0;
        while (line < lines_.size() && lines_[line].starts_with('#')) {
            ++line;
        }
        read_names(line);
        problems_.throw_if_any();
        for (++line; line < lines_.size(); ++line) {
            read_row(line + 1, fields_of(lines_[line]));
        }
        if (table_.per_MWh.size() < 2) {
            problems_.add(0, "has fewer than two rows of prices");
        }
        problems_.throw_if_any();
        return table_;
    }

  private:
    void read_names(std::size_t line)
    {
        if (line >= lines_.size()) {
            problems_.add(0, "has no line that names its columns");
            return;
        }
        auto const names = fields_of(lines_[line]);
        fields_ = names.size();
        auto const find = [&](std::string const& wanted) {
            auto const found = std::ranges::find(names, std::string_view(wanted));
            if (found == names.end()) {
                problems_.add(line + 1, fmt::format("has no column \"{}\"; there are {}", wanted, fmt::join(names, ", ")));
            }
            return static_cast<std::size_t>(found - names.begin());
        };
        time_ = find(time_name_);
        price_ = find(column_name_);
    }

    void read_row(std::size_t line, std::vector<std::string_view> const& fields)
    {
        if (fields.size() != fields_) {
            problems_.add(line, fmt::format("has {} fields and the names are {}", fields.size(), fields_));
            return;
        }
        auto const moment = moment_of(fields[time_]);
        auto const price = number_in(fields[price_]);
        if (!moment) {
            problems_.add(line, fmt::format("has \"{}\" as time, not of the form 2021-02-15 01:00", fields[time_]));
        }
        if (!price) {
            problems_.add(line, fmt::format("has \"{}\" as price, which is not a number; mend or fill it", fields[price_]));
        }
        if (moment) {
            check_time(line, *moment);
        }
        after_bad_time_ = !moment;
        table_.per_MWh.push_back(price.value_or(0.0));
    }

    void check_time(std::size_t line, Moment const& moment)
    {
        if (!last_s_) {
            ahead_s_ = moment.ahead_s;
            table_.first_s = moment.local_s;
            last_s_ = moment.local_s;
            return;
        }
        if (moment.ahead_s.has_value() != ahead_s_.has_value()) {
            problems_.add(line, "and the first row do not both carry an offset from UTC");
            return;
        }
        double const now_s = moment.local_s - moment.ahead_s.value_or(0.0) + ahead_s_.value_or(0.0);
        double const step_s = now_s - *last_s_;
        if (step_s <= 0.0) {
            problems_.add(line, fmt::format("comes {:g} s before the row before it or at its time; times must rise", -step_s));
        }
        else if (table_.step_s == 0.0) {
            table_.step_s = step_s;
        }
        else if (step_s != table_.step_s && !after_bad_time_) {
            problems_.add(line, fmt::format("comes {:g} s after the row before and the first step is {:g} s; fill what is missing", step_s,
                                            table_.step_s));
        }
        last_s_ = now_s;
    }

    std::string text_;
    std::vector<std::string_view> lines_;
    FileProblems problems_;
    std::string const& time_name_;
    std::string const& column_name_;
    std::size_t fields_{}, time_{}, price_{}; ///< How many; where
    std::optional<double> last_s_{}, ahead_s_{};
    bool after_bad_time_ = false;
    PriceTable table_{};
};

} // namespace

PriceTable read_price(std::filesystem::path const& path, std::string const& time, std::string const& column)
{
    return PriceReader(path, time, column).read();
}

} // namespace aidc
