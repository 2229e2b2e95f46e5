#pragma once
/// \file
/// Runs of a small campus that stands, with the demand of a test: 2 halls of 480 H200, each run in a child process.

#include "small_run.hpp"

#include "models/ledger/cause.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace aidc::testing {

/// What a run showed, by name: a list of one value a row, of one a job, or of one value alone.
using Facts = std::map<std::string, std::vector<double>>;

inline double sum(std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Writes down everything that these tests look at. Names: "<table> <name> <column>", of the whole run behind "total ".
class DemandWatcher final : public Observer {
  public:
    explicit DemandWatcher(Buildout const& b) : b_(b) {}

    void row(World const& world, Tick from, Tick to) override
    {
        facts["row from"].push_back(seconds(from));
        facts["row s"].push_back(seconds(to - from));
        for (std::size_t c = 0; c < b_.campuses.size(); ++c) {
            auto const& f = world.campus_books[id<Campus>(c)].row;
            add("campus", b_.campuses[c].name, {{"it_J", f.it_J}, {"throttled_J", f.throttled_J}, {"import_J", f.import_J}});
        }
        for (std::size_t p = 0; p < b_.pools.size(); ++p) {
            for (auto const& rung : rungs) {
                add("pool", b_.pools[p].name, {{std::string(rung.name), world.pool_books[id<Pool>(p)].row[index(rung.rung)]}});
            }
        }
        for (std::size_t k = 0; k < b_.contracts.size(); ++k) {
            add_contract("contract", b_.contracts[k].name, world.contract_books[id<Contract>(k)].row);
            add("contract", b_.contracts[k].name,
                {{"working", world.loads[id<Contract>(k)].working}, {"needed", world.loads[id<Contract>(k)].needed}});
        }
        for (std::size_t s = 0; s < b_.services.size(); ++s) {
            auto const& book = world.service_books[id<Service>(s)].row;
            add("service", b_.services[s].asked.name,
                {{"asked", book.asked_tokens}, {"served", book.served_tokens}, {"within", book.within_s}});
        }
        for (std::size_t q = 0; q < b_.job_loads.size(); ++q) {
            auto const& queue = world.queues[id<JobLoad>(q)];
            add("queue", b_.job_loads[q].name,
                {{"capacity", queue.capacity},
                 {"used", queue.used},
                 {"running", static_cast<double>(queue.running)},
                 {"queued", static_cast<double>(queue.queued)}});
        }
    }
    void event(Event const& event) override
    {
        facts["event " + std::string(event_kinds[static_cast<std::size_t>(event.kind)])].push_back(seconds(event.at));
    }
    void job(JobEntry const& entry) override
    {
        auto const& record = entry.record;
        add("job", b_.job_loads[entry.load.row].name,
            {{"id", static_cast<double>(record.job.id)},
             {"stream", record.job.rules},
             {"accelerators", record.job.processors},
             {"submit_s", record.job.submit_s},
             {"start_s", record.start_s},
             {"end_s", record.end_s},
             {"allocated_s", record.allocated_s},
             {"lost_s", record.lost_s},
             {"writing_s", record.writing_s},
             {"interruptions", record.interruptions},
             {"evictions", record.evictions}});
    }
    void finish(World const& world, Tick, Ending) override
    {
        for (std::size_t p = 0; p < b_.pools.size(); ++p) {
            auto const& books = world.pool_books[id<Pool>(p)];
            for (auto const& rung : rungs) {
                add("total pool", b_.pools[p].name, {{std::string(rung.name), books.total[index(rung.rung)]}});
            }
            add("total pool", b_.pools[p].name, {{"rolled_back_left", books.rolled_back_s}});
        }
        for (std::size_t k = 0; k < b_.contracts.size(); ++k) {
            add_contract("total contract", b_.contracts[k].name, world.contract_books[id<Contract>(k)].total);
        }
        for (std::size_t h = 0; h < b_.halls.size(); ++h) {
            for (auto const& cause : causes) {
                add("hall", b_.halls[h].name,
                    {{std::string(cause.name), world.ledger[id<Hall>(h)].live_accelerator_s[index(cause.cause)]}});
            }
        }
    }

    Facts facts;

  private:
    void add(std::string const& table, std::string const& name, std::vector<std::pair<std::string, double>> const& columns)
    {
        for (auto const& [column, value] : columns) {
            facts[table + " " + name + " " + column].push_back(value);
        }
    }
    void add_contract(std::string const& table, std::string const& name, ContractBook const& book)
    {
        add(table, name,
            {{"due_J", book.due_J},
             {"sold_J", book.sold_J},
             {"allocated_s", book.allocated_s},
             {"busy_s", book.busy_s},
             {"productive_s", book.productive_s},
             {"revenue", book.revenue},
             {"damages", book.damages}});
    }

    Buildout const& b_;
};

/// Runs without a plan: everything is built. Audits are part of every row, and of the end.
inline Facts run_demand(Buildout const& b, SimulateOptions const& options = {})
{
    auto const text = in_child([&] {
        DemandWatcher watcher(b);
        auto const digest = simulate(b, {}, options, watcher);
        watcher.facts["world hash"] = {static_cast<double>(digest.world_hash >> 32U), static_cast<double>(digest.world_hash & 0xffffffffU)};
        std::string all;
        for (auto const& [name, values] : watcher.facts) {
            all += name + std::string(1, '\0') + bytes_of({static_cast<double>(values.size())}) + bytes_of(values);
        }
        return all;
    });
    Facts facts;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find('\0', at);
        auto const count = static_cast<std::size_t>(numbers_of(text.substr(end + 1, sizeof(double)))[0]);
        auto const first = end + 1 + sizeof(double);
        facts[text.substr(at, end - at)] = numbers_of(text.substr(first, count * sizeof(double)));
        at = first + count * sizeof(double);
    }
    return facts;
}

