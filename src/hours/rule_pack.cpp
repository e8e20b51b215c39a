#include "jiedui/hours/rule_pack.hpp"

namespace jiedui {

std::string_view to_string(Approver approver) {
  switch (approver) {
    case Approver::automatic:
      return "automatic";
    case Approver::organisation:
      return "organisation";
    case Approver::parent_organisation:
      return "parent_organisation";
    case Approver::province:
      return "province";
  }
  return "unknown";
}

std::chrono::seconds displayed(std::chrono::seconds seconds, const DisplayRules& rules) {
  const std::int64_t step = checked_range(rules.step.count(), 1, 86'400, "display step");
  std::int64_t add = 0;
  if (rules.rounding == Rounding::nearest) add = step / 2;
  if (rules.rounding == Rounding::up) add = step - 1;
  const std::int64_t raised = checked_add(seconds.count(), add, "seconds");
  std::int64_t whole = raised / step;
  if (raised < 0 && raised % step != 0) --whole;  // towards minus infinity
  return std::chrono::seconds{whole * step};
}

}  // namespace jiedui
