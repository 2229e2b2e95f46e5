#include "sim/sweep/parameter.hpp"

#include "models/base/error.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

namespace aidc {
namespace {

[[noreturn]] void complain(std::string const& text, std::string const& message)
{
    throw InputErrors({{"--vary", text.substr(0, text.find('=')), message}});
}

std::vector<std::string> split(std::string const& text, char at)
{
    std::vector<std::string> parts(1);
    for (char const c : text) {
        if (c == at) {
            parts.emplace_back();
        }
        else {
            parts.back() += c;
        }
    }
    return parts;
}

std::optional<double> parse_number(std::string const& text)
{
    double value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<Json> parse_json(std::string const& text)
{
    auto value = Json::parse(text, nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional(std::move(value));
}

/// "/makers/0/backlog_units" as makers_0_backlog_units.
std::string name_of_pointer(std::string const& pointer)
{
    std::string name;
    for (char const c : pointer.substr(1)) {
        bool const letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        name += letter ? c : '_';
    }
    return name;
}

/// A number without a needless fraction, so that counts stay counts.
std::string number_text(double value) { return fmt::format("{}", value == 0.0 ? 0.0 : value); }

std::string range_value(Parameter const& p, double u)
{
    if (p.kind == Parameter::Kind::days) {
        return "\"" + day_text(static_cast<std::int64_t>(std::lround(p.from + u * (p.to - p.from)))) + "\"";
    }
    if (u >= 1.0) {
        return number_text(p.to);
    }
    return number_text(p.log ? p.from * std::pow(p.to / p.from, u) : p.from + u * (p.to - p.from));
}

/// n values of a range, both ends included.
std::vector<std::string> levels_of(Parameter const& range, std::size_t n)
{
    std::vector<std::string> levels;
    for (std::size_t k = 0; k < n; ++k) {
        levels.push_back(range_value(range, static_cast<double>(k) / static_cast<double>(n - 1)));
    }
    return levels;
}

/// A range "lo:hi[:n][:log]"; nothing when the text is none.
std::optional<Parameter> parse_range(std::string const& whole, std::string const& text, Parameter p)
{
    auto parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 4) {
        return {};
    }
    auto const low = parse_number(parts[0]), high = parse_number(parts[1]);
    auto const first = parse_day(parts[0]), last = parse_day(parts[1]);
    if (!(low && high) && !(first && last)) {
        return {};
    }
    p.kind = low && high ? Parameter::Kind::numbers : Parameter::Kind::days;
    p.from = low && high ? *low : static_cast<double>(*first);
    p.to = low && high ? *high : static_cast<double>(*last);
    if (parts.back() == "log") {
        p.log = true;
        parts.pop_back();
    }
    if (!(p.from < p.to)) {
        complain(whole, "has an empty range (there is nothing between " + parts[0] + " and " + parts[1] + "); write the lower end first");
    }
    if (p.log && (p.kind == Parameter::Kind::days || p.from <= 0.0)) {
        complain(whole, "has no logarithms between its ends; \"log\" needs two numbers above 0");
    }
    if (parts.size() == 4) {
        complain(whole, "has a fourth part that is not \"log\"; the form is lo:hi:n:log");
    }
    if (parts.size() == 3) {
        auto const n = parse_number(parts[2]);
        if (!n || *n < 2.0 || *n > 1e6 || *n != std::floor(*n)) {
            complain(whole, "needs a whole number of values, 2 or more, as its third part: lo:hi:n");
        }
        p.values = levels_of(p, static_cast<std::size_t>(*n));
        p.values.erase(std::unique(p.values.begin(), p.values.end()), p.values.end()); // fewer days than values
        p.kind = Parameter::Kind::values;
    }
    return p;
}

std::vector<std::string> parse_list(std::string const& text)
{
    std::vector<std::string> values;
    if (auto const list = parse_json("[" + text + "]")) {
        for (auto const& value : *list) {
            values.push_back(value.dump());
        }
        return values;
    }
    for (auto const& part : split(text, ',')) {
        values.push_back(part.empty() ? "" : as_json(part));
    }
    return values;
}

/// Has a list other things than numbers, days or flags, or several of these?
bool is_by_place(std::vector<std::string> const& values)
{
    std::set<char> kinds;
    for (auto const& value : values) {
        auto const json = parse_json(value).value_or(Json());
        bool const is_day = json.is_string() && parse_day(json.get<std::string>());
        kinds.insert(json.is_number() ? 'n' : json.is_boolean() ? 'b' : is_day ? 'd' : 't');
    }
    return kinds.size() > 1 || kinds.contains('t');
}

/// Names and places, up to the equals sign.
Parameter parse_places(std::string const& text, std::size_t equals)
{
    auto const slash = text.find('/');
    if (equals == std::string::npos || slash == std::string::npos || slash > equals || (slash > 0 && text[slash - 1] != ':')) {
        complain(text, "\"" + text + "\" has not the form [NAME:]/pointer=VALUES, e.g. /makers/0/backlog_units=1000,2000 or =1000:5000:5");
    }
    Parameter p;
    for (auto const& pointer : split(text.substr(slash, equals - slash), ',')) {
        if (pointer.empty() || pointer.front() != '/') {
            complain(text, "\"" + pointer + "\" is no JSON pointer; pointers begin with / and are parted by commas");
        }
        p.pointers.push_back(pointer);
    }
    p.name = slash > 0 ? text.substr(0, slash - 1) : name_of_pointer(p.pointers.front());
    if (p.name.empty() || name_of_pointer("/" + p.name) != p.name) {
        complain(text, "has the name \"" + p.name + "\"; a name has letters, digits and _ only");
    }
    return p;
}

} // namespace

std::string as_json(std::string const& text)
{
    return parse_json(text) ? text : Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Parameter parse_vary(std::string const& text)
{
    auto const equals = text.find('=');
    auto p = parse_places(text, equals);
    auto const values = text.substr(equals + 1);
    if (values.empty()) {
        complain(text, "has no values; write a list (=1,2,3) or a range (=1:3 or =1:3:5)");
    }
    if (auto range = parse_range(text, values, p)) {
        return *range;
    }
    p.values = parse_list(values);
    for (auto const& value : p.values) {
        if (value.empty()) {
            complain(text, "has an empty value in its list; remove a comma, or write \"\" for an empty text");
        }
    }
    p.by_place = is_by_place(p.values);
    return p;
}

std::string value_at(Parameter const& parameter, double u)
{
    AIDC_EXPECT(u >= 0.0 && u <= 1.0);
    if (parameter.is_range()) {
        return range_value(parameter, u);
    }
    auto const n = parameter.values.size();
    return parameter.values[std::min(n - 1, static_cast<std::size_t>(u * static_cast<double>(n)))];
}

double number_of(Parameter const& parameter, std::string const& value)
{
    auto const json = parse_json(value).value_or(Json());
    if (!parameter.by_place && json.is_number()) {
        return json.get<double>();
    }
    if (!parameter.by_place && json.is_boolean()) {
        return json.get<bool>() ? 1.0 : 0.0;
    }
    if (auto const day = json.is_string() && !parameter.by_place ? parse_day(json.get<std::string>()) : std::nullopt) {
        return static_cast<double>(*day);
    }
    return static_cast<double>(std::ranges::find(parameter.values, value) - parameter.values.begin());
}

std::string repeated_value(Parameter const& parameter)
{
    std::set<std::string> seen;
    for (auto const& value : parameter.values) {
        auto const json = parse_json(value).value_or(Json());
        if (!seen.insert(json.is_number() ? fmt::format("{}", json.get<double>()) : json.dump()).second) {
            return value;
        }
    }
    return "";
}

} // namespace aidc
