// How bursty the requests of a real service are, and what that says of the servers it needs.
#include "models/demand/bursts.hpp"
#include "models/demand/queueing.hpp"
#include "sim/scenario/request_log.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace aidc;

namespace {

/// Requests and the service times that follow from their tokens.
struct Stream {
    std::vector<double> arrival_s, service_s;

    double offered(double span_s) const { return std::accumulate(service_s.begin(), service_s.end(), 0.0) / span_s; }
};

/// The log, or nothing where the data sets are not there. Azure LLM inference trace 2023 (code), CC BY 4.0: 8,819 requests in 57 minutes.
std::optional<RequestLog> the_log()
{
    char const* const folder = std::getenv("AIDCSIM_DATA");
    if (folder == nullptr) {
        WARN("skipped: AIDCSIM_DATA is not set"); // CTest counts the test as skipped by these words
        return {};
    }
    return read_request_log(std::string(folder) + "/jobs/AzureLLMInferenceTrace_code.csv.gz", false);
}

/// Service times in proportion to prompt and output tokens, of this mean.
Stream with_service(RequestLog const& log, double mean_s)
{
    Stream stream{log.arrival_s, {}};
    double sum = 0.0;
    for (std::size_t i = 0; i < log.arrival_s.size(); ++i) {
        stream.service_s.push_back(log.prompt_tokens[i] + log.output_tokens[i]);
        sum += stream.service_s.back();
    }
    for (double& s : stream.service_s) {
        s *= mean_s * static_cast<double>(log.arrival_s.size()) / sum;
    }
    return stream;
}

/// Many such services at once that know nothing of each other: copies of the stream, each begun at a random instant of its span.
Stream merged(Stream const& one, int copies, std::mt19937_64& bits)
{
    double const span_s = one.arrival_s.back();
    std::vector<std::pair<double, double>> requests;
    for (int copy = 0; copy < copies; ++copy) {
        double const shift_s = static_cast<double>(bits() >> 11) / 9007199254740992.0 * span_s;
        for (std::size_t i = 0; i < one.arrival_s.size(); ++i) {
            requests.emplace_back(std::fmod(one.arrival_s[i] + shift_s, span_s), one.service_s[i]);
        }
    }
    std::ranges::sort(requests);
    Stream all;
    for (auto const& [arrival_s, service_s] : requests) {
        all.arrival_s.push_back(arrival_s);
        all.service_s.push_back(service_s);
    }
    return all;
}

/// Share of requests that find no server free, first come first served.
double waiting_share(Stream const& stream, std::uint64_t servers)
{
    std::priority_queue<double, std::vector<double>, std::greater<>> free_at_s; // servers that have not worked yet are not in it
    std::size_t waiting = 0;
    for (std::size_t i = 0; i < stream.arrival_s.size(); ++i) {
        double start_s = stream.arrival_s[i];
        if (free_at_s.size() == servers) {
            waiting += free_at_s.top() > start_s ? 1 : 0;
            start_s = std::max(start_s, free_at_s.top());
            free_at_s.pop();
        }
        free_at_s.push(start_s + stream.service_s[i]);
    }
    return static_cast<double>(waiting) / static_cast<double>(stream.arrival_s.size());
}

/// Least servers with which no larger share waits.
std::uint64_t least_servers(Stream const& stream, double load, double share)
{
    auto low = static_cast<std::uint64_t>(load); // too few
    auto high = 2 * low + 500;
    while (high - low > 1) {
        auto const middle = (low + high) / 2;
        (waiting_share(stream, middle) <= share ? high : low) = middle;
    }
    return high;
}

} // namespace

TEST_CASE("requests come in bursts on all scales", "[data]")
{
    auto const log = the_log();
    if (!log) {
        return;
    }
    // Expected: another program over the same file (a few lines of Python).
    double const n = 8819.0;
    REQUIRE(static_cast<double>(log->arrival_s.size()) == n);
    CHECK_THAT(n / log->arrival_s.back(), WithinRel(2.5666860664, 1e-9)); // requests a second
    CHECK_THAT(std::accumulate(log->prompt_tokens.begin(), log->prompt_tokens.end(), 0.0) / n, WithinRel(2047.848282118, 1e-9));
    CHECK_THAT(std::accumulate(log->output_tokens.begin(), log->output_tokens.end(), 0.0) / n, WithinRel(27.882526363, 1e-9));
    struct Row {
        double scale_s, value;
    };
    for (auto const& row : {Row{1.0, 13.190268038}, Row{10.0, 71.850947234}, Row{60.0, 166.892629347}, Row{300.0, 151.624861165}}) {
        CHECK_THAT(index_of_dispersion(log->arrival_s, row.scale_s), WithinRel(row.value, 1e-8));
    }
    for (auto const& row : {Row{0.1, 2.488058494}, Row{1.0, 11.510149702}, Row{10.0, 48.227483828}, Row{60.0, 77.183830851}}) {
        CHECK_THAT(peakedness(log->arrival_s, row.scale_s), WithinRel(row.value, 1e-8));
    }
    // Service much longer than a burst: half of one and the index.
    CHECK_THAT(peakedness(log->arrival_s, 60.0), WithinRel((1.0 + index_of_dispersion(log->arrival_s, 300.0)) / 2.0, 0.02));
    // Times as they follow from the tokens make no great difference.
    for (double const mean_s : {1.0, 10.0}) {
        auto const stream = with_service(*log, mean_s);
        CHECK_THAT(peakedness(stream.arrival_s, stream.service_s), WithinRel(peakedness(log->arrival_s, mean_s), 0.04));
    }
}

