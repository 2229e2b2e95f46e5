#include "sim/engine/callback.hpp"

#include "tests/catch.hpp"

#include <array>
#include <functional>
#include <memory>

using aidc::Callback;

static_assert(!std::is_copy_constructible_v<Callback>);
static_assert(std::is_nothrow_move_constructible_v<Callback>);

TEST_CASE("a callback runs what it holds, also after moves")
{
    std::array<int, 10> values{};
    values[9] = 7;
    int seen = 0;
    auto const with_48_bytes = [copy = values, &seen] { seen = copy[9]; };
    static_assert(sizeof(with_48_bytes) == Callback::capacity);
    Callback first = with_48_bytes;
    Callback second = std::move(first);
    CHECK_FALSE(static_cast<bool>(first));
    first = std::move(second);
    first();
    CHECK(seen == 7);
}

TEST_CASE("a callback destroys what it holds exactly once")
{
    auto const token = std::make_shared<int>(0);
    {
        Callback callback = [token] { ++*token; };
        CHECK(token.use_count() == 2);
        Callback moved = std::move(callback);
        CHECK(token.use_count() == 2);
        moved();
        moved = Callback([] {});
        CHECK(token.use_count() == 1);
    }
    CHECK(*token == 1);
    CHECK(token.use_count() == 1);
}

TEST_CASE("a callback takes move-only callables and std::function")
{
    int seen = 0;
    Callback move_only = [owned = std::make_unique<int>(3), &seen] { seen = *owned; };
    move_only();
    CHECK(seen == 3);
    Callback wrapped = std::function<void()>([&seen] { seen = 4; });
    wrapped();
    CHECK(seen == 4);
    CHECK_FALSE(static_cast<bool>(Callback()));
}
