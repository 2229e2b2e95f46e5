#include "sim/sweep/point_words.hpp"

#include "sim/run/shell_word.hpp"

#include <fmt/format.h>

namespace aidc {

std::string words_of(Points const& points, std::size_t point)
{
    std::string words;
    for (std::size_t j = 0; j < points.parameters.size(); ++j) {
        words += fmt::format("{}{}={}", j > 0 ? ", " : "", points.parameters[j].name, points.value(point, j));
    }
    return words.empty() ? "as written" : words;
}

std::string command_of(SweepSpec const& spec, Points const& points, std::size_t point, std::uint32_t replicate, std::string const& scenario)
{
    auto command = fmt::format("aidcsim run {} --replicate {}", shell_word(scenario), replicate);
    if (!spec.operate) {
        command += " --detail build";
    }
    for (auto const& change : overrides_of(spec, points, point)) {
        command += " --set " + shell_word(change.pointer + "=" + change.value);
    }
    return command;
}

} // namespace aidc
