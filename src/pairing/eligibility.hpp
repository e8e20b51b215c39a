#pragma once

#include <limits>
#include <unordered_map>
#include <vector>

#include "jiedui/base/position.hpp"
#include "jiedui/pairing/market.hpp"
#include "road_times.hpp"

// Private to the room: the rules and points of one market, compiled to columns. What each standard
// rule and term means is written here once.

namespace jiedui {

class Eligibility {
 public:
  Eligibility(const Network& network, const Rules& rules, const PointTerms& points,
              const MarketOptions& options);

  bool holds(StandardRule rule, std::uint32_t v, std::uint32_t n) const;
  /// For the rules capacity, training and health, which look at the item alone.
  bool suits_item(StandardRule rule, std::uint32_t v, std::uint32_t item) const;
  /// The volunteer's best level in the item's skill; 0 without the skill.
  std::int32_t level_of(std::uint32_t v, std::uint32_t item) const;
  struct Day {
    Date date{};
    int year = 1970;
  };
  /// For the rules credential, insurance and age.
  bool holds_on(StandardRule rule, std::uint32_t v, std::uint32_t item, const Day& day) const;
  /// Whether all three hold.
  bool dated_rules_hold(std::uint32_t v, std::uint32_t item, const Day& day) const;
  /// Whether all three hold on every day of the horizon.
  bool dated_rules_hold_throughout(std::uint32_t v, std::uint32_t item) const;
  /// The term nearness for so many metres.
  std::int64_t nearness(TravelMode mode, std::int32_t metres) const;
  static std::int64_t nearness_of(std::int64_t seconds);
  /// The term experience.
  std::int32_t experience(std::uint32_t v) const { return experience_[v]; }
  /// The volunteer with the same id as a beneficiary, or 0xFFFFFFFF.
  std::uint32_t same_person(std::uint32_t beneficiary) const { return same_person_[beneficiary]; }
  /// Calls use(volunteer, beneficiary) for each bond in the horizon, in no order.
  template <class Use>
  void each_bond(Use&& use) const {
    for (const auto& [pair, one] : bonds_)
      use(static_cast<std::uint32_t>(pair >> 32U), static_cast<std::uint32_t>(pair));
  }
  /// The stretches of time of a distinct list, in seconds since 1970-01-01T00:00Z.
  std::span<const Interval> availability(std::uint32_t list) const { return availability_[list]; }
  std::span<const Interval> windows(std::uint32_t list) const { return windows_[list]; }
  std::int64_t longest_availability(std::uint32_t list) const {
    return longest_availability_[list];
  }
  /// Writes the slots in which both lists leave the duration free at once; with
  /// MarketOptions::span_slots, the runs of slots (solver::SlotRun), by number.
  void free_slots(std::uint32_t windows, std::uint32_t availability, std::int64_t duration,
                  std::vector<std::uint32_t>& out) const;
  /// The day of each slot.
  const std::vector<Day>& slot_days() const { return slot_days_; }
  bool is_timed(std::uint32_t n) const { return needs_.windows.number(n) != 0; }
  /// Writes the slots in which the two can meet; no_slot alone where the need has no windows.
  void slots_of(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& out) const;
  /// The slots in which lists of availability and one need are free at once, remembered for the
  /// lists seen last.
  struct FreeSlots {
    struct OfList {
      std::uint32_t availability;
      std::size_t begin, end;  // of slots
    };
    static constexpr std::size_t lists_max = 64;
    std::uint32_t need = 0xFFFF'FFFF;
    std::vector<OfList> lists;
    std::vector<std::uint32_t> slots;
  };
  /// Whether all standard rules hold; writes the slots.
  bool is_eligible(std::uint32_t v, std::uint32_t n, FreeSlots& free,
                   std::vector<std::uint32_t>& slots) const;
  /// Appends the ways in which the volunteers may serve the need, by volunteer and slot.
  void append_candidates(std::uint32_t n, std::span<const std::uint32_t> volunteers,
                         std::vector<solver::Candidate>& out) const;
  /// Every rule that keeps the two apart; the user's where the standard ones do not.
  std::vector<Reason> reasons_against(std::uint32_t v, std::uint32_t n) const;
  /// Writes for each volunteer whether all of the user's rules hold.
  void fits_own_rules(std::uint32_t n, std::span<const VolunteerIndex> volunteers,
                      std::vector<std::uint8_t>& fits) const;
  /// Adds the user's terms to the points of each volunteer. @throws Error "points_bound_broken".
  void add_own_points(std::uint32_t n, std::span<const VolunteerIndex> volunteers,
                      std::span<std::int64_t> points) const;
  /// Points of each volunteer for the need.
  std::vector<std::int64_t> points(std::uint32_t n,
                                   std::span<const VolunteerIndex> volunteers) const;

