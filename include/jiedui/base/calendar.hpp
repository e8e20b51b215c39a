#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jiedui/base/export.hpp"

namespace jiedui {

/// A calendar day, without a zone.
using Date = std::chrono::sys_days;
/// A point in time in UTC, whole seconds.
using Instant = std::chrono::sys_seconds;

/// Days that are accepted as real: 1900-01-01 to 2199-12-31.
inline constexpr Date earliest_date = std::chrono::year{1900} / 1 / 1;
inline constexpr Date latest_date = std::chrono::year{2199} / 12 / 31;

/// Reads "2026-03-05" (ISO 8601 calendar date); empty if it is no real day in the accepted range.
JIEDUI_API std::optional<Date> parse_date(std::string_view text);
/// "2026-03-05".
JIEDUI_API std::string format(Date date);

/// Reads "2026-03-05T01:30:00Z" (RFC 3339, UTC only); empty if it is no real instant.
JIEDUI_API std::optional<Instant> parse_instant(std::string_view text);
/// "2026-03-05T01:30:00Z".
JIEDUI_API std::string format(Instant instant);

/// What a local time can mean.
struct LocalTime {
  enum class Kind : std::uint8_t {
    unique = 1,
    skipped = 2,   ///< the clocks were put forward past it: it never was
    repeated = 3,  ///< the clocks were put back over it: it was twice
  };
  Kind kind = Kind::unique;
  Instant earlier;  ///< the instant; of a skipped time the one as many seconds after the change
  Instant later;    ///< of a repeated time its second instant, else as `earlier`
};

/// A named time zone of the IANA database, as installed on the system.
///
/// Local times that a change of the clocks skips move forward by the length of the gap; of the two
/// instants that a local time in a fold can mean, the earlier is taken (RFC 5545, section 3.3.5).
class JIEDUI_API Zone {
 public:
  /// @throws Error "zone_unknown" if the database has no such name.
  explicit Zone(std::string_view name);

  const std::string& name() const { return name_; }
  /// The instant of a local day and the seconds since its midnight (0 to 172,800).
  Instant instant(Date local_day, std::int64_t second_of_day) const;
  /// What a local time means, for callers who must ask in doubt. Seconds as for `instant`.
  LocalTime local_time(Date local_day, std::int64_t second_of_day) const;
  /// The local day of an instant.
  Date local_date(Instant instant) const;
  /// "2026-03-05 09:30".
  std::string local_text(Instant instant) const;

 private:
  std::string name_;
  const void* zone_ = nullptr;
};

}  // namespace jiedui
