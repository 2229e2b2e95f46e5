#pragma once
/// \file
/// Much work in child processes, a few at once. One process a piece, because a simulation cannot be repeated in one.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace aidc {

/// What a child may use up. 0: no limit.
struct ChildLimits {
    double time_s = 0.0;    ///< Wall time
    double memory_MB = 0.0; ///< Data of the process [10^6 bytes]
};

/// How many pieces of work, how many of them at once, and what a child may do.
struct PoolOptions {
    std::size_t count = 1;
    std::size_t jobs = 1; ///< >= 1
    ChildLimits limits{};
    std::size_t tries = 1;                      ///< A child that dies without words is started again up to so often
    std::function<void(std::size_t)> prepare{}; ///< Runs in this process before the child of a piece is started; none: nothing
    std::function<bool()> stop_asked{};         ///< Asked ten times a second; when it says yes, all children are killed. None: never
};

/// What became of one piece of work.
struct FromChild {
    std::string bytes;                ///< What the work returned
    std::optional<std::string> error; ///< Instead: the words of the exception that ended it, or how the child died
    bool by_chance = false;           ///< It died, or met a limit: with other limits or elsewhere it may go well
    double cpu_s{};                   ///< Of the child, system calls included
};

/// Runs work(0) ... work(count - 1), each in a forked child, and hands every result to `take` in the order of the index.
///
/// At most `jobs` children run at once, and none is started more than 4 jobs ahead of the result that `take` waits for, so
/// that few results lie in memory. A child that ends without words is an error that names its index and signal or exit code;
/// one that exceeds a limit is an error that says which.
/// \param take  Runs in this process; what it throws kills the children and comes out of this function
/// \return how many results were taken: `count`, or fewer when stopped
/// \throws std::runtime_error  when there is no pipe or no process to be had
std::size_t for_each_in_children(PoolOptions const& options, std::function<std::string(std::size_t)> const& work,
                                 std::function<void(std::size_t, FromChild)> const& take);

} // namespace aidc
