// Logs of requests: dates or seconds, tokens, and what is wrong with them, with file and line.
#include "sim/scenario/request_log.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const names_of_azure = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n";

RequestLog read(std::string const& text, bool skip_bad_rows = false)
{
    Folder const folder;
    return read_request_log(folder.write("requests.csv", text), skip_bad_rows);
}

std::vector<Problem> problems_in_log(std::string const& text, bool skip_bad_rows = false)
{
    return problems_of([&] { read(text, skip_bad_rows); });
}

/// One problem of the third line, after a good row, that says so; and one row that is left out.
void check_row(std::string const& good, std::string const& bad, std::string const& part)
{
    auto const text = names_of_azure + good + "\n" + bad + "\n" + good + "\n";
    INFO(text);
    auto const problems = problems_in_log(text);
    INFO(text_of(problems));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].where, Catch::Matchers::EndsWith("requests.csv:3"));
    CHECK_THAT(problems[0].message, ContainsSubstring(part));
    auto const log = read(text, true);
    CHECK(log.rows == 3);
    CHECK(log.skipped == 1);
    CHECK(log.arrival_s == std::vector<double>{log.arrival_s[0], log.arrival_s[0]});
    CHECK(log.skipped_why == problems);
}

} // namespace

TEST_CASE("dates of requests count from the first, to parts of a microsecond")
{
    // First rows of the Azure trace of 2023, and the form of dates of that of 2024.
    auto const log =
        read(names_of_azure + "2023-11-16 18:17:03.9799600,4808,10\r\n2023-11-16 18:17:04.0319600,3180,8\r\n2023-11-17 00:00:00,3,0");
    CHECK(log.rows == 3);
    CHECK(log.skipped == 0);
    REQUIRE(log.arrival_s.size() == 3);
    CHECK(log.arrival_s[0] == 0.0);
    CHECK_THAT(log.arrival_s[1], WithinAbs(0.052, 1e-10));
    CHECK_THAT(log.arrival_s[2], WithinAbs(5 * 3600 + 42 * 60 + 56.02004, 1e-10));
    CHECK(log.prompt_tokens == std::vector<double>{4808, 3180, 3});
    CHECK(log.output_tokens == std::vector<double>{10, 8, 0});
    CHECK(read(names_of_azure + "2024-05-10 00:00:00.009930+00:00,1,1\n2024-05-10 01:00:01.009930+01:00,1,1\n").arrival_s[1] == 1.0);
}

TEST_CASE("seconds of requests keep the log's zero, and columns have names of their own")
{
    CHECK(read(names_of_azure + "5,1,2\n5,3,4\n").arrival_s == std::vector<double>{5, 5});
    auto const log = read("output_tokens,user,arrival_s,prompt_tokens\n2,me,1.5,10\n4,you,1.75,20\n");
    CHECK(log.arrival_s == std::vector<double>{1.5, 1.75});
    CHECK(log.prompt_tokens == std::vector<double>{10, 20});
    CHECK(log.output_tokens == std::vector<double>{2, 4});
}

TEST_CASE("what is wrong with a request is told with its line")
{
    std::string const date = "2023-11-16 18:17:03.5,4808,10";
    std::string const second = "7,4808,10";
    check_row(date, "2023-11-16 18:17:03,1,1",
              "arrives 0.5 s before a row above (rows stand in order of time); sort the log or mend the row");
    check_row(second, "6,1,1", "arrives 1 s before a row above");
    check_row(date, "2023-11-16,1,1",
              "has \"2023-11-16\" as TIMESTAMP, which is not a date of the form 2023-11-16 18:17:03.98 as in the rows above");
    check_row(date, "8,1,1", "has \"8\" as TIMESTAMP, which is not a date");
    check_row(second, "2023-11-16 18:17:03,1,1",
              "has \"2023-11-16 18:17:03\" as TIMESTAMP, which is not a number of seconds as in the rows above");
    check_row(second, "8,x,1", "has \"x\" as ContextTokens, which is not a number");
    check_row(second, "8,1,-3", "has -3 as GeneratedTokens, and tokens are counted from 0 on; mend the row or leave it out");
    check_row(second, "8,1.5,3", "has 1.5 as ContextTokens, and tokens are counted");
    check_row(second, "8,1", "has 2 fields and a row of this log has 3; mend the row or leave it out");
    auto const first = problems_in_log(names_of_azure + "soon,1,1\n-1,1,1\n");
    INFO(text_of(first));
    REQUIRE(first.size() == 2);
    CHECK_THAT(first[0].message, ContainsSubstring("has \"soon\" as TIMESTAMP, which is neither a date of the form"));
    CHECK_THAT(first[1].message, ContainsSubstring("has \"-1\" as TIMESTAMP, which is neither"));
    auto const cut = problems_in_log(names_of_azure + "7,1,1\n8,1");
    REQUIRE(cut.size() == 1);
    CHECK_THAT(cut[0].message, ContainsSubstring("the file is cut off in its last line"));
}

TEST_CASE("the first row that is kept says whether a log has dates")
{
    auto const log = read(names_of_azure + "2023-11-16 18:17:03,x,1\n7,1,1\n8,1,1\n", true);
    CHECK(log.arrival_s == std::vector<double>{7, 8});
    CHECK(log.skipped == 1);
    auto const dates = read(names_of_azure + "7,x,1\n2023-11-16 18:17:03,x,1\n2023-11-16 18:17:05,1,1\n2023-11-16 18:17:06,1,1\n", true);
    CHECK(dates.arrival_s == std::vector<double>{0, 1});
}

TEST_CASE("a log without its columns or without requests is refused, bad rows left out or not")
{
    for (bool const skip : {false, true}) {
        auto const missing = problems_in_log("TIMESTAMP,Tokens\n7,1\n", skip);
        INFO(text_of(missing));
        REQUIRE(missing.size() == 2);
        CHECK_THAT(missing[0].message, ContainsSubstring("has no column \"ContextTokens\"; there are TIMESTAMP, Tokens"));
        CHECK_THAT(missing[1].message, ContainsSubstring("has no column \"GeneratedTokens\""));
        CHECK_THAT(text_of(problems_in_log("arrival_s\n7\n", skip)), ContainsSubstring("has no column \"prompt_tokens\""));
        CHECK_THAT(text_of(problems_in_log("", skip)), ContainsSubstring("is empty; its first line names the columns"));
        CHECK_THAT(text_of(problems_in_log(names_of_azure, skip)), ContainsSubstring("has no requests: 0 rows, 0 of them bad"));
    }
    auto const bad = problems_in_log(names_of_azure + "7,x,1\n", true);
    REQUIRE(bad.size() == 2);
    CHECK_THAT(bad[0].message, ContainsSubstring("has no requests: 1 rows, 1 of them bad"));
    CHECK_THAT(bad[1].message, ContainsSubstring("has \"x\" as ContextTokens"));
}
