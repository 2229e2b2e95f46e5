#pragma once
/// \file
/// The folder of a search: what is sought, and from what.
///
///     DIR/search.json          the request, the program and the inputs; `evaluations` may be raised later
///     DIR/inputs/...           scenario, catalogues and data files as they were at the start
///     DIR/evaluations.jsonl    one line a plan that was simulated; a search goes on from here
///     DIR/search.h5            the same as tables, with the best plan; written at the end

#include "sim/search/space.hpp"
#include "sim/search/spec.hpp"
#include "sim/sweep/inputs.hpp"
#include "sim/sweep/layout.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// A search that was checked.
struct SearchRecord {
    std::string format = "aidcsim-search-plan";
    std::uint32_t version = 1;
    std::string program; ///< Only the same may go on
    SearchSpec search;   ///< As asked for; `scenario` is relative to inputs/
    std::vector<CopiedInput> inputs;
    std::vector<std::string> as_written; ///< By lever: its value in the scenario, JSON text; "unknown" when it is not written there
    Layout layout;                       ///< Figures that expressions may name
};

template <class V> void describe(V& v, SearchRecord& x)
{
    v.text({"format", Need::required, "\"aidcsim-search-plan\""}, x.format);
    v.count({"version", Need::required, "Version of the format: 1"}, x.version, 1);
    v.text({"program", Need::required, "Program that began it"}, x.program);
    v.object({"search", Need::required, "What is sought"}, x.search);
    v.list({"inputs", Need::required, "Files that plans are made from"}, x.inputs);
    v.texts({"as_written", Need::required, "By lever: its value in the scenario"}, x.as_written);
    v.object({"layout", Need::required, "Figures that expressions may name"}, x.layout);
}

inline constexpr char const* unknown_value = "unknown"; ///< No JSON, so no value

/// A search that can begin: request, levers and expressions are checked.
struct PlannedSearch {
    SearchRecord record;
    PlacedInputs inputs;
    std::vector<std::string> invalid; ///< Values of levers that alone make no valid scenario, with the reason
};

/// Checks a request: the levers, the expressions, the scenario as written, and each lever alone at its ends (of texts: at every value).
/// \throws InputErrors  when something is wrong, or none of these plans is a valid scenario
PlannedSearch plan_search(SearchSpec const& spec);

/// The folder of a search, opened.
struct SearchFolder {
    std::filesystem::path folder;
    SearchRecord record;

    std::filesystem::path scenario() const { return folder / "inputs" / record.search.scenario; }
    std::filesystem::path journal() const { return folder / "evaluations.jsonl"; }
};

/// Makes the folder, or opens it when it holds the same search; the number of evaluations may differ and is kept.
/// \throws InputErrors  when it holds anything else, or cannot be written
SearchFolder make_folder(PlannedSearch const& planned, std::filesystem::path const& folder);

/// Opens the folder of a search. \throws InputErrors  when it is none, its files were changed, or another program began it
SearchFolder open_folder(std::filesystem::path const& folder);

/// Notes another number of evaluations. \throws InputErrors  when it cannot be written
void set_evaluations(SearchFolder& search, std::uint32_t evaluations);

/// Is there a search in the folder?
bool is_search_folder(std::filesystem::path const& folder);

/// Where a search starts: the scenario as written, each lever at the nearest of its values.
Steps start_of(SearchRecord const& record, SearchSpace const& space);

} // namespace aidc
