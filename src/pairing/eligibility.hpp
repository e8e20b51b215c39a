#pragma once

#include <unordered_map>
#include <vector>

#include "jiedui/base/position.hpp"
#include "jiedui/pairing/market.hpp"

// Private to the room: the rules and points of one market, compiled to columns. What each standard
// rule and term means is written here once.

namespace jiedui {

class Eligibility {
 public:
  Eligibility(const Network& network, const Rules& rules, const PointTerms& points,
              const MarketOptions& options);

  bool holds(StandardRule rule, std::uint32_t v, std::uint32_t n) const;
  /// Writes the slots in which the two can meet; no_slot alone where the need has no windows.
  void slots_of(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& out) const;
  /// The slots in which lists of availability and one need are free at once, worked out once for
  /// each distinct list.
  struct FreeSlots {
    std::uint32_t need = 0xFFFF'FFFF;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_availability;
  };
  /// Whether all standard rules hold; writes the slots.
  bool is_eligible(std::uint32_t v, std::uint32_t n, FreeSlots& free,
                   std::vector<std::uint32_t>& slots) const;
  /// Applies the user's rules to volunteers for whom the standard ones hold.
  void apply_own_rules(std::uint32_t n, std::vector<VolunteerIndex>& volunteers) const;
  /// Points of each volunteer for the need.
  std::vector<std::int64_t> points(std::uint32_t n,
                                   std::span<const VolunteerIndex> volunteers) const;

  /// Whole metres between the two, or PairBlock::metres_unknown.
  std::int32_t metres(std::uint32_t v, std::uint32_t n) const;
  /// Metres from which on the volunteer's reach ends, or −1 for no reach at all.
  std::int64_t reach(std::uint32_t v) const { return reach_[v]; }
  bool ignores_reach(std::uint32_t n) const { return remote_[n] != 0; }
  bool has_position(bool of_need, std::uint32_t i) const {
    return of_need ? need_placed_[i] != 0 : volunteer_placed_[i] != 0;
  }
  Cartesian point(bool of_need, std::uint32_t i) const {
    return of_need ? need_point_[i] : volunteer_point_[i];
  }
  Symbol skill_of(std::uint32_t n) const;

  const Rules& rules() const { return rules_; }
  const PointTerms& terms() const { return terms_; }
  const MarketOptions& options() const { return options_; }
  const std::vector<Slot>& slots() const { return slots_; }
  Date from() const { return from_; }
  Date until() const { return until_; }
  bool has_slot(std::uint32_t n) const;
  std::vector<NeedIndex> needs_without_slot() const;
  /// Earliest common stretch of the need's duration within the slot.
  std::optional<Interval> earliest(std::uint32_t v, std::uint32_t n, std::uint32_t slot) const;
  std::string reason(StandardRule rule, std::uint32_t v, std::uint32_t n) const;

 private:
  void set_horizon();
  void set_slots();
  void set_positions();
  void set_bonds();
  void set_experience();
  bool dates_matter() const;

  /// Writes the slots in which the two are free at once, whatever the dated rules say.
  void free_slots(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& out) const;
  /// For a need without windows: free for its duration at some time of the horizon.
  bool is_free_for(std::uint32_t v, std::uint32_t n) const;
  bool holds_every_day(StandardRule rule, std::uint32_t v, std::uint32_t n) const;
  static Interval to_instants(const Zone& zone, const Interval& local);
  std::vector<Interval> instants_of(const Zone& zone, std::span<const Window> windows) const;
  bool has_skill(std::uint32_t v, std::uint32_t n) const;
  struct Day {
    Date date{};
    int year = 1970;
  };
  static Day day_of(std::int64_t number);
  bool holds_credential(std::uint32_t v, std::uint32_t n, const Day& day) const;
  bool is_insured(std::uint32_t v, std::uint32_t n, const Day& day) const;
  bool age_fits(std::uint32_t v, std::uint32_t n, const Day& day) const;
  bool holds_on(StandardRule rule, std::uint32_t v, std::uint32_t n, const Day& day) const;
  bool dated_rules_hold(std::uint32_t v, std::uint32_t n, const Day& day) const;
  /// Leaves the slots on whose day the dated rules hold.
  void keep_dated(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& slots) const;
  /// Whether a dated rule holds throughout the horizon (no windows) or on a day of the need.
  bool holds_some_day(StandardRule rule, std::uint32_t v, std::uint32_t n) const;
  bool is_excluded(std::uint32_t v, std::uint32_t n) const;
  bool within_reach(std::uint32_t v, std::uint32_t n) const;
  bool is_timed(std::uint32_t n) const { return needs_.windows.number(n) != 0; }
  std::int64_t travel_seconds(std::uint32_t v, std::int32_t metres) const;
  std::int64_t term(StandardTerm term, std::uint32_t v, std::uint32_t n, std::int32_t metres) const;

  const Network network_;
  const Rules rules_;
  const PointTerms terms_;
  const MarketOptions options_;
  const Volunteers& volunteers_;
  const Needs& needs_;
  const Items& items_;
  const Beneficiaries& beneficiaries_;

  Date from_{};
  Date until_{};
  std::vector<Slot> slots_;
  std::vector<Day> slot_days_;
  // By number of the distinct list, in seconds since 1970-01-01T00:00Z, as the slots.
  std::vector<std::vector<Interval>> availability_;
  std::vector<std::vector<Interval>> windows_;
  std::vector<std::int64_t> longest_availability_;
  std::vector<Cartesian> volunteer_point_, need_point_;
  std::vector<std::uint8_t> volunteer_placed_, need_placed_, remote_;
  std::vector<std::int64_t> reach_;
  std::vector<std::int32_t> experience_;                   // points term of each volunteer
  std::unordered_map<std::uint64_t, std::uint8_t> bonds_;  // volunteer and beneficiary
  std::vector<std::uint8_t> has_bond_;                     // of each beneficiary
  /// Volunteer with the same id as the beneficiary of a need (C5), by beneficiary.
  std::vector<std::uint32_t> same_person_;
};

}  // namespace jiedui
