#include "sim/scenario/resolve.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aidc {
namespace {

/// Weekday of the first day, Sunday = 0: 1970-01-01 was a Thursday.
unsigned start_weekday(Resolver const& r) { return static_cast<unsigned>(((r.out.start_day + 4) % 7 + 7) % 7); }

void resolve_asked(Resolver& r, ServiceSpec const& spec, std::string const& pointer, Service& service)
{
    for (std::size_t k = 0; k < spec.asked.size(); ++k) {
        auto const place = at(pointer + "/asked", k) + "/from";
        Tick const from = (spec.asked[k].from.day - r.out.start_day) * day_ticks; // may lie before the start
        if (k > 0 && from <= service.asked.demand.back().from) {
            r.problem(place, "is not after the date before; put the dates in order");
        }
        service.asked.demand.push_back({.from = from, .tokens_per_s = spec.asked[k].tokens_per_s});
    }
    if (spec.asked.empty()) {
        r.problem(pointer + "/asked", "is empty (nothing would ever be asked); give a date and its tokens");
    }
}

void resolve_regions(Resolver& r, ServiceSpec const& spec, std::string const& pointer, Service& service)
{
    std::vector<std::string> sites;
    for (auto const& served : spec.served) {
        sites.push_back(served.contract);
    }
    double sum = 0.0;
    auto const add = [&](UserRegionSpec const& region, std::string const& place) {
        service.asked.regions.push_back({.name = region.name, .share = region.share, .utc_offset_s = region.ahead_s});
        sum += region.share;
        std::vector<std::uint32_t> ranks;
        for (std::size_t p = 0; p < region.prefers.size(); ++p) {
            auto const site = std::ranges::find(sites, region.prefers[p]);
            if (site == sites.end()) {
                r.problem(at(place + "/prefers", p),
                          fmt::format("\"{}\" is none of the contracts in \"served\"; the service does not run there", region.prefers[p]));
                continue;
            }
            ranks.push_back(static_cast<std::uint32_t>(site - sites.begin()));
        }
        if (region.prefers.empty()) {
            ranks.resize(sites.size());
            std::iota(ranks.begin(), ranks.end(), 0U);
        }
        ranks.resize(sites.size(), no_site);
        service.preference.insert(service.preference.end(), ranks.begin(), ranks.end());
    };
    for (std::size_t i = 0; i < spec.regions.size(); ++i) {
        add(spec.regions[i], at(pointer + "/regions", i));
    }
    if (spec.regions.empty()) {
        add({.name = "all", .share = 1.0, .ahead_s = 0.0, .prefers = {}}, pointer);
    }
    if (std::abs(sum - 1.0) > 1e-6) {
        r.problem(pointer + "/regions", fmt::format("have shares that add up to {:g}; make them 1", sum));
    }
}

Service service_of(Resolver& r, ServiceSpec const& spec, std::string const& pointer)
{
    Service service{.asked = {.name = spec.name,
                              .course = spec.course.value_or(consumer_chat_course),
                              .demand = {},
                              .growth_per_year_after = spec.growth_per_year,
                              .regions = {}},
                    .clock = {.utc_offset_s = 0.0, .start_weekday = start_weekday(r)}, // regions are ahead of the scenario's clock
                    .target = spec.target,
                    .sites = {},
                    .preference = {},
                    .follows_load = spec.follows_load};
    check_course(r, service.asked.course, pointer + "/course");
    resolve_asked(r, spec, pointer, service);
    for (std::size_t s = 0; s < spec.served.size(); ++s) {
        auto const place = at(pointer + "/served", s) + "/contract";
        auto const contract = r.refer(r.contracts, spec.served[s].contract, place);
        take_contract(r, contract, Load::inference, place);
        service.sites.push_back({.contract = contract, .rate = spec.served[s].rate});
    }
    if (spec.served.empty()) {
        r.problem(pointer + "/served", "is empty (nobody would serve it); name a contract");
    }
    resolve_regions(r, spec, pointer, service);
    return service;
}

} // namespace

void check_course(Resolver& r, DailyCourse const& course, std::string const& pointer)
{
    double sum = 0.0;
    for (std::size_t h = 0; h < course.by_hour.size(); ++h) {
        sum += course.by_hour[h];
        if (course.by_hour[h] < 0.0) {
            r.problem(at(pointer + "/by_hour", h), fmt::format("is {:g} and must be at least 0", course.by_hour[h]));
        }
    }
    if (sum == 0.0) {
        r.problem(pointer + "/by_hour", "are all 0 (only their ratios count, and there is none); raise one");
    }
}

void resolve_services(Resolver& r)
{
    Names<Service> names("service");
    for (std::size_t i = 0; i < r.spec.demand.inference.size(); ++i) {
        auto const pointer = at("/demand/inference", i);
        r.declare(names, r.spec.demand.inference[i].name, i, pointer + "/name");
        r.out.services.push_back(service_of(r, r.spec.demand.inference[i], pointer));
    }
}

} // namespace aidc
