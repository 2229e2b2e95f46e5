#include "sim/process/run.hpp"

#include <fmt/format.h>

namespace aidc {
namespace {

/// Every occurrence of a random shock before the end.
void draw_occurrences(Buildout const& b, Streams const& streams, Shock const& shock, std::vector<Shock>& met)
{
    Tick at = 0;
    for (std::uint64_t k = 0;; ++k) {
        at += ticks(quantile_s(shock.between, streams.uniform(shock.name, "between", k)));
        if (at >= b.end) {
            return;
        }
        Shock one = shock;
        one.name = fmt::format("{}#{}", shock.name, k + 1);
        one.from = at;
        one.until = at + ticks(quantile_s(shock.lasts, streams.uniform(shock.name, "lasts", k)));
        at = one.until;
        met.push_back(std::move(one));
    }
}

} // namespace

std::vector<Shock> draw_shocks(Buildout const& b, Streams const& streams, Draws draws)
{
    std::vector<Shock> met;
    for (auto const& shock : draws == Draws::median ? std::span<Shock const>{} : std::span<Shock const>(b.shocks)) {
        if (shock.probability < 1.0 && streams.uniform(shock.name, "occurs", 0) >= shock.probability) {
            continue;
        }
        if (shock.random) {
            draw_occurrences(b, streams, shock, met);
        }
        else {
            met.push_back(shock);
        }
    }
    return met;
}

} // namespace aidc
