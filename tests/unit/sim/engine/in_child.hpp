#pragma once
/// \file
/// Runs a part of a test in a process of its own: a process has one SimGrid engine in its life.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace aidc::test {

/// How a child process ended.
struct ChildResult {
    int exit_code = 0; ///< 128 + signal if a signal ended it
    std::string bytes; ///< What its body returned, or the message of the exception that left it
};

enum class Leave { at_once, through_exit }; ///< `_exit` or `exit` with all its handlers

/// A child that runs now. Its result must fit into a pipe (64 KiB): it is read at the end.
class Child {
  public:
    explicit Child(std::function<std::string()> const& body, Leave leave = Leave::at_once)
    {
        std::array<int, 2> ends{};
        std::fflush(nullptr);
        if (pipe(ends.data()) != 0 || (pid_ = fork()) < 0) {
            throw std::runtime_error("cannot start a child process");
        }
        if (pid_ == 0) {
            close(ends[0]);
            run(body, leave, ends[1]);
        }
        close(ends[1]);
        read_end_ = ends[0];
    }

    ChildResult result()
    {
        ChildResult result;
        std::array<char, 4096> buffer{};
        for (ssize_t n = 0; (n = read(read_end_, buffer.data(), buffer.size())) > 0;) {
            result.bytes.append(buffer.data(), static_cast<std::size_t>(n));
        }
        close(read_end_);
        int status = 0;
        waitpid(pid_, &status, 0);
        result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return result;
    }

  private:
    [[noreturn]] static void run(std::function<std::string()> const& body, Leave leave, int write_end)
    {
        int code = 0;
        std::string bytes;
        try {
            bytes = body();
        }
        catch (std::exception const& error) {
            code = 1;
            bytes = error.what();
        }
        if (write(write_end, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
            code = 2;
        }
        close(write_end);
        if (leave == Leave::through_exit) {
            std::exit(code);
        }
        _exit(code);
    }

    pid_t pid_ = -1;
    int read_end_ = -1;
};

inline ChildResult in_child(std::function<std::string()> const& body, Leave leave = Leave::at_once) { return Child(body, leave).result(); }

} // namespace aidc::test
