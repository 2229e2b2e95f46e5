#include "sim/process/simulation.hpp"

#include <fmt/format.h>

namespace aidc {

Story compete(Run& run, Id<Maker> maker_id, std::size_t customers)
{
    auto const& maker = run.buildout.makers[maker_id.row];
    auto const& others = maker.others[customers];
    auto const name = fmt::format("{}/{}", maker.name, others.name);
    bool const drawn = run.draws == Draws::seeded;
    for (std::uint64_t n = 0;; ++n) {
        double const between_s = drawn ? draw_s(run, others.between, name, "between", n) : mean_s(others.between);
        co_await until(run.sim, run.now() + ticks(between_s), Phase::arrival);
        run.lines[maker_id.row]->enqueue(customers + 1, others.order_units, [] {});
    }
}

} // namespace aidc
