#pragma once
/// \file
/// Who uses the capacity, as written: contracts, inference services, queues of jobs.

#include "models/demand/contract.hpp"
#include "models/demand/service.hpp"
#include "sim/scenario/spec_jobs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// Committed power or accelerators from a date on: exactly one.
struct ContractStepSpec {
    Date from;
    double it_W{};
    std::uint32_t accelerators{};
};

template <class V> void describe(V& v, ContractStepSpec& x)
{
    v.date({"from", Need::required, "First day"}, x.from);
    v.quantity({"it", Need::optional, "Committed IT power from then on; or accelerators"}, "W", x.it_W, not_negative);
    v.count({"accelerators", Need::optional, "Committed accelerators from then on, of the contract's kind of rack; or it"}, x.accelerators,
            0);
}

/// A product that another one takes the place of.
struct DisplacedSpec {
    std::string contract;
    double share = 1.0;
};

template <class V> void describe(V& v, DisplacedSpec& x)
{
    v.text({"contract", Need::required, "Whose customers move over"}, x.contract);
    v.number({"share", Need::optional, "Watts that it is due less for each watt of this one that is served"}, x.share, share);
}

/// Who has reserved what, and what for.
struct ContractSpec {
    std::string name, campus, rack;
    std::vector<ContractStepSpec> committed;
    std::optional<Date> until;
    double term_s{};
    RackUp rack_up;
    ContractTerms terms;
    std::vector<DisplacedSpec> displaces;
    DailyShape shape;
};

template <class V> void describe(V& v, ContractSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.text({"campus", Need::required, "Where"}, x.campus);
    v.text({"rack", Need::optional, "Kind of rack that it is served with; absent: all kinds, in proportion"}, x.rack);
    v.list({"committed", Need::required, "Steps of what is committed, dates rising"}, x.committed);
    v.maybe_date({"until", Need::optional, "Ends on this day: what came late is lost"}, x.until);
    v.quantity({"term", Need::optional, "Or ends so long after it was first served in full: what comes late is deferred; 0: neither"}, "s",
               x.term_s, not_negative);
    v.number({"busy_mean", Need::optional, "Busy share of its accelerators, daily mean; for a contract that no inference or jobs name"},
             x.shape.busy_mean, share);
    v.number({"busy_swing", Need::optional, "Daily swing around the mean"}, x.shape.busy_swing, share);
    v.quantity({"peak", Need::optional, "Local time of day of the maximum"}, "s", x.shape.peak_s, {.low = 0.0, .high = day_s});
    v.quantity({"rack_up", Need::optional, "Until the customer uses nine tenths of what it will use; 0: at once"}, "s", x.rack_up.to_90_s,
               not_negative);
    v.number({"mature", Need::optional, "Share of the sold power that the customer uses in the end"}, x.rack_up.mature, share);
    v.quantity({"price", Need::optional, "Of served IT power, in the scenario's currency"}, "per_J", x.terms.price_per_J, not_negative);
    v.quantity({"damages", Need::optional, "Of IT power that is due and not served"}, "per_J", x.terms.damages_per_J, not_negative);
    v.quantity({"grace", Need::optional, "Shortfall without damages"}, "s", x.terms.grace_s, not_negative);
    v.number({"damages_cap", Need::optional, "Most damages, over the price of all that was due so far"}, x.terms.damages_cap, not_negative);
    v.list({"displaces", Need::optional, "Contracts whose demand this one takes over while it is served"}, x.displaces);
}

/// Tokens that are asked of a service at a date.
struct TokenStepSpec {
    Date from;
    double tokens_per_s{};
};

template <class V> void describe(V& v, TokenStepSpec& x)
{
    v.date({"from", Need::required, "Day"}, x.from);
    v.quantity({"tokens", Need::required, "Asked then, weekly mean, prompts and outputs; between dates it grows evenly"}, "per_s",
               x.tokens_per_s, positive);
}

/// Users of one time zone.
struct UserRegionSpec {
    std::string name;
    double share{}, ahead_s{};
    std::vector<std::string> prefers;
};

template <class V> void describe(V& v, UserRegionSpec& x)
{
    v.text({"name", Need::required, "Name"}, x.name);
    v.number({"share", Need::required, "Of the tokens; all regions together 1"}, x.share, share);
    v.quantity({"ahead", Need::optional, "Its clock is ahead of the scenario's; below 0: behind"}, "s", x.ahead_s,
               {.low = -day_s, .high = day_s});
    v.texts({"prefers", Need::optional, "Contracts that serve it, the first choice first; absent: all, in their order"}, x.prefers);
}

/// What the accelerators of a contract do for a service.
struct ServingSpec {
    std::string contract;
    ServingRate rate;
};

template <class V> void describe(V& v, ServingSpec& x)
{
    v.text({"contract", Need::required, "On whose accelerators it runs; the contract names its kind of rack"}, x.contract);
    v.quantity({"tokens", Need::required, "Of one accelerator, all its slots busy"}, "per_s", x.rate.tokens_per_s, positive);
    v.number({"slots", Need::optional, "Requests at once on one accelerator"}, x.rate.slots, positive);
    v.number({"tokens_each", Need::required, "Of a mean request, prompt and output"}, x.rate.tokens_per_request, positive);
    v.count({"replica", Need::optional, "Accelerators that hold one copy of the model together"}, x.rate.replica, 1);
}

/// An inference service.
struct ServiceSpec {
    std::string name;
    std::vector<TokenStepSpec> asked;
    double growth_per_year = 1.0;
    std::optional<DailyCourse> course;
    std::vector<UserRegionSpec> regions;
    std::vector<ServingSpec> served;
    LatencyTarget target;
    bool follows_load = true;
};

template <class V> void describe(V& v, ServiceSpec& x)
{
    v.text({"name", Need::required, "Name in results"}, x.name);
    v.list({"asked", Need::required, "Tokens asked of it, dates rising"}, x.asked);
    v.number({"growth_per_year", Need::optional, "Factor a year after the last date"}, x.growth_per_year, positive);
    v.maybe({"course", Need::optional, "Over the day and week; absent: consumer chat with an evening peak"}, x.course);
    v.list({"regions", Need::optional, "Where its users are; absent: one region on the scenario's clock"}, x.regions);
    v.list({"served", Need::required, "Where it runs"}, x.served);
    v.number({"wait_probability", Need::optional, "Largest share of requests that wait for a slot"}, x.target.wait_probability,
             {.low = 1e-6, .high = 0.999});
    v.number({"peakedness", Need::optional, "Burstiness: variance over mean of requests in service; Poisson 1"}, x.target.peakedness,
             {.low = 0.01});
    v.flag({"follows_load", Need::optional, "Gives back accelerators that the load of the hour does not need"}, x.follows_load);
}

/// Who uses the capacity.
struct DemandSpec {
    std::vector<ContractSpec> contracts;
    std::vector<ServiceSpec> inference;
    std::vector<JobLoadSpec> jobs;
};

template <class V> void describe(V& v, DemandSpec& x)
{
    v.list({"contracts", Need::optional, "Who has reserved what"}, x.contracts);
    v.list({"inference", Need::optional, "Services that run under contracts"}, x.inference);
    v.list({"jobs", Need::optional, "Queues of jobs under contracts"}, x.jobs);
}

} // namespace aidc
