#include "sim/sweep/work_log.hpp"

#include "sim/run/request.hpp"
#include "sim/scenario/document.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <unistd.h>

namespace aidc {
namespace {

bool is_record(Json const& line)
{
    auto const is_count = [&line](char const* key) { return line.contains(key) && line[key].is_number_unsigned(); };
    auto const is_time = [&line](char const* key) { return line.contains(key) && line[key].is_number(); };
    return line.is_object() && is_count("block") && is_count("runs") && is_count("failed") && is_time("wall_s") && is_time("cpu_s");
}

} // namespace

WorkLog::WorkLog(Sweep const& sweep, Task task)
{
    auto const path = sweep.folder / "logs" / fmt::format("{}-of-{}.{}.{}.jsonl", task.index, task.count, host_name(), getpid());
    file_.open(path, std::ios::app);
    if (!file_) {
        throw InputErrors({{path.string(), "", "cannot be written; check the folder of the sweep, its permissions and the free space"}});
    }
}

void WorkLog::block(LoggedBlock const& b)
{
    Json const line{{"block", b.block},   {"runs", b.runs},   {"failed", b.failed},
                    {"wall_s", b.wall_s}, {"cpu_s", b.cpu_s}, {"at", fmt::format("{:%FT%TZ}", fmt::gmtime(std::time(nullptr)))}};
    file_ << line.dump() << std::endl; // a log that cannot be written stops nothing
}

std::vector<LoggedBlock> read_logs(Sweep const& sweep)
{
    std::vector<LoggedBlock> blocks;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator(sweep.folder / "logs", none)) {
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            auto const json = Json::parse(line, nullptr, false);
            if (is_record(json)) {
                blocks.push_back({.block = json["block"],
                                  .runs = json["runs"],
                                  .failed = json["failed"],
                                  .wall_s = json["wall_s"],
                                  .cpu_s = json["cpu_s"]});
            }
        }
    }
    return blocks;
}

} // namespace aidc
