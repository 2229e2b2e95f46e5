#pragma once
/// \file
/// Queues of jobs under contracts, as written.

#include "models/demand/job_load.hpp"
#include "sim/scenario/field.hpp"
#include "sim/scenario/job_log.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aidc {

template <class V> void describe(V& v, DailyCourse& x)
{
    v.coefficients({"by_hour", Need::required, "24 levels, local time from 0 h; only their ratios count"}, x.by_hour);
    v.number({"weekend", Need::optional, "Factor on Saturday and Sunday"}, x.weekend, not_negative);
}

/// Jobs of a log.
struct JobLogSpec {
    std::string file;
    JobLogFormat format{};
    bool skip_bad_rows = false;
    std::optional<Date> from;
};

template <class V> void describe(V& v, JobLogSpec& x)
{
    v.text({"file", Need::required, "Relative to the scenario; gzip is read as it is"}, x.file);
    v.choice({"format", Need::optional, "Of the file; absent: told by what the file begins with"}, x.format, job_log_formats);
    v.flag({"skip_bad_rows", Need::optional, "Leave out what cannot be read, and count it"}, x.skip_bad_rows);
    v.maybe_date({"from", Need::optional, "Day of the log's time 0; absent: the start"}, x.from);
}

/// A run that is planned by itself, once or again and again.
struct TrainingRunSpec {
    Date from;
    std::uint32_t accelerators{}, runs = 1;
    double every_s{}, work_s{}, parameters{}, tokens{}, mfu = 0.4;
};

template <class V> void describe(V& v, TrainingRunSpec& x)
{
    v.date({"from", Need::required, "Submitted"}, x.from);
    v.count({"accelerators", Need::required, "Of its gang"}, x.accelerators, 1);
    v.quantity({"work", Need::optional, "Without any interruption; or parameters, tokens and mfu"}, "s", x.work_s, not_negative);
    v.number({"parameters", Need::optional, "Of the model that are at work for a token; or work"}, x.parameters, not_negative);
    v.number({"tokens", Need::optional, "That it is trained on"}, x.tokens, not_negative);
    v.number({"mfu", Need::optional, "Model FLOP over peak FLOP (dense BF16, 989.5e12 times H200-equivalents)"}, x.mfu, share);
    v.count({"runs", Need::optional, "How many"}, x.runs, 1);
    v.quantity({"every", Need::optional, "From one submission to the next"}, "s", x.every_s, not_negative);
}

/// A size of jobs and how often it comes.
template <class V> void describe(V& v, JobSize& x)
{
    v.count({"accelerators", Need::required, "Of one job"}, x.processors, 1);
    v.number({"weight", Need::required, "How often, relative"}, x.weight, not_negative);
}

/// Jobs drawn from distributions.
struct JobMixSpec {
    DurationText between, run;
    std::vector<JobSize> sizes;
    double estimate_factor = 1.0;
    std::optional<Date> from, until;
    std::optional<DailyCourse> course;
};

template <class V> void describe(V& v, JobMixSpec& x)
{
    v.duration({"between", Need::required, "From one submission to the next"}, x.between);
    v.duration({"run", Need::required, "Work of a job, uninterrupted"}, x.run);
    v.list({"sizes", Need::required, "Accelerators"}, x.sizes);
    v.number({"estimate_factor", Need::optional, "What users say over what it takes"}, x.estimate_factor, {.low = 1.0});
    v.maybe_date({"from", Need::optional, "First submission; absent: the start"}, x.from);
    v.maybe_date({"until", Need::optional, "No more from this day on"}, x.until);
    v.maybe({"course", Need::optional, "Of submissions over the day and week"}, x.course);
}

template <class V> void describe(V& v, Traffic& x)
{
    v.quantity({"compute", Need::required, "Of one step of the training"}, "s", x.compute_s, positive);
    v.quantity({"sum", Need::required, "Gradients that an accelerator sums with the others in a step"}, "B", x.bytes, not_negative);
    v.number({"parts", Need::optional, "Accelerators that hold one copy of the model together: tensor times pipeline parallel"}, x.parts,
             {.low = 1.0});
    v.number({"overlap", Need::optional, "Share of the exchange behind computing"}, x.overlap, share);
}

