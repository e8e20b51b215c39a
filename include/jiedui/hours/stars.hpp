#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/served_record.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// The day on which each volunteer registered, by external id.
using Registrations = std::map<std::string, Date, std::less<>>;

/// The days of a network, where it has them (registered_since).
JIEDUI_API Registrations registrations(const Network& network);

/// A star that a volunteer has.
struct StarReached {
  std::string level;
  Date day;  ///< the first on which hours and tenure, and every level below, were reached
  friend bool operator==(const StarReached&, const StarReached&) = default;
};

/// The stars of one volunteer.
struct StarStanding {
  std::string volunteer;
  Seconds counted;                   ///< that count for stars
  std::vector<StarReached> reached;  ///< the lowest first
  std::optional<std::string> next;   ///< the level that comes next; empty at the highest
  Seconds to_next;                   ///< 0 where only tenure is missing, or no level is left
  /// From when tenure allows the next level; empty if it asks for none, or the day of registration
  /// is unknown: then no level that asks for tenure is reached.
  std::optional<Date> next_from;
  friend bool operator==(const StarStanding&, const StarStanding&) = default;
};

/// Stars from the records of all time (rules 6 to 8; mechanism D5). A level is reached on the day
/// when the running sum of confirmed seconds, by day of service, came to its hours and the
/// volunteer had been registered for its days, whichever is later; levels are reached in order.
/// Records and days after `as_of` do not count, nor do records without a volunteer's id. One row
/// a volunteer, by id; also for those registered without hours. O(n log n).
JIEDUI_API std::vector<StarStanding> stars(std::span<const ServedRecord> records,
                                           const StarRules& rules, Date as_of,
                                           const Registrations& registered = {});
/// volunteer, star, day, counted_seconds, next, to_next_seconds, next_from.
JIEDUI_API Table star_table(std::span<const StarStanding> standings);

}  // namespace jiedui
