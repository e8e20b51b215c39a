#include "solve_problem.hpp"

#include "priced_limits.hpp"
#include "solver_run.hpp"

namespace jiedui::solver {

namespace {

template <class Weight, class Score>
Solution run(const Limits& limits, const CandidateSource& source, const Options& options,
             const ProblemRange& range, std::span<const LinePair> before) {
  SolverRun<Weight, Score> solver(limits, source, range, options);
  for (const LinePair& pair : before)
    solver.state().given_up.insert(PairingState<Weight, Score>::key(pair.line, pair.volunteer));
  return solver.run();
}

}  // namespace

Solution solve(const Limits& limits, const CandidateSource& source, const Options& options,
               std::span<const LinePair> before) {
  if (limits.cross.any()) return PricedLimits(limits, source, options, before).solve();
  return solve_nested(limits, source, options, before, nullptr);
}

Solution solve_nested(const Limits& limits, const CandidateSource& source, const Options& options,
                      std::span<const LinePair> before, const Weights* weights) {
  const ProblemRange range(limits, source.points_range(), total_demand(limits), !before.empty(),
                           weights);
  constexpr int128 most_points = 0x7FFF'FFFF;
  if (!range.is_narrow()) return run<int128, int128>(limits, source, options, range, before);
  if (range.most_points > most_points)
    return run<std::int64_t, std::int64_t>(limits, source, options, range, before);
  return run<std::int64_t, std::int32_t>(limits, source, options, range, before);
}

}  // namespace jiedui::solver
