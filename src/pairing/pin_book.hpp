#pragma once

#include <map>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room: pins, held against the limits one by one.

namespace jiedui {

class PinBook {
 public:
  explicit PinBook(const solver::Limits& limits);

  /// Adds a pin in one of the candidates, which differ in their slots only; those of the same
  /// volunteer may move to other slots. Returns the limit that has no room, or "" if it is added.
  std::string_view add(std::uint32_t line, std::span<const solver::Candidate> ways);
  /// All pins, by line, then volunteer.
  std::vector<solver::ChosenPair> pins() const;

 private:
  struct Pin {
    std::uint32_t line;
    std::vector<solver::Candidate> ways;  // empty of slots: one way
    std::size_t way = 0;                  // the one taken
  };
  using Pins = std::vector<Pin>;
  /// Finds slots for all pins, the last one being new.
  bool place_last(Pins& pins) const;
  /// Where pairs may take several slots: finds slots for the pins from `i` on. That is a hard
  /// problem, so that only so many ways are tried.
  bool arrange(Pins& pins, std::size_t i, std::int32_t& tries) const;
  static constexpr std::int32_t tries_max = 100'000;
  /// Finds a slot for pin `i`, moving others along an alternating path.
  static bool place(Pins& pins, std::size_t i, std::set<std::uint32_t>& seen);

  const solver::Limits& limits_;
  std::map<std::uint32_t, Pins> of_volunteer_;
  std::map<std::uint32_t, std::int32_t> of_line_, of_organisation_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int32_t> lent_;  // from, to
};

}  // namespace jiedui
