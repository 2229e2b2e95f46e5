#include "sim/search/journal.hpp"

#include "models/base/error.hpp"
#include "sim/scenario/document.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace aidc {
namespace {

constexpr int lock_tries = 30; ///< Children of a search that was killed end a moment after it
constexpr std::chrono::milliseconds lock_pause{100};

[[noreturn]] void complain(std::filesystem::path const& path, std::string message)
{
    throw InputErrors({{path.string(), "", std::move(message)}});
}

/// JSON knows no infinity.
Json number_json(double value)
{
    if (std::isnan(value)) {
        return nullptr;
    }
    return std::isinf(value) ? Json(value > 0.0 ? "inf" : "-inf") : Json(value);
}

double number_from(Json const& json)
{
    if (json.is_string()) {
        return json.get<std::string>() == "inf" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    }
    return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

Json estimate_json(Estimate const& e) { return {number_json(e.value), number_json(e.low), number_json(e.high), e.not_reached}; }

Estimate estimate_from(Json const& json)
{
    return {.value = number_from(json.at(0)),
            .low = number_from(json.at(1)),
            .high = number_from(json.at(2)),
            .not_reached = json.at(3).get<double>()};
}

Evaluation evaluation_from(Json const& json)
{
    Evaluation e{.plan = json.at("plan").get<Steps>(),
                 .replicates = {.first = json.at("first").get<std::uint32_t>(), .count = json.at("replicates").get<std::uint32_t>()},
                 .objective = estimate_from(json.at("objective")),
                 .constraints = {},
                 .error = json.value("error", "")};
    for (auto const& constraint : json.at("constraints")) {
        e.constraints.push_back(estimate_from(constraint));
    }
    return e;
}

bool fits(Evaluation const& e, SearchSpace const& space, std::size_t constraints)
{
    bool fits = e.plan.size() == space.size() && e.constraints.size() == constraints;
    for (std::size_t j = 0; fits && j < space.size(); ++j) {
        fits = e.plan[j] < space.count(j);
    }
    return fits;
}

} // namespace

std::string journal_line(Evaluation const& e)
{
    Json line{{"plan", e.plan},
              {"first", e.replicates.first},
              {"replicates", e.replicates.count},
              {"objective", estimate_json(e.objective)},
              {"constraints", Json::array()}};
    for (auto const& constraint : e.constraints) {
        line["constraints"].push_back(estimate_json(constraint));
    }
    if (!e.error.empty()) {
        line["error"] = e.error;
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Journal::Journal(std::filesystem::path path, SearchSpace const& space, std::size_t constraints) : path_(std::move(path))
{
    file_ = open(path_.c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0644);
    if (file_ < 0) {
        complain(path_, fmt::format("cannot be written ({}); check the folder, its permissions and the free space", std::strerror(errno)));
    }
    bool mine = false;
    for (int i = 0; i < lock_tries && !mine; ++i) {
        if (i > 0) {
            std::this_thread::sleep_for(lock_pause);
        }
        mine = flock(file_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; // a file system without locks: go on
    }
    try {
        if (!mine) {
            complain(path_, "is being written by another search; wait for it, or stop it");
        }
        read(space, constraints);
    }
    catch (...) {
        close(file_);
        throw;
    }
}

Journal::~Journal() { close(file_); }

void Journal::read(SearchSpace const& space, std::size_t constraints)
{
    auto const text = read_text(path_);
    std::size_t good = 0, number = 0;
    for (std::size_t from = 0; from < text.size(); from = good) {
        auto const end = text.find('\n', from);
        if (end == std::string::npos) {
            break;
        }
        ++number;
        try {
            auto evaluation = evaluation_from(Json::parse(text.substr(from, end - from)));
            if (!fits(evaluation, space, constraints)) {
                complain(path_, fmt::format("line {} is of another search; it was edited or copied here", number));
            }
            known_.push_back(std::move(evaluation));
        }
        catch (Json::exception const&) {
            if (end + 1 == text.size()) {
                break; // a block of the file that never reached the disk
            }
            complain(path_, fmt::format("line {} is no evaluation (the file is damaged); remove the line and those below it", number));
        }
        good = end + 1;
    }
    if (good < text.size() && ftruncate(file_, static_cast<off_t>(good)) != 0) {
        complain(path_, fmt::format("cannot be mended ({})", std::strerror(errno)));
    }
}

void Journal::append(Evaluation const& evaluation)
{
    auto const line = journal_line(evaluation);
    int why = 0;
    for (std::size_t done = 0; done < line.size() && why == 0;) {
        auto const n = ::write(file_, line.data() + done, line.size() - done);
        why = n < 0 && errno != EINTR ? errno : 0;
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    why = why == 0 && fsync(file_) != 0 ? errno : why;
    if (why != 0) {
        complain(path_,
                 fmt::format("cannot be written ({}); make room and run the search again: it goes on from here", std::strerror(why)));
    }
}

} // namespace aidc
