/// \file
/// The visitors that describe the format: JSON Schema, and a table for people.

#include "models/base/units.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/duration_text.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/core/demangle.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <typeinfo>

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
    Json source{{"type", "string"}, {"minLength", 1}};
    Json with_source{
        {"type", "object"},
        {"properties", {{"value", plain}, {"source", std::move(source)}, {"confidence", {{"enum", {"published", "seed", "estimate"}}}}}},
        {"required", {"value", "source"}},
        {"additionalProperties", false}};
    // Not anyOf: an editor then underlines the fault inside and not the whole.
    return {{"if", {{"type", "object"}, {"required", {"value", "source"}}}}, {"then", std::move(with_source)}, {"else", std::move(plain)}};
}

/// The definitions of a schema, one for each struct in two forms: whole, and the part that stands beside a "use" and may lack anything.
class Definitions {
  public:
    /// Reference to a struct. \param part  Inside of an object that stands beside a "use"
    template <class T> Json reference(bool part);
    Json take() { return std::move(all_); }

  private:
    template <class T> void define(std::string const& name);

    Json all_ = Json::object();
};

/// Builds the properties of one struct.
class SchemaVisitor {
  public:
    SchemaVisitor(Definitions& definitions, bool part) : definitions_(definitions), part_(part)
    {
        properties_["use"] = {{"type", "string"}, {"description", "Catalogue entry or template to start from"}};
        properties_["text"] = {{"type", "string"}, {"description", "Remark for people; takes no part"}};
    }

    Json take()
    {
        Json schema{{"type", "object"}, {"properties", std::move(properties_)}, {"additionalProperties", false}};
        if (!conditions_.empty()) {
            schema["allOf"] = std::move(conditions_);
        }
        return schema;
    }

    void text(Field const& f, std::string&) { add(f, {{"type", "string"}, {"minLength", 1}}); }
    void number(Field const& f, double& x, Range range) { add(f, numeric(range, 1.0, f, x)); }
    void count(Field const& f, std::uint32_t& x, std::uint32_t low)
    {
        Json schema{{"type", "integer"}, {"minimum", low}};
        if (f.need == Need::optional) {
            schema["default"] = x;
        }
        add(f, std::move(schema));
    }
    void count_or_auto(Field const& f, std::uint32_t&, std::uint32_t low)
    {
        add(f, {{"if", {{"type", "string"}}}, {"then", {{"enum", {"auto"}}}}, {"else", {{"type", "integer"}, {"minimum", low}}}});
    }
    void series(Field const& f, std::string_view si, std::vector<double>&, Range range)
    {
        for (auto const& unit : units) {
            if (unit.si == si) {
                Json const list{{"type", "array"}, {"items", bounded(range, unit.factor)}};
                put(fmt::format("{}_{}", f.name, unit.suffix), f, sourced(list));
            }
        }
        require_one(f, unit_keys(f, si));
    }
    void series(Field const& f, std::vector<double>&, Range range) { add_plain(f, {{"type", "array"}, {"items", bounded(range, 1.0)}}); }
    void coefficients(Field const& f, std::span<double> values)
    {
        add(f, {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", values.size()}, {"maxItems", values.size()}});
    }
    void flag(Field const& f, bool& x) { add(f, {{"type", "boolean"}, {"default", x}}); }
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
        Json const schema{{"if", {{"type", "object"}}},
                          {"then", definitions_.reference<DistributionText>(part_)},
                          {"else", {{"type", "number"}, {"minimum", 0}}}};
        for (auto const& key : unit_keys(f, "s")) {
            put(key, f, sourced(schema));
        }
        require_one(f, unit_keys(f, "s"));
    }
    void maybe_duration(Field const& f, std::optional<DurationText>&)
    {
        DurationText fresh;
        duration(f, fresh);
    }
    void date(Field const& f, Date&) { add(f, {{"type", "string"}, {"format", "date"}}); }
    void maybe_date(Field const& f, std::optional<Date>&)
    {
        Date fresh;
        date(f, fresh);
    }
    void texts(Field const& f, std::vector<std::string>&) { add(f, {{"type", "array"}, {"items", {{"type", "string"}}}}); }
    void numbers(Field const& f, std::string_view si, std::span<double> values, Range range)
    {
        for (auto const& unit : units) {
            if (unit.si == si) {
                Json const list{
                    {"type", "array"}, {"items", bounded(range, unit.factor)}, {"minItems", values.size()}, {"maxItems", values.size()}};
                put(fmt::format("{}_{}", f.name, unit.suffix), f, sourced(list));
            }
        }
        require_one(f, unit_keys(f, si));
    }
    template <class Enum, std::size_t n> void choice(Field const& f, Enum& x, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        Json schema{{"enum", Json::array()}};
        for (auto const& [name, meaning] : names) {
            schema["enum"].push_back(name);
            if (f.need == Need::optional && meaning == x) {
                schema["default"] = name;
            }
        }
        add(f, std::move(schema));
    }
    template <class T> void object(Field const& f, T&) { add_plain(f, definitions_.reference<T>(part_)); }
    template <class T> void maybe(Field const& f, std::optional<T>&) { add_plain(f, definitions_.reference<T>(part_)); }
    template <class T> void list(Field const& f, std::vector<T>&)
    {
        add(f, {{"type", "array"}, {"items", definitions_.reference<T>(false)}});
    }

  private:
    static Json bounded(Range range, double factor)
    {
        Json schema{{"type", "number"}};
        if (std::isfinite(range.low)) {
            schema[range.low_excluded ? "exclusiveMinimum" : "minimum"] = range.low / factor;
        }
        if (std::isfinite(range.high)) {
            schema["maximum"] = range.high / factor;
        }
        return schema;
    }
    static Json numeric(Range range, double factor, Field const& f, double fallback)
    {
        Json schema = bounded(range, factor);
        // Outside of the range: there is no default, the key may just be absent.
        if (f.need == Need::optional && range.holds(fallback)) {
            schema["default"] = fallback / factor;
        }
        return schema;
    }
    void put(std::string const& key, Field const& f, Json schema)
    {
        schema["description"] = f.text;
        properties_[key] = std::move(schema);
    }
    void add(Field const& f, Json schema) { add_plain(f, sourced(std::move(schema))); }
    void add_plain(Field const& f, Json schema)
    {
        put(std::string(f.name), f, std::move(schema));
        require_one(f, {std::string(f.name)});
    }
    void require_one(Field const& f, std::vector<std::string> const& keys)
    {
        if (f.need == Need::optional || part_) {
            return;
        }
        Json any = Json::array();
        for (auto const& key : keys) {
            any.push_back({{"required", {key}}});
        }
        conditions_.push_back({{"anyOf", any}});
    }

    Definitions& definitions_;
    bool part_;
    Json properties_ = Json::object();
    Json conditions_ = Json::array();
};

template <class T> void Definitions::define(std::string const& name)
{
    all_[name] = Json::object(); // taken, before the members refer to it
    for (bool const part : {false, true}) {
        SchemaVisitor visitor(*this, part);
        T fresh{};
        describe(visitor, fresh);
        all_[name + (part ? ".part" : ".whole")] = visitor.take();
    }
    all_[name] = {{"if", {{"type", "object"}, {"required", {"use"}}}},
                  {"then", {{"$ref", "#/$defs/" + name + ".part"}}},
                  {"else", {{"$ref", "#/$defs/" + name + ".whole"}}}};
}

template <class T> Json Definitions::reference(bool part)
{
    auto name = boost::core::demangle(typeid(T).name());
    name = name.substr(name.rfind(':') + 1);
    if (!all_.contains(name)) {
        define<T>(name);
    }
    return {{"$ref", "#/$defs/" + name + (part ? ".part" : "")}};
}

/// Rows of a Markdown table: path, unit, need, default, text.
class TableVisitor {
  public:
    explicit TableVisitor(std::string path, std::string& out) : path_(std::move(path)), out_(out) {}

