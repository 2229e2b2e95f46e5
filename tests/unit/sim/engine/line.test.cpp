#include "sim/engine/line.hpp"

#include "tests/catch.hpp"
#include "tests/unit/sim/engine/in_child.hpp"

#include <map>
#include <vector>

using namespace aidc;
using test::in_child;

namespace {

double constexpr per_day = 1.0 / day_s;

/// A line whose first capacity is 10 a day, and what was delivered when.
struct Plant {
    Simulation simulation;
    Line line;
    std::string text;

    explicit Plant(std::vector<double> weights = {1.0, 2.0}, std::vector<double> capacities_per_day = {10.0, 20.0, 5.0, 0.0})
        : line(simulation, "maker", scaled(capacities_per_day), std::move(weights))
    {
    }

    static std::vector<double> scaled(std::vector<double> capacities)
    {
        for (double& capacity : capacities) {
            capacity *= per_day;
        }
        return capacities;
    }

    /// Orders units; notes "<mark>@<tick> " at delivery.
    std::uint64_t order(std::size_t customer_class, double units, char mark)
    {
        return line.enqueue(customer_class, units, [this, mark] { text += mark + ("@" + std::to_string(simulation.now())) + " "; });
    }
    void capacity_from(double day, double per_day_now)
    {
        simulation.at(ticks(day * day_s), Phase::settle, [this, per_day_now] { line.set_capacity(per_day_now * per_day); });
    }
    void run_days(double days) { simulation.run_until(ticks(days * day_s)); }
};

template <class F> std::string made(F body, std::vector<double> const& weights = {1.0, 2.0})
{
    auto const child = in_child([&] {
        Plant plant(weights);
        body(plant);
        return plant.text;
    });
    return child.exit_code == 0 ? child.bytes : "exit code " + std::to_string(child.exit_code) + " " + child.bytes;
}

/// What `made` says of a delivery that SimGrid ends exactly at a day (law T3: one tick later).
std::string at_day(char mark, double day) { return mark + ("@" + std::to_string(ticks(day * day_s) + 1)) + " "; }

} // namespace

TEST_CASE("work that ends exactly on a tick arrives one tick after it (T3)")
{
    CHECK(made([](Plant& plant) {
              plant.order(0, 10.0, 'a');
              plant.simulation.at(day_ticks, Phase::record, [&] { plant.text += "row "; });
              plant.run_days(2.0);
          })
          == "row " + at_day('a', 1.0));
}

TEST_CASE("two classes share by weight, and the share of a class that is done reflows")
{
    // Hand calculation, 10 a day, weights 1 : 2, 100 units each.
    // B makes 20/3 a day and ends on day 15. A has made 50 by then and takes the whole line: day 15 + 50 / 10 = 20.
    CHECK(made([](Plant& plant) {
              plant.order(0, 100.0, 'A');
              plant.order(1, 100.0, 'B');
              plant.run_days(30.0);
          })
          == at_day('B', 15.0) + at_day('A', 20.0));
}

TEST_CASE("three classes of weights 1 : 2 : 1 share by weight")
{
    // Hand calculation, 10 a day: A, C 2.5 and B 5 a day. C (25) ends on day 10; then A 10/3 and B 20/3 a day.
    // B has 50 left: day 17.5. A has made 25 + 25 = 50, takes the whole line: 50 / 10 -> day 22.5.
    CHECK(made(
              [](Plant& plant) {
                  plant.order(0, 100.0, 'A');
                  plant.order(1, 100.0, 'B');
                  plant.order(2, 25.0, 'C');
                  plant.run_days(30.0);
              },
              {1.0, 2.0, 1.0})
          == at_day('C', 10.0) + at_day('B', 17.5) + at_day('A', 22.5));
}

TEST_CASE("a class without work leaves its share to the others until it has work again")
{
    // Hand calculation: B alone 10 a day to day 3 (30 made), then A joins: B 20/3 a day, 70 left -> day 13.5.
    // A has made 35 by then; 15 left at 10 a day -> day 15.
    CHECK(made([](Plant& plant) {
              plant.order(1, 100.0, 'B');
              plant.simulation.at(3 * day_ticks, Phase::settle, [&] { plant.order(0, 50.0, 'A'); });
              plant.run_days(30.0);
          })
          == at_day('B', 13.5) + at_day('A', 15.0));
}

