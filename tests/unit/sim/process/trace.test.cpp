// Replayed heat in steps of 15 s: what goes in, what leaves, and what chips, coolant and water keep.
#include "small_run.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <unistd.h>

using namespace aidc;
using namespace aidc::testing;

namespace {

/// A table that is gone when the test is.
class HeatFile {
  public:
    explicit HeatFile(std::string const& text)
        : path_(std::filesystem::temp_directory_path() / ("aidc_trace_" + std::to_string(getpid()) + ".csv"))
    {
        std::ofstream(path_) << text;
    }
    ~HeatFile() { std::filesystem::remove(path_); }
    HeatFile(HeatFile const&) = delete;
    HeatFile& operator=(HeatFile const&) = delete;

    std::string spec(std::string const& more = "") const
    {
        return R"([{"hall": "frontier/A/1", "csv": ")" + path_.string() + R"(", "columns": "p[")" + more + "}]";
    }

  private:
    std::filesystem::path path_;
};

/// scenarios/frontier_like.json: a day of 25 pods in steps of 15 s.
Buildout frontier(std::vector<Override> const& overrides)
{
    return load_scenario(std::filesystem::path(AIDC_SOURCE_DIR) / "scenarios/frontier_like.json", overrides).buildout;
}

struct Day {
    double it_J{}, heat_in_J{}, rejected_J{}, reused_J{}, stored_J{}, throttled_J{}, wet_bulb_C{}, worst_row{}, rows{};
};

/// A day; `worst_row` is the largest |in - rejected - reused - stored| of a row over its heat in.
Day run(Buildout const& buildout)
{
    auto const n = numbers_of(in_child([&] {
        std::vector<double> picked;
        double worst = 0.0;
        double rows = 0.0;
        AtEnd observer([&](World const& world, Tick) {
            auto const& f = world.campus_books[id<Campus>(0)].total;
            picked = {f.it_J, f.heat_in_J, f.heat_rejected_J, f.heat_reused_J, f.heat_stored_J, f.throttled_J, f.wet_bulb_C_s / f.seconds,
                      worst,  rows};
        });
        observer.on_row = [&](World const& world, Tick, Tick) {
            auto const& f = world.campus_books[id<Campus>(0)].row;
            worst = std::max(worst, std::abs(f.heat_in_J - f.heat_rejected_J - f.heat_reused_J - f.heat_stored_J) / f.heat_in_J);
            rows += 1.0;
        };
        simulate(buildout, make_plan(buildout), {}, observer);
        return bytes_of(picked);
    }));
    return {n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]};
}

/// By its contract: three cabinets of 128 x 2.9 + 15 kW; idle 0.3, draw 0.85, busy 0.7.
constexpr double contract_pod_W = 3.0 * (128.0 * 2.9e3 + 15e3) * (0.3 + 0.55 * 0.7);

} // namespace

TEST_CASE("two replayed pods draw their trapezoids over the liquid share, the others their contract", "[process][trace]")
{
    // Samples every 6 h: a ramp up, a plateau, a fall to nothing and back; after the last one it would stay.
    HeatFile const file("time,p[1],p[2]\n0,4e5,1e6\n21600,9e5,1e6\n43200,9e5,0\n64800,0,0\n86400,6e5,7e5\n");
    auto const day = run(frontier({{.pointer = "/traces", .value = file.spec()}}));
    double const first_J = 21600.0 * (6.5e5 + 9e5 + 4.5e5 + 3e5); // means of the four spans, by hand
    double const second_J = 21600.0 * (1e6 + 5e5 + 0.0 + 3.5e5);
    CHECK(day.rows == 5760.0);
    CHECK_THAT(day.it_J, WithinRel((first_J + second_J) / 0.945 + 23.0 * contract_pod_W * day_s, 1e-9));
    CHECK(day.throttled_J == 0.0);
    CHECK_THAT(day.heat_in_J - day.rejected_J - day.reused_J, WithinAbs(day.stored_J, 1e-9 * day.heat_in_J));
    CHECK(day.worst_row <= 1e-9); // and it closes in every single step of 15 s
    CHECK(day.stored_J != 0.0);
}

TEST_CASE("a made table of two samples: the line, then its end", "[process][trace]")
{
    HeatFile const file("time,p[1]\n0,1e6\n15,2e5\n");
    auto const day = run(frontier({{.pointer = "/traces", .value = file.spec()}}));
    double const replayed_J = 15.0 * 6e5 + (day_s - 15.0) * 2e5;
    CHECK_THAT(day.it_J, WithinRel(replayed_J / 0.945 + 24.0 * contract_pod_W * day_s, 1e-9));
    CHECK_THAT(day.heat_in_J - day.rejected_J - day.reused_J, WithinAbs(day.stored_J, 1e-9 * day.heat_in_J));
    // All of a day, then: less stored at the end than at the start, for one pod has cooled down.
    CHECK(day.stored_J < 0.05 * day.heat_in_J);
}

TEST_CASE("a measured wet bulb takes the place of the climate's", "[process][trace]")
{
    HeatFile const file("time,p[1],twb\n0,1e6,8\n43200,1e6,14\n86400,1e6,8\n");
    auto const day = run(frontier({{.pointer = "/traces", .value = file.spec(R"(, "wet_bulb": "twb")")}}));
    CHECK_THAT(day.wet_bulb_C, WithinAbs(11.0, 1e-6)); // mean of a triangle from 8 to 14 and back
    CHECK_THAT(day.heat_in_J - day.rejected_J - day.reused_J, WithinAbs(day.stored_J, 1e-9 * day.heat_in_J));
}
