#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jiedui/pairing/verify.hpp"

// Private to verify: a plan, its proof and the limits of its market as arrays. Shares no code with
// the solver.

namespace jiedui::verification {

constexpr std::uint32_t no_slot = solver::Candidate::no_slot;
constexpr std::uint32_t nobody = 0xFFFF'FFFF;

/// What is wrong, in an order that does not depend on threads. The first `kept` are kept.
class Findings {
 public:
  /// A finding about single pairs: ordered by line, volunteer, code.
  void add(std::string_view code, std::uint32_t line, std::uint32_t volunteer) {
    add({Stage::pairs, 0, line, volunteer, code, {}});
  }
  /// All others, in the order in which they are added. @param place said where there is no index.
  void add_next(std::string_view code, std::string place, std::uint32_t line = nobody,
                std::uint32_t volunteer = nobody) {
    add({stage_, ++added_, line, volunteer, code, std::move(place)});
  }
  /// The same against the plan itself, not only against its proof.
  template <class... Arguments>
  void add_infeasible(Arguments&&... arguments) {
    ++infeasible_;
    add(std::forward<Arguments>(arguments)...);
  }
  template <class... Arguments>
  void add_next_infeasible(Arguments&&... arguments) {
    ++infeasible_;
    add_next(std::forward<Arguments>(arguments)...);
  }
  /// What comes now stands behind the findings about single pairs.
  void begin_totals() { stage_ = Stage::totals; }
  /// Takes over the findings about single pairs of another thread.
  void take(Findings&& other);
  /// Writes counts and the first findings.
  void report(const Market& market, Verification& result);
  bool feasible() const { return infeasible_ == 0; }

 private:
  static constexpr std::size_t kept = 100;
  enum class Stage : std::uint8_t { plan, pairs, totals };
  struct Entry {
    Stage stage;
    std::uint64_t number;
    std::uint32_t line, volunteer;
    std::string_view code;
    std::string place;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  void add(Entry entry);
  void cut();

  std::vector<Entry> entries_;
  Stage stage_ = Stage::plan;
  std::uint64_t added_ = 0;
  std::int64_t count_ = 0;
  std::int64_t infeasible_ = 0;
};

/// External id → index, by open addressing.
class IdTable {
 public:
  explicit IdTable(const TextColumn& ids);
  /// The index, or `nobody`.
  std::uint32_t find(std::string_view id) const;

 private:
  const TextColumn& ids_;
  std::vector<std::uint32_t> places_;
};

/// A pair of the plan.
struct Chosen {
  std::uint32_t volunteer = 0;
  std::uint32_t slot = no_slot;
  std::uint32_t entry = 0;  ///< in PlanData::pairs
  bool pinned = false;
  std::int64_t points = 0;
};

class Input {
 public:
  Input(const Plan& plan, const Market& market, Findings& findings);

  const PlanData& plan;
  const Market& market;
  const solver::Limits& limits;
  bool is_optimal() const { return plan.status == PlanStatus::optimal; }

  std::uint32_t volunteers() const { return static_cast<std::uint32_t>(limits.volunteers()); }
  std::uint32_t lines() const { return static_cast<std::uint32_t>(limits.needs()); }
  /// Needs, each a run of lines: those of need i are line_order[need_first[i]] up to
  /// line_order[need_first[i + 1]].
  std::vector<std::uint32_t> line_order, need_first;

  /// The pairs of a line, by volunteer.
  std::span<const Chosen> chosen_of(std::uint32_t line) const {
    return std::span(chosen_).subspan(chosen_first_[line],
                                      chosen_first_[line + 1] - chosen_first_[line]);
  }
  std::int32_t used(std::uint32_t v) const { return used_[v]; }
  std::int32_t pinned(std::uint32_t v) const { return pinned_[v]; }

  // The proof, 0 where it lists nothing.
  std::vector<int128> price, profit, organisation_price;
  /// Of all slots that a pair takes.
  int128 slot_price(std::uint32_t v, std::uint32_t slot) const;
  int128 total_price(std::uint32_t v) const {  ///< of his organisation's total
    const std::uint32_t organisation = organisation_of(v);
    return organisation == nobody ? 0 : organisation_price[organisation];
  }
  int128 bonus(std::uint32_t line) const {
    const auto tier = static_cast<std::size_t>(limits.tier[line]);
    const auto& bonuses = plan.proof.bonuses;
    if (bonuses.empty()) return (plan.proof.tiers + 1 - limits.tier[line]) * plan.proof.step;
    return tier < bonuses.size() ? bonuses[tier] : 0;
  }
  /// What the limits on lending and changes take from the weight of a pair.
  int128 cross_price(std::uint32_t line, std::uint32_t v) const {
    return has_cross_prices_ ? sum_of_cross_prices(line, v) : 0;
  }
  /// Pairs of the plan before that are worth more than others to the line.
  std::span<const solver::LinePair> favoured(std::uint32_t line) const;
  int128 weight(std::uint32_t line, std::int64_t points) const { return bonus(line) + points; }
  /// What a pair is worth beyond price and profit.
  int128 margin(std::uint32_t line, std::uint32_t v, std::uint32_t slot,
                std::int64_t points) const {
    return weight(line, points) - cross_price(line, v) - price[v] - slot_price(v, slot) -
           profit[line];
  }

