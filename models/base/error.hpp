#pragma once
/// \file
/// The ways this program reports that something is wrong.
///
/// - InputErrors:  the user can fix it (scenario, weather file, command line). Exit code 2.
/// - SolverError:  legal input, the numerics failed (no root, NaN). Exit code 1.
/// - AuditError:   a balance of heat, energy, water or accelerator-hours does not close. Exit code 1.
/// - AIDC_EXPECT / AIDC_ENSURE: a programmer broke a contract. Message and exit code 70; never caught.

#include <stdexcept>
#include <string>
#include <vector>

namespace aidc {

/// One thing a user has to mend.
struct Problem {
    std::string where;   ///< "file:line" or the file or the command-line option
    std::string pointer; ///< JSON pointer of the value, or empty
    std::string message; ///< "<what is wrong> (<why it matters>) <what to do>"

    bool operator==(Problem const&) const = default;
};

/// All problems of the inputs, found in one pass.
class InputErrors : public std::runtime_error {
  public:
    explicit InputErrors(std::vector<Problem> problems);
    std::vector<Problem> const& problems() const noexcept { return problems_; }

  private:
    std::vector<Problem> problems_;
};

/// A component had no solution at legal inputs.
class SolverError : public std::runtime_error {
  public:
    /// \param component  Who failed, e.g. "plant langfang/A"
    /// \param what       What was sought and what was found, with units
    SolverError(std::string const& component, std::string const& what) : std::runtime_error(component + ": " + what) {}
};

/// A conservation audit found a residual above its tolerance.
class AuditError : public std::runtime_error {
  public:
    /// \param term      "heat", "energy", "water" or "accelerator-hours"
    /// \param residual  Relative residual [-]
    AuditError(std::string term, double residual);
    std::string const& term() const noexcept { return term_; }

  private:
    std::string term_;
};

/// Prints the broken contract and ends the process with code 70.
[[noreturn]] void contract_broken(char const* kind, char const* text, char const* file, int line) noexcept;

} // namespace aidc

/// What the caller must have made true. On in every build.
#define AIDC_EXPECT(cond) ((cond) ? void(0) : ::aidc::contract_broken("precondition", #cond, __FILE__, __LINE__))
/// What this function promises. On in every build.
#define AIDC_ENSURE(cond) ((cond) ? void(0) : ::aidc::contract_broken("postcondition", #cond, __FILE__, __LINE__))
