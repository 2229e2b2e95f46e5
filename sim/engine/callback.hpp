#pragma once
/// \file
/// What an event runs: a callable that never allocates.

#include "models/base/error.hpp"

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace aidc {

/// Move-only `void()` callable, stored in place.
/// A callable larger than `capacity` does not compile: capture ids or one pointer, not data.
class Callback {
  public:
    static constexpr std::size_t capacity = 48; ///< Largest callable [bytes]

    Callback() noexcept = default;

    /// \pre  `callable` fits, and its move cannot throw
    template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Callback> && std::invocable<std::remove_cvref_t<F>&>) Callback(F&& callable)
        : kind_(&kind_of<std::remove_cvref_t<F>>)
    {
        using Stored = std::remove_cvref_t<F>;
        static_assert(sizeof(Stored) <= capacity, "an event captures at most 48 bytes");
        static_assert(alignof(Stored) <= alignof(void*));
        static_assert(std::is_nothrow_move_constructible_v<Stored>);
        ::new (static_cast<void*>(storage_)) Stored(std::forward<F>(callable));
    }

    Callback(Callback&& other) noexcept { take(other); }
    Callback& operator=(Callback&& other) noexcept
    {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    ~Callback() { reset(); }

    explicit operator bool() const noexcept { return kind_ != nullptr; }

    /// \pre  not empty
    void operator()()
    {
        AIDC_EXPECT(kind_ != nullptr);
        kind_->call(storage_);
    }

    /// Destroys the callable and leaves this empty.
    void reset() noexcept
    {
        if (kind_ != nullptr && kind_->destroy != nullptr) {
            kind_->destroy(storage_);
        }
        kind_ = nullptr;
    }

  private:
    /// What can be done with one type of callable.
    struct Kind {
        void (*call)(void*);
        void (*relocate)(void* to, void* from) noexcept;
        void (*destroy)(void*) noexcept; ///< Null if there is nothing to do
    };

    template <class F>
    static constexpr Kind kind_of{[](void* f) { (*static_cast<F*>(f))(); },
                                  [](void* to, void* from) noexcept {
                                      ::new (to) F(std::move(*static_cast<F*>(from)));
                                      static_cast<F*>(from)->~F();
                                  },
                                  std::is_trivially_destructible_v<F> ? nullptr : +[](void* f) noexcept { static_cast<F*>(f)->~F(); }};

    void take(Callback& other) noexcept
    {
        if (other.kind_ != nullptr) {
            other.kind_->relocate(storage_, other.storage_);
            kind_ = std::exchange(other.kind_, nullptr);
        }
    }

    alignas(void*) std::byte storage_[capacity];
    Kind const* kind_ = nullptr;
};

static_assert(sizeof(Callback) == Callback::capacity + sizeof(void*));

} // namespace aidc
