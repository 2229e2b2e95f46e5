// Arrays of more than two axes, arrays whose values stay in other files, and dates as an axis.

#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/sim/record/h5_example.hpp"

#include <cstdio>
#include <malloc.h>
#include <numeric>
#include <random>

using namespace aidc::h5;

namespace {

std::size_t constexpr months = 3;
std::size_t constexpr campuses = 2;

/// Values first, first + 1, ... of rows over months and campuses.
std::vector<float> counted(std::size_t rows, float first)
{
    std::vector<float> values(rows * months * campuses);
    std::iota(values.begin(), values.end(), first);
    return values;
}

/// Group with the axes run, month, campus.
Group with_axes(File& file, std::size_t runs)
{
    auto group = file.group("runs", "Runs of a sweep");
    group.index_axis("run", runs, "run");
    group.date_axis("month", "2025-01-01", {2'678'400.0, 5'097'600.0, 7'776'000.0}, "end of the month"); // 31, 59 and 90 days
    group.label_axis("campus", {"langfang", "Ürümqi"}, "campus");
    return group;
}

Quantity const power{.name = "power_W", .units = "W", .long_name = "IT power", .cell_methods = "month: mean"};
std::vector<std::string> const axes{"run", "month", "campus"};

/// A file with the array power_W of some rows.
void write_block(fs::path const& path, std::size_t rows, float first, Oldest reader = Oldest::hdf5_1_10)
{
    File file(path, reader);
    file.attribute("rows", static_cast<std::int64_t>(rows));
    file.attribute("share", 0.25);
    auto group = with_axes(file, rows);
    group.array(power, axes, counted(rows, first));
    group.column({.name = "seed"}, "run", std::vector<std::int64_t>(rows, 7));
    file.commit();
}

/// A file with power_W of 7 runs: 3 in a.h5, none for run 3, 3 in b.h5.
void write_index(fs::path const& path)
{
    File file(path, Oldest::hdf5_1_10);
    auto group = with_axes(file, 7);
    group.virtual_array(power, axes,
                        {{.file = "blocks/a.h5", .dataset = "/runs/power_W", .first = 0, .rows = 3},
                         {.file = "blocks/b.h5", .dataset = "/runs/power_W", .first = 4, .rows = 3}});
    file.commit();
}

/// A folder with such an index and its blocks.
void write_sweep(fs::path const& folder)
{
    fs::create_directories(folder / "blocks");
    write_block(folder / "blocks" / "a.h5", 3, 0.0F);
    write_block(folder / "blocks" / "b.h5", 3, 100.0F);
    write_index(folder / "index.h5");
}

/// Numbers of one run of the index.
std::vector<double> run_of(fs::path const& index, std::size_t run) { return Reader(index).rows("/runs/power_W", run, 1); }

void replace_bytes(fs::path const& path, std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

/// What a file that may be damaged says about power_W, without texts and names of axes.
std::vector<double> numbers_of(fs::path const& path)
{
    Reader const file(path);
    auto values = file.column("/runs/power_W");
    values.push_back(file.column("/runs/seed").front());
    values.push_back(static_cast<double>(file.integer_attribute("/", "rows").value_or(-1)));
    return values;
}

/// What came of reading damaged files.
struct Damage {
    int refused = 0;
    int wrong = 0; ///< Neither 0, 1, ... nor missing

    void read(std::function<std::vector<double>()> const& values_of)
    {
        try {
            auto const values = values_of();
            for (std::size_t i = 0; i < months * campuses; ++i) {
                wrong += std::isnan(values[i]) || values[i] == static_cast<double>(i) ? 0 : 1;
            }
        }
        catch (Error const&) {
            ++refused;
        }
    }
};

} // namespace

TEST_CASE("an array of three axes is read back as a whole and by rows", "[unit][h5]")
{
    Folder const folder;
    auto const reader = GENERATE(Oldest::hdf5_1_8, Oldest::hdf5_1_10);
    write_block(folder / "a.h5", 4, 10.0F, reader);
    Reader const file(folder / "a.h5");
    CHECK(file.entry("/runs/power_W").type == "float32");
    CHECK(file.tree()[3] == "/runs/power_W float32 [run=4,month=3,campus=2] W");
    CHECK(file.column("/runs/power_W")[23] == 33.0); // 4 x 3 x 2 values from 10 on
    CHECK(file.rows("/runs/power_W", 1, 2) == std::vector<double>{16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27});
    CHECK(file.rows("/runs/power_W", 4, 0).empty());
    CHECK(file.rows("/runs/month", 1, 1) == std::vector{5'097'600.0});
    CHECK(file.attribute("/runs/month", "units") == "seconds since 2025-01-01T00:00:00Z");
    CHECK(file.attribute("/runs/month", "calendar") == "standard");
    CHECK(file.attribute("/runs/power_W", "cell_methods") == "month: mean");
    CHECK_THROWS_WITH(file.rows("/runs/power_W", 3, 2), ContainsSubstring("from row 3") && ContainsSubstring("4 rows"));
    CHECK_THROWS_WITH(file.rows("/runs/power_W", 1, SIZE_MAX), ContainsSubstring("4 rows"));
    CHECK_THROWS_AS(file.rows("/runs/nothing", 0, 1), Error);
    CHECK_THROWS_AS(file.rows("/runs/campus", 0, 1), Error);
}

TEST_CASE("a file says in its first bytes which HDF5 it needs", "[unit][h5]")
{
    // Version of the superblock, the byte behind the signature: 2 since HDF5 1.8, 3 since 1.10 (HDF5 file format specification, II.A).
    Folder const folder;
    write_block(folder / "old.h5", 2, 0.0F, Oldest::hdf5_1_8);
    write_block(folder / "new.h5", 2, 0.0F, Oldest::hdf5_1_10);
    CHECK(bytes_of_file(folder / "old.h5")[8] == 2);
    CHECK(bytes_of_file(folder / "new.h5")[8] == 3);
    CHECK(fs::file_size(folder / "new.h5") < fs::file_size(folder / "old.h5"));
    File file(folder / "index.h5");
    auto group = with_axes(file, 2);
    CHECK_THROWS_WITH(group.virtual_array(power, axes, {{.file = "new.h5", .dataset = "/runs/power_W", .first = 0, .rows = 2}}),
                      ContainsSubstring("power_W") && ContainsSubstring("out of bounds"));
}

TEST_CASE("attributes of one number are read, and others are none", "[unit][h5]")
{
    Folder const folder;
    write_block(folder / "a.h5", 3, 0.0F);
    Reader const file(folder / "a.h5");
    CHECK(file.integer_attribute("/", "rows") == 3);
    CHECK(file.number_attribute("/", "rows") == 3.0);
    CHECK(file.number_attribute("/", "share") == 0.25);
    CHECK_FALSE(file.integer_attribute("/", "share"));
    CHECK_FALSE(file.integer_attribute("/", "columns"));
    CHECK_FALSE(file.number_attribute("/", "Conventions"));
    CHECK(std::isnan(file.number_attribute("/runs/power_W", "_FillValue").value_or(0.0)));
    CHECK_THROWS_AS(file.integer_attribute("/nowhere", "rows"), Error);
}

TEST_CASE("a virtual array reads what lies in the other files, and NaN where nothing does", "[unit][h5]")
{
    Folder const folder;
    write_sweep(folder / "sweep");
    auto const index = folder / "sweep" / "index.h5";
    CHECK(Reader(index).tree()[3] == "/runs/power_W float32 [run=7,month=3,campus=2] W");
    CHECK(run_of(index, 1) == std::vector<double>{6, 7, 8, 9, 10, 11});
    CHECK(run_of(index, 6) == std::vector<double>{112, 113, 114, 115, 116, 117});
    CHECK(std::isnan(run_of(index, 3)[5])); // no piece
    CHECK(Reader(index).column("/runs/power_W")[24] == 100.0);

    fs::rename(folder / "sweep", folder / "moved");
    CHECK(run_of(folder / "moved" / "index.h5", 4)[0] == 100.0);

    fs::remove(folder / "moved" / "blocks" / "b.h5");
    CHECK(run_of(folder / "moved" / "index.h5", 2)[0] == 12.0);
    CHECK(std::isnan(run_of(folder / "moved" / "index.h5", 4)[0]));
    write_block(folder / "moved" / "blocks" / "b.h5", 3, 500.0F);
    CHECK(run_of(folder / "moved" / "index.h5", 4)[0] == 500.0);
}

TEST_CASE("pieces may have any file name", "[unit][h5]")
{
    Folder const folder;
    write_block(folder / "50%b ü%%.h5", 2, 40.0F);
    {
        File file(folder / "index.h5", Oldest::hdf5_1_10);
        auto group = with_axes(file, 2);
        group.virtual_array(power, axes, {{.file = "50%b ü%%.h5", .dataset = "/runs/power_W", .first = 0, .rows = 2}});
        file.commit();
    }
    CHECK(run_of(folder / "index.h5", 1)[0] == 46.0);
}

TEST_CASE("arrays without values or without pieces can be written", "[unit][h5]")
{
    Folder const folder;
    {
        File file(folder / "index.h5", Oldest::hdf5_1_10);
        auto group = with_axes(file, 2);
        group.index_axis("rack", 0, "rack");
        group.date_axis("never", "2025-01-01", {}, "no date");
        group.array({.name = "a"}, {"run", "rack", "campus"}, {});
        group.array({.name = "b"}, {"never", "campus"}, {});
        group.virtual_array({.name = "c"}, {"rack", "campus"}, {});
        group.virtual_array({.name = "d"}, {"run", "campus"}, {});
        file.commit();
    }
    Reader const file(folder / "index.h5");
    CHECK(file.column("/runs/a").empty());
    CHECK(file.column("/runs/b").empty());
    CHECK(file.column("/runs/c").empty());
    CHECK(file.rows("/runs/a", 0, 2).empty());
    REQUIRE(file.column("/runs/d").size() == 4);
    CHECK(std::isnan(file.column("/runs/d")[3]));
}

TEST_CASE("equal arrays and equal pieces give equal bytes, whatever was in memory before", "[unit][h5][determinism]")
{
    Folder const folder;
    auto const write = [&](char const* name) { write_sweep(folder / name); };
    write("a");
    ::sleep(1); // a time stamp would differ
    write("b");
    int const status = status_in_child([&] {
        ::mallopt(M_PERTURB, 0x5A); // fresh memory is not zero
        write("c");
        return 0;
    });
    REQUIRE(status == 0);
    for (auto const* name : {"index.h5", "blocks/a.h5", "blocks/b.h5"}) {
        CAPTURE(name);
        CHECK((bytes_of_file(folder / "a" / name) == bytes_of_file(folder / "b" / name)));
        CHECK((bytes_of_file(folder / "a" / name) == bytes_of_file(folder / "c" / name)));
    }
}

TEST_CASE("a file that is cut off or holds noise is an error", "[unit][h5]")
{
    Folder const folder;
    auto const path = folder / "a.h5";
    write_block(path, 3, 0.0F);
    auto const whole = bytes_of_file(path);
    std::mt19937 random(7);
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        CAPTURE(size);
        replace_bytes(path, whole.substr(0, size));
        CHECK_THROWS_AS(numbers_of(path), Error);
        auto noise = whole.substr(0, 48); // the superblock, so that HDF5 begins to read
        while (noise.size() < whole.size()) {
            noise += static_cast<char>(random());
        }
        replace_bytes(path, noise);
        CHECK_THROWS_AS(numbers_of(path), Error);
    }
}

