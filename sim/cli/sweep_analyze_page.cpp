#include "sim/cli/sweep_analyze_page.hpp"

#include "sim/analyze/levels.hpp"
#include "sim/cli/show_page.hpp"
#include "sim/cli/sweep_shown.hpp"
#include "sim/run/shell_word.hpp"
#include "sim/sweep/point_words.hpp"

#include <numeric>

namespace aidc::report {
namespace {

constexpr std::size_t most_listed = 6; ///< Values of a parameter
constexpr std::size_t strongest = 2;   ///< Parameters of which the response is printed
constexpr double wide = 0.2;           ///< Of an interval of an index

std::string count(std::size_t n) { return grouped(static_cast<double>(n)); }

/// What the printing of one sweep needs again and again.
struct Told {
    Sweep const& sweep;
    Analysis const& analysis;
    Dates dates;
    Sampling sampling;
    Page page{};

    Parameter const& parameter(std::size_t j) const { return sweep.points.parameters[j]; }
    Shown shown(AnalyzedOutput const& output) const { return {output, dates, output.study.all}; }
};

std::string values_of(Parameter const& p)
{
    if (p.is_range()) {
        bool const days = p.kind == Parameter::Kind::days;
        return level_label(p, p.from, p.to) + (p.log ? " by logarithm" : days ? ", any day" : "");
    }
    std::string words;
    for (std::size_t k = 0; k < p.values.size(); ++k) {
        if (p.values.size() > most_listed && k == most_listed - 1) {
            return fmt::format("{}, ... {} ({} values)", words, short_value(p, p.values.back()), p.values.size());
        }
        words += (k > 0 ? ", " : "") + short_value(p, p.values[k]);
    }
    return words;
}

void print_head(Told& t)
{
    auto const& spec = t.sweep.manifest.sweep;
    t.page.line("{}: {} points ({}) x {} replicates of {}, detail {}", t.sweep.folder.string(), count(t.sweep.points.size()),
                samplings[static_cast<std::size_t>(t.sampling)].first, spec.replicates, spec.scenario, spec.operate ? "operate" : "build");
    auto const there = t.sweep.runs() - t.analysis.missing - t.analysis.failed;
    t.page.line("  {} of {} runs are there{}", count(there), count(t.sweep.runs()),
                t.analysis.complete() ? ""
                                      : fmt::format("; {} missing and {} failed are left out of everything below",
                                                    count(t.analysis.missing), count(t.analysis.failed)));
    if (!t.analysis.complete()) {
        t.page.line("  see: aidcsim sweep status {}", shell_word(t.sweep.folder.string()));
    }
    for (std::size_t j = 0; j < t.sweep.points.parameters.size(); ++j) {
        auto const& p = t.parameter(j);
        t.page.wrapped("  ", fmt::format("{}: {} at {}{}", p.name, values_of(p), p.pointers.front(),
                                         p.pointers.size() > 1 ? fmt::format(" and {} more places", p.pointers.size() - 1) : ""));
    }
}

/// A name at the left of a table; one that is too long has a line of its own.
std::string left(Page& page, std::string const& name, std::size_t width)
{
    if (name.size() + 1 < width) {
        return fmt::format("{:<{}}", name, width);
    }
    page.line("{}", name);
    return std::string(width, ' ');
}

void print_constant(Told& t)
{
    std::string same, nothing;
    for (auto const& output : t.analysis.outputs) {
        auto const& all = output.study.all;
        if (!all.varies()) {
            auto const shown = t.shown(output);
            auto& words = all.reached + all.never > 0 ? same : nothing;
            auto const unit = shown.unit().empty() ? "" : " " + shown.unit();
            words += (words.empty() ? "" : ", ") + output.text + (&words == &same ? " " + shown.value(all.p50) + unit : "");
        }
    }
    if (!same.empty()) {
        t.page.wrapped("  ", "The same everywhere, and left out below: " + same);
    }
    if (!nothing.empty()) {
        t.page.wrapped("  ", "Without any value: " + nothing);
    }
}

void print_quantiles(Told& t)
{
    constexpr std::size_t width = 28;
    bool const some = std::ranges::any_of(t.analysis.outputs, [](AnalyzedOutput const& output) { return output.study.all.varies(); });
    if (some) {
        t.page.heading("{:<28}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}{:>6}", "Over all runs", "mean", "P5", "P10", "P50", "P80", "P90",
                       "never");
    }
    else {
        t.page.heading("Over all runs");
    }
    bool never = false, points = false;
    for (auto const& output : t.analysis.outputs) {
        auto const& all = output.study.all;
        if (!all.varies()) {
            continue;
        }
        auto const shown = t.shown(output);
        auto const name = left(t.page, "  " + shown.title(output.text) + (output.of_points ? " *" : ""), width);
        t.page.line("{}{:>11}{:>11}{:>11}{:>11}{:>11}{:>11}{:>6}", name, shown.value(all.mean), shown.value(all.p5), shown.value(all.p10),
                    shown.value(all.p50), shown.value(all.p80), shown.value(all.p90), all.never > 0 ? count(all.never) : "");
        auto const without = all.absent - (output.of_points ? 0 : t.analysis.missing + t.analysis.failed);
        if (without > 0) {
            t.page.line("    {} {} have no value", count(without), output.of_points ? "points" : "runs");
        }
        never = never || all.never > 0;
        points = points || output.of_points;
    }
    if (never) {
        t.page.line("  never: not reached before the end; later than any date in quantiles, left out of every mean");
    }
    if (points) {
        t.page.line("  *: over the points; each is that statistic over its replicates");
    }
    print_constant(t);
}

std::string at_level(Told const& t, std::size_t j, StudyLevel const& level, Shown const& shown)
{
    return fmt::format("{} at {}", shown.value(level.output.mean), level_middle(t.parameter(j), level.from, level.to));
}

/// Is the output the same at every level, and always reached?
bool is_flat(StudyResponse const& response)
{
    return response.swing == 0.0 && std::ranges::none_of(response.levels, [](StudyLevel const& level) { return level.output.never > 0; });
}

/// "0-75": least and greatest share of a level that was not reached [%].
std::string never_shares(StudyResponse const& response)
{
    double least = 1.0, greatest = 0.0;
    for (auto const& level : response.levels) {
        auto const all = static_cast<double>(level.output.reached + level.output.never);
        if (all > 0.0) {
            least = std::min(least, static_cast<double>(level.output.never) / all);
            greatest = std::max(greatest, static_cast<double>(level.output.never) / all);
        }
    }
    return fmt::format("{:.0f}-{:.0f}", 100.0 * least, 100.0 * greatest);
}

void print_tornado(Told& t, AnalyzedOutput const& output)
{
    auto const shown = t.shown(output);
    bool const never = output.study.all.never > 0;
    t.page.line("  {:<19}{:<25}{:<25}{:>11}{:>7}{:>9}", "parameter", "least mean", "greatest mean", shown.difference_title("swing"), "rho",
                never ? "never%" : "");
    for (auto const j : output.study.by_swing) {
        auto const& response = output.study.responses[j];
        bool const ordered = level_scale(t.parameter(j)) != LevelScale::text;
        bool const same = is_flat(response);
        auto const least = same ? "the same at every level" : fitted(at_level(t, j, response.levels[response.lowest], shown), 24);
        auto const greatest = same ? "" : fitted(at_level(t, j, response.levels[response.highest], shown), 24);
        t.page.line("  {:<19}{:<25}{:<25}{:>11}{:>7}{:>9}", fitted(t.parameter(j).name, 18), least, greatest,
                    shown.difference(response.swing), ordered && !std::isnan(response.rho) ? fmt::format("{:+.2f}", response.rho) : "-",
                    never ? never_shares(response) : "");
    }
    if (never) {
        t.page.wrapped("  ",
                       "never%: share not reached by level, least to greatest. Where it grows, means are too early and swings too small.");
    }
}

void print_response(Told& t, AnalyzedOutput const& output, std::size_t j)
{
    auto const shown = t.shown(output);
    auto const& levels = output.study.responses[j].levels;
    if (is_flat(output.study.responses[j])) {
        return; // the same at every level
    }
    bool const never = std::ranges::any_of(levels, [](StudyLevel const& level) { return level.output.never > 0; });
    t.page.line("  by {:<32}{:>12}{:>12}{:>12}{:>12}{:>8}{:>7}", fitted(t.parameter(j).name, 31), "mean", "P10", "P50", "P90",
                output.of_points ? "points" : "runs", never ? "never" : "");
    for (auto const& level : levels) {
        auto const& d = level.output;
        t.page.line("     {:<30}{:>12}{:>12}{:>12}{:>12}{:>8}{:>7}", fitted(level_label(t.parameter(j), level.from, level.to), 29),
                    shown.value(d.mean), shown.value(d.p10), shown.value(d.p50), shown.value(d.p90), count(d.reached + d.never),
                    d.never > 0 ? count(d.never) : "");
    }
}

/// What an index or an effect does not take in.
void print_used(Told& t, std::size_t used, char const* rows)
{
    auto const all = static_cast<std::size_t>(t.sweep.manifest.sweep.points);
    if (used < all) {
        t.page.wrapped("  ",
                       fmt::format("{} of {} {} are left out: a run is missing, or a date was not reached. If that is the parameters' "
                                   "doing, the rest is no fair sample.",
                                   all - used, all, rows));
    }
}

void print_morris(Told& t, AnalyzedOutput const& output)
{
    auto const shown = t.shown(output);
    auto const& morris = *output.study.morris;
    t.page.line("  {:<34}{:>12}  {:<24}{:>12}{:>12}", shown.difference_title("effect over the whole range"), "mu*", "(95 % interval)", "mu",
                "sigma");
    std::vector<std::size_t> order(morris.effects.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t j) { return std::isnan(morris.effects[j].mu_star) ? -1.0 : morris.effects[j].mu_star; });
    for (auto const j : order) {
        auto const& e = morris.effects[j];
        t.page.line("  {:<34}{:>12}  {:<24}{:>12}{:>12}", fitted(t.parameter(j).name, 33), shown.difference(e.mu_star),
                    fmt::format("({} ... {})", shown.difference(e.mu_star_95.low), shown.difference(e.mu_star_95.high)),
                    shown.difference(e.mu), shown.difference(e.sigma));
    }
    print_used(t, morris.used, "trajectories");
}

void print_sobol(Told& t, AnalyzedOutput const& output)
{
    auto const& sobol = *output.study.sobol;
    t.page.line("  {:<30}{:>8}  {:<22}{:>12}  {:<22}", "share of the variance [%]", "alone", "(95 % interval)", "with others",
                "(95 % interval)");
    std::vector<std::size_t> order(sobol.indices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t j) { return std::isnan(sobol.indices[j].total) ? -1.0 : sobol.indices[j].total; });
    auto const share = [](double value) { return std::isnan(value) ? std::string("-") : fmt::format("{:.1f}", 100.0 * value); };
    auto const between = [&](Interval const& i) { return fmt::format("({} ... {})", share(i.low), share(i.high)); };
    double alone = 0.0, widest = 0.0;
    for (auto const j : order) {
        auto const& index = sobol.indices[j];
        alone += index.first;
        widest = std::max(widest, index.total_95.high - index.total_95.low);
        t.page.line("  {:<30}{:>8}  {:<22}{:>12}  {:<22}", fitted(t.parameter(j).name, 29), share(index.first), between(index.first_95),
                    share(index.total), between(index.total_95));
    }
    if (!std::isnan(alone)) {
        auto const explained = std::clamp(alone, 0.0, 1.0);
        t.page.wrapped("  ", fmt::format("Single parameters explain {:.0f} % of the variance; the other {:.0f} % come of several at once "
                                         "(interactions{}).",
                                         100.0 * explained, 100.0 * (1.0 - explained),
                                         t.sweep.manifest.sweep.streams == PointStreams::own ? ", and scatter of the draws" : ""));
    }
    if (widest > wide) {
        t.page.wrapped("  ", "The intervals are wide: plan more base points (--sample saltelli:N) before you rely on these shares.");
    }
    print_used(t, sobol.used, "base points");
}

