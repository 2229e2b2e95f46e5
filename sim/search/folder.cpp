#include "sim/search/folder.hpp"

#include "sim/run/request.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/scenario/described_file.hpp"
#include "sim/scenario/json_writer.hpp"
#include "sim/scenario/sha256.hpp"
#include "sim/search/goal.hpp"
#include "sim/search/runs.hpp"
#include "sim/sweep/prepare.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aidc {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_tried = 16; ///< Values of one list of texts

[[noreturn]] void complain(fs::path const& path, std::string message) { throw InputErrors({{path.string(), "", std::move(message)}}); }

std::string to_json(SearchRecord record)
{
    Json root = Json::object();
    Writer writer(root);
    describe(writer, record);
    return root.dump(1) + "\n";
}

/// What makes a search the same search.
std::string identity_of(SearchRecord record)
{
    record.search.evaluations = 1;
    return sha256(to_json(std::move(record)));
}

/// The value at a pointer, whose steps in lists may be names of rows; nothing when there is none.
Json const* value_at_pointer(Json const& root, std::string const& pointer)
{
    Json const* node = &root;
    for (std::size_t from = 1; from <= pointer.size() && node != nullptr;) {
        auto const slash = std::min(pointer.find('/', from), pointer.size());
        auto const step = pointer.substr(from, slash - from);
        from = slash + 1;
        Json const* next = nullptr;
        if (node->is_array()) {
            for (std::size_t i = 0; i < node->size(); ++i) {
                auto const& row = (*node)[i];
                bool const is_named = row.is_object() && row.contains("name") && row["name"] == step;
                next = is_named || step == std::to_string(i) ? &row : next;
            }
        }
        else if (node->is_object() && node->contains(step)) {
            next = &(*node)[step];
        }
        node = next;
    }
    return node;
}

/// What the scenario says at the first place of each lever: in the scenario as it is run, else as it is written.
std::vector<std::string> written_values(SearchSpec const& spec, SearchSpace const& space, std::string const& resolved)
{
    auto const run = parse_document(resolved, spec.scenario), written = parse_document(read_text(spec.scenario), spec.scenario);
    std::vector<std::string> values;
    for (auto const& lever : space.levers()) {
        auto const& pointer = lever.pointers.front();
        auto const* node = value_at_pointer(run.root, pointer);
        node = node == nullptr ? value_at_pointer(written.root, pointer) : node;
        values.push_back(node == nullptr     ? unknown_value
                         : node->is_number() ? fmt::format("{}", node->get<double>()) // counts stay counts
                                             : node->dump());
    }
    return values;
}

/// Each lever alone moved from the start: to its ends, or, if its values are texts, to each of them.
std::vector<Steps> tried_plans(SearchSpace const& space, Steps const& start)
{
    std::vector<Steps> plans{start};
    for (std::size_t j = 0; j < space.size(); ++j) {
        bool const is_text = space.lever(j).values.front().find_first_of("-0123456789") != 0;
        auto const n = space.count(j);
        auto const every = is_text && n <= most_tried ? 1 : n - 1;
        for (std::uint32_t step = 0; step < n; step += every) {
            plans.push_back(start);
            plans.back()[j] = step;
        }
    }
    return plans;
}

/// The scenario as written, as it is run.
Scenario as_written(SearchSpec const& spec)
{
    std::vector<Override> set;
    for (auto const& text : spec.set) {
        set.push_back(parse_override(text));
    }
    return load_scenario(fs::relative(spec.scenario), set);
}

/// Adds what a plan reads and tells beyond those before it.
void add(Scenario const& scenario, bool operate, Layout& layout, std::vector<InputFile>& inputs)
{
    auto const own = layout_of(scenario.buildout, operate ? Detail::operate : Detail::build);
    if (layout.start.empty()) {
        layout = own;
    }
    else if (own != layout) {
        merge(layout, own);
    }
    for (auto const& input : scenario.inputs) {
        if (std::ranges::find(inputs, input.path, &InputFile::path) == inputs.end()) {
            inputs.push_back(input);
        }
    }
}

