// Power of a campus: the chain that is implied or written, groups of what can fail, their lives, faults on a date.
#include "models/campus/firm.hpp"
#include "tests/unit/sim/scenario/scenario_case.hpp"

#include <fmt/format.h>

#include <cmath>

using namespace aidc;
using namespace aidc::test;

namespace {

std::string const building = "/campuses/0/buildings/0";
std::string const hall = building + "/halls/0";
std::string const power = "/campuses/0/power";

std::string put(std::string const& path, std::string const& value)
{
    return R"({"op": "add", "path": ")" + path + R"(", "value": )" + value + "}";
}

/// The fixture's campus with nodes; `more` stands behind the list.
std::string with_nodes(std::string const& nodes, std::string const& more = "")
{
    return put(power, R"({"nodes": [)" + nodes + "]" + more + "}");
}

std::string const grid = R"({"name": "grid", "kind": "feed"})";
std::string const iron = R"({"name": "iron", "kind": "transformer", "group": "transformers", "fed_by": ["grid"]})";
std::string const engines = R"({"name": "engines", "kind": "genset", "group": "gensets"})";
std::string const bus = R"({"name": "bus", "kind": "switchgear", "fed_by": ["iron", "engines"]})";
std::string const plain = grid + "," + iron + "," + engines + "," + bus;

std::string fault(std::string const& keys)
{
    return put("/faults", R"([{"name": "it", "campus": "site", "at": "2026-07-15", "for_h": 1, )" + keys + "}]");
}

Buildout built(std::string const& patch)
{
    return load_scenario_text(patched("[" + patch + "]").dump(), "case.json", source_folder() / "scenarios").buildout;
}

std::uint32_t row_of(PowerChain const& chain, std::string const& name)
{
    auto const at = std::ranges::find(chain.nodes, name, &PowerNode::name);
    REQUIRE(at != chain.nodes.end());
    return static_cast<std::uint32_t>(at - chain.nodes.begin());
}

UnitGroup const& group_of(Buildout const& b, std::string const& name)
{
    INFO(name);
    auto const at = std::ranges::find(b.groups, name, &UnitGroup::name);
    REQUIRE(at != b.groups.end());
    return *at;
}

using Rows = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("without a word about power, transformers and gensets make the chain")
{
    auto const b = load_scenario(fixture()).buildout;
    auto const& p = b.campuses[0].power;
    std::vector<std::string> names;
    for (auto const& node : p.chain.nodes) {
        names.push_back(node.name);
    }
    CHECK(names == std::vector<std::string>{"grid", "transformers", "gensets", "bus", "A/1 UPS", "A/1 busway"});
    CHECK(p.chain.nodes[3].fed_by == Rows{1, 2});
    CHECK(p.chain.nodes[4].fed_by == Rows{3});
    CHECK(std::isinf(p.chain.nodes[0].rating_W)); // the import limits it
    CHECK(p.chain.nodes[1].loss.square == 0.006); // as the campus says
    CHECK(p.chain.nodes[4].units == 3.0);
    REQUIRE(p.chain.loads.size() == 2);
    CHECK_THAT(p.chain.loads[0].design_W, Catch::Matchers::WithinRel(1.02 * 150e3, 1e-12)); // 150 kW and the pumps of its CDUs
    CHECK(p.chain.loads[0].rank == 2);                                                      // 1 + handover order
    CHECK(p.chain.loads[1].rank == 0);                                                      // machines go first
    CHECK(p.chain.loads[1].fed_by == Rows{3});
    CHECK(p.parts[0].hall == Id<Hall>{0});
    CHECK(p.parts[1].building == Id<Building>{0});
    CHECK(p.units[1].group == b.campuses[0].transformers);
    CHECK(p.units[2].count == 3);
    REQUIRE(p.ups[4].has_value()); // every UPS has a battery
    CHECK(p.ups[4]->autonomy_s == UpsBattery{}.autonomy_s);
}

TEST_CASE("everything that can fail is a group; without a life it never does")
{
    auto const b = load_scenario(fixture()).buildout;
    CHECK(group_of(b, "site/feeds/grid").units == 1);
    CHECK(group_of(b, "site/switchgear/bus").units == 1);
    CHECK(group_of(b, "site/A/1/busways").units == 1);
    CHECK(group_of(b, "site/A/fws_pumps").units == b.buildings[0].sizing.pumps);
    CHECK(group_of(b, "site/A/cdus").units == 2);  // two pods with one each
    CHECK(group_of(b, "site/A/leaks").units == 4); // racks
    for (auto const& group : b.groups) {
        INFO(group.name);
        // The fixture tells it of two groups.
        CHECK(group.to_failure.has_value() == (group.name == "site/transformers" || group.name == "site/A/coolers"));
        CHECK(group.granted == (group.name.ends_with("ers") || group.name.ends_with("gensets") || group.name.ends_with("ups")));
    }
}

TEST_CASE("lives by kind fill what has none of its own")
{
    auto const b = built(put(power, R"({"genset_law": {"availability": 1}, "reliability": {
        "feed": {"to_failure_years": 2, "to_repair_h": 1}, "transformer": {"to_failure_years": 161, "to_repair_h": 356},
        "genset": {"to_failure_years": 11, "to_repair_h": 478}, "ups": {"to_failure_years": 17, "to_repair_h": 8},
        "fws_pump": {"to_failure_years": 20, "to_repair_h": 8}, "leak": {"to_failure_years": 100, "to_repair_h": 24}}})"));
    CHECK(group_of(b, "site/feeds/grid").to_repair == Duration::fixed(3600.0));
    CHECK(group_of(b, "site/gensets").to_repair == Duration::fixed(478.0 * 3600.0));
    CHECK(group_of(b, "site/A/1/ups").to_repair == Duration::fixed(8.0 * 3600.0));
    CHECK(group_of(b, "site/A/leaks").to_failure.has_value());
    CHECK_FALSE(group_of(b, "site/A/cdus").to_failure.has_value());
    CHECK(group_of(b, "site/transformers").to_repair.shape == Duration::Shape::lognormal); // their own, in the fixture
}

