#pragma once

#include "day_plan.hpp"
#include "jiedui/pairing/dispatcher.hpp"

// Private to the room: what the operations of a Dispatcher do. None of them ends one: change()
// does.

namespace jiedui {

/// What undoes a batch: the plan that it began with, and rows as they were.
struct BatchUndo {
  std::unique_ptr<DayPlan> replaced;  ///< null while it is the plan of today
  solver::StateSnapshot snapshot;
  solver::Limits limits;
  struct Row {
    bool of_volunteer = false;
    std::uint32_t row = 0;
    bool was_gone = false;
    std::optional<Volunteers> volunteer;
    std::optional<Needs> need;
  };
  std::vector<Row> rows;
  std::vector<LinePair> forbidden;
  std::unordered_multimap<std::string, PairName> declined_away;
  bool was_edited = false;
  int128 demand_max = 0;
  std::optional<solver::ProblemRange> range;
};

struct Dispatcher::State {
  State(Market market, const SolveOptions& options)
      : day(std::make_unique<DayPlan>(std::move(market), options)) {}
  State(const DispatcherData& data, const DispatcherTerms& terms)
      : day(DayPlan::restored(data, terms)) {}

  // --- people and needs ---
  void add(const Volunteer& row);
  void edit(const Volunteer& row);
  void withdraw_volunteer(std::string_view id);
  void add(const Need& row);
  void edit(const Need& row);
  void withdraw_need(std::string_view id);

  // --- pairs and limits ---
  void decline(std::string_view volunteer, std::string_view need);
  void pin(std::string_view volunteer, std::string_view need);
  void confirm(std::string_view volunteer, std::string_view need);
  void unpin(std::string_view volunteer, std::string_view need);
  void set_capacity(std::string_view volunteer, std::int32_t pairs);
  void set_demand(std::string_view need, std::int32_t people);

  // --- the clock ---
  /// @returns the needs that are closed, by id.
  std::vector<std::string> advance(Instant now);

  /// What has changed since the last call.
  PlanChange change();
  /// Puts the lists in order, and lists the people affected.
  static void complete(PlanChange& change);

  // --- all or nothing ---
  void begin_batch();
  void end_batch();
  /// Undoes all since begin_batch().
  void undo_batch();

  std::unique_ptr<DayPlan> day;

 private:
  struct Pin {
    PairName name;
    std::uint32_t slot = solver::Candidate::no_slot;
    std::int64_t points = 0;
  };
  using Pins = std::vector<Pin>;
  EditableNetwork& network(std::string_view place);
  template <class Columns>
  void check_horizon(const Columns& one, std::string_view place) const;
  /// The pins with the points that they have under rules where a row differs.
  /// @throws Error "pin_not_eligible".
  template <class RowsOf>
  Pins pins_under(Eligibility& eligibility, const std::vector<LinePair>& pins,
                  RowsOf&& rows_of) const;
  /// The same, were the row as given.
  template <class Columns>
  Pins check_pins(const std::vector<LinePair>& pins, std::uint32_t row, const Columns& one);
  void unpin_all(const std::vector<LinePair>& pins);
  void pin_all(const Pins& pins);
  std::size_t begun_among(const std::vector<LinePair>& pins) const;
  void replace(std::unique_ptr<DayPlan> by);

  void put_beside(std::uint32_t row, const Volunteers& one, const Pins& pins);
  void put_beside(std::uint32_t row, const Needs& one, const Pins& pins);
  template <class Columns>
  void put_by_remaking(std::uint32_t row, const Columns& one, const std::vector<LinePair>& pins);
  void note_row(std::uint32_t row, bool of_volunteer);
  void decline_again(std::string_view id);

  std::optional<BatchUndo> undo_;
};

}  // namespace jiedui
