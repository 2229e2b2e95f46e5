#include "sim/scenario/trace_csv.hpp"

#include "models/base/error.hpp"
#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string_view>

namespace aidc {
namespace {

std::vector<std::string_view> split(std::string_view line)
{
    std::vector<std::string_view> fields;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
        line.remove_suffix(1);
    }
    for (std::size_t from = 0; from <= line.size();) {
        auto const to = std::min(line.find(',', from), line.size());
        fields.push_back(line.substr(from, to - from));
        from = to + 1;
    }
    return fields;
}

/// Reads one table and keeps what is wrong with it.
class TraceReader {
  public:
    TraceReader(std::filesystem::path const& path, std::string const& prefix, std::string const& wet_bulb)
        : path_(path), prefix_(prefix), wet_bulb_(wet_bulb)
    {
    }

    TraceTable read()
    {
        std::istringstream text(read_text(path_));
        std::string line;
        std::getline(text, line);
        read_header(line);
        for (number_ = 2; problems_.size() < most_problems && std::getline(text, line); ++number_) {
            if (line.find_first_not_of(" \r") != std::string::npos) {
                read_row(split(line));
            }
        }
        if (problems_.empty() && time_s_.size() < 2) {
            complain("has fewer than two samples");
        }
        if (!problems_.empty()) {
            throw InputErrors(problems_);
        }
        table_.step_s = time_s_[1] - time_s_[0];
        return table_;
    }

  private:
    static constexpr std::size_t most_problems = 20;

    void complain(std::string message) { problems_.push_back({fmt::format("{}:{}", path_.string(), number_), "", std::move(message)}); }

    void read_header(std::string const& line)
    {
        auto const names = split(line);
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == "time") {
                time_ = i;
            }
            else if (names[i] == wet_bulb_ && !wet_bulb_.empty()) {
                wet_ = i;
            }
            else if (names[i].starts_with(prefix_)) {
                heat_.push_back(i);
            }
        }
        table_.columns = heat_.size();
        if (!time_) {
            complain("has no column \"time\" (seconds from the start)");
        }
        if (heat_.empty()) {
            complain(fmt::format("has no column that begins with \"{}\"", prefix_));
        }
        if (!wet_bulb_.empty() && !wet_) {
            complain(fmt::format("has no column \"{}\"", wet_bulb_));
        }
        if (!problems_.empty()) {
            throw InputErrors(problems_);
        }
    }

    std::optional<double> field(std::vector<std::string_view> const& fields, std::size_t index, double least)
    {
        double value{};
        bool const there = index < fields.size();
        auto const text = there ? fields[index] : std::string_view{};
        auto const result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (!there || result.ec != std::errc{} || result.ptr != text.data() + text.size() || !std::isfinite(value)) {
            complain(fmt::format("field {} (\"{}\") is not a number; mend or fill it", index + 1, text));
            return {};
        }
        if (value < least) {
            complain(fmt::format("field {} is {:g} and must be at least {:g}", index + 1, value, least));
            return {};
        }
        return value;
    }

    void read_row(std::vector<std::string_view> const& fields)
    {
        if (auto const time_s = field(fields, *time_, -1e12)) {
            check_time(*time_s);
        }
        for (auto const i : heat_) {
            table_.heat_W.push_back(field(fields, i, 0.0).value_or(0.0));
        }
        if (wet_) {
            constexpr double coldest_C = -60.0;
            constexpr double wettest_C = 45.0; // above every record
            double const wet_bulb_C = field(fields, *wet_, coldest_C).value_or(0.0);
            if (wet_bulb_C > wettest_C) {
                complain(fmt::format("the wet bulb is {:g} C and no place is above {:g} C; check its unit", wet_bulb_C, wettest_C));
            }
            table_.wet_bulb_C.push_back(wet_bulb_C);
        }
    }

    void check_time(double time_s)
    {
        time_s_.push_back(time_s);
        auto const n = time_s_.size();
        if (n == 1 && time_s != 0.0) {
            complain(fmt::format("begins at {:g} s and a trace begins at 0, the start of the run", time_s));
        }
        if (n == 2 && !(time_s_[1] > time_s_[0])) {
            complain(fmt::format("comes at {:g} s after {:g} s; times must rise", time_s_[1], time_s_[0]));
        }
        if (n > 2 && std::abs(time_s_[n - 1] - time_s_[n - 2] - (time_s_[1] - time_s_[0])) > 1e-6 * (time_s_[1] - time_s_[0])) {
            complain(fmt::format("comes {:g} s after the sample before, and the first step is {:g} s; steps must be equal",
                                 time_s_[n - 1] - time_s_[n - 2], time_s_[1] - time_s_[0]));
        }
    }

    std::filesystem::path const& path_;
    std::string const& prefix_;
    std::string const& wet_bulb_;
    std::size_t number_ = 1;
    std::vector<Problem> problems_;
    std::optional<std::size_t> time_, wet_;
    std::vector<std::size_t> heat_;
    std::vector<double> time_s_;
    TraceTable table_;
};

} // namespace

TraceTable read_trace(std::filesystem::path const& path, std::string const& prefix, std::string const& wet_bulb)
{
    return TraceReader(path, prefix, wet_bulb).read();
}

} // namespace aidc
