#include "sim/sweep/manifest.hpp"

#include "sim/run/request.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/scenario/described_file.hpp"
#include "sim/scenario/json_writer.hpp"
#include "sim/scenario/sha256.hpp"
#include "sim/sweep/inputs.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace aidc {
namespace {

[[noreturn]] void cannot_write(std::filesystem::path const& path, int why)
{
    throw InputErrors({{path.string(), "",
                        fmt::format("cannot be written ({}); check the folder, its permissions and the free space", std::strerror(why))}});
}

Manifest read_manifest(std::string const& text, std::string const& name)
{
    constexpr auto complaint = "is no plan of a sweep; make one with: aidcsim sweep plan";
    auto manifest = read_described<Manifest>(text, name, "aidcsim-sweep-plan", complaint);
    if (manifest.sweep.block == 0) {
        throw InputErrors({{name, "/sweep/block", complaint}});
    }
    return manifest;
}

/// Writes all bytes and makes them durable. \\return errno, or 0
int write_durably(std::filesystem::path const& path, std::string const& text)
{
    int const file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
    if (file < 0) {
        return errno;
    }
    int why = 0;
    for (std::size_t done = 0; done < text.size() && why == 0;) {
        auto const n = ::write(file, text.data() + done, text.size() - done);
        why = n < 0 && errno != EINTR ? errno : 0;
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    why = why == 0 && fsync(file) != 0 ? errno : why;
    close(file);
    return why;
}

} // namespace

std::uint32_t Sweep::stream(std::size_t index) const
{
    return manifest.sweep.streams == PointStreams::own ? static_cast<std::uint32_t>(index) : run(index).replicate;
}

std::filesystem::path Sweep::block_file(std::size_t block) const { return folder / "blocks" / fmt::format("{:06}.h5", block); }

std::string to_json(Manifest const& manifest)
{
    Json root = Json::object();
    Writer writer(root);
    Manifest copy = manifest; // describe() takes a mutable struct; a writer does not change it
    describe(writer, copy);
    return root.dump(1) + "\n";
}

Manifest timeless(Manifest manifest)
{
    manifest.run_s = 0.0;
    manifest.sweep.block = 0;
    manifest.identity.clear();
    return manifest;
}

std::string identity_of(Manifest const& manifest) { return sha256(to_json(timeless(manifest))); }

Sweep open_sweep(std::filesystem::path const& folder)
{
    auto const path = folder / "manifest.json";
    if (!std::filesystem::exists(path)) {
        throw InputErrors({{folder.string(), "",
                            "is no folder of a sweep (it has no manifest.json); make one with: aidcsim sweep plan SCENARIO --vary ... -o "
                                + shell_word(folder.string())}});
    }
    auto const text = read_text(path);
    Sweep sweep{.folder = folder, .manifest = read_manifest(text, path.string()), .points = {}, .identity = {}};
    sweep.identity = sweep.manifest.identity;
    bool const is_ours = sweep.manifest.program == program_name(); // another program may write the same plan in other words
    if (is_ours && identity_of(sweep.manifest) != sweep.identity) {
        throw InputErrors({{path.string(), "/identity",
                            "is not that of this plan: it was edited (blocks would not belong together); plan again in a new folder"}});
    }
    sweep.points = make_points(sweep.manifest.sweep);
    if (sweep.points.size() != sweep.manifest.points || sha256(points_csv(sweep.points)) != sweep.manifest.points_sha256) {
        throw InputErrors(
            {{path.string(), "",
              "does not give the points that were planned (it was edited, or another program planned it); plan again in a new folder"}});
    }
    return sweep;
}

void check_unchanged(Sweep const& sweep)
{
    std::vector<Problem> problems;
    if (sweep.manifest.program != program_name()) {
        problems.push_back({(sweep.folder / "manifest.json").string(), "/program",
                            fmt::format("was planned by {} and this is {} (their numbers may differ); run it with the program that "
                                        "planned it, or plan again in a new folder",
                                        sweep.manifest.program, program_name())});
    }
    auto const table = sweep.folder / "points.csv";
    if (!std::filesystem::exists(table) || sha256(read_text(table)) != sweep.manifest.points_sha256) {
        problems.push_back({table.string(), "",
                            "is not the table of points that was planned (points are made from manifest.json; a change here changes none); "
                            "put the old one back, or plan again in a new folder"});
    }
    check_copies(sweep.folder, sweep.manifest.inputs, "the sweep was planned", problems);
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
}

void write_text(std::filesystem::path const& path, std::string const& text)
{
    auto part = path;
    part += fmt::format(".part-{}", getpid());
    if (int const why = write_durably(part, text); why != 0) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        cannot_write(path, why);
    }
    std::error_code error;
    std::filesystem::rename(part, path, error);
    if (error) {
        cannot_write(path, error.value());
    }
}

} // namespace aidc
