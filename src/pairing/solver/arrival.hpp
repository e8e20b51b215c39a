#pragma once

#include <cstdint>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room.

namespace jiedui::solver {

inline constexpr std::uint32_t none = 0xFFFF'FFFF;

/// How a search goes on from a place.
enum class Step : std::uint8_t {
  start,
  offer,         // from a line, by an offer
  volunteer,     // from the volunteer: a pair of his gives way
  seat,          // from a pair: it gives way, or moves to another slot
  organisation,  // from the organisation: one of its volunteers gives up a pair
  line,          // from another line of the same need, which takes the pair over
  pair           // from a line: one of its pairs is given up
};

/// How a search came to a place, and how far that is.
template <class Weight, class Score>
struct Arrival {
  Step step = Step::start;
  bool settled = false;
  std::uint32_t epoch = 0;
  std::uint32_t from = none;
  std::uint32_t slots = 0;  // of the offer
  std::uint32_t slot = Candidate::no_slot;
  std::uint32_t pair = none;
  Score points = 0;
  Weight distance = 0;
};

}  // namespace jiedui::solver
