#include "sim/scenario/reader.hpp"

#include "models/base/units.hpp"
#include "sim/scenario/duration_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace aidc {
namespace {

std::string kind_of(Json const& node)
{
    switch (node.type()) {
    case Json::value_t::object:
        return "an object";
    case Json::value_t::array:
        return "a list";
    case Json::value_t::string:
        return fmt::format("the text {}", node.dump());
    case Json::value_t::boolean:
        return node.dump();
    case Json::value_t::null:
        return "null";
    default:
        return fmt::format("the number {}", node.dump());
    }
}

std::string text_of(Range range)
{
    bool const low = std::isfinite(range.low);
    bool const high = std::isfinite(range.high);
    if (low && high) {
        return fmt::format("{} {} and at most {:g}", range.low_excluded ? "above" : "at least", fmt::format("{:g}", range.low), range.high);
    }
    return low ? fmt::format("{} {:g}", range.low_excluded ? "above" : "at least", range.low) : fmt::format("at most {:g}", range.high);
}

} // namespace

Reader::Reader(Document const& document, Json const& node, std::string pointer, std::vector<Problem>& problems)
    : document_(document), node_(node), pointer_(std::move(pointer)), problems_(problems), is_object_(node.is_object())
{
    if (!is_object_) {
        problems_.push_back({document_.where(pointer_), pointer_, "needs an object { ... }, not " + kind_of(node_)});
    }
}

void Reader::problem(std::string_view key, std::string message)
{
    auto pointer = key.empty() ? pointer_ : pointer_ + "/" + pointer_step(key);
    auto where = document_.where(pointer);
    problems_.push_back({std::move(where), std::move(pointer), std::move(message)});
}

Json const* Reader::find(Field const& field)
{
    asked_.emplace_back(field.name);
    auto const at = node_.find(field.name);
    if (at != node_.end()) {
        return &*at;
    }
    if (field.need == Need::required) {
        problem(field.name, fmt::format("missing ({}); add it", field.text));
    }
    return nullptr;
}

Json const* Reader::find_array(Field const& field)
{
    auto const* const node = find(field);
    if (node != nullptr && !node->is_array()) {
        problem(field.name, fmt::format("needs a list [ ... ], not {}", kind_of(*node)));
        return nullptr;
    }
    return node;
}

std::pair<Json const*, double> Reader::find_quantity(Field const& field, std::string_view si, std::string& key)
{
    std::vector<std::string> accepted;
    std::vector<std::pair<Json const*, double>> found;
    for (auto const& unit : units) {
        if (unit.si == si) {
            accepted.push_back(fmt::format("{}_{}", field.name, unit.suffix));
            if (auto const at = node_.find(accepted.back()); at != node_.end()) {
                found.emplace_back(&*at, unit.factor);
                key = accepted.back();
            }
        }
    }
    asked_.insert(asked_.end(), accepted.begin(), accepted.end());
    if (found.size() > 1) {
        problem(key, fmt::format("given in {} units at once (only one can be meant); keep one of {}", found.size(), fmt::join(accepted, ", ")));
        return {nullptr, 0.0};
    }
    if (found.empty()) {
        if (field.need == Need::required) {
            problem(field.name, fmt::format("missing ({}); add one of {}: the key carries the unit", field.text, fmt::join(accepted, ", ")));
        }
        return {nullptr, 0.0};
    }
    return found.front();
}

bool Reader::get_number(Json const& node, std::string const& key, double& value)
{
    if (!node.is_number()) {
        problem(key, fmt::format("needs a number, not {}", kind_of(node)));
        return false;
    }
    value = node.get<double>();
    if (!std::isfinite(value)) {
        problem(key, "needs a finite number");
        return false;
    }
    return true;
}

void Reader::text(Field const& field, std::string& value)
{
    auto const* const node = find(field);
    if (node == nullptr) {
        return;
    }
    if (!node->is_string() || node->get_ref<std::string const&>().empty()) {
        problem(field.name, fmt::format("needs a text that is not empty, not {}", kind_of(*node)));
        return;
    }
    value = node->get<std::string>();
}

void Reader::number(Field const& field, double& value, Range range)
{
    double read{};
    auto const* const node = find(field);
    if (node == nullptr || !get_number(*node, std::string(field.name), read)) {
        return;
    }
    if (!range.holds(read)) {
        problem(field.name, fmt::format("is {:g} and must be {} ({})", read, text_of(range), field.text));
        return;
    }
    value = read;
}

void Reader::count(Field const& field, std::uint32_t& value, std::uint32_t low)
{
    double read{};
    auto const* const node = find(field);
    if (node == nullptr || !get_number(*node, std::string(field.name), read)) {
        return;
    }
    if (read < low || read > 4e9 || read != std::floor(read)) {
        problem(field.name, fmt::format("is {:g} and must be a whole number, at least {} ({})", read, low, field.text));
        return;
    }
    value = static_cast<std::uint32_t>(read);
}

