#include "sim/sweep/sweep_spec.hpp"

#include "sim/scenario/described_file.hpp"

#include <fmt/format.h>

#include <charconv>

namespace aidc {

SweepSpec read_sweep_file(std::filesystem::path const& path)
{
    auto spec =
        read_described<SweepSpec>(read_text(path), path.string(), "aidcsim-sweep", "needs \"format\": \"aidcsim-sweep\", \"version\": 1");
    spec.scenario = (path.parent_path() / spec.scenario).lexically_normal().string();
    return spec;
}

bool is_sweep_file(std::filesystem::path const& path) { return is_of_format(path, "aidcsim-sweep"); }

void parse_sampling(std::string const& text, SweepSpec& spec)
{
    auto const colon = text.find(':');
    auto const name = text.substr(0, colon);
    std::vector<std::string_view> known;
    bool found = false;
    for (auto const& [word, sampling] : samplings) {
        known.push_back(word);
        if (word == name) {
            spec.sampling = sampling;
            found = true;
        }
    }
    if (!found) {
        auto const near = nearest(name, known);
        throw InputErrors({{"--sample", "",
                            fmt::format("\"{}\" is none of grid, list, random, lhs, sobol, morris, saltelli{}", name,
                                        near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near))}});
    }
    if (colon == std::string::npos) {
        return;
    }
    auto const* const end = text.data() + text.size();
    auto const [at, error] = std::from_chars(text.data() + colon + 1, end, spec.points);
    if (error != std::errc() || at != end || spec.points == 0) {
        throw InputErrors({{"--sample", "", "\"" + text + "\" needs a whole number above 0 after the colon, e.g. lhs:200"}});
    }
}

} // namespace aidc
