#pragma once

#include <vector>

#include "hours/hours_state.hpp"

namespace jiedui::detail {

// Numbers are never reused, and are others than those of the time bank: both derive the ids of
// their accounts in the same way.

/// What an account of reciprocal service is for; its code, and part of what its id is derived from.
enum class ReciprocalRole : std::uint32_t {
  obligation = 121,  ///< of a family at a venue
  venue = 122,
  family = 123,   ///< no account: what a family's obligations refer to
  service = 124,  ///< no account: what all that accrues refers to
};
/// What a movement was; the code of its entry.
enum class ReciprocalMovement : std::uint32_t { accrued = 221, scheduled = 222, waived = 223 };

inline Unit reciprocal_unit() {
  return Unit::other("RCP");
}
inline bool is(const Entry& entry, ReciprocalMovement movement) {
  return entry.unit == reciprocal_unit() && entry.code == static_cast<std::uint32_t>(movement);
}

inline Transfer waiver(Id128 id, Id128 obligation, Id128 venue, std::uint64_t amount,
                       HoursReason reason, const Hash256& commitment) {
  return {.id = id,
          .debit = obligation,
          .credit = venue,
          .amount = amount,
          .unit = reciprocal_unit(),
          .code = static_cast<std::uint32_t>(ReciprocalMovement::waived),
          .reason = static_cast<std::uint32_t>(reason),
          .commitment = commitment};
}

/// What all obligations of a family refer to, whatever the service's name.
Id128 family_reference(const Hash256& salt);
/// The accounts of a family's obligations, in order of opening.
std::vector<Id128> obligations_of(Ledger& books, const Hash256& salt);

}  // namespace jiedui::detail