void Reader::flag(Field const& field, bool& value)
{
    auto const* const node = find(field);
    if (node == nullptr) {
        return;
    }
    if (!node->is_boolean()) {
        problem(field.name, fmt::format("needs true or false, not {}", kind_of(*node)));
        return;
    }
    value = node->get<bool>();
}

void Reader::quantity(Field const& field, std::string_view si, double& value, Range range)
{
    std::string key;
    double read{};
    auto const [node, factor] = find_quantity(field, si, key);
    if (node == nullptr || !get_number(*node, key, read)) {
        return;
    }
    if (!range.holds(read * factor)) {
        problem(key, fmt::format("is {:g} and must be {} in {} ({})", read, text_of(range), si, field.text));
        return;
    }
    value = read * factor;
}

void Reader::duration(Field const& field, DurationText& value)
{
    std::string key;
    auto const [node, factor] = find_quantity(field, "s", key);
    if (node == nullptr) {
        return;
    }
    if (node->is_object()) {
        DistributionText text;
        read_object(*node, pointer_ + "/" + key, text);
        auto const fault = to_duration(text, factor, value);
        if (!fault.empty()) {
            problem(key, fault);
        }
        return;
    }
    double read{};
    if (!get_number(*node, key, read)) {
        return;
    }
    if (read < 0.0) {
        problem(key, fmt::format("is {:g} and a duration is at least 0 ({})", read, field.text));
        return;
    }
    value = {.duration = Duration::fixed(read * factor), .factor = {}};
}

void Reader::date(Field const& field, Date& value)
{
    std::string word;
    text(field, word);
    if (word.empty()) {
        return;
    }
    if (auto const day = parse_day(word)) {
        value.day = *day;
        return;
    }
    problem(field.name, fmt::format("\"{}\" is no date; write \"YYYY-MM-DD\"", word));
}

void Reader::maybe_duration(Field const& field, std::optional<DurationText>& value)
{
    DurationText const unset{.duration = Duration::fixed(-1.0), .factor = {}};
    DurationText read = unset;
    duration(field, read);
    if (read != unset) {
        value = read;
    }
}

void Reader::maybe_date(Field const& field, std::optional<Date>& value)
{
    Date read{.day = INT64_MIN};
    date(field, read);
    if (read.day != INT64_MIN) {
        value = read;
    }
}

void Reader::texts(Field const& field, std::vector<std::string>& values)
{
    auto const* const node = find_array(field);
    for (std::size_t i = 0; node != nullptr && i < node->size(); ++i) {
        if ((*node)[i].is_string()) {
            values.push_back((*node)[i].get<std::string>());
        }
        else {
            problem(field.name, fmt::format("needs texts only, not {}", kind_of((*node)[i])));
        }
    }
}

void Reader::numbers(Field const& field, std::string_view si, std::span<double> values, Range range)
{
    std::string key;
    auto const [node, factor] = find_quantity(field, si, key);
    if (node == nullptr) {
        return;
    }
    if (!node->is_array() || node->size() != values.size()) {
        problem(key, fmt::format("needs a list of {} numbers ({})", values.size(), field.text));
        return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        double read{};
        if (get_number((*node)[i], key, read)) {
            values[i] = read * factor;
            if (!range.holds(values[i])) {
                problem(key, fmt::format("number {} is {:g} and must be {} ({})", i + 1, read, text_of(range), field.text));
            }
        }
    }
}

void Reader::done()
{
    for (auto const& [key, value] : node_.items()) {
        if (std::ranges::find(asked_, key) != asked_.end()) {
            continue;
        }
        auto const stem_matches = [&key = key](std::string const& asked) { return asked.starts_with(key + "_"); };
        std::vector<std::string> with_unit;
        std::ranges::copy_if(asked_, std::back_inserter(with_unit), stem_matches);
        if (!with_unit.empty()) {
            problem(key, fmt::format("has no unit (the key carries it); use one of {}", fmt::join(with_unit, ", ")));
            continue;
        }
        auto const near = nearest(key, asked_);
        problem(key, near.empty() ? fmt::format("unknown key (it would be ignored); known here: {}", fmt::join(asked_, ", "))
                                  : fmt::format("unknown key (it would be ignored); did you mean \"{}\"?", near));
    }
}

void Reader::unknown_word(std::string_view key, std::string const& word, std::span<std::string_view const> known)
{
    problem(key, fmt::format("\"{}\" is not one of {}", word, fmt::join(known, ", ")));
}

std::optional<std::int64_t> parse_day(std::string const& text)
{
    using namespace std::chrono;
    int y = 0;
    unsigned m = 0;
    unsigned d = 0;
    int used = 0;
    if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &y, &m, &d, &used) != 3 || used != 10) {
        return std::nullopt;
    }
    year_month_day const date{year{y}, month{m}, day{d}};
    return date.ok() ? std::optional<std::int64_t>(sys_days{date}.time_since_epoch().count()) : std::nullopt;
}

std::string day_text(std::int64_t day_number)
{
    using namespace std::chrono;
    year_month_day const date{sys_days{days{day_number}}};
    return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

} // namespace aidc
