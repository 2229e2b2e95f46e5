#include "sim/cli/availability.hpp"

#include "sim/run/progress.hpp"
#include "sim/run/stop.hpp"
#include "sim/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

namespace aidc {
namespace {

/// "12 +- 3"; of a single year "12".
std::string text_of(YearlyMean const& mean)
{
    return std::isnan(mean.standard_error) ? fmt::format("{:.0f}", mean.value)
                                           : fmt::format("{:.0f} +- {:.0f}", mean.value, mean.standard_error);
}

} // namespace

namespace report {

std::string availability_page(CampusYears const& years)
{
    auto const& result = years.result;
    double const per_year = result.years > 0 ? 1.0 / result.years : 0.0;
    auto causes = result.causes;
    std::ranges::sort(causes, std::greater{}, [](CauseOfLoss const& cause) { return cause.lost_s.sum(); });
    auto const all = lost_accelerator_h(years);
    std::uint64_t used = 0;
    for (auto const& window : result.windows) {
        used += window.used;
    }
    std::string page = fmt::format("{}: {:.0f} racks, {:.0f} accelerators, {} years of outages\n"
                                   "{} different losses were simulated and used {} times\n\n",
                                   years.campus, years.racks, years.accelerators, result.years, result.windows.size(), used);
    page += fmt::format("{:<13}{:>10}{:>10}{:>22}   {:<36}{:>11}\n", "what fails", "failures", "of them", "accelerator-hours",
                        "% of them, because racks were", "not served");
    page += fmt::format("{:<13}{:>10}{:>10}{:>22}{:>9}{:>9}{:>9}{:>11}{:>12}\n", "", "a year", "with loss", "lost a year", "dark",
                        "tripped", "shed", "throttled", "MWh a year");
    for (auto const& cause : causes) {
        auto const lost = lost_accelerator_h(years, cause);
        double const sum = cause.lost_s.sum();
        auto const percent = [sum](double part) { return sum > 0.0 ? fmt::format("{:.0f}", 100.0 * part / sum) : std::string("-"); };
        page += fmt::format("{:<13}{:>10.3f}{:>10.3f}{:>22}{:>9}{:>9}{:>9}{:>11}{:>12.2f}\n", cause.family,
                            static_cast<double>(cause.failures) * per_year, static_cast<double>(cause.with_loss) * per_year, text_of(lost),
                            percent(cause.lost_s.dark), percent(cause.lost_s.tripped), percent(cause.lost_s.shed),
                            percent(cause.lost_s.throttled), cause.unserved_J * per_year / 3.6e9);
    }
    double const year_h = years.accelerators * 8760.0;
    page += fmt::format("\nall together: {} accelerator-hours a year, availability {:.6f} (as everything off for {:.1f} h a year)\n",
                        text_of(all), 1.0 - all.value / year_h, 8760.0 * all.value / year_h);
    page += fmt::format(
        "+- is the standard error of the mean over the years. Besides, {:.2f} % of the accelerators are under repair at any time\n",
        100.0 * years.pooled_unavailability);
    page += causes.empty() ? "Nothing fails here: no unit has a life. Give them some, by kind, in power.reliability of the campus\n"
                           : "Kinds of units that are not listed have no life in the scenario, and never fail\n";
    return page;
}

} // namespace report

int availability(AvailabilityWords const& words)
{
    std::vector<Override> overrides;
    for (auto const& set : words.set) {
        overrides.push_back(parse_override(set));
    }
    if (!words.output.empty() && !words.force && std::filesystem::exists(words.output)) {
        throw InputErrors({{words.output, "", "exists (a result is never replaced silently); add --force or give another name with -o"}});
    }
    auto scenario = load_scenario(words.scenario, overrides);
    auto& b = scenario.buildout;
    b.seed = words.seed.value_or(b.seed);
    StopOnSignal const stop;
    std::vector<CampusYears> campuses;
    for (std::size_t c = 0; c < b.campuses.size() && !stop.asked(); ++c) {
        CountProgress progress(words.years, "years", words.quiet);
        campuses.push_back(years_of(b, id<Campus>(c), words.years, words.busy, [&](std::uint32_t done) {
            progress.done(done);
            return stop.asked();
        }));
    }
    for (std::size_t c = 0; c < campuses.size(); ++c) {
        fmt::print("{}{}", c > 0 ? "\n" : "", report::availability_page(campuses[c]));
    }
    if (stop.asked()) {
        fmt::print(stderr, "stopped; what is above are fewer years, and nothing was written\n");
        return 75;
    }
    if (!words.output.empty()) {
        write_years(words.output, b, campuses);
        fmt::print(stderr, "written to {}\nnext: scripts/plot_availability.py {}\n", words.output, words.output);
    }
    return 0;
}

} // namespace aidc
