#include "sim/search/space.hpp"

#include "models/base/error.hpp"
#include "sim/sweep/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace aidc {
namespace {

constexpr std::size_t range_steps = 100; ///< Of a range that does not say how many

/// The problems of a text that sweeps call --vary, in the word of a search.
std::vector<Problem> as_lever(std::vector<Problem> problems)
{
    for (auto& problem : problems) {
        problem.where = problem.where == "--vary" ? "--lever" : problem.where;
    }
    return problems;
}

/// A list with the values of a range.
Parameter listed(Parameter lever)
{
    if (lever.is_range()) {
        for (std::size_t k = 0; k <= range_steps; ++k) {
            auto value = value_at(lever, static_cast<double>(k) / static_cast<double>(range_steps));
            if (lever.values.empty() || lever.values.back() != value) { // a short range of days repeats
                lever.values.push_back(std::move(value));
            }
        }
        lever.kind = Parameter::Kind::values;
    }
    return lever;
}

/// Checks names and places as a sweep does.
void check_together(std::vector<std::string> const& texts)
{
    try {
        // list and grid ask more than a search needs; a sampling asks for names, places and values alone
        static_cast<void>(make_points({.vary = texts, .sampling = Sampling::random, .points = 1}));
    }
    catch (InputErrors const& errors) {
        throw InputErrors(as_lever(errors.problems()));
    }
}

} // namespace

SearchSpace::SearchSpace(std::vector<std::string> const& texts)
{
    if (texts.empty()) {
        throw InputErrors({{"--lever", "", "is missing: a search needs something to change, e.g. --lever teams:/crews/0/teams=4:12:9"}});
    }
    check_together(texts);
    for (auto const& text : texts) {
        levers_.push_back(listed(parse_vary(text)));
        auto const& lever = levers_.back();
        if (lever.values.size() < 2) {
            throw InputErrors({{"--lever", lever.pointers.front(), "has one value only; set it with --set, or give it more values"}});
        }
        auto& numbers = numbers_.emplace_back();
        for (auto const& value : lever.values) {
            numbers.push_back(number_of(lever, value));
        }
    }
}

double SearchSpace::plans() const
{
    double plans = 1.0;
    for (auto const& lever : levers_) {
        plans *= static_cast<double>(lever.values.size());
    }
    return plans;
}

Steps SearchSpace::at(std::span<double const> unit) const
{
    AIDC_EXPECT(unit.size() == size());
    Steps plan;
    for (std::size_t j = 0; j < size(); ++j) {
        double const place = std::clamp(unit[j], 0.0, 1.0) * static_cast<double>(count(j));
        plan.push_back(std::min(count(j) - 1, static_cast<std::uint32_t>(place)));
    }
    return plan;
}

std::vector<double> SearchSpace::unit(Steps const& plan) const
{
    std::vector<double> unit;
    for (std::size_t j = 0; j < size(); ++j) {
        unit.push_back((static_cast<double>(plan[j]) + 0.5) / static_cast<double>(count(j)));
    }
    return unit;
}

Steps SearchSpace::random(std::mt19937_64& bits) const
{
    Steps plan;
    for (std::size_t j = 0; j < size(); ++j) {
        plan.push_back(static_cast<std::uint32_t>(bits() % count(j))); // the standard's distributions differ between libraries
    }
    return plan;
}

std::uint32_t SearchSpace::nearest(std::size_t j, std::string const& value) const
{
    auto const& lever = levers_[j];
    auto const same = std::ranges::find(lever.values, value);
    if (same != lever.values.end()) {
        return static_cast<std::uint32_t>(same - lever.values.begin());
    }
    Parameter const alone{.name = lever.name, .pointers = lever.pointers}; // without a list, a text has no number
    bool const has_number =
        !value.empty()
        && (value.front() == '"' ? number_of(alone, value) > 0.0 : value.find_first_not_of("-+.eE0123456789") == std::string::npos);
    if (!has_number) {
        return count(j) / 2;
    }
    double const number = number_of(alone, value);
    auto const& numbers = numbers_[j];
    auto const near =
        std::ranges::min_element(numbers, [number](double a, double b) { return std::abs(a - number) < std::abs(b - number); });
    return static_cast<std::uint32_t>(near - numbers.begin());
}

bool SearchSpace::next(Steps& plan) const
{
    for (std::size_t j = size(); j-- > 0;) {
        if (++plan[j] < count(j)) {
            return true;
        }
        plan[j] = 0;
    }
    return false;
}

std::string words_of(SearchSpace const& space, Steps const& plan)
{
    std::string words;
    for (std::size_t j = 0; j < space.size(); ++j) {
        words += fmt::format("{}{}={}", j > 0 ? ", " : "", space.lever(j).name, space.value(plan, j));
    }
    return words;
}

} // namespace aidc
