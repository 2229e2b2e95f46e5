#include "models/demand/room.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {

std::vector<CellShare> placed(Room const& room, GangSize gang, Placement placement)
{
    std::vector<CellShare> shares{{9, 9}}; // what stood there before is dropped
    room.place(gang, placement, shares);
    return shares;
}

} // namespace

TEST_CASE("a room holds what fits, in one cell or in all", "[unit][demand]")
{
    Room const room({3, 0, 5});
    CHECK(room.total() == 8);
    CHECK(room.holds({.processors = 8}));
    CHECK(!room.holds({.processors = 9}));
    CHECK(room.holds({.processors = 5, .one_cell = true}));
    CHECK(!room.holds({.processors = 6, .one_cell = true}));
}

TEST_CASE("leftmost takes the lowest cells, compact the fullest that holds it or the emptiest", "[unit][demand]")
{
    using Shares = std::vector<CellShare>;
    Room const room({2, 6, 4, 4, 0});
    CHECK(placed(room, {.processors = 3}, Placement::leftmost) == Shares{{0, 2}, {1, 1}});
    CHECK(placed(room, {.processors = 3, .one_cell = true}, Placement::leftmost) == Shares{{1, 3}});
    CHECK(placed(room, {.processors = 3}, Placement::compact) == Shares{{2, 3}}); // 2 and 3 are equally full: the lowest
    CHECK(placed(room, {.processors = 5}, Placement::compact) == Shares{{1, 5}});
    CHECK(placed(room, {.processors = 9}, Placement::compact) == Shares{{1, 6}, {2, 3}});
    CHECK(placed(room, {.processors = 15}, Placement::compact) == Shares{{0, 1}, {1, 6}, {2, 4}, {3, 4}});
}

TEST_CASE("what is taken and given back leaves a room as it was", "[unit][demand]")
{
    Room room({2, 6});
    std::vector<CellShare> const shares{{0, 2}, {1, 1}};
    room.take(shares);
    CHECK(room.total() == 5);
    CHECK(room.cells()[0] == 0);
    room.give(shares);
    CHECK(room.cells()[0] == 2);
    CHECK(room.cells()[1] == 6);
    room.set(1, 0);
    CHECK(room.total() == 2);
}
