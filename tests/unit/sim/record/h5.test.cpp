#include "sim/record/h5.hpp"

#include "sim/record/h5_reader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/sim/record/h5_example.hpp"

#include <algorithm>
#include <cstdio>
#include <malloc.h>

using namespace aidc::h5;

namespace {

/// Resident memory of this process [bytes].
std::size_t resident_bytes()
{
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

TEST_CASE("what is written is read back", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    CHECK(folder.names() == std::vector<std::string>{"run.h5"});
    Reader const file(folder / "run.h5");

    auto const power_W = file.column("/hourly/it_power_W");
    REQUIRE(power_W.size() == 48);
    CHECK(power_W[0] == 1e6 + 1);
    CHECK(std::isnan(power_W[1]));
    CHECK(power_W[46] == 1e6 + 24);
    CHECK(file.column("/hourly/supply_C")[47] == 45.0);
    CHECK(file.column("/hourly/time").back() == 86400.0);
    CHECK(file.column("/hourly/state")[47] == 2.0);
    CHECK(file.column("/hourly/limits")[47] == 257.0);
    CHECK(file.column("/hourly/energy_J").back() == 1e15 + 24);
    CHECK(file.labels("/hourly/campus") == std::vector<std::string>{"langfang", "Ürümqi"});
    CHECK(file.column("/hourly/capacity_W")[0] == 3e6);

    CHECK(file.column("/events/time") == std::vector{0.0, 60.5, 121.0, 181.5, 242.0});
    CHECK(file.column("/events/rack") == std::vector{0.0, -1.0, -2.0, -3.0, -4.0});
    CHECK(file.labels("/events/what") == std::vector<std::string>{"", "pump 1", "pump 2", "", "pump 4"});

    CHECK(file.column("/quantiles/date_s")[2] == 3.0);
    CHECK(file.column("/quantiles/done") == std::vector{1.0, 0.0, -1.0});
    CHECK(file.labels("/quantiles/critical_path").back() == "chiller");
    CHECK(file.scalar("/summary/pue") == 1.125);
    CHECK(file.scalar("/summary/racks") == 1099511627776.0); // 2^40
    CHECK(file.text("/summary/bottleneck") == "substation");
    CHECK(file.text("/provenance/scenario_json").size() == 100'012);
    CHECK(file.text("/provenance/warnings").empty());
}

TEST_CASE("attributes follow CF and NeXus", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    Reader const file(folder / "run.h5");
    CHECK(file.attribute("/", "Conventions") == "CF-1.10");
    CHECK(file.attribute("/", "title") == "Example");
    CHECK(file.attribute("/", "default") == "hourly");
    CHECK(file.attribute("/hourly", "NX_class") == "NXdata");
    CHECK(file.attribute("/hourly", "signal") == "it_power_W");
    CHECK(file.attribute("/hourly/time", "units") == "seconds since 2025-01-01T00:00:00Z");
    CHECK(file.attribute("/hourly/time", "calendar") == "standard");
    CHECK(file.attribute("/events/time", "calendar") == "standard");
    CHECK(file.attribute("/hourly/it_power_W", "cell_methods") == "time: mean");
    CHECK(file.attribute("/hourly/state", "flag_meanings") == "off ramping serving");
    CHECK(file.attribute("/hourly/state", "units").empty());
}

TEST_CASE("the tree lists the datasets in the order they were written", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    auto const tree = Reader(folder / "run.h5").tree();
    REQUIRE(tree.size() == 32);
    CHECK(tree[0] == "/hourly/time float64 [time=24] seconds since 2025-01-01T00:00:00Z");
    CHECK(tree[1] == "/hourly/campus string [campus=2]");
    CHECK(tree[2] == "/hourly/capacity_W float64 [campus=2] W");
    CHECK(tree[3] == "/hourly/it_power_W float32 [time=24,campus=2] W");
    CHECK(tree[5] == "/hourly/state int8 [time=24,campus=2]");
    CHECK(tree[7] == "/hourly/energy_J float64 [time=24] J");
    CHECK(tree[8] == "/events/event int32 [event=5]");
    CHECK(tree[13] == "/events/what string [event=5]");
    CHECK(tree[14] == "/no_events/event int32 [event=0]");
    CHECK(tree[27] == "/summary/pue float64 [] 1");
    CHECK(tree[31] == "/provenance/warnings string []");
}

TEST_CASE("a table without rows keeps its columns", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    Reader const file(folder / "run.h5");
    CHECK(file.column("/no_events/time").empty());
    CHECK(file.column("/no_events/kind").empty());
    CHECK(file.labels("/no_events/what").empty());
}

TEST_CASE("axes without members carry data without values", "[unit][h5]")
{
    Folder const folder;
    {
        File file(folder / "run.h5");
        auto group = file.group("empty", "Nothing built");
        group.time_axis("2025-01-01");
        group.label_axis("cdu", {}, "CDU");
        group.index_axis("block", 0, "block");
        group.column({.name = "ua_W_per_K"}, "cdu", std::vector<double>{});
        group.column({.name = "maker"}, "cdu", std::vector<std::string>{});
        group.matrix({.name = "distance_m"}, "cdu", "block", {});
        auto flow = group.series({Quantity{.name = "flow_kg_per_s", .units = "kg s-1"}}, "cdu");
        flow.append(1.0, std::vector<float>{});
        flow.append(2.0, std::vector<float>{});
        file.commit();
    }
    Reader const file(folder / "run.h5");
    CHECK(file.column("/empty/time").size() == 2);
    CHECK(file.column("/empty/distance_m").empty());
    CHECK(file.entry("/empty/flow_kg_per_s").dimensions.front().size == 2);
}

TEST_CASE("equal calls give equal bytes, whatever was in memory before", "[unit][h5][determinism]")
{
    Folder const folder;
    write_example(folder / "a.h5");
    ::sleep(1); // a time stamp would differ
    write_example(folder / "b.h5");
    int const status = status_in_child([&] {
        ::mallopt(M_PERTURB, 0x5A); // fresh memory is not zero
        write_example(folder / "c.h5");
        return 0;
    });
    REQUIRE(status == 0);
    auto const bytes = bytes_of_file(folder / "a.h5");
    CHECK(bytes.size() > 10'000);
    CHECK((bytes == bytes_of_file(folder / "b.h5")));
    CHECK((bytes == bytes_of_file(folder / "c.h5")));
}

TEST_CASE("30,000 rows of three components arrive unchanged", "[unit][h5]")
{
    Folder const folder;
    {
        File file(folder / "run.h5");
        auto group = file.group("hourly", "");
        group.time_axis("2025-01-01");
        group.label_axis("hall", {"A", "B", "C"}, "hall");
        auto series = group.series({Quantity{.name = "x"}, Quantity{.name = "y"}}, "hall");
        for (int i = 0; i < 30'000; ++i) {
            auto const x = static_cast<float>(i);
            series.append(900.0 * (i + 1), std::array{x, x + 0.25F, x + 0.5F, -x, NAN, 1.0F});
        }
        CHECK(series.rows() == 30'000);
        file.commit();
    }
    Reader const file(folder / "run.h5");
    auto const x = file.column("/hourly/x");
    auto const y = file.column("/hourly/y");
    auto const time_s = file.column("/hourly/time");
    REQUIRE(x.size() == 90'000);
    bool equal = true;
    for (std::size_t i = 0; i < 30'000; ++i) {
        auto const v = static_cast<double>(i);
        equal = equal && x[3 * i] == v && x[3 * i + 1] == v + 0.25 && x[3 * i + 2] == v + 0.5 && y[3 * i] == -v && std::isnan(y[3 * i + 1])
                && time_s[i] == 900.0 * (v + 1.0);
    }
    CHECK(equal);
}

TEST_CASE("memory does not grow with the length of a series", "[unit][h5]")
{
    std::size_t constexpr components = 500;
    int constexpr rows = 30'000; // 60 MB of floats
    Folder const folder;
    File file(folder / "run.h5");
    auto group = file.group("hourly", "");
    group.time_axis("2025-01-01");
    group.index_axis("rack", components, "rack");
    auto series = group.series({Quantity{.name = "x"}}, "rack");
    std::vector<float> row(components);
    auto const before = resident_bytes();
    std::size_t most = before;
    for (int i = 0; i < rows; ++i) {
        row[static_cast<std::size_t>(i) % components] += 1.0F;
        series.append(i, row);
        if (i % 100 == 0) {
            most = std::max(most, resident_bytes());
        }
    }
    file.commit();
#ifndef __SANITIZE_ADDRESS__ // the sanitizer keeps freed memory
    CHECK(most - before < 8'000'000);
#endif
    CHECK(Reader(folder / "run.h5").entry("/hourly/x").dimensions.front().size == rows);
}

TEST_CASE("an existing name is an error that names the dataset", "[unit][h5]")
{
    Folder const folder;
    File file(folder / "run.h5");
    auto group = file.group("summary", "");
    group.scalar({.name = "pue"}, 1.1);
    CHECK_THROWS_WITH(group.scalar({.name = "pue"}, 1.2), ContainsSubstring("pue in /summary") && ContainsSubstring("run.h5"));
    CHECK_THROWS_AS(file.group("summary", ""), Error);
}

TEST_CASE("reading what is not there is an error that names it", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    std::ofstream(folder / "text.h5") << "not HDF5";
    Reader const file(folder / "run.h5");
    CHECK(file.has("/summary/pue"));
    CHECK(file.has("/summary"));
    CHECK_FALSE(file.has("/summary/wue"));
    CHECK_FALSE(file.has("/nowhere/pue"));
    CHECK_THROWS_WITH(file.scalar("/nowhere/pue"), ContainsSubstring("/nowhere/pue"));
    CHECK_THROWS_WITH(file.scalar("/hourly/time"), ContainsSubstring("24 numbers"));
    CHECK_THROWS_AS(file.column("/hourly/campus"), Error);
    CHECK_THROWS_WITH(file.labels("/hourly/time"), ContainsSubstring("float64"));
    CHECK_THROWS_WITH(file.text("/hourly/campus"), ContainsSubstring("2 texts"));
    CHECK_THROWS_WITH(Reader(folder / "absent.h5"), ContainsSubstring("absent.h5"));
    CHECK_THROWS_WITH(Reader(folder / "text.h5"), ContainsSubstring("text.h5"));
}

TEST_CASE("broken contracts end the process with code 70", "[unit][h5]")
{
    Folder const folder;
    auto const with_series = [&](std::function<void(Group&, Series&)> const& wrong) {
        return status_in_child([&] {
            std::freopen("/dev/null", "w", stderr);
            File file(folder / "run.h5");
            auto group = file.group("hourly", "");
            group.time_axis("2025-01-01");
            group.label_axis("hall", {"A", "B"}, "hall");
            auto series = group.series({SeriesSpec(Quantity{.name = "state"}, Type::int8)}, "hall");
            series.append(1.0, std::array{1.0F, -128.0F});
            wrong(group, series);
            return 0;
        });
    };
    CHECK(with_series([](Group&, Series& series) { series.append(2.0, std::array{127.5F, 2.0F}); }) == 0);
    CHECK(with_series([](Group&, Series& series) { series.append(2.0, std::array{1.0F}); }) == 70);
    CHECK(with_series([](Group&, Series& series) { series.append(1.0, std::array{1.0F, 2.0F}); }) == 70);
    CHECK(with_series([](Group&, Series& series) { series.append(2.0, std::array{128.0F, 2.0F}); }) == 70);
    CHECK(with_series([](Group&, Series& series) { series.append(2.0, std::array{NAN, 2.0F}); }) == 70);
    CHECK(with_series([](Group& group, Series&) { group.column({.name = "x"}, "hall", std::vector{1.0}); }) == 70);
    CHECK(with_series([](Group& group, Series&) { group.column({.name = "x"}, "rack", std::vector{1.0}); }) == 70);
    CHECK(with_series([](Group& group, Series&) { group.flags("state", false, {{0, "two words"}}); }) == 70);
}

TEST_CASE("xarray, netCDF4, h5py and ncdump read every group", "[unit][h5]")
{
    Folder const folder;
    auto const path = folder / "run.h5";
    write_example(path);
    auto const log = (folder / "log").string();
    auto const command = "/usr/bin/python3 " AIDC_SOURCE_DIR "/tests/unit/sim/record/h5_readers.py " + path.string() + " >" + log + " 2>&1";
    int const status = std::system(command.c_str());
    INFO(bytes_of_file(log));
    INFO("a missing Python module is installed by scripts/setup.sh");
    CHECK(status == 0);
}
