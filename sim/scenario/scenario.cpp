#include "sim/scenario/scenario.hpp"

#include "sim/scenario/catalogue.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/override.hpp"
#include "sim/scenario/plan_file.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/resolve.hpp"
#include "sim/scenario/sha256.hpp"
#include "sim/scenario/unit_key.hpp"
#include "sim/scenario/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
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
            inputs.push_back({.path = path.string(), .sha256 = sha256(read_bytes(path))});
        }
        catch (InputErrors const& errors) {
            for (auto const& problem : errors.problems()) {
                problems.push_back({document.where(pointer), pointer, problem.where + ": " + problem.message});
            }
        }
    }
    return catalogue;
}

Buildout resolve(ScenarioSpec const& spec, Document const& document, std::filesystem::path const& folder, MadeYears& years)
{
    std::vector<Problem> problems;
    Buildout out;
    Resolver r{.spec = spec, .document = document, .folder = folder, .problems = problems, .out = out, .years = years};
    resolve_frame(r);
    resolve_climates(r);
    resolve_sites(r);
    resolve_supply(r);
    resolve_shocks(r);
    resolve_demand(r);
    resolve_targets(r);
    resolve_traces(r);
    resolve_faults(r);
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

/// Files of numbers that a scenario names: weather, traces and prices.
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
    for (auto const& load : spec.demand.jobs) {
        for (auto const& stream : load.streams) {
            if (stream.log) {
                files.push_back(stream.log->file);
            }
        }
    }
    for (auto const& campus : spec.campuses) {
        if (campus.power.price) {
            files.push_back(campus.power.price->csv);
        }
    }
    return files;
}

/// Places that were set, and complaints about those of which only one would count.
class SetPlaces {
  public:
    /// \param place  Pointer by numbers and keys; \param pointer  As it was written
    void add(std::string const& place, std::string const& pointer, std::vector<Problem>& problems)
    {
        for (auto const& [earlier, written] : pointer_of_) {
            bool const same = earlier == place && written != pointer; // the same words twice: the last counts, as with every option
            if (same || earlier.starts_with(place + "/") || is_other_unit(earlier, place)) {
                problems.push_back(
                    {"--set", pointer, "is the same place as " + written + ", or holds it (only one would count); remove one"});
            }
        }
        pointer_of_.emplace(place, pointer);
    }

  private:
    static bool is_other_unit(std::string const& earlier, std::string const& place)
    {
        auto const slash = place.rfind('/') + 1;
        auto const others = other_units_of(place.substr(slash));
        return earlier.starts_with(place.substr(0, slash)) && std::ranges::find(others, earlier.substr(slash)) != others.end();
    }

    std::map<std::string, std::string> pointer_of_; ///< By place
};

/// Changes of what is no template. Two that name one place in different words are a mistake.
void apply_all(std::vector<Override> const& overrides, Document& document, std::vector<Problem>& problems)
{
    SetPlaces places;
    for (auto const& change : overrides) {
        if (is_of_template(change)) {
            continue;
        }
        if (auto const place = apply(change, document, problems); !place.empty()) {
            places.add(place, change.pointer, problems);
        }
    }
}

} // namespace

/// What a scenario file and the files that it names have said, and what was made of them so far.
struct ScenarioFile::Read {
    std::filesystem::path folder; ///< That paths in the scenario are relative to
    Document raw;
    Catalogue entries; ///< Of the catalogues; templates are the scenario's own
    std::vector<InputFile> inputs;
    std::optional<Document> expanded; ///< `raw` with its uses taken, nothing changed
    MadeYears years;
    std::map<std::filesystem::path, std::string> hashes; ///< Of data files

    Document expanded_with(std::vector<Override> const& overrides);
    InputFile input(std::string const& name);
};

/// The scenario with its uses taken. Changes of templates come before, and change every use.
Document ScenarioFile::Read::expanded_with(std::vector<Override> const& overrides)
{
    bool const changes_templates = std::ranges::any_of(overrides, is_of_template);
    if (expanded && !changes_templates) {
        return *expanded;
    }
    std::vector<Problem> problems;
    Document changed = raw;
    SetPlaces places;
    for (auto const& change : overrides) {
        if (!is_of_template(change)) {
            continue;
        }
        if (auto const place = apply(change, changed, problems); !place.empty()) {
            places.add(place, change.pointer, problems);
        }
    }
    throw_if_any(problems);
    Catalogue with_templates = entries;
    with_templates.add_templates(changed, problems);
    throw_if_any(problems);
    auto document = expand(changed, with_templates, problems);
    throw_if_any(problems);
    if (!changes_templates) {
        expanded = document;
    }
    return document;
}

/// A data file beside the scenario.
InputFile ScenarioFile::Read::input(std::string const& file)
{
    auto const path = folder / file;
    auto& hash = hashes[path];
    if (hash.empty()) {
        hash = sha256(read_bytes(path));
    }
    return {.path = path.string(), .sha256 = hash};
}

ScenarioFile::ScenarioFile(std::filesystem::path const& path) : ScenarioFile(read_text(path), path.string(), path.parent_path()) {}

ScenarioFile::ScenarioFile(std::string const& text, std::string const& name, std::filesystem::path const& folder)
    : read_(std::make_unique<Read>())
{
    read_->folder = folder;
    read_->inputs.push_back({.path = name, .sha256 = sha256(text)});
    read_->raw = parse_document(text, name);
    std::vector<Problem> problems;
    read_->entries = read_catalogues(read_->raw, folder, read_->inputs, problems);
    throw_if_any(problems); // a missing file would make every name it holds unknown
}

ScenarioFile::ScenarioFile(ScenarioFile&&) noexcept = default;
ScenarioFile& ScenarioFile::operator=(ScenarioFile&&) noexcept = default;
ScenarioFile::~ScenarioFile() = default;

Scenario ScenarioFile::resolve(std::vector<Override> const& overrides, bool with_text)
{
    std::vector<Problem> problems;
    auto document = read_->expanded_with(overrides);
    apply_all(overrides, document, problems);
    throw_if_any(problems);
    ScenarioSpec spec;
    Reader reader(document, document.root, "", problems);
    throw_if_any(problems);
    describe(reader, spec);
    reader.done();
    throw_if_any(problems);
    Scenario scenario{.buildout = aidc::resolve(spec, document, read_->folder, read_->years), .inputs = read_->inputs};
    if (!spec.baseline.empty()) {
        scenario.baseline = read_plan(read_->folder / spec.baseline, scenario.buildout);
        scenario.inputs.push_back(read_->input(spec.baseline));
    }
    for (auto const& file : data_files(spec)) {
        scenario.inputs.push_back(read_->input(file));
    }
    if (with_text) {
        scenario.resolved = to_json(spec);
    }
    return scenario;
}

Scenario load_scenario(std::filesystem::path const& path, std::vector<Override> const& overrides)
{
    return ScenarioFile(path).resolve(overrides);
}

Scenario load_scenario_text(std::string const& text, std::string const& name, std::filesystem::path const& folder,
                            std::vector<Override> const& overrides)
{
    return ScenarioFile(text, name, folder).resolve(overrides);
}

} // namespace aidc
