#include "models/campus/firm.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

using namespace aidc;

namespace {

constexpr double unlimited_W = std::numeric_limits<double>::infinity();

/// Per watt of IT: 1.25 W at the fence and on the gensets, 0.8 W of heat to the coolers.
HallCurves plain() { return {.fence = proportional_curve(1.25), .emergency = proportional_curve(1.25), .heat = proportional_curve(0.8)}; }

/// The same with 5 W at the fence before the first watt of IT.
HallCurves with_house()
{
    auto curves = plain();
    curves.fence = SupplyCurve({{0.0, 5.0}, {10.0, 17.5}});
    return curves;
}

FirmSupply supply() { return {.utility_W = 100.0, .substation_W = 200.0, .backup_W = unlimited_W, .cooling_W = {80.0}}; }

double term(PerShared<double> const& firm, Shared shared) { return firm[static_cast<std::size_t>(shared)]; }

HallClaim claim(HallCurves const& curves, double live_W, double own_W)
{
    return {.live_W = live_W, .own_W = own_W, .backup_share = 1.0, .curves = &curves};
}

/// What a claim carries after the fill.
double carries_W(HallClaim const& c, PerShared<double> const& firm)
{
    return std::max(c.live_W, std::min(c.own_W, std::ranges::min(firm)));
}

double& of(FirmSupply& s, std::size_t shared)
{
    switch (static_cast<Shared>(shared)) {
    case Shared::utility:
        return s.utility_W;
    case Shared::substation:
        return s.substation_W;
    case Shared::backup:
        return s.backup_W;
    case Shared::cooling:
        break;
    }
    return s.cooling_W[0];
}

/// Linear congruential numbers in [0, 1) (Knuth, MMIX).
class Random {
  public:
    double operator()()
    {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<double>(state_ >> 11) * 0x1p-53;
    }

  private:
    std::uint64_t state_ = 99;
};

/// Firm watts by counting every choice of lost units.
double worst_case_W(unsigned units, unsigned spare, double unit_W)
{
    double worst_W = units * unit_W;
    for (unsigned lost = 0; lost < (1U << units); ++lost) {
        auto const count = static_cast<unsigned>(__builtin_popcount(lost));
        worst_W = count <= spare ? std::min(worst_W, (units - count) * unit_W) : worst_W;
    }
    return worst_W;
}

} // namespace

TEST_CASE("the second hall gets what the first left", "[unit][campus]")
{
    auto const curves = plain();
    std::vector<HallClaim> const claims{claim(curves, 0.0, 60.0), claim(curves, 0.0, 60.0)};
    auto const firm = fill_shared(claims, supply());
    // Hand calculation: the first takes 60 W: 75 W at the fence, 48 W of heat.
    CHECK_THAT(term(firm[0], Shared::utility), WithinRel(80.0, 1e-14));     // 100 / 1.25
    CHECK_THAT(term(firm[0], Shared::substation), WithinRel(160.0, 1e-14)); // 200 / 1.25
    CHECK_THAT(term(firm[0], Shared::cooling), WithinRel(100.0, 1e-14));    // 80 / 0.8
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(20.0, 1e-14));     // (100 - 75) / 1.25
    CHECK_THAT(term(firm[1], Shared::substation), WithinRel(100.0, 1e-14)); // (200 - 75) / 1.25
    CHECK_THAT(term(firm[1], Shared::cooling), WithinRel(40.0, 1e-14));     // (80 - 48) / 0.8
}

TEST_CASE("the order of the claims decides who is served first", "[unit][campus]")
{
    auto const curves = plain();
    std::vector<HallClaim> const claims{claim(curves, 0.0, 30.0), claim(curves, 0.0, 70.0)};
    std::vector<HallClaim> const turned{claims[1], claims[0]};
    CHECK_THAT(term(fill_shared(claims, supply())[1], Shared::utility), WithinRel(50.0, 1e-14)); // 80 - 30
    CHECK_THAT(term(fill_shared(turned, supply())[1], Shared::utility), WithinRel(10.0, 1e-14)); // 80 - 70
}

