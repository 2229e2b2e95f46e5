#include "small_run.hpp"

#include "tests/catch.hpp"

#include <algorithm>

using namespace aidc;
using namespace aidc::testing;

namespace {

Buildout langfang() { return load_scenario(std::filesystem::path(AIDC_SOURCE_DIR) / "scenarios/langfang_2026.json").buildout; }

Prepared planned(Buildout buildout)
{
    auto plan = make_plan(buildout);
    return {.buildout = std::move(buildout), .plan = std::move(plan)};
}

/// Date [days] at which the last hall is complete in the median run, with one thing changed.
double complete_day(std::function<void(Buildout&)> const& change)
{
    auto buildout = langfang();
    change(buildout);
    Prepared const prepared{.buildout = buildout, .plan = {}};
    return run_and_pick(prepared, {.draws = Draws::median, .detail = Detail::build}, [&](World const& world, Tick) {
        Tick last = 0;
        for (std::size_t h = 0; h < buildout.halls.size(); ++h) {
            last = std::max(last, complete_date(buildout, world, h));
        }
        return std::vector<double>{seconds(last) / day_s};
    })[0];
}

Activity& activity(Buildout& buildout, std::string const& name)
{
    auto const found = std::ranges::find(buildout.activities, name, &Activity::name);
    REQUIRE(found != buildout.activities.end());
    return *found;
}

} // namespace

TEST_CASE("Langfang is built of what its description names: halls, cabinets, chips, gensets, tranches", "[process][langfang]")
{
    auto const b = langfang();
    CHECK(b.buildings.size() == 2);
    CHECK(b.halls.size() == 8);
    double h200 = 0.0;
    double ascend = 0.0;
    for (auto const& hall : b.halls) {
        CHECK(hall.design_W == 12e6);
        CHECK(hall.positions == 340);
        for (auto const& line : hall.lines) {
            auto const& kind = b.kinds[line.kind.row];
            CHECK(budget_W(kind) >= 20e3);
            CHECK(budget_W(kind) <= 50e3);
            h200 += kind.name == "h200" ? static_cast<double>(line.racks) * accelerators(kind) : 0.0;
            ascend += kind.name == "cm384" ? static_cast<double>(line.racks) * accelerators(kind) : 0.0;
        }
    }
    CHECK(h200 == 20016.0);   // 20,000 in whole racks of 24
    CHECK(ascend == 36096.0); // 36,000 in whole supernodes of 384
    CHECK(b.groups[b.campuses[0].gensets.row].units == 60);
    std::vector<double> tranches;
    for (auto const& a : b.activities) {
        for (auto const& grant : a.grants) {
            if (grant.campus) {
                tranches.push_back(grant.amount);
            }
        }
    }
    CHECK(tranches == std::vector<double>{40e6, 40e6, 40e6});
}

TEST_CASE("at least four terms hold up planned accelerator-hours at Langfang", "[process][langfang]")
{
    auto const prepared = planned(langfang());
    auto const shares = run_and_pick(prepared, {.detail = Detail::build}, [](World const& world, Tick) {
        PerTerm<double> sum{};
        for (auto const& books : world.ledger) {
            auto const share = share_s(books.not_live);
            for (std::size_t j = 0; j < term_count; ++j) {
                sum[j] += share[j];
            }
        }
        return std::vector<double>(sum.begin(), sum.end());
    });
    CHECK(std::ranges::count_if(shares, [](double share) { return share > 0.0; }) >= 4);
}

TEST_CASE("at Langfang curing the last gate moves the date, curing another does not", "[process][langfang]")
{
    double const before = complete_day([](Buildout&) {});
    // The third tranche completes the campus: two of the size of the second would have done.
    CHECK(complete_day([](Buildout& b) { activity(b, "langfang/energise_2").grants[0].amount *= 2.0; }) < before - 30.0);
    CHECK(complete_day([](Buildout& b) { b.groups[b.campuses[0].transformers.row].rating_W *= 2.0; }) == before);
    CHECK(complete_day([](Buildout& b) { b.groups[b.campuses[0].gensets.row].rating_W *= 2.0; }) == before);
}
