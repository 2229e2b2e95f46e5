// Every key of every scenario deleted, misspelt, retyped, negated: never a crash, never a silent default.
#include "models/base/units.hpp"
#include "sim/scenario/catalogue.hpp"
#include "tests/unit/sim/scenario/schema_walk.hpp"

using namespace aidc;
using namespace aidc::test;

namespace {

using Pointer = Json::json_pointer;

/// A scenario file and what it makes.
struct Original {
    std::filesystem::path file;
    Json tree;
    Json expanded;
    std::string resolved;
};

Json expanded(Json const& tree, std::filesystem::path const& folder)
{
    std::vector<Problem> problems;
    Catalogue catalogue;
    for (auto const& file : tree.value("catalogue", Json::array())) {
        catalogue.add_file(folder / file.get<std::string>(), problems);
    }
    Document const document{.root = tree, .origin = {}};
    catalogue.add_templates(document, problems);
    return expand(document, catalogue, problems).root;
}

void collect_keys(Json const& node, Pointer const& at, std::vector<Pointer>& keys)
{
    if (node.is_object()) {
        for (auto const& [key, value] : node.items()) {
            keys.push_back(at / key);
            collect_keys(value, at / key, keys);
        }
    }
    for (std::size_t i = 0; node.is_array() && i < node.size(); ++i) {
        collect_keys(node[i], at / i, keys);
    }
}

/// Keys of a tree whose names were not seen before, and an even sample of the rest, the same every time.
std::vector<Pointer> keys_of(Json const& tree, std::set<std::string>& seen)
{
    constexpr std::size_t enough = 30;
    std::vector<Pointer> keys, chosen;
    collect_keys(tree, Pointer(), keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (seen.insert(keys[i].back()).second || i % (keys.size() / enough + 1) == 0) {
            chosen.push_back(keys[i]);
        }
    }
    return chosen;
}

/// What became of a mutated scenario: its resolved text, or "" and problems.
struct Outcome {
    std::string resolved;
    std::vector<Problem> problems;
};

Outcome load(Json const& tree, Original const& original)
{
    Outcome outcome;
    outcome.problems =
        problems_of([&] { outcome.resolved = load_scenario_text(tree.dump(), "mutant.json", original.file.parent_path()).resolved; });
    return outcome;
}

/// A key of a template that nobody uses, or that is overridden wherever it is used, has no effect.
bool is_without_effect(Json const& tree, Original const& original)
{
    return expanded(tree, original.file.parent_path()) == original.expanded;
}

/// Runs a mutation of every key; `mutate` changes the tree and tells whether it could, `judge` says what is wrong with the outcome.
void for_every_key(std::function<bool(Json&, Pointer const&)> const& mutate,
                   std::function<std::string(Original const&, Json const&, Outcome const&)> const& judge)
{
    std::set<std::string> seen; // each name of a key once over all scenarios
    std::size_t mutants = 0;
    for (auto const& file : all_scenarios()) {
        auto const tree = tree_of(file);
        Original const original{
            .file = file, .tree = tree, .expanded = expanded(tree, file.parent_path()), .resolved = load_scenario(file).resolved};
        for (auto const& key : keys_of(tree, seen)) {
            auto mutant = tree;
            if (mutate(mutant, key)) {
                INFO(file << " " << key.to_string());
                CHECK(judge(original, mutant, load(mutant, original)) == "");
                ++mutants;
            }
        }
    }
    CHECK(mutants > 100);
}

std::string must_fail(Original const& original, Json const& mutant, Outcome const& outcome)
{
    if (outcome.problems.empty()) {
        return is_without_effect(mutant, original) ? "" : "was accepted";
    }
    for (auto const& problem : outcome.problems) {
        if (problem.where.empty() || problem.message.empty()) {
            return "has a problem without a place or a message";
        }
    }
    return "";
}

std::string must_be_seen(Original const& original, Json const& mutant, Outcome const& outcome)
{
    bool const seen = !outcome.problems.empty() || outcome.resolved != original.resolved;
    return seen || is_without_effect(mutant, original) ? "" : "was ignored";
}

/// The key in SI, as resolved scenarios have it.
std::string si_key(std::string const& key)
{
    std::string longest;
    std::string si = key;
    for (auto const& unit : units) {
        if (key.ends_with("_" + std::string(unit.suffix)) && unit.suffix.size() > longest.size()) {
            longest = unit.suffix;
            si = key.substr(0, key.size() - longest.size()) + std::string(unit.si);
        }
    }
    return si;
}

/// Keys of `before` that `after` lacks.
void collect_gone(Json const& before, Json const& after, Pointer const& at, std::vector<Pointer>& gone)
{
    if (before.is_object() && after.is_object()) {
        for (auto const& [key, value] : before.items()) {
            after.contains(key) ? collect_gone(value, after.at(key), at / key, gone) : gone.push_back(at / key);
        }
    }
    for (std::size_t i = 0; before.is_array() && after.is_array() && i < std::min(before.size(), after.size()); ++i) {
        collect_gone(before[i], after[i], at / i, gone);
    }
}

/// A key that may be gone is optional, and its default stands in the resolved scenario.
std::string missing_is_seen(Schema const& schema, Pointer const& gone, Json const& resolved)
{
    bool required = true;
    if (schema.find(gone, required) == nullptr || required) {
        return gone.to_string() + " is required by the schema and was missed by nobody";
    }
    auto const si = gone.parent_pointer() / si_key(gone.back());
    auto const* const node = schema.find(si, required);
    auto const expected = node == nullptr ? Json() : schema.default_of(*node);
    if (!expected.is_null() && !(resolved.contains(si) && resolved.at(si) == expected)) {
        return si.to_string() + " does not show its default " + expected.dump();
    }
    return "";
}

} // namespace

