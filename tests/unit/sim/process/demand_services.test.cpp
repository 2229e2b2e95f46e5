// Inference services in runs: served and dropped, over campuses and time zones, and what queues of jobs borrow of them.
#include "demand_run.hpp"

#include <algorithm>
#include <array>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// 100 tokens/s an accelerator; the peak is at 21 and 22 h, from midnight to 8 h little is asked.
constexpr std::array<double, 24> levels{0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 1.5, 1};
constexpr double level_mean = (8 * 0.2 + 14 + 2 * 1.5) / 24.0;
std::string const course = R"("course": {"by_hour": [0.2,0.2,0.2,0.2,0.2,0.2,0.2,0.2,1,1,1,1,1,1,1,1,1,1,1,1,1,1.5,1.5,1], "weekend": 1})";

std::string on(std::string const& contract, double tokens_per_s = 100.0)
{
    return R"({"contract": ")" + contract + R"(", "tokens_per_s": )" + std::to_string(tokens_per_s)
           + R"(, "slots": 50, "tokens_each": 1000})";
}

std::string service(double tokens_per_s, std::string const& served, std::string const& more = course)
{
    return R"("inference": [{"name": "chat", "asked": [{"from": "2026-07-13", "tokens_per_s": )" + std::to_string(tokens_per_s)
           + R"(}], "served": [)" + served + "], " + more + "}]";
}

/// Jobs of 24 accelerators without end, more than there is room for.
std::string borrowing(std::string const& more = R"(, "borrows": "chat")")
{
    std::string streams;
    for (int i = 0; i < 40; ++i) {
        streams += (i > 0 ? R"(, {"name": "j)" : R"({"name": "j)") + std::to_string(i)
                   + R"(", "run": {"from": "2026-07-13", "accelerators": 24, "work_days": 20}})";
    }
    return R"("jobs": [{"name": "lab", "contract": "lab", "streams": [)" + streams + "]" + more + "}]";
}

Json chat_and_lab(unsigned chat, unsigned lab, double tokens_per_s, std::string const& lab_more = "")
{
    return demand_tree(R"({"contracts": [)" + contract("chat", chat) + "," + contract("lab", lab, lab_more) + "], "
                       + service(tokens_per_s, on("chat")) + "," + borrowing() + "}");
}

/// Tokens per second that a site serves in each row, from what its accelerators did.
double served_by(Facts const& facts, std::string const& contract, double tokens_per_s, std::size_t row)
{
    return facts.at("contract " + contract + " busy_s")[row] * tokens_per_s / facts.at("row s")[row];
}

} // namespace

TEST_CASE("what is asked is served while there is room, else what there is room for", "[process][service]")
{
    std::string const flat = R"("course": {"by_hour": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]})";
    auto const of = [&](double tokens_per_s) {
        return run_demand(
            resolved(demand_tree(R"({"contracts": [)" + contract("chat", 960) + "], " + service(tokens_per_s, on("chat"), flat) + "}")));
    };
    auto const enough = of(40000.0);
    CHECK_THAT(sum(enough.at("service chat asked")), WithinRel(40000.0 * 7.0 * day_s, 1e-9));
    CHECK_THAT(sum(enough.at("service chat served")), WithinRel(40000.0 * 7.0 * day_s, 1e-9));
    CHECK_THAT(sum(enough.at("total contract chat busy_s")), WithinRel(400.0 * 7.0 * day_s, 1e-9));
    CHECK_THAT(sum(enough.at("service chat within")), WithinRel(7.0 * day_s, 1e-12));
    CHECK_THAT(enough.at("campus site it_J")[0],
               WithinRel(racks_of_campus * h200_budget_W * hour_s * (h200_idle + (400.0 / 960.0) * (h200_draw - h200_idle)), 1e-9));
    auto const short_of = of(200000.0);
    CHECK_THAT(sum(short_of.at("service chat served")), WithinRel(96000.0 * 7.0 * day_s, 1e-9));
    CHECK(sum(short_of.at("service chat within")) == 0.0);
    CHECK_THAT(sum(short_of.at("total contract chat busy_s")), WithinRel(960.0 * 7.0 * day_s, 1e-9));
    for (auto const* facts : {&enough, &short_of}) {
        CHECK(is_ladder(*facts, "pool site/h200", 1e-6));
    }
}

