#include "sim/run/pool.hpp"

#include "models/base/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>
#ifdef __linux__
#    include <sys/prctl.h>
#endif

namespace aidc {
namespace {

constexpr int failed_in_words = 1; ///< Exit code: the bytes are the message of an exception
constexpr int asked_every_ms = 100;

using Work = std::function<std::string(std::size_t)>;

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

[[noreturn]] void work_and_exit(Work const& work, std::size_t index, int to)
{
    int code = 0;
    std::string bytes;
    try {
        bytes = work(index);
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

/// A child must not outlive a parent that was killed. Elsewhere than on Linux it ends when it finds nobody at its pipe.
void die_with(pid_t parent)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(70);
    }
#else
    static_cast<void>(parent);
#endif
}

/// One running child and what it has sent. Killed and reaped when it is dropped before its end.
class Child {
  public:
    Child(std::size_t index, pid_t process, int from) : index_(index), process_(process), from_(from) {}
    Child(Child&& other) noexcept
        : index_(other.index_), process_(std::exchange(other.process_, -1)), from_(std::exchange(other.from_, -1)),
          bytes_(std::move(other.bytes_))
    {
    }
    Child& operator=(Child&& other) noexcept
    {
        std::swap(index_, other.index_);
        std::swap(process_, other.process_);
        std::swap(from_, other.from_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Child()
    {
        if (process_ > 0) {
            kill(process_, SIGKILL);
            reap();
        }
    }

    std::size_t index() const { return index_; }
    int from() const { return from_; }

    /// Reads what is there, up to one buffer; true at the end of what the child sends. \pre poll() found something
    bool read_some()
    {
        std::array<char, 65536> buffer;
        auto const n = read(from_, buffer.data(), buffer.size());
        if (n > 0) {
            bytes_.append(buffer.data(), static_cast<std::size_t>(n));
        }
        return n == 0 || (n < 0 && errno != EINTR);
    }

    /// What came of it. \pre read_some() said that this was all
    FromChild result()
    {
        int const status = reap();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            return {.bytes = std::move(bytes_), .error = {}};
        }
        if (WIFEXITED(status) && WEXITSTATUS(status) == failed_in_words) {
            return {.bytes = {}, .error = std::move(bytes_)};
        }
        bool const by_signal = WIFSIGNALED(status);
        return {.bytes = {},
                .error = fmt::format("child process {} died ({} {})", index_, by_signal ? "signal" : "exit code",
                                     by_signal ? WTERMSIG(status) : WEXITSTATUS(status))};
    }

  private:
    int reap()
    {
        close(from_);
        int status = 0;
        while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {}
        process_ = -1;
        return status;
    }

    std::size_t index_;
    pid_t process_;
    int from_;
    std::string bytes_;
};

/// The children that run, and the results that came before their turn.
class Pool {
  public:
    Pool(PoolSize size, Work const& work) : size_(size), work_(work) {}

    /// Starts children while there is room. \param awaited  Index of the result that is to be taken next
    void start(std::size_t awaited)
    {
        while (running_.size() < size_.jobs && next_ < size_.count && next_ < awaited + 4 * size_.jobs) {
            start_one(next_++);
        }
    }

    /// Waits until a child has sent something, a signal came, or time has passed, and reads it.
    void read(int at_most_ms)
    {
        std::vector<pollfd> ends;
        for (auto const& child : running_) {
            ends.push_back({.fd = child.from(), .events = POLLIN, .revents = 0});
        }
        if (poll(ends.data(), static_cast<nfds_t>(ends.size()), at_most_ms) <= 0) {
            return; // time has passed, or EINTR
        }
        for (std::size_t i = ends.size(); i-- > 0;) {
            if (ends[i].revents != 0 && running_[i].read_some()) {
                early_.emplace(running_[i].index(), running_[i].result());
                running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
    }

    /// The result of a piece of work, once it is there.
    std::optional<FromChild> result(std::size_t index)
    {
        auto node = early_.extract(index);
        return node ? std::optional(std::move(node.mapped())) : std::nullopt;
    }

  private:
    void start_one(std::size_t index)
    {
        std::array<int, 2> ends{};
        std::fflush(nullptr); // or the child would write what is buffered once more
        if (pipe(ends.data()) != 0) {
            throw std::runtime_error(fmt::format("no pipe for a child process: {}", std::strerror(errno)));
        }
        pid_t const parent = getpid();
        pid_t const process = fork();
        if (process < 0) {
            int const why = errno;
            close(ends[0]);
            close(ends[1]);
            throw std::runtime_error(fmt::format("no child process: {}", std::strerror(why)));
        }
        if (process == 0) {
            die_with(parent);
            close(ends[0]);
            for (auto const& other : running_) {
                close(other.from());
            }
            work_and_exit(work_, index, ends[1]);
        }
        close(ends[1]);
        running_.emplace_back(index, process, ends[0]);
    }

    PoolSize size_;
    Work const& work_;
    std::size_t next_ = 0;
    std::vector<Child> running_;
    std::map<std::size_t, FromChild> early_;
};

} // namespace

std::size_t for_each_in_children(PoolSize size, Work const& work, std::function<void(std::size_t, FromChild)> const& take,
                                 std::function<bool()> const& stop_asked)
{
    AIDC_EXPECT(size.jobs >= 1);
    Pool pool(size, work);
    std::size_t awaited = 0;
    while (awaited < size.count && !(stop_asked && stop_asked())) {
        pool.start(awaited);
        pool.read(stop_asked ? asked_every_ms : -1);
        while (auto result = pool.result(awaited)) {
            take(awaited++, std::move(*result));
        }
    }
    return awaited;
}

} // namespace aidc
