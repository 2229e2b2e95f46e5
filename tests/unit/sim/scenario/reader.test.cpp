// One described struct read from JSON: units in keys, strict keys, every problem at once.
#include "sim/scenario/reader.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

enum class Colour : std::uint8_t { red, blue };
constexpr std::array<std::pair<std::string_view, Colour>, 2> colours{{{"red", Colour::red}, {"blue", Colour::blue}}};

struct Inner {
    double mass_kg_per_s{};
};

/// A struct with every kind of key, all optional.
struct Probe {
    std::string name;
    double ratio = 0.5, power_W = 7.0, air_C = 20.0;
    std::uint32_t count = 3;
    bool on = false;
    Date day;
    std::optional<Date> maybe_day;
    std::vector<std::string> words;
    std::array<double, 3> monthly{};
    Colour colour = Colour::red;
    Inner inner;
    std::optional<Inner> maybe_inner;
    std::vector<Inner> list;
};

template <class V> void describe(V& v, Inner& x) { v.quantity({"mass", Need::required, "Flow"}, "kg_per_s", x.mass_kg_per_s, positive); }

template <class V> void describe(V& v, Probe& x)
{
    v.text({"name", Need::optional, "Name"}, x.name);
    v.number({"ratio", Need::optional, "Ratio"}, x.ratio, share);
    v.quantity({"power", Need::optional, "Power"}, "W", x.power_W, positive);
    v.quantity({"air", Need::optional, "Air"}, "C", x.air_C, {.low = -40.0, .high = 60.0});
    v.count({"count", Need::optional, "Count"}, x.count, 1);
    v.flag({"on", Need::optional, "On"}, x.on);
    v.date({"day", Need::optional, "Day"}, x.day);
    v.maybe_date({"maybe_day", Need::optional, "Day"}, x.maybe_day);
    v.texts({"words", Need::optional, "Words"}, x.words);
    v.numbers({"monthly", Need::optional, "Three shares"}, "share", x.monthly, share);
    v.choice({"colour", Need::optional, "Colour"}, x.colour, colours);
    v.object({"inner", Need::optional, "Inner"}, x.inner);
    v.maybe({"maybe_inner", Need::optional, "Inner"}, x.maybe_inner);
    v.list({"list", Need::optional, "Inners"}, x.list);
}

struct Strict {
    double heat_W{};
    std::string name;
};

template <class V> void describe(V& v, Strict& x)
{
    v.quantity({"heat", Need::required, "Heat"}, "W", x.heat_W, positive);
    v.text({"name", Need::required, "Name"}, x.name);
}

template <class T> struct Read {
    T value{};
    std::vector<Problem> problems;
};

template <class T = Probe> Read<T> read(std::string const& text)
{
    Read<T> result;
    auto const document = parse_document(text, "a.json");
    Reader reader(document, document.root, "", result.problems);
    describe(reader, result.value);
    reader.done();
    return result;
}

Probe sound(std::string const& text)
{
    auto const [value, problems] = read(text);
    CHECK(text_of(problems).empty());
    return value;
}

/// The only problem of a text.
Problem fault(std::string const& text)
{
    auto const problems = read(text).problems;
    INFO(text << "\n" << text_of(problems));
    REQUIRE(problems.size() == 1);
    return problems.front();
}

} // namespace

TEST_CASE("a quantity in any unit arrives in SI")
{
    CHECK(sound(R"({"power_W": 1500})").power_W == 1500.0);
    CHECK(sound(R"({"power_kW": 1.5})").power_W == 1500.0);
    CHECK(sound(R"({"power_MW": 0.0015})").power_W == 1500.0);
    CHECK(sound(R"({"air_C": -7.5})").air_C == -7.5);
    CHECK(sound(R"({"inner": {"mass_kg_per_s": 2}})").inner.mass_kg_per_s == 2.0);
    CHECK(sound(R"({"monthly_pct": [0, 50, 100]})").monthly == std::array<double, 3>{0.0, 0.5, 1.0});
    CHECK(sound(R"({"monthly_share": [0, 0.5, 1]})").monthly == std::array<double, 3>{0.0, 0.5, 1.0});
}