TEST_CASE("a deleted key is a problem, or optional with its default in the resolved scenario")
{
    Schema const schema;
    auto const erase = [](Json& tree, Pointer const& key) { return tree.at(key.parent_pointer()).erase(key.back()) == 1; };
    for_every_key(erase, [&](Original const& original, Json const& mutant, Outcome const& outcome) -> std::string {
        if (!outcome.problems.empty()) {
            return "";
        }
        std::vector<Pointer> gone;
        collect_gone(original.expanded, expanded(mutant, original.file.parent_path()), Pointer(), gone);
        auto const resolved = Json::parse(outcome.resolved);
        for (auto const& pointer : gone) {
            if (auto fault = missing_is_seen(schema, pointer, resolved); !fault.empty()) {
                return fault;
            }
        }
        return "";
    });
}

TEST_CASE("a misspelt key is a problem")
{
    for_every_key(
        [](Json& tree, Pointer const& key) {
            auto& object = tree.at(key.parent_pointer());
            auto const value = object.at(key.back());
            object.erase(key.back());
            object[key.back() + "x"] = value;
            return true;
        },
        must_fail);
}

TEST_CASE("a value of another type is a problem")
{
    for_every_key(
        [](Json& tree, Pointer const& key) {
            auto& value = tree.at(key);
            if (value == "auto") {
                return false; // a number is as good
            }
            value = value.is_number()    ? Json("text")
                    : value.is_string()  ? Json(7)
                    : value.is_boolean() ? Json(1)
                    : value.is_array()   ? Json::object()
                                         : Json::array({value});
            return true;
        },
        must_fail);
}

TEST_CASE("null is a problem")
{
    for_every_key(
        [](Json& tree, Pointer const& key) {
            tree.at(key) = nullptr;
            return true;
        },
        must_fail);
}

TEST_CASE("a negated number is a problem, or seen in the resolved scenario")
{
    for_every_key(
        [](Json& tree, Pointer const& key) {
            auto* value = &tree.at(key);
            if (value->is_array() && !value->empty()) {
                value = &value->at(value->size() / 2);
            }
            if (!value->is_number() || *value == 0) {
                return false;
            }
            *value = -value->get<double>();
            return true;
        },
        must_be_seen);
}

TEST_CASE("a unit mistaken by a million is a problem, or seen in the resolved scenario")
{
    for_every_key(
        [](Json& tree, Pointer const& key) {
            auto& value = tree.at(key);
            bool const changes = value.is_number() && value != 0;
            if (changes) {
                value = (key.to_string().size() % 2 == 0 ? 1e6 : 1e-6) * value.get<double>();
            }
            return changes;
        },
        must_be_seen);
}

TEST_CASE("a number that is none, or is too large, is a problem")
{
    std::set<std::string> seen;
    for (auto const& file : all_scenarios()) {
        auto const tree = tree_of(file);
        for (auto const& key : keys_of(tree, seen)) {
            if (!tree.at(key).is_number()) {
                continue;
            }
            for (std::string const literal : {"NaN", "1e999", "-1e999", "Infinity", "1e308"}) {
                auto mutant = tree;
                mutant.at(key) = "@";
                auto text = mutant.dump();
                text.replace(text.find("\"@\""), 3, literal);
                INFO(file << " " << key.to_string() << " " << literal);
                auto const problems = problems_of([&] { load_scenario_text(text, "mutant.json", file.parent_path()); });
                CHECK(!problems.empty());
            }
        }
    }
}