SearchRecord read_record(fs::path const& path)
{
    return read_described<SearchRecord>(read_text(path), path.string(), "aidcsim-search-plan",
                                        "is no search; begin one with: aidcsim sweep optimize SCENARIO --lever ...");
}

} // namespace

PlannedSearch plan_search(SearchSpec const& spec)
{
    PlannedSearch planned;
    auto& record = planned.record;
    record.program = program_name();
    record.search = spec;
    SearchSpace const space(spec.levers);
    if (space.plans() > static_cast<double>(spec.evaluations) && spec.method == SearchMethod::all) {
        throw InputErrors({{"--method", "",
                            fmt::format("all makes {:.6g} plans, more than --evaluations {}; raise it, or choose --method auto",
                                        space.plans(), spec.evaluations)}});
    }
    auto const base = as_written(spec);
    std::vector<InputFile> inputs;
    add(base, spec.operate, record.layout, inputs);
    record.as_written = written_values(spec, space, base.resolved);
    PlanMaker maker(fs::relative(spec.scenario), spec, space);
    std::vector<Problem> first_problems;
    std::size_t valid = 0;
    for (auto const& plan : tried_plans(space, start_of(record, space))) {
        try {
            add(maker.scenario(plan), spec.operate, record.layout, inputs);
            ++valid;
        }
        catch (InputErrors const& errors) {
            planned.invalid.push_back(words_of(space, plan) + ": " + errors.problems().front().message);
            first_problems = first_problems.empty() ? errors.problems() : first_problems;
        }
    }
    if (valid == 0) {
        throw InputErrors(std::move(first_problems));
    }
    static_cast<void>(wanted_of(spec, record.layout, space));
    planned.inputs = place_inputs(inputs);
    record.inputs = planned.inputs.to;
    record.search.scenario = record.inputs.front().path;
    return planned;
}

SearchFolder make_folder(PlannedSearch const& planned, fs::path const& folder)
{
    if (fs::exists(folder) && !fs::is_directory(folder)) {
        complain(folder, "is a file; name a folder with -o");
    }
    if (is_search_folder(folder)) {
        auto there = open_folder(folder);
        if (identity_of(there.record) != identity_of(planned.record)) {
            complain(folder, "holds another search (its evaluations would be mixed with new ones); name another folder with -o");
        }
        set_evaluations(there, planned.record.search.evaluations);
        return there;
    }
    if (fs::exists(folder)) {
        for (auto const& entry : fs::directory_iterator(folder)) {
            auto const name = entry.path().filename().string();
            if (name != "inputs" && !name.starts_with("search.json.part-")) {
                complain(folder, "is not empty and no search; name a new folder with -o");
            }
        }
    }
    copy_inputs(planned.inputs, folder);
    write_text(folder / "search.json", to_json(planned.record));
    return {.folder = folder, .record = planned.record};
}

SearchFolder open_folder(fs::path const& folder)
{
    auto const path = folder / "search.json";
    if (!is_search_folder(folder)) {
        complain(folder, "is no folder of a search (it has no search.json); begin one with: aidcsim sweep optimize SCENARIO --lever ... -o "
                             + shell_word(folder.string()));
    }
    SearchFolder search{.folder = folder, .record = read_record(path)};
    std::vector<Problem> problems;
    if (search.record.program != program_name()) {
        problems.push_back(
            {path.string(), "/program",
             fmt::format("was begun by {} and this is {} (their numbers may differ); go on with the program that began it, or "
                         "begin anew in another folder",
                         search.record.program, program_name())});
    }
    check_copies(folder, search.record.inputs, "the search began", problems);
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    return search;
}

void set_evaluations(SearchFolder& search, std::uint32_t evaluations)
{
    if (search.record.search.evaluations != evaluations) {
        search.record.search.evaluations = evaluations;
        write_text(search.folder / "search.json", to_json(search.record));
    }
}

bool is_search_folder(fs::path const& folder) { return fs::exists(folder / "search.json"); }

Steps start_of(SearchRecord const& record, SearchSpace const& space)
{
    Steps start;
    for (std::size_t j = 0; j < space.size(); ++j) {
        start.push_back(space.nearest(j, record.as_written[j] == unknown_value ? "" : record.as_written[j]));
    }
    return start;
}

} // namespace aidc
