#pragma once
/// \file
/// What a sweep says: DIR/analysis.h5 and the page of `aidcsim sweep analyze` are two views of an Analysis.

#include "sim/analyze/best.hpp"
#include "sim/analyze/outputs.hpp"
#include "sim/analyze/study.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// What a user asks about a sweep.
struct AnalyzeRequest {
    std::vector<std::string> of; ///< Measures; empty: the usual ones
    std::optional<std::string> objective;
    bool minimize = true;           ///< Else: the greatest is best
    std::vector<std::string> where; ///< Conditions
    bool quiet = false;             ///< No progress
};

/// One measure of a sweep and what is said about it.
struct AnalyzedOutput {
    std::string text;         ///< As it was asked for
    std::string name;         ///< As a dataset bears it; of all outputs different
    std::string units, words; ///< Empty: an expression
    bool is_date = false;
    bool of_points = false;     ///< A statistic other than the mean was asked for: quantiles and responses are over points, not runs
    std::vector<double> by_run; ///< NaN: none, infinite: not reached
    std::vector<double> by_point;
    OutputStudy study;
};

/// A condition and how its measure does.
struct AnalyzedCondition {
    AnalyzedOutput output; ///< Without a study
    bool at_most = true;
    double bound{};
};

/// All that is said about a sweep.
struct Analysis {
    std::vector<AnalyzedOutput> outputs;
    std::optional<std::size_t> objective; ///< Among the outputs
    bool minimize = true;
    std::vector<AnalyzedCondition> conditions;
    std::optional<Ranking> ranking; ///< With an objective or a condition
    std::size_t missing{}, failed{};
    std::vector<std::size_t> runs_there; ///< By point
    std::vector<std::string> complaints; ///< Of damaged blocks

    bool complete() const { return missing == 0 && failed == 0; }
};

/// Reads a sweep and studies it. \throws InputErrors  with every unknown name, or when no run is there
Analysis analyze(Sweep const& sweep, AnalyzeRequest const& request);

/// Writes everything to a file. \throws h5::Error
void write_analysis(std::filesystem::path const& path, Sweep const& sweep, Analysis const& analysis);

} // namespace aidc
