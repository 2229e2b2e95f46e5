#include "sim/process/use.hpp"

#include "sim/process/jobs.hpp"
#include "sim/process/simulation.hpp"

#include <algorithm>

namespace aidc {
namespace {

/// What a contract did over an interval.
struct Did {
    UseShares shares; ///< Of its working accelerators; of a queue that borrows, `allocated` may be above 1
    double rolled_back_s{};
};

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

/// A customer's racks: what it has racked up, at its daily course.
Did did_course(Contract const& contract, double used_W, double sold_W, Tick from, Tick to)
{
    double const mean_W = mean_racked_up_W(contract.rack_up, used_W, sold_W, seconds(to - from));
    return {.shares = {.allocated = ratio(mean_W, sold_W), .busy = mean_busy(contract.shape, from, to), .productive = 1.0}};
}

Did did_jobs(Run& run, Id<Contract> contract, JobRun& jobs, double dt_s)
{
    auto const sums = take_jobs(run, jobs);
    return {.shares = {.allocated = ratio(sums.allocated_s, run.world.loads[contract].working * dt_s),
                       .busy = ratio(sums.busy_s, sums.allocated_s),
                       .productive = std::min(1.0, ratio(sums.worked_s, sums.busy_s * jobs.speed))},
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
    return {.shares = {.allocated = ratio(allocated, load.working), .busy = std::min(1.0, ratio(at_work, allocated)), .productive = 1.0}};
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
void book_contract(Run& run, Id<Contract> id, UseShares const& shares, Tick from, Tick to)
{
    auto const& contract = run.buildout.contracts[id.row];
    auto const& sold = run.world.sold[id];
    double const dt_s = seconds(to - from);
    auto& books = run.world.contract_books.edit(id);
    double const short_W = std::max(0.0, sold.due_W - sold.it_W);
    books.short_since = short_W > 0.0 ? std::min(books.short_since, from) : never;
    ContractBook const book{.due_J = sold.due_W * dt_s,
                            .sold_J = sold.it_W * dt_s,
                            .allocated_s = run.world.loads[id].working * dt_s * shares.allocated,
                            .busy_s = run.world.loads[id].working * dt_s * shares.allocated * shares.busy,
                            .productive_s = run.world.loads[id].working * dt_s * shares.allocated * shares.busy * shares.productive,
                            .revenue = contract.terms.price_per_J * sold.it_W * dt_s,
                            .damages = short_W > 0.0 ? damages(contract.terms, short_W, books.short_since, from, to) : 0.0};
    books.row += book;
    books.total += book;
    double const cap = contract.terms.damages_cap * contract.terms.price_per_J * books.total.due_J;
    books.total.damages = std::min(books.total.damages, cap);
    books.used_W = racked_up_W(contract.rack_up, books.used_W, sold.it_W, dt_s);
}

/// Live accelerators of each kind that a contract has.
double sold_of(Run const& run, Id<Contract> contract, std::size_t kind)
{
    auto const& by_kind_W = run.world.sold[contract].by_kind_W;
    auto const& k = run.buildout.kinds[kind];
    return by_kind_W.empty() ? 0.0 : by_kind_W[kind] / budget_W(k);
}

/// Live racks by kind at a campus.
std::vector<double> live_racks(Run const& run, Id<Campus> campus)
{
    std::vector<double> racks(run.buildout.kinds.size());
    for (std::size_t h = 0; h < run.buildout.halls.size(); ++h) {
        auto const& lines = run.world.halls[id<Hall>(h)].lines;
        for (std::size_t l = 0; run.buildout.halls[h].campus == campus && l < lines.size(); ++l) {
            racks[run.buildout.halls[h].lines[l].kind.row] += lines[l].live;
        }
    }
    return racks;
}

/// Sums of racks by kind, from contract to contract; then shares.
class KindSums {
  public:
    KindSums(Run const& run, Id<Campus> campus) : run_(run), live_(live_racks(run, campus)), sums_(live_.size()) {}

    void add(Id<Contract> contract, Did const& did)
    {
        for (std::size_t k = 0; k < sums_.size(); ++k) {
            double const racks = sold_of(run_, contract, k);
            auto& sum = sums_[k];
            sum.sold += racks;
            sum.allocated += racks * did.shares.allocated;
            sum.busy += racks * did.shares.allocated * did.shares.busy;
            sum.productive += racks * did.shares.allocated * did.shares.busy * did.shares.productive;
        }
        if (auto const kind = run_.buildout.contracts[contract.row].kind) {
            sums_[kind.row].rolled_back_s += did.rolled_back_s; // its jobs' racks may be gone by now
        }
    }

    std::vector<Use> uses() const
    {
        std::vector<Use> uses;
        for (std::size_t k = 0; k < sums_.size(); ++k) {
            auto const& sum = sums_[k];
            uses.push_back({.sold = std::min(1.0, ratio(sum.sold, live_[k])),
                            .of_sold = {.allocated = std::min(1.0, ratio(sum.allocated, sum.sold)),
                                        .busy = std::min(1.0, ratio(sum.busy, sum.allocated)),
                                        .productive = std::min(1.0, ratio(sum.productive, sum.busy))},
                            .rolled_back_s = sum.rolled_back_s});
        }
        return uses;
    }

  private:
    struct Racks {
        double sold{}, allocated{}, busy{}, productive{}, rolled_back_s{};
    };
    Run const& run_;
    std::vector<double> live_;
    std::vector<Racks> sums_;
};

} // namespace

Served served_by_site(Run const& run, Id<Service> id, Tick from, Tick to)
{
    auto const& service = run.buildout.services[id.row];
    std::size_t const regions = service.asked.regions.size();
    std::vector<double> asked, room, served(regions * service.sites.size()), dropped(regions);
    Served result{.by_site = std::vector<double>(service.sites.size())};
    for (auto const& region : service.asked.regions) {
        asked.push_back(mean_tokens_per_s(service.asked, region, service.clock, from, to));
        result.asked_tokens_per_s += asked.back();
    }
    for (auto const& site : service.sites) {
        room.push_back(run.world.loads[site.contract].working * site.rate.tokens_per_s);
    }
    serve({.demand_tokens_per_s = asked, .capacity_tokens_per_s = room, .preference = service.preference}, served, dropped);
    for (std::size_t i = 0; i < served.size(); ++i) {
        result.by_site[i % service.sites.size()] += served[i];
    }
    return result;
}

UseShares shares_now(Run const& run, Id<Contract> id)
{
    auto const& contract = run.buildout.contracts[id.row];
    auto const& load = run.world.loads[id];
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
        return {.allocated = 1.0,
                .busy = std::min(1.0, ratio(served.by_site[place.site] / site.rate.tokens_per_s, load.working)),
                .productive = 1.0};
    }
    case Load::jobs: {
        auto* const jobs = jobs_of(run, id);
        return {.allocated = jobs != nullptr ? ratio(jobs->pool.used(), load.working) : 0.0, .busy = 1.0, .productive = 1.0};
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
            book_contract(run, id<Contract>(k), done.shares, from, to);
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
            sums.add(id<Contract>(k), {.shares = shares_now(run, id<Contract>(k)), .rolled_back_s = 0.0});
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
