#include "sim/sweep/inputs.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/sha256.hpp"

#include <fmt/format.h>

namespace aidc {
namespace {

namespace fs = std::filesystem;

/// The folder that all files lie below.
fs::path common_folder(std::vector<fs::path> const& files)
{
    fs::path common = files.front().parent_path();
    for (auto const& file : files) {
        while (file.lexically_relative(common).string().starts_with("..")) {
            common = common.parent_path();
        }
    }
    return common;
}

fs::path whole_path(std::string const& path) { return fs::absolute(path).lexically_normal(); }

} // namespace

PlacedInputs place_inputs(std::vector<InputFile> const& inputs)
{
    std::vector<Problem> problems;
    PlacedInputs placed;
    for (auto const& input : inputs) {
        if (fs::path(input.path).is_absolute()) {
            problems.push_back({input.path, "",
                                "is named by an absolute path (a sweep takes copies of its inputs along, which then would not be used); "
                                "name it relative to the scenario"});
        }
        placed.from.push_back(whole_path(input.path));
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    auto const common = common_folder(placed.from);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        placed.to.push_back({.path = placed.from[i].lexically_relative(common).string(), .sha256 = inputs[i].sha256});
    }
    return placed;
}

void copy_inputs(PlacedInputs const& inputs, fs::path const& folder)
{
    try {
        for (std::size_t i = 0; i < inputs.from.size(); ++i) {
            auto const copy = folder / "inputs" / inputs.to[i].path;
            fs::create_directories(copy.parent_path());
            fs::copy_file(inputs.from[i], copy, fs::copy_options::overwrite_existing);
        }
    }
    catch (fs::filesystem_error const& error) {
        throw InputErrors(
            {{folder.string(), "",
              fmt::format("cannot be written ({}); check the folder, its permissions and the free space", error.code().message())}});
    }
}

void check_copies(fs::path const& folder, std::vector<CopiedInput> const& inputs, std::string const& since, std::vector<Problem>& problems)
{
    for (auto const& input : inputs) {
        auto const path = folder / "inputs" / input.path;
        if (!fs::exists(path)) {
            problems.push_back({path.string(), "", "is missing; the folder must be copied as a whole"});
        }
        else if (sha256(read_bytes(path)) != input.sha256) {
            problems.push_back(
                {path.string(), "",
                 fmt::format("was changed after {} (what is computed would not belong together); begin anew in another folder", since)});
        }
    }
}

} // namespace aidc
