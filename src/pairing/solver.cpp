#include <algorithm>
#include <string>

#include "jiedui/pairing/solver/instance.hpp"
#include "shortest_paths.hpp"

namespace jiedui::solver {

namespace {

[[noreturn]] void refuse(std::string_view code, const std::string& place, std::string allowed) {
  throw Error({.code = std::string(code),
               .place = place,
               .message = "the pairing problem cannot be posed",
               .allowed = std::move(allowed),
               .way_out = "mend the arrays given"});
}

void check_shape(const Instance& instance) {
  const std::size_t needs = instance.needs();
  if (instance.tier.size() != needs || instance.first.size() != needs + 1 ||
      instance.first[0] != 0 || instance.first.back() != instance.candidates.size() ||
      !std::is_sorted(instance.first.begin(), instance.first.end()))
    refuse("array_length", "instance", "one tier a need, first[] rising from 0 to the candidates");
  constexpr std::uint64_t most = 0xFFFF'FFFF;
  if (instance.candidates.size() >= most || instance.volunteers() + needs >= most)
    refuse("too_many_pairs", "instance", "fewer than 4294967295 candidates");
  for (std::size_t v = 0; v < instance.volunteers(); ++v)
    if (instance.capacity[v] < 0)
      refuse("capacity_out_of_range", "volunteer " + std::to_string(v), "0 to 2147483647");
  for (std::size_t n = 0; n < needs; ++n) {
    if (instance.demand[n] < 0)
      refuse("demand_out_of_range", "need " + std::to_string(n), "0 to 2147483647");
    if (instance.tier[n] < 1 || instance.tier[n] > Instance::tiers_max)
      refuse("tier_out_of_range", "need " + std::to_string(n), "1 to 16");
  }
}

void check_candidates(const Instance& instance) {
  std::vector<std::uint64_t> keys;
  for (std::size_t n = 0; n < instance.needs(); ++n) {
    keys.clear();
    const std::string place = "need " + std::to_string(n);
    for (const Candidate& candidate : instance.candidates_of(n)) {
      if (candidate.volunteer >= instance.volunteers())
        refuse("index_out_of_range", place,
               "volunteers 0 to " + std::to_string(instance.volunteers()) + " (exclusive)");
      if (candidate.points < -Instance::points_max || candidate.points > Instance::points_max)
        refuse("points_out_of_range", place, "-2^62 to 2^62");
      keys.push_back((std::uint64_t{candidate.volunteer} << 32U) | candidate.slot);
    }
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end())
      refuse("pair_double", place, "each volunteer and slot once");
  }
}

}  // namespace

Weights strict_weights(const Instance& instance) {
  int128 units = 0;
  std::int64_t most = 0;
  std::int64_t least = 0;
  Weights weights;
  for (std::size_t n = 0; n < instance.needs(); ++n) {
    const auto candidates = instance.candidates_of(n);
    units += std::min<int128>(instance.demand[n], static_cast<int128>(candidates.size()));
    weights.tiers = std::max(weights.tiers, instance.tier[n]);
    for (const Candidate& candidate : candidates) {
      most = std::max(most, candidate.points);
      least = std::min(least, candidate.points);
    }
  }
  weights.step = units * (int128{most} - least) + 1;
  return weights;
}

void check(const Instance& instance) {
  check_shape(instance);
  check_candidates(instance);
}

Solution solve(const Instance& instance, const Options& options) {
  const Weights weights = strict_weights(instance);

  // What a limit can hold at most, for the sums of prices: nothing is full beyond its candidates.
  std::vector<std::int64_t> degree(instance.volunteers(), 0);
  for (const Candidate& candidate : instance.candidates) ++degree[candidate.volunteer];
  int128 limits = 1 + static_cast<int128>(instance.volunteers() + instance.needs());
  for (std::size_t v = 0; v < degree.size(); ++v)
    limits += std::min<std::int64_t>(instance.capacity[v], degree[v]);
  for (std::size_t n = 0; n < instance.needs(); ++n)
    limits += std::min<std::int64_t>(instance.demand[n],
                                     static_cast<std::int64_t>(instance.candidates_of(n).size()));
  std::int64_t most = 0;
  for (const Candidate& candidate : instance.candidates)
    most = std::max(most, candidate.points < 0 ? -candidate.points : candidate.points);
  // A distance stays below four times the greatest weight, a total below limits times it.
  const int128 greatest = (weights.tiers + 1) * weights.step + most;
  constexpr int128 most_total = int128{1} << 116U;  // leaves verify() room for its sums
  if (greatest > most_total / limits)
    refuse("points_out_of_range", "points",
           "|points| up to " + to_string(most_total / limits / (2 * (weights.tiers + 2) * limits)) +
               " for these capacities and demands");

  constexpr int128 most_weight = int128{1} << 60U;
  constexpr std::int64_t most_points = 0x7FFF'FFFF;
  if (greatest < most_weight && most <= most_points)
    return ShortestPaths<std::int64_t, std::int32_t>(instance, weights, options).run();
  return ShortestPaths<int128, std::int64_t>(instance, weights, options).run();
}

}  // namespace jiedui::solver
