#include "sim/scenario/scenario.hpp"

#include "sim/scenario/catalogue.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/plan_file.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/resolve.hpp"
#include "sim/scenario/sha256.hpp"
#include "sim/scenario/unit_key.hpp"
#include "sim/scenario/writer.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace aidc {

namespace {

/// Each problem once, in the order found: a line of a template is wrong in every use, and pods of a hall share one "install".
void throw_if_any(std::vector<Problem>& problems)
{
    std::vector<Problem> once;
    std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::set<std::string>>> seen; // row and places
    for (auto& problem : problems) {
        auto const [at, is_new] = seen.try_emplace({problem.where, problem.message}, once.size(), std::set<std::string>{});
        at->second.second.insert(problem.pointer);
        if (is_new) {
            once.push_back(std::move(problem));
        }
    }
    for (auto const& [key, value] : seen) {
        if (value.second.size() > 1) {
            once[value.first].message += fmt::format(" (and so in {} more places that use this line)", value.second.size() - 1);
        }
    }
    if (!once.empty()) {
        throw InputErrors(std::move(once));
    }
}

/// Catalogue files named by the scenario, relative to its folder.
Catalogue read_catalogues(Document const& document, std::filesystem::path const& folder, std::vector<InputFile>& inputs,
                          std::vector<Problem>& problems)
{
    Catalogue catalogue;
    auto const files = document.root.find("catalogue");
    if (files != document.root.end() && !files->is_array()) {
        problems.push_back({document.where("/catalogue"), "/catalogue", "needs a list of catalogue files"});
    }
    for (std::size_t i = 0; files != document.root.end() && files->is_array() && i < files->size(); ++i) {
        auto const pointer = "/catalogue/" + std::to_string(i);
        if (!(*files)[i].is_string()) {
            problems.push_back({document.where(pointer), pointer, "needs the path of a catalogue file"});
            continue;
        }
        try {
            auto const path = folder / (*files)[i].get<std::string>();
            catalogue.add_file(path, problems);
            inputs.push_back({.path = path.string(), .sha256 = sha256(read_text(path))});
        }
        catch (InputErrors const& errors) {
            for (auto const& problem : errors.problems()) {
                problems.push_back({document.where(pointer), pointer, problem.where + ": " + problem.message});
            }
        }
    }
    catalogue.add_templates(document, problems);
    return catalogue;
}

void collect_pointers(Json const& node, std::string const& pointer, std::vector<std::string>& all)
{
    all.push_back(pointer);
    if (node.is_array()) {
        for (std::size_t i = 0; i < node.size(); ++i) {
            collect_pointers(node[i], pointer + "/" + std::to_string(i), all);
        }
    }
    else if (node.is_object()) {
        for (auto const& [key, value] : node.items()) {
            collect_pointers(value, pointer + "/" + pointer_step(key), all);
        }
    }
}

bool is_utf8(Json const& value)
{
    try {
        static_cast<void>(value.dump());
        return true;
    }
    catch (Json::exception const&) {
        return false;
    }
}

/// Templates are gone once they are used: what changes them comes first, and changes every use.
bool is_of_template(Override const& change) { return change.pointer.starts_with("/templates/"); }

/// Every ~ is followed by 0 or 1.
bool is_pointer(std::string const& pointer)
{
    for (auto at = pointer.find('~'); at != std::string::npos; at = pointer.find('~', at + 1)) {
        if (at + 1 == pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1')) {
            return false;
        }
    }
    return is_utf8(pointer);
}

/// Puts a value at a pointer of the expanded scenario: an existing value, or a new key of an existing object.
void apply(Override const& change, Document& document, std::vector<Problem>& problems)
{
    auto const complain = [&](std::string message) { problems.push_back({"--set", change.pointer, std::move(message)}); };
    auto const slash = change.pointer.rfind('/');
    Json value;
    try {
        value = Json::parse(change.value);
    }
    catch (Json::exception const&) {
        value = change.value; // a bare word is a text
    }
    if (!is_utf8(value) || !is_pointer(change.pointer)) {
        complain("is no JSON pointer or no UTF-8 text; the form is /pointer=value, with ~0 for ~ and ~1 for / inside a key");
        return;
    }
    Json::json_pointer const pointer(change.pointer);
    Json::json_pointer const parent(change.pointer.substr(0, slash));
    bool const known = document.root.contains(pointer);
    if (!known && !(document.root.contains(parent) && document.root.at(parent).is_object())) {
        std::vector<std::string> all;
        collect_pointers(document.root, "", all);
        auto const near = nearest(change.pointer, all);
        complain(near.empty() ? "no such place in the scenario" : "no such place in the scenario; did you mean \"" + near + "\"?");
        return;
    }
    for (auto const& other : other_units_of(change.pointer.substr(slash + 1))) {
        if (!known) {
            document.root[parent].erase(other);
        }
    }
    document.root[pointer] = value;
    document.forget_below(change.pointer);
    document.origin.insert_or_assign(change.pointer, "--set");
}

Buildout resolve(ScenarioSpec const& spec, Document const& document, std::filesystem::path const& folder)
{
    std::vector<Problem> problems;
    Buildout out;
    Resolver r{.spec = spec, .document = document, .folder = folder, .problems = problems, .out = out};
    resolve_frame(r);
    resolve_climates(r);
    resolve_sites(r);
    resolve_supply(r);
    resolve_shocks(r);
    resolve_demand(r);
    resolve_targets(r);
    resolve_traces(r);
    throw_if_any(problems);
    resolve_activities(r);
    throw_if_any(problems);
    check_factors(r);
    check_reachable(r);
    throw_if_any(problems);
    derive_design(r);
    throw_if_any(problems);
    derive(out);
    return out;
}

/// Files of numbers that a scenario names: weather and traces.
std::vector<std::string> data_files(ScenarioSpec const& spec)
{
    std::vector<std::string> files;
    for (auto const& climate : spec.climates) {
        for (auto const& file : {climate.epw, climate.csv}) {
            if (!file.empty()) {
                files.push_back(file);
            }
        }
    }
    for (auto const& trace : spec.traces) {
        files.push_back(trace.csv);
    }
    return files;
}

} // namespace

