#include "sim/cli/show_use.hpp"

#include "models/base/tick.hpp"
#include "sim/cli/show_lines.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace aidc::report {
namespace {

void read_ladders(h5::Reader const& file, UseFacts& use)
{
    if (!file.has("/ladder/accelerator_h")) {
        return;
    }
    auto const names = file.labels("/ladder/pool");
    auto const hours = file.column("/ladder/accelerator_h");
    auto const equivalent = file.column("/ladder/h200_h");
    for (std::size_t p = 0; p < names.size(); ++p) {
        LadderFacts ladder{.pool = names[p]};
        for (std::size_t r = 0; r < rung_count; ++r) {
            ladder.hours[r] = hours[p * rung_count + r];
        }
        ladder.productive_h200_h = equivalent[p * rung_count + index(Rung::productive)];
        use.ladders.push_back(ladder);
    }
}

void read_contracts(h5::Reader const& file, UseFacts& use)
{
    if (!file.has("/contracts/name")) {
        return;
    }
    auto const names = file.labels("/contracts/name");
    auto const due_J = file.column("/contracts/due_J");
    auto const sold_J = file.column("/contracts/sold_J");
    auto const revenue = file.column("/contracts/revenue");
    auto const damages = file.column("/contracts/damages");
    for (std::size_t k = 0; k < names.size(); ++k) {
        use.contracts.push_back({.name = names[k], .due_J = due_J[k], .sold_J = sold_J[k], .revenue = revenue[k], .damages = damages[k]});
    }
}

/// Jobs of one stream together.
void read_streams(h5::Reader const& file, UseFacts& use)
{
    if (!file.has("/jobs/stream")) {
        return;
    }
    auto const queues = file.labels("/job_streams/queue");
    auto const names = file.labels("/job_streams/name");
    for (std::size_t s = 0; s < names.size(); ++s) {
        use.streams.push_back({.name = queues[s] + "/" + names[s]});
    }
    auto const stream_of = file.column("/jobs/stream");
    auto const accelerators = file.column("/jobs/accelerators");
    auto const end = file.column("/jobs/end");
    auto const wait_s = file.column("/jobs/wait_s");
    auto const held_s = file.column("/jobs/allocated_s");
    auto const lost_s = file.column("/jobs/lost_s");
    auto const interruptions = file.column("/jobs/interruptions");
    auto const evictions = file.column("/jobs/evictions");
    for (std::size_t j = 0; j < stream_of.size(); ++j) {
        auto& stream = use.streams[static_cast<std::size_t>(stream_of[j])];
        ++stream.jobs;
        stream.ended += std::isfinite(end[j]) ? 1 : 0;
        stream.started += std::isfinite(wait_s[j]) ? 1 : 0;
        stream.wait_s += std::isfinite(wait_s[j]) ? wait_s[j] : 0.0;
        stream.held_h += accelerators[j] * held_s[j] / hour_s;
        stream.lost_h += accelerators[j] * lost_s[j] / hour_s;
        stream.interruptions += static_cast<std::int64_t>(interruptions[j]);
        stream.evictions += static_cast<std::int64_t>(evictions[j]);
    }
}

std::string percent(double part, double whole) { return whole > 0.0 ? fmt::format("{:.1f} %", 100.0 * part / whole) : "-"; }

void print_contract(Page& page, ContractFacts const& contract)
{
    auto const money = contract.revenue > 0.0 ? fmt::format("; {} earned, {} damages", grouped(contract.revenue), grouped(contract.damages))
                                              : std::string();
    page.line("  {}: {:.1f} of {:.1f} GWh due were served ({}){}", contract.name, contract.sold_J / 3.6e12, contract.due_J / 3.6e12,
              percent(contract.sold_J, contract.due_J), money);
}

void print_contracts(Page& page, UseFacts const& use, bool all)
{
    ContractFacts sum{.name = fmt::format("{} contracts", use.contracts.size())};
    for (auto const& contract : use.contracts) {
        sum.due_J += contract.due_J;
        sum.sold_J += contract.sold_J;
        sum.revenue += contract.revenue;
        sum.damages += contract.damages;
        if (all) {
            print_contract(page, contract);
        }
    }
    if (!all && sum.due_J > 0.0) {
        print_contract(page, use.contracts.size() == 1 ? use.contracts.front() : sum);
    }
}

void print_stream(Page& page, StreamFacts const& stream)
{
    auto const waiting = stream.jobs - stream.started;
    auto const never = waiting > 0 ? fmt::format(", {} never started", grouped(static_cast<double>(waiting))) : std::string();
    page.line("  {}: {} of {} jobs done{}, wait {:.1f} h, {} interruptions, {} redone", stream.name,
              grouped(static_cast<double>(stream.ended)), grouped(static_cast<double>(stream.jobs)), never,
              stream.wait_s / static_cast<double>(std::max<std::int64_t>(1, stream.started)) / hour_s,
              grouped(static_cast<double>(stream.interruptions)), percent(stream.lost_h, stream.held_h));
}

void print_streams(Page& page, UseFacts const& use, bool all)
{
    StreamFacts sum{.name = "jobs"};
    for (auto const& stream : use.streams) {
        sum.jobs += stream.jobs;
        sum.started += stream.started;
        sum.ended += stream.ended;
        sum.interruptions += stream.interruptions;
        sum.wait_s += stream.wait_s;
        sum.held_h += stream.held_h;
        sum.lost_h += stream.lost_h;
        if (all) {
            print_stream(page, stream);
        }
    }
    if (!all && sum.jobs > 0) {
        print_stream(page, sum);
    }
}

} // namespace

UseFacts read_use(h5::Reader const& file)
{
    UseFacts use;
    read_ladders(file, use);
    read_contracts(file, use);
    read_streams(file, use);
    return use;
}

void print_use(Page& page, UseFacts const& use, bool all)
{
    auto ladders = use.ladders;
    std::erase_if(ladders, [](LadderFacts const& ladder) { return ladder.hours[index(Rung::live)] == 0.0; });
    if (ladders.empty()) {
        return;
    }
    std::ranges::stable_sort(ladders, std::greater{}, [](LadderFacts const& ladder) { return ladder.hours[index(Rung::live)]; });
    page.heading("{:<24}{:>9}{:>9}{:>9}{:>9}{:>10}{:>9}{:>11}", "Use: each of the one before", "ready", "live", "working", "sold",
                 "allocated", "busy", "productive");
    constexpr std::size_t most_pools = 3;
    for (std::size_t p = 0; p < ladders.size() && (all || p < most_pools); ++p) {
        auto const of = [&](Rung rung) { return percent(ladders[p].hours[index(rung)], ladders[p].hours[index(rung) - 1]); };
        page.line("  {:<25}{:>9}{:>9}{:>9}{:>9}{:>10}{:>9}{:>11}", fitted(ladders[p].pool, 24), of(Rung::ready), of(Rung::live),
                  of(Rung::working), of(Rung::sold), of(Rung::allocated), of(Rung::busy), of(Rung::productive));
    }
    if (!all && ladders.size() > most_pools) {
        page.line("  and {} other pools (--all)", ladders.size() - most_pools);
    }
    print_contracts(page, use, all);
    print_streams(page, use, all);
}

} // namespace aidc::report
