#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jiedui/base/position.hpp"

// Private to the room.

namespace jiedui {

/// Rows of the network by internal number and back; numbers follow the position, so that what is
/// near on the map is near in memory. Empty: number and row are the same.
struct Numbering {
  std::vector<std::uint32_t> row_of;
  std::vector<std::uint32_t> number_of;
  std::uint32_t row(std::uint32_t number) const { return row_of.empty() ? number : row_of[number]; }
  std::uint32_t number(std::uint32_t row) const { return number_of.empty() ? row : number_of[row]; }
};

/// Numbers by position along Hilbert's curve, then by row; those without a position come last.
/// O(rows · log rows).
Numbering number_by_position(std::span<const Position> positions);

}  // namespace jiedui
