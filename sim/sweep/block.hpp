#pragma once
/// \file
/// The file of one block: a pure function of the sweep and the block's number, whoever computes it.

#include "sim/sweep/manifest.hpp"
#include "sim/sweep/run_row.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace aidc {

/// One run of a block: its numbers, or why it has none.
struct BlockRun {
    RunRow row;
    std::string error; ///< As one_line() makes it; empty: it went well

    bool operator==(BlockRun const&) const = default;
};

/// What became of looking at a block file.
struct BlockState {
    /// Is it there, and whole?
    enum class Is : std::uint8_t { missing, whole, damaged } is{};
    std::size_t failed{};    ///< Runs that failed, when whole
    std::string complaint{}; ///< When damaged: why
};

/// Writes a block under a name of its own, fsyncs and renames: it exists when it is complete. \throws h5::Error
void write_block(Sweep const& sweep, std::size_t block, std::vector<BlockRun> const& runs);

/// Reads a block. \throws h5::Error  when it is damaged, or belongs to another sweep
std::vector<BlockRun> read_block(Sweep const& sweep, std::size_t block);

/// Looks at a block file and reads it whole. Throws nothing.
BlockState state_of(Sweep const& sweep, std::size_t block);

/// Puts a damaged block aside, as NAME.h5.damaged, so that it is computed again.
void put_aside(Sweep const& sweep, std::size_t block);

/// An error text as a block keeps it: one line, of 200 bytes at most.
std::string one_line(std::string const& error);

/// SHA-256 over the numbers and errors of runs, run by run: does not depend on blocks.
class RunsHash {
  public:
    void add(BlockRun const& run);
    std::string value() const; ///< Hexadecimal

  private:
    std::string chain_; ///< Hash of the runs so far
};

} // namespace aidc
