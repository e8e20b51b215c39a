#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/quantity.hpp"
#include "jiedui/base/table.hpp"
#include "jiedui/hours/served_record.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

// What the records of a period come to. Everything here is a pure function of the records; their
// order changes nothing. Seconds and counts past 64 bits throw Error "overflow".

/// By what hours are summed.
enum class GroupBy : std::uint8_t {
  volunteer,
  organisation,  ///< records of several are shared by organisation_shares
  place,         ///< as the record names it; see hours_by_place for all levels
  need,
  activity,
  item,
  beneficiary,  ///< hours received
  source,
  month,  ///< "2026-03", of the local day on which the record began
};
constexpr auto names(GroupBy /*tag*/) {
  return std::array<std::string_view, 9>{"volunteer", "organisation", "place",  "need", "activity",
                                         "item",      "beneficiary",  "source", "month"};
}

/// What some records come to.
struct HoursLine {
  std::vector<std::string> keys;      ///< what they have in common; "" for none named
  std::array<Seconds, 4> by_source;   ///< confirmed seconds, by RecordSource, `clock` first
  Seconds confirmed;                  ///< their sum
  Seconds claimed;                    ///< wait to be confirmed
  Seconds planned;                    ///< what had been agreed for these records (定工时)
  std::int64_t person_times = 0;      ///< records of which seconds are confirmed (人次)
  std::int64_t distinct_persons = 0;  ///< volunteers of these records (人数)
  std::int64_t people_served = 0;     ///< heads that these records state, added up
  friend bool operator==(const HoursLine&, const HoursLine&) = default;
};

/// Hours by one or several keys. Seconds of the lines add up to those of the total; so do
/// person-times and people served, but that a record of several organisations is one with each of
/// them. Distinct persons never add up.
struct JIEDUI_API HoursReport {
  std::vector<GroupBy> by;
  std::vector<HoursLine> lines;  ///< by keys, bytewise
  HoursLine total;               ///< of all records, without keys
  /// One row a line: a column for each key, then clock_seconds, organisation_seconds,
  /// declared_seconds, backfilled_seconds, confirmed_seconds, claimed_seconds,
  /// planned_seconds, person_times, distinct_persons, people_served.
  Table table() const;
  friend bool operator==(const HoursReport&, const HoursReport&) = default;
};

/// Sums records by what they have in common. O(n log n).
/// @throws Error "source_unknown" for a record of no known class.
JIEDUI_API HoursReport hours_report(std::span<const ServedRecord> records,
                                    const std::vector<GroupBy>& by);

/// Hours of one place.
struct PlaceHours {
  std::string place;  ///< "" for records without a place
  HoursLine own;      ///< served at the place itself
  HoursLine total;    ///< with all places below it; each person counts once
  friend bool operator==(const PlaceHours&, const PlaceHours&) = default;
};

/// Hours of every place, rolled up over all levels: a line for each place of the network in its
/// order, then one for each place of a record that the network does not know, by id. `own` adds up
/// to the whole, and so does `total` over the places without a parent. A record without a place
/// counts at that of its need, else of its beneficiary. O(n log n · levels).
/// @throws Error as hours_report.
JIEDUI_API std::vector<PlaceHours> hours_by_place(std::span<const ServedRecord> records,
                                                  const Network& network);
/// Records with what they leave empty taken from the need that they name, as records of planned
/// pairs do: item, beneficiary and place (the need's, else its beneficiary's, else the
/// household's). So hours received, of a record that names its need, count for who received them.
/// Records of needs that the network does not know stay as they are. O(n log n).
JIEDUI_API std::vector<ServedRecord> with_needs(std::span<const ServedRecord> records,
                                                const Network& network);

/// One row a place: place, then the columns of HoursReport::table, each with "own_" and "total_"
/// before its name.
JIEDUI_API Table place_hours_table(std::span<const PlaceHours> places);

/// By what lines are ranked.
enum class RankBy : std::uint8_t { confirmed, person_times, distinct_persons, people_served };
constexpr auto names(RankBy /*tag*/) {
  return std::array<std::string_view, 4>{"confirmed", "person_times", "distinct_persons",
                                         "people_served"};
}

/// A line in its place.
struct Ranked {
  std::int64_t rank = 0;  ///< from 1; equal amounts have equal ranks, and the next are skipped
  HoursLine line;
  friend bool operator==(const Ranked&, const Ranked&) = default;
};

/// Lines by an amount, the largest first: ranks 1, 2, 2, 4, the equal ones by keys (mechanism D4,
/// 晒工效). Lines whose keys are all empty have no place.
/// @param last rank that is given; 0: all. Equal ones are never cut apart. O(n log n).
JIEDUI_API std::vector<Ranked> ranking(const HoursReport& report, RankBy by = RankBy::confirmed,
                                       std::int64_t last = 0);
/// Rank, and the columns of HoursReport::table. @param by as the report had it.
JIEDUI_API Table ranking_table(std::span<const Ranked> ranked, const std::vector<GroupBy>& by);

}  // namespace jiedui
