#include "models/base/error.hpp"

#include "tests/catch.hpp"

#include <array>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

using namespace aidc;

namespace {

struct Ended {
    int code{};
    std::string text;
};

/// Exit code and standard error of a child that runs f.
template <class F> Ended in_child(F&& f)
{
    std::array<int, 2> pipe_ends{};
    REQUIRE(::pipe(pipe_ends.data()) == 0);
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::dup2(pipe_ends[1], STDERR_FILENO);
        f();
        ::_exit(0);
    }
    ::close(pipe_ends[1]);
    Ended ended;
    std::array<char, 512> buffer{};
    for (auto n = ::read(pipe_ends[0], buffer.data(), buffer.size()); n > 0; n = ::read(pipe_ends[0], buffer.data(), buffer.size())) {
        ended.text.append(buffer.data(), static_cast<std::size_t>(n));
    }
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
}

} // namespace

TEST_CASE("input errors keep every problem and say each on a line", "[unit][base]")
{
    std::vector<Problem> const problems{{"a.json:3", "/step_h", "is negative (time does not run back) give a positive number"},
                                        {"weather.epw", "", "cannot be read"}};
    InputErrors const errors(problems);
    CHECK(errors.problems() == problems);
    std::string const text = errors.what();
    CHECK_THAT(text, ContainsSubstring("a.json:3"));
    CHECK_THAT(text, ContainsSubstring("/step_h: is negative (time does not run back) give a positive number\n"));
    CHECK_THAT(text, ContainsSubstring("\nweather.epw: cannot be read\n"));
    CHECK(std::string(InputErrors({}).what()).empty());
}

TEST_CASE("a solver error names the component and what was sought", "[unit][base]")
{
    CHECK(std::string(SolverError("plant langfang/A", "no root between 20 and 60 C").what())
          == "plant langfang/A: no root between 20 and 60 C");
}

TEST_CASE("an audit error names the balance and its residual", "[unit][base]")
{
    AuditError const error("heat", 2.5e-6);
    CHECK(error.term() == "heat");
    CHECK(std::string(error.what()) == "audit of heat: the balance does not close, relative residual 2.500e-06");
}

TEST_CASE("a kept contract does nothing", "[unit][base]")
{
    AIDC_EXPECT(1 + 1 == 2);
    AIDC_ENSURE(true);
    SUCCEED();
}

TEST_CASE("a broken contract ends the process with 70 and says which", "[unit][base]")
{
    auto const expect = in_child([] { AIDC_EXPECT(1 > 2); });
    CHECK(expect.code == 70);
    CHECK_THAT(expect.text, ContainsSubstring("internal error: precondition broken: 1 > 2 ("));
    CHECK_THAT(expect.text, ContainsSubstring("error.test.cpp:"));
    auto const ensure = in_child([] { AIDC_ENSURE(false); });
    CHECK(ensure.code == 70);
    CHECK_THAT(ensure.text, ContainsSubstring("postcondition broken: false"));
}
