#pragma once

#include <array>
#include <chrono>
#include <map>
#include <vector>

#include "jiedui/base/export.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// The seconds of one record by what has to happen before they count. They add up to the seconds
/// that the record counts, and all but `over_cap` are booked.
struct JIEDUI_API Assessment {
  /// By Approver, `automatic` first: those count at once.
  std::array<std::chrono::seconds, 4> by_approver{};
  std::chrono::seconds disputed{0};  ///< another record of the volunteer covers them too
  std::chrono::seconds over_cap{0};  ///< more than a day or a week may hold; never count
  std::vector<Id128> disputed_with;  ///< the records that cover them

  std::chrono::seconds total() const;
  friend bool operator==(const Assessment&, const Assessment&) = default;
};

/// One volunteer's service, second by second, under the rules of a pack: no second counts twice,
/// caps and tiers of approval are kept by local day and week.
///
/// The records may come in any order: how many seconds of a day count, how many wait for which
/// approver (as far as that depends on the day, not on the source), and how many are in dispute is
/// the same for all; only which of two overlapping records holds the disputed seconds follows the
/// order. Not thread-safe.
class JIEDUI_API TimeSheet {
 public:
  /// @param pack must outlive the sheet. @throws Error "zone_unknown".
  explicit TimeSheet(const RulePack& pack);

  /// Takes a record in that passes `check`. A record without intervals is of the day `undated`.
  /// O(log n) and what overlaps.
  Assessment add(const ServiceRecord& record, Date undated = {});

  /// Seconds on a local day that one record or more covers, caps or not.
  std::chrono::seconds covered(Date day) const;

 private:
  struct Piece {
    Instant ends;
    Id128 record;
  };
  friend class HoursLedger;  // puts on it what the books say
  void hold(const ServiceInterval& interval, Id128 record);
  void let_go(const ServiceRecord& record, Date undated);
  std::map<Date, std::chrono::seconds> by_day(Instant begins, Instant ends) const;
  void add_to_day(Date day, std::chrono::seconds seconds, RecordSource source, Assessment& to);
  std::chrono::seconds room(Date day) const;

  const RulePack& pack_;
  Zone zone_;
  std::map<Instant, Piece> pieces_;  // by begin; they do not overlap
  std::map<Date, std::chrono::seconds> days_;
};

}  // namespace jiedui
