#include "sim/cli/show_facts.hpp"

#include "sim/cli/show_build.hpp"
#include "sim/cli/show_cooling.hpp"
#include "sim/cli/show_use.hpp"

#include "models/base/error.hpp"
#include "models/base/tick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace aidc::report {
namespace {

std::chrono::sys_days day_of(std::int64_t day) { return std::chrono::sys_days(std::chrono::days(day)); }

std::vector<Capacity> read_half_years(h5::Reader const& file, Dates const& dates, double until_s)
{
    Series const live(file, "/campus/live_W");
    Series const planned(file, "/campus/planned_W");
    Series const accelerators(file, "/campus/accelerators_live");
    Series const accelerators_planned(file, "/campus/accelerators_planned");
    std::vector<Capacity> rows;
    for (double const at_s : half_year_ends(dates, until_s)) {
        auto const row = live.last_row(at_s);
        if (!row) {
            continue;
        }
        rows.push_back({.at_s = at_s,
                        .live_W = live.sum(*row),
                        .planned_W = planned.sum(*row),
                        .accelerators = accelerators.sum(*row),
                        .accelerators_planned = accelerators_planned.sum(*row)});
    }
    return rows;
}

Facts read_all(h5::Reader const& file, std::string const& path)
{
    Facts f{.file = path,
            .name = file.attribute("/", "title"),
            .status = file.text("/summary/status"),
            .program = file.text("/provenance/program"),
            .detail = file.text("/provenance/detail"),
            .seed = static_cast<std::int64_t>(file.scalar("/provenance/seed")),
            .dates = dates_since(file.attribute("/hall/time", "units")),
            .until_s = file.scalar("/summary/simulated_until"),
            .planned_or_live_h = file.scalar("/summary/planned_or_live_accelerator_h"),
            .live_h = file.scalar("/summary/live_accelerator_h"),
            .useful_h = file.scalar("/summary/useful_accelerator_h"),
            .not_live_h = file.scalar("/summary/not_live_accelerator_h"),
            .ahead_h = file.scalar("/summary/ahead_accelerator_h")};
    f.half_years = read_half_years(file, f.dates, f.until_s);
    auto const words = read_scenario(file);
    f.currency = words.currency;
    read_dates(file, words, f);
    read_ledger(file, f);
    read_helps(file, words, f);
    read_goods(file, words, f);
    f.operation = read_operation(file);
    f.plants = read_plants(file);
    f.use = read_use(file);
    return f;
}

[[noreturn]] void refuse(std::filesystem::path const& path, std::string const& message)
{
    throw InputErrors({{path.string(), "", message}});
}

} // namespace

Dates dates_since(std::string const& units)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(units.c_str(), "seconds since %d-%u-%u", &year, &month, &day) != 3) {
        return {};
    }
    auto const date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return {.start_day = std::chrono::sys_days(date).time_since_epoch().count()};
}

std::string Dates::text(double date_s) const
{
    if (std::isnan(date_s)) {
        return "";
    }
    std::chrono::year_month_day const date(day_of(start_day + static_cast<std::int64_t>(std::floor(date_s / day_s))));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<double> days_late(double actual_s, double planned_s)
{
    if (std::isnan(actual_s) || std::isnan(planned_s)) {
        return {};
    }
    return std::floor(actual_s / day_s) - std::floor(planned_s / day_s);
}

std::vector<double> half_year_ends(Dates const& dates, double until_s)
{
    std::vector<double> ends;
    auto month = std::chrono::year_month_day(day_of(dates.start_day)).year() / std::chrono::July;
    for (double end_s = 0.0; end_s < until_s; month += std::chrono::months(6)) {
        end_s = static_cast<double>(std::chrono::sys_days(month / 1).time_since_epoch().count() - dates.start_day) * day_s;
        if (end_s > 0.0) {
            ends.push_back(std::min(end_s, until_s));
        }
    }
    return ends;
}

Facts read_facts(std::filesystem::path const& path)
{
    if (!std::filesystem::is_regular_file(path)) {
        refuse(path, "no such file; make one with: aidcsim run SCENARIO.json -o " + path.string());
    }
    try {
        h5::Reader const file(path);
        auto const format = file.attribute("/", "aidcsim_format");
        if (format != "1") {
            refuse(path, format.empty() ? "HDF5, and no result of aidcsim (it has no attribute aidcsim_format); give the .h5 of a run"
                         : format.starts_with("replay")
                             ? "a replayed log (format " + format + "), not a run; look into it with: h5dump -n " + path.string()
                             : "a result of format " + format + " (this program reads format 1); use the aidcsim that wrote it");
        }
        return read_all(file, path.string());
    }
    catch (h5::Error const& error) {
        refuse(path, fmt::format("no whole result of aidcsim ({}); give the .h5 of a run", error.what()));
    }
}

} // namespace aidc::report
