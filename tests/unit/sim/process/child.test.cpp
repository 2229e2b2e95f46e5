#include "sim/run/child.hpp"

#include "tests/catch.hpp"

#include <csignal>
#include <unistd.h>

using aidc::in_child;

TEST_CASE("bytes of a child arrive as they are, however many", "[unit][run]")
{
    CHECK(in_child([] { return std::string("a\0b", 3); }) == std::string("a\0b", 3));
    CHECK(in_child([] { return std::string(); }).empty());
    // More than a pipe holds (64 KiB on Linux): both ends must keep reading and writing.
    auto const large = in_child([] { return std::string(3'000'000, 'x'); });
    CHECK(large.size() == 3'000'000);
}

TEST_CASE("what ends a child in words ends its parent in the same words", "[unit][run]")
{
    CHECK_THROWS_WITH(in_child([]() -> std::string { throw std::runtime_error("no root near 7"); }), "no root near 7");
}

TEST_CASE("a child that dies is an error that says how", "[unit][run]")
{
    CHECK_THROWS_WITH(in_child([]() -> std::string { _exit(70); }), ContainsSubstring("exit code 70"));
    CHECK_THROWS_WITH(in_child([]() -> std::string {
                          std::raise(SIGKILL);
                          return "";
                      }),
                      ContainsSubstring("signal 9"));
}