TEST_CASE("what is absent and optional keeps its default")
{
    auto const probe = sound("{}");
    CHECK(probe.power_W == 7.0);
    CHECK(probe.count == 3);
    CHECK_FALSE(probe.maybe_day);
    CHECK_FALSE(probe.maybe_inner);
    CHECK(probe.list.empty());
}

TEST_CASE("all kinds of values are read")
{
    auto const probe = sound(
        R"({"name": "x", "ratio": 1, "count": 4000000000, "on": true, "day": "1970-01-02", "maybe_day": "2024-02-29", "words": ["a", "b"],
                                 "colour": "blue", "maybe_inner": {"mass_kg_per_s": 1}, "list": [{"mass_kg_per_s": 1}, {"mass_kg_per_s": 2}]})");
    CHECK(probe.name == "x");
    CHECK(probe.count == 4'000'000'000u);
    CHECK(probe.on);
    CHECK(probe.day.day == 1);
    CHECK(probe.maybe_day->day == 19782); // 54 years of 365 days, 13 leap days before 2024, 31 + 28 days of 2024
    CHECK(probe.words == std::vector<std::string>{"a", "b"});
    CHECK(probe.colour == Colour::blue);
    CHECK(probe.maybe_inner->mass_kg_per_s == 1.0);
    CHECK(probe.list[1].mass_kg_per_s == 2.0);
}

TEST_CASE("each wrong value is one problem with pointer and reason")
{
    struct Case {
        std::string text, pointer, part;
    };
    for (auto const& c : std::vector<Case>{
             {R"({"power": 5})", "/power", "has no unit (the key carries it); use one of power_W, power_kW, power_MW"},
             {R"({"power_hp": 5})", "/power_hp", "carries no unit that fits (the key names it); use one of power_W, power_kW, power_MW"},
             {R"({"power_K": 5})", "/power_K", "carries no unit that fits"},
             {R"({"air_F": 5})", "/air_F", "use one of air_C"},
             {R"({"power_W": 5, "power_kW": 5})", "/power_kW", "given in 2 units at once"},
             {R"({"power_kW": "5"})", "/power_kW", "needs a number, not the text \"5\""},
             {R"({"power_kW": null})", "/power_kW", "needs a number, not null"},
             {R"({"power_kW": {"value": 5}})", "/power_kW", "a sourced value has both \"value\" and \"source\""},
             {R"({"power_kW": 0})", "/power_kW", "is 0 and must be above 0 (Power)"},
             {R"({"ratio": 1.5})", "/ratio", "is 1.5 and must be at least 0 and at most 1 (Ratio)"},
             {R"({"ratio": true})", "/ratio", "needs a number, not true"},
             {R"({"air_C": 99})", "/air_C", "must be at least -40 and at most 60"},
             {R"({"count": 0})", "/count", "must be a whole number, at least 1 and at most 4000000000"},
             {R"({"count": 2.5})", "/count", "is 2.5 and must be a whole number"},
             {R"({"count": 5e9})", "/count", "at most 4000000000"},
             {R"({"count": [1]})", "/count", "needs a number, not a list"},
             {R"({"on": 1})", "/on", "needs true or false, not the number 1"},
             {R"({"name": 5})", "/name", "needs a text that is not empty, not the number 5"},
             {R"({"name": ""})", "/name", "needs a text that is not empty"},
             {R"({"words": "a"})", "/words", "needs a list [ ... ], not the text \"a\""},
             {R"({"words": ["a", 5]})", "/words/1", "needs a text, not the number 5"},
             {R"({"monthly_pct": [1, 2]})", "/monthly_pct", "needs a list of 3 numbers"},
             {R"({"monthly_pct": 1})", "/monthly_pct", "needs a list of 3 numbers"},
             {R"({"monthly_pct": [1, 2, 101]})", "/monthly_pct/2", "is 101 and must be at least 0 and at most 100"},
             {R"({"monthly_pct": [1, "2", 3]})", "/monthly_pct/1", "needs a number"},
             {R"({"monthly": [1, 2, 3]})", "/monthly", "has no unit"},
             {R"({"colour": "green"})", "/colour", "\"green\" is not one of red, blue"},
             {R"({"colour": 5})", "/colour", "needs a text"},
             {R"({"inner": 5})", "/inner", "needs an object { ... }, not the number 5"},
             {R"({"inner": {}})", "/inner/mass", "missing (Flow); add one of mass_kg_per_s: the key carries the unit"},
             {R"({"maybe_inner": null})", "/maybe_inner", "needs an object { ... }, not null"},
             {R"({"list": {}})", "/list", "needs a list [ ... ], not an object"},
             {R"({"list": [{"mass_kg_per_s": 1}, 7]})", "/list/1", "needs an object"},
             {R"({"raito": 1})", "/raito", "unknown key (it would be ignored); did you mean \"ratio\"?"},
             {R"({"entirely_different": 1})", "/entirely_different", "known here: name, ratio, power_W"},
             {R"({"template": {}})", "/template", "did you mean \"templates\"?"},
             {R"({"a/b": 1})", "/a~1b", "unknown key"},
         }) {
        INFO(c.text);
        auto const problem = fault(c.text);
        CHECK(problem.pointer == c.pointer);
        CHECK_THAT(problem.message, ContainsSubstring(c.part));
    }
}

