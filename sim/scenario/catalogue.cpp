#include "sim/scenario/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace aidc {
namespace {

constexpr std::array<std::string_view, 3> confidences{"published", "seed", "estimate"};

bool is_sourced(Json const& node) { return node.is_object() && node.contains("value") && node.contains("source"); }

/// Complains about every value of a catalogue entry that does not say where it comes from.
void check_sources(Document const& document, Json const& node, std::string const& pointer, std::vector<Problem>& problems)
{
    auto const complain = [&](std::string message) { problems.push_back({document.where(pointer), pointer, std::move(message)}); };
    if (node.is_object() && !node.contains("value")) {
        for (auto const& [key, value] : node.items()) {
            if (key != "use" && key != "text") {
                check_sources(document, value, pointer + "/" + pointer_step(key), problems);
            }
        }
        return;
    }
    if (!is_sourced(node)) {
        complain("has no source (nobody could check it); write {\"value\": ..., \"source\": \"...\", \"confidence\": \"...\"}");
        return;
    }
    auto const source = node.value("source", Json{});
    auto const confidence = node.value("confidence", Json{});
    if (!source.is_string() || source.get<std::string>().empty()) {
        complain("has an empty source; name a document, a data sheet or how it was estimated");
    }
    if (!confidence.is_string() || std::ranges::find(confidences, confidence.get<std::string>()) == confidences.end()) {
        complain(fmt::format("needs a \"confidence\", one of {}", fmt::join(confidences, ", ")));
    }
}

/// Puts a tree together from a scenario and the entries it uses.
class Expander {
  public:
    Expander(Catalogue const& catalogue, Document& out, std::vector<Problem>& problems)
        : catalogue_(catalogue), out_(out), problems_(problems)
    {
    }

    /// Value of `node` at `to` of the new tree; `from` is its pointer in its own document.
    Json expanded(Document const& document, Json const& node, std::string const& from, std::string const& to, int depth)
    {
        out_.origin.insert_or_assign(to, document.where(from));
        if (is_sourced(node)) {
            return node.at("value");
        }
        if (node.is_array()) {
            Json list = Json::array();
            for (std::size_t i = 0; i < node.size(); ++i) {
                auto const step = "/" + std::to_string(i);
                list.push_back(expanded(document, node[i], from + step, to + step, depth));
            }
            return list;
        }
        if (!node.is_object()) {
            return node;
        }
        Json object = node.contains("use") ? used(document, node.at("use"), from, to, depth) : Json::object();
        overlay(document, node, from, to, depth, object);
        return object;
    }

  private:
    Json used(Document const& document, Json const& name, std::string const& from, std::string const& to, int depth)
    {
        auto const complain = [&](std::string message) { problems_.push_back({document.where(from + "/use"), to + "/use", std::move(message)}); };
        if (!name.is_string()) {
            complain("needs the name of a catalogue entry or template");
            return Json::object();
        }
        auto const* const entry = catalogue_.find(name.get<std::string>());
        if (entry == nullptr) {
            auto const near = nearest(name.get<std::string>(), catalogue_.names());
            complain(fmt::format("no catalogue entry or template is called \"{}\"{}", name.get<std::string>(),
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
            return Json::object();
        }
        if (depth > 16) {
            complain("uses itself (16 levels deep); break the circle");
            return Json::object();
        }
        return expanded(*entry->document, *entry->node, entry->pointer, to, depth + 1);
    }

    /// Keys of `node` on top of `object`: objects are merged key by key, everything else replaces.
    void overlay(Document const& document, Json const& node, std::string const& from, std::string const& to, int depth, Json& object)
    {
        for (auto const& [key, value] : node.items()) {
            if (key == "use" || key == "text") {
                continue;
            }
            auto const step = "/" + pointer_step(key);
            bool const merges = value.is_object() && !value.contains("use") && !is_sourced(value) && object.contains(key) && object[key].is_object();
            if (merges) {
                overlay(document, value, from + step, to + step, depth, object[key]);
            }
            else {
                object[key] = expanded(document, value, from + step, to + step, depth);
            }
        }
    }

    Catalogue const& catalogue_;
    Document& out_;
    std::vector<Problem>& problems_;
};

} // namespace

void Catalogue::add(std::string const& name, Entry entry, std::vector<Problem>& problems)
{
    auto const where = entry.document->where(entry.pointer);
    if (!entry.node->is_object()) {
        problems.push_back({where, entry.pointer, "a catalogue entry or template is an object { ... }"});
        return;
    }
    auto const [at, fresh] = entries_.emplace(name, entry);
    if (!fresh) {
        problems.push_back({where, entry.pointer, "this name is taken by " + at->second.document->where(at->second.pointer) + "; rename one"});
    }
}

void Catalogue::add_file(std::filesystem::path const& path, std::vector<Problem>& problems)
{
    Document document = parse_document(read_text(path), path.string());
    auto const& stored = files_.insert_or_assign(path.string(), std::move(document)).first->second;
    auto const entries = stored.root.find("entries");
    if (stored.root.value("format", "") != "aidcsim-catalogue" || entries == stored.root.end() || !entries->is_object()) {
        problems.push_back({path.string(), "", "is no catalogue: needs \"format\": \"aidcsim-catalogue\" and \"entries\": { ... }"});
        return;
    }
    for (auto const& [name, node] : entries->items()) {
        auto const pointer = "/entries/" + pointer_step(name);
        check_sources(stored, node, pointer, problems);
        add(name, {.document = &stored, .node = &node, .pointer = pointer}, problems);
    }
}

void Catalogue::add_templates(Document const& scenario, std::vector<Problem>& problems)
{
    auto const templates = scenario.root.find("templates");
    if (templates == scenario.root.end()) {
        return;
    }
    if (!templates->is_object()) {
        problems.push_back({scenario.where("/templates"), "/templates", "needs an object of named entries"});
        return;
    }
    for (auto const& [name, node] : templates->items()) {
        add(name, {.document = &scenario, .node = &node, .pointer = "/templates/" + pointer_step(name)}, problems);
    }
}

Entry const* Catalogue::find(std::string const& name) const
{
    auto const at = entries_.find(name);
    return at == entries_.end() ? nullptr : &at->second;
}

std::vector<std::string> Catalogue::names() const
{
    std::vector<std::string> names;
    for (auto const& [name, entry] : entries_) {
        names.push_back(name);
    }
    return names;
}

Document expand(Document const& scenario, Catalogue const& catalogue, std::vector<Problem>& problems)
{
    Document out;
    Json root = scenario.root;
    if (root.is_object()) {
        root.erase("templates");
        root.erase("catalogue");
    }
    out.root = Expander(catalogue, out, problems).expanded(scenario, root, "", "", 0);
    return out;
}

} // namespace aidc
