#include "sim/scenario/price_csv.hpp"

#include "models/base/tick.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/log_rows.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace aidc {
namespace {

/// Since 1970-01-01 00:00 of its own clock [s].
double local_s(ClockMoment const& moment) { return static_cast<double>(moment.minute.day) * day_s + moment.minute.time_s + moment.seconds; }

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
        auto const moment = clock_moment_in(fields[time_]);
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

    void check_time(std::size_t line, ClockMoment const& moment)
    {
        if (!last_s_) {
            ahead_s_ = moment.ahead_s;
            table_.first_s = local_s(moment);
            last_s_ = local_s(moment);
            return;
        }
        if (moment.ahead_s.has_value() != ahead_s_.has_value()) {
            problems_.add(line, "and the first row do not both carry an offset from UTC");
            return;
        }
        double const now_s = local_s(moment) - moment.ahead_s.value_or(0.0) + ahead_s_.value_or(0.0);
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