void print_output(Told& t, AnalyzedOutput const& output)
{
    auto const shown = t.shown(output);
    t.page.heading("{}{}", shown.title(output.text), output.words.empty() ? "" : ": " + output.words);
    if (output.study.morris) {
        print_morris(t, output);
        return;
    }
    if (output.study.sobol) {
        print_sobol(t, output);
    }
    print_tornado(t, output);
    for (std::size_t k = 0; k < std::min(strongest, output.study.by_swing.size()); ++k) {
        print_response(t, output, output.study.by_swing[k]);
    }
}

/// How to read what follows.
void print_notes(Told& t)
{
    auto const& parameters = t.sweep.points.parameters;
    if (t.sampling == Sampling::list && parameters.size() > 1) {
        t.page.heading("Parameters of a list move together: what one of them seems to do may be another's doing.");
    }
    if (t.sampling == Sampling::morris) {
        bool const lists = std::ranges::any_of(parameters, [](Parameter const& p) { return !p.is_range(); });
        t.page.heading("mu*: how much a parameter matters; mu: which way; sigma large: it depends on the others, or bends.");
        if (lists) {
            t.page.line("A list of values is taken as a range from its first to its last value, in even steps.");
        }
    }
    if (parameters.size() > strongest && t.sampling != Sampling::morris) {
        t.page.heading("By level: the two parameters with the largest swing; all are in analysis.h5 and --json.");
    }
}

