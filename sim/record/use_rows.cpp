#include "sim/record/use_rows.hpp"

#include "sim/record/tables.hpp"

#include <functional>
#include <limits>
#include <span>
#include <string>
#include <utility>

namespace aidc {
namespace {

std::string const mean = "time: mean";
std::string const point = "time: point";

/// One variable of a series, and its value for one name over a row of dt_s.
template <class Subject> struct Column {
    h5::Quantity what;
    std::function<double(World const& world, Id<Subject> subject, double dt_s)> value;
};

std::vector<Column<Pool>> pool_columns()
{
    std::vector<Column<Pool>> columns;
    for (auto const& rung : rungs) {
        columns.push_back(
            {{std::string(rung.name), "1", "accelerators: " + std::string(rung.text), mean},
             [r = index(rung.rung)](World const& world, Id<Pool> pool, double dt_s) { return world.pool_books[pool].row[r] / dt_s; }});
    }
    return columns;
}

std::vector<Column<Contract>> contract_columns()
{
    using In = World const&;
    return {
        {{"due_W", "W", "IT power that is due", mean}, [](In w, Id<Contract> k, double dt) { return w.contract_books[k].row.due_J / dt; }},
        {{"sold_W", "W", "of it, served by live racks", mean},
         [](In w, Id<Contract> k, double dt) { return w.contract_books[k].row.sold_J / dt; }},
        {{"backlog_W", "W", "due and not served", mean},
         [](In w, Id<Contract> k, double dt) { return (w.contract_books[k].row.due_J - w.contract_books[k].row.sold_J) / dt; }},
        {{"allocated", "1", "accelerators given out, borrowed ones included", mean},
         [](In w, Id<Contract> k, double dt) { return w.contract_books[k].row.allocated_s / dt; }},
        {{"busy", "1", "of them, busy", mean}, [](In w, Id<Contract> k, double dt) { return w.contract_books[k].row.busy_s / dt; }},
        {{"productive", "1", "of them, making progress", mean},
         [](In w, Id<Contract> k, double dt) { return w.contract_books[k].row.productive_s / dt; }}};
}

std::vector<Column<Service>> service_columns()
{
    using In = World const&;
    return {{{"asked_tokens_per_s", "s-1", "tokens asked", mean},
             [](In w, Id<Service> s, double dt) { return w.service_books[s].row.asked_tokens / dt; }},
            {{"served_tokens_per_s", "s-1", "tokens served", mean},
             [](In w, Id<Service> s, double dt) { return w.service_books[s].row.served_tokens / dt; }},
            {{"within_target", "1", "share of the time in which the latency target held", mean},
             [](In w, Id<Service> s, double dt) { return w.service_books[s].row.within_s / dt; }}};
}

std::vector<Column<JobLoad>> queue_columns()
{
    using In = World const&;
    return {
        {{"capacity", "1", "accelerators that the queue may use, borrowed ones included", point},
         [](In w, Id<JobLoad> q, double) { return w.queues[q].capacity; }},
        {{"used", "1", "of them, held by jobs", point}, [](In w, Id<JobLoad> q, double) { return static_cast<double>(w.queues[q].used); }},
        {{"asked", "1", "accelerators that waiting jobs ask for", point},
         [](In w, Id<JobLoad> q, double) { return static_cast<double>(w.queues[q].asked); }},
        {{"running", "1", "jobs that run", point}, [](In w, Id<JobLoad> q, double) { return static_cast<double>(w.queues[q].running); }},
        {{"queued", "1", "jobs that wait", point}, [](In w, Id<JobLoad> q, double) { return static_cast<double>(w.queues[q].queued); }}};
}

template <class Subject> std::vector<h5::Quantity> quantities(std::vector<Column<Subject>> const& columns)
{
    std::vector<h5::Quantity> all;
    for (auto const& column : columns) {
        all.push_back(column.what);
    }
    return all;
}

template <class Subject>
std::vector<float> row_of(std::vector<Column<Subject>> const& columns, std::size_t subjects, World const& world, double dt_s)
{
    std::vector<float> row;
    for (auto const& column : columns) {
        for (std::size_t i = 0; i < subjects; ++i) {
            row.push_back(static_cast<float>(column.value(world, id<Subject>(i), dt_s)));
        }
    }
    return row;
}

std::vector<std::string> service_names(Buildout const& b)
{
    std::vector<std::string> names;
    for (auto const& service : b.services) {
        names.push_back(service.asked.name);
    }
    return names;
}

std::vector<double> h200_equivalents(Buildout const& b)
{
    std::vector<double> all;
    for (auto const& pool : b.pools) {
        all.push_back(b.kinds[pool.kind.row].accelerator.h200_equivalents);
    }
    return all;
}

} // namespace

UseRows::UseRows(h5::File& file, Buildout const& b) : buildout_(b)
{
    if (!b.pools.empty()) {
        auto group = file.group("pool", "The ladder of utilization of each kind of accelerator at each campus, one row an operations step");
        group.time_axis(b.start);
        group.label_axis("pool", names_of(b.pools), "campus and kind of rack");
        group.column({"h200_equivalents", "1", "dense BF16 work of one accelerator over an H200"}, "pool", h200_equivalents(b));
        group.default_plot("productive", {"time", "pool"});
        pools_ = group.series(quantities(pool_columns()), "pool");
    }
    if (!b.contracts.empty()) {
        auto group = file.group("contract", "Contracts, one row an operations step");
        group.time_axis(b.start);
        group.label_axis("contract", names_of(b.contracts), "contract");
        contracts_ = group.series(quantities(contract_columns()), "contract");
    }
    if (!b.services.empty()) {
        auto group = file.group("service", "Inference services, one row an operations step");
        group.time_axis(b.start);
        group.label_axis("service", service_names(b), "service");
        services_ = group.series(quantities(service_columns()), "service");
    }
    if (!b.job_loads.empty()) {
        auto group = file.group("queue", "Queues of jobs, one row an operations step");
        group.time_axis(b.start);
        group.label_axis("queue", names_of(b.job_loads), "queue of jobs");
        queues_ = group.series(quantities(queue_columns()), "queue");
    }
}

void UseRows::append(World const& world, Tick from, Tick to)
{
    static auto const of_pools = pool_columns();
    static auto const of_contracts = contract_columns();
    static auto const of_services = service_columns();
    static auto const of_queues = queue_columns();
    if (pools_) {
        pools_->append(seconds(to), row_of(of_pools, buildout_.pools.size(), world, seconds(to - from)));
    }
    if (contracts_) {
        contracts_->append(seconds(to), row_of(of_contracts, buildout_.contracts.size(), world, seconds(to - from)));
    }
    if (services_) {
        services_->append(seconds(to), row_of(of_services, buildout_.services.size(), world, seconds(to - from)));
    }
    if (queues_) {
        queues_->append(seconds(to), row_of(of_queues, buildout_.job_loads.size(), world, seconds(to - from)));
    }
}

void write_use(h5::File& file, Buildout const& b, World const& world)
{
    if (!b.pools.empty()) {
        auto group = file.group("ladder", "Accelerator-hours of each pool over the whole run, rung by rung; each a part of the one before");
        group.label_axis("pool", names_of(b.pools), "campus and kind of rack");
        group.label_axis("rung", names_of(rungs), "rung of the ladder");
        std::vector<double> hours, equivalent;
        for (std::size_t p = 0; p < b.pools.size(); ++p) {
            for (auto const& sum_s : world.pool_books[id<Pool>(p)].total) {
                hours.push_back(sum_s / hour_s);
                equivalent.push_back(hours.back() * b.kinds[b.pools[p].kind.row].accelerator.h200_equivalents);
            }
        }
        group.matrix({"accelerator_h", "h", "accelerator-hours"}, "pool", "rung", hours);
        group.matrix({"h200_h", "h", "the same in hours of an H200"}, "pool", "rung", equivalent);
    }
    if (b.contracts.empty()) {
        return;
    }
    auto table = file.group("contracts", "What each contract was owed, got and did over the whole run")
                     .table("contract", {{{"name", "", "contract"}, h5::Type::text},
                                         {{"due_J", "J", "IT energy that was due"}},
                                         {{"sold_J", "J", "of it, served by live racks"}},
                                         {{"allocated_h", "h", "accelerator-hours given out, borrowed ones included"}},
                                         {{"busy_h", "h", "of them, busy"}},
                                         {{"productive_h", "h", "of them, making progress"}},
                                         {{"revenue", "1", "price of what was served, in the currency of the scenario"}},
                                         {{"damages", "1", "damages for what was due and not served, in the currency of the scenario"}}});
    for (std::size_t k = 0; k < b.contracts.size(); ++k) {
        auto const& book = world.contract_books[id<Contract>(k)].total;
        table.append({b.contracts[k].name, book.due_J, book.sold_J, book.allocated_s / hour_s, book.busy_s / hour_s,
                      book.productive_s / hour_s, book.revenue, book.damages});
    }
}

} // namespace aidc
