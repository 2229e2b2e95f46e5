#pragma once
/// \file
/// Arrangements of the UPS of a hall: how many blocks, who stands in for whom, and what share of the rating may be used.

#include "models/power/chain.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace aidc {

/// How UPS blocks stand in for each other.
///
/// Source: K. McCarthy, V. Avelar, Comparing UPS System Design Configurations, Schneider Electric White Paper 75.
enum class Arrangement : std::uint8_t {
    shared,          ///< One block: N + r units in parallel on one busway
    two_n,           ///< Two blocks, each able to carry everything; pods have a cord on each
    block_redundant, ///< The last block is the reserve (catcher); pods of each other block are on a static transfer switch
    distributed      ///< k blocks make k - 1 (3N/2: k = 3, 4N/3: k = 4); pods have cords on every pair of blocks, in equal shares
};

/// UPS of one hall: equal blocks, each of equal units in parallel on a busway.
struct UpsBlocks {
    std::string name; ///< Stands before the names of the nodes, e.g. "A1"
    Arrangement arrangement{};
    std::uint32_t blocks{1};                                  ///< k [-]: shared 1, two_n 2, others >= 2
    double units{1.0};                                        ///< UPS in parallel in one block [-], >= 1
    double rating_W{};                                        ///< Output of one unit [W], > 0
    LossCurve loss;                                           ///< Of one unit; rating 0: without losses
    double busway_W{std::numeric_limits<double>::infinity()}; ///< Rating of the busway of a block and of a transfer switch [W]
    std::vector<std::uint32_t> fed_by; ///< Rows upstream: block b hangs on entry b modulo their number, a single block on all
    double transfer_s{0.004};          ///< Of a static transfer switch [s]; a quarter of a cycle of 60 Hz [J]
};

/// Pods that hang on the same rows.
struct PodClass {
    double share{};                    ///< Of all pods of the hall [-]; the classes sum to 1
    std::vector<std::uint32_t> fed_by; ///< Rows, for PowerLoad::fed_by
};

/// Rows of one block.
struct BlockRows {
    std::uint32_t ups{}, busway{};
};

/// What was added to a chain.
struct AddedBlocks {
    std::vector<PodClass> pods;
    std::vector<BlockRows> blocks;
};

/// Adds the UPS and busway of every block, and for block_redundant a transfer switch of the pods of each block but the last.
///
/// Pods: shared, one class on the busway; two_n and distributed, one class for each of the k (k - 1)/2 pairs of busways;
/// block_redundant, one class for each of k - 1 switches.
/// \pre blocks as the arrangement has them; rows of fed_by are in the chain
AddedBlocks add_blocks(PowerChain& chain, UpsBlocks const& blocks);

/// Largest load of a hall that stands the loss of `spare` units (shared) or of any one block (the others) [W]:
///
///     shared: max(0, n - r) rating        others: (k - 1)/k n rating
///
/// The second equals min(A, B) for equal 2N. Valid for: equal blocks, load shared alike by the pod classes of add_blocks().
/// \param units  n, in service in all blocks together [-]      \param spare  r, of shared only [-]
double firm_blocks_W(Arrangement arrangement, int blocks, int units, int spare, double rating_W);

} // namespace aidc