TEST_CASE("spares, crews, common failures and maintenance go with a life, by kind or of a node")
{
    auto const b = built(with_nodes(R"({"name": "grid", "kind": "feed", "to_failure_years": 2, "to_repair_h": 1, "common_share": 0.1},)"
                                        + iron + "," + engines + "," + bus,
                                    R"(, "genset_law": {"availability": 1}, "reliability": {
           "genset": {"to_failure_years": 11, "to_repair_h": 478, "maintenance_every_months": 6, "maintenance_h": 8},
           "ups": {"to_failure_years": 17, "to_repair_h": 8, "spares": 1, "replace_h": 2, "crews": 3}})"));
    CHECK(group_of(b, "site/feeds/grid").upkeep.common_share == 0.1);
    CHECK(group_of(b, "site/feeds/grid").upkeep.crews == 0); // as many as there is work
    auto const& sets = group_of(b, "site/gensets").upkeep;
    CHECK_THAT(sets.maintenance_every_s, Catch::Matchers::WithinRel(0.5 * 365.25 * 86400.0, 1e-12)); // half a Julian year
    CHECK(sets.maintenance_s == 8.0 * 3600.0);
    auto const& ups = group_of(b, "site/A/1/ups").upkeep;
    CHECK(ups.spares == 1);
    CHECK(ups.to_replace == Duration::fixed(7200.0));
    CHECK(ups.crews == 3);
    CHECK(group_of(b, "site/transformers").upkeep.spares == 0);
}