  /// Whether a pair beside those that are pinned is within all limits: only such pairs can be in a
  /// plan at all.
  bool is_open(std::uint32_t v, std::uint32_t line, std::uint32_t slot) const;
  bool is_open(std::uint32_t v) const;
  bool is_line_open(std::uint32_t line) const { return pinned_line_[line] < limits.demand[line]; }

  /// The most pairs that any plan can have.
  int128 units() const;
  /// The most that one pair costs for load.
  std::int64_t greatest_load_cost() const;

  /// Whether a step outweighs the difference in points and load cost between any two plans; where
  /// bonuses are listed, whether each outweighs all units behind it too.
  bool is_step_above(int128 pairs, std::int64_t least, std::int64_t most) const {
    const int128 span = pairs * (int128{most} - least + greatest_load_cost());
    return plan.proof.step > span && are_bonuses_strict(span);
  }
  /// Whether weights, prices and profits stay below 2^60.
  bool fits_64_bits() const;
  /// Whether sums over this market stay within 128 bits.
  bool numbers_are_sane() const;
  /// Conditions on prices that no pair enters, and what they add to both totals.
  void check_prices(Findings& findings, int128& value, int128& bound) const;
  void check_counts(Findings& findings) const;

 private:
  void read_cross_prices(Findings& findings);
  void check_cross_limits(Findings& findings) const;
  void add_cross_bound(int128& bound) const;
  bool are_bonuses_strict(int128 span) const;
  bool cross_numbers_are_sane(int128 most) const;
  /// The limit on lending that the pair counts for, or nobody.
  std::uint32_t lending_of(std::uint32_t line, std::uint32_t v) const;
  bool was_before(std::uint32_t line, std::uint32_t v) const;
  int128 sum_of_cross_prices(std::uint32_t line, std::uint32_t v) const;
  std::string organisation_row_id(std::uint32_t row) const;
  /// The slots that a pair takes, from the first to behind the last, by the number of its slot.
  std::pair<std::uint32_t, std::uint32_t> slots_of(std::uint32_t slot) const;
  void group_lines();
  void read_pairs(Findings& findings);
  void check_volunteers(Findings& findings, std::span<const std::uint32_t> line_of) const;
  void check_limits(Findings& findings) const;
  void read_pins(Findings& findings);
  void read_prices(Findings& findings);
  void read_profits(Findings& findings);
  void read_totals(Findings& findings);
  void check_volunteer_prices(Findings& findings, int128& value, int128& bound) const;
  void check_slot_prices(Findings& findings, int128& bound) const;
  std::vector<std::string> organisation_ids() const;

  std::uint32_t organisation_of(std::uint32_t v) const {
    return limits.organisation.empty() ? nobody : limits.organisation[v];
  }
  std::int32_t least(std::uint32_t v) const { return limits.least.empty() ? 0 : limits.least[v]; }
  int128 least_bonus() const {
    return plan.proof.bonuses.empty() ? (plan.proof.tiers + 1) * plan.proof.step
                                      : plan.proof.bonuses[0];
  }
  /// Load cost of the i-th pair of a volunteer, less the bonus if it is among his least.
  int128 unit_cost(std::uint32_t v, std::int32_t i) const {
    return limits.cost_of(v, i) - (i <= least(v) ? least_bonus() : 0);
  }
  /// A volunteer serves each need at most once, so that more capacity is of no use.
  std::int32_t useful_capacity(std::uint32_t v) const;
  int128 useful_total(std::uint32_t organisation) const { return useful_total_[organisation]; }

  struct SlotPrice {
    std::uint32_t volunteer, slot;
    int128 price;
  };
  std::vector<std::uint32_t> chosen_first_;
  std::vector<Chosen> chosen_;
  std::vector<std::int32_t> used_, pinned_, pinned_line_;
  std::vector<std::int64_t> used_total_, pinned_total_;  // by organisation
  std::vector<int128> useful_total_;
  std::vector<SlotPrice> slot_prices_;                                 // by volunteer, slot
  std::vector<std::uint8_t> has_slot_price_;                           // of each volunteer
  std::vector<std::pair<std::uint32_t, std::uint32_t>> taken_slots_;   // by a pair of the plan
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pinned_slots_;  // volunteer, slot
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pinned_needs_;  // volunteer, need
  bool has_cross_prices_ = false;
  std::vector<int128> lending_price_;
  TextColumn own_volunteer_ids_, own_need_ids_;  // of an ExplicitMarket
};

}  // namespace jiedui::verification
