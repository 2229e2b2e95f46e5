// A sweep in block files: what an index of virtual arrays costs beside an index into which everything is copied.
// usage: bench_sweep_index [folder]

#include "sim/record/h5.hpp"
#include "sim/record/h5_handle.hpp"
#include "sim/record/h5_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <random>

namespace fs = std::filesystem;
using namespace aidc::h5;

namespace {

std::size_t constexpr runs = 10'000;
std::size_t constexpr runs_of_block = 64;
std::size_t constexpr months = 40;
std::size_t constexpr campuses = 3;
std::size_t constexpr arrays = 4;
std::size_t constexpr columns = 60;
std::vector<std::string> const axes{"run", "month", "campus"};

Quantity array_of(std::size_t i) { return {.name = fmt::format("array_{}_W", i), .units = "W", .long_name = "power"}; }
Quantity column_of(std::size_t i) { return {.name = fmt::format("column_{}", i), .units = "1", .long_name = "result"}; }
std::string path_of(Quantity const& what) { return "/runs/" + what.name; }

double seconds_of(std::function<void()> const& work)
{
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Group with_axes(File& file, std::size_t rows)
{
    auto group = file.group("runs", "Runs of a sweep");
    group.index_axis("run", rows, "run");
    std::vector<double> month_s;
    for (std::size_t i = 1; i <= months; ++i) {
        month_s.push_back(2'629'746.0 * static_cast<double>(i)); // a twelfth of the Gregorian year
    }
    group.date_axis("month", "2025-01-01", month_s, "end of the month");
    group.label_axis("campus", {"A", "B", "C"}, "campus");
    return group;
}

/// Growing power with 2 % of noise: about as compressible as the results of runs.
std::vector<float> values_of(std::size_t rows, std::mt19937& random)
{
    std::normal_distribution<float> noise(1.0F, 0.02F);
    std::vector<float> values;
    for (std::size_t i = 0; i < rows * months * campuses; ++i) {
        auto const month = static_cast<float>(i / campuses % months);
        values.push_back(1e6F * month * noise(random));
    }
    return values;
}

/// One block file for each 64 runs, and what an index needs to know of them.
std::vector<Piece> write_blocks(fs::path const& folder)
{
    std::mt19937 random(7);
    std::vector<Piece> pieces;
    for (std::size_t first = 0; first < runs; first += runs_of_block) {
        auto const rows = std::min(runs_of_block, runs - first);
        Piece const piece{.file = fmt::format("blocks/{:05}.h5", first / runs_of_block), .first = first, .rows = rows};
        File file(folder / piece.file, Oldest::hdf5_1_10);
        auto group = with_axes(file, rows);
        for (std::size_t i = 0; i < arrays; ++i) {
            group.array(array_of(i), axes, values_of(rows, random));
        }
        for (std::size_t i = 0; i < columns; ++i) {
            std::vector<double> values(rows);
            std::ranges::generate(values, [&] { return std::normal_distribution<double>()(random); });
            group.column(column_of(i), "run", values);
        }
        file.commit();
        pieces.push_back(piece);
    }
    return pieces;
}

/// Does an index copy the arrays, and the columns?
struct Copies {
    char const* name;
    bool arrays;
    bool columns;
};

/// All numbers of one dataset of all blocks.
template <class T> std::vector<T> gathered(std::vector<Reader> const& blocks, std::string const& path)
{
    std::vector<T> all;
    for (auto const& block : blocks) {
        std::ranges::transform(block.column(path), std::back_inserter(all), [](double value) { return static_cast<T>(value); });
    }
    return all;
}

void write_index(fs::path const& path, std::vector<Piece> const& blocks, Copies const& copies)
{
    std::vector<Reader> readers;
    for (auto const& block : blocks) {
        if (copies.arrays || copies.columns) {
            readers.emplace_back(path.parent_path() / block.file);
        }
    }
    File file(path, Oldest::hdf5_1_10);
    auto group = with_axes(file, runs);
    for (std::size_t i = 0; i < arrays; ++i) {
        auto pieces = blocks;
        std::ranges::for_each(pieces, [&](Piece& piece) { piece.dataset = path_of(array_of(i)); });
        if (copies.arrays) {
            group.array(array_of(i), axes, gathered<float>(readers, path_of(array_of(i))));
        }
        else {
            group.virtual_array(array_of(i), axes, pieces);
        }
    }
    for (std::size_t i = 0; i < columns && copies.columns; ++i) {
        group.column(column_of(i), "run", gathered<double>(readers, path_of(column_of(i))));
    }
    file.commit();
}

/// Sum of all runs at one time; the file is opened for it.
double sum_of_instant(fs::path const& path, std::string const& dataset)
{
    prepare_library();
    Handle const file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    Handle const data(H5Dopen2(file.get(), dataset.c_str(), H5P_DEFAULT));
    Handle const there(checked(H5Dget_space(data.get()), data.get(), "read the shape of"));
    hsize_t const start[3] = {0, months / 2, 0};
    hsize_t const count[3] = {runs, 1, campuses};
    checked(H5Sselect_hyperslab(there.get(), H5S_SELECT_SET, start, nullptr, count, nullptr), data.get(), "select");
    Handle const here(H5Screate_simple(3, count, nullptr));
    std::vector<float> values(runs * campuses);
    checked(H5Dread(data.get(), H5T_NATIVE_FLOAT, here.get(), there.get(), H5P_DEFAULT, values.data()), data.get(), "read");
    double sum = 0.0;
    std::ranges::for_each(values, [&](float value) { sum += static_cast<double>(value); });
    return sum;
}

/// Milliseconds to open a file and read one run of it (mean of many), and one time of all runs (mean of a few).
void print_reading(Copies const& copies, fs::path const& path, double built_s)
{
    std::size_t constexpr many = 100;
    std::size_t constexpr few = 5;
    double sum = 0.0;
    auto const series_s = seconds_of([&] {
        for (std::size_t i = 0; i < many; ++i) {
            sum += Reader(path).rows(path_of(array_of(i % arrays)), i * 7919 % runs, 1).front();
        }
    });
    double instant = 0.0;
    auto const instant_s = seconds_of([&] {
        for (std::size_t i = 0; i < few; ++i) {
            instant += sum_of_instant(path, path_of(array_of(i % arrays)));
        }
    });
    fmt::print("{:<34} {:>10.3f} {:>10.3f} {:>10.2f} {:>12.2f} {:>16.9e}\n", copies.name, static_cast<double>(fs::file_size(path)) / 1e6,
               built_s, series_s / many * 1e3, instant_s / few * 1e3, sum + instant);
}

} // namespace

int main(int argc, char** argv)
{
    auto const folder = (argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path()) / "bench_sweep_index";
    fs::create_directories(folder / "blocks");
    std::vector<Piece> pieces;
    auto const blocks_s = seconds_of([&] { pieces = write_blocks(folder); });
    std::uintmax_t bytes = 0;
    for (auto const& piece : pieces) {
        bytes += fs::file_size(folder / piece.file);
    }
    fmt::print("{} blocks: {:.1f} MB ({:.1f} MB of numbers), {:.2f} s\n", pieces.size(), static_cast<double>(bytes) / 1e6,
               static_cast<double>(runs * (arrays * months * campuses * sizeof(float) + columns * sizeof(double))) / 1e6, blocks_s);
    fmt::print("{:<34} {:>10} {:>10} {:>10} {:>12} {:>16}\n", "index", "MB", "built, s", "run, ms", "instant, ms", "sum read");
    for (auto const& copies : {Copies{"virtual arrays", false, false}, Copies{"virtual arrays, columns copied", false, true},
                               Copies{"arrays copied", true, false}, Copies{"arrays and columns copied", true, true}}) {
        auto const path = folder / "index.h5";
        auto const built_s = seconds_of([&] { write_index(path, pieces, copies); });
        print_reading(copies, path, built_s);
    }
    fs::remove_all(folder);
    return 0;
}
