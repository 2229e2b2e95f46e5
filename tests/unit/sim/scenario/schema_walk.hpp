#pragma once
/// \file
/// The JSON Schema as tests need it: does a tree keep it, and what does it say about one key.

#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <cmath>
#include <set>

namespace aidc::test {

/// Validates against the keywords that scenario_schema() writes; any other keyword is an error of the test.
class Schema {
  public:
    Schema() : root_(Json::parse(scenario_schema())) {}

    /// "" or the first pointer that does not keep the schema, with the keyword.
    std::string fault(Json const& tree) const { return fault(root_, tree, ""); }

    /// The key's own schema; nullptr when the schema knows no such place. \param required  Set for the last key
    Json const* find(Json::json_pointer const& pointer, bool& required) const
    {
        std::vector<std::string> steps;
        for (auto at = pointer; !at.empty(); at.pop_back()) {
            steps.insert(steps.begin(), at.back());
        }
        Json const* node = &root_;
        for (auto const& step : steps) {
            node = child(*node, step, required);
            if (node == nullptr) {
                return nullptr;
            }
        }
        return node;
    }

    /// The default that a key's schema names, or null.
    Json default_of(Json const& node) const
    {
        for (auto const* const form : forms(node)) {
            if (form->contains("default")) {
                return form->at("default");
            }
        }
        return nullptr;
    }

  private:
    Json const& referred(Json const& node) const
    {
        auto const name = node.at("$ref").get<std::string>().substr(std::string("#/$defs/").size());
        return root_.at("$defs").at(name);
    }

    /// The alternatives of a node, references followed; plain values before sourced ones, whole structs before parts.
    std::vector<Json const*> forms(Json const& node) const
    {
        if (node.contains("$ref")) {
            return forms(referred(node));
        }
        if (!node.contains("else")) {
            return {&node};
        }
        auto all = forms(node.at("else"));
        auto const then = forms(node.at("then"));
        all.insert(all.end(), then.begin(), then.end());
        return all;
    }

    Json const* child(Json const& node, std::string const& step, bool& required) const
    {
        for (auto const* const form : forms(node)) {
            if (form->contains("items")) {
                return &form->at("items");
            }
            if (form->contains("properties") && form->at("properties").contains(step)) {
                required = false;
                for (auto const& condition : form->value("allOf", Json::array())) {
                    for (auto const& alternative : condition.at("anyOf")) {
                        required = required || alternative.at("required")[0] == step;
                    }
                }
                return &form->at("properties").at(step);
            }
        }
        return nullptr;
    }

    static bool has_type(Json const& tree, std::string const& type)
    {
        return type == "object"    ? tree.is_object()
               : type == "array"   ? tree.is_array()
               : type == "string"  ? tree.is_string()
               : type == "boolean" ? tree.is_boolean()
               : type == "integer" ? tree.is_number() && tree.get<double>() == std::floor(tree.get<double>())
                                   : type == "number" && tree.is_number();
    }

    std::string fault(Json const& schema, Json const& tree, std::string const& at) const
    {
        for (auto const& [keyword, value] : schema.items()) {
            if (auto found = fault_of_keyword(schema, keyword, value, tree, at); !found.empty()) {
                return found;
            }
        }
        return "";
    }

    std::string fault_of_keyword(Json const& schema, std::string const& keyword, Json const& value, Json const& tree,
                                 std::string const& at) const
    {
        static std::set<std::string> const silent{"$schema", "title", "$defs", "description",         "default",
                                                  "format",  "then",  "else",  "additionalProperties"};
        bool good = silent.contains(keyword);
        if (keyword == "$ref") {
            return fault(referred(schema), tree, at);
        }
        if (keyword == "if") {
            return fault(schema.at(fault(value, tree, at).empty() ? "then" : "else"), tree, at);
        }
        if (keyword == "properties") {
            return fault_of_members(schema, tree, at);
        }
        if (keyword == "anyOf" || keyword == "allOf") {
            auto const keeps = [&](Json const& inner) { return fault(inner, tree, at).empty(); };
            good = keyword == "anyOf" ? std::any_of(value.begin(), value.end(), keeps) : std::all_of(value.begin(), value.end(), keeps);
        }
        else if (keyword == "type") {
            good = has_type(tree, value);
        }
        else if (keyword == "enum") {
            good = std::find(value.begin(), value.end(), tree) != value.end();
        }
        else if (keyword == "required") {
            good = !tree.is_object()
                   || std::all_of(value.begin(), value.end(), [&](Json const& key) { return tree.contains(key.get<std::string>()); });
        }
        else if (keyword == "items") {
            for (std::size_t i = 0; tree.is_array() && i < tree.size(); ++i) {
                if (auto found = fault(value, tree[i], at + "/" + std::to_string(i)); !found.empty()) {
                    return found;
                }
            }
            good = true;
        }
        else if (keyword == "minimum" || keyword == "maximum" || keyword == "exclusiveMinimum") {
            good = !tree.is_number() || (keyword == "minimum" ? tree >= value : keyword == "maximum" ? tree <= value : tree > value);
        }
        else if (keyword == "minLength" || keyword == "minItems" || keyword == "maxItems") {
            auto const size = tree.is_string() ? tree.get_ref<std::string const&>().size() : tree.size();
            good = keyword == "maxItems" ? size <= value.get<std::size_t>() : size >= value.get<std::size_t>();
        }
        return good ? "" : at + " (" + keyword + ")";
    }

    std::string fault_of_members(Json const& schema, Json const& tree, std::string const& at) const
    {
        auto const& properties = schema.at("properties");
        if (!tree.is_object()) {
            return "";
        }
        for (auto const& [key, value] : tree.items()) {
            if (!properties.contains(key)) {
                return at + "/" + key + " (additionalProperties)";
            }
            if (auto found = fault(properties.at(key), value, at + "/" + key); !found.empty()) {
                return found;
            }
        }
        return "";
    }

    Json root_;
};

} // namespace aidc::test
