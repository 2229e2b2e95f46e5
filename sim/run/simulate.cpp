#include "sim/run/simulate.hpp"

#include "sim/process/simulation.hpp"

#include <algorithm>
#include <cstring>

namespace aidc {
namespace {

/// Lines of the makers that have a capacity, with what other customers have queued.
void make_lines(Run& run)
{
    for (auto const& maker : run.buildout.makers) {
        if (maker.quoted()) {
            run.lines.push_back(nullptr);
            continue;
        }
        std::vector<double> capacities{capacity_per_s(maker, run.shocks(), 0)};
        for (Tick const date : capacity_dates(maker, run.shocks())) {
            capacities.push_back(capacity_per_s(maker, run.shocks(), std::max<Tick>(date, 0)));
        }
        std::vector<double> weights{1.0};
        if (maker.others_units > 0.0) {
            weights = {maker.our_quota, 1.0 - maker.our_quota};
        }
        auto line = std::make_unique<Line>(run.sim, maker.name, capacities, weights);
        if (maker.backlog_units > 0.0) {
            line->enqueue(0, maker.backlog_units, [] {});
        }
        if (maker.others_units > 0.0) {
            line->enqueue(1, maker.others_units, [] {});
        }
        run.lines.push_back(std::move(line));
    }
}

/// One story per lot, activity, unit and contract, in the order of the buildout.
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
    std::uint32_t unit = 0;
    for (std::size_t g = 0; g < b.groups.size(); ++g) {
        for (std::uint32_t n = 0; n < b.groups[g].units; ++n) {
            stories.push_back(live_unit(run, id<UnitGroup>(g), n, Id<Unit>{unit++}));
        }
    }
    for (std::size_t i = 0; i < b.contracts.size(); ++i) {
        stories.push_back(serve(run, id<Contract>(i)));
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

Plan as_built(Buildout const& buildout, World const& world)
{
    Plan plan;
    plan.activities.assign(world.activities.begin(), world.activities.end());
    plan.lots.assign(world.lots.begin(), world.lots.end());
    for (std::size_t h = 0; h < buildout.halls.size(); ++h) {
        plan.halls.push_back(world.halls[id<Hall>(h)].history);
    }
    return plan;
}

/// Books, attributes and audits what has happened up to now.
void close_books(Run& run)
{
    for (std::size_t c = 0; c < run.buildout.campuses.size(); ++c) {
        touch(run, id<Campus>(c));
    }
    attribute(run);
    audit_flows(run.world);
    audit_accelerator_hours(run.world, run.plan, run.now());
}

} // namespace

Digest simulate(Buildout const& buildout, Plan const& plan, SimulateOptions const& options, Observer& observer)
{
    World world = make_world(buildout);
    Simulation sim;
    Streams const streams(buildout.seed, options.replicate);
    Signals signals(buildout);
    Granters const granters = find_granters(buildout, plan);
    Run run{.buildout = buildout,
            .plan = plan,
            .draws = options.draws,
            .detail = options.detail,
            .world = world,
            .sim = sim,
            .streams = streams,
            .observer = observer,
            .signals = signals,
            .granters = granters,
            .lines = {},
            .settle_asked = std::vector<char>(buildout.campuses.size(), 0)};
    make_lines(run);
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
            .ending = ending,
            .reached = sim.now(),
            .events = sim.events_run(),
            .trace_hash = sim.trace_hash(),
            .world_hash = hash_of(world)};
}

} // namespace aidc
