#include "sim/process/use.hpp"

#include "sim/process/jobs.hpp"
#include "sim/process/simulation.hpp"

#include <algorithm>
#include <numeric>

namespace aidc {
namespace {

/// What a contract did over an interval.
struct Did {
    UseShares shares;  ///< Of its working accelerators; of a queue that borrows, `allocated` may be above 1
    double borrowed{}; ///< Accelerators of others that a queue held while it had none of its own, mean
    double rolled_back_s{};
};

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

/// Accelerators of a contract that work and are not withheld.
double at_hand(Run const& run, Id<Contract> contract) { return run.world.loads[contract].working - run.world.loads[contract].withheld; }

/// A customer's racks: what it has racked up, at its daily course.
Did did_course(Contract const& contract, double used_W, double sold_W, Tick from, Tick to)
{
    double const mean_W = mean_racked_up_W(contract.rack_up, used_W, sold_W, seconds(to - from));
    return {.shares = {.allocated = ratio(mean_W, sold_W), .busy = mean_busy(contract.shape, from, to), .productive = 1.0}};
}

Did did_jobs(Run& run, Id<Contract> contract, JobRun& jobs, double dt_s)
{
    auto const sums = take_jobs(run, jobs);
    return {.shares = {.allocated = ratio(sums.allocated_s, at_hand(run, contract) * dt_s),
                       .busy = ratio(sums.busy_s, sums.allocated_s),
                       .productive = std::min(1.0, ratio(sums.worked_s, sums.busy_s * jobs.speed))},
            .borrowed = at_hand(run, contract) > 0.0 ? 0.0 : sums.allocated_s / dt_s,
            .rolled_back_s = sums.rolled_back_s};
}

/// Service and site that run on a contract.
struct Place {
    Id<Service> service;
    std::size_t site{};
};

Place place_of(Buildout const& b, Id<Contract> contract)
{
    for (std::size_t s = 0; s < b.services.size(); ++s) {
        auto const& sites = b.services[s].sites;
        auto const at = std::ranges::find(sites, contract, &ServiceSite::contract);
        if (at != sites.end()) {
            return {.service = id<Service>(s), .site = static_cast<std::size_t>(at - sites.begin())};
        }
    }
    return {};
}

/// Books what was asked of a service and served everywhere; its first site does it for all.
void book_service(Run& run, Id<Service> id, Served const& served, double dt_s)
{
    auto const& service = run.buildout.services[id.row];
    ServiceBook book{.asked_tokens = served.asked_tokens_per_s * dt_s, .served_tokens = 0.0, .within_s = dt_s};
    for (std::size_t i = 0; i < service.sites.size(); ++i) {
        auto const& site = service.sites[i];
        book.served_tokens += served.by_site[i] * dt_s;
        if (served.by_site[i] > tokens_within(run.world.loads[site.contract].working, site.rate, service.target) * (1.0 + 1e-9)) {
            book.within_s = 0.0;
        }
    }
    if (book.served_tokens < book.asked_tokens * (1.0 - 1e-9)) {
        book.within_s = 0.0;
    }
    auto& books = run.world.service_books.edit(id);
    books.row += book;
    books.total += book;
}

Did did_service(Run& run, Id<Contract> contract, Tick from, Tick to)
{
    auto const place = place_of(run.buildout, contract);
    if (!place.service) {
        return {};
    }
    auto const served = served_by_site(run, place.service, from, to);
    if (place.site == 0) {
        book_service(run, place.service, served, seconds(to - from));
    }
    auto const& load = run.world.loads[contract];
    double const at_work = served.by_site[place.site] / run.buildout.services[place.service.row].sites[place.site].rate.tokens_per_s;
    double const allocated = std::min(load.working, std::max(load.needed, at_work));
    return {.shares = {.allocated = ratio(allocated, at_hand(run, contract)),
                       .busy = std::min(1.0, ratio(at_work, allocated)),
                       .productive = 1.0}};
}

Did did(Run& run, Id<Contract> id, Tick from, Tick to)
{
    auto const& contract = run.buildout.contracts[id.row];
    switch (contract.load) {
    case Load::course:
        return did_course(contract, run.world.contract_books[id].used_W, run.world.sold[id].it_W, from, to);
    case Load::inference:
        return did_service(run, id, from, to);
    case Load::jobs: {
        auto* const jobs = jobs_of(run, id);
        return jobs != nullptr ? did_jobs(run, id, *jobs, seconds(to - from)) : Did{};
    }
    }
    contract_broken("invariant", "Load is listed", __FILE__, __LINE__);
}

/// Books of a contract over an interval.
void book_contract(Run& run, Id<Contract> id, Did const& did, Tick from, Tick to)
{
    auto const& contract = run.buildout.contracts[id.row];
    auto const& sold = run.world.sold[id];
    double const dt_s = seconds(to - from);
    auto& books = run.world.contract_books.edit(id);
    bool const served = sold.it_W >= sold.due_W * (1.0 - 1e-9); // rounding is no shortfall, and starts no grace
    double const short_W = served ? 0.0 : sold.due_W - sold.it_W;
    books.short_since = short_W > 0.0 ? std::min(books.short_since, from) : never;
    double const given_s = (at_hand(run, id) * did.shares.allocated + did.borrowed) * dt_s;
    ContractBook const book{.due_J = sold.due_W * dt_s,
                            .sold_J = sold.it_W * dt_s,
                            .allocated_s = given_s,
                            .busy_s = given_s * did.shares.busy,
                            .productive_s = given_s * did.shares.busy * did.shares.productive,
                            .revenue = contract.terms.price_per_J * sold.it_W * dt_s,
                            .damages = short_W > 0.0 ? damages(contract.terms, short_W, books.short_since, from, to) : 0.0};
    books.row += book;
    books.total += book;
    double const cap = contract.terms.damages_cap * contract.terms.price_per_J * books.total.due_J;
    books.total.damages = std::min(books.total.damages, cap);
    books.used_W = racked_up_W(contract.rack_up, books.used_W, sold.it_W, dt_s);
}

/// Sums of working units by kind, from contract to contract; then shares.
class KindSums {
  public:
    KindSums(Run const& run, Id<Campus> campus) : run_(run), sums_(run.buildout.kinds.size())
    {
        for (std::size_t p = 0; p < run.buildout.pools.size(); ++p) {
            auto const& pool = run.buildout.pools[p];
            if (pool.campus == campus) {
                sums_[pool.kind.row].working = run.world.pools[id<Pool>(p)].units;
            }
        }
    }