template <class V> void describe(V& v, Fabric& x)
{
    v.count({"domain", Need::optional, "Accelerators of one scale-up domain: server, NVL72, supernode"}, x.domain, 1);
    v.quantity({"scale_up", Need::optional, "Of one accelerator inside its domain, one direction"}, "B_per_s", x.scale_up_B_per_s,
               positive);
    v.quantity({"scale_out", Need::optional, "Of one accelerator between domains of its hall"}, "B_per_s", x.scale_out_B_per_s, positive);
    v.number({"oversubscription", Need::optional, "Of the fabric of a hall, leaf to spine"}, x.oversubscription, {.low = 1.0});
    v.quantity({"uplink", Need::optional, "Of a whole hall to the others, shared by its jobs; 0: no limit"}, "B_per_s", x.uplink_B_per_s,
               not_negative);
    v.quantity({"latency", Need::optional, "Of one hop"}, "s", x.latency_s, not_negative);
}

/// Jobs of one origin: exactly one of log, run, mix.
struct JobStreamSpec {
    std::string name;
    std::optional<JobLogSpec> log;
    std::optional<TrainingRunSpec> run;
    std::optional<JobMixSpec> mix;
    std::uint32_t priority{};
    JobRules rules;
    std::optional<Traffic> traffic;
};

template <class V> void describe(V& v, JobStreamSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.maybe({"log", Need::optional, "Jobs of a log; or run, or mix"}, x.log);
    v.maybe({"run", Need::optional, "A planned run, once or repeated"}, x.run);
    v.maybe({"mix", Need::optional, "Jobs drawn from distributions"}, x.mix);
    v.count({"priority", Need::optional, "Higher goes first, by policy priority"}, x.priority, 0);
    v.quantity({"checkpoint_every", Need::optional, "Work between two checkpoints; 0: none are written"}, "s", x.rules.checkpoint.every_s,
               not_negative);
    v.quantity({"checkpoint_write", Need::optional, "The job stands while one is written"}, "s", x.rules.checkpoint.write_s, not_negative);
    v.quantity({"restart", Need::optional, "From an interruption until it works again"}, "s", x.rules.checkpoint.restart_s, not_negative);
    v.quantity({"interruptions", Need::optional, "Of one accelerator, all causes that stop a job"}, "per_s", x.rules.interruptions_per_s,
               not_negative);
    v.flag({"saves_when_evicted", Need::optional,
            "Sent away by the scheduler, or told that its accelerators go, it writes a checkpoint first"},
           x.rules.saves_when_evicted);
    v.flag({"one_hall", Need::optional, "Never spans halls"}, x.rules.one_cell);
    v.maybe({"traffic", Need::optional, "What its gangs exchange; absent: they do not care where they run"}, x.traffic);
}

inline constexpr std::array<std::pair<std::string_view, Placement>, 2> placements{
    {{"compact", Placement::compact}, {"leftmost", Placement::leftmost}}};

/// A queue of jobs on the accelerators of a contract.
struct JobLoadSpec {
    std::string name, contract, borrows;
    Policy policy = Policy::easy;
    Placement placement = Placement::compact;
    Fabric fabric;
    std::vector<JobStreamSpec> streams;
};

template <class V> void describe(V& v, JobLoadSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"contract", Need::required, "On whose accelerators they run; the contract names its kind of rack"}, x.contract);
    v.choice({"policy", Need::optional, "Who runs next"}, x.policy, policies);
    v.choice({"placement", Need::optional, "Where: in the fullest hall that holds it, or from the first hall on"}, x.placement, placements);
    v.text({"borrows", Need::optional, "Contract of an inference service whose idle accelerators it uses until they are needed"},
           x.borrows);
    v.object({"fabric", Need::optional, "Links of the halls"}, x.fabric);
    v.list({"streams", Need::required, "Where jobs come from"}, x.streams);
}

} // namespace aidc
