#include "sim/scenario/resolve.hpp"

#include <algorithm>

namespace aidc {
namespace {

constexpr double h200_FLOP_per_s = 989.5e12; // dense BF16; what H200-equivalents are counted in (NVIDIA H200 data sheet)

/// What the jobs of a queue must fit: its accelerators, and their speed.
struct Home {
    std::uint32_t accelerators{}; ///< Of its contract's kind that its campus will have, in all
    std::uint32_t largest{};      ///< In one hall; in all for jobs that may span halls
    double FLOP_per_s{};          ///< Peak of one
};

Home home_of(Resolver const& r, Contract const& contract)
{
    Home home{.FLOP_per_s = h200_FLOP_per_s * r.out.kinds[contract.kind.row].accelerator.h200_equivalents};
    for (auto const& hall : r.out.halls) {
        double at_work = 0.0; // but for those under repair, in whole ones: what a queue is given at most
        for (auto const& line : hall.lines) {
            if (hall.campus == contract.campus && line.kind == contract.kind) {
                auto const& kind = r.out.kinds[line.kind.row];
                at_work += static_cast<double>(line.racks) * accelerators(kind) * (1.0 - repair_share(kind));
            }
        }
        auto const sum = static_cast<std::uint32_t>(at_work + 1e-9);
        home.accelerators += sum;
        home.largest = std::max(home.largest, sum);
    }
    return home;
}

void check_size(Resolver& r, Home const& home, std::uint32_t accelerators, std::string const& pointer)
{
    if (home.accelerators > 0 && accelerators > home.largest && home.largest < home.accelerators) {
        r.problem(
            pointer,
            fmt::format("is {} accelerators and the largest hall will have {} of the kind at work (the job may not span halls and could "
                        "never start); make it smaller, or drop one_hall",
                        accelerators, home.largest));
    }
    else if (home.accelerators > 0 && accelerators > home.accelerators) {
        r.problem(
            pointer,
            fmt::format("is {} accelerators and the campus will have {} of the kind at work (the job could never start); make it smaller",
                        accelerators, home.accelerators));
    }
}

/// Work of one run [s]: as written, or 6 parameters tokens / (accelerators peak MFU).
/// Source: J. Kaplan et al., Scaling laws for neural language models, arXiv 2001.08361 (2020), section 2.1.
double work_s(Resolver& r, TrainingRunSpec const& spec, Home const& home, std::string const& pointer)
{
    bool const by_model = spec.parameters > 0.0 && spec.tokens > 0.0;
    if ((spec.work_s > 0.0) == by_model) {
        r.problem(pointer, "needs either \"work\" or both \"parameters\" and \"tokens\": how long it takes");
    }
    if (spec.work_s > 0.0) {
        return spec.work_s;
    }
    if (by_model && spec.mfu <= 0.0) {
        r.problem(pointer + "/mfu", "is 0 (the run would never end); published ones are 0.34 to 0.55");
        return 1.0;
    }
    return by_model ? 6.0 * spec.parameters * spec.tokens / (spec.accelerators * home.FLOP_per_s * spec.mfu) : 1.0;
}

std::vector<Job> runs_of(Resolver& r, TrainingRunSpec const& spec, Home const& home, std::string const& pointer)
{
    std::vector<Job> jobs;
    check_size(r, home, spec.accelerators, pointer + "/accelerators");
    if (spec.runs > 1 && spec.every_s == 0.0) {
        r.problem(pointer + "/every", fmt::format("is 0 and there are {} runs; say how long after one the next is submitted", spec.runs));
    }
    double const submit_s = seconds(r.tick(spec.from, pointer + "/from"));
    double const takes_s = work_s(r, spec, home, pointer);
    for (std::uint32_t i = 0; i < spec.runs && submit_s + i * spec.every_s < seconds(r.out.end); ++i) {
        jobs.push_back(
            {.id = i, .submit_s = submit_s + i * spec.every_s, .run_s = takes_s, .estimate_s = takes_s, .processors = spec.accelerators});
    }
    return jobs;
}

std::vector<Job> jobs_of(Resolver& r, JobLogSpec const& spec, Home const& home, std::string const& pointer)
{
    JobLog log;
    try {
        log = read_job_log(r.folder / spec.file, {.format = spec.format, .machine = home.largest, .skip_bad_rows = spec.skip_bad_rows});
    }
    catch (InputErrors const& errors) {
        for (auto const& problem : errors.problems()) {
            r.problem(pointer + "/file", problem.where.empty() ? problem.message : problem.where + ": " + problem.message);
        }
        return {};
    }
    double const from_s = spec.from ? seconds(r.tick(*spec.from, pointer + "/from")) : 0.0;
    for (auto& job : log.jobs) {
        job.submit_s += from_s;
    }
    return std::move(log.jobs);
}

JobMix mix_of(Resolver& r, JobMixSpec const& spec, Home const& home, std::string const& pointer)
{
    double weights = 0.0;
    for (std::size_t i = 0; i < spec.sizes.size(); ++i) {
        check_size(r, home, spec.sizes[i].processors, at(pointer + "/sizes", i) + "/accelerators");
        weights += spec.sizes[i].weight;
    }
    if (weights == 0.0) {
        r.problem(pointer + "/sizes", "has no size with a weight above 0; give one");
    }
    JobMix mix{.between = r.duration(spec.between, pointer + "/between"),
               .sizes = spec.sizes,
               .run = r.duration(spec.run, pointer + "/run"),
               .estimate_factor = spec.estimate_factor,
               .course = spec.course,
               .start_weekday = static_cast<unsigned>(((r.out.start_day + 4) % 7 + 7) % 7)};
    for (auto const& [what, duration] : {std::pair{"between", &mix.between}, std::pair{"run", &mix.run}}) {
        if (quantile_s(*duration, 0.5) <= 0.0) {
            r.problem(fmt::format("{}/{}", pointer, what), "is 0 (jobs without end at one instant, or without work); make it longer");
        }
    }
    if (spec.course) {
        check_course(r, *spec.course, pointer + "/course");
    }
    mix.first_submit_s = spec.from ? seconds(r.tick(*spec.from, pointer + "/from")) : 0.0;
    mix.until_s = spec.until ? seconds(r.tick(*spec.until, pointer + "/until")) : seconds(r.out.end);
    return mix;
}

JobStream stream_of(Resolver& r, JobStreamSpec const& spec, Home home, std::uint32_t rules, std::string const& pointer)
{
    home.largest = spec.rules.one_cell ? home.largest : home.accelerators;
    JobStream stream{.name = spec.name, .rules = spec.rules, .traffic = spec.traffic.value_or(Traffic{}), .listed = {}, .mix = {}};
    if (spec.log.has_value() + spec.run.has_value() + spec.mix.has_value() != 1) {
        r.problem(pointer, "needs exactly one of \"log\", \"run\" and \"mix\": where its jobs come from");
    }
    if (spec.rules.checkpoint.write_s > 0.0 && spec.rules.checkpoint.every_s == 0.0) {
        r.problem(pointer + "/checkpoint_every",
                  "is 0 and checkpoint_write is not: no checkpoint would ever be written; give both or none");
    }
    constexpr std::uint32_t highest = 1'000'000;
    if (spec.priority > highest) {
        r.problem(pointer + "/priority", fmt::format("is {} and must be at most {}", spec.priority, highest));
    }
    auto const priority = static_cast<std::int32_t>(std::min(spec.priority, highest));
    if (spec.log) {
        stream.listed = jobs_of(r, *spec.log, home, pointer + "/log");
    }
    if (spec.run) {
        stream.listed = runs_of(r, *spec.run, home, pointer + "/run");
    }
    if (spec.mix) {
        stream.mix.push_back(mix_of(r, *spec.mix, home, pointer + "/mix"));
        stream.mix.front().rules = rules;
        stream.mix.front().priority = priority;
    }
    for (auto& job : stream.listed) {
        job.rules = rules;
        job.priority = static_cast<std::int32_t>(std::clamp<std::int64_t>(std::int64_t{job.priority} + priority, INT32_MIN, INT32_MAX));
    }
    return stream;
}

/// What the queue borrows from: a service on the same kind of rack at the same campus.
Id<Contract> lender_of(Resolver& r, JobLoadSpec const& spec, Id<Contract> own, std::string const& pointer)
{
    auto const lender = r.refer(r.contracts, spec.borrows, pointer + "/borrows");
    if (!lender || !own) {
        return {};
    }
    auto const& to = r.out.contracts[own.row];
    auto const& from = r.out.contracts[lender.row];
    if (from.load != Load::inference) {
        r.problem(pointer + "/borrows",
                  fmt::format("\"{}\" carries no inference service (only those give accelerators back at night); name one "
                              "that does",
                              spec.borrows));
        return {};
    }
    if (from.campus != to.campus || from.kind != to.kind) {
        r.problem(pointer + "/borrows",
                  fmt::format("\"{}\" has another campus or kind of rack than \"{}\"; a gang runs on one kind", from.name, to.name));
        return {};
    }
    auto const other = std::ranges::find(r.out.job_loads, lender, &JobLoad::borrows);
    if (other != r.out.job_loads.end()) {
        r.problem(pointer + "/borrows",
                  fmt::format("\"{}\" lends to \"{}\" already (both would run on the same accelerators); let one of them borrow", from.name,
                              other->name));
    }
    return lender;
}

JobLoad load_of(Resolver& r, JobLoadSpec const& spec, std::string const& pointer)
{
    auto const contract = r.refer(r.contracts, spec.contract, pointer + "/contract");
    take_contract(r, contract, Load::jobs, pointer + "/contract");
    Home home;
    if (contract && r.out.contracts[contract.row].kind) {
        home = home_of(r, r.out.contracts[contract.row]);
    }
    JobLoad load{.name = spec.name,
                 .contract = contract,
                 .policy = spec.policy,
                 .placement = spec.placement,
                 .fabric = spec.fabric,
                 .streams = {},
                 .borrows = lender_of(r, spec, contract, pointer)};
    for (std::size_t s = 0; s < spec.streams.size(); ++s) {
        load.streams.push_back(stream_of(r, spec.streams[s], home, static_cast<std::uint32_t>(s), at(pointer + "/streams", s)));
    }
    if (spec.streams.empty()) {
        r.problem(pointer + "/streams", "is empty (no job would ever come); add a log, a run or a mix");
    }
    return load;
}

} // namespace

void resolve_jobs(Resolver& r)
{
    Names<JobLoad> names("queue of jobs");
    for (std::size_t i = 0; i < r.spec.demand.jobs.size(); ++i) {
        auto const pointer = at("/demand/jobs", i);
        r.declare(names, r.spec.demand.jobs[i].name, i, pointer + "/name");
        r.out.job_loads.push_back(load_of(r, r.spec.demand.jobs[i], pointer));
    }
}

} // namespace aidc
