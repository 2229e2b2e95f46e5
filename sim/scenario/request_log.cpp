#include "sim/scenario/request_log.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/log_rows.hpp"
#include "sim/scenario/weather_rows.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace aidc {
namespace {

constexpr std::array<std::string_view, 3> own_names{"arrival_s", "prompt_tokens", "output_tokens"};
// Source: Azure Public Dataset, AzureLLMInferenceTrace.
constexpr std::array<std::string_view, 3> azure_names{"TIMESTAMP", "ContextTokens", "GeneratedTokens"};

/// Reads one table.
class RequestReader {
  public:
    RequestReader(std::filesystem::path const& path, bool skip_bad_rows)
        : text_(read_text(path)), problems_(path, skip_bad_rows), table_(text_, problems_),
          columns_(table_.needed(table_.find(own_names[0]) ? own_names : azure_names))
    {
    }

    RequestLog read()
    {
        while (table_.next()) {
            if (table_.is_whole()) {
                read_row();
            }
            else {
                problems_.end_row();
            }
        }
        problems_.throw_if_any();
        log_.rows = problems_.rows();
        log_.skipped = problems_.skipped();
        log_.skipped_why = problems_.found();
        if (log_.arrival_s.empty()) {
            auto problems = log_.skipped_why;
            auto message = fmt::format("has no requests: {} rows, {} of them bad; take another log", log_.rows, log_.skipped);
            problems.insert(problems.begin(), problems_.of_file(0, std::move(message)));
            throw InputErrors(std::move(problems));
        }
        return std::move(log_);
    }

  private:
    void read_row()
    {
        auto const time_s = arrival_s();
        auto const prompt = tokens(columns_[1]);
        auto const output = tokens(columns_[2]);
        if (time_s && !log_.arrival_s.empty() && *time_s < log_.arrival_s.back()) {
            problems_.add(fmt::format("arrives {:g} s before a row above (rows stand in order of time); sort the log or mend the row",
                                      log_.arrival_s.back() - *time_s));
        }
        if (problems_.end_row()) {
            log_.arrival_s.push_back(*time_s);
            log_.prompt_tokens.push_back(*prompt);
            log_.output_tokens.push_back(*output);
        }
    }

    /// From the first row that is kept, or from the log's zero.
    std::optional<double> arrival_s()
    {
        auto const field = table_.field(columns_[0]);
        auto const moment = moment_in(field);
        auto const seconds = number_in(field);
        if (!log_.arrival_s.empty() && (first_ ? !moment : !seconds)) {
            problems_.add(fmt::format("has \"{}\" as {}, which is not {} as in the rows above; mend the row or leave it out", field,
                                      table_.names()[columns_[0]],
                                      first_ ? "a date of the form 2023-11-16 18:17:03.98" : "a number of seconds"));
            return {};
        }
        if (moment) {
            first_ = log_.arrival_s.empty() ? moment : first_;
            return seconds_between(*first_, *moment);
        }
        if (!seconds || *seconds < 0.0) {
            problems_.add(
                fmt::format("has \"{}\" as {}, which is neither a date of the form 2023-11-16 18:17:03.98 nor seconds from 0 on; mend "
                            "the row or leave it out",
                            field, table_.names()[columns_[0]]));
            return {};
        }
        first_.reset();
        return seconds;
    }

    std::optional<double> tokens(std::size_t column)
    {
        auto const value = table_.number(column);
        if (value && (*value < 0.0 || *value != std::floor(*value))) {
            problems_.add(fmt::format("has {:g} as {}, and tokens are counted from 0 on; mend the row or leave it out", *value,
                                      table_.names()[column]));
        }
        return value;
    }

    std::string text_;
    RowProblems problems_;
    LogTable table_;
    std::vector<std::size_t> columns_; ///< Time, prompt, output
    std::optional<LogMoment> first_{};
    RequestLog log_{};
};

} // namespace

RequestLog read_request_log(std::filesystem::path const& path, bool skip_bad_rows) { return RequestReader(path, skip_bad_rows).read(); }

} // namespace aidc
