#include "jiedui/pairing/solver/instance.hpp"

#include <algorithm>

#include "explicit_source.hpp"
#include "solve_problem.hpp"

namespace jiedui::solver {

Weights strict_weights(const Instance& instance) {
  return strict_weights(instance, ExplicitSource(instance).points_range());
}

Solution solve(const Instance& instance, const Options& options) {
  const ExplicitSource source(instance, std::clamp(options.threads, 1, 64));
  Solution solution =
      solve(by_number(instance, source.volunteers(), source.lines()), source, options);
  to_rows(solution, source.volunteers(), source.lines());
  return solution;
}

}  // namespace jiedui::solver