/// One line a point: what it was sorted by, its measures, its values.
void print_best(Told& t, std::size_t most)
{
    auto const& a = t.analysis;
    auto const& ranking = *a.ranking;
    bool const nearest = ranking.meeting == 0;
    auto const points = count(t.sweep.points.size());
    t.page.heading("{}", a.conditions.empty() ? "Best points"
                         : nearest            ? fmt::format("None of {} points meets every condition; nearest ones", points)
                                              : fmt::format("Best points: {} of {} meet every condition", count(ranking.meeting), points));
    std::vector<std::pair<AnalyzedOutput const*, Shown>> columns;
    auto head = fmt::format("  {:>7}", "point");
    if (a.objective) {
        auto const& output = a.outputs[*a.objective];
        auto const& column = columns.emplace_back(&output, Shown(output, t.dates, distribution_of(output.by_point)));
        t.page.line("  {}: {}", a.minimize ? "least" : "greatest", column.second.title(output.text));
        head += fmt::format("{:>13}", a.minimize ? "least" : "greatest");
    }
    for (std::size_t c = 0; c < a.conditions.size(); ++c) {
        auto const& condition = a.conditions[c];
        auto const& column =
            columns.emplace_back(&condition.output, Shown(condition.output, t.dates, distribution_of(condition.output.by_point)));
        t.page.line("  ({}): {} {} {}", c + 1, column.second.title(condition.output.text),
                    condition.at_most ? "<=" : ">=", column.second.value(condition.bound));
        head += fmt::format("{:>13}", fmt::format("({})", c + 1));
    }
    t.page.line("{}", head);
    auto const shown = std::min(most, nearest ? ranking.points.size() : ranking.meeting);
    for (std::size_t k = 0; k < shown; ++k) {
        auto const point = ranking.points[k].point;
        auto line = fmt::format("  {:>7}", point);
        for (auto const& [output, column] : columns) {
            line += fmt::format("{:>13}", column.value(output->by_point[point]));
        }
        std::string words;
        for (std::size_t j = 0; j < t.sweep.points.parameters.size(); ++j) {
            words +=
                fmt::format("{}{}={}", j > 0 ? ", " : "", t.parameter(j).name, short_value(t.parameter(j), t.sweep.points.value(point, j)));
        }
        if (a.runs_there[point] < t.sweep.manifest.sweep.replicates) {
            words += fmt::format("; {} of {} runs", a.runs_there[point], t.sweep.manifest.sweep.replicates);
        }
        if (line.size() + 3 + words.size() <= page_width) {
            t.page.line("{}   {}", line, words);
        }
        else {
            t.page.line("{}", line);
            t.page.wrapped("           ", words);
        }
    }
    if (ranking.absent > 0) {
        t.page.line("  {} of those that meet them have no value to sort by and stand last", count(ranking.absent));
    }
}

