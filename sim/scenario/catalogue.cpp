#include "sim/scenario/catalogue.hpp"

#include "sim/scenario/unit_key.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace aidc {
namespace {

constexpr std::array<std::string_view, 3> confidences{"published", "seed", "estimate"};

constexpr std::array<std::string_view, 3> sourced_keys{"value", "source", "confidence"};

bool is_sourced(Json const& node) { return node.is_object() && node.contains("value") && node.contains("source"); }

bool is_known_confidence(Json const& word)
{
    return word.is_string() && std::ranges::find(confidences, word.get_ref<std::string const&>()) != confidences.end();
}

/// Complains about what stands beside a sourced value.
void check_sourced(Document const& document, Json const& node, std::string const& pointer, std::vector<Problem>& problems)
{
    auto const complain = [&](std::string_view key, std::string message) {
        auto const at = pointer + "/" + pointer_step(key);
        problems.push_back({document.where(at), at, std::move(message)});
    };
    auto const& source = node.at("source");
    if (!source.is_string() || source.get_ref<std::string const&>().empty()) {
        complain("source", "needs a text; name a document, a data sheet or how it was estimated");
    }
    if (node.contains("confidence") && !is_known_confidence(node.at("confidence"))) {
        complain("confidence", fmt::format("is not one of {}", fmt::join(confidences, ", ")));
    }
    for (auto const& [key, value] : node.items()) {
        if (std::ranges::find(sourced_keys, key) == sourced_keys.end()) {
            complain(key, fmt::format("unknown key beside a sourced value (it would be ignored); known here: {}",
                                      fmt::join(sourced_keys, ", ")));
        }
    }
}

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
    check_sourced(document, node, pointer, problems);
    if (!node.contains("confidence")) {
        complain(fmt::format("needs a \"confidence\", one of {}", fmt::join(confidences, ", ")));
    }
}

/// Puts a tree together from a scenario and the entries it uses.
class Expander {
  public:
    Expander(Document const& scenario, Catalogue const& catalogue, Document& out, std::vector<Problem>& problems)
        : scenario_(scenario), catalogue_(catalogue), out_(out), problems_(problems)
    {
    }

    /// Value of `node` at `to` of the new tree; `from` is its pointer in its own document.
    Json expanded(Document const& document, Json const& node, std::string const& from, std::string const& to)
    {
        out_.origin.insert_or_assign(to, document.where(from));
        if (is_sourced(node)) {
            if (&document == &scenario_) { // files were checked when they were read
                check_sourced(document, node, from, problems_);
            }
            return expanded(document, node.at("value"), from + "/value", to);
        }
        if (node.is_array()) {
            Json list = Json::array();
            for (std::size_t i = 0; i < node.size(); ++i) {
                auto const step = "/" + std::to_string(i);
                list.push_back(expanded(document, node[i], from + step, to + step));
            }
            return list;
        }
        if (!node.is_object()) {
            return node;
        }
        Json object = node.contains("use") ? used(document, node.at("use"), from, to) : Json::object();
        overlay(document, node, from, to, object);
        return object;
    }

  private:
    Json used(Document const& document, Json const& name, std::string const& from, std::string const& to)
    {
        auto const complain = [&](std::string message) {
            problems_.push_back({document.where(from + "/use"), to + "/use", std::move(message)});
        };
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
        if (auto const open = std::ranges::find(open_, name.get<std::string>()); open != open_.end()) {
            complain(fmt::format("uses itself: {} uses {}; break the circle", fmt::join(open, open_.end(), " uses "), *open));
            return Json::object();
        }
        open_.push_back(name.get<std::string>());
        auto object = expanded(*entry->document, *entry->node, entry->pointer, to);
        open_.pop_back();
        return object;
    }

    /// "text" is a remark for people and takes no part.
    void check_remark(Document const& document, Json const& remark, std::string const& from, std::string const& to)
    {
        if (!remark.is_string()) {
            problems_.push_back({document.where(from), to, "is a remark and needs to be a text"});
        }
    }

    /// Keys of `node` on top of `object`: objects are merged key by key; distributions and everything else replace.
    void overlay(Document const& document, Json const& node, std::string const& from, std::string const& to, Json& object)
    {
        for (auto const& [key, value] : node.items()) {
            auto const step = "/" + pointer_step(key);
            if (key == "text") {
                check_remark(document, value, from + step, to + step);
            }
            else if (merges(value) && object.contains(key) && object[key].is_object()) {
                overlay(document, value, from + step, to + step, object[key]);
            }
            else if (key != "use") {
                for (auto const& other : other_units_of(key)) {
                    if (!node.contains(other)) {
                        object.erase(other); // the entry had it in another unit
                    }
                }
                out_.forget_below(to + step);
                object[key] = expanded(document, value, from + step, to + step);
            }
        }
    }

    /// Not what stands for itself: another entry, a sourced value, a distribution of another shape.
    static bool merges(Json const& value)
    {
        return value.is_object() && !value.contains("use") && !value.contains("shape") && !is_sourced(value);
    }

    Document const& scenario_;
    Catalogue const& catalogue_;
    Document& out_;
    std::vector<Problem>& problems_;
    std::vector<std::string> open_{}; ///< Entries that are being put in, outermost first
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
        problems.push_back(
            {where, entry.pointer, "this name is taken by " + at->second.document->where(at->second.pointer) + "; rename one"});
    }
}

void Catalogue::add_file(std::filesystem::path const& path, std::vector<Problem>& problems)
{
    auto const [at, fresh] = files_.emplace(path.string(), nullptr);
    if (!fresh) {
        problems.push_back({path.string(), "", "is named twice under \"catalogue\"; remove one"});
        return;
    }
    at->second = std::make_shared<Document const>(parse_document(read_text(path), path.string()));
    auto const& stored = *at->second;
    auto const format = stored.root.find("format");
    auto const entries = stored.root.find("entries");
    if (format == stored.root.end() || *format != "aidcsim-catalogue" || entries == stored.root.end() || !entries->is_object()) {
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
    out.root = Expander(scenario, catalogue, out, problems).expanded(scenario, root, "", "");
    return out;
}

} // namespace aidc
