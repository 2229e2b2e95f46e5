#pragma once
/// \file
/// Equipment is data: entries that a scenario takes by `"use": "name"` and overrides in place.

#include "sim/scenario/document.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace aidc {

/// A named piece of JSON and the document it stands in.
struct Entry {
    Document const* document{};
    Json const* node{};
    std::string pointer;
};

/// All entries a scenario can use. Copies are cheap.
class Catalogue {
  public:
    /// Reads a catalogue file; every value must have value, source and confidence. Problems are added to the list.
    void add_file(std::filesystem::path const& path, std::vector<Problem>& problems);
    /// The scenario's own entries, under "templates".
    void add_templates(Document const& scenario, std::vector<Problem>& problems);

    Entry const* find(std::string const& name) const;
    std::vector<std::string> names() const;

  private:
    void add(std::string const& name, Entry entry, std::vector<Problem>& problems);

    std::map<std::string, std::shared_ptr<Document const>> files_; ///< Shared by copies: entries point into them
    std::map<std::string, Entry> entries_;
};

/// The scenario with every `use` replaced by its entry and every {"value", "source", "confidence"} by its value; places of
/// values go on pointing into the file they were written in.
Document expand(Document const& scenario, Catalogue const& catalogue, std::vector<Problem>& problems);

} // namespace aidc