TEST_CASE("a service without a single accelerator serves nothing, and is asked all the same", "[process][service]")
{
    auto const facts = run_demand(resolved(demand_tree(R"({"contracts": [)" + contract("chat", 960, R"("until": "2026-07-14")") + "], "
                                                       + service(40000.0, on("chat")) + "}")));
    for (std::size_t i = 24; i < 48; ++i) {
        CHECK(facts.at("service chat served")[i] == 0.0);
        CHECK_THAT(facts.at("service chat asked")[i], WithinRel(40000.0 * hour_s * levels[i - 24] / level_mean, 1e-9));
        CHECK(facts.at("service chat within")[i] == 0.0);
    }
}

TEST_CASE("two campuses follow the sun: each user at home first, then away, and the rest is dropped", "[process][service]")
{
    auto const regions =
        R"("wait_probability": 0.999, "peakedness": 0.01, "regions": [{"name": "east", "share": 0.6, "prefers": ["cn", "us"]},
                                        {"name": "west", "share": 0.4, "ahead_h": -12, "prefers": ["us", "cn"]}], )";
    auto tree = demand_tree(R"({"contracts": [)" + contract("cn", 480) + "," + contract("us", 240) + "], "
                            + service(60000.0, on("cn") + "," + on("us", 80.0), regions + course) + "}");
    auto copy = tree["campuses"][0];
    copy["name"] = "far";
    tree["campuses"].push_back(copy);
    tree["demand"]["contracts"][1]["campus"] = "far";
    auto const facts = run_demand(resolved(tree));
    double dropped = 0.0;
    double away = 0.0;
    for (std::size_t i = 0; i < 168; ++i) {
        double const east = 0.6 * 60000.0 * levels[i % 24] / level_mean;
        double const west = 0.4 * 60000.0 * levels[(i + 12) % 24] / level_mean;
        double const cn_home = std::min(east, 48000.0);
        double const us_home = std::min(west, 19200.0);
        double const us = us_home + std::min(east - cn_home, 19200.0 - us_home);
        double const cn = cn_home + std::min(west - us_home, 48000.0 - cn_home);
        INFO("hour " << i);
        REQUIRE_THAT(served_by(facts, "cn", 100.0, i), WithinRel(cn, 5e-3)); // nobody minds to wait: a site serves up to the brim
        REQUIRE_THAT(served_by(facts, "us", 80.0, i), WithinRel(us, 5e-3));
        double const both = served_by(facts, "cn", 100.0, i) + served_by(facts, "us", 80.0, i);
        REQUIRE_THAT(facts.at("service chat served")[i], WithinRel(both * hour_s, 1e-9));
        REQUIRE_THAT(facts.at("service chat asked")[i], WithinRel((east + west) * hour_s, 1e-9));
        REQUIRE_THAT(facts.at("service chat served")[i], WithinRel((cn + us) * hour_s, 1e-9));
        dropped += east + west - cn - us;
        away += cn - cn_home + us - us_home;
    }
    CHECK(dropped > 0.0); // else it shows nothing
    CHECK(away > 0.0);
}

TEST_CASE("a service keeps what its load needs at both of its campuses, from the first row on", "[process][service]")
{
    auto tree = demand_tree(R"({"contracts": [)" + contract("cn", 480) + "," + contract("us", 480) + "," + contract("lab", 480) + ","
                            + contract("lab far", 480) + "], "
                            + service(60000.0, on("cn") + "," + on("us"),
                                      R"("regions": [{"name": "east", "share": 0.5, "prefers": ["cn", "us"]},
                                                     {"name": "west", "share": 0.5, "prefers": ["us", "cn"]}], )"
                                          + course)
                            + "," + borrowing(R"(, "borrows": "cn")") + "}");
    auto copy = tree["campuses"][0];
    copy["name"] = "far";
    tree["campuses"].push_back(copy);
    tree["demand"]["contracts"][1]["campus"] = "far";
    tree["demand"]["contracts"][3]["campus"] = "far";
    auto queue = tree["demand"]["jobs"][0];
    queue["name"] = queue["contract"] = "lab far";
    queue["borrows"] = "us";
    tree["demand"]["jobs"].push_back(queue);
    auto const facts = run_demand(resolved(tree));
    for (auto const* pair : {"contract cn|contract us", "contract lab|contract lab far"}) { // they are equal, and every day is
        auto const cut = std::string(pair).find('|');
        auto const& here = facts.at(std::string(pair).substr(0, cut) + " allocated_s");
        auto const& there = facts.at(std::string(pair).substr(cut + 1) + " allocated_s");
        CHECK_THAT(here[0], WithinRel(there[0], 1e-9));
        CHECK_THAT(here[0], WithinRel(here[24], 1e-9));
    }
}

