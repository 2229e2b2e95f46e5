#include "sim/cli/commands.hpp"

#include "sim/cli/show_odds.hpp"
#include "sim/cli/show_text.hpp"

#include <fmt/format.h>

namespace aidc {

int show(std::string const& file, bool json, bool all)
{
    if (auto const odds = report::read_odds(file)) {
        fmt::print("{}\n", json ? report::json(*odds) : report::page(*odds, all));
        return 0;
    }
    auto const facts = report::read_facts(file);
    fmt::print("{}\n", json ? report::json(facts) : report::page(facts, all));
    return 0;
}

} // namespace aidc
