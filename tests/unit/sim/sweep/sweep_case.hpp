#pragma once
/// \file
/// Small sweeps of tests/fixtures/small_campus.json in a folder of their own.

#include "sim/sweep/plan.hpp"
#include "sim/sweep/worker.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace aidc::test {

inline std::filesystem::path small_campus() { return std::filesystem::path(AIDC_SOURCE_DIR) / "tests/fixtures/small_campus.json"; }

/// A folder that is gone when the test is.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("aidc_sweep_" + std::to_string(getpid())))
    {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    std::filesystem::path const& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::string bytes_of(std::filesystem::path const& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write(std::filesystem::path const& file, std::string const& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

/// Replaces the only place of a text in a file.
inline void edit(std::filesystem::path const& file, std::string const& from, std::string const& to)
{
    auto text = bytes_of(file);
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, from.size(), to));
}

/// Names of the files of a folder, sorted.
inline std::vector<std::string> files_of(std::filesystem::path const& folder)
{
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

/// All messages of the InputErrors that `work` throws, a line each: "where | pointer | message"; "" when it throws none.
inline std::string complaint_of(std::function<void()> const& work)
{
    try {
        work();
    }
    catch (InputErrors const& errors) {
        std::string text;
        for (auto const& p : errors.problems()) {
            text += p.where + " | " + p.pointer + " | " + p.message + "\n";
        }
        return text;
    }
    return "";
}

/// Dates and ledger of the small campus, three backlogs and two numbers of teams: 6 points.
inline SweepSpec small_spec(std::uint32_t replicates = 1, std::uint32_t block = 2)
{
    return {.scenario = small_campus().string(),
            .vary = {"backlog:/makers/gensets/backlog_units=40,60,80", "teams:/crews/builders/teams=1,2"},
            .replicates = replicates,
            .operate = false,
            .block = block};
}

inline Sweep planned_in(std::filesystem::path const& folder, SweepSpec const& spec)
{
    write_sweep(plan_sweep(spec, {.jobs = 2, .quiet = true}), folder);
    return open_sweep(folder);
}

inline WorkerOutcome work(Sweep const& sweep, Task task = {}) { return work_on(sweep, {.jobs = 2, .task = task, .quiet = true}); }

} // namespace aidc::test
