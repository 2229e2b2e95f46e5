#include "sim/sweep/points.hpp"

#include "models/study/sampling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aidc {
namespace {

constexpr std::size_t most_points = 10'000'000;

bool needs_n(Sampling sampling) { return sampling != Sampling::grid && sampling != Sampling::list; }

std::string_view word_of(Sampling sampling) { return samplings[static_cast<std::size_t>(sampling)].first; }

/// Points of a sampling that needs N.
double size_of(SweepSpec const& spec)
{
    double const n = spec.points, d = static_cast<double>(spec.vary.size());
    return spec.sampling == Sampling::morris ? n * (d + 1.0) : spec.sampling == Sampling::saltelli ? n * (d + 2.0) : n;
}

void check_lists(SweepSpec const& spec, std::vector<Parameter> const& parameters, std::vector<Problem>& problems)
{
    auto const complain = [&problems](Parameter const& p, std::string message) {
        problems.push_back({"--vary", p.pointers.front(), std::move(message)});
    };
    double combinations = 1.0;
    for (auto const& p : parameters) {
        combinations *= static_cast<double>(p.values.size());
        if (p.is_range()) {
            complain(p, fmt::format("is a range without steps, which {} cannot take; write lo:hi:n, or choose --sample lhs:N",
                                    word_of(spec.sampling)));
        }
        else if (spec.sampling == Sampling::list && p.values.size() != parameters.front().values.size()) {
            complain(p, fmt::format("has {} values where {} has {}; a list takes first values together, second values together, ...",
                                    p.values.size(), parameters.front().name, parameters.front().values.size()));
        }
    }
    if (spec.sampling == Sampling::grid && combinations > static_cast<double>(most_points)) {
        problems.push_back(
            {"--vary", "",
             fmt::format("make {:g} combinations (at most {} points); take fewer values, or --sample lhs:N", combinations, most_points)});
    }
}

void check_n(SweepSpec const& spec, std::vector<Problem>& problems)
{
    auto const complain = [&problems](std::string message) { problems.push_back({"--sample", "", std::move(message)}); };
    if (spec.points == 0) {
        complain(fmt::format("{0} needs a number of points, e.g. {0}:100", word_of(spec.sampling)));
    }
    else if (size_of(spec) > static_cast<double>(most_points)) {
        complain(fmt::format("makes {:.0f} points (at most {}); ask for fewer", size_of(spec), most_points));
    }
    std::size_t const dimensions = spec.vary.size() * (spec.sampling == Sampling::saltelli ? 2 : 1);
    bool const by_sobol = spec.sampling == Sampling::sobol || spec.sampling == Sampling::saltelli;
    if (by_sobol && dimensions > most_sobol_dimensions) {
        complain(fmt::format("{} has directions for {} dimensions and this needs {}; vary fewer, or choose lhs", word_of(spec.sampling),
                             most_sobol_dimensions, dimensions));
    }
}

/// Two parameters that set the same place, or bear the same name.
void check_names(std::vector<Parameter> const& parameters, std::vector<Problem>& problems)
{
    std::vector<std::string> names, pointers;
    for (auto const& p : parameters) {
        // Each parameter has the columns NAME and NAME_text in /point of index.h5, beside these two.
        if (p.name == "point" || p.name == "manifest" || std::ranges::find(names, p.name + "_text") != names.end()
            || (p.name.ends_with("_text") && std::ranges::find(names, p.name.substr(0, p.name.size() - 5)) != names.end())) {
            problems.push_back({"--vary", p.pointers.front(),
                                fmt::format("has the name {}, which another column of the results has; write NAME:/pointer=...", p.name)});
        }
        if (std::ranges::find(names, p.name) != names.end()) {
            problems.push_back(
                {"--vary", p.pointers.front(), fmt::format("has the name {} of another parameter; write NAME:/pointer=...", p.name)});
        }
        names.push_back(p.name);
        for (auto const& pointer : p.pointers) {
            if (std::ranges::find(pointers, pointer) != pointers.end()) {
                problems.push_back({"--vary", pointer, "is varied twice (only one would count); remove one"});
            }
            pointers.push_back(pointer);
        }
    }
}

std::vector<std::string> grid_values(std::vector<Parameter> const& parameters)
{
    std::size_t count = 1;
    for (auto const& p : parameters) {
        count *= p.values.size();
    }
    std::vector<std::string> values;
    for (std::size_t point = 0; point < count; ++point) {
        std::size_t below = count, rest = point; // the last parameter runs fastest
        for (auto const& p : parameters) {
            below /= p.values.size();
            values.push_back(p.values[rest / below]);
            rest %= below;
        }
    }
    return values;
}

std::vector<std::string> list_values(std::vector<Parameter> const& parameters)
{
    std::vector<std::string> values;
    for (std::size_t i = 0; !parameters.empty() && i < parameters.front().values.size(); ++i) {
        for (auto const& p : parameters) {
            values.push_back(p.values[i]);
        }
    }
    return values;
}

UnitPoints unit_points(SweepSpec const& spec, std::size_t dimensions)
{
    switch (spec.sampling) {
    case Sampling::random:
        return random_points(spec.points, dimensions, spec.sample_seed);
    case Sampling::lhs:
        return latin_hypercube(spec.points, dimensions, spec.sample_seed);
    case Sampling::sobol:
        return sobol_points(spec.points, dimensions, spec.sample_seed);
    case Sampling::morris:
        return morris_trajectories(spec.points, dimensions, spec.sample_seed);
    case Sampling::saltelli:
        return saltelli_points(spec.points, dimensions, spec.sample_seed);
    case Sampling::grid:
    case Sampling::list:
        break;
    }
    return {};
}

/// A field as CSV has it.
std::string field(std::string const& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos) {
        return text;
    }
    std::string out = "\"";
    for (char const c : text) {
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return out + "\"";
}

} // namespace