TEST_CASE("one wrong byte in a file never gives other values of an array, also through an index", "[unit][h5]")
{
    Folder const folder;
    write_sweep(folder / "sweep");
    auto const block = folder / "sweep" / "blocks" / "a.h5";
    auto const whole = bytes_of_file(block);
    int const status = status_in_child([&] { // HDF5 1.10.8 loses memory when it refuses a damaged file
        Damage found;
        for (std::size_t i = 0; i < whole.size(); i += 13) {
            auto damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
            replace_bytes(block, damaged);
            found.read([&] { return numbers_of(block); });
            found.read([&] { return run_of(folder / "sweep" / "index.h5", 0); });
        }
        return found.wrong == 0 && found.refused > 20 ? 0 : 1;
    });
    CHECK(status == 0);
}

TEST_CASE("every wrong byte in a chunk is an error, also through an index", "[unit][h5]")
{
    Folder const folder;
    write_sweep(folder / "sweep");
    auto const block = folder / "sweep" / "blocks" / "a.h5";
    auto const whole = bytes_of_file(block);
    // A gzip stream of level 1 begins with these two bytes (RFC 1950, CMF and FLG); the array is the only one in the file.
    auto const start = whole.find("\x78\x01");
    REQUIRE(start != std::string::npos);
    REQUIRE(whole.find("\x78\x01", start + 1) == std::string::npos);
    int const status = status_in_child([&] {
        Damage found;
        for (std::size_t i = start; i < start + 24; ++i) { // less than 18 floats take, compressed
            auto damaged = whole;
            damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
            replace_bytes(block, damaged);
            found.read([&] { return numbers_of(block); });
            found.read([&] { return run_of(folder / "sweep" / "index.h5", 0); });
        }
        return found.refused == 48 ? 0 : 1;
    });
    CHECK(status == 0);
}