TEST_CASE("a small bursty service needs more servers than its peakedness says", "[data]")
{
    auto const log = the_log();
    if (!log) {
        return;
    }
    struct Row {
        double mean_s, share;
        std::uint64_t least;
    };
    // Least servers: another program over the same file (a few lines of Python).
    for (auto const& row :
         {Row{1.0, 0.01, 62}, Row{1.0, 0.05, 36}, Row{1.0, 0.2, 22}, Row{10.0, 0.01, 284}, Row{10.0, 0.05, 175}, Row{10.0, 0.2, 110}}) {
        auto const stream = with_service(*log, row.mean_s);
        double const load = stream.offered(stream.arrival_s.back());
        double const z = peakedness(stream.arrival_s, stream.service_s);
        auto const least = least_servers(stream, load, row.share);
        CAPTURE(row.mean_s, row.share, load, z);
        CHECK(least == row.least);
        CHECK(load < z); // far from where the number busy is normal: it needs loads above 10 z
        CHECK(waiting_share(stream, servers_needed(load, 1.0, row.share)) > 0.75);
        double const spare = static_cast<double>(least) - load; // found: of it, the laws give so much
        CHECK_THAT((square_root_staffing(load, z, row.share) - load) / spare, WithinAbs(0.34, 0.13));
        CHECK_THAT((static_cast<double>(servers_needed(load, z, row.share)) - load) / spare, WithinAbs(0.54, 0.13));
    }
}

TEST_CASE("many bursty services together need nearly the spare servers of their peakedness", "[data]")
{
    auto const log = the_log();
    if (!log) {
        return;
    }
    auto const one = with_service(*log, 10.0);
    double const span_s = one.arrival_s.back();
    struct Row {
        int copies, merges;
        double poisson, square_root, needed; // spare servers of each law over those that it takes
    };
    // How far off the laws are is found here, by the peakedness of each merge; docs/theory/inference.md has more merges.
    for (auto const& row : {Row{10, 12, 0.10, 0.73, 0.86}, Row{100, 2, 0.12, 0.86, 0.92}}) {
        std::mt19937_64 bits(20231116);
        double const load = row.copies * one.offered(span_s);
        double mean_z = 0.0;
        std::array<double, 3> const shares{0.01, 0.05, 0.2};
        std::array<double, 3> poisson{}, square_root{}, needed{}; // means over merges, by share
        for (int merge = 0; merge < row.merges; ++merge) {
            auto const all = merged(one, row.copies, bits);
            double const z = peakedness(all.arrival_s, all.service_s);
            mean_z += z / row.merges;
            for (std::size_t i = 0; i < shares.size(); ++i) {
                double const spare = row.merges * (static_cast<double>(least_servers(all, load, shares[i])) - load);
                poisson[i] += (square_root_staffing(load, 1.0, shares[i]) - load) / spare;
                square_root[i] += (square_root_staffing(load, z, shares[i]) - load) / spare;
                needed[i] += (static_cast<double>(servers_needed(load, z, shares[i])) - load) / spare;
            }
            CHECK(waiting_share(all, servers_needed(load, 1.0, 0.01)) > 0.5); // one in a hundred was the aim
        }
        for (std::size_t i = 0; i < shares.size(); ++i) {
            CAPTURE(row.copies, shares[i], load);
            CHECK_THAT(poisson[i], WithinAbs(row.poisson, 0.04));
            CHECK_THAT(square_root[i], WithinAbs(row.square_root, 0.08));
            CHECK_THAT(needed[i], WithinAbs(row.needed, 0.08));
        }
        CHECK_THAT(mean_z, WithinRel(peakedness(one.arrival_s, one.service_s), 0.25)); // services apart merge to the same peakedness
    }
}
