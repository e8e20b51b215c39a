#include "jiedui/pairing/solver/instance.hpp"

#include <algorithm>
#include <string>

#include "explicit_source.hpp"
#include "solve_problem.hpp"

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
  return strict_weights(instance, ExplicitSource(instance).points_range());
}

void check(const Instance& instance) {
  check_shape(instance);
  check_candidates(instance);
}

Solution solve(const Instance& instance, const Options& options) {
  return solve(instance, ExplicitSource(instance), options);
}

}  // namespace jiedui::solver