TEST_CASE("what is no date is a problem")
{
    for (auto const* const word : {"2026-02-30", "2026-13-01", "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01T00:00", " 026-01-01",
                                   "2026- 1-01", "+026-01-01", "-026-01-01", "tomorrow"}) {
        INFO(word);
        auto const problem = fault(std::string(R"({"day": ")") + word + "\"}");
        CHECK(problem.pointer == "/day");
        CHECK_THAT(problem.message, ContainsSubstring("is no date; write \"YYYY-MM-DD\""));
        CHECK(read(std::string(R"({"maybe_day": ")") + word + "\"}").problems.size() == 1);
    }
}

TEST_CASE("days and dates are each other's inverse")
{
    for (std::int64_t const day : {-719528ll, -1ll, 0ll, 19782ll, 20454ll, 2932896ll}) {
        CHECK(parse_day(day_text(day)) == day);
    }
    CHECK(day_text(20454) == "2026-01-01");
}

TEST_CASE("a misspelt required key is one problem, and so is one without its unit")
{
    auto const misspelt = read<Strict>(R"({"haet_W": 5, "name": "x"})").problems;
    REQUIRE(misspelt.size() == 1);
    CHECK(names(misspelt, "/haet_W", "did you mean \"heat_W\"?"));
    auto const bare = read<Strict>(R"({"heat": 5, "name": "x"})").problems;
    REQUIRE(bare.size() == 1);
    CHECK(names(bare, "/heat", "has no unit"));
    auto const both = read<Strict>(R"({"nmae": "x"})").problems;
    CHECK(both.size() == 2);
    CHECK(names(both, "/heat", "missing (Heat); add one of heat_W, heat_kW, heat_MW"));
    CHECK(names(both, "/nmae", "did you mean \"name\"?"));
}

TEST_CASE("five mistakes are five problems, each with its line")
{
    auto const problems =
        read("{\n\"ratio\": 7,\n\"power\": 1,\n\"count\": \"x\",\n\"coluor\": \"red\",\n\"list\": [{\n\"mass_kg_per_s\": -1}]}").problems;
    REQUIRE(problems.size() == 5);
    std::vector<std::string> places;
    for (auto const& problem : problems) {
        places.push_back(problem.where + problem.pointer);
    }
    std::sort(places.begin(), places.end());
    CHECK(places
          == std::vector<std::string>{"a.json:2/ratio", "a.json:3/power", "a.json:4/count", "a.json:5/coluor",
                                      "a.json:7/list/0/mass_kg_per_s"});
}

TEST_CASE("a document that is no object is a problem")
{
    for (auto const* const text : {"[]", "5", "null", "\"x\""}) {
        std::vector<Problem> problems;
        auto const document = parse_document(text, "a.json");
        Reader const reader(document, document.root, "", problems);
        CHECK(names(problems, "", "needs an object"));
        CHECK_FALSE(problems_of([&] { load_scenario_text(text, "a.json", "."); }).empty());
    }
}