  /// Whole metres between the two, or PairBlock::metres_unknown.
  std::int32_t metres(std::uint32_t v, std::uint32_t n) const;
  std::vector<std::int32_t> metres(std::span<const VolunteerIndex> volunteers,
                                   std::uint32_t n) const;
  /// Metres from which on the volunteer's reach ends, or −1 for no reach at all.
  std::int64_t reach(std::uint32_t v) const { return reach_[v]; }
  bool ignores_reach(std::uint32_t n) const { return remote_[n] != 0; }
  bool has_position(bool of_need, std::uint32_t i) const {
    return of_need ? need_placed_[i] != 0 : volunteer_placed_[i] != 0;
  }
  std::span<const Position> positions(bool of_needs) const {
    return of_needs ? need_position_ : volunteer_position_;
  }
  Cartesian point(bool of_need, std::uint32_t i) const {
    return of_need ? need_point_[i] : volunteer_point_[i];
  }
  Symbol skill_of(std::uint32_t n) const;

  /// Whether travel is by MarketOptions::roads; the next three ask for it.
  bool is_by_road() const { return roads_ != nullptr; }
  /// From the volunteer to the need, setting out included; RoadTimes::no_way if there is none, or
  /// only one beyond an hour and all minutes of reach.
  std::int64_t travel_seconds(std::uint32_t v, std::uint32_t n) const;
  /// The volunteer's minutes of reach in seconds, or −1 where metres alone limit it.
  std::int64_t minutes_seconds(std::uint32_t v) const { return minutes_seconds_[v]; }
  /// Writes everybody who may be within reach, by row.
  void near_by_road(std::uint32_t n, std::vector<std::uint32_t>& out) const;

  const Rules& rules() const { return rules_; }
  const PointTerms& terms() const { return terms_; }
  const MarketOptions& options() const { return options_; }
  const std::vector<Slot>& slots() const { return slots_; }
  Date from() const { return from_; }
  Date until() const { return until_; }
  /// Pairs begin after this moment, in seconds since 1970-01-01T00:00Z.
  std::int64_t clock() const { return clock_; }

  // For a network that is edited (EditableNetwork), and without roads.
  /// Works out anew what depends on a row that was set or appended. A new volunteer has no bonds.
  void update_volunteer(std::uint32_t v);
  void update_need(std::uint32_t n);
  void set_clock(std::int64_t second) { clock_ = second; }
  /// Whether the horizon was given or follows from dates.
  bool has_horizon() const { return has_horizon_; }
  /// Whether a row has dates that matter.
  static bool dates_matter(const Volunteers& volunteers);
  static bool dates_matter(const Needs& needs);
  bool has_slot(std::uint32_t n) const;
  /// Whether pairs may take several slots in a row.
  bool has_runs() const { return options_.span_slots; }
  /// The slots that a pair takes, by the number of its slot.
  solver::SlotRun run_of(std::uint32_t slot) const {
    return solver::SlotRun::of(slot, has_runs() ? static_cast<std::uint32_t>(slots_.size()) : 0);
  }
  /// Writes the slots in which a window of the need holds its duration, or in which, with runs, it
  /// may begin; past ones too.
  void window_slots(std::uint32_t n, std::vector<std::uint32_t>& out) const;
  std::vector<NeedIndex> needs_without_slot() const;
  /// Whether a time after the moment is left at which the need, which has windows, could begin.
  bool can_begin_after(std::uint32_t n, std::int64_t second) const;
  /// Earliest common stretch of the need's duration within the slot; of a run, one that begins in
  /// its first slot and ends in its last.
  std::optional<Interval> earliest(std::uint32_t v, std::uint32_t n, std::uint32_t slot) const;
  std::string reason(StandardRule rule, std::uint32_t v, std::uint32_t n) const;