TEST_CASE("maintenance of outdoor units is checked against the number that the program finds")
{
    std::string const coolers = building + "/plant/coolers";
    auto const kept = [&](int days) {
        return put(coolers + "/units", R"("auto")") + "," + put(coolers + "/maintenance_every_days", std::to_string(days)) + ","
               + put(coolers + "/maintenance_h", "24");
    };
    auto const units = group_of(built(kept(1000)), "site/A/coolers").units;
    REQUIRE(units < 1000);
    check_all({{kept(static_cast<int>(units)), coolers + "/maintenance_h", fmt::format("takes 24 h of each of the {} units", units)}});
    CHECK(group_of(built(kept(static_cast<int>(units) + 1)), "site/A/coolers").upkeep.maintenance_s == 86400.0);
}

TEST_CASE("nodes may be written in any order, and share a group")
{
    auto const b = built(
        with_nodes(
            R"({"name": "bus_b", "kind": "switchgear", "fed_by": ["t_b", "g_b"]}, {"name": "bus_a", "kind": "switchgear", "fed_by": ["t_a", "g_a"]},
           {"name": "t_a", "kind": "transformer", "group": "transformers", "units": 1, "fed_by": ["line_a"]},
           {"name": "t_b", "kind": "transformer", "group": "transformers", "units": 1, "fed_by": ["line_b"]},
           {"name": "g_a", "kind": "genset", "group": "gensets", "units": 1}, {"name": "g_b", "kind": "genset", "group": "gensets", "units": 2},
           {"name": "line_a", "kind": "feed", "station": "north"}, {"name": "line_b", "kind": "feed", "station": "south", "rating_MW": 1})",
            R"(, "halls_fed_by": ["bus_a", "bus_b"], "plants_fed_by": ["bus_a", "bus_b"])")
        + "," + put(hall + "/ups", R"({"units": 4, "spare": 0, "rating_kW": 100, "no_load_loss": 0.01, "proportional_loss": 0.02,
                                                        "square_loss": 0.01, "arrangement": "2N"})")
        + "," + put(hall + "/busway", R"({"rating_kW": 400, "to_failure_years": 80, "to_repair_h": 128})"));
    auto const& p = b.campuses[0].power;
    for (std::uint32_t i = 0; i < p.chain.nodes.size(); ++i) {
        for (auto const parent : p.chain.nodes[i].fed_by) {
            CHECK(parent < i);
        }
    }
    CHECK(p.units[row_of(p.chain, "t_b")].first == 1);
    CHECK(p.units[row_of(p.chain, "g_b")].first == 1);
    CHECK(p.units[row_of(p.chain, "g_b")].count == 2);
    auto const ups_b = row_of(p.chain, "A/1 UPS B");
    CHECK(p.chain.nodes[ups_b].fed_by == Rows{row_of(p.chain, "bus_b")});
    CHECK(p.chain.nodes[ups_b].units == 2.0);
    CHECK(p.units[ups_b].first == 2);
    CHECK(p.chain.loads[0].fed_by == Rows{row_of(p.chain, "A/1 busway A"), row_of(p.chain, "A/1 busway B")});
    CHECK(p.chain.nodes[row_of(p.chain, "A/1 busway B")].rating_W == 400e3);
    auto const& busways = group_of(b, "site/A/1/busways");
    CHECK(busways.units == 2);
    CHECK(busways.to_failure.has_value());
    // 2N: what one side carries, 2 of 4 units of 100 kW (firm_blocks_W: min(A, B)).
    CHECK(firm_group_W(group_of(b, "site/A/1/ups"), 4.0) == 200e3);
}

TEST_CASE("pods of blocks with a reserve hang on switches, which are no units")
{
    auto const b = built(put(hall + "/ups", R"({"units": 6, "spare": 0, "rating_kW": 100, "no_load_loss": 0.01, "proportional_loss": 0.02,
                                                "square_loss": 0.01, "arrangement": "block_redundant", "blocks": 3})"));
    auto const& p = b.campuses[0].power;
    REQUIRE(p.chain.loads.size() == 3); // two blocks of pods, machines
    CHECK(p.parts[0].share == 0.5);
    auto const sts = row_of(p.chain, "A/1 STS A");
    CHECK(p.chain.loads[0].fed_by == Rows{sts});
    CHECK_FALSE(p.units[sts].group);
    CHECK(group_of(b, "site/A/1/ups").blocks == 3);
    CHECK(firm_group_W(group_of(b, "site/A/1/ups"), 6.0) == 400e3); // (k - 1)/k of 600 kW
}