TEST_CASE("a hall short of racks neither takes the utility nor blames it", "[unit][campus]")
{
    auto const curves = plain();
    std::vector<HallClaim> const claims{claim(curves, 0.0, 10.0), claim(curves, 0.0, 60.0)};
    auto const firm = fill_shared(claims, supply());
    CHECK_THAT(term(firm[0], Shared::utility), WithinRel(80.0, 1e-14)); // more than its racks need
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(70.0, 1e-14)); // 80 - 10
}

TEST_CASE("a hall that one shared supply holds does not take the others", "[unit][campus]")
{
    auto const curves = plain();
    auto scarce = supply();
    scarce.cooling_W = {8.0, 80.0};
    std::vector<HallClaim> claims{claim(curves, 0.0, 60.0), claim(curves, 0.0, 60.0)};
    claims[1].building = 1;
    auto const firm = fill_shared(claims, scarce);
    CHECK_THAT(term(firm[0], Shared::cooling), WithinRel(10.0, 1e-14));  // 8 / 0.8
    CHECK_THAT(term(firm[1], Shared::cooling), WithinRel(100.0, 1e-14)); // another building has water of its own
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(70.0, 1e-14));  // 80 - 10
}

TEST_CASE("a live hall keeps its supply before earlier halls take more", "[unit][campus]")
{
    auto const curves = plain();
    std::vector<HallClaim> const claims{claim(curves, 0.0, 80.0), claim(curves, 40.0, 60.0)};
    auto const firm = fill_shared(claims, supply());
    CHECK_THAT(term(firm[0], Shared::utility), WithinRel(40.0, 1e-14)); // (100 - 50) / 1.25
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(40.0, 1e-14)); // what it has: the first took the rest
}

TEST_CASE("the term of a live hall counts what it holds and what is free", "[unit][campus]")
{
    auto const curves = plain();
    std::vector<HallClaim> const claims{claim(curves, 40.0, 60.0), claim(curves, 10.0, 10.0)};
    auto const firm = fill_shared(claims, supply());
    CHECK_THAT(term(firm[0], Shared::utility), WithinRel(70.0, 1e-14)); // 40 held + (100 - 50 - 12.5) / 1.25
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(20.0, 1e-14)); // 10 held + (37.5 - 25) / 1.25
}

TEST_CASE("what is live goes first, as far as a supply still goes", "[unit][campus]")
{
    auto const curves = plain();
    auto scarce = supply();
    scarce.utility_W = 20.0; // carries 16 W of IT
    std::vector<HallClaim> const claims{claim(curves, 0.0, 60.0), claim(curves, 40.0, 60.0)};
    auto const firm = fill_shared(claims, scarce);
    CHECK(term(firm[0], Shared::utility) == 0.0);
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(16.0, 1e-14)); // some of the supply was taken out of service
}

TEST_CASE("backup limits where gensets must carry the load, and not without gensets or a covered share", "[unit][campus]")
{
    auto const curves = plain();
    auto with = supply();
    with.backup_W = 50.0;
    auto covered = claim(curves, 0.0, 60.0);
    CHECK_THAT(term(fill_shared(std::vector{covered}, with)[0], Shared::backup), WithinRel(40.0, 1e-14)); // 50 / 1.25
    CHECK(term(fill_shared(std::vector{covered}, supply())[0], Shared::backup) == unlimited_W);
    covered.backup_share = 0.0;
    CHECK(term(fill_shared(std::vector{covered}, with)[0], Shared::backup) == unlimited_W);
}

TEST_CASE("a supply below the fixed load of a hall carries nothing", "[unit][campus]")
{
    auto const curves = with_house();
    auto scarce = supply();
    scarce.utility_W = 4.0;
    CHECK(term(fill_shared(std::vector{claim(curves, 0.0, 60.0)}, scarce)[0], Shared::utility) == 0.0);
    scarce.utility_W = 30.0;
    CHECK_THAT(term(fill_shared(std::vector{claim(curves, 0.0, 60.0)}, scarce)[0], Shared::utility),
               WithinRel(20.0, 1e-14)); // (30 - 5) / 1.25
}

TEST_CASE("each hall that is on draws its own fixed load", "[unit][campus]")
{
    auto const curves = with_house();
    std::vector<HallClaim> const claims{claim(curves, 0.0, 20.0), claim(curves, 0.0, 20.0), claim(curves, 0.0, 20.0)};
    auto const firm = fill_shared(claims, supply());
    // 30 W each for 20 W of IT: 100, 70 and 40 W are left before each.
    CHECK_THAT(term(firm[0], Shared::utility), WithinRel(76.0, 1e-14));
    CHECK_THAT(term(firm[1], Shared::utility), WithinRel(52.0, 1e-14));
    CHECK_THAT(term(firm[2], Shared::utility), WithinRel(28.0, 1e-14));
}