    void add(Id<Contract> contract, Did const& did)
    {
        auto const& load = run_.world.loads[contract];
        double const all = std::accumulate(load.by_kind.begin(), load.by_kind.end(), 0.0);
        for (std::size_t k = 0; k < load.by_kind.size(); ++k) {
            double const withheld = load.withheld * ratio(load.by_kind[k], all);
            double const units = load.by_kind[k] - withheld;
            auto& sum = sums_[k];
            sum.withheld += withheld;
            sum.sold += units;
            sum.allocated += units * did.shares.allocated;
            sum.busy += units * did.shares.allocated * did.shares.busy;
            sum.productive += units * did.shares.allocated * did.shares.busy * did.shares.productive;
        }
        if (auto const kind = run_.buildout.contracts[contract.row].kind) { // of a queue: it has one, though its racks may be gone by now
            auto& sum = sums_[kind.row];
            sum.allocated += did.borrowed;
            sum.busy += did.borrowed * did.shares.busy;
            sum.productive += did.borrowed * did.shares.busy * did.shares.productive;
            sum.rolled_back_s += did.rolled_back_s;
        }
    }

    std::vector<Use> uses() const
    {
        std::vector<Use> uses;
        for (auto const& sum : sums_) {
            uses.push_back({.withheld = std::min(1.0, ratio(sum.withheld, sum.working)),
                            .sold = std::min(1.0, ratio(sum.sold, sum.working - sum.withheld)),
                            .of_sold = {.allocated = std::min(1.0, ratio(sum.allocated, sum.sold)),
                                        .busy = std::min(1.0, ratio(sum.busy, sum.allocated)),
                                        .productive = std::min(1.0, ratio(sum.productive, sum.busy))},
                            .rolled_back_s = sum.rolled_back_s});
        }
        return uses;
    }

