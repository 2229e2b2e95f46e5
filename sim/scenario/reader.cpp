#include "sim/scenario/reader.hpp"

#include "models/base/units.hpp"
#include "sim/scenario/duration_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>

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
        return fmt::format("{} {:g} and at most {:g}", range.low_excluded ? "above" : "at least", range.low, range.high);
    }
    return low ? fmt::format("{} {:g}", range.low_excluded ? "above" : "at least", range.low) : fmt::format("at most {:g}", range.high);
}

/// The same interval in a unit of `factor` SI.
Range in_unit(Range range, double factor)
{
    return {.low = range.low / factor, .high = range.high / factor, .low_excluded = range.low_excluded};
}

/// Name of a key before its unit; "" when it ends in none.
std::string_view stem_of(std::string_view key)
{
    std::size_t longest = 0;
    for (auto const& unit : units) {
        bool const ends_so =
            key.size() > unit.suffix.size() + 1 && key.ends_with(unit.suffix) && key[key.size() - unit.suffix.size() - 1] == '_';
        longest = ends_so ? std::max(longest, unit.suffix.size()) : longest;
    }
    return longest == 0 ? std::string_view{} : key.substr(0, key.size() - longest - 1);
}

/// Keys of the list that are `stem` with a unit.
std::vector<std::string> with_units(std::span<std::string const> keys, std::string_view stem)
{
    std::vector<std::string> found;
    std::ranges::copy_if(keys, std::back_inserter(found), [stem](std::string const& key) { return stem_of(key) == stem; });
    return found;
}

} // namespace

Reader::Reader(Document const& document, Json const& node, std::string pointer, std::vector<Problem>& problems)
    : document_(document), node_(node), pointer_(std::move(pointer)), problems_(problems), is_object_(node.is_object())
{
    if (!is_object_) {
        problems_.push_back({document_.where(pointer_), pointer_, "needs an object { ... }, not " + kind_of(node_)});
    }
}

void Reader::problem(std::string_view step, std::string message)
{
    auto pointer = step.empty() ? pointer_ : fmt::format("{}/{}", pointer_, step);
    auto where = document_.where(pointer);
    problems_.push_back({std::move(where), std::move(pointer), std::move(message)});
}

void Reader::missing(Field const& field, std::string message) { missing_.push_back({.name = field.name, .message = std::move(message)}); }

Json const* Reader::find(Field const& field)
{
    asked_.emplace_back(field.name);
    auto const at = node_.find(field.name);
    if (at != node_.end()) {
        return &*at;
    }
    if (field.need == Need::required) {
        missing(field, fmt::format("missing ({}); add it", field.text));
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
        problem(key,
                fmt::format("given in {} units at once (only one can be meant); keep one of {}", found.size(), fmt::join(accepted, ", ")));
        return {nullptr, 0.0};
    }
    if (found.empty()) {
        if (field.need == Need::required) {
            missing(field, fmt::format("missing ({}); add one of {}: the key carries the unit", field.text, fmt::join(accepted, ", ")));
        }
        return {nullptr, 0.0};
    }
    return found.front();
}

