#include "sim/search/journal.hpp"

#include "models/base/error.hpp"
#include "tests/unit/sim/search/case.hpp"

#include "tests/catch.hpp"

#include <sys/wait.h>

using namespace aidc;
using test::FunctionSearch;
using test::Numbers;

namespace {

FunctionSearch function_search()
{
    return {.space = SearchSpace({"a:/a=0:1:31", "b:/b=0:1:31"}),
            .goal = {.maximize = false, .bounds = {{.at_most = true, .bound = 0.5}}},
            .function = [](std::vector<double> const& x, Replicates r) {
                double const luck = r.first == 0 ? 0.0 : 0.02; // fresh replicates are less kind
                return Numbers{x[0] + std::sin(9.0 * x[1]) / 3.0, 1.0 - x[0] - x[1] * x[1] + luck};
            }};
}

/// A part of a search: from its journal on, until it ends or is stopped.
bool run_part(std::filesystem::path const& path, SearchMethod method, std::size_t stop_after)
{
    auto function = function_search();
    function.stop_after = stop_after;
    Journal journal(path, function.space, 1);
    auto search = function.search({.first = 0, .count = 7}, &journal);
    auto const verdict = search_and_check(search, {.method = method, .seed = 5, .start = {15, 15}, .evaluations = 60});
    CHECK(verdict.stopped == search.stopped());
    return !search.stopped();
}

std::string message_of(std::function<void()> const& call)
{
    try {
        call();
    }
    catch (InputErrors const& errors) {
        return errors.problems().front().message;
    }
    return "";
}

} // namespace

TEST_CASE("a search that is stopped after every k-th evaluation ends with the same journal", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    for (auto const method :
         {SearchMethod::chosen, SearchMethod::isres, SearchMethod::cobyla, SearchMethod::direct, SearchMethod::crs, SearchMethod::sbplx}) {
        auto const whole = folder.path / "whole.jsonl";
        REQUIRE(run_part(whole, method, 1000));
        auto const lines = test::text_of(whole);
        for (std::size_t const k : {1U, 2U, 3U, 7U, 25U, 59U, 60U, 61U}) {
            auto const parts = folder.path / "parts.jsonl";
            std::size_t count = 1;
            while (!run_part(parts, method, k)) {
                ++count;
                REQUIRE(count < 100);
            }
            INFO("method " << static_cast<int>(method) << ", k " << k << ", parts " << count);
            CHECK(test::text_of(parts) == lines);
            std::filesystem::remove(parts);
        }
        std::filesystem::remove(whole);
    }
}

TEST_CASE("numbers come back from the journal with the same bits, also those that are none", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const function = function_search();
    double const infinite = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();
    Evaluation const numbers{.plan = {3, 30},
                             .replicates = {.first = 40, .count = 200},
                             .objective = {.value = 0.1 + 0.2, .low = -infinite, .high = 1e-310, .not_reached = 1.0 / 3.0},
                             .constraints = {{.value = infinite, .low = 74705604.33398438, .high = none}},
                             .error = ""};
    Evaluation const failed{
        .plan = {0, 0}, .replicates = {}, .objective = {}, .constraints = {Estimate{}}, .error = "a \"quoted\" line\nand \xff"};
    {
        Journal journal(folder.path / "j", function.space, 1);
        CHECK(journal.known().empty());
        journal.append(numbers);
        journal.append(failed);
    }
    Journal const journal(folder.path / "j", function.space, 1);
    REQUIRE(journal.known().size() == 2);
    auto const& back = journal.known()[0];
    CHECK(back.plan == numbers.plan);
    CHECK(back.replicates == numbers.replicates);
    CHECK(back.objective == numbers.objective);
    CHECK(back.constraints[0].value == infinite);
    CHECK(back.constraints[0].low == 74705604.33398438);
    CHECK(std::isnan(back.constraints[0].high));
    CHECK(std::isnan(journal.known()[1].objective.value));
    CHECK_THAT(journal.known()[1].error, ContainsSubstring("a \"quoted\" line\nand "));
    CHECK(journal_line(back) == journal_line(numbers));
}

TEST_CASE("a journal cut off at any byte loses its last line only", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const path = folder.path / "j";
    auto const function = function_search();
    auto line = [&](std::uint32_t a) {
        return journal_line({.plan = {a, 1},
                             .replicates = {.first = 0, .count = 7},
                             .objective = {.value = 1.0 / (a + 3.0)},
                             .constraints = {{.value = 1.0}},
                             .error = {}});
    };
    auto const head = line(0) + line(1), text = head + line(2);
    for (std::size_t size = head.size(); size < text.size(); ++size) {
        test::write(path, text.substr(0, size));
        Journal const journal(path, function.space, 1);
        CHECK(journal.known().size() == 2);
        CHECK(test::text_of(path) == head); // so that the next line begins on its own
    }
    test::write(path, head + std::string(100, '\0') + "\n"); // a block that never reached the disk
    CHECK(Journal(path, function.space, 1).known().size() == 2);
}

TEST_CASE("a journal that is damaged before its end, of another search, or not writable is refused in words", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const path = folder.path / "j";
    auto const function = function_search();
    auto const good = journal_line({.plan = {1, 1}, .replicates = {}, .objective = {}, .constraints = {Estimate{}}, .error = {}});
    auto const open = [&] { Journal const journal(path, function.space, 1); };
    test::write(path, good + "{]\n" + good);
    CHECK_THAT(message_of(open), ContainsSubstring("line 2") && ContainsSubstring("damaged"));
    test::write(path, journal_line({.plan = {1, 99}, .replicates = {}, .objective = {}, .constraints = {Estimate{}}, .error = {}}) + good);
    CHECK_THAT(message_of(open), ContainsSubstring("another search"));
    test::write(path, journal_line({.plan = {1, 1}, .replicates = {}, .objective = {}, .constraints = {}, .error = {}}) + good);
    CHECK_THAT(message_of(open), ContainsSubstring("another search"));
    CHECK_THAT(message_of([&] { Journal const journal(folder.path / "none" / "j", function.space, 1); }),
               ContainsSubstring("cannot be written"));
}

TEST_CASE("a journal is open for one process at a time", "[unit][sweep]")
{
    test::TemporaryFolder const folder;
    auto const function = function_search();
    Journal const journal(folder.path / "j", function.space, 1);
    CHECK_THAT(message_of([&] { Journal const other(folder.path / "j", function.space, 1); }), ContainsSubstring("another search"));
}