TEST_CASE("machines behind the UPS are a load of their own")
{
    auto const b = built(put(building + "/plant/on_ups", R"(["cdu_pumps", "fws_pumps"])"));
    auto const& p = b.campuses[0].power;
    CHECK(b.buildings[0].on_ups.on == PerMachine<bool>{true, true, false, false, false});
    REQUIRE(p.chain.loads.size() == 3);
    CHECK(p.parts[2].on_ups);
    CHECK(p.chain.loads[2].fed_by == Rows{row_of(p.chain, "A/1 busway")});
    CHECK(built(put(building + "/plant/on_ups", "[]")).buildings[0].on_ups.on == PerMachine<bool>{});
}

TEST_CASE("laws of gensets, restart, shedding and leaks are taken over in SI")
{
    auto const p = built(put(power, R"({"genset_law": {"start_s": {"shape": "lognormal", "median": 10, "p90": 15}, "tank_h": 24,
        "refuel_after_h": 12, "refuel_share_per_day": 4}, "restart": {"chillers": {"delay_min": 5}, "rack_lockout_min": 20},
        "shedding": {"cap_floor": 0.5}, "leak": {"rate_L_per_min": 0.6}, "checkpoint_min": 10, "tier": "fault_tolerant"})"))
                       .campuses[0]
                       .power;
    CHECK(p.gensets.start == Duration{.shape = Duration::Shape::lognormal, .parameter_s = {10.0, 15.0, 0.0}});
    CHECK(p.gensets.tank_s == 24 * 3600.0);
    CHECK_THAT(p.gensets.refuel_share_per_s, Catch::Matchers::WithinRel(4.0 / 86400.0, 1e-12));
    CHECK(p.gensets.sense_s == GensetLaw{}.sense_s);
    CHECK(p.restart.delay_s[index(Machine::chillers)] == 300.0);
    CHECK(p.restart.ramp_s == Restart{}.ramp_s);
    CHECK(p.restart.rack_lockout_s == 1200.0);
    CHECK(p.shedding.cap_floor == 0.5);
    CHECK_THAT(p.leak.leak_m3_per_s, Catch::Matchers::WithinRel(1e-5, 1e-12)); // 0.6 L/min
    CHECK(p.checkpoint_s == 600.0);
    CHECK(p.tier == Tier::fault_tolerant);
    CHECK(std::isinf(load_scenario(fixture()).buildout.campuses[0].power.gensets.refuel_after_s)); // no truck comes
}

TEST_CASE("a storage in the chain is all its units, and an UPS may have no battery")
{
    auto const b = built(
        with_nodes(
            plain + R"(, {"name": "box", "kind": "storage", "units": 2, "fed_by": ["bus"], "storage": {"capacity_MWh": 1, "power_MW": 0.5}},
                     {"name": "last", "kind": "switchgear", "fed_by": ["box"]})")
        + "," + put(hall + "/ups/battery", R"({"autonomy_s": 0})"));
    auto const& p = b.campuses[0].power;
    auto const& box = p.storages[row_of(p.chain, "box")];
    REQUIRE(box.has_value());
    CHECK(box->capacity_J == 2 * 3.6e9);
    CHECK(box->power_W == 1e6);
    CHECK(group_of(b, "site/storage/box").units == 2);
    CHECK(p.chain.nodes[row_of(p.chain, "A/1 UPS")].fed_by == Rows{row_of(p.chain, "last")}); // the last switchgear
    CHECK_FALSE(p.ups[row_of(p.chain, "A/1 UPS")].has_value());
}