TEST_CASE("a queue borrows what the service does not need, and gives it back in the peak", "[process][service]")
{
    auto const facts = run_demand(resolved(chat_and_lab(480, 480, 20000.0)));
    auto const& capacity = facts.at("queue lab capacity");
    auto const& needed = facts.at("contract chat needed"); // both as they stand when the next row begins
    for (std::size_t i = 0; i + 1 < capacity.size(); ++i) {
        REQUIRE(capacity[i] <= 960.0 - needed[i]);
        REQUIRE(capacity[i] > 960.0 - needed[i] - 2.0); // whole ones of two halls
        REQUIRE(facts.at("queue lab used")[i] <= capacity[i]);
        REQUIRE(facts.at("pool site/h200 allocated")[i] <= facts.at("pool site/h200 sold")[i] * (1.0 + 1e-12));
    }
    CHECK(capacity[21] < 0.7 * capacity[3]); // the evening of the first day, and its night
    CHECK(sum(facts.at("job lab evictions")) >= 7.0);
    CHECK_THAT(sum(facts.at("service chat served")), WithinRel(sum(facts.at("service chat asked")), 1e-9)); // it does not notice
    double const held_s = held_by_jobs_s(facts, "lab");
    CHECK_THAT(sum(facts.at("total contract lab allocated_s")), WithinRel(held_s, 1e-9));
    CHECK_THAT(sum(facts.at("total pool site/h200 allocated")), WithinRel(held_s + sum(facts.at("total contract chat allocated_s")), 1e-9));
    CHECK_THAT(hours_by_cause_s(facts, Cause::rolled_back), WithinRel(held_by_jobs_s(facts, "lab", "lost_s"), 1e-9));
    CHECK(is_ladder(facts, "pool site/h200", 1e-6));
}

TEST_CASE("days of dates alone lend what a day needs in its mean", "[process][service]")
{
    auto const b = resolved(chat_and_lab(480, 480, 20000.0));
    auto const operate = run_demand(b);
    auto const build = run_demand(b, {.detail = Detail::build});
    CHECK_THAT(sum(build.at("service chat served")), WithinRel(sum(operate.at("service chat served")), 1e-9));
    double const given_out_s = held_by_jobs_s(build, "lab") + sum(build.at("total contract chat allocated_s"));
    CHECK_THAT(sum(build.at("total pool site/h200 allocated")), WithinRel(given_out_s, 1e-9)); // nobody has what another one has
    CHECK_THAT(held_by_jobs_s(build, "lab"), WithinRel(held_by_jobs_s(operate, "lab"), 0.05)); // jobs of 24 fill mean and hours alike
}

TEST_CASE("a queue without accelerators of its own that borrows is on the ladder and on the meter", "[process][service]")
{
    // "chat" has all there is, so "lab" is due and gets nothing.
    auto const facts = run_demand(resolved(chat_and_lab(960, 240, 40000.0)));
    double const held_s = held_by_jobs_s(facts, "lab");
    CHECK(held_s > 0.0);
    CHECK_THAT(sum(facts.at("total contract lab allocated_s")), WithinRel(held_s, 1e-9));
    CHECK_THAT(sum(facts.at("total pool site/h200 allocated")), WithinRel(held_s + sum(facts.at("total contract chat allocated_s")), 1e-9));
}

TEST_CASE("half of a hall that trips takes what its own contract does, not what the other's does", "[process][contract]")
{
    // "cabinets" stand in hall 1, "lab" in hall 2; a pod of 240 accelerators of hall 1 trips for eight hours.
    auto tree = demand_tree(R"({"contracts": [)" + contract("cabinets", 480, R"("busy_mean": 0.2)") + "," + contract("lab", 480) + "], "
                            + borrowing("") + "}");
    tree["faults"] = {
        Json::parse(R"({"name": "fault", "campus": "site", "at": "2026-07-15", "at_h": 10, "for_h": 8, "group": "A/cdus", "units": 2})")};
    auto const facts = run_demand(resolved(tree));
    CHECK(std::ranges::min(facts.at("queue lab used")) == 480.0); // its hall works on
    std::size_t const row = 48 + 12;                              // two hours after the fault nothing moves any more
    CHECK_THAT(facts.at("contract lab busy_s")[row], WithinRel(480.0 * hour_s, 1e-9));
    CHECK_THAT(facts.at("contract cabinets busy_s")[row], WithinRel(240.0 * 0.2 * hour_s, 1e-9));
    CHECK_THAT(facts.at("pool site/h200 busy")[row], WithinRel((480.0 + 240.0 * 0.2) * hour_s, 1e-9));
}
