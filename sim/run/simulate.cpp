#include "sim/run/simulate.hpp"

#include "sim/process/jobs.hpp"
#include "sim/process/simulation.hpp"

#include <algorithm>
#include <cstring>

namespace aidc {
namespace {

/// Lines of the makers that have a capacity, with what other customers have queued.
void make_lines(Run& run)
{
    for (std::size_t m = 0; m < run.buildout.makers.size(); ++m) {
        auto const& maker = run.buildout.makers[m];
        if (maker.quoted()) {
            run.lines.push_back(nullptr);
            continue;
        }
        std::vector<double> capacities{capacity_per_s(id<Maker>(m), maker, run.shocks, 0)};
        for (Tick const date : capacity_dates(id<Maker>(m), maker, run.shocks)) {
            capacities.push_back(capacity_per_s(id<Maker>(m), maker, run.shocks, std::max<Tick>(date, 0)));
        }
        std::vector<double> weights{maker.our_quota};
        for (auto const& others : maker.others) {
            weights.push_back(others.quota);
        }
        auto line = std::make_unique<Line>(run.sim, maker.name, capacities, weights);
        if (maker.backlog_units > 0.0) {
            line->enqueue(0, maker.backlog_units, [] {});
        }
        for (std::size_t k = 0; k < maker.others.size(); ++k) {
            if (maker.others[k].backlog_units > 0.0) {
                line->enqueue(k + 1, maker.others[k].backlog_units, [] {});
            }
        }
        run.lines.push_back(std::move(line));
    }
}

/// One story per lot, activity, unit, contract, other customer and campus, in the order of the buildout.
std::vector<Story> tell_stories(Run& run)
{
    std::vector<Story> stories;
    auto const& b = run.buildout;
    for (std::size_t i = 0; i < b.lots.size(); ++i) {
        stories.push_back(fulfil(run, id<Lot>(i)));
    }
    for (std::size_t i = 0; i < b.activities.size(); ++i) {
        stories.push_back(perform(run, id<Activity>(i)));
    }
    for (std::size_t g = 0; g < b.groups.size(); ++g) {
        // What never fails has nothing to tell; what only matters second by second is not looked at when only dates count.
        bool const tells = b.groups[g].to_failure && (b.groups[g].granted || run.detail == Detail::operate);
        for (std::uint32_t n = 0; tells && n < b.groups[g].units; ++n) {
            stories.push_back(live_unit(run, id<UnitGroup>(g), n));
        }
    }
    for (std::size_t f = 0; f < b.faults.size() && run.draws == Draws::seeded; ++f) {
        stories.push_back(strike(run, id<Fault>(f)));
    }
    for (std::size_t i = 0; i < b.contracts.size(); ++i) {
        stories.push_back(serve(run, id<Contract>(i)));
        if (b.contracts[i].until != never || b.contracts[i].term_s > 0.0) {
            stories.push_back(expire(run, id<Contract>(i)));
        }
    }
    for (std::size_t m = 0; m < b.makers.size(); ++m) {
        for (std::size_t k = 0; k < b.makers[m].others.size(); ++k) {
            if (b.makers[m].others[k].order_units > 0.0) {
                stories.push_back(compete(run, id<Maker>(m), k));
            }
        }
    }
    for (std::size_t c = 0; c < b.campuses.size(); ++c) {
        stories.push_back(curtail(run, id<Campus>(c)));
    }
    for (auto& story : stories) {
        start(run.sim, story, 0, Phase::environment);
    }
    return stories;
}

/// FNV-1a over the bytes of numbers.
class Hash {
  public:
    template <class Number> void add(Number value)
    {
        unsigned char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);
        for (unsigned char const byte : bytes) {
            value_ = (value_ ^ byte) * 1099511628211ULL;
        }
    }
    std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 14695981039346656037ULL;
};

std::uint64_t hash_of(World const& world)
{
    Hash hash;
    for (auto const& dates : world.activities) {
        hash.add(dates.started);
        hash.add(dates.finished);
    }
    for (auto const& dates : world.lots) {
        hash.add(dates.dock);
    }
    for (auto const& books : world.ledger) {
        hash.add(books.planned_or_live_accelerator_s);
        for (auto const& row : books.not_live) {
            hash.add(row.unmet);
            hash.add(row.accelerator_s);
        }
        for (double const value : books.live_accelerator_s) {
            hash.add(value);
        }
    }
    for (auto const& book : world.campus_books) {
        hash.add(book.total.import_J);
        hash.add(book.total.make_up_kg);
    }
    return hash.value();
}

/// Books, attributes and audits what has happened up to now.
void close_books(Run& run)
{
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        touch(run, id<Campus>(c));
    }
    close_jobs(run);
    attribute(run);
    audit_flows(run.world);
    audit_accelerator_hours(run.world, run.plan, run.now());
}

