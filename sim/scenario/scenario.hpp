#pragma once
/// \file
/// From files to a Buildout. No JSON type is named here.

#include "models/base/error.hpp"
#include "models/buildout/buildout.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

/// `--set /pointer=value`: the value is JSON.
struct Override {
    std::string pointer;
    std::string value;
};

/// Splits "/pointer=value". \throws InputErrors
Override parse_override(std::string const& text);

/// A file that was read, for provenance.
struct InputFile {
    std::string path;
    std::string sha256;
};

/// A scenario, ready to run.
struct Scenario {
    Buildout buildout;
    std::string resolved;          ///< The scenario as it is run: JSON, `use` taken, units SI; reads back to the same buildout
    std::vector<InputFile> inputs; ///< Scenario, catalogues, baseline
    std::optional<Plan> baseline;  ///< Of the file that "baseline" names
};

/// A scenario file and the catalogues it names, read once, to be resolved with other values as often as one likes.
class ScenarioFile {
  public:
    /// \throws InputErrors  with every problem of the files as such
    explicit ScenarioFile(std::filesystem::path const& path);
    /// From text; `folder` stands for the folder of the file. \param name  Shown in messages
    ScenarioFile(std::string const& text, std::string const& name, std::filesystem::path const& folder);
    ScenarioFile(ScenarioFile&&) noexcept;
    ScenarioFile& operator=(ScenarioFile&&) noexcept;
    ~ScenarioFile();

    /// The scenario with these values set, as load_scenario() gives it. What takes time and does not depend on them, such as
    /// hours of weather, is kept for the next call; so are the data files, which are not read again.
    /// \param with_text  Fill Scenario::resolved, which takes a fifth of the time
    /// \throws InputErrors
    Scenario resolve(std::vector<Override> const& overrides = {}, bool with_text = true);

  private:
    struct Read;
    std::unique_ptr<Read> read_;
};

/// Reads a scenario with its catalogues and weather, checks it and resolves it.
/// \throws InputErrors  with every problem found, each with file, line and pointer
Scenario load_scenario(std::filesystem::path const& path, std::vector<Override> const& overrides = {});

/// The same from text; `folder` stands for the folder of the file. \param name  Shown in messages
Scenario load_scenario_text(std::string const& text, std::string const& name, std::filesystem::path const& folder,
                            std::vector<Override> const& overrides = {});

/// JSON Schema of a scenario (draft 2020-12), every key with unit, range, default and text.
std::string scenario_schema();

/// The same as a table in Markdown, for docs/formats/scenario.md.
std::string scenario_table();

} // namespace aidc