TEST_CASE("a change of capacity keeps the progress made so far (T4)")
{
    // Hand calculation: 10 a day to day 5 (A 50/3, B 100/3), then 20 a day: B 40/3 a day, 200/3 left -> day 10.
    // A has made 50; 50 left at 20 a day -> day 12.5.
    CHECK(made([](Plant& plant) {
              plant.order(0, 100.0, 'A');
              plant.order(1, 100.0, 'B');
              plant.capacity_from(5.0, 20.0);
              plant.run_days(30.0);
          })
          == at_day('B', 10.0) + at_day('A', 12.5));
}

TEST_CASE("capacity 0 stops all work and keeps it; what is ordered meanwhile waits")
{
    // Hand calculation: 10 a day to day 5 (A 50 of 100 alone), stopped to day 8, then 5 a day shared 1 : 2 with B (10 units,
    // 10/3 a day -> day 11; A has made 55), then A alone 5 a day -> day 20.
    CHECK(made([](Plant& plant) {
              plant.order(0, 100.0, 'A');
              plant.capacity_from(5.0, 0.0);
              plant.simulation.at(6 * day_ticks, Phase::settle, [&] { plant.order(1, 10.0, 'B'); });
              plant.capacity_from(8.0, 5.0);
              plant.run_days(30.0);
          })
          == at_day('B', 11.0) + at_day('A', 20.0));
}

TEST_CASE("a line that begins stopped works once it has capacity")
{
    auto const child = in_child([] {
        Plant plant({1.0}, {0.0, 10.0});
        plant.order(0, 10.0, 'A');
        plant.capacity_from(4.0, 10.0);
        plant.run_days(30.0);
        return plant.text;
    });
    CHECK(child.bytes == at_day('A', 5.0));
}

TEST_CASE("a line without any capacity never works, and that is no deadlock")
{
    auto const child = in_child([] {
        Plant plant({1.0}, {0.0});
        plant.order(0, 10.0, 'A');
        plant.run_days(3000.0);
        return plant.text + "end";
    });
    CHECK(child.exit_code == 0);
    CHECK(child.bytes == "end");
}

TEST_CASE("first in, first out inside a class: 16 units behind 5,000 on 2,500 a year")
{
    // Closed form: (5,000 + 16) / 2,500 = 2.0064 years = 24.0768 months.
    auto const child = in_child([] {
        Simulation simulation;
        Line line(simulation, "maker", {2500.0 / year_s}, {1.0});
        std::string text;
        line.enqueue(0, 5000.0, [&] { text += "5000@" + std::to_string(simulation.now()) + " "; });
        line.enqueue(0, 16.0, [&] { text += "16@" + std::to_string(simulation.now()); });
        simulation.run_until(ticks(3.0 * year_s));
        return text;
    });
    CHECK(child.bytes == "5000@" + std::to_string(ticks(2.0 * year_s) + 1) + " 16@" + std::to_string(ticks(24.0768 / 12.0 * year_s) + 1));
}

TEST_CASE("one unit a day, and one a century, are shared exactly")
{
    for (double const days : {1.0, 36525.0}) {
        auto const child = in_child([days] {
            Plant plant({1.0, 2.0}, {1.0 / days});
            plant.order(0, 1.0, 'A'); // 1/3 of the rate, then all: 0.5 + 0.5 of B's end at 1.5 periods -> 2
            plant.order(1, 1.0, 'B');
            plant.run_days(3.0 * days);
            return plant.text;
        });
        CHECK(child.bytes == at_day('B', 1.5 * days) + at_day('A', 2.0 * days));
    }
}

TEST_CASE("weights a thousandfold apart and capacities a millionfold apart are shared exactly")
{
    // Hand calculation: 1e6 a day from the start, 1 a day from day 1. A has 1e6 / 1001 of 1001, B 1e9 / 1001.
    // With A ordering 1000 and B 1e9 / 1001 + 1000 / 1001: on day 1 B has 1000 / 1001 left, which takes it one day more.
    // A has then made 1e6 / 1001 + 1 / 1001 = 999.002...; the rest at 1 a day takes 1000 - 1000001 / 1001 days.
    auto const child = in_child([] {
        Plant plant({1.0, 1000.0}, {1e6, 1.0});
        plant.order(0, 1000.0, 'A');
        plant.order(1, (1e9 + 1e3) / 1001.0, 'B');
        plant.capacity_from(1.0, 1.0);
        plant.run_days(10.0);
        return plant.text;
    });
    CHECK(child.bytes == at_day('B', 2.0) + at_day('A', 2.0 + 1000.0 - 1000001.0 / 1001.0));
}

