#pragma once
/// \file
/// Searches over functions instead of simulations.

#include "sim/search/check.hpp"
#include "sim/search/journal.hpp"
#include "sim/search/method.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace aidc::test {

/// Objective, then one number a constraint.
using Numbers = std::vector<double>;

/// A search over a function of lever values.
struct FunctionSearch {
    SearchSpace space;
    Goal goal;
    std::function<Numbers(std::vector<double> const&, Replicates)> function;
    std::size_t evaluated = 0;
    std::size_t stop_after = std::numeric_limits<std::size_t>::max(); ///< New evaluations, then as if a signal had come

    std::vector<double> values_of(Steps const& plan) const
    {
        std::vector<double> values;
        for (std::size_t j = 0; j < plan.size(); ++j) {
            values.push_back(space.number(plan, j));
        }
        return values;
    }

    std::optional<Evaluation> evaluate(Steps const& plan, Replicates replicates)
    {
        if (evaluated == stop_after) {
            return {};
        }
        ++evaluated;
        Evaluation e{.plan = plan, .replicates = replicates, .objective = {}, .constraints = {}, .error = {}};
        auto const numbers = function(values_of(plan), replicates);
        e.objective.value = numbers.front();
        for (std::size_t c = 1; c < numbers.size(); ++c) {
            e.constraints.push_back({.value = numbers[c]});
        }
        return e;
    }

    Search search(Replicates replicates = {.first = 0, .count = 10}, Journal* journal = nullptr)
    {
        SearchCalls calls{.evaluate = [this](Steps const& plan, Replicates r) { return evaluate(plan, r); }, .note = {}};
        if (journal != nullptr) {
            calls.note = [journal](Evaluation const& e) { journal->append(e); };
        }
        return {space, goal, std::move(calls), replicates, journal == nullptr ? std::vector<Evaluation>{} : journal->known()};
    }

    Steps middle() const
    {
        Steps plan;
        for (std::size_t j = 0; j < space.size(); ++j) {
            plan.push_back(space.count(j) / 2);
        }
        return plan;
    }
};

/// A normal number of a replicate, by Box and Muller.
inline double normal(std::uint32_t replicate)
{
    std::mt19937_64 bits(replicate + 1);
    auto const uniform = [&bits] { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; };
    double const radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

/// A folder that is gone at the end.
struct TemporaryFolder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("aidcsim_search_" + std::to_string(getpid()));

    TemporaryFolder()
    {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
};

inline std::string text_of(std::filesystem::path const& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

inline void write(std::filesystem::path const& path, std::string const& text) { std::ofstream(path, std::ios::binary) << text; }

} // namespace aidc::test
