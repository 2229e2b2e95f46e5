// Durations: a number or a distribution, in the unit of the key.
#include "sim/scenario/duration_text.hpp"
#include "sim/scenario/json_writer.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

struct Work {
    DurationText work;
    std::optional<DurationText> extra;
};

template <class V> void describe(V& v, Work& x)
{
    v.duration({"work", Need::optional, "Work"}, x.work);
    v.maybe_duration({"extra", Need::optional, "Extra"}, x.extra);
}

struct Read {
    Work value;
    std::vector<Problem> problems;
};

Read read(std::string const& text)
{
    Read result;
    auto const document = parse_document(text, "a.json");
    Reader reader(document, document.root, "", result.problems);
    describe(reader, result.value);
    reader.done();
    return result;
}

DurationText work(std::string const& key, std::string const& value)
{
    auto const [read_work, problems] = read("{\"" + key + "\": " + value + "}");
    CHECK(text_of(problems).empty());
    return read_work.work;
}

} // namespace

TEST_CASE("a number is a constant, in any unit of time")
{
    CHECK(work("work_s", "90").duration == Duration::fixed(90.0));
    CHECK(work("work_min", "2").duration == Duration::fixed(120.0));
    CHECK(work("work_h", "2").duration == Duration::fixed(7200.0));
    CHECK(work("work_days", "2").duration == Duration::fixed(172800.0));
    CHECK(work("work_weeks", "2").duration == Duration::fixed(1209600.0));
    CHECK(work("work_months", "1").duration == Duration::fixed(30.4375 * 86400.0)); // a twelfth of a Julian year
    CHECK(work("work_years", "1").duration == Duration::fixed(365.25 * 86400.0));
    CHECK(work("work_days", "0").duration == Duration::fixed(0.0));
}

TEST_CASE("each distribution is read with its parameters in seconds")
{
    using Shape = Duration::Shape;
    struct Case {
        std::string text;
        Shape shape;
        std::array<double, 3> days;
    };
    for (auto const& c : std::vector<Case>{
             {R"({"shape": "constant", "value": 3})", Shape::constant, {3, 0, 0}},
             {R"({"shape": "uniform", "low": 1, "high": 3})", Shape::uniform, {1, 3, 0}},
             {R"({"shape": "triangular", "low": 1, "mode": 2, "high": 3})", Shape::triangular, {1, 2, 3}},
             {R"({"shape": "pert", "low": 1, "mode": 2, "high": 3})", Shape::pert, {1, 2, 3}},
             {R"({"shape": "lognormal", "median": 5, "p90": 9})", Shape::lognormal, {5, 9, 0}},
             {R"({"shape": "exponential", "mean": 4})", Shape::exponential, {4, 0, 0}},
             {R"({"shape": "weibull", "scale": 4, "k": 1.5})", Shape::weibull, {4, 0, 0}},
             {R"({"shape": "empirical", "values": [2, 1], "seen": 0.8, "mean_beyond": 6})", Shape::empirical, {6, 0, 0}},
         }) {
        INFO(c.text);
        auto const duration = work("work_days", c.text).duration;
        CHECK(duration.shape == c.shape);
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(duration.parameter_s[i] == c.days[i] * 86400.0);
        }
    }
    CHECK(work("work_days", R"({"shape": "exponential", "mean": 4, "factor": "rain"})").factor == "rain");
}

TEST_CASE("a Weibull shape has no unit, and the values of a sample have that of the key")
{
    CHECK(work("work_weeks", R"({"shape": "weibull", "scale": 4, "k": 1.5})").duration.number == 1.5);
    auto const sample = work("work_days", R"({"shape": "empirical", "values": [3, 1, 2]})").duration;
    CHECK(sample.sample_s == std::vector<double>{86400.0, 2 * 86400.0, 3 * 86400.0});
    CHECK(sample.number == 1.0);
    CHECK(work("work_days", R"({"shape": "empirical", "values": [3], "seen": 0.8, "mean_beyond": 6})").duration.number == 0.8);
}

TEST_CASE("every shape is written so that it reads back the same")
{
    for (std::string const text :
         {R"(3)", R"({"shape": "pert", "low": 1, "mode": 2, "high": 3, "factor": "rain"})", R"({"shape": "weibull", "scale": 4, "k": 1.5})",
          R"({"shape": "empirical", "values": [3, 1, 2]})", R"({"shape": "empirical", "values": [3], "seen": 0.8, "mean_beyond": 6})"}) {
        INFO(text);
        Work once{.work = work("work_days", text)};
        Json node = Json::object();
        Writer writer(node);
        describe(writer, once);
        CHECK(work("work_s", node["work_s"].dump()) == once.work);
    }
}

TEST_CASE("an optional duration is absent or there, 0 included")
{
    CHECK_FALSE(read("{}").value.extra);
    CHECK(read(R"({"extra_days": 0})").value.extra->duration == Duration::fixed(0.0));
    CHECK(read(R"({"extra_days": {"shape": "exponential", "mean": 1}})").value.extra->duration.shape == Duration::Shape::exponential);
}