TEST_CASE("a withdrawn job never comes, queued, running or just made")
{
    CHECK(made([](Plant& plant) {
              auto const running = plant.order(0, 100.0, 'x');
              auto const queued = plant.order(0, 100.0, 'y');
              plant.order(0, 10.0, 'A');
              plant.simulation.at(5 * day_ticks, Phase::settle, [&plant, running, queued] {
                  plant.text += plant.line.withdraw(queued) ? "1" : "0";
                  plant.text += plant.line.withdraw(queued) ? "1" : "0";
                  plant.text += plant.line.withdraw(running) ? "1" : "0"; // its 50 units are lost; A starts now
                  plant.text += plant.line.withdraw(running) ? "1 " : "0 ";
              });
              plant.run_days(30.0);
          })
          == "1010 " + at_day('A', 6.0));
    CHECK(made([](Plant& plant) {
              auto const job = plant.order(0, 10.0, 'x');
              plant.simulation.at(day_ticks + 1, Phase::environment, [&plant, job] {
                  plant.text += plant.line.withdraw(job) ? "1" : "0"; // made at day 1, not delivered yet
              });
              plant.run_days(3.0);
              plant.text += plant.line.withdraw(job) ? "1" : "0";
          })
          == "10");
}

TEST_CASE("stopping, speeding or withdrawing in the very instant in which the work ends is safe")
{
    auto const at_the_end = [](auto change) {
        return made([change](Plant& plant) {
            auto const job = plant.order(0, 10.0, 'a');
            plant.order(0, 10.0, 'b');
            plant.simulation.at(day_ticks, Phase::environment, [&plant, change, job] { change(plant, job); });
            plant.capacity_from(5.0, 10.0);
            plant.run_days(30.0);
        });
    };
    CHECK(at_the_end([](Plant& plant, std::uint64_t) { plant.line.set_capacity(0.0); }) == at_day('a', 1.0) + at_day('b', 6.0));
    CHECK(at_the_end([](Plant& plant, std::uint64_t) { plant.line.set_capacity(20.0 * per_day); }) == at_day('a', 1.0) + at_day('b', 1.5));
    CHECK(at_the_end([](Plant& plant, std::uint64_t job) { plant.text += plant.line.withdraw(job) ? "1 " : "0 "; })
          == "1 " + at_day('b', 2.0));
}

TEST_CASE("a job can be withdrawn while the line is stopped")
{
    CHECK(made([](Plant& plant) {
              auto const job = plant.order(0, 10.0, 'x');
              plant.order(0, 10.0, 'a');
              plant.capacity_from(0.5, 0.0);
              plant.simulation.at(day_ticks, Phase::settle, [&plant, job] { plant.line.withdraw(job); });
              plant.capacity_from(2.0, 5.0);
              plant.run_days(30.0);
          })
          == at_day('a', 4.0));
}

TEST_CASE("a delivery may order again, and the line loses no time between jobs in its queue")
{
    CHECK(made([](Plant& plant) {
              for (char mark : {'a', 'b', 'c'}) {
                  plant.order(0, 10.0 / 3.0, mark); // a third of a day each: two of three end between ticks
              }
              plant.line.enqueue(0, 10.0, [&plant] { plant.order(0, 10.0, 'e'); }); // day 2, and again from one tick after
              plant.run_days(30.0);
          })
          == "a@" + std::to_string(ticks(day_s / 3.0) + 1) + " b@" + std::to_string(ticks(2.0 * day_s / 3.0) + 1) + " " + at_day('c', 1.0)
                 + "e@" + std::to_string(3 * day_ticks + 2) + " ");
}

TEST_CASE("lines work independently, and jobs may be ordered before, during and between runs")
{
    auto const child = in_child([] {
        Simulation simulation;
        std::map<std::string, Tick> made_at;
        std::vector<Line> lines; // moves as it grows
        for (char const* name : {"x", "y", "z"}) {
            lines.emplace_back(simulation, name, std::vector<double>{1.0}, std::vector<double>{1.0});
        }
        auto const order = [&](std::size_t line, double units, std::string const& name) {
            lines[line].enqueue(0, units,
                                [&made_at, &simulation, &name = made_at.emplace(name, 0).first->second] { name = simulation.now(); });
        };
        order(0, 100.0, "before");
        simulation.at(ticks(200.0), Phase::settle, [&] { order(1, 50.0, "during"); });
        simulation.run_until(ticks(300.0));
        order(2, 25.0, "between");
        simulation.run_until(ticks(400.0));
        return std::to_string(made_at["before"]) + " " + std::to_string(made_at["during"]) + " " + std::to_string(made_at["between"]);
    });
    CHECK(child.exit_code == 0);
    CHECK(child.bytes
          == std::to_string(ticks(100.0) + 1) + " " + std::to_string(ticks(250.0) + 1) + " " + std::to_string(ticks(325.0) + 1));
}

