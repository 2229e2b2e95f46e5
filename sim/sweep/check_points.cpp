#include "sim/sweep/check_points.hpp"

#include "sim/run/bytes.hpp"
#include "sim/run/pool.hpp"
#include "sim/run/progress.hpp"
#include "sim/run/stop.hpp"
#include "sim/sweep/point_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace aidc {
namespace {

constexpr std::size_t chunk = 32;      ///< Points that one child checks
constexpr std::size_t most_shown = 12; ///< Problems of invalid points

/// What a child says of one point.
struct CheckedPoint {
    std::vector<Problem> problems;
    Layout layout;
    std::vector<InputFile> inputs;
};

void put_text(std::string& bytes, std::string const& text)
{
    put_value(bytes, static_cast<std::uint64_t>(text.size()));
    bytes += text;
}

std::string take_text(std::string_view& bytes)
{
    auto const size = take_value<std::uint64_t>(bytes);
    std::string text(bytes.substr(0, size));
    bytes.remove_prefix(size);
    return text;
}

/// Appends a list of structs, each by its texts.
template <class Row, class Texts> void put_rows(std::string& bytes, std::vector<Row> const& rows, Texts const& texts)
{
    put_value(bytes, static_cast<std::uint64_t>(rows.size()));
    for (auto const& row : rows) {
        for (auto const text : texts) {
            put_text(bytes, row.*text);
        }
    }
}

template <class Row, class Texts> std::vector<Row> take_rows(std::string_view& bytes, Texts const& texts)
{
    std::vector<Row> rows(take_value<std::uint64_t>(bytes));
    for (auto& row : rows) {
        for (auto const text : texts) {
            row.*text = take_text(bytes);
        }
    }
    return rows;
}

constexpr std::array problem_texts{&Problem::where, &Problem::pointer, &Problem::message};
constexpr std::array column_texts{&Column::name, &Column::units, &Column::text};
constexpr std::array input_texts{&InputFile::path, &InputFile::sha256};

void put_point(std::string& bytes, CheckedPoint const& point)
{
    put_rows(bytes, point.problems, problem_texts);
    put_text(bytes, point.layout.start);
    put_value(bytes, point.layout.operate);
    put_rows(bytes, point.layout.figures, column_texts);
    put_value(bytes, static_cast<std::uint64_t>(point.layout.campuses.size()));
    for (auto const& campus : point.layout.campuses) {
        put_text(bytes, campus);
    }
    put(bytes, point.layout.month_ends_s);
    put_rows(bytes, point.inputs, input_texts);
}

CheckedPoint take_point(std::string_view& bytes)
{
    CheckedPoint point;
    point.problems = take_rows<Problem>(bytes, problem_texts);
    point.layout.start = take_text(bytes);
    point.layout.operate = take_value<bool>(bytes);
    point.layout.figures = take_rows<Column>(bytes, column_texts);
    point.layout.campuses.resize(take_value<std::uint64_t>(bytes));
    for (auto& campus : point.layout.campuses) {
        campus = take_text(bytes);
    }
    point.layout.month_ends_s = take<double>(bytes);
    point.inputs = take_rows<InputFile>(bytes, input_texts);
    return point;
}

CheckedPoint check(PointMaker& maker, std::size_t point, Detail detail)
{
    try {
        auto scenario = maker.scenario(point);
        return {.problems = {}, .layout = layout_of(scenario.buildout, detail), .inputs = std::move(scenario.inputs)};
    }
    catch (InputErrors const& errors) {
        return {.problems = errors.problems(), .layout = {}, .inputs = {}};
    }
}

/// Adds what a point has more than those before it.
void add(CheckedPoint const& point, std::size_t index, CheckedPoints& all)
{
    if (all.layout.start.empty()) {
        all.layout = point.layout;
        all.inputs = point.inputs;
        all.first_valid = index;
        return;
    }
    if (point.layout != all.layout) {
        merge(all.layout, point.layout);
    }
    for (auto const& input : point.inputs) {
        if (std::ranges::find(all.inputs, input.path, &InputFile::path) == all.inputs.end()) {
            all.inputs.push_back(input);
        }
    }
}

/// Complaints about invalid points: each once, with the first point that has it.
class Complaints {
  public:
    Complaints(SweepSpec const& spec, Points const& points) : spec_(spec), points_(points) {}

    void add(std::size_t point, std::vector<Problem> const& problems)
    {
        ++count_;
        for (auto problem : problems) {
            problem.where = problem.where == "--set" && is_varied(problem.pointer) ? "--vary" : problem.where;
            auto const known = std::ranges::find(shown_, problem);
            if (known != shown_.end()) {
                ++times_[static_cast<std::size_t>(known - shown_.begin())];
            }
            else if (shown_.size() < most_shown) {
                shown_.push_back(problem);
                times_.push_back(1);
                first_.push_back(point);
            }
        }
    }

    [[noreturn]] void raise() &&
    {
        for (std::size_t i = 0; i < shown_.size(); ++i) {
            shown_[i].message += fmt::format("  [point {}: {}{}]", first_[i], words_of(points_, first_[i]),
                                             times_[i] > 1 ? fmt::format("; and {} more points", times_[i] - 1) : "");
        }
        shown_.push_back({spec_.scenario, "",
                          fmt::format("{} of {} points are no valid scenarios (a sweep with holes is seldom meant); mend the ranges, or "
                                      "plan with --keep-invalid, and they are recorded as failed",
                                      count_, points_.size())});
        throw InputErrors(std::move(shown_));
    }
    std::size_t count() const { return count_; }

  private:
    bool is_varied(std::string const& pointer) const
    {
        return std::ranges::any_of(points_.parameters,
                                   [&](Parameter const& p) { return std::ranges::find(p.pointers, pointer) != p.pointers.end(); });
    }

    SweepSpec const& spec_;
    Points const& points_;
    std::size_t count_ = 0;
    std::vector<Problem> shown_;
    std::vector<std::size_t> times_, first_; ///< By shown problem: points that have it, and the first of them
};

} // namespace

CheckedPoints check_points(PointMaker& maker, SweepSpec const& spec, Points const& points, PlanOptions const& options)
{
    auto const detail = spec.operate ? Detail::operate : Detail::build;
    auto const first = check(maker, 0, detail); // and children find read what points have in common
    CheckedPoints all;
    Complaints complaints(spec, points);
    std::size_t const chunks = (points.size() + chunk - 1) / chunk;
    CountProgress progress(points.size(), "points checked", options.quiet);
    auto const work = [&](std::size_t c) {
        std::string bytes;
        for (std::size_t i = c * chunk; i < std::min(points.size(), (c + 1) * chunk); ++i) {
            put_point(bytes, i == 0 ? first : check(maker, i, detail));
        }
        return bytes;
    };
    auto const take = [&](std::size_t c, FromChild const& result) {
        if (result.error) {
            throw std::runtime_error("checking points: " + *result.error);
        }
        std::string_view bytes = result.bytes;
        for (std::size_t i = c * chunk; i < std::min(points.size(), (c + 1) * chunk); ++i) {
            auto const point = take_point(bytes);
            point.problems.empty() ? add(point, i, all) : complaints.add(i, point.problems);
        }
        progress.done(std::min(points.size(), (c + 1) * chunk));
    };
    for_each_in_children({.count = chunks, .jobs = options.jobs}, work, take);
    all.invalid = complaints.count();
    if (all.invalid > 0 && (!spec.keep_invalid || all.invalid == points.size())) {
        std::move(complaints).raise();
    }
    return all;
}

} // namespace aidc
