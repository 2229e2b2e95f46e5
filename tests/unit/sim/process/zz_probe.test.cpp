#include "demand_run.hpp"
#include <cstdio>
using namespace aidc; using namespace aidc::testing;
static std::string job(char const* name, unsigned accelerators, double work_h, std::string const& more = "")
{
    return R"({"name": ")" + std::string(name) + R"(", "run": {"from": "2026-07-13", "accelerators": )" + std::to_string(accelerators)
           + R"(, "work_h": )" + std::to_string(work_h) + "}" + (more.empty() ? "" : ", " + more) + "}";
}
static std::string queue(std::string const& streams, std::string const& more = "", std::string n = "lab")
{
    return R"({"name": ")"+n+R"(", "contract": ")"+n+R"(", "streams": [)" + streams + "]" + (more.empty() ? "" : ", " + more) + "}";
}
static std::string jobs8(int n, double h, unsigned size=8) { std::string jobs;  for (int i = 0; i < n; ++i) jobs += (i > 0 ? "," : "") + job(("j" + std::to_string(i)).c_str(), size, h); return jobs; }
static std::string chat(double tok) { return R"("inference": [{"name": "chat", "asked": [{"from": "2026-07-13", "tokens_per_s": )"+std::to_string(tok)+R"(}], "served": [{"contract": "chat", "tokens_per_s": 100, "slots": 50, "tokens_each": 1000}], "course": {"by_hour": [0.2,0.2,0.2,0.2,0.2,0.2,0.2,0.2,1,1,1,1,1,1,1,1,1,1,1,1,1,1.5,1.5,1], "weekend": 1}}])"; }
static void show(Facts& f, std::vector<std::string> cols, double h0, double h1) {
    for (std::size_t i = 0; i < f["row from"].size(); ++i) { double h = f["row from"][i]/3600; if (h < h0 || h>=h1) continue; printf("%6.2f", h);
      for (auto& c : cols) { if (!f.count(c)) {printf(" [%s?]", c.c_str()); continue;} double v = f[c][i]; bool r = c.ends_with("_s")||c.starts_with("pool"); printf("  %s %.3f", c.substr(c.find(' ')+1).c_str(), r? v/f["row s"][i] : v); } puts(""); } }

TEST_CASE("short_since")
{
    int bad = 0;
    for (unsigned n = 24; n <= 960; n += 24) {
        auto tree = demand_tree(R"({"contracts": [)" + contract("a", n, R"("busy_mean": 0.5, "price_per_kWh": 1, "damages_per_kWh": 1, "grace_h": 24)") + "]}");
        auto b = resolved(tree);
        double due = b.contracts[0].committed[0].it_W, bud = budget_W(b.kinds[0]);
        double have = n/24*bud;
        if (due != have) printf("n %u due %.17g have %.17g\n", n, due, have), ++bad;
    }
    printf("bad %d\n", bad);
    // bytedance kinds
    for (double bud : {31875.0, 34937.5, 132000.0/1, 48333.3, 120000.0, 40123.4}) for (unsigned acc : {24u, 72u, 640u, 16u}) for (unsigned r = 1; r < 400; ++r) { double due = (double)(r*acc)*bud/acc; double have=0; have = r*bud; if (due > have) { printf("bud %g acc %u r %u: %.17g > %.17g\n", bud, acc, r, due, have); break; } }
}
TEST_CASE("sun")
{
    auto tree = demand_tree(R"({"contracts": [)" + contract("cn", 480) + "," + contract("us", 480) + R"(], "inference": [{"name": "chat", "asked": [{"from": "2026-07-13", "tokens_per_s": 30000}],
       "regions": [{"name": "cn", "share": 0.6, "prefers": ["cn", "us"]}, {"name": "us", "share": 0.4, "ahead_h": -12, "prefers": ["us", "cn"]}],
       "served": [{"contract": "cn", "tokens_per_s": 100, "slots": 50, "tokens_each": 1000}, {"contract": "us", "tokens_per_s": 80, "slots": 50, "tokens_each": 1000}]}]})");
    auto copy = tree["campuses"][0]; copy["name"] = "us"; tree["campuses"].push_back(copy);
    tree["demand"]["contracts"][1]["campus"] = "us";
    auto f = run_demand(resolved(tree));
    show(f, {"contract cn needed","contract us needed","contract cn allocated_s", "contract us allocated_s","contract cn busy_s","contract us busy_s","service chat asked","service chat served","service chat within"}, 0, 26);
}
TEST_CASE("repair floor")
{
    auto tree = demand_tree(R"({"contracts": [)" + contract("lab", 960) + R"(], "jobs": [)" + queue(job("a", 960, 10)) + "]}");
    tree["racks"][0].erase("accelerator_failures_per_year");
    auto f = run_demand(resolved(tree));
    show(f, {"contract lab working","queue lab capacity","queue lab used"}, 0, 2);
}
TEST_CASE("dark kind")
{
    auto tree = demand_tree(R"({"contracts": [)" + contract("lab", 960) + R"(, {"name": "cab", "campus": "site", "rack": "cab", "committed": [{"from": "2026-07-13", "it_kW": 300}]}, {"name": "cab2", "campus": "site", "rack": "cab", "busy_mean": 0.5, "rack_up_days": 3, "committed": [{"from": "2026-07-13", "it_kW": 300}]}], "jobs": [)" + queue(job("a", 240, 10)) + "," + queue(job("a", 240, 10), "", "cab") + "]}");
    tree["racks"].push_back(Json::parse(R"({"use": "h200_liquid_rack_24", "name": "cab", "server": {"accelerators": 0, "power_kW": 10.625}, "accelerator_failures_per_year": 0})"));
    tree["campuses"][0]["buildings"][0]["halls"][1]["racks"] = Json::parse(R"([{"rack": "cab", "racks": 20, "racks_per_pod": 10}])");
    auto f = run_demand(resolved(tree));
    for (auto& [n,v]:f) if (n.starts_with("total")) printf("%s %g\n", n.c_str(), sum(v));
    show(f, {"contract cab working","queue cab capacity","queue cab used", "campus site it_J"}, 0, 5);
}
TEST_CASE("late racks / ends / dispaced")
{
    auto tree = demand_tree(R"({"contracts": [)" + contract("chat", 960, R"("until": "2026-07-15")") + "," + contract("lab", 960, R"("term_days": 2)") + "], " + chat(40000) + R"(, "jobs": [)" + queue(jobs8(40,200,24), R"("borrows": "chat")") + "]}");
    auto f = run_demand(resolved(tree));
    show(f, {"contract chat working","contract chat needed","contract chat busy_s","queue lab capacity","queue lab used","contract lab allocated_s","pool site/h200 allocated","pool site/h200 busy", "service chat asked", "service chat served"}, 44, 52);
    show(f, {"contract chat working","contract chat needed","contract chat busy_s","queue lab capacity","queue lab used","contract lab allocated_s","pool site/h200 allocated","pool site/h200 busy", "service chat asked", "service chat served"}, 94, 100);
}