TEST_CASE("work started in an instant that SimGrid's clock skipped begins in that instant, before its later events")
{
    CHECK(made([](Plant& plant) {
              for (Tick date = 1; date < 50; ++date) { // nothing works: SimGrid's clock need not follow
                  plant.simulation.at(date * day_ticks / 10, Phase::environment, [] {});
              }
              plant.simulation.at(2 * day_ticks, Phase::arrival, [&] { plant.order(0, 10.0, 'a'); });
              plant.simulation.at(2 * day_ticks, Phase::settle, [&] { plant.text += "settle "; });
              plant.run_days(10.0);
          })
          == "settle " + at_day('a', 3.0));
}

TEST_CASE("an event that orders and throws leaves the order in place")
{
    CHECK(made([](Plant& plant) {
              plant.run_days(1.0);
              plant.simulation.at(2 * day_ticks, Phase::arrival, [&] {
                  plant.order(0, 10.0, 'a');
                  throw std::runtime_error("later");
              });
              try {
                  plant.run_days(10.0);
              }
              catch (std::runtime_error const&) {
                  plant.text += "caught ";
              }
              plant.run_days(10.0);
          })
          == "caught " + at_day('a', 3.0));
}

TEST_CASE("a line that is busy at the end, or goes away with work in hand, is no error")
{
    auto const leave = GENERATE(test::Leave::at_once, test::Leave::through_exit);
    auto const busy = in_child(
        [] {
            Plant plant;
            plant.order(0, 1e9, 'x');
            plant.order(1, 10.0, 'A');
            plant.run_days(3.0);
            return plant.text;
        },
        leave);
    CHECK(busy.exit_code == 0);
    CHECK(busy.bytes == at_day('A', 1.5));
    auto const gone = in_child(
        [] {
            Simulation simulation;
            auto line = std::make_unique<Line>(simulation, "maker", std::vector<double>{1.0}, std::vector<double>{1.0, 1.0});
            int deliveries = 0;
            for (std::size_t job = 0; job < 4; ++job) {
                line->enqueue(job % 2, 100.0, [&] { ++deliveries; });
            }
            simulation.at(ticks(50.0), Phase::settle, [&] { line.reset(); });
            simulation.run_until(ticks(1000.0));
            return std::to_string(deliveries);
        },
        leave);
    CHECK(gone.exit_code == 0);
    CHECK(gone.bytes == "0");
}

TEST_CASE("a simulation forked between two runs goes on in the child as in the parent")
{
    CHECK(made([](Plant& plant) {
              plant.order(0, 100.0, 'A');
              plant.order(1, 100.0, 'B');
              plant.run_days(7.0);
              auto const branch = in_child([&plant] {
                  plant.run_days(30.0);
                  return plant.text;
              });
              plant.run_days(30.0);
              plant.text += branch.exit_code == 0 && branch.bytes == plant.text ? "same" : "different";
          })
          == at_day('B', 15.0) + at_day('A', 20.0) + "same");
}

TEST_CASE("a process that exits in the middle of a run exits with its own code")
{
    auto const child = in_child([] {
        Plant plant;
        plant.order(0, 1e9, 'x');
        plant.simulation.at(day_ticks, Phase::settle, [] { std::exit(3); });
        plant.run_days(3.0);
        return plant.text;
    });
    CHECK(child.exit_code == 3);
}

TEST_CASE("undeclared capacities, lines made after the first run, and no units break the contract")
{
    CHECK(made([](Plant& plant) { plant.line.set_capacity(7.0 * per_day); }) == "exit code 70 ");
    CHECK(made([](Plant& plant) { plant.order(0, 0.0, 'x'); }) == "exit code 70 ");
    CHECK(made([](Plant& plant) { plant.order(2, 1.0, 'x'); }) == "exit code 70 ");
    CHECK(made([](Plant& plant) {
              plant.run_days(1.0);
              Line const late(plant.simulation, "late", {1.0}, {1.0});
          })
          == "exit code 70 ");
}