 private:
  void set_horizon();
  void set_slots();
  void set_positions();
  void set_bonds();
  void set_experience();
  void set_roads();
  bool within_minutes(std::uint32_t v, std::uint32_t n) const;
  void resize_volunteers(std::size_t volunteers);
  void resize_needs(std::size_t needs);
  void set_position(std::uint32_t v);
  void set_need_position(std::uint32_t n);
  /// For the distinct lists that are new.
  void add_times();
  static std::int32_t experience_since(Date since, Date from);

  /// Writes the slots in which the two are free at once, whatever the dated rules say.
  void free_slots(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& out) const;
  /// Appends the slots that leave the duration open, beginning after the moment given.
  void slots_within(std::span<const Interval> open, std::int64_t duration, std::int64_t after,
                    std::vector<std::uint32_t>& out) const;
  /// Writes the slots in which the need could begin, with runs.
  void begin_slots(std::uint32_t n, std::vector<std::uint32_t>& out) const;
  /// The same as slots_within() with runs, those left out that hold another one: the pair takes no
  /// more than it must.
  void runs_within(std::span<const Interval> open, std::int64_t duration, std::int64_t after,
                   std::vector<std::uint32_t>& out) const;
  /// For a need without windows: free for its duration at some time of the horizon.
  bool is_free_for(std::uint32_t v, std::uint32_t n) const;
  bool holds_every_day(StandardRule rule, std::uint32_t v, std::uint32_t item) const;
  Interval to_instants(const Interval& local) const;
  std::vector<Interval> instants_of(std::span<const Window> windows) const;
  bool has_skill(std::uint32_t v, std::uint32_t n) const;
  static Day day_of(std::int64_t number);
  bool holds_credential(std::uint32_t v, std::uint32_t item, const Day& day) const;
  bool is_insured(std::uint32_t v, std::uint32_t item, const Day& day) const;
  bool age_fits(std::uint32_t v, std::uint32_t item, const Day& day) const;
  /// Leaves the slots on whose day the dated rules hold.
  void keep_dated(std::uint32_t v, std::uint32_t n, std::vector<std::uint32_t>& slots) const;
  /// Whether a dated rule holds throughout the horizon (no windows) or on a day of the need.
  bool holds_some_day(StandardRule rule, std::uint32_t v, std::uint32_t n) const;
  bool is_excluded(std::uint32_t v, std::uint32_t n) const;
  bool within_reach(std::uint32_t v, std::uint32_t n) const;
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
  bool has_horizon_ = false;
  std::int64_t clock_ = std::numeric_limits<std::int64_t>::min();
  std::optional<Zone> zone_;
  std::vector<Slot> slots_;
  std::vector<Day> slot_days_;
  // By number of the distinct list, in seconds since 1970-01-01T00:00Z, as the slots.
  std::vector<std::vector<Interval>> availability_;
  std::vector<std::vector<Interval>> windows_;
  std::vector<std::int64_t> longest_availability_;
  std::vector<Position> volunteer_position_, need_position_;
  std::vector<Cartesian> volunteer_point_, need_point_;
  std::vector<std::uint8_t> volunteer_placed_, need_placed_, remote_;
  std::vector<std::int64_t> reach_;
  struct RoadPlace {
    std::uint32_t node = 0;
    std::int32_t metres = 0;  // to it, in a straight line
  };
  std::unique_ptr<const RoadTimes> roads_;
  std::vector<RoadPlace> volunteer_road_, need_road_;
  std::vector<std::int64_t> minutes_seconds_;
  std::vector<std::uint32_t> by_node_first_, by_node_;  // volunteers with minutes of reach
  std::vector<std::uint32_t> without_minutes_;
  std::vector<std::int32_t> experience_;                   // points term of each volunteer
  std::unordered_map<std::uint64_t, std::uint8_t> bonds_;  // volunteer and beneficiary
  std::vector<std::uint8_t> has_bond_;                     // of each beneficiary
  /// Volunteer with the same id as the beneficiary of a need (C5), by beneficiary.
  std::vector<std::uint32_t> same_person_;
};

}  // namespace jiedui