bool Reader::get_number(Json const& node, std::string const& step, double& value)
{
    if (!node.is_number()) {
        bool const half_sourced = node.is_object() && (node.contains("value") || node.contains("source"));
        problem(step, fmt::format("needs a number, not {}{}", kind_of(node),
                                  half_sourced ? R"(; a sourced value has both "value" and "source")" : ""));
        return false;
    }
    value = node.get<double>();
    constexpr double largest = 1e15; // what is larger overflows somewhere in the models
    if (!(std::abs(value) <= largest)) {
        problem(step, fmt::format("is {:g}, and no quantity is that large; check it", value));
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
    constexpr double highest = 4e9;
    if (read < low || read > highest || read != std::floor(read)) {
        problem(field.name,
                fmt::format("is {:g} and must be a whole number, at least {} and at most {:.0f} ({})", read, low, highest, field.text));
        return;
    }
    value = static_cast<std::uint32_t>(read);
}

void Reader::count_or_auto(Field const& field, std::uint32_t& value, std::uint32_t low)
{
    auto const at = node_.find(field.name);
    if (at == node_.end() || !at->is_string()) {
        count(field, value, low);
        return;
    }
    static_cast<void>(find(field));
    if (at->get_ref<std::string const&>() != "auto") {
        problem(field.name, fmt::format("is \"{}\"; write a whole number or \"auto\"", at->get_ref<std::string const&>()));
        return;
    }
    value = automatic;
}

void Reader::series(Field const& field, std::string_view si, std::vector<double>& values, Range range)
{
    std::string key;
    auto const [node, factor] = find_quantity(field, si, key);
    if (node == nullptr) {
        return;
    }
    if (!node->is_array()) {
        problem(key, fmt::format("needs a list of numbers ({})", field.text));
        return;
    }
    read_series(field, *node, key, values, range, factor);
}

void Reader::series(Field const& field, std::vector<double>& values, Range range)
{
    if (auto const* const node = find_array(field)) {
        read_series(field, *node, std::string(field.name), values, range, 1.0);
    }
}

void Reader::read_series(Field const& field, Json const& node, std::string const& key, std::vector<double>& values, Range range,
                         double factor)
{
    values.assign(node.size(), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        double read{};
        auto const step = fmt::format("{}/{}", key, i);
        if (get_number(node[i], step, read)) {
            values[i] = read * factor;
            if (!range.holds(values[i])) {
                problem(step, fmt::format("is {:g} and must be {} ({})", read, text_of(in_unit(range, factor)), field.text));
            }
        }
    }
}

void Reader::coefficients(Field const& field, std::span<double> values)
{
    auto const* const node = find_array(field);
    if (node == nullptr) {
        return;
    }
    if (node->size() != values.size()) {
        problem(field.name, fmt::format("needs a list of {} numbers ({})", values.size(), field.text));
        return;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        static_cast<void>(get_number((*node)[i], fmt::format("{}/{}", field.name, i), values[i]));
    }
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
        problem(key, fmt::format("is {:g} and must be {} ({})", read, text_of(in_unit(range, factor)), field.text));
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
    if (node->is_object() && !node->contains("source")) {
        DistributionText text;
        auto const before = problems_.size();
        read_object(*node, pointer_ + "/" + key, text);
        auto const fault = problems_.size() == before ? to_duration(text, factor, value) : "";
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
    if (node != nullptr) {
        values.clear();
    }
    for (std::size_t i = 0; node != nullptr && i < node->size(); ++i) {
        if ((*node)[i].is_string()) {
            values.push_back((*node)[i].get<std::string>());
        }
        else {
            problem(fmt::format("{}/{}", field.name, i), fmt::format("needs a text, not {}", kind_of((*node)[i])));
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
        auto const step = fmt::format("{}/{}", key, i);
        if (get_number((*node)[i], step, read)) {
            values[i] = read * factor;
            if (!range.holds(values[i])) {
                problem(step, fmt::format("is {:g} and must be {} ({})", read, text_of(in_unit(range, factor)), field.text));
            }
        }
    }
}

void Reader::done()
{
    for (auto const& [key, value] : node_.items()) {
        if (std::ranges::find(asked_, key) == asked_.end()) {
            unknown_key(key);
        }
    }
    for (auto& [name, message] : missing_) {
        problem(name, std::move(message));
    }
}

void Reader::unknown_key(std::string const& key)
{
    auto candidates = asked_;
    candidates.insert(candidates.end(), {"use", "text"});
    if (pointer_.empty()) {
        candidates.insert(candidates.end(), {"templates", "catalogue"});
    }
    auto const near = nearest(key, candidates);
    auto const stem = with_units(asked_, key).empty() ? std::string(stem_of(near)) : key;
    auto const keys = with_units(asked_, stem);
    std::erase_if(missing_, [&](Missing const& m) { return m.name == near || m.name == stem; });
    if (key == stem && !keys.empty()) {
        problem(pointer_step(key), fmt::format("has no unit (the key carries it); use one of {}", fmt::join(keys, ", ")));
    }
    else if (!keys.empty() && key.starts_with(stem + "_")) {
        problem(pointer_step(key), fmt::format("carries no unit that fits (the key names it); use one of {}", fmt::join(keys, ", ")));
    }
    else if (!near.empty()) {
        problem(pointer_step(key), fmt::format("unknown key (it would be ignored); did you mean \"{}\"?", near));
    }
    else {
        problem(pointer_step(key), fmt::format("unknown key (it would be ignored); known here: {}", fmt::join(asked_, ", ")));
    }
}

void Reader::unknown_word(std::string_view key, std::string const& word, std::span<std::string_view const> known)
{
    problem(key, fmt::format("\"{}\" is not one of {}", word, fmt::join(known, ", ")));
}

std::optional<std::int64_t> parse_day(std::string const& text)
{
    using namespace std::chrono;
    constexpr std::string_view pattern = "0000-00-00";
    auto const fits = [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; };
    if (text.size() != pattern.size() || !std::ranges::equal(text, pattern, fits)) {
        return std::nullopt;
    }
    auto const number = [&text](std::size_t from, std::size_t length) {
        return static_cast<unsigned>(std::stoul(text.substr(from, length)));
    };
    year_month_day const date{year{static_cast<int>(number(0, 4))}, month{number(5, 2)}, day{number(8, 2)}};
    return date.ok() ? std::optional<std::int64_t>(sys_days{date}.time_since_epoch().count()) : std::nullopt;
}

std::string day_text(std::int64_t day_number)
{
    using namespace std::chrono;
    year_month_day const date{sys_days{days{day_number}}};
    return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

} // namespace aidc
