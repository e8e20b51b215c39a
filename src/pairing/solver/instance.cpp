#include "jiedui/pairing/solver/instance.hpp"

#include "explicit_source.hpp"
#include "solve_problem.hpp"

namespace jiedui::solver {

Weights strict_weights(const Instance& instance) {
  return strict_weights(instance, ExplicitSource(instance).points_range());
}

Solution solve(const Instance& instance, const Options& options) {
  return solve(instance, ExplicitSource(instance), options);
}

}  // namespace jiedui::solver