TEST_CASE("faults stand in the order of their dates")
{
    auto const b = built(put("/faults", R"([
        {"name": "hot", "campus": "site", "at": "2026-07-16", "for_days": 3, "warmer_K": 12},
        {"name": "dark", "campus": "site", "at": "2026-07-15", "at_h": 14, "for_min": 10, "import_cap_MW": 0},
        {"name": "ups", "campus": "site", "at": "2026-07-15", "for_h": 1, "group": "site/A/1/ups", "units": 2}])"));
    REQUIRE(b.faults.size() == 3);
    Tick const day = 195 * day_ticks; // 15 July of a common year
    CHECK(b.faults[0].name == "ups");
    CHECK(b.groups[b.faults[0].group.row].name == "site/A/1/ups");
    CHECK(b.faults[0].units == 2);
    CHECK(b.faults[1].kind == Fault::Kind::import_cap);
    CHECK(b.faults[1].import_W == 0.0);
    CHECK(b.faults[1].from == day + ticks(14 * 3600.0));
    CHECK(b.faults[1].until == day + ticks(14 * 3600.0 + 600.0));
    CHECK(b.faults[2].kind == Fault::Kind::heat);
    CHECK(b.faults[2].warmer_K == 12.0);
}

TEST_CASE("what is written about power reads back to the same")
{
    for (auto const& patch : {with_nodes(plain), fault(R"("import_cap_MW": 0)"), fault(R"("group": "A/cdus")"),
                              put(building + "/plant/on_ups", "[]"), put(power, R"({"restart": {"outdoor": {"ramp_s": 1}}})")}) {
        auto const once = load_scenario_text(patched("[" + patch + "]").dump(), "case.json", source_folder() / "scenarios");
        auto const again = load_scenario_text(once.resolved, "resolved.json", source_folder() / "scenarios");
        CHECK(again.resolved == once.resolved);
        CHECK(again.buildout.groups.size() == once.buildout.groups.size());
    }
}

TEST_CASE("mistakes in nodes of the chain")
{
    auto const nodes = power + "/nodes";
    auto const bus_of = [](std::string const& parents) { return R"({"name": "bus", "kind": "switchgear", "fed_by": [)" + parents + "]}"; };
    check_all({
        {with_nodes(grid + "," + iron + "," + engines + "," + bus_of(R"("iron", "engines", "late")")
                    + R"(, {"name": "late", "kind": "switchgear", "fed_by": ["bus"]})"),
         nodes, "has a circle: bus is fed by late is fed by bus"},
        {with_nodes(grid + "," + iron + "," + engines + "," + bus_of(R"("irn", "engines")")), nodes + "/3/fed_by/0",
         "no node of the power chain is called \"irn\"; did you mean \"iron\"?"},
        {with_nodes(plain + "," + grid), nodes + "/4/name", "\"grid\" is the name of an earlier one"},
        {with_nodes(plain + R"(, {"name": "more", "kind": "genset", "rating_MW": 1},
                              {"name": "last", "kind": "switchgear", "fed_by": ["bus", "engines", "more"]})"),
         nodes + "/5/fed_by", "names 2 gensets and a bus takes one"},
        {with_nodes(grid + "," + iron + "," + bus_of(R"("iron")")), nodes, "has no node for the gensets of the campus"},
        {with_nodes(plain + R"(, {"name": "more", "kind": "transformer", "group": "transformers", "units": 1, "fed_by": ["grid"]})"),
         nodes + "/1/units", "of all nodes that stand for transformers are 1 and the campus has 2"},
        {with_nodes(plain + R"(, {"name": "odd", "kind": "switchgear", "group": "transformers", "fed_by": ["grid"]})"), nodes + "/4/group",
         "is no group for a switchgear"},
        {with_nodes(plain + R"(, {"name": "fed", "kind": "feed", "fed_by": ["bus"]})"), nodes + "/4/fed_by", "a feed, which nothing feeds"},
        {with_nodes(plain + R"(, {"name": "wind", "kind": "generation"})"), nodes + "/4/rating", "missing (output of one unit"},
        {with_nodes(plain + R"(, {"name": "box", "kind": "storage", "fed_by": ["bus"]})"), nodes + "/4/storage", "missing"},
        {with_nodes(plain + R"(, {"name": "odd", "kind": "busway", "fed_by": ["bus"], "battery": {}})"), nodes + "/4/battery",
         "stands at a busway; UPS have batteries"},
        {with_nodes(plain + R"(, {"name": "odd", "kind": "busway", "fed_by": ["bus"], "square_loss": 0.01})"), nodes + "/4",
         "has losses, which are shares of a rating, and no rating"},
        {with_nodes(plain, R"(, "halls_fed_by": ["buss"])"), power + "/halls_fed_by/0", "did you mean \"bus\"?"},
        {put(hall + "/fed_by", R"(["gensts"])"), hall + "/fed_by/0", "did you mean \"gensets\"?"},
    });
}

