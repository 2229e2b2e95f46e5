// Speed of a Series beside the bare fwrite of the same floats: prints bytes of floats per second, and the ratio.
// usage: bench_hdf5 [folder]

#include "sim/record/h5.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>

namespace fs = std::filesystem;
using namespace aidc::h5;

namespace {

/// Size of one measurement.
struct Size {
    char const* name;
    std::size_t rows;
    std::size_t components;
    std::size_t variables;
};

/// Values of one row at a time, by variable then component: a daily wave with noise, as a recorder would give them.
class Rows {
  public:
    explicit Rows(Size const& size) : values_(size.variables * size.components) {}

    std::vector<float> const& next()
    {
        // One random number a row: the source must not be what is measured.
        auto const noise = static_cast<float>(noise_(random_));
        float const wave = std::sin(0.26F * static_cast<float>(++row_));
        for (std::size_t i = 0; i < values_.size(); ++i) {
            values_[i] = 800.0F + static_cast<float>(i) + 5.0F * wave + noise;
        }
        return values_;
    }

  private:
    std::vector<float> values_;
    std::mt19937 random_{7};
    std::normal_distribution<double> noise_;
    std::size_t row_ = 0;
};

double seconds_of(std::function<void()> const& work)
{
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void write_series(fs::path const& path, Size const& size)
{
    File file(path);
    auto group = file.group("hourly", "");
    group.time_axis("2025-01-01");
    group.index_axis("component", size.components, "component");
    std::vector<Quantity> variables;
    for (std::size_t i = 0; i < size.variables; ++i) {
        variables.push_back({.name = fmt::format("variable_{}_W", i), .units = "W"});
    }
    auto series = group.series(variables, "component");
    Rows rows(size);
    for (std::size_t i = 0; i < size.rows; ++i) {
        series.append(3600.0 * static_cast<double>(i + 1), rows.next());
    }
    file.commit();
}

void write_bare(fs::path const& path, Size const& size)
{
    auto* const file = std::fopen(path.c_str(), "wb");
    Rows rows(size);
    for (std::size_t i = 0; i < size.rows && file != nullptr; ++i) {
        auto const& row = rows.next();
        std::fwrite(row.data(), sizeof(float), row.size(), file);
    }
    if (file != nullptr) {
        std::fclose(file);
    }
}

} // namespace

int main(int argc, char** argv)
{
    fs::path const folder = argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path();
    auto const series_path = folder / "bench_hdf5.h5";
    auto const bare_path = folder / "bench_hdf5.bin";
    fmt::print("{:<34} {:>12} {:>12} {:>8} {:>12}\n", "size", "Series MB/s", "fwrite MB/s", "ratio", "file/floats");
    for (auto const& size :
         {Size{"5 years, 3 campuses, 16 variables", 43'800, 3, 16}, Size{"1 year, 500 racks, 4 variables", 8'760, 500, 4},
          Size{"5 years, 1 component, 50 variables", 43'800, 1, 50}}) {
        auto const bytes = static_cast<double>(size.rows * size.components * size.variables * sizeof(float));
        double const bare_s = seconds_of([&] { write_bare(bare_path, size); });
        double const series_s = seconds_of([&] { write_series(series_path, size); });
        fmt::print("{:<34} {:>12.1f} {:>12.1f} {:>8.3f} {:>12.2f}\n", size.name, bytes / series_s / 1e6, bytes / bare_s / 1e6,
                   bare_s / series_s, static_cast<double>(fs::file_size(series_path)) / bytes);
    }
    fs::remove(series_path);
    fs::remove(bare_path);
    return 0;
}
