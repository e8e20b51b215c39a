#pragma once

#include <memory>
#include <optional>

#include "editable_source.hpp"
#include "solve_problem.hpp"

// Private to the room: a plan in numbers that stays optimal while the day changes.

namespace jiedui::solver {

/// What one operation changed, each list by line, then volunteer.
struct Change {
  std::vector<LinePair> added, dropped, moved;  ///< moved: to another slot
};

/// What it costs the whole plan that a volunteer serves a line.
struct Choice {
  Offer offer;
  int128 cost = 0;  ///< weight that the plan loses; 0 if he serves it already
};

class Replanner {
 public:
  virtual ~Replanner() = default;

  /// The limits as they are now, the pins among them.
  virtual const Limits& limits() const = 0;
  virtual const EditableSource& source() const = 0;
  virtual const Weights& weights() const = 0;

  virtual Change forbid(LinePair pair) = 0;
  /// Holds the pair in the plan, and puts it there if need be. @returns empty if the limits that
  /// are pinned already leave no room.
  virtual std::optional<Change> pin(LinePair pair, const Offer& offer) = 0;
  virtual Change unpin(LinePair pair) = 0;
  virtual Change set_capacity(std::uint32_t volunteer, std::int32_t capacity) = 0;
  virtual Change set_demand(std::uint32_t line, std::int32_t demand) = 0;
  /// The choices among the offers, in their order. Changes nothing.
  virtual std::vector<Choice> choices(std::uint32_t line, std::span<const Offer> offers) = 0;
  virtual Solution solution() const = 0;
  virtual bool serves(LinePair pair) const = 0;

  /// Solves the problem with the fewest changes against the plan before. Demand may grow to
  /// `demand_max` in all.
  static std::unique_ptr<Replanner> make(Limits limits, EditableSource source, int128 demand_max,
                                         std::span<const LinePair> before, const Options& options);
};

}  // namespace jiedui::solver
