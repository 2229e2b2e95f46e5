#include "sim/run/child.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace aidc {
namespace {

constexpr int failed_in_words = 1; ///< The bytes are the message of an exception

void write_all(int to, std::string const& bytes)
{
    for (std::size_t done = 0; done < bytes.size();) {
        auto const n = write(to, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            _exit(70);
        }
        done += static_cast<std::size_t>(n);
    }
}

[[noreturn]] void work_and_exit(std::function<std::string()> const& work, int to)
{
    int code = 0;
    std::string bytes;
    try {
        bytes = work();
    }
    catch (std::exception const& error) {
        bytes = error.what();
        code = failed_in_words;
    }
    write_all(to, bytes);
    close(to);
    std::fflush(nullptr);
    _exit(code);
}

std::string read_all(int from)
{
    std::string bytes;
    std::array<char, 65536> buffer{};
    while (true) {
        auto const n = read(from, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return bytes;
        }
        bytes.append(buffer.data(), static_cast<std::size_t>(n));
    }
}

} // namespace

std::string in_child(std::function<std::string()> const& work)
{
    std::array<int, 2> ends{};
    std::fflush(nullptr);
    if (pipe(ends.data()) != 0) {
        throw std::runtime_error(fmt::format("no pipe for a child process: {}", std::strerror(errno)));
    }
    pid_t const child = fork();
    if (child < 0) {
        throw std::runtime_error(fmt::format("no child process: {}", std::strerror(errno)));
    }
    if (child == 0) {
        close(ends[0]);
        work_and_exit(work, ends[1]);
    }
    close(ends[1]);
    auto bytes = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (WIFEXITED(status) && WEXITSTATUS(status) == failed_in_words) {
        throw std::runtime_error(bytes);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error(fmt::format("the child process died ({} {})", WIFSIGNALED(status) ? "signal" : "exit code",
                                             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)));
    }
    return bytes;
}

} // namespace aidc
