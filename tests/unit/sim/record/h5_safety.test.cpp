// What is left on the disk when a run, a process or the disk itself comes to an end too early.

#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/sim/record/h5_example.hpp"

#include <csignal>
#include <cstdio>
#include <iostream>
#include <sys/resource.h>

using namespace aidc::h5;

TEST_CASE("a file that is not committed leaves nothing behind", "[unit][h5]")
{
    Folder const folder;
    {
        File file(folder / "run.h5");
        write_hourly(file);
        CHECK(folder.names() == std::vector<std::string>{"run.h5.part"});
    }
    CHECK(folder.names().empty());
}

TEST_CASE("a file may be committed under another name", "[unit][h5]")
{
    Folder const folder;
    File file(folder / "run.h5");
    write_hourly(file);
    file.commit_as(folder / "run.failed.h5");
    CHECK(folder.names() == std::vector<std::string>{"run.failed.h5"});
    CHECK(Reader(folder / "run.failed.h5").column("/hourly/time").size() == 24);
}

TEST_CASE("a series that stopped early is missing at the end", "[unit][h5]")
{
    Folder const folder;
    {
        File file(folder / "run.h5");
        auto group = file.group("hourly", "");
        group.time_axis("2025-01-01");
        auto first = group.series({Quantity{.name = "a"}});
        auto second = group.series({Quantity{.name = "b"}});
        first.append(1.0, std::array{1.0F});
        second.append(1.0, std::array{1.0F});
        first.append(2.0, std::array{2.0F});
        file.commit_as(folder / "run.failed.h5");
    }
    auto const values = Reader(folder / "run.failed.h5").column("/hourly/b");
    REQUIRE(values.size() == 2);
    CHECK(std::isnan(values[1]));
}

TEST_CASE("a killed process leaves no file under the final name, and the next one replaces its rest", "[unit][h5]")
{
    Folder const folder;
    auto const path = folder / "run.h5";
    int const status = status_in_child([&]() -> int {
        File file(path);
        write_hourly(file);
        write_events(file, "events", 5000);
        ::_exit(3);
    });
    REQUIRE(status == 3);
    CHECK(folder.names() == std::vector<std::string>{"run.h5.part"});
    write_example(path);
    CHECK(folder.names() == std::vector<std::string>{"run.h5"});
    CHECK(Reader(path).scalar("/summary/pue") == 1.125);
}

TEST_CASE("a forked child that exits does not touch its parent's file", "[unit][h5]")
{
    Folder const folder;
    for (auto const* name : {"alone.h5", "forked.h5"}) {
        File file(folder / name);
        write_hourly(file);
        if (std::string(name) == "forked.h5") {
            std::cout.flush();
            std::fflush(nullptr);
            CHECK(status_in_child([]() -> int { std::exit(5); }) == 5); // with exit handlers, unlike _exit
        }
        write_events(file, "events", 3000);
        file.commit();
    }
    CHECK((bytes_of_file(folder / "alone.h5") == bytes_of_file(folder / "forked.h5")));
}

TEST_CASE("a whole file stays under its name until the next one is whole", "[unit][h5]")
{
    Folder const folder;
    write_example(folder / "run.h5");
    auto const before = bytes_of_file(folder / "run.h5");
    {
        File file(folder / "run.h5");
        write_hourly(file);
    }
    CHECK((bytes_of_file(folder / "run.h5") == before));
}

TEST_CASE("a folder that cannot be written to is an error that names the path", "[unit][h5]")
{
    Folder const folder;
    auto const path = folder / "no" / "such" / "run.h5";
    CHECK_THROWS_AS(File(path), Error);
    CHECK_THROWS_WITH(File(path), ContainsSubstring(path.string()) && ContainsSubstring("No such file or directory"));
    try {
        File const file("/proc/run.h5"); // not even root creates files there
        FAIL("it was created");
    }
    catch (Error const& error) {
        CHECK(error.file() == "/proc/run.h5.part");
        CHECK(!error.stack().empty());
    }
}

TEST_CASE("a full disk is an error, leaves no file, and the next file of the process is whole", "[unit][h5]")
{
    Folder const folder;
    auto const limited = [&](rlim_t limit_bytes) {
        return status_in_child([&] {
            std::signal(SIGXFSZ, SIG_IGN); // writing past the limit then fails like a full disk, with an error code
            rlimit limit{};
            ::getrlimit(RLIMIT_FSIZE, &limit);
            auto const before = limit;
            limit.rlim_cur = limit_bytes;
            ::setrlimit(RLIMIT_FSIZE, &limit);
            int status = 1;
            try {
                write_example(folder / "full.h5");
            }
            catch (Error const& error) {
                auto const text = std::string(error.what());
                status = text.find("full.h5") != std::string::npos && text.find("(File too large)") != std::string::npos ? 0 : 2;
            }
            ::setrlimit(RLIMIT_FSIZE, &before);
            write_example(folder / "next.h5");
            return status;
        });
    };
    auto const limit_bytes = GENERATE(rlim_t{100}, rlim_t{3'000}, rlim_t{30'000}, rlim_t{100'000});
    CAPTURE(limit_bytes);
    CHECK(limited(limit_bytes) == 0);
    CHECK(folder.names() == std::vector<std::string>{"next.h5"});
    CHECK(Reader(folder / "next.h5").scalar("/summary/pue") == 1.125);
}

TEST_CASE("a disk that fills in the middle of a series is an error at once", "[unit][h5]")
{
    Folder const folder;
    int const status = status_in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 200'000;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        File file(folder / "run.h5");
        auto group = file.group("hourly", "");
        group.time_axis("2025-01-01");
        auto series = group.series({Quantity{.name = "x"}});
        try {
            for (int i = 0; i < 10'000'000; ++i) {
                series.append(i, std::array{static_cast<float>(std::sin(i))});
            }
        }
        catch (Error const& error) {
            return error.file() == folder / "run.h5.part" && series.rows() < 200'000 ? 0 : 2;
        }
        return 1;
    });
    CHECK(status == 0);
    CHECK(folder.names().empty());
}
