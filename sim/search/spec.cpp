#include "sim/search/spec.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"

namespace aidc {

SearchSpec read_search_file(std::filesystem::path const& path)
{
    auto const document = parse_document(read_text(path), path.string());
    std::vector<Problem> problems;
    SearchSpec spec;
    Reader reader(document, document.root, "", problems);
    if (problems.empty()) {
        describe(reader, spec);
        reader.done();
    }
    if (problems.empty() && (spec.format != "aidcsim-search" || spec.version != 1)) {
        problems.push_back({document.where("/format"), "/format", "needs \"format\": \"aidcsim-search\", \"version\": 1"});
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    spec.scenario = (path.parent_path() / spec.scenario).lexically_normal().string();
    return spec;
}

bool is_search_file(std::filesystem::path const& path)
{
    try {
        auto const document = parse_document(read_text(path), path.string());
        auto const format = document.root.find("format");
        return format != document.root.end() && *format == "aidcsim-search";
    }
    catch (InputErrors const&) {
        return false; // whoever reads it as a scenario says what is wrong with it
    }
}

} // namespace aidc