TEST_CASE("doubling one supply moves only that term", "[property][campus]")
{
    auto const curves = plain();
    auto limited = supply();
    limited.backup_W = 150.0;
    auto const doubled = GENERATE(0u, 1u, 2u, 3u);
    // Halls that nothing shared holds back: what one leaves to the next does not depend on the supplies.
    std::vector<HallClaim> const claims{claim(curves, 5.0, 30.0), claim(curves, 0.0, 25.0), claim(curves, 10.0, 20.0)};
    auto const before = fill_shared(claims, limited);
    double const more_W = of(limited, doubled);
    of(limited, doubled) *= 2.0;
    auto const after = fill_shared(claims, limited);
    double const per_it = static_cast<Shared>(doubled) == Shared::cooling ? 0.8 : 1.25;
    for (std::size_t h = 0; h < claims.size(); ++h) {
        for (std::size_t r = 0; r < shared_count; ++r) {
            double const gain_W = r == doubled ? more_W / per_it : 0.0;
            CHECK_THAT(after[h][r] - before[h][r], WithinAbs(gain_W, 1e-10));
        }
    }
}

TEST_CASE("doubling one supply of a single hall moves only that term, whatever holds it", "[property][campus]")
{
    auto const curves = with_house();
    auto limited = supply();
    limited.backup_W = 60.0;
    auto const doubled = GENERATE(0u, 1u, 2u, 3u);
    auto const own_W = GENERATE(1.0, 1000.0);
    auto const before = fill_shared(std::vector{claim(curves, 0.0, own_W)}, limited)[0];
    of(limited, doubled) *= 2.0;
    auto const after = fill_shared(std::vector{claim(curves, 0.0, own_W)}, limited)[0];
    for (std::size_t r = 0; r < shared_count; ++r) {
        CHECK((after[r] > before[r]) == (r == doubled));
        CHECK((r == doubled || after[r] == before[r]));
    }
}

TEST_CASE("halls together never take more than there is", "[conservation][campus]")
{
    Random random;
    auto const a = plain();
    auto const b = with_house();
    for (int i = 0; i < 500; ++i) {
        FirmSupply const s{.utility_W = 200.0 * random(),
                           .substation_W = 200.0 * random(),
                           .backup_W = 200.0 * random(),
                           .cooling_W = {100.0 * random(), 100.0 * random()}};
        std::vector<HallClaim> claims;
        for (std::uint32_t h = 0; h < 5; ++h) {
            claims.push_back(claim(h % 2 == 0 ? a : b, 0.0, 60.0 * random()));
            claims.back().building = h % 2;
        }
        auto const firm = fill_shared(claims, s);
        FirmSupply left = s;
        for (std::size_t h = 0; h < claims.size(); ++h) {
            double const it_W = carries_W(claims[h], firm[h]);
            left.utility_W -= claims[h].curves->fence.drawn_W(it_W);
            left.substation_W -= claims[h].curves->fence.drawn_W(it_W);
            left.backup_W -= claims[h].curves->emergency.drawn_W(it_W);
            left.cooling_W[claims[h].building] -= claims[h].curves->heat.drawn_W(it_W);
        }
        REQUIRE(std::min({left.utility_W, left.substation_W, left.backup_W, left.cooling_W[0], left.cooling_W[1]}) > -1e-9);
    }
}

TEST_CASE("firm watts of a group are the worst loss of its spare units, derated", "[analytic][campus]")
{
    auto const units = GENERATE(0u, 1u, 2u, 3u, 8u);
    UnitGroup group{.kind = UnitGroup::Kind::genset, .name = "gensets"};
    group.units = 8;
    group.spare = GENERATE(0u, 1u, 2u);
    group.rating_W = 2.5e6;
    group.derate = 0.9;
    CHECK_THAT(firm_group_W(group, units), WithinRel(worst_case_W(units, group.spare, 2.5e6 * 0.9), 1e-14)); // by enumeration
}
