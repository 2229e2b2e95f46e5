#include "sim/search/spec.hpp"

#include "sim/scenario/described_file.hpp"

namespace aidc {

SearchSpec read_search_file(std::filesystem::path const& path)
{
    auto spec = read_described<SearchSpec>(read_text(path), path.string(), "aidcsim-search",
                                           "needs \"format\": \"aidcsim-search\", \"version\": 1");
    spec.scenario = (path.parent_path() / spec.scenario).lexically_normal().string();
    return spec;
}

bool is_search_file(std::filesystem::path const& path) { return is_of_format(path, "aidcsim-search"); }

} // namespace aidc
