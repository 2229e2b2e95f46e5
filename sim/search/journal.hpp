#pragma once
/// \file
/// What a search has evaluated, on disk: one line of JSON an evaluation, durable before the next one begins.

#include "sim/search/search.hpp"

#include <filesystem>
#include <vector>

namespace aidc {

/// The file of evaluations, open for this process alone.
class Journal {
  public:
    /// Reads what is there. A last line that was cut off is dropped.
    /// \throws InputErrors  when it cannot be written, another process has it open, or a line before the last is no evaluation
    Journal(std::filesystem::path path, SearchSpace const& space, std::size_t constraints);
    ~Journal();
    Journal(Journal const&) = delete;
    Journal& operator=(Journal const&) = delete;

    /// What it held when it was opened, in the order of the file.
    std::vector<Evaluation> const& known() const { return known_; }
    /// Appends and fsyncs a line. \throws InputErrors  when it cannot
    void append(Evaluation const& evaluation);

  private:
    void read(SearchSpace const& space, std::size_t constraints);

    std::filesystem::path path_;
    int file_ = -1;
    std::vector<Evaluation> known_;
};

/// One line, with its end. Numbers come back with the same bits.
std::string journal_line(Evaluation const& evaluation);

} // namespace aidc