TEST_CASE("each faulty duration is one problem")
{
    struct Case {
        std::string value, pointer, part;
    };
    for (auto const& c : std::vector<Case>{
             {"-1", "/work_days", "a duration is at least 0"},
             {"\"3\"", "/work_days", "needs a number, not the text"},
             {"null", "/work_days", "needs a number, not null"},
             {"[1, 2]", "/work_days", "needs a number, not a list"},
             {"{}", "/work_days/shape", "missing (Family of the distribution)"},
             {R"({"shape": "normal", "mean": 3})", "/work_days/shape",
              "\"normal\" is not one of constant, uniform, triangular, pert, lognormal, exponential, weibull, empirical"},
             {R"({"shape": "pert", "low": 1, "high": 3})", "/work_days", "a pert distribution needs \"mode\""},
             {R"({"shape": "uniform", "low": 1, "mode": 2, "high": 3})", "/work_days",
              "a uniform distribution has no \"mode\" (it would be ignored)"},
             {R"({"shape": "pert", "low": 3, "mode": 2, "high": 4})", "/work_days", "needs low <= mode <= high in rising order"},
             {R"({"shape": "uniform", "low": 3, "high": 2})", "/work_days", "needs low <= high in rising order"},
             {R"({"shape": "lognormal", "median": 3, "p90": 2})", "/work_days", "needs median <= p90"},
             {R"({"shape": "lognormal", "median": 0, "p90": 2})", "/work_days", "needs a median above 0"},
             {R"({"shape": "pert", "low": -1, "mode": 2, "high": 4})", "/work_days/low", "must be at least 0"},
             {R"({"shape": "pert", "low": "1", "mode": 2, "high": 4})", "/work_days/low", "needs a number"},
             {R"({"shape": "pert", "low": 1, "mod": 2, "high": 4})", "/work_days/mod", "did you mean \"mode\"?"},
             {R"({"shape": "exponential", "mean": 2, "factor": 5})", "/work_days/factor", "needs a text"},
             {R"({"shape": "weibull", "scale": 2})", "/work_days", "a weibull distribution needs \"k\""},
             {R"({"shape": "weibull", "scale": 2, "k": 0})", "/work_days", "a weibull distribution needs a k from 0.1 to 100"},
             {R"({"shape": "weibull", "scale": 2, "k": 1, "mean": 2})", "/work_days", "a weibull distribution has no \"mean\""},
             {R"({"shape": "weibull", "scale": 2, "k": 1, "values": [2]})", "/work_days", "has no \"values\" (they would be ignored)"},
             {R"({"shape": "exponential", "mean": 2, "k": 1})", "/work_days", "an exponential distribution has no \"k\""},
             {R"({"shape": "empirical"})", "/work_days", "an empirical distribution needs \"values\""},
             {R"({"shape": "empirical", "values": []})", "/work_days", "an empirical distribution needs \"values\""},
             {R"({"shape": "empirical", "values": [1, -2]})", "/work_days/values/1", "is -2 and must be at least 0"},
             {R"({"shape": "empirical", "values": [1, "2"]})", "/work_days/values/1", "needs a number, not the text"},
             {R"({"shape": "empirical", "values": 3})", "/work_days/values", "needs a list [ ... ], not the number 3"},
             {R"({"shape": "empirical", "values": [1], "seen": 0.5})", "/work_days", "an empirical distribution needs \"mean_beyond\""},
             {R"({"shape": "empirical", "values": [1], "seen": 0, "mean_beyond": 1})", "/work_days", "needs a \"seen\" above 0"},
             {R"({"shape": "empirical", "values": [1], "seen": 1.5, "mean_beyond": 1})", "/work_days", "needs a \"seen\" above 0"},
             {R"({"shape": "empirical", "values": [1], "mean_beyond": 1})", "/work_days", "\"seen\" is 1 has no \"mean_beyond\""},
             {R"({"value": 3})", "/work_days/shape", "missing"},
             {R"({"value": {"shape": "exponential", "mean": 2}, "source": 5})", "/work_days",
              "needs a number, not an object; a sourced value"},
         }) {
        for (std::string const key : {"work_days", "extra_days"}) {
            INFO(key << ": " << c.value);
            auto const problems = read("{\"" + key + "\": " + c.value + "}").problems;
            INFO(text_of(problems));
            CHECK(problems.size() == 1);
            CHECK(names(problems, "/" + key + c.pointer.substr(std::string("/work_days").size()), c.part));
        }
    }
    CHECK(names(read(R"({"work": 3})").problems, "/work", "has no unit"));
    CHECK(names(read(R"({"work_days": 3, "work_weeks": 1})").problems, "/work_weeks", "given in 2 units at once"));
}