    void text(Field const& f, std::string&) { row(f, "text", ""); }
    void number(Field const& f, double& x, Range) { row(f, "number", fmt::format("{:g}", x)); }
    void count(Field const& f, std::uint32_t& x, std::uint32_t) { row(f, "whole number", fmt::format("{}", x)); }
    void count_or_auto(Field const& f, std::uint32_t& x, std::uint32_t)
    {
        row(f, "whole number or \"auto\"", x == automatic ? "auto" : fmt::format("{}", x));
    }
    void series(Field const& f, std::string_view si, std::vector<double>&, Range) { row(f, "numbers: " + suffixes(si), ""); }
    void series(Field const& f, std::vector<double>&, Range) { row(f, "numbers", ""); }
    void coefficients(Field const& f, std::span<double> values) { row(f, fmt::format("{} numbers", values.size()), ""); }
    void flag(Field const& f, bool& x) { row(f, "true or false", x ? "true" : "false"); }
    void quantity(Field const& f, std::string_view si, double& x, Range) { row(f, suffixes(si), fmt::format("{:g} {}", x, si)); }
    void duration(Field const& f, DurationText&) { row(f, "duration: " + suffixes("s"), "0"); }
    void maybe_duration(Field const& f, std::optional<DurationText>&) { row(f, "duration: " + suffixes("s"), "none"); }
    void date(Field const& f, Date&) { row(f, "date", ""); }
    void maybe_date(Field const& f, std::optional<Date>&) { row(f, "date", "none"); }
    void texts(Field const& f, std::vector<std::string>&) { row(f, "list of texts", "empty"); }
    void numbers(Field const& f, std::string_view si, std::span<double> values, Range)
    {
        row(f, fmt::format("{} numbers: {}", values.size(), suffixes(si)), "");
    }
    template <class Enum, std::size_t n> void choice(Field const& f, Enum& x, std::array<std::pair<std::string_view, Enum>, n> const& names)
    {
        std::vector<std::string_view> words;
        for (auto const& [name, meaning] : names) {
            words.push_back(name);
        }
        row(f, fmt::format("one of {}", fmt::join(words, ", ")),
            std::string(std::ranges::find(names, x, &std::pair<std::string_view, Enum>::second)->first));
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
        out_ +=
            fmt::format("| `{}{}` | {} | {} | {} |\n", path_, f.name, kind, f.need == Need::required ? "**required**" : fallback, f.text);
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
    Definitions definitions;
    auto root = definitions.reference<ScenarioSpec>(false);
    auto all = definitions.take();
    for (auto const* const form : {"ScenarioSpec.whole", "ScenarioSpec.part"}) {
        auto& properties = all[form]["properties"];
        properties["templates"] = {{"type", "object"}, {"description", "The scenario's own entries for \"use\""}};
        properties["catalogue"] = {
            {"type", "array"}, {"items", {{"type", "string"}}}, {"description", "Catalogue files, relative to this file"}};
    }
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "aidcsim scenario"}};
    schema.update(root);
    schema["$defs"] = std::move(all);
    return schema.dump(2);
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
