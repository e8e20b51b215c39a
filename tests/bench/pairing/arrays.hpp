#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

// A pairing problem as flat arrays in files, the same for jiedui and for its peers. C++17, for
// LEMON.

namespace jiedui::bench {

/// Candidates of need n: first[n] up to first[n + 1]. `weight` is the tier's bonus plus the points:
/// what a peer without tiers maximises.
struct Arrays {
  std::vector<std::int32_t> capacity, demand, tier;
  std::vector<std::int64_t> first;
  std::vector<std::int32_t> volunteer;
  std::vector<std::int64_t> points, weight;

  std::size_t volunteers() const { return capacity.size(); }
  std::size_t needs() const { return demand.size(); }
  std::size_t pairs() const { return volunteer.size(); }
};

/// Sets `weight` so that tiers are strict: the step exceeds the points of any whole plan.
void add_weights(Arrays& arrays);

/// One file for each array in the folder: NAME.i32 or NAME.i64, without a header.
void write(const Arrays& arrays, const std::filesystem::path& folder);
Arrays read(const std::filesystem::path& folder);

/// Numbered for locality: breadth first from the lowest need, and the pairs of each need by points
/// falling.
Arrays renumbered(const Arrays& arrays);

}  // namespace jiedui::bench
