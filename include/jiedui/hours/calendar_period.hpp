#pragma once

#include <chrono>
#include <string>

#include "jiedui/base/calendar.hpp"
#include "jiedui/ledger/statement.hpp"

namespace jiedui {

/// Whole days, without a zone: a year, a month, a day, or from one day to another, both included.
class JIEDUI_API CalendarPeriod {
 public:
  CalendarPeriod(std::chrono::year year);           // NOLINT(google-explicit-constructor)
  CalendarPeriod(std::chrono::year_month month);    // NOLINT(google-explicit-constructor)
  CalendarPeriod(std::chrono::year_month_day day);  // NOLINT(google-explicit-constructor)
  /// @throws Error "period_invalid" if a day lies outside 1900-01-01 to 2199-12-31, is no real day,
  /// or `last` comes before `first`; the other constructors likewise.
  CalendarPeriod(Date first, Date last);

  Date first() const { return first_; }
  Date last() const { return last_; }
  /// From the beginning of the first day to the end of the last, as these are in that zone.
  Period instants(const Zone& zone) const;
  /// "2026-03-01 to 2026-03-31".
  std::string to_string() const;
  friend bool operator==(const CalendarPeriod&, const CalendarPeriod&) = default;

 private:
  Date first_;
  Date last_;
};

}  // namespace jiedui