/// Passes everything on and keeps what was not live by month.
class Months final : public Observer {
  public:
    Months(Observer& behind, Buildout const& buildout) : behind_(behind), ends_(month_ends(buildout)) {}

    void row(World const& world, Tick from, Tick to) override
    {
        behind_.row(world, from, to);
        if (share_s_.size() < ends_.size() && to >= ends_[share_s_.size()]) {
            close(world);
        }
    }
    void event(Event const& event) override { behind_.event(event); }
    void window(WindowRow const& row) override { behind_.window(row); }
    void window_event(WindowEvent const& event) override { behind_.window_event(event); }
    void job(JobEntry const& entry) override { behind_.job(entry); }
    void finish(World const& world, Tick at, Ending ending) override { behind_.finish(world, at, ending); }
    std::vector<PerTerm<double>> const& share_s() const { return share_s_; }

  private:
    void close(World const& world)
    {
        PerTerm<double> now_s{};
        for (auto const& books : world.ledger) {
            auto const share = aidc::share_s(books.not_live);
            for (std::size_t j = 0; j < term_count; ++j) {
                now_s[j] += share[j];
            }
        }
        share_s_.emplace_back();
        for (std::size_t j = 0; j < term_count; ++j) {
            share_s_.back()[j] = now_s[j] - before_s_[j];
        }
        before_s_ = now_s;
    }

    Observer& behind_;
    std::vector<Tick> ends_;
    std::vector<PerTerm<double>> share_s_;
    PerTerm<double> before_s_{};
};

std::vector<HallHours> hours_of(World const& world)
{
    std::vector<HallHours> hours;
    for (std::size_t h = 0; h < world.ledger.size(); ++h) {
        auto const& books = world.ledger[id<Hall>(h)];
        HallHours hall{.planned_or_live_s = books.planned_or_live_accelerator_s,
                       .live_s = 0.0,
                       .ahead_s = books.ahead_accelerator_s,
                       .live_J = books.live_J,
                       .share_s = share_s(books.not_live),
                       .solo_s = solo_s(books.not_live),
                       .by_cause_s = world.by_cause[id<Hall>(h)]};
        for (double const value : books.live_accelerator_s) {
            hall.live_s += value;
        }
        hours.push_back(hall);
    }
    return hours;
}

} // namespace

Digest simulate(Buildout const& buildout, Plan const& plan, SimulateOptions const& options, Observer& observer)
{
    Streams const streams(buildout.seed, options.replicate);
    auto const shocks = draw_shocks(buildout, streams, options.draws);
    World world = make_world(buildout, shocks.size());
    Simulation sim;
    Signals signals(buildout);
    Granters const granters = find_granters(buildout, plan);
    Months months(observer, buildout);
    Run run{.buildout = buildout,
            .plan = plan,
            .shocks = shocks,
            .draws = options.draws,
            .detail = options.detail,
            .world = world,
            .sim = sim,
            .streams = streams,
            .observer = months,
            .signals = signals,
            .granters = granters,
            .lines = {},
            .month_ends = options.monthly ? month_ends(buildout) : std::vector<Tick>{},
            .settle_asked = std::vector<char>(buildout.campuses.size(), 0),
            .windows = 0,
            .jobs = {},
            .served_with = {}};
    run.served_with = find_served_with(buildout);
    make_lines(run);
    make_jobs(run);
    schedule_environment(run);
    auto const stories = tell_stories(run);
    Ending ending = Ending::complete;
    try {
        sim.run_until(buildout.end, options.stop_asked);
        ending = sim.now() < buildout.end ? Ending::stopped : Ending::complete;
        close_books(run);
    }
    catch (std::exception const&) {
        observer.finish(world, sim.now(), Ending::failed);
        throw;
    }
    observer.finish(world, sim.now(), ending);
    return {.as_built = as_built(buildout, world),
            .chains = {world.chains.begin(), world.chains.end()},
            .hours = hours_of(world),
            .share_s_by_month = months.share_s(),
            .ending = ending,
            .reached = sim.now(),
            .events = sim.events_run(),
            .trace_hash = sim.trace_hash(),
            .world_hash = hash_of(world)};
}

} // namespace aidc
