#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/hours/calendar_period.hpp"
#include "jiedui/hours/rule_pack.hpp"
#include "jiedui/hours/served_record.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// A share as two whole numbers, so that it is compared exactly.
struct JIEDUI_API Rate {
  std::int64_t part = 0;
  std::int64_t whole = 0;

  /// In hundredths of a per cent, halves rounded up: 6259 is 62.59 %. Empty of nothing.
  std::optional<std::int64_t> basis_points() const;
  /// Whether it is at most so many thousandths; of nothing, never.
  bool at_most(std::int64_t permille) const;
  /// Whether it is below so many thousandths; of nothing, never.
  bool below(std::int64_t permille) const;
  friend bool operator==(const Rate&, const Rate&) = default;
};

/// The window of a rate of activity: the rules' months up to a day, which is its last. It begins
/// the day after that day so many months before, or after that month's last day: 12 months up to
/// 2026-12-31 are the year 2026. @throws Error "period_invalid" outside 1900 to 2199.
JIEDUI_API CalendarPeriod activity_period(const ActivityRules& rules, Date as_of);
/// Volunteers with at least the seconds that make active, by id. O(n log n).
JIEDUI_API std::vector<std::string> active_volunteers(std::span<const ServedRecord> records,
                                                      const ActivityRules& rules);
/// Active ÷ registered (活跃度, rule 16). Only those on the list of the registered count, each
/// once. @param records of activity_period, or of another period. O(n log n).
JIEDUI_API Rate activity_rate(std::span<const ServedRecord> records, const ActivityRules& rules,
                              const std::vector<std::string>& registered);

/// What a unit (community, organisation …) is judged by. None is negative.
struct UnitFigures {
  std::string unit;
  std::int64_t teams = 0;
  std::int64_t expected = 0;  ///< residents or members who could register; 0: unknown
  std::int64_t registered = 0;
  std::int64_t active = 0;  ///< of those registered
  friend bool operator==(const UnitFigures&, const UnitFigures&) = default;
};

/// Figures of every place with all below it, in the network's order: teams (organisations of kind
/// team or association, or of none), volunteers registered by a day, those of them who are active.
/// @param as_of the last day of the report; who registered later is left out, without a day of
/// registration nobody is.
/// @param expected of places, by id. @throws Error "id_unknown" for another place, "overflow" for a
/// negative number. O(n log n + places · levels).
JIEDUI_API std::vector<UnitFigures> place_figures(
    const Network& network, std::span<const ServedRecord> records, const ActivityRules& rules,
    Date as_of, const std::vector<std::pair<std::string, std::int64_t>>& expected = {});

/// A unit on the list for supervision (督办), with the reasons.
struct SupervisionItem {
  UnitFigures figures;
  bool no_team = false;
  bool registration = false;  ///< registered ÷ expected
  bool activity = false;      ///< active ÷ registered
  friend bool operator==(const SupervisionItem&, const SupervisionItem&) = default;
};

/// Units to which any rule of the pack applies, in the order given (mechanism D3). A rate of
/// nothing is none and lists nobody. @throws Error "overflow" for negative figures. O(n).
JIEDUI_API std::vector<SupervisionItem> supervision_list(std::span<const UnitFigures> units,
                                                         const SupervisionRules& rules);
/// unit, teams, expected, registered, active, and no_team, registration, activity as 0 or 1.
JIEDUI_API Table supervision_table(std::span<const SupervisionItem> items);

/// What each of some workers has to carry: 3,000 households, 7 workers: 428 each and 4 left
/// (mechanism C1).
struct WorkLoad {
  std::int64_t units = 0;
  std::int64_t workers = 0;
  std::int64_t each = 0;  ///< whole units
  std::int64_t left = 0;  ///< so many workers have one more
  bool is_over = false;   ///< more than the limit for each, exactly compared
  friend bool operator==(const WorkLoad&, const WorkLoad&) = default;
};
/// @param limit for each worker; none: never over.
/// @throws Error "workers_missing" for none, "overflow" for negative numbers.
JIEDUI_API WorkLoad work_load(std::int64_t units, std::int64_t workers,
                              std::optional<std::int64_t> limit = {});

/// Whom a supervisor leads (mechanism C2, 社工带义工).
struct SupervisorSpan {
  std::string supervisor;
  std::int64_t led = 0;                ///< people led directly
  std::int64_t led_in_all = 0;         ///< with those whom these lead, and so on
  std::optional<std::int64_t> agreed;  ///< the least weight of the edges that state one
  bool is_over = false;                ///< more led directly than agreed
  friend bool operator==(const SupervisorSpan&, const SupervisorSpan&) = default;
};
/// Spans from the network's edges of the kind `supervises` that hold on a day, by id.
/// O(supervisors · people they lead in all).
JIEDUI_API std::vector<SupervisorSpan> supervisor_spans(const Network& network, Date day);
/// supervisor, led, led_in_all, agreed, is_over as 0 or 1.
JIEDUI_API Table span_table(std::span<const SupervisorSpan> spans);

}  // namespace jiedui
