#pragma once
/// \file
/// Files that hold one described struct with a format and a version: sweeps, searches and their plans.

#include "sim/scenario/document.hpp"
#include "sim/scenario/reader.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aidc {

/// Reads a struct that has `format` and `version` (1).
/// \param name       Shown in messages
/// \param complaint  When it has another format or version
/// \throws InputErrors  with all problems
template <class T> T read_described(std::string const& text, std::string const& name, std::string_view format, std::string complaint)
{
    auto const document = parse_document(text, name);
    std::vector<Problem> problems;
    T read;
    Reader reader(document, document.root, "", problems);
    if (problems.empty()) {
        describe(reader, read);
        reader.done();
    }
    if (problems.empty() && (read.format != format || read.version != 1)) {
        problems.push_back({document.where("/format"), "/format", std::move(complaint)});
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    return read;
}

/// Has the file this "format"? False when it cannot be read: whoever reads it next says what is wrong with it.
inline bool is_of_format(std::filesystem::path const& path, std::string_view format)
{
    try {
        auto const document = parse_document(read_text(path), path.string());
        auto const found = document.root.find("format");
        return found != document.root.end() && *found == format;
    }
    catch (InputErrors const&) {
        return false;
    }
}

} // namespace aidc
