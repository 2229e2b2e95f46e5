#include "sim/outage/availability.hpp"

#include "sim/engine/streams.hpp"
#include "sim/outage/finished.hpp"

#include <fmt/format.h>

#include <cmath>

namespace aidc {
namespace {

constexpr char const* purposes[] = {"failure", "repair", "replacement", "common", "external"};
constexpr char const* genset_purposes[] = {"start", "ready", "run"};

/// The program's counter-based numbers, by the name of the group.
class FromStreams final : public LifeUniforms {
  public:
    FromStreams(Streams const& streams, std::vector<LifeGroup> const& lives) : streams_(streams)
    {
        for (auto const& life : lives) {
            names_.push_back(life.name);
        }
    }

    double uniform(std::uint32_t group, std::uint32_t unit, LifeDraw purpose, std::uint32_t number) const override
    {
        auto const draw = (static_cast<std::uint64_t>(unit) << 32) + number;
        return streams_.uniform(names_[group], purposes[static_cast<std::size_t>(purpose)], draw);
    }

  private:
    Streams const& streams_;
    std::vector<std::string> names_;
};

LifeGroup life_of(UnitGroup const& group, std::uint32_t units)
{
    auto const& upkeep = group.upkeep;
    return {.name = group.name,
            .units = units,
            .to_failure = *group.to_failure,
            .to_repair = group.to_repair,
            .crews = upkeep.crews > 0 ? upkeep.crews : LifeGroup::enough,
            .spares = upkeep.spares,
            .to_replace = upkeep.to_replace,
            .maintenance_every_s = upkeep.maintenance_every_s > 0.0 ? upkeep.maintenance_every_s : never_s,
            .maintenance_s = upkeep.maintenance_s,
            .common_share = upkeep.common_share};
}

YearlyMean mean_of(std::vector<double> const& by_year, double factor)
{
    double sum = 0.0;
    double squares = 0.0;
    for (double const value : by_year) {
        sum += value * factor;
        squares += value * factor * value * factor;
    }
    double const n = static_cast<double>(by_year.size());
    if (n < 2.0) {
        return {.value = n > 0.0 ? sum : 0.0, .standard_error = std::numeric_limits<double>::quiet_NaN()};
    }
    double const variance = std::max(0.0, (squares - sum * sum / n) / (n - 1.0));
    return {.value = sum / n, .standard_error = std::sqrt(variance / n)};
}

} // namespace

YearlyMean lost_accelerator_h(CampusYears const& years, CauseOfLoss const& cause)
{
    return mean_of(cause.by_year_s, years.accelerators / hour_s);
}

YearlyMean lost_accelerator_h(CampusYears const& years)
{
    std::vector<double> all(years.result.years, 0.0);
    for (auto const& cause : years.result.causes) {
        for (std::size_t y = 0; y < all.size() && y < cause.by_year_s.size(); ++y) {
            all[y] += cause.by_year_s[y];
        }
    }
    return mean_of(all, years.accelerators / hour_s);
}

CampusYears years_of(Buildout const& b, Id<Campus> campus, std::uint32_t count, double busy,
                     std::function<bool(std::uint32_t)> const& progress)
{
    auto const& climate = b.climates[b.campuses[campus.row].climate.row];
    CampusYears out{.campus = b.campuses[campus.row].name, .result = {}};
    std::vector<LifeGroup> lives;
    std::vector<Id<UnitGroup>> groups;
    auto moment = finished_campus(b, campus, climate.hours.front(), busy);
    for (std::size_t g = 0; g < b.groups.size(); ++g) {
        auto const units = static_cast<std::uint32_t>(moment.commissioned[g]);
        if (b.groups[g].campus == campus && b.groups[g].to_failure && units > 0) {
            lives.push_back(life_of(b.groups[g], units));
            groups.push_back(id<UnitGroup>(g));
        }
    }
    out.accelerators = accelerators_of(b, moment);
    double failed = 0.0;
    for (auto const& line : moment.lines) {
        auto const& kind = b.kinds[b.halls[line.hall.row].lines[line.line].kind.row];
        out.racks += line.racks;
        failed += static_cast<double>(line.racks) * accelerators(kind) * repair_share(kind);
    }
    out.pooled_unavailability = out.accelerators > 0.0 ? failed / out.accelerators : 0.0;
    Streams const streams(b.seed, 0);
    FromStreams const uniforms(streams, lives);
    auto const genset = [&](std::uint64_t order, std::uint32_t set, std::uint32_t which) {
        return streams.uniform(fmt::format("{}/gensets#{}", out.campus, set), genset_purposes[which], order);
    };
    out.result = run_years({.moment = std::move(moment),
                            .weather = weather_classes(climate.hours),
                            .lives = lives,
                            .group_of_life = groups,
                            .uniforms = uniforms,
                            .genset_uniforms = genset,
                            .years = count},
                           progress);
    return out;
}

} // namespace aidc
