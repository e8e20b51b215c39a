#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/quantity.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

/// A service record as the books count it now: what the reports of hours are made of.
struct ServedRecord {
  Id128 record;
  /// Of the volunteer in the books. Tells persons apart where `volunteer` is empty.
  Id128 account;
  /// External ids; empty for none. A volunteer who was erased leaves all of them empty.
  std::string volunteer, need, activity, organisation;
  std::vector<std::string> co_organisers;
  std::string place, item, beneficiary;
  RecordSource source = RecordSource::organisation;
  Instant happened;  ///< when it began
  Date day;          ///< on which it began, in the zone of the ledger
  Seconds confirmed;
  Seconds claimed;                 ///< wait to be confirmed
  Seconds planned;                 ///< what had been agreed (定工时); 0: nothing
  std::int64_t people_served = 0;  ///< heads; 0: not counted
  friend bool operator==(const ServedRecord&, const ServedRecord&) = default;
};

/// One row a record: record, volunteer, need, activity, organisation, co_organisers (joined by
/// ";"), place, item, beneficiary, source, day, month, confirmed_seconds, claimed_seconds,
/// planned_seconds, people_served.
JIEDUI_API Table served_table(std::span<const ServedRecord> records);

/// "2026-03".
JIEDUI_API std::string month_text(Date day);

}  // namespace jiedui
