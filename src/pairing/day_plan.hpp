#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "day_source.hpp"
#include "jiedui/pairing/dispatcher_data.hpp"
#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/solve.hpp"
#include "market_state.hpp"
#include "network/editable_network.hpp"
#include "plan_of.hpp"
#include "solver/replanner.hpp"

// Private to the room: a market that changes in place, and its plan. Volunteers and lines go by
// their numbers in the solver.

namespace jiedui {

using solver::LinePair;

class DayPlan {
 public:
  DayPlan(Market of, const SolveOptions& options);
  /// Takes over what stands in another's plan and limits, for a market of the same people and
  /// needs, but for those who are new: they have no capacity and ask for nobody.
  DayPlan(Market of, const DayPlan& before, std::optional<Instant> clock);

  /// Goes on where data() was called. @throws Error as Dispatcher.
  static std::unique_ptr<DayPlan> restored(const DispatcherData& data,
                                           const DispatcherTerms& terms);

  bool is_explicit() const { return given.is_explicit(); }
  const auto& room() const { return MarketAccess::state(working); }
  Eligibility& eligibility() { return *room().eligibility; }

  // --- ids ---
  /// @throws Error "id_unknown", for those who have left too.
  std::uint32_t volunteer(std::string_view id) const;
  std::uint32_t line(std::string_view id) const;
  LinePair pair(std::string_view volunteer_id, std::string_view need_id) const;
  std::string volunteer_id(std::uint32_t number) const;
  std::string need_id(std::uint32_t number) const;
  PairName name_of(LinePair pair) const;
  std::uint32_t volunteer_row(std::uint32_t number) const { return room().volunteer_row(number); }
  std::uint32_t line_row(std::uint32_t number) const { return room().line_row(number); }
  std::optional<std::uint32_t> find_volunteer(std::string_view id) const;
  std::optional<std::uint32_t> find_line(std::string_view id) const;

  // --- the market as it stands ---
  /// The offer of the volunteer for the line.
  std::optional<solver::Offer> offer(LinePair pair) const;
  Plan plan() const;
  Market market() const;
  Network network() const;
  DispatcherData data() const;
  DispatcherTerms terms() const;
  /// A market like this one but for a row that differs or is new, or for the clock.
  /// @throws Error as Market.
  Market remade(const Volunteers& one, std::uint32_t row) const;
  Market remade(const Needs& one, std::uint32_t row) const;
  Market remade(Instant now) const;
  bool has_begun(LinePair pair) const { return begun.contains(key(pair)); }
  std::vector<LinePair> pins_of_volunteer(std::uint32_t number) const;
  std::vector<LinePair> pins_of_line(std::uint32_t number) const;

  // --- changes of rows that fit in beside the index ---
  /// Whether it is so; if not, the market has to be remade.
  bool takes(std::optional<std::uint32_t> number, const Volunteers& one) const;
  bool takes(const Needs& one) const;
  /// The row is appended if it is behind the last.
  void set_row(std::uint32_t row, const Volunteers& one);
  void set_row(std::uint32_t row, const Needs& one);
  /// Pairs that were declined before one of the two left and came again stay so.
  /// @returns those that are forbidden again.
  std::vector<LinePair> decline_again(const std::string& id);
  /// The organisation's number in the limits.
  std::uint32_t organisation_number(const Volunteers& one) const;
  /// Makes sure that the weights hold so much demand in all, and the tier.
  void allow(int128 demand, std::int32_t tier);

  static std::uint64_t key(LinePair pair) {
    return (std::uint64_t{pair.line} << 32U) | pair.volunteer;
  }

  Market given;                               // as it was made
  Market working;                             // over the network that is edited; else the same
  std::unique_ptr<EditableNetwork> editable;  // null for an ExplicitMarket
  std::unique_ptr<DaySource> source;          // null where rules or points of one's own take part
  std::unique_ptr<solver::Replanner> planner;
  std::vector<std::uint8_t> gone_volunteers, gone_needs;  // by row
  std::unordered_set<std::uint64_t> begun;                // key() of pairs that have begun
  /// Pairs of the plan before whose people the market has lost.
  std::vector<PairName> lost;
  /// Declined pairs that the market cannot name, by the id of one who is not in it.
  std::unordered_multimap<std::string, PairName> declined_away;
  std::optional<Instant> clock;
  bool is_edited = false;  // market() is not `given` under other limits
  int128 demand_max = 0;

 private:
  explicit DayPlan(Market of);
  DayPlan(Market of, const DispatcherData& data);
  /// Where one of the two is not in the market, the pair is noted as declined_away.
  void forbid_or_note(solver::EditableSource& source, const PairName& name);
  MarketOptions options(std::optional<Instant> now) const;
  solver::Limits limits_by_row() const;
  Market remade(const Volunteers* volunteer, const Needs* need, std::uint32_t row,
                std::optional<Instant> now) const;
};

}  // namespace jiedui
