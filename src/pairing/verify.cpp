#include "jiedui/pairing/verify.hpp"

#include "verify_pairs.hpp"

// Shares no code with the solver and none with the index by which a market finds its candidates. It
// asks the market for limits and for the verdict on single pairs, and works out the rest.

namespace jiedui {

namespace {

using namespace verification;

void check_totals(const Input& input, const PairSums& pairs, Findings& findings) {
  const PlanData& plan = input.plan;
  int128 value = pairs.value;
  int128 bound = pairs.bound;
  input.check_prices(findings, value, bound);
  if (!input.is_step_above(pairs.units, pairs.points_least, pairs.points_most))
    findings.add_next("step_too_small", "proof");
  if (value != plan.value) findings.add_next("value_differs", "plan");
  if (input.is_optimal()) {
    if (bound != plan.bound) findings.add_next("bound_differs", "plan");
    if (value != bound) findings.add_next("primal_below_dual", "plan");
  } else if (plan.bound < bound) {
    findings.add_next("bound_not_proved", "plan");
  }
  input.check_counts(findings);
}

}  // namespace

Verification verify(const Plan& plan, const Market& market, const VerifyOptions& options) {
  checked_range(options.threads, 1, 64, "options.threads");
  Verification result;
  Findings findings;
  const Input input(plan, market, findings);
  if (!input.numbers_are_sane()) {
    findings.add_next_infeasible("proof_out_of_range", "proof");
  } else {
    const PairSums pairs = check_pairs(input, options, findings);
    result.pairs_checked = pairs.pairs_checked;
    findings.begin_totals();
    if (pairs.is_complete)
      check_totals(input, pairs, findings);
    else
      findings.add_next_infeasible("interrupted", "verify");
  }
  findings.report(market, result);
  result.feasible = findings.feasible();
  result.optimal = result.finding_count == 0 && input.is_optimal();
  return result;
}

}  // namespace jiedui
