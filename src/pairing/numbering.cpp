#include "numbering.hpp"

#include <array>
#include <utility>

namespace jiedui {

namespace {

/// Hilbert's curve, four steps at a time. On each step a quadrant is chosen; what comes behind it
/// is mirrored (both axes inverted) and turned (the axes swapped) as the quadrant asks.
struct CurveSteps {
  static constexpr unsigned inverted = 1;
  static constexpr unsigned swapped = 2;
  struct Steps {
    std::uint8_t quadrants = 0;
    std::uint8_t state = 0;
  };
  /// By state and four bits of each axis.
  std::array<Steps, 4U << 8U> table{};

  constexpr CurveSteps() {
    for (unsigned i = 0; i < table.size(); ++i) {
      unsigned state = i >> 8U;
      unsigned quadrants = 0;
      for (unsigned bit = 4; bit-- > 0;) {
        const unsigned x = i >> (4 + bit) & 1U;
        const unsigned y = i >> bit & 1U;
        const unsigned invert = state & inverted;
        const bool right = (((state & swapped) != 0 ? y : x) ^ invert) != 0;
        const bool up = (((state & swapped) != 0 ? x : y) ^ invert) != 0;
        quadrants = quadrants << 2U | (right ? (up ? 2U : 3U) : (up ? 1U : 0U));
        if (!up) state ^= swapped | (right ? inverted : 0U);
      }
      table[i] = {static_cast<std::uint8_t>(quadrants), static_cast<std::uint8_t>(state)};
    }
  }
};

/// The place of a point along Hilbert's curve through latitude and longitude: neighbours on the
/// curve are neighbours on the map.
std::uint64_t place_on_curve(Position position) {
  static constexpr CurveSteps steps;
  const auto x = static_cast<std::uint32_t>(position.longitude) + 0x8000'0000U;
  const auto y = static_cast<std::uint32_t>(position.latitude) + 0x8000'0000U;
  std::uint64_t place = 0;
  unsigned state = 0;
  for (unsigned shift = 32; shift > 0;) {
    shift -= 4;
    const auto& [quadrants, next] =
        steps.table[state << 8U | (x >> shift & 15U) << 4U | (y >> shift & 15U)];
    place = place << 8U | quadrants;
    state = next;
  }
  return place;
}

struct Key {
  std::uint64_t place;
  std::uint32_t row;
};

/// Sorts by place, and leaves equal ones in their order: digit by digit from the last, as far as
/// the places differ.
void sort_by_place(std::vector<Key>& keys) {
  constexpr unsigned digit = 11;
  constexpr std::size_t digits = std::size_t{1} << digit;
  std::uint64_t differs = 0;
  for (const Key& key : keys) differs |= key.place ^ keys.front().place;
  std::vector<Key> sorted(keys.size());
  for (unsigned shift = 0; shift < 64 && differs >> shift != 0; shift += digit) {
    const auto digit_of = [&](const Key& key) { return key.place >> shift & (digits - 1); };
    std::array<std::uint32_t, digits> next{};
    for (const Key& key : keys) ++next[digit_of(key)];
    std::uint32_t sum = 0;
    for (std::uint32_t& of : next) sum += std::exchange(of, sum);
    for (const Key& key : keys) sorted[next[digit_of(key)]++] = key;
    keys.swap(sorted);
  }
}

}  // namespace

Numbering number_by_position(std::span<const Position> positions) {
  std::vector<Key> keys(positions.size());
  for (std::uint32_t row = 0; row < positions.size(); ++row)
    keys[row] = {positions[row].has_value() ? place_on_curve(positions[row]) : ~std::uint64_t{0},
                 row};
  sort_by_place(keys);
  std::vector<std::uint32_t> row_of(keys.size());
  for (std::uint32_t number = 0; number < keys.size(); ++number) row_of[number] = keys[number].row;
  return solver::numbering_of(std::move(row_of));
}

}  // namespace jiedui
