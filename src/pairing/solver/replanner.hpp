#pragma once

#include <memory>
#include <optional>

#include "editable_source.hpp"
#include "problem_range.hpp"
#include "solve_problem.hpp"
#include "state_snapshot.hpp"

// Private to the room: a plan in numbers that stays optimal while the day changes.

namespace jiedui::solver {

/// What changed in the plan, each list by line, then volunteer.
struct Change {
  std::vector<LinePair> added, dropped, moved;  ///< moved: to another slot
};

/// What it costs the whole plan that a volunteer serves a line.
struct Choice {
  Offer offer;
  int128 cost = 0;  ///< weight that the plan loses; 0 if he serves it already
};

/// After each operation the plan is optimal. accept() ends one operation or several.
class Replanner {
 public:
  virtual ~Replanner() = default;

  /// The limits as they are now, but for the pins.
  const Limits& limits() const { return limits_; }
  /// All of them. O(volunteers + lines).
  virtual Limits limits_with_pins() const = 0;
  EditableSource& source() { return source_; }
  const EditableSource& source() const { return source_; }
  const ProblemRange& range() const { return range_; }
  /// All lines' demand.
  int128 demand() const { return demand_; }

  virtual void forbid(LinePair pair) = 0;
  /// Holds the pair in the plan, and puts it there if need be.
  /// @param slot to be held in; none: one that suits, if the offer has slots.
  /// @returns false if the limits that are pinned already leave no room.
  virtual bool pin(LinePair pair, const Offer& offer, std::uint32_t slot = none) = 0;
  virtual void unpin(LinePair pair) = 0;
  virtual void set_capacity(std::uint32_t volunteer, std::int32_t capacity) = 0;
  virtual void set_demand(std::uint32_t line, std::int32_t demand) = 0;

  /// One more volunteer, without capacity; the source must know him.
  virtual void add_volunteer(std::uint32_t organisation) = 0;
  /// The source hands out other offers than before.
  virtual void source_changed() = 0;
  /// Forgets the offers of a volunteer who has no capacity; the source still has them.
  virtual void forget_offers(std::uint32_t volunteer) = 0;
  /// One more line, without demand; the source must know it.
  virtual void add_line(std::int32_t tier) = 0;
  /// Of a line without demand: what is known of it is read again.
  virtual void renew_line(std::uint32_t line, std::int32_t tier) = 0;
  /// Candidates of the line have gone that are not in the plan, or pinned there.
  virtual void reread_line(std::uint32_t line) = 0;
  /// Asks nothing more of one who left: the least pairs.
  virtual void forget_least(std::uint32_t volunteer) = 0;

  /// What has changed since the last call. The plan as it is now is the one before from now on.
  virtual Change accept() = 0;

  /// The choices among the offers, in their order. Changes nothing. Each line must be a need of its
  /// own.
  virtual std::vector<Choice> choices(std::uint32_t line, std::span<const Offer> offers) = 0;
  virtual Solution solution() const = 0;
  /// The weight of the plan.
  virtual int128 value() const = 0;
  virtual StateSnapshot snapshot() const = 0;
  /// Whether the prices of the snapshot that it was made from proved its plan, the last level
  /// included. If not, the Replanner is of no use.
  virtual bool is_proved() const = 0;
  virtual bool serves(LinePair pair) const = 0;
  virtual bool is_pinned(LinePair pair) const = 0;
  /// Pairs of a volunteer, or of a line.
  struct Held {
    ChosenPair pair;
    bool pinned = false;
  };
  virtual std::vector<Held> pairs_of_volunteer(std::uint32_t volunteer) const = 0;
  virtual std::vector<Held> pairs_of_line(std::uint32_t line) const = 0;

  /// Solves the problem with the fewest changes against the plan before. Demand may grow to
  /// `demand_max` in all. What differs from the plan before is told by accept().
  static std::unique_ptr<Replanner> make(Limits limits, EditableSource source, int128 demand_max,
                                         std::span<const StateSnapshot::Seat> before,
                                         const Options& options);
  /// Goes on where a snapshot was taken, without solving.
  /// @param range of the Replanner that it was taken from.
  static std::unique_ptr<Replanner> make(Limits limits, EditableSource source,
                                         const ProblemRange& range, const StateSnapshot& snapshot,
                                         int threads);

 protected:
  Replanner(Limits limits, EditableSource source, const ProblemRange& range)
      : limits_(std::move(limits)),
        source_(std::move(source)),
        range_(range),
        demand_(total_demand(limits_)) {}

  Limits limits_;
  EditableSource source_;
  const ProblemRange range_;
  int128 demand_;
};

}  // namespace jiedui::solver
