#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/record_history.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/stars.hpp"

namespace jiedui {

/// One volunteer's hours as a pack would count them.
struct JIEDUI_API Recount {
  std::string volunteer;
  std::array<Seconds, 4> by_approver;  ///< by Approver, `automatic` first: those count at once
  Seconds disputed;                    ///< two records cover them; they count once, see by_approver
  Seconds over_cap;                    ///< never count
  StarStanding stars;                  ///< as if every approver agreed; empty without star rules

  /// Seconds that count once every approver has agreed: the sum of by_approver.
  Seconds counted() const;
  friend bool operator==(const Recount&, const Recount&) = default;
};

/// Counts records anew under the rules of a pack, as if they were handed in again: caps, tiers of
/// approval, travel, breaks, stars. The books are not touched. What somebody declined, took back or
/// confirmed only in part stays taken off, with the first seconds counting; disputes are open
/// again. The days on which the pack is in force, its window for back-filling and its limits for
/// clocks do not matter here. One row a volunteer, by id. O(n log n).
/// @param histories see HoursLedger::all_histories; in any order.
/// @param as_of see stars. @throws Error "zone_unknown".
JIEDUI_API std::vector<Recount> recount(std::span<const RecordHistory> histories,
                                        const RulePack& pack, Date as_of,
                                        const Registrations& registered = {});
/// volunteer, automatic_seconds, organisation_seconds, parent_organisation_seconds,
/// province_seconds, counted_seconds, disputed_seconds, over_cap_seconds, star.
JIEDUI_API Table recount_table(std::span<const Recount> recounts);

/// What another pack would change for a volunteer.
struct PackChange {
  Recount before, after;
  Seconds counted;    ///< after less before
  bool star = false;  ///< whether the highest star would be another
  friend bool operator==(const PackChange&, const PackChange&) = default;
};

/// Recounts under two packs, side by side: 'what would change'. Also volunteers for whom nothing
/// would. As recount.
JIEDUI_API std::vector<PackChange> compare_packs(std::span<const RecordHistory> histories,
                                                 const RulePack& before, const RulePack& after,
                                                 Date as_of, const Registrations& registered = {});
/// volunteer, the columns of recount_table with "before_" and "after_", counted_change_seconds.
JIEDUI_API Table pack_change_table(std::span<const PackChange> changes);

}  // namespace jiedui
