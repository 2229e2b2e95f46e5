#pragma once
/// \file
/// JSON text with the place of every value: file and line for each JSON pointer.

#include "models/base/error.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace aidc {

using Json = nlohmann::ordered_json;

/// One JSON file, or a tree put together from several.
struct Document {
    Json root;
    std::map<std::string, std::string, std::less<>> origin; ///< JSON pointer -> "file:line"

    /// "file:line" of a pointer, or of its nearest ancestor.
    std::string where(std::string_view pointer) const;
    /// Forgets the places of everything below a pointer, for a value that is replaced.
    void forget_below(std::string const& pointer);
};

/// Parses JSON with comments. \param name  Shown in messages
/// \throws InputErrors  on a syntax error, a repeated key or more than 64 levels
Document parse_document(std::string const& text, std::string const& name);

/// A file as it is. \throws InputErrors  when it cannot be read
std::string read_bytes(std::filesystem::path const& path);

/// The text of a file; of a gzip-compressed one what is packed in it. \throws InputErrors  when it cannot be read, or is cut off
std::string read_text(std::filesystem::path const& path);

/// One step of a JSON pointer, escaped.
std::string pointer_step(std::string_view key);

/// The candidate that a misspelt word most likely means, or "" when none is near.
template <class Words> std::string nearest(std::string_view word, Words const& candidates);

/// Edit distance: single-letter insertions, deletions, replacements.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Words> std::string nearest(std::string_view word, Words const& candidates)
{
    std::string best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (auto const& candidate : candidates) {
        auto const distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = std::string(candidate);
        }
    }
    return best;
}

} // namespace aidc