/// The command that runs the best point alone; each --set on a line of its own.
std::string command(Sweep const& sweep, std::size_t point)
{
    auto const first = point * sweep.manifest.sweep.replicates;
    auto words = command_of(sweep.manifest.sweep, sweep.points, point, sweep.stream(first), sweep.scenario().string());
    for (auto at = words.find(" --set "); at != std::string::npos; at = words.find(" --set ", at + 12)) {
        words.replace(at, 1, " \\\n      ");
    }
    return words;
}

} // namespace

std::string page(Sweep const& sweep, Analysis const& analysis, std::size_t best)
{
    Told t{.sweep = sweep,
           .analysis = analysis,
           .dates = dates_since(date_units(sweep.manifest.layout)),
           .sampling = sweep.manifest.sweep.sampling};
    print_head(t);
    print_quantiles(t);
    if (!sweep.points.parameters.empty()) {
        for (auto const& output : analysis.outputs) {
            if (output.study.all.varies()) {
                print_output(t, output);
            }
        }
        print_notes(t);
    }
    if (!analysis.ranking) {
        return t.page.take();
    }
    print_best(t, best);
    auto const alone = analysis.ranking->meeting > 0 || analysis.conditions.empty() ? "the best alone" : "the nearest alone";
    return fmt::format("{}\n  {}, replicate 0:\n    {}", t.page.take(), alone, command(sweep, analysis.ranking->points.front().point));
}

} // namespace aidc::report
