#pragma once
/// \file
/// aidcsim requests: what a log of requests to a language model says of the service it asks for.

#include "sim/replay/request_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// What stands behind the words of the command.
struct RequestWords {
    std::string log;
    std::vector<double> service_s{};    ///< Mean service times; none: some
    std::optional<double> tokens_per_s; ///< Of one accelerator, all slots busy
    double slots = 1.0;                 ///< Requests at once on one accelerator
    std::string tokens_each = "auto";   ///< Of a request, or "auto": each its own
    double wait_probability = 0.01;
    bool skip_bad_rows = false;
    bool json = false;
};

/// Reads the log, prints the page or JSON. \returns 0
int requests(RequestWords const& words);

namespace report {
std::string requests_page(std::string const& path, RequestLog const& log, RequestFacts const& facts, double wait_probability);
std::string requests_json(std::string const& path, RequestLog const& log, RequestFacts const& facts, double wait_probability);
} // namespace report

} // namespace aidc
