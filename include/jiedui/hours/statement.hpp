#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/calendar_period.hpp"
#include "jiedui/hours/service_record.hpp"
#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// Seconds of service: those that count, and those that wait to be confirmed.
struct Hours {
  Seconds confirmed;
  Seconds claimed;
  friend bool operator==(const Hours&, const Hours&) = default;
};

/// One entry on a volunteer's account.
struct StatementLine {
  Id128 record;              ///< the service record that it is about
  Id128 entry;               ///< the entry itself
  std::uint64_t number = 0;  ///< of the entry
  EntryKind kind = EntryKind::transfer;
  RecordSource source = RecordSource::organisation;
  std::uint32_t reason = 0;  ///< a HoursReason
  Instant happened;          ///< when the service began
  BookedTime booked;
  Hours change;  ///< what it adds; negative where it takes away
  /// Empty, or once the record was erased.
  std::string need, activity, organisation, place, item;
};

/// The hours of one volunteer in a period, by the time of service. Amounts are whole seconds.
struct JIEDUI_API Statement {
  std::string volunteer;
  CalendarPeriod period;
  std::string zone;               ///< in which the days of the period begin and end
  std::uint64_t as_of_entry = 0;  ///< the last entry of the book that it takes in
  Hours opening;
  std::vector<StatementLine> lines;  ///< in order of service time, then of booking
  Hours closing;

  /// Seconds confirmed in the period, corrections taken off.
  Seconds confirmed() const;
  /// The same for one class of source.
  Seconds confirmed(RecordSource source) const;
  /// One row a line: number, record, what, source, reason, began, booked, confirmed_seconds,
  /// claimed_seconds, need, activity, organisation, place, item.
  Table table() const;
};

/// What an entry of that kind is called on a statement: "served", "claimed", "confirmed" …
JIEDUI_API std::string_view statement_word(EntryKind kind);
/// "1:30:00"; hours are not cut off at a day.
JIEDUI_API std::string hours_text(Seconds seconds);
/// The statement as lines of text, times in its zone.
JIEDUI_API std::ostream& operator<<(std::ostream& out, const Statement& statement);

}  // namespace jiedui
