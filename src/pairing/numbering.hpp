#pragma once

#include <span>

#include "jiedui/base/position.hpp"
#include "solver/numbering.hpp"

// Private to the room.

namespace jiedui {

using solver::Numbering;

/// Numbers by position along Hilbert's curve, then by row; those without a position come last.
/// O(rows · log rows).
Numbering number_by_position(std::span<const Position> positions);

}  // namespace jiedui
