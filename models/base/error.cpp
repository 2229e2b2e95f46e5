#include "models/base/error.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace aidc {
namespace {

std::string joined(std::vector<Problem> const& problems)
{
    std::string text;
    for (auto const& problem : problems) {
        text += fmt::format("{}: {}{}{}\n", problem.where, problem.pointer, problem.pointer.empty() ? "" : ": ", problem.message);
    }
    return text;
}

} // namespace

InputErrors::InputErrors(std::vector<Problem> problems) : std::runtime_error(joined(problems)), problems_(std::move(problems)) {}

AuditError::AuditError(std::string term, double residual)
    : std::runtime_error(fmt::format("audit of {}: the balance does not close, relative residual {:.3e}", term, residual)),
      term_(std::move(term))
{
}

void contract_broken(char const* kind, char const* text, char const* file, int line) noexcept
{
    std::fprintf(stderr, "internal error: %s broken: %s (%s:%d)\n", kind, text, file, line);
    std::fflush(stderr);
    _exit(70);
}

} // namespace aidc
