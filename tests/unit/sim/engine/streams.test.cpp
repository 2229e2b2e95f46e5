#include "sim/engine/streams.hpp"

#include "tests/catch.hpp"

#include <array>
#include <cmath>
#include <set>
#include <string>

using aidc::philox4x64;
using aidc::PhiloxCounter;
using aidc::Streams;

TEST_CASE("Philox4x64-10 gives the published known answers")
{
    // Random123, tests/kat_vectors: "philox4x64 10", all zeros and all ones.
    CHECK(philox4x64({0, 0, 0, 0}, {0, 0})
          == PhiloxCounter{0x16554d9eca36314cu, 0xdb20fe9d672d0fdcu, 0xd7e772cee186176bu, 0x7e68b68aec7ba23bu});
    auto constexpr ones = UINT64_MAX;
    CHECK(philox4x64({ones, ones, ones, ones}, {ones, ones})
          == PhiloxCounter{0x87b092c3013fe90bu, 0x438c3c67be8d0224u, 0x9cc7d7c69cd777b6u, 0xa09caebf594f0ba0u});
}

TEST_CASE("draws of one name are uniform: chi-square over 100 bins")
{
    Streams const streams(1, 0);
    std::array<int, 100> bins{};
    int constexpr draws = 100'000;
    for (int i = 0; i < draws; ++i) {
        double const u = streams.uniform("langfang/A/1", "repair time", static_cast<std::uint64_t>(i));
        REQUIRE((u > 0.0 && u < 1.0));
        ++bins[static_cast<std::size_t>(u * 100.0)];
    }
    double chi_square = 0.0;
    for (int const count : bins) {
        chi_square += std::pow(count - draws / 100.0, 2) / (draws / 100.0);
    }
    // Upper 0.1 % point of chi-square with 99 degrees of freedom: 148.230 (NIST/SEMATECH e-Handbook, table 1.3.6.7.4).
    CHECK(chi_square < 148.230);
    // Lower 0.1 % point, same table: 61.137. Smaller would be suspiciously even.
    CHECK(chi_square > 61.137);
}

TEST_CASE("first draws of many names are uniform: chi-square over 100 bins")
{
    Streams const streams(1, 0);
    std::array<int, 100> bins{};
    for (int i = 0; i < 100'000; ++i) {
        ++bins[static_cast<std::size_t>(streams.uniform("rack " + std::to_string(i), "life", 0) * 100.0)];
    }
    double chi_square = 0.0;
    for (int const count : bins) {
        chi_square += std::pow(count - 1000.0, 2) / 1000.0;
    }
    CHECK(chi_square < 148.230); // as above
}

TEST_CASE("neighbouring draws are not correlated")
{
    Streams const streams(7, 3);
    double sum = 0.0;
    int constexpr pairs = 100'000;
    for (std::uint64_t i = 0; i < pairs; ++i) {
        sum += (streams.uniform("a", "b", i) - 0.5) * (streams.uniform("a", "b", i + 1) - 0.5);
    }
    // Variance of one product: (1/12)^2; four standard deviations of the mean.
    CHECK(std::abs(sum / pairs) < 4.0 / 12.0 / std::sqrt(double{pairs}));
}

TEST_CASE("a draw does not depend on what was drawn before")
{
    Streams const streams(42, 5);
    double const direct = streams.uniform("hall", "delay", 17);
    for (std::uint64_t i = 30; i-- > 0;) {
        (void)streams.uniform("another hall", "delay", i);
        (void)streams.uniform("hall", "delay", i);
    }
    CHECK(streams.uniform("hall", "delay", 17) == direct);
    CHECK(Streams(42, 5).uniform("hall", "delay", 17) == direct);
}

TEST_CASE("every part of the key counts")
{
    std::set<double> const different{Streams(1, 0).uniform("a", "b", 0), Streams(2, 0).uniform("a", "b", 0),
                                     Streams(1, 1).uniform("a", "b", 0), Streams(1, 0).uniform("ab", "b", 0),
                                     Streams(1, 0).uniform("b", "a", 0), Streams(1, 0).uniform("a", "b", 1),
                                     Streams(1, 0).uniform("", "ab", 0), Streams(1, 0).uniform("ab", "", 0)};
    CHECK(different.size() == 8);
}