Override parse_override(std::string const& text)
{
    auto const equals = text.find('=');
    if (text.empty() || text.front() != '/' || equals == std::string::npos) {
        throw InputErrors({{"--set", "", "\"" + text + "\" has not the form /pointer=value, e.g. /makers/0/backlog_units=1000"}});
    }
    return {.pointer = text.substr(0, equals), .value = text.substr(equals + 1)};
}

Scenario load_scenario(std::filesystem::path const& path, std::vector<Override> const& overrides)
{
    return load_scenario_text(read_text(path), path.string(), path.parent_path(), overrides);
}

Scenario load_scenario_text(std::string const& text, std::string const& name, std::filesystem::path const& folder,
                            std::vector<Override> const& overrides)
{
    std::vector<Problem> problems;
    Scenario scenario;
    scenario.inputs.push_back({.path = name, .sha256 = sha256(text)});
    auto raw = parse_document(text, name);
    for (auto const& change : overrides) {
        if (is_of_template(change)) {
            apply(change, raw, problems);
        }
    }
    throw_if_any(problems);
    auto const catalogue = read_catalogues(raw, folder, scenario.inputs, problems);
    throw_if_any(problems); // a missing file would make every name it holds unknown
    auto document = expand(raw, catalogue, problems);
    throw_if_any(problems);
    for (auto const& change : overrides) {
        if (!is_of_template(change)) {
            apply(change, document, problems);
        }
    }
    throw_if_any(problems);
    ScenarioSpec spec;
    Reader reader(document, document.root, "", problems);
    throw_if_any(problems);
    describe(reader, spec);
    reader.done();
    throw_if_any(problems);
    scenario.buildout = resolve(spec, document, folder);
    if (!spec.baseline.empty()) {
        auto const path = folder / spec.baseline;
        scenario.baseline = read_plan(path, scenario.buildout);
        scenario.inputs.push_back({.path = path.string(), .sha256 = sha256(read_text(path))});
    }
    for (auto const& file : data_files(spec)) {
        auto const path = folder / file;
        scenario.inputs.push_back({.path = path.string(), .sha256 = sha256(read_text(path))});
    }
    scenario.resolved = to_json(spec);
    return scenario;
}

} // namespace aidc