TEST_CASE("broken contracts of arrays end the process with code 70", "[unit][h5]")
{
    Folder const folder;
    auto const with_group = [&](std::function<void(Group&)> const& work) {
        return status_in_child([&] {
            std::freopen("/dev/null", "w", stderr);
            File file(folder / "run.h5", Oldest::hdf5_1_10);
            auto group = with_axes(file, 4);
            work(group);
            return 0;
        });
    };
    auto const pieces = [&](std::vector<Piece> const& wanted) {
        return with_group([&](Group& g) { g.virtual_array(power, axes, wanted); });
    };
    CHECK(with_group([](Group& group) { group.array(power, axes, counted(4, 0.0F)); }) == 0);
    CHECK(with_group([](Group& group) { group.array(power, axes, counted(3, 0.0F)); }) == 70);
    CHECK(with_group([](Group& group) { group.array(power, {"run"}, std::vector(4, 1.0F)); }) == 70);
    CHECK(with_group([](Group& group) { group.date_axis("day", "2025-01-01", {1.0, 1.0}, ""); }) == 70);
    CHECK(with_group([](Group& group) { group.date_axis("day", "2025-01-01", {missing}, ""); }) == 70);
    CHECK(pieces({{.file = "a", .dataset = "x", .first = 0, .rows = 2}, {.file = "b", .dataset = "x", .first = 2, .rows = 2}}) == 0);
    CHECK(pieces({{.file = "a", .dataset = "x", .first = 0, .rows = 2}, {.file = "b", .dataset = "x", .first = 1, .rows = 2}}) == 70);
    CHECK(pieces({{.file = "a", .dataset = "x", .first = 3, .rows = 2}}) == 70);
    CHECK(pieces({{.file = "a", .dataset = "x", .first = 0, .rows = 0}}) == 70);
    CHECK(pieces({{.file = "/tmp/a", .dataset = "x", .first = 0, .rows = 2}}) == 70);
}

TEST_CASE("xarray, netCDF4, h5py and ncdump read arrays and virtual arrays", "[unit][h5]")
{
    Folder const folder;
    write_sweep(folder / "sweep");
    std::size_t constexpr runs = 50'000; // more than one chunk of 1 MiB: 24 bytes a row
    write_block(folder / "sweep" / "long.h5", runs, 0.0F);
    auto const log = (folder / "log").string();
    auto const command = "/usr/bin/python3 " AIDC_SOURCE_DIR "/tests/unit/sim/record/h5_array_readers.py " + (folder / "sweep").string()
                         + " >" + log + " 2>&1";
    int const status = std::system(command.c_str());
    INFO(bytes_of_file(log));
    INFO("a missing Python module is installed by scripts/setup.sh");
    CHECK(status == 0);
}
