#pragma once
/// \file
/// Copies of the files that points are made from: DIR/inputs/...

#include "sim/sweep/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace aidc {

/// Files, and where their copies will lie.
struct PlacedInputs {
    std::vector<std::filesystem::path> from;
    std::vector<CopiedInput> to; ///< In the same order; the scenario is the first
};

/// Notes where each input file will be copied to: all below the folder that they have in common.
/// \throws InputErrors  when one is named by an absolute path
PlacedInputs place_inputs(std::vector<InputFile> const& inputs);

/// Copies the files to DIR/inputs. \throws InputErrors  when the folder cannot be written
void copy_inputs(PlacedInputs const& inputs, std::filesystem::path const& folder);

/// Complains about every copy that is missing or is not what it was. \param since  "the sweep was planned"
void check_copies(std::filesystem::path const& folder, std::vector<CopiedInput> const& inputs, std::string const& since,
                  std::vector<Problem>& problems);

} // namespace aidc
