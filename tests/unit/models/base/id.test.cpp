#include "models/base/id.hpp"

#include "tests/catch.hpp"

using namespace aidc;

namespace {
struct Thing;
}

TEST_CASE("an id that was not set points nowhere", "[unit][base]")
{
    Id<Thing> const unset;
    CHECK_FALSE(static_cast<bool>(unset));
    CHECK(static_cast<bool>(id<Thing>(0)));
    CHECK(unset != id<Thing>(0));
}

TEST_CASE("ids sort by row, unset ones last", "[unit][base]")
{
    CHECK(id<Thing>(1) < id<Thing>(2));
    CHECK(id<Thing>(4294967294u) < Id<Thing>{});
}
