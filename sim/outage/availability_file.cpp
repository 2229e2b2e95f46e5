#include "sim/outage/availability.hpp"

#include "sim/record/h5.hpp"
#include "sim/run/request.hpp"

namespace aidc {
namespace {

void write_causes(h5::File& file, std::vector<CampusYears> const& campuses)
{
    auto table =
        file.group("causes", "What failed and what it cost, means of a year")
            .table("cause",
                   {h5::ColumnSpec{{"campus", "", "campus"}, h5::Type::text}, h5::ColumnSpec{{"unit", "", "kind of unit"}, h5::Type::text},
                    h5::ColumnSpec{{"failures_per_year", "1", "failures a year"}},
                    h5::ColumnSpec{{"with_loss_per_year", "1", "of them, such as cost anything"}},
                    h5::ColumnSpec{{"lost_accelerator_h", "h", "accelerator-hours lost a year"}},
                    h5::ColumnSpec{{"standard_error_h", "h", "of it"}}, h5::ColumnSpec{{"dark_accelerator_h", "h", "without power"}},
                    h5::ColumnSpec{{"tripped_accelerator_h", "h", "tripped, and booting after any stop"}},
                    h5::ColumnSpec{{"shed_accelerator_h", "h", "shed"}}, h5::ColumnSpec{{"throttled_accelerator_h", "h", "throttled"}},
                    h5::ColumnSpec{{"unserved_energy_J", "J", "IT energy not served a year"}}});
    for (auto const& years : campuses) {
        double const per_year = years.result.years > 0 ? 1.0 / years.result.years : 0.0;
        double const h = years.accelerators / hour_s * per_year;
        for (auto const& cause : years.result.causes) {
            auto const lost = lost_accelerator_h(years, cause);
            table.append({years.campus, cause.family, static_cast<double>(cause.failures) * per_year,
                          static_cast<double>(cause.with_loss) * per_year, lost.value, lost.standard_error, cause.lost_s.dark * h,
                          cause.lost_s.tripped * h, cause.lost_s.shed * h, cause.lost_s.throttled * h, cause.unserved_J * per_year});
        }
    }
}

void write_by_year(h5::File& file, std::vector<CampusYears> const& campuses)
{
    auto table = file.group("years", "Accelerator-hours lost in each year, by kind of unit that failed")
                     .table("row", {h5::ColumnSpec{{"campus", "", "campus"}, h5::Type::text},
                                    h5::ColumnSpec{{"year", "1", "0, 1, ..."}, h5::Type::int32},
                                    h5::ColumnSpec{{"unit", "", "kind of unit"}, h5::Type::text},
                                    h5::ColumnSpec{{"lost_accelerator_h", "h", "accelerator-hours lost"}}});
    for (auto const& years : campuses) {
        for (std::uint32_t y = 0; y < years.result.years; ++y) {
            for (auto const& cause : years.result.causes) {
                if (cause.by_year_s[y] > 0.0) {
                    table.append(
                        {years.campus, static_cast<std::int64_t>(y), cause.family, cause.by_year_s[y] * years.accelerators / hour_s});
                }
            }
        }
    }
}

void write_windows(h5::File& file, std::vector<CampusYears> const& campuses)
{
    auto table = file.group("windows", "Distinct losses that were raced, and how often each was used")
                     .table("window", {h5::ColumnSpec{{"campus", "", "campus"}, h5::Type::text},
                                       h5::ColumnSpec{{"lost", "", "what was lost (after what was down before)"}, h5::Type::text},
                                       h5::ColumnSpec{{"weather_class", "1", "0: coldest half ... 3: hottest hundredth"}, h5::Type::int32},
                                       h5::ColumnSpec{{"used", "1", "times"}, h5::Type::int64},
                                       h5::ColumnSpec{{"racks_lost", "1", "most racks dark, tripped or shed"}},
                                       h5::ColumnSpec{{"throttle_after_s", "s", "first throttle; NaN: none"}},
                                       h5::ColumnSpec{{"stop_after_s", "s", "first rack that stops; NaN: none"}},
                                       h5::ColumnSpec{{"chip_max_C", "degC", "hottest accelerator case"}},
                                       h5::ColumnSpec{{"ends_s", "s", "when nothing moved any more"}}});
    auto const or_missing = [](double s) { return std::isfinite(s) ? s : std::numeric_limits<double>::quiet_NaN(); };
    for (auto const& years : campuses) {
        for (auto const& window : years.result.windows) {
            auto const& w = window.result;
            table.append({years.campus, window.name, static_cast<std::int64_t>(window.weather_class),
                          static_cast<std::int64_t>(window.used), w.most_racks_lost, or_missing(w.first_throttle_s),
                          or_missing(w.first_stop_s), w.chip_max_C, w.ends_s});
        }
    }
}

} // namespace

void write_years(std::filesystem::path const& path, Buildout const& b, std::vector<CampusYears> const& campuses)
{
    h5::File file(path);
    file.attribute("title", b.name);
    file.attribute("source", program_name());
    file.attribute("seed", static_cast<std::int64_t>(b.seed));
    file.attribute("aidcsim_format", std::string("availability 1"));
    auto summary = file.group("summary", "All campuses");
    double lost_h = 0.0;
    double all_h = 0.0;
    for (auto const& years : campuses) {
        lost_h += lost_accelerator_h(years).value;
        all_h += years.accelerators * 8760.0;
    }
    summary.scalar({"years", "1", "years of outages"}, static_cast<std::int64_t>(campuses.empty() ? 0 : campuses.front().result.years));
    summary.scalar({"lost_accelerator_h", "h", "accelerator-hours lost a year"}, lost_h);
    summary.scalar({"availability", "1", "share of live accelerator-hours not lost"}, all_h > 0.0 ? 1.0 - lost_h / all_h : 1.0);
    write_causes(file, campuses);
    write_by_year(file, campuses);
    write_windows(file, campuses);
    file.commit();
}

} // namespace aidc
