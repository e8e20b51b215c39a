#pragma once

#include <cstdint>
#include <vector>

#include "jiedui/pairing/solver/instance.hpp"

// Private to the room: rows as the caller has them, and numbers that keep near together what the
// solver looks at together. A search then finds most of what it needs in the cache.

namespace jiedui::solver {

/// Rows by internal number and back. Empty: number and row are the same.
struct Numbering {
  std::vector<std::uint32_t> row_of;
  std::vector<std::uint32_t> number_of;
  std::uint32_t row(std::uint32_t number) const { return row_of.empty() ? number : row_of[number]; }
  std::uint32_t number(std::uint32_t row) const { return number_of.empty() ? row : number_of[row]; }
};

/// @param row_of each row once.
Numbering numbering_of(std::vector<std::uint32_t> row_of);

/// Limits by row as limits by number.
Limits by_number(Limits limits, const Numbering& volunteers, const Numbering& lines);
/// The other way round.
Limits by_row(Limits limits, const Numbering& volunteers, const Numbering& lines);
/// A solution by number as one by row.
void to_rows(Solution& solution, const Numbering& volunteers, const Numbering& lines);

}  // namespace jiedui::solver
