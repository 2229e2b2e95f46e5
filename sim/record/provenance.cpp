#include "sim/record/provenance.hpp"

#include "models/base/error.hpp"
#include "sim/record/tables.hpp"

namespace aidc {

void write_title(h5::File& file, Buildout const& buildout, Provenance const& provenance)
{
    file.attribute("title", buildout.name);
    file.attribute("source", provenance.program);
    file.attribute("aidcsim_format", std::string("1"));
}

void write_provenance(h5::File& file, Buildout const& buildout, Provenance const& p)
{
    auto group = file.group("provenance", "Where this file comes from");
    group.text("program", p.program);
    group.text("compiler", p.compiler);
    group.text("command_line", p.command_line);
    group.text("overrides", p.overrides);
    group.text("scenario_json", p.scenario_json);
    group.text("detail", p.detail == Detail::operate ? "operate" : "build");
    group.scalar({"seed", "1", "seed of all draws"}, static_cast<std::int64_t>(buildout.seed));
    group.scalar({"replicate", "1", "which replicate of the seed"}, static_cast<std::int64_t>(p.replicate));
    group.scalar({"end", time_units(buildout), "end of the scenario"}, seconds(buildout.end));
    if (!p.reproducible) {
        group.text("host", p.host);
        group.text("written_at", p.written_at);
    }
    auto table = group.table("input", {{{"path", "", "file read"}, h5::Type::text}, {{"sha256", "", "its SHA-256"}, h5::Type::text}});
    for (auto const& [path, sha256] : p.inputs) {
        table.append({path, sha256});
    }
}

std::string word_of(Ending ending)
{
    switch (ending) {
    case Ending::complete:
        return "complete";
    case Ending::stopped:
        return "incomplete";
    case Ending::failed:
        return "failed";
    }
    contract_broken("invariant", "Ending is listed", __FILE__, __LINE__);
}

std::filesystem::path beside(std::filesystem::path const& path, std::string const& word)
{
    auto other = path;
    other.replace_extension();
    other += "." + word + ".h5";
    return other;
}

} // namespace aidc