TEST_CASE("a chain that somebody has written is checked at once, at the design load")
{
    auto const nodes = power + "/nodes";
    std::string const two_lines =
        R"({"name": "line_1", "kind": "feed", "station": "s"}, {"name": "line_2", "kind": "feed", "station": "s"},
           {"name": "iron", "kind": "transformer", "group": "transformers", "fed_by": ["line_1", "line_2"]},)";
    check_all({
        {with_nodes(two_lines + engines + "," + bus), nodes + "/2", "both come from station s (one failure takes both)"},
        {with_nodes(plain + R"(, {"name": "dead", "kind": "switchgear"})"), nodes + "/4", "nothing feeds dead"},
        {with_nodes(plain) + "," + put(hall + "/busway", R"({"rating_kW": 100})"), hall + "/ups", "A/1 busway carries 0.1 MW"},
        // Three blocks of 40 kW in place of 153 kW.
        {put(hall + "/ups",
             R"({"units": 3, "spare": 0, "rating_kW": 40, "no_load_loss": 0.01, "proportional_loss": 0.02, "square_loss": 0.01,
                                "arrangement": "distributed", "blocks": 3})"),
         hall + "/ups", "carry 0.1 MW"},
    });
    // The chain of a campus that says nothing may be as small as it was.
    CHECK(problems_in(patched("[" + put(hall + "/ups/rating_kW", "40") + "]")).empty());
}

TEST_CASE("mistakes in UPS, machines, laws and lives")
{
    std::string const ups =
        R"({"units": 3, "spare": 0, "rating_kW": 100, "no_load_loss": 0.01, "proportional_loss": 0.02, "square_loss": 0.01, )";
    check_all({
        {put(hall + "/ups/battery", R"({"charger_share": 0})"), hall + "/ups/battery/charger_share",
         "never comes back after the first outage"},
        {put(hall + "/ups", ups + R"("arrangement": "block_redundant"})"), hall + "/ups/blocks",
         "is 0 and block_redundant has two and more"},
        {put(hall + "/ups", ups + R"("arrangement": "2N", "blocks": 3})"), hall + "/ups/blocks", "is 3 and 2N has two"},
        {put(hall + "/ups", ups + R"("arrangement": "2N"})"), hall + "/ups/units", "is 3 and does not divide among 2 equal blocks"},
        {put(hall + "/ups/arrangement", R"("distributed")") + "," + put(hall + "/ups/blocks", "3"), hall + "/ups/spare",
         "is 1 and must be 0"},
        {put(hall + "/ups/to_failure_years", "17"), hall + "/ups", "needs both \"to_failure\" and \"to_repair\""},
        {put(building + "/plant/on_ups", R"(["pumps"])"), building + "/plant/on_ups/0", "\"pumps\" is no machine of a building"},
        {put(power, R"({"tier": "four"})"), power + "/tier", "four"},
        {put(power, R"({"genset_law": {"step_share": 2}})"), power + "/genset_law/step_share", "is 2 and must be"},
        {put(power, R"({"genset_law": {"refuel_after_h": 12}})"), power + "/genset_law",
         "needs both \"refuel_after\" and \"refuel_share\""},
        {put(power, R"({"reliability": {"genset": {"to_failure_years": 11, "to_repair_h": 478}}})"), power + "/reliability/genset",
         "beside an availability of 0.995"},
        {put(power, R"({"reliability": {"cdu": {"to_failure_years": 11}}})"), power + "/reliability/cdu", "needs both"},
        {put(power, R"({"reliability": {"cdu": {}}})"), power + "/reliability/cdu", "needs \"to_failure\" and \"to_repair\""},
    });
}

