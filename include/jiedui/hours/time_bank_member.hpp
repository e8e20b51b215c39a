#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jiedui/base/calendar.hpp"

namespace jiedui {

/// Who has an account in a time bank, as far as its rules ask. Kept in the directory, off the
/// chain, until the person is erased. Texts are at most 256 bytes without control characters.
struct TimeBankMember {
  std::string id;             ///< external id: of a volunteer, or of an organisation
  bool organisation = false;  ///< bound to donating where the rules say so
  std::optional<Date> born = {};
  std::string guardian = {};           ///< who spends for them while they are too young
  std::string household = {};          ///< whose pool they share; empty: none
  std::vector<std::string> tags = {};  ///< as in TimeBankRules::priority; at most 64, no ";"
  friend bool operator==(const TimeBankMember&, const TimeBankMember&) = default;
};

/// Is given one member after the other until it answers false.
using MemberVisitor = std::function<bool(const TimeBankMember&)>;

}  // namespace jiedui
