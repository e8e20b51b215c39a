#include "numbering.hpp"

#include <algorithm>
#include <utility>

namespace jiedui {

namespace {

/// The place of a point along Hilbert's curve through latitude and longitude: neighbours on the
/// curve are neighbours on the map.
std::uint64_t place_on_curve(Position position) {
  auto x = static_cast<std::uint32_t>(position.longitude) + 0x8000'0000U;
  auto y = static_cast<std::uint32_t>(position.latitude) + 0x8000'0000U;
  std::uint64_t place = 0;
  for (unsigned bit = 32; bit-- > 0;) {
    const bool right = (x >> bit & 1U) != 0;
    const bool up = (y >> bit & 1U) != 0;
    place = place << 2U | (right ? (up ? 2U : 3U) : (up ? 1U : 0U));
    if (!up) {
      if (right) {
        x = ~x;
        y = ~y;
      }
      std::swap(x, y);
    }
  }
  return place;
}

}  // namespace

Numbering number_by_position(std::span<const Position> positions) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(positions.size());
  for (std::uint32_t row = 0; row < positions.size(); ++row)
    keys[row] = {positions[row].has_value() ? place_on_curve(positions[row]) : ~std::uint64_t{0},
                 row};
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> row_of(keys.size());
  for (std::uint32_t number = 0; number < keys.size(); ++number)
    row_of[number] = keys[number].second;
  return solver::numbering_of(std::move(row_of));
}

}  // namespace jiedui
