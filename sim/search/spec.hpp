#pragma once
/// \file
/// A search for a plan as a user asks for it: on the command line, in a search file, and in the folder of the search.

#include "sim/scenario/field.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// How plans are chosen that are looked at. What each is good for: docs/theory/search.md.
enum class SearchMethod : std::uint8_t {
    chosen, ///< By the program: all plans where there are no more than evaluations; else as `cobyla`
    all,    ///< Every combination of lever values
    isres,  ///< Evolution strategy with stochastic ranking; takes constraints
    cobyla, ///< Linear approximations in a trust region; takes constraints; from several starts
    direct, ///< Division of rectangles
    crs,    ///< Controlled random search
    sbplx   ///< Simplex in subspaces; from several starts
};
inline constexpr std::array<std::pair<std::string_view, SearchMethod>, 7> search_methods{{
    {"auto", SearchMethod::chosen},
    {"all", SearchMethod::all},
    {"isres", SearchMethod::isres},
    {"cobyla", SearchMethod::cobyla},
    {"direct", SearchMethod::direct},
    {"crs", SearchMethod::crs},
    {"sbplx", SearchMethod::sbplx},
}};

inline constexpr std::array<std::pair<std::string_view, bool>, 2> search_details{{{"operate", true}, {"build", false}}};

/// What a user asks of a search.
struct SearchSpec {
    std::string format = "aidcsim-search";
    std::uint32_t version = 1;
    std::string scenario;                ///< File; relative to the folder of the search file
    std::vector<std::string> levers;     ///< As parse_vary() takes them
    std::vector<std::string> set;        ///< Of all plans, "/pointer=value"
    std::string minimize;                ///< Measure; or empty
    std::string maximize;                ///< The same; one of both is there
    std::vector<std::string> subject_to; ///< As parse_condition() takes them
    std::uint32_t replicates = 40;       ///< Runs of one plan: replicates 0 ... R-1, of every plan the same draws
    std::uint32_t evaluations = 200;     ///< Plans that may be looked at
    SearchMethod method = SearchMethod::chosen;
    std::uint32_t seed = 1; ///< Of methods that draw
    bool operate = false;   ///< Hour by hour, or dates and ledger only
};

template <class V> void describe(V& v, SearchSpec& x)
{
    v.text({"format", Need::required, "\"aidcsim-search\""}, x.format);
    v.count({"version", Need::required, "Version of the format: 1"}, x.version, 1);
    v.text({"scenario", Need::required, "Scenario file, relative to this one"}, x.scenario);
    v.texts({"levers", Need::required, "What may be changed, as --lever takes it"}, x.levers);
    v.texts({"set", Need::optional, "Values of all plans, as --set takes them"}, x.set);
    v.text({"minimize", Need::optional, "What is to be small, as --minimize takes it"}, x.minimize);
    v.text({"maximize", Need::optional, "What is to be large; one of both"}, x.maximize);
    v.texts({"subject_to", Need::optional, "What must hold, as --subject-to takes it"}, x.subject_to);
    v.count({"replicates", Need::optional, "Runs of one plan"}, x.replicates, 1);
    v.count({"evaluations", Need::optional, "Plans that may be looked at"}, x.evaluations, 1);
    v.choice({"method", Need::optional, "How plans are chosen"}, x.method, search_methods);
    v.count({"seed", Need::optional, "Seed of methods that draw"}, x.seed, 0);
    v.choice({"detail", Need::optional, "build: dates and ledger; operate: hour by hour as well"}, x.operate, search_details);
}

/// Reads a search file; `scenario` becomes a path that can be opened. \throws InputErrors
SearchSpec read_search_file(std::filesystem::path const& path);

/// Is the file a search file, not a scenario? By its "format"; false when it cannot be read.
bool is_search_file(std::filesystem::path const& path);

} // namespace aidc
