#include "sim/scenario/override.hpp"

#include "sim/scenario/unit_key.hpp"

#include <algorithm>
#include <vector>

namespace aidc {
namespace {

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

/// Name of a row of a list; "" when it has none.
std::string name_of(Json const& row)
{
    auto const name = row.is_object() ? row.find("name") : row.end();
    return row.is_object() && name != row.end() && name->is_string() ? name->get<std::string>() : "";
}

/// A pointer of which a list's steps may be names of its rows ("/makers/h200_oem/backlog_units"), with numbers instead.
/// \throws InputErrors  when no row has that name
std::string numbered(std::string const& pointer, Json const& root)
{
    std::string path;
    Json const* node = &root;
    for (std::size_t from = 1; from <= pointer.size();) {
        auto const slash = std::min(pointer.find('/', from), pointer.size());
        auto step = pointer.substr(from, slash - from);
        from = slash + 1;
        if (node != nullptr && node->is_array() && step.find_first_not_of("0123456789") != std::string::npos) {
            std::vector<std::string> names;
            for (auto const& row : *node) {
                names.push_back(pointer_step(name_of(row)));
            }
            auto const row = std::ranges::find(names, step);
            if (row == names.end()) {
                auto const near = nearest(step, names);
                throw InputErrors(
                    {{"--set", pointer,
                      "no row of " + path + " is called \"" + step + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?")}});
            }
            step = std::to_string(row - names.begin());
        }
        path += "/" + step;
        Json::json_pointer const here(path);
        node = root.contains(here) ? &root.at(here) : nullptr;
    }
    return path;
}

/// Where a pointer leaves the scenario, in words.
std::string first_wrong_step(std::string const& place, Json const& root)
{
    for (std::size_t from = 0; from != std::string::npos;) {
        auto const to = place.find('/', from + 1);
        auto const here = place.substr(0, from), there = place.substr(0, to);
        if (!root.contains(Json::json_pointer(there))) {
            std::vector<std::string> keys;
            auto const& node = root.at(Json::json_pointer(here));
            if (node.is_object()) {
                for (auto const& [key, value] : node.items()) {
                    keys.push_back(pointer_step(key));
                }
            }
            auto const near = nearest(there.substr(from + 1), keys);
            return ": " + (here.empty() ? "it" : here) + " has no \"" + there.substr(from + 1) + "\""
                   + (near.empty() ? "" : "; did you mean \"" + near + "\"?");
        }
        from = to;
    }
    return "";
}

/// Puts a value at a pointer of numbers and keys.
template <class Complain> bool put(Json const& value, std::string const& place, Document& document, Complain const& complain)
{
    auto const slash = place.rfind('/');
    Json::json_pointer const pointer(place);
    Json::json_pointer const parent(place.substr(0, slash));
    bool const known = document.root.contains(pointer);
    if (!known && !(document.root.contains(parent) && document.root.at(parent).is_object())) {
        std::vector<std::string> all;
        collect_pointers(document.root, "", all);
        auto const near = nearest(place, all);
        complain(near.empty() ? "no such place in the scenario" + first_wrong_step(place, document.root)
                              : "no such place in the scenario; did you mean \"" + near + "\"?");
        return false;
    }
    for (auto const& other : other_units_of(place.substr(slash + 1))) {
        if (!known) {
            document.root[parent].erase(other);
        }
    }
    document.root[pointer] = value;
    document.forget_below(place);
    document.origin.insert_or_assign(place, "--set");
    return true;
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

bool is_of_template(Override const& change) { return change.pointer.starts_with("/templates/"); }

std::string apply(Override const& change, Document& document, std::vector<Problem>& problems)
{
    auto const complain = [&](std::string message) { problems.push_back({"--set", change.pointer, std::move(message)}); };
    Json value;
    try {
        value = Json::parse(change.value);
    }
    catch (Json::exception const&) {
        value = change.value; // a bare word is a text
    }
    if (!is_utf8(value) || !is_pointer(change.pointer)) {
        complain("is no JSON pointer or no UTF-8 text; the form is /pointer=value, with ~0 for ~ and ~1 for / inside a key");
        return "";
    }
    try {
        auto const place = numbered(change.pointer, document.root);
        return put(value, place, document, complain) ? place : "";
    }
    catch (InputErrors const& errors) {
        problems.insert(problems.end(), errors.problems().begin(), errors.problems().end());
    }
    catch (Json::exception const&) {
        complain("no such place in the scenario"); // a number of a row that no list can have
    }
    return "";
}

} // namespace aidc
