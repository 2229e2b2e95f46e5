#pragma once
/// \file
/// A scenario to patch, and what is wrong with it afterwards.

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

namespace aidc::test {

inline std::filesystem::path source_folder() { return AIDC_SOURCE_DIR; }
inline std::filesystem::path fixture() { return source_folder() / "tests/unit/sim/scenario/one_hall.json"; }

/// All scenarios that come with the program, and the one of the tests.
inline std::vector<std::filesystem::path> all_scenarios()
{
    std::vector<std::filesystem::path> files{fixture()};
    for (auto const& entry : std::filesystem::directory_iterator(source_folder() / "scenarios")) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

inline Json tree_of(std::filesystem::path const& file) { return parse_document(read_text(file), file.string()).root; }

/// What `work` complains about; nothing when it is content.
inline std::vector<Problem> problems_of(std::function<void()> const& work)
{
    try {
        work();
    }
    catch (InputErrors const& errors) {
        return errors.problems();
    }
    return {};
}

inline std::vector<Problem> problems_in(Json const& scenario, std::filesystem::path const& folder = source_folder() / "scenarios")
{
    return problems_of([&] { load_scenario_text(scenario.dump(2), "case.json", folder); });
}

/// The fixture after a JSON patch (RFC 6902).
inline Json patched(std::string const& patch) { return tree_of(fixture()).patch(Json::parse(patch)); }

inline std::string text_of(std::vector<Problem> const& problems)
{
    std::string text;
    for (auto const& p : problems) {
        text += p.where + " | " + p.pointer + " | " + p.message + "\n";
    }
    return text;
}

inline bool names(std::vector<Problem> const& problems, std::string const& pointer, std::string const& part)
{
    return std::any_of(problems.begin(), problems.end(),
                       [&](Problem const& p) { return p.pointer == pointer && p.message.find(part) != std::string::npos; });
}

/// A patch of the fixture (RFC 6902), the pointer of the problem it makes, and a part of its message.
struct Case {
    std::string patch, pointer, part;
};

/// Each patch of the fixture is a problem at its pointer.
inline void check_all(std::vector<Case> const& cases)
{
    for (auto const& c : cases) {
        INFO(c.patch);
        auto const problems = problems_in(patched("[" + c.patch + "]"));
        INFO(text_of(problems));
        CHECK(names(problems, c.pointer, c.part));
        CHECK(problems.size() <= 3); // no avalanche from one mistake
    }
}

/// A folder that is gone when the test is.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("aidc_scenario_" + std::to_string(getpid())))
    {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::filesystem::path write(std::string const& name, std::string const& text) const
    {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace aidc::test
