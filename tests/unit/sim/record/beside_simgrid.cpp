// Serial HDF5 and SimGrid in one process: the MPI build of HDF5 would crash at exit.

#include "sim/record/h5.hpp"
#include "sim/record/h5_reader.hpp"

#include <simgrid/s4u.hpp>

#include <array>
#include <cstdio>

namespace sg4 = simgrid::s4u;

int main(int argc, char** argv)
{
    sg4::Engine engine(&argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    auto* const zone = sg4::create_full_zone("campus");
    auto* const host = zone->create_host("node", 1e9);
    zone->seal();

    aidc::h5::File file(argv[1]);
    auto group = file.group("hourly", "Written by an actor");
    group.time_axis("2025-01-01");
    auto series = group.series({aidc::h5::Quantity{.name = "it_power_W", .units = "W"}});
    sg4::Actor::create("recorder", host, [&series] {
        for (int hour = 0; hour < 3; ++hour) {
            sg4::this_actor::sleep_for(3600.0);
            series.append(sg4::Engine::get_clock(), std::array{5.0F});
        }
    });
    engine.run();
    file.commit();
    return aidc::h5::Reader(argv[1]).column("/hourly/time").back() == 10800.0 ? 0 : 1;
}
