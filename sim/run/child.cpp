#include "sim/run/child.hpp"

#include "sim/run/pool.hpp"

#include <stdexcept>

namespace aidc {

std::string in_child(std::function<std::string()> const& work)
{
    FromChild only;
    for_each_in_children(
        {.count = 1, .jobs = 1}, [&work](std::size_t) { return work(); },
        [&only](std::size_t, FromChild result) { only = std::move(result); });
    if (only.error) {
        throw std::runtime_error(*only.error);
    }
    return std::move(only.bytes);
}

} // namespace aidc