TEST_CASE("mistakes in what units share")
{
    auto const of_feed = [](std::string const& keys) {
        return put(power, R"({"reliability": {"feed": {"to_failure_years": 2, "to_repair_h": 1, )" + keys + "}}}");
    };
    auto const feed = power + "/reliability/feed";
    check_all({
        {of_feed(R"("spares": 1)"), feed, "needs both \"spares\" and \"replace\""},
        {of_feed(R"("replace_h": 1)"), feed, "needs both \"spares\" and \"replace\""},
        {of_feed(R"("maintenance_h": 1)"), feed, "needs both \"maintenance_every\" and \"maintenance\""},
        {of_feed(R"("maintenance_every_years": 1)"), feed, "needs both \"maintenance_every\" and \"maintenance\""},
        {of_feed(R"("common_share": 1)"), feed + "/common_share", "is 1 and must be"},
        {of_feed(R"("maintenance_every_days": 1, "maintenance_h": 24)"), feed + "/maintenance_h", "takes 24 h of each of the 1 units"},
        // Three units of 8 h fill a day.
        {put(hall + "/ups",
             R"({"units": 3, "spare": 1, "rating_kW": 100, "no_load_loss": 0.01, "proportional_loss": 0.02, "square_loss": 0.01,
             "to_failure_years": 17, "to_repair_h": 8, "maintenance_every_days": 1, "maintenance_h": 8})"),
         hall + "/ups/maintenance_h", "of each of the 3 units of site/A/1/ups"},
        {put(hall + "/ups/crews", "1"), hall + "/ups", "not how often units fail"},
        {put(power, R"({"reliability": {"cdu": {"spares": 1, "replace_h": 1}}})"), power + "/reliability/cdu", "not how often units fail"},
    });
}

TEST_CASE("mistakes in faults")
{
    check_all({
        {fault(R"("group": "A/fws_pmps")"), "/faults/0/group", "did you mean \"A/fws_pumps\"?"},
        {fault(R"("group": "gensets", "units": 4)"), "/faults/0/units", "is 4 and site/gensets has 3"},
        {fault(R"("group": "gensets", "warmer_K": 2)"), "/faults/0", "needs exactly one of"},
        {fault(R"("units": 1)"), "/faults/0", "needs exactly one of"},
        {fault(R"("warmer_K": 2, "units": 2)"), "/faults/0/units", "stands beside no \"group\""},
        {put("/faults", R"([{"name": "it", "campus": "site", "at": "2025-07-15", "for_h": 1, "warmer_K": 2}])"), "/faults/0/at",
         "is before the start"},
        {put("/faults", R"([{"name": "it", "campus": "site", "at": "2027-07-15", "for_h": 1, "warmer_K": 2}])"), "/faults/0/at",
         "is not before the end"},
        {put("/faults", R"([{"name": "it", "campus": "sit", "at": "2026-07-15", "for_h": 1, "warmer_K": 2}])"), "/faults/0/campus",
         "did you mean \"site\"?"},
    });
}
