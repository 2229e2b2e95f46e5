/// \file
/// The visitors that describe the format: JSON Schema, and a table for people.

#include "models/base/units.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/duration_text.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>
#include <span>
#include <type_traits>

namespace aidc {
namespace {

std::vector<std::string> unit_keys(Field const& field, std::string_view si)
{
    std::vector<std::string> keys;
    for (auto const& unit : units) {
        if (unit.si == si) {
            keys.push_back(fmt::format("{}_{}", field.name, unit.suffix));
        }
    }
    return keys;
}

/// A value that may stand alone or with its source.
Json sourced(Json plain)
{
    Json with_source{{"type", "object"}, {"required", {"value", "source"}}};
    return {{"anyOf", Json::array({std::move(plain), std::move(with_source)})}};
}

/// Builds a JSON Schema. Every object may also take a catalogue entry by "use", so nothing is required beside one.
class SchemaVisitor {
  public:
    template <class T> static Json of()
    {
        SchemaVisitor visitor;
        T fresh{};
        describe(visitor, fresh);
        return {{"type", "object"}, {"properties", visitor.properties_}, {"additionalProperties", false},
                {"if", {{"not", {{"required", {"use"}}}}}}, {"then", {{"allOf", visitor.conditions_}}}};
    }

    void text(Field const& f, std::string&) { add(f, std::string(f.name), {{"type", "string"}, {"minLength", 1}}); }
    void number(Field const& f, double& x, Range range) { add(f, std::string(f.name), numeric(range, 1.0, f, x)); }
    void count(Field const& f, std::uint32_t& x, std::uint32_t low)
    {
        Json schema{{"type", "integer"}, {"minimum", low}};
        if (f.need == Need::optional) {
            schema["default"] = x;
        }
        add(f, std::string(f.name), schema);
    }
    void flag(Field const& f, bool& x) { add(f, std::string(f.name), {{"type", "boolean"}, {"default", x}}); }
    void quantity(Field const& f, std::string_view si, double& x, Range range)
    {
        for (auto const& unit : units) {
            if (unit.si == si) {
                put(fmt::format("{}_{}", f.name, unit.suffix), f, sourced(numeric(range, unit.factor, f, x)));
            }
        }
        require_one(f, unit_keys(f, si));
    }
    void duration(Field const& f, DurationText&)
    {
        Json const schema{{"anyOf", Json::array({Json{{"type", "number"}, {"minimum", 0}}, of<DistributionText>()})}};
        for (auto const& key : unit_keys(f, "s")) {
            put(key, f, schema);
        }
        require_one(f, unit_keys(f, "s"));
    }
    void maybe_duration(Field const& f, std::optional<DurationText>&)
    {
        DurationText fresh;
        duration(f, fresh);
    }
    void date(Field const& f, Date&) { add(f, std::string(f.name), {{"type", "string"}, {"format", "date"}}); }
    void maybe_date(Field const& f, std::optional<Date>&)
    {
        Date fresh;
        date(f, fresh);
    }
    void texts(Field const& f, std::vector<std::string>&) { add(f, std::string(f.name), {{"type", "array"}, {"items", {{"type", "string"}}}}); }
    void numbers(Field const& f, std::string_view si, std::span<double> values, Range)
    {
        for (auto const& key : unit_keys(f, si)) {
            put(key, f, {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", values.size()}, {"maxItems", values.size()}});
        }
        require_one(f, unit_keys(f, si));
    }
    template <class Enum, std::size_t n> void choice(Field const& f, Enum&, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        Json words = Json::array();
        for (auto const& [name, meaning] : names) {
            words.push_back(name);
        }
        add(f, std::string(f.name), {{"enum", words}});
    }
    template <class T> void object(Field const& f, T&) { add(f, std::string(f.name), of<T>()); }
    template <class T> void maybe(Field const& f, std::optional<T>&) { add(f, std::string(f.name), of<T>()); }
    template <class T> void list(Field const& f, std::vector<T>&) { add(f, std::string(f.name), {{"type", "array"}, {"items", of<T>()}}); }

  private:
    SchemaVisitor() { properties_["use"] = {{"type", "string"}, {"description", "Catalogue entry or template to start from"}}; }

    static Json numeric(Range range, double factor, Field const& f, double fallback)
    {
        Json schema{{"type", "number"}};
        if (std::isfinite(range.low)) {
            schema[range.low_excluded ? "exclusiveMinimum" : "minimum"] = range.low / factor;
        }
        if (std::isfinite(range.high)) {
            schema["maximum"] = range.high / factor;
        }
        if (f.need == Need::optional) {
            schema["default"] = fallback / factor;
        }
        return schema;
    }
    void put(std::string const& key, Field const& f, Json schema)
    {
        schema["description"] = f.text;
        properties_[key] = std::move(schema);
    }
    void add(Field const& f, std::string const& key, Json schema)
    {
        put(key, f, std::move(schema));
        require_one(f, {key});
    }
    void require_one(Field const& f, std::vector<std::string> const& keys)
    {
        if (f.need == Need::optional) {
            return;
        }
        Json any = Json::array();
        for (auto const& key : keys) {
            any.push_back({{"required", {key}}});
        }
        conditions_.push_back({{"anyOf", any}});
    }

    Json properties_ = Json::object();
    Json conditions_ = Json::array();
};

/// Rows of a Markdown table: path, unit, need, default, text.
class TableVisitor {
  public:
    explicit TableVisitor(std::string path, std::string& out) : path_(std::move(path)), out_(out) {}

    void text(Field const& f, std::string&) { row(f, "text", ""); }
    void number(Field const& f, double& x, Range) { row(f, "number", fmt::format("{:g}", x)); }
    void count(Field const& f, std::uint32_t& x, std::uint32_t) { row(f, "whole number", fmt::format("{}", x)); }
    void flag(Field const& f, bool& x) { row(f, "true or false", x ? "true" : "false"); }
    void quantity(Field const& f, std::string_view si, double& x, Range) { row(f, suffixes(si), fmt::format("{:g} {}", x, si)); }
    void duration(Field const& f, DurationText&) { row(f, "duration: " + suffixes("s"), "0"); }
    void maybe_duration(Field const& f, std::optional<DurationText>&) { row(f, "duration: " + suffixes("s"), "none"); }
    void date(Field const& f, Date&) { row(f, "date", ""); }
    void maybe_date(Field const& f, std::optional<Date>&) { row(f, "date", "none"); }
    void texts(Field const& f, std::vector<std::string>&) { row(f, "list of texts", "empty"); }
    void numbers(Field const& f, std::string_view si, std::span<double> values, Range) { row(f, fmt::format("{} numbers: {}", values.size(), suffixes(si)), ""); }
    template <class Enum, std::size_t n> void choice(Field const& f, Enum&, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        std::vector<std::string_view> words;
        for (auto const& [name, meaning] : names) {
            words.push_back(name);
        }
        row(f, fmt::format("one of {}", fmt::join(words, ", ")), std::string(words.front()));
    }
    template <class T> void object(Field const& f, T& x)
    {
        row(f, "object", "");
        inside(f, "", x);
    }
    template <class T> void maybe(Field const& f, std::optional<T>&)
    {
        T fresh{};
        row(f, "object", "none");
        inside(f, "", fresh);
    }
    template <class T> void list(Field const& f, std::vector<T>&)
    {
        T fresh{};
        row(f, "list of objects", "empty");
        inside(f, "[]", fresh);
    }

  private:
    static std::string suffixes(std::string_view si)
    {
        std::vector<std::string> words;
        for (auto const& unit : units) {
            if (unit.si == si) {
                words.push_back(fmt::format("_{}", unit.suffix));
            }
        }
        return fmt::format("{}", fmt::join(words, ", "));
    }
    void row(Field const& f, std::string const& kind, std::string const& fallback)
    {
        out_ += fmt::format("| `{}{}` | {} | {} | {} |\n", path_, f.name, kind, f.need == Need::required ? "**required**" : fallback, f.text);
    }
    template <class T> void inside(Field const& f, std::string_view mark, T& x)
    {
        TableVisitor visitor(fmt::format("{}{}{}.", path_, f.name, mark), out_);
        describe(visitor, x);
    }

    std::string path_;
    std::string& out_;
};

} // namespace

std::string scenario_schema()
{
    auto schema = SchemaVisitor::of<ScenarioSpec>();
    schema["properties"]["templates"] = {{"type", "object"}, {"description", "The scenario's own entries for \"use\""}};
    schema["properties"]["catalogue"] = {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", "Catalogue files, relative to this file"}};
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "aidcsim scenario"}};
    root.update(schema);
    return root.dump(2);
}

std::string scenario_table()
{
    std::string out = "| key | value | default | meaning |\n|---|---|---|---|\n";
    TableVisitor visitor("", out);
    ScenarioSpec fresh;
    describe(visitor, fresh);
    return out;
}

} // namespace aidc