inline std::filesystem::path scenarios_folder() { return std::filesystem::path(AIDC_SOURCE_DIR) / "scenarios"; }

/// The campus as a tree: a week from Monday 13 July 2026, two halls of 20 racks of 24 H200 that never fail, no demand, no faults.
inline Json demand_tree(std::string const& demand)
{
    auto tree = test::tree_of(scenarios_folder() / "outage_10min.json");
    tree["name"] = "demand_case";
    tree["catalogue"].push_back("catalogue/demand.json");
    tree["racks"][0]["accelerator_failures_per_year"] = 0;
    tree["faults"] = Json::array();
    tree["demand"] = Json::parse(demand);
    return tree;
}

inline Buildout resolved(Json const& tree) { return load_scenario_text(tree.dump(), "case.json", scenarios_folder()).buildout; }

/// A contract for so many accelerators from the first day, with more keys.
inline std::string contract(std::string const& name, unsigned accelerators, std::string const& more = "")
{
    return R"({"name": ")" + name + R"(", "campus": "site", "rack": "h200", "committed": [{"from": "2026-07-13", "accelerators": )"
           + std::to_string(accelerators) + "}]" + (more.empty() ? "" : ", " + more) + "}";
}

inline constexpr double racks_of_campus = 40.0;
inline constexpr double accelerators_of_campus = 960.0;

/// Budget of an H200 rack and shares of it, as the catalogue says them [W, -, -].
inline constexpr double h200_budget_W = 31875.0; // three servers of 10.625 kW
inline constexpr double h200_idle = 0.25;
inline constexpr double h200_draw = 0.8;

/// Rows of a run: each rung within the one before.
inline bool is_ladder(Facts const& facts, std::string const& pool, double tolerance)
{
    for (std::size_t r = 0; r + 1 < rung_count; ++r) {
        auto const& upper = facts.at(pool + " " + std::string(rungs[r].name));
        auto const& lower = facts.at(pool + " " + std::string(rungs[r + 1].name));
        for (std::size_t i = 0; i < upper.size(); ++i) {
            if (!(lower[i] >= -tolerance) || !(lower[i] <= upper[i] + tolerance)) {
                return false;
            }
        }
    }
    return true;
}

/// Accelerator-seconds that the jobs of a queue held, by their records.
inline double held_by_jobs_s(Facts const& facts, std::string const& queue, std::string const& column = "allocated_s")
{
    auto const found = facts.find("job " + queue + " " + column);
    if (found == facts.end()) {
        return 0.0;
    }
    auto const& accelerators = facts.at("job " + queue + " accelerators");
    return std::inner_product(found->second.begin(), found->second.end(), accelerators.begin(), 0.0);
}

/// Of all halls.
inline double hours_by_cause_s(Facts const& facts, Cause cause)
{
    double all = 0.0;
    for (auto const& [name, values] : facts) {
        if (name.starts_with("hall ") && name.ends_with(" " + std::string(info(cause).name))) {
            all += sum(values);
        }
    }
    return all;
}

} // namespace aidc::testing
