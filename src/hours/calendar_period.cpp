#include "jiedui/hours/calendar_period.hpp"

namespace jiedui {

namespace {

[[noreturn]] void invalid(const char* message) {
  throw Error(
      {.code = "period_invalid",
       .place = "period",
       .message = message,
       .allowed = "real days from 1900-01-01 to 2199-12-31, the first no later than the last",
       .way_out = "mend the days"});
}

Date real(std::chrono::year_month_day day) {
  if (!day.ok()) invalid("there is no such day");
  return Date{day};
}

}  // namespace

CalendarPeriod::CalendarPeriod(std::chrono::year year)
    : CalendarPeriod(real(year / 1 / 1), real(year / 12 / 31)) {}

CalendarPeriod::CalendarPeriod(std::chrono::year_month month)
    : CalendarPeriod(real(month / 1), real(month / std::chrono::last)) {}

CalendarPeriod::CalendarPeriod(std::chrono::year_month_day day)
    : CalendarPeriod(real(day), real(day)) {}

CalendarPeriod::CalendarPeriod(Date first, Date last) : first_(first), last_(last) {
  if (first < earliest_date || last > latest_date) invalid("a day is out of range");
  if (last < first) invalid("it ends before it begins");
}

Period CalendarPeriod::instants(const Zone& zone) const {
  return {zone.instant(first_, 0), zone.instant(last_ + std::chrono::days{1}, 0)};
}

std::string CalendarPeriod::to_string() const {
  return format(first_) + " to " + format(last_);
}

}  // namespace jiedui
