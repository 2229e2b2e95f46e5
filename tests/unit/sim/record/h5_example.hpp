#pragma once
/// \file
/// An example file with everything the writer offers, and folders and processes to write it in.

#include "sim/record/h5.hpp"
#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <sys/wait.h>
#include <unistd.h>

namespace aidc::h5 {

namespace fs = std::filesystem;

inline double const missing = std::numeric_limits<double>::quiet_NaN();

/// Folder of one test, removed at its end.
class Folder {
  public:
    Folder()
    {
        auto pattern = (fs::temp_directory_path() / "aidcsim-h5-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    fs::path operator/(char const* name) const { return path_ / name; }
    std::vector<std::string> names() const
    {
        std::vector<std::string> found;
        for (auto const& entry : fs::directory_iterator(path_)) {
            found.push_back(entry.path().filename().string());
        }
        return found;
    }

  private:
    fs::path path_;
};

/// Exit status of a function run in a process of its own; -1 if a signal ended it.
inline int status_in_child(std::function<int()> const& work)
{
    pid_t const child = ::fork();
    if (child == 0) {
        int status = 99;
        try {
            status = work();
        }
        catch (std::exception const&) {
        }
        ::_exit(status);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Content of a file.
inline std::string bytes_of_file(fs::path const& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Series of all types: 24 hours of two campuses.
inline void write_hourly(File& file)
{
    auto group = file.group("hourly", "One day of two campuses");
    group.time_axis("2025-01-01");
    group.label_axis("campus", {"langfang", "Ürümqi"}, "campus");
    group.column({.name = "capacity_W", .units = "W", .long_name = "IT capacity"}, "campus", std::vector{3e6, missing});
    auto power = group.series({{.name = "it_power_W", .units = "W", .long_name = "IT power", .cell_methods = "time: mean"},
                               {.name = "supply_C", .units = "degC", .long_name = "supply temperature", .cell_methods = "time: point"}},
                              "campus");
    auto state = group.series({SeriesSpec(Quantity{.name = "state", .long_name = "state"}, Type::int8),
                               SeriesSpec(Quantity{.name = "limits", .long_name = "what limits"}, Type::int16)},
                              "campus");
    auto exact = group.series({SeriesSpec(Quantity{.name = "energy_J", .units = "J", .long_name = "energy"}, Type::float64)});
    group.flags("state", false, {{0, "off"}, {1, "ramping"}, {2, "serving"}});
    group.flags("limits", true, {{1, "power"}, {2, "cooling"}, {256, "network"}});
    group.default_plot("it_power_W", {"time", "campus"}, {"supply_C"});
    for (int hour = 1; hour <= 24; ++hour) {
        auto const x = static_cast<float>(hour);
        power.append(3600.0 * hour, std::array{1e6F + x, NAN, 20.5F, 21.0F + x});
        state.append(3600.0 * hour, std::array{0.0F, 2.0F, 3.0F, 257.0F});
        exact.append(3600.0 * hour, std::array{1e15 + hour});
    }
}

/// A table with a column of every type.
inline void write_events(File& file, char const* name, int rows)
{
    auto group = file.group(name, "What happened");
    auto events = group.table("event", {{Quantity{.name = "time", .units = "seconds since 2025-01-01T00:00:00Z", .long_name = "time"}},
                                        {Quantity{.name = "kind", .long_name = "kind"}, Type::int8},
                                        {Quantity{.name = "rack", .long_name = "rack"}, Type::int32},
                                        {Quantity{.name = "serial", .long_name = "serial number"}, Type::int64},
                                        {Quantity{.name = "what", .long_name = "description"}, Type::text}});
    group.flags("kind", false, {{0, "info"}, {1, "failure"}});
    for (int i = 0; i < rows; ++i) {
        events.append({60.5 * i, i % 2, -i, (std::int64_t{1} << 53) + i, i % 3 == 0 ? "" : "pump " + std::to_string(i)});
    }
    REQUIRE(events.rows() == static_cast<std::size_t>(rows));
}

/// Static data: axes, columns, a matrix, scalars and texts.
inline void write_summary(File& file)
{
    auto quantiles = file.group("quantiles", "Spread of the dates");
    quantiles.index_axis("replication", 3, "replication");
    quantiles.label_axis("milestone", {"power", "cooling"}, "milestone");
    quantiles.matrix({.name = "date_s", .units = "s", .long_name = "date"}, "replication", "milestone", {1, 2, 3, 4, 5, missing});
    quantiles.column({.name = "seed"}, "replication", std::vector<std::int64_t>{1, 2, INT64_MAX});
    quantiles.column({.name = "rank"}, "replication", std::vector<std::int32_t>{7, 8, -9});
    quantiles.column({.name = "done"}, "replication", std::vector<std::int8_t>{1, 0, -1});
    quantiles.column({.name = "critical_path"}, "milestone", std::vector<std::string>{"transformer", "chiller"});
    auto summary = file.group("summary", "One value each");
    summary.scalar({.name = "pue", .units = "1", .long_name = "power usage effectiveness"}, 1.125);
    summary.scalar({.name = "racks", .units = "1", .long_name = "racks"}, std::int64_t{1} << 40);
    summary.scalar({.name = "bottleneck", .long_name = "bottleneck"}, std::string("substation"));
    auto provenance = file.group("provenance", "");
    provenance.text("scenario_json", R"({"name": ")" + std::string(100'000, 'x') + "\"}");
    provenance.text("warnings", "");
}

/// One whole file with all of these.
inline void write_example(fs::path const& path)
{
    File file(path);
    file.attribute("title", "Example");
    file.attribute("wall_time_s", 2.5);
    file.attribute("seed", std::int64_t{7});
    write_hourly(file);
    write_events(file, "events", 5);
    write_events(file, "no_events", 0);
    write_summary(file);
    file.commit();
}

} // namespace aidc::h5