Points make_points(SweepSpec const& spec)
{
    std::vector<Problem> problems;
    Points points;
    for (auto const& text : spec.vary) {
        try {
            points.parameters.push_back(parse_vary(text));
        }
        catch (InputErrors const& errors) {
            problems.insert(problems.end(), errors.problems().begin(), errors.problems().end());
        }
    }
    check_names(points.parameters, problems);
    for (auto const& p : points.parameters) {
        auto const repeated = spec.sampling == Sampling::list ? "" : repeated_value(p);
        if (!repeated.empty()) {
            problems.push_back({"--vary", p.pointers.front(), "has " + repeated + " twice in its list; remove one"});
        }
    }
    needs_n(spec.sampling) ? check_n(spec, problems) : check_lists(spec, points.parameters, problems);
    if (needs_n(spec.sampling) && spec.vary.empty()) {
        problems.push_back({"--sample", "", fmt::format("{} needs something to vary; add --vary /pointer=lo:hi", word_of(spec.sampling))});
    }
    if (!problems.empty()) {
        throw InputErrors(std::move(problems));
    }
    if (!needs_n(spec.sampling)) {
        points.values =
            spec.sampling == Sampling::grid && !points.parameters.empty() ? grid_values(points.parameters) : list_values(points.parameters);
        return points;
    }
    points.unit = unit_points(spec, points.parameters.size());
    for (std::size_t i = 0; i < points.unit.size(); ++i) {
        auto const row = points.unit.point(i);
        for (std::size_t j = 0; j < points.parameters.size(); ++j) {
            points.values.push_back(value_at(points.parameters[j], row[j]));
        }
    }
    return points;
}

std::vector<Override> overrides_of(SweepSpec const& spec, Points const& points, std::size_t point)
{
    std::vector<Override> overrides;
    for (auto const& set : spec.set) {
        overrides.push_back(parse_override(set));
    }
    for (std::size_t j = 0; j < points.parameters.size(); ++j) {
        for (auto const& pointer : points.parameters[j].pointers) {
            overrides.push_back({.pointer = pointer, .value = points.value(point, j)});
        }
    }
    return overrides;
}

std::string points_csv(Points const& points)
{
    std::string csv = "point";
    for (auto const& p : points.parameters) {
        csv += "," + p.name;
    }
    csv += "\n";
    for (std::size_t i = 0; i < points.size(); ++i) {
        csv += std::to_string(i);
        for (std::size_t j = 0; j < points.parameters.size(); ++j) {
            csv += "," + field(points.value(i, j));
        }
        csv += "\n";
    }
    return csv;
}

} // namespace aidc
