#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/quantity.hpp"
#include "jiedui/hours/service_record.hpp"

namespace jiedui {

// The rules of a place, as data. docs/rule-packs.md describes each field as it stands in a file;
// wire/rule_packs.hpp reads them. A part that a pack leaves out sets no rule.

/// How sure it is that a rule stands in the law as the pack says it.
enum class SourceStatus : std::uint8_t {
  verified = 1,    ///< read in the source named
  partial = 2,     ///< from a copy, a summary or a part of the text
  unverified = 3,  ///< not read: confirm it before relying on it
};

/// Where rules of a pack come from.
struct RuleSource {
  std::vector<std::string> parts;  ///< of the pack: "stars", "approval"
  std::string title;
  std::string address;
  SourceStatus status = SourceStatus::unverified;
  std::string note;
  friend bool operator==(const RuleSource&, const RuleSource&) = default;
};

/// Who must agree before seconds count, the nearer first.
enum class Approver : std::uint8_t {
  automatic = 0,            ///< nobody
  organisation = 1,         ///< the one that the record names
  parent_organisation = 2,  ///< the one above it
  province = 3,
};
/// "parent_organisation".
JIEDUI_API std::string_view to_string(Approver approver);

/// A star and what it takes.
struct StarLevel {
  std::string name;
  std::chrono::seconds least{0};             ///< seconds served, this many included
  std::chrono::days registered_at_least{0};  ///< since the volunteer registered
  friend bool operator==(const StarLevel&, const StarLevel&) = default;
};
struct StarRules {
  std::vector<StarLevel> levels;  ///< the lowest first; each asks for more than the one before
  /// Whether only hours recorded by clock count.
  bool clocked_only = false;
  friend bool operator==(const StarRules&, const StarRules&) = default;
};

enum class Rounding : std::uint8_t { down = 1, nearest = 2, up = 3 };
/// How seconds are shown; the books always hold all of them.
struct DisplayRules {
  std::chrono::seconds step{1};  ///< shown in whole multiples of this
  Rounding rounding = Rounding::down;
  friend bool operator==(const DisplayRules&, const DisplayRules&) = default;
};

/// What is left out of the time of service.
struct CountingRules {
  bool travel_counts = false;
  bool breaks_count = false;
  friend bool operator==(const CountingRules&, const CountingRules&) = default;
};

/// Seconds of one volunteer that count at most, by local day and by local week from Monday.
struct CapRules {
  std::optional<std::chrono::seconds> day;
  std::optional<std::chrono::seconds> week;
  friend bool operator==(const CapRules&, const CapRules&) = default;
};

/// Who approves the seconds of a volunteer's local day up to this many; the last tier has no end.
struct ApprovalTier {
  std::optional<std::chrono::seconds> day_up_to;
  Approver approver = Approver::automatic;
  friend bool operator==(const ApprovalTier&, const ApprovalTier&) = default;
};
struct ApprovalRules {
  std::vector<ApprovalTier> tiers;  ///< rising; none: all counts at once
  /// The least approver by class of source, in the order of RecordSource from `clock`.
  std::vector<Approver> by_source;
  std::chrono::seconds timeout{0};  ///< after which a claim expires; 0: never
  friend bool operator==(const ApprovalRules&, const ApprovalRules&) = default;
};

/// Back-filled hours (补录).
struct BackfillRules {
  std::optional<std::chrono::days> window;  ///< after the service, the day of its end included
  bool reason_needed = false;
  bool evidence_needed = false;
  friend bool operator==(const BackfillRules&, const BackfillRules&) = default;
};

/// Clocking in and out.
struct ClockRules {
  std::chrono::seconds skew_max{0};    ///< between the device's clock and the receiver's; 0: any
  std::int32_t pairs_per_day_max = 0;  ///< of one volunteer, activity and local day; 0: any
  std::chrono::seconds longest{0};     ///< from clocking in to clocking out; 0: any
  friend bool operator==(const ClockRules&, const ClockRules&) = default;
};

/// Who counts as active (活跃度, rule 16): those with at least so many seconds confirmed in the
/// months up to a day.
struct ActivityRules {
  std::chrono::seconds least{1};
  bool clocked_only = false;
  std::chrono::months window{12};  ///< see activity_period
  friend bool operator==(const ActivityRules&, const ActivityRules&) = default;
};

/// A unit is listed if any of these holds. Rates are in thousandths.
struct SupervisionRules {
  bool no_team = false;
  std::optional<std::int32_t> registered_at_most;  ///< registered ÷ residents (or members) expected
  std::optional<std::int32_t> active_at_most;      ///< active ÷ registered
  bool bound_included = true;                      ///< "at most" or "below"
  friend bool operator==(const SupervisionRules&, const SupervisionRules&) = default;
};

/// A time bank. Credits are seconds; they are neither money nor hours of service.
struct TimeBankRules {
  std::optional<std::chrono::seconds> earned_per_day;  ///< at most, by local day
  std::optional<std::chrono::seconds> held;            ///< at most; what is more goes to the pool
  std::chrono::seconds credit_line{0};                 ///< an account may go this far below zero
  std::optional<std::chrono::days> expires;  ///< after it was earned; the rest to the pool
  bool organisations_only_donate = false;
  /// Tags of those whom donated time serves first, in order.
  std::vector<std::string> priority;
  std::int32_t guardian_below_age = 18;  ///< younger people spend through a guardian; 0: nobody
  friend bool operator==(const TimeBankRules&, const TimeBankRules&) = default;
};

/// Dated, sourced rules of one place.
struct RulePack {
  std::string id;       ///< "cn-stars-2012"
  std::string version;  ///< of its text: "1"
  std::string title;
  std::string title_zh;
  std::string place;         ///< ISO 3166 code, or a code of division below it
  std::string zone = "UTC";  ///< IANA name, in which its days and weeks begin
  Date valid_from = earliest_date;
  Date valid_to = latest_date;  ///< the last day
  std::vector<RuleSource> sources;
  DisplayRules display;
  CountingRules counting;
  CapRules caps;
  ApprovalRules approval;
  BackfillRules backfill;
  ClockRules clock;
  std::optional<StarRules> stars;
  std::optional<ActivityRules> activity;
  std::optional<SupervisionRules> supervision;
  std::optional<TimeBankRules> time_bank;
  std::optional<std::chrono::years> retention;  ///< of records, at least
  friend bool operator==(const RulePack&, const RulePack&) = default;
};

/// Seconds as a pack shows them. @throws Error "overflow" past 64 bits.
JIEDUI_API std::chrono::seconds displayed(std::chrono::seconds seconds, const DisplayRules& rules);

}  // namespace jiedui