  private:
    struct Units {
        double working{}, withheld{}, sold{}, allocated{}, busy{}, productive{}, rolled_back_s{};
    };
    Run const& run_;
    std::vector<Units> sums_;
};

} // namespace

Served served_by_site(Run const& run, Id<Service> id, Tick from, Tick to)
{
    auto const& service = run.buildout.services[id.row];
    std::size_t const sites = service.sites.size();
    std::vector<double> asked, within, full;
    Served result{.by_site = std::vector<double>(sites)};
    for (auto const& region : service.asked.regions) {
        asked.push_back(mean_tokens_per_s(service.asked, region, service.clock, from, to));
        result.asked_tokens_per_s += asked.back();
    }
    for (auto const& site : service.sites) {
        double const working = run.world.loads[site.contract].working;
        full.push_back(working * site.rate.tokens_per_s);
        within.push_back(std::min(full.back(), tokens_within(working, site.rate, service.target)));
    }
    // First what every site can do within the latency target; then what is left waits for slots where there are some.
    std::vector<double> served(asked.size() * sites), dropped(asked.size());
    for (auto const* const most : {&within, &full}) {
        std::vector<double> room(sites);
        for (std::size_t i = 0; i < sites; ++i) {
            room[i] = std::max(0.0, (*most)[i] - result.by_site[i]);
        }
        serve({.demand_tokens_per_s = asked, .capacity_tokens_per_s = room, .preference = service.preference}, served, dropped);
        for (std::size_t i = 0; i < served.size(); ++i) {
            result.by_site[i % sites] += served[i];
        }
        asked = dropped;
    }
    return result;
}

UseShares shares_now(Run const& run, Id<Contract> id)
{
    auto const& contract = run.buildout.contracts[id.row];
    switch (contract.load) {
    case Load::course: {
        auto const& sold = run.world.sold[id];
        double const used_W = std::min(run.world.contract_books[id].used_W, contract.rack_up.mature * sold.it_W);
        return {.allocated = contract.rack_up.to_90_s == 0.0 ? contract.rack_up.mature : ratio(used_W, sold.it_W),
                .busy = mean_busy(contract.shape, run.now(), run.now() + 1),
                .productive = 1.0};
    }
    case Load::inference: {
        auto const place = place_of(run.buildout, id);
        auto const served = served_by_site(run, place.service, run.now(), run.now() + 1);
        auto const& site = run.buildout.services[place.service.row].sites[place.site];
        auto const& load = run.world.loads[id];
        double const at_work = served.by_site[place.site] / site.rate.tokens_per_s;
        double const allocated = std::min(load.working, std::max(load.needed, at_work));
        return {.allocated = ratio(allocated, at_hand(run, id)), .busy = std::min(1.0, ratio(at_work, allocated)), .productive = 1.0};
    }
    case Load::jobs: {
        auto* const jobs = jobs_of(run, id);
        return {.allocated = jobs != nullptr ? ratio(jobs->pool.used(), at_hand(run, id)) : 0.0, .busy = 1.0, .productive = 1.0};
    }
    }
    contract_broken("invariant", "Load is listed", __FILE__, __LINE__);
}

std::vector<Use> book_use(Run& run, Id<Campus> campus, Tick from, Tick to)
{
    KindSums sums(run, campus);
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        if (run.buildout.contracts[k].campus == campus) {
            auto const done = did(run, id<Contract>(k), from, to);
            book_contract(run, id<Contract>(k), done, from, to);
            sums.add(id<Contract>(k), done);
        }
    }
    return sums.uses();
}

std::vector<double> busy_now(Run const& run, Id<Campus> campus)
{
    KindSums sums(run, campus);
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        if (run.buildout.contracts[k].campus == campus) {
            sums.add(id<Contract>(k), {.shares = shares_now(run, id<Contract>(k)), .borrowed = 0.0, .rolled_back_s = 0.0});
        }
    }
    std::vector<double> busy;
    for (auto const& use : sums.uses()) {
        busy.push_back(use.busy());
    }
    return busy;
}

void begin_use_rows(Run& run)
{
    for (std::size_t k = 0; k < run.buildout.contracts.size(); ++k) {
        run.world.contract_books.edit(id<Contract>(k)).row = {};
    }
    for (std::size_t s = 0; s < run.buildout.services.size(); ++s) {
        run.world.service_books.edit(id<Service>(s)).row = {};
    }
}

} // namespace aidc
