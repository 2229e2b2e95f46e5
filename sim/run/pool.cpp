#include "sim/run/pool.hpp"

#include "models/base/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <new>
#include <poll.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/time.h>
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
constexpr int out_of_memory = 2;   ///< The same, of a child that met its limit
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
    catch (std::bad_alloc const&) {
        bytes = "it needed more memory than it may have";
        code = out_of_memory;
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

/// Data, not addresses: libraries and stacks that are reserved and never touched do not count.
void limit_memory(double memory_MB)
{
    if (memory_MB > 0.0) {
        auto const bytes = static_cast<rlim_t>(memory_MB * 1e6);
        rlimit const limit{.rlim_cur = bytes, .rlim_max = bytes};
        setrlimit(RLIMIT_DATA, &limit);
    }
}

/// One running child and what it has sent. Killed and reaped when it is dropped before its end.
class Child {
  public:
    Child(std::size_t index, pid_t process, int from) : index_(index), process_(process), from_(from) {}
    Child(Child&& other) noexcept
        : index_(other.index_), process_(std::exchange(other.process_, -1)), from_(std::exchange(other.from_, -1)),
          bytes_(std::move(other.bytes_)), began_(other.began_), late_(other.late_)
    {
    }
    Child& operator=(Child&& other) noexcept
    {
        std::swap(index_, other.index_);
        std::swap(process_, other.process_);
        std::swap(from_, other.from_);
        std::swap(bytes_, other.bytes_);
        std::swap(began_, other.began_);
        std::swap(late_, other.late_);
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
    double age_s() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

    /// It has taken too long.
    void end_late()
    {
        late_ = true;
        kill(process_, SIGKILL);
    }

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

    /// What came of it; nothing when it died without words. \pre read_some() said that this was all
    std::optional<FromChild> result(ChildLimits limits)
    {
        auto const [status, cpu_s] = reap();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            return FromChild{.bytes = std::move(bytes_), .error = {}, .cpu_s = cpu_s};
        }
        if (WIFEXITED(status) && (WEXITSTATUS(status) == failed_in_words || WEXITSTATUS(status) == out_of_memory)) {
            return FromChild{.bytes = {}, .error = std::move(bytes_), .by_chance = WEXITSTATUS(status) == out_of_memory, .cpu_s = cpu_s};
        }
        if (late_) {
            return FromChild{.bytes = {},
                             .error = fmt::format("it took longer than the {:g} s it may take", limits.time_s),
                             .by_chance = true,
                             .cpu_s = cpu_s};
        }
        bool const by_signal = WIFSIGNALED(status);
        end_ = fmt::format("child process {} died ({} {})", index_, by_signal ? "signal" : "exit code",
                           by_signal ? WTERMSIG(status) : WEXITSTATUS(status));
        return {};
    }
    /// How it died. \pre result() had nothing
    std::string const& end() const { return end_; }

  private:
    using Clock = std::chrono::steady_clock;

    /// Status and CPU seconds.
    std::pair<int, double> reap()
    {
        close(from_);
        int status = 0;
        rusage used{};
        while (wait4(process_, &status, 0, &used) < 0 && errno == EINTR) {}
        process_ = -1;
        auto const seconds_of = [](timeval t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
        return {status, seconds_of(used.ru_utime) + seconds_of(used.ru_stime)};
    }

    std::size_t index_;
    pid_t process_;
    int from_;
    std::string bytes_;
    std::string end_;
    Clock::time_point began_ = Clock::now();
    bool late_ = false;
};

/// The children that run, and the results that came before their turn.
class Pool {
  public:
    Pool(PoolOptions const& options, Work const& work) : options_(options), work_(work) {}

    /// Starts children while there is room. \param awaited  Index of the result that is to be taken next
    void start(std::size_t awaited)
    {
        while (running_.size() < options_.jobs && next_ < options_.count && next_ < awaited + 4 * options_.jobs) {
            start_one(next_++);
        }
    }

    /// Waits until a child has sent something, a signal came, or time has passed, and reads it.
    void read(int at_most_ms)
    {
        std::vector<pollfd> ends;
        for (auto& child : running_) {
            if (options_.limits.time_s > 0.0 && child.age_s() > options_.limits.time_s) {
                child.end_late();
            }
            ends.push_back({.fd = child.from(), .events = POLLIN, .revents = 0});
        }
        if (poll(ends.data(), static_cast<nfds_t>(ends.size()), at_most_ms) <= 0) {
            return; // time has passed, or EINTR
        }
        for (std::size_t i = ends.size(); i-- > 0;) {
            if (ends[i].revents != 0 && running_[i].read_some()) {
                auto ended = std::move(running_[i]);
                running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
                keep_result(ended);
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
    void keep_result(Child& ended)
    {
        auto const index = ended.index();
        auto result = ended.result(options_.limits);
        if (!result && ++deaths_[index] < options_.tries) {
            start_one(index);
            return;
        }
        early_.emplace(index, result ? std::move(*result) : FromChild{.bytes = {}, .error = ended.end(), .by_chance = true});
        deaths_.erase(index);
    }

    void start_one(std::size_t index)
    {
        if (options_.prepare) {
            options_.prepare(index);
        }
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
            limit_memory(options_.limits.memory_MB);
            close(ends[0]);
            for (auto const& other : running_) {
                close(other.from());
            }
            work_and_exit(work_, index, ends[1]);
        }
        close(ends[1]);
        running_.emplace_back(index, process, ends[0]);
    }

    PoolOptions const& options_;
    Work const& work_;
    std::size_t next_ = 0;
    std::vector<Child> running_;
    std::map<std::size_t, FromChild> early_;
    std::map<std::size_t, std::size_t> deaths_; ///< By index, of pieces that are not done
};

} // namespace

std::size_t for_each_in_children(PoolOptions const& options, Work const& work, std::function<void(std::size_t, FromChild)> const& take)
{
    AIDC_EXPECT(options.jobs >= 1);
    Pool pool(options, work);
    bool const asks = options.stop_asked || options.limits.time_s > 0.0;
    std::size_t awaited = 0;
    while (awaited < options.count && !(options.stop_asked && options.stop_asked())) {
        pool.start(awaited);
        pool.read(asks ? asked_every_ms : -1);
        while (auto result = pool.result(awaited)) {
            take(awaited++, std::move(*result));
        }
    }
    return awaited;
}

} // namespace aidc
