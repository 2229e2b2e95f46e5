#include "sim/sweep/run_row.hpp"

#include "sim/record/summary.hpp"
#include "sim/record/tables.hpp"
#include "sim/run/bytes.hpp"
#include "sim/run/simulate.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace aidc {
namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// Watches one run, and keeps its summary and what each campus did each month.
class Watch final : public Observer {
  public:
    Watch(Buildout const& buildout, Detail detail)
        : buildout_(buildout), detail_(detail), ends_(month_ends(buildout)), before_(buildout.campuses.size())
    {
    }

    void row(World const& world, Tick, Tick to) override
    {
        if (flows_.size() < ends_.size() && to >= ends_[flows_.size()]) {
            close_month(world);
        }
    }
    void event(Event const&) override {}
    void finish(World const& world, Tick, Ending) override { summary_ = summary_of(buildout_, world, detail_); }

    /// Energy and water of a campus in a month, in the order of monthly_of() behind the live power.
    struct Month {
        double it_J{}, facility_J{}, make_up_kg{};
    };
    std::vector<std::vector<Month>> const& flows() const { return flows_; }
    std::vector<Figure> const& summary() const { return summary_; }

  private:
    void close_month(World const& world)
    {
        auto& month = flows_.emplace_back();
        for (std::size_t c = 0; c < before_.size(); ++c) {
            auto const& total = world.campus_books[id<Campus>(c)].total;
            Month const now{.it_J = total.it_J, .facility_J = facility_J(total), .make_up_kg = total.make_up_kg};
            month.push_back({.it_J = now.it_J - before_[c].it_J,
                             .facility_J = now.facility_J - before_[c].facility_J,
                             .make_up_kg = now.make_up_kg - before_[c].make_up_kg});
            before_[c] = now;
        }
    }

    Buildout const& buildout_;
    Detail detail_;
    std::vector<Tick> ends_;
    std::vector<Month> before_;
    std::vector<std::vector<Month>> flows_; ///< By month, then campus
    std::vector<Figure> summary_;
};

std::vector<double> figures_of(Buildout const& b, Watch const& watch, Digest const& digest)
{
    std::vector<double> figures;
    for (auto const& figure : watch.summary()) {
        figures.push_back(figure.value);
    }
    for (auto const& milestone : b.milestones) {
        figures.push_back(date_s(date_of(milestone, b, digest.as_built)));
    }
    PerTerm<double> share{}, solo{};
    for (auto const& hall : digest.hours) {
        for (std::size_t j = 0; j < term_count; ++j) {
            share[j] += hall.share_s[j] / hour_s;
            solo[j] += hall.solo_s[j] / hour_s;
        }
    }
    figures.insert(figures.end(), share.begin(), share.end());
    figures.insert(figures.end(), solo.begin(), solo.end());
    return figures;
}

/// The numbers of a run in the order of its own layout.
RunRow own_row(Buildout const& b, Detail detail, Watch const& watch, Digest const& digest)
{
    RunRow row{.figures = figures_of(b, watch, digest), .world_hash = digest.world_hash};
    row.monthly.resize(detail == Detail::operate ? 4 : 1);
    auto const ends = month_ends(b);
    for (std::size_t m = 0; m < ends.size(); ++m) {
        for (double const live_W : live_W_at(b, digest.as_built, ends[m])) {
            row.monthly[0].push_back(static_cast<float>(live_W));
        }
        for (std::size_t c = 0; detail == Detail::operate && c < b.campuses.size(); ++c) {
            auto const& month = watch.flows().at(m)[c];
            row.monthly[1].push_back(static_cast<float>(month.it_J));
            row.monthly[2].push_back(static_cast<float>(month.facility_J));
            row.monthly[3].push_back(static_cast<float>(month.make_up_kg));
        }
        for (double const share_s : digest.share_s_by_month.at(m)) {
            row.gate_h.push_back(static_cast<float>(share_s / hour_s));
        }
    }
    return row;
}

/// Where each entry of `from` stands in `to`.
template <class Value, class Same>
std::vector<std::size_t> places(std::vector<Value> const& from, std::vector<Value> const& to, Same const& same)
{
    std::vector<std::size_t> at;
    for (auto const& value : from) {
        auto const found = std::ranges::find_if(to, [&](Value const& other) { return same(value, other); });
        AIDC_EXPECT(found != to.end());
        at.push_back(static_cast<std::size_t>(found - to.begin()));
    }
    return at;
}

/// A row of a variant in the order of the sweep's layout.
RunRow fitted(RunRow const& own, Layout const& variant, Layout const& all)
{
    double const later_s = shift_s(all, variant);
    auto const figure_at = places(variant.figures, all.figures, [](auto const& a, auto const& b) { return a.name == b.name; });
    auto const campus_at = places(variant.campuses, all.campuses, std::equal_to<>());
    auto const month_at = places(variant.month_ends_s, all.month_ends_s, [&](double a, double b) { return a + later_s == b; });
    RunRow row = missing_row(all);
    row.world_hash = own.world_hash;
    for (std::size_t i = 0; i < own.figures.size(); ++i) {
        bool const is_date = variant.figures[i].units == date_units(variant);
        row.figures[figure_at[i]] = own.figures[i] + (is_date ? later_s : 0.0);
    }
    for (std::size_t m = 0; m < month_at.size(); ++m) {
        for (std::size_t s = 0; s < own.monthly.size(); ++s) {
            for (std::size_t c = 0; c < campus_at.size(); ++c) {
                row.monthly[s][month_at[m] * all.campuses.size() + campus_at[c]] = own.monthly[s][m * campus_at.size() + c];
            }
        }
        for (std::size_t j = 0; j < term_count; ++j) {
            row.gate_h[month_at[m] * term_count + j] = own.gate_h[m * term_count + j];
        }
    }
    return row;
}

} // namespace

RunRow missing_row(Layout const& layout)
{
    auto const months = layout.month_ends_s.size();
    return {.figures = std::vector<double>(layout.figures.size(), std::numeric_limits<double>::quiet_NaN()),
            .monthly = std::vector(monthly_of(layout).size(), std::vector<float>(months * layout.campuses.size(), none)),
            .gate_h = std::vector<float>(months * term_count, none)};
}

RunRow run_row(PlannedScenario const& planned, std::uint32_t replicate, Layout const& layout)
{
    auto const& b = planned.scenario.buildout;
    auto const detail = layout.operate ? Detail::operate : Detail::build;
    Watch watch(b, detail);
    auto const digest = simulate(b, planned.plan, {.replicate = replicate, .detail = detail}, watch);
    auto const row = own_row(b, detail, watch, digest);
    auto const own = layout_of(b, detail);
    return own == layout ? row : fitted(row, own, layout);
}

std::string to_bytes(RunRow const& row)
{
    std::string bytes;
    put(bytes, row.figures);
    put(bytes, row.monthly);
    put(bytes, row.gate_h);
    put_value(bytes, row.world_hash);
    return bytes;
}

RunRow run_row_from_bytes(std::string_view bytes)
{
    RunRow row;
    row.figures = take<double>(bytes);
    row.monthly = take_tables<float>(bytes);
    row.gate_h = take<float>(bytes);
    row.world_hash = take_value<std::uint64_t>(bytes);
    return row;
}

} // namespace aidc
