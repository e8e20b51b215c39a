#pragma once

#include "numbering.hpp"

// Private to the room: numbers for arrays that come in no helpful order.

namespace jiedui::solver {

struct Locality {
  Numbering volunteers, lines;
};

/// Numbers lines by the volunteers whom they share, and volunteers by the first line that wants
/// them, so that those who compete are near together: A. Broder (1997), min-wise hashing.
/// O(candidates + lines · log lines); 4 bytes a candidate on the way.
Locality locality_of(const Instance& instance, int threads);

}  // namespace jiedui::solver
