#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/quantity.hpp"

namespace jiedui {

/// One pair of a plan: a volunteer fills one demand unit of a need.
struct PlannedPair {
  std::string volunteer;                ///< external id
  std::string need;                     ///< external id
  Points points;                        ///< how good the pair is
  std::optional<Metres> metres;         ///< straight line between the two; empty without positions
  std::optional<Instant> begins, ends;  ///< when; empty for a need without windows
  friend bool operator==(const PlannedPair&, const PlannedPair&) = default;
};

}  // namespace jiedui
