#include "jiedui/ledger/outcome.hpp"

#include <algorithm>
#include <ostream>

#include "jiedui/base/error.hpp"

namespace jiedui {

const OutcomeInfo& info(Outcome outcome) {
  const auto* found = std::find_if(outcome_list.begin(), outcome_list.end(),
                                   [&](const OutcomeInfo& one) { return one.outcome == outcome; });
  if (found == outcome_list.end())
    throw Error({.code = "outcome_unknown",
                 .place = "outcome",
                 .message = "there is no outcome of number " +
                            std::to_string(static_cast<unsigned>(outcome)),
                 .allowed = "the numbers of docs/outcomes.md",
                 .way_out = "update jiedui if the number comes from a newer version"});
  return *found;
}

std::string_view to_string(Outcome outcome) {
  return info(outcome).name;
}

std::ostream& operator<<(std::ostream& out, Outcome outcome) {
  return out << to_string(outcome);
}

}  // namespace jiedui
