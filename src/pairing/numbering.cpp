#include "numbering.hpp"

#include <algorithm>
#include <utility>

namespace jiedui {

namespace {

/// Spreads the low 21 bits so that two zeros follow each.
std::uint64_t spread(std::uint64_t bits) {
  bits = (bits | bits << 32U) & 0x001F'0000'0000'FFFFU;
  bits = (bits | bits << 16U) & 0x001F'0000'FF00'00FFU;
  bits = (bits | bits << 8U) & 0x100F'00F0'0F00'F00FU;
  bits = (bits | bits << 4U) & 0x10C3'0C30'C30C'30C3U;
  return (bits | bits << 2U) & 0x1249'2492'4924'9249U;
}

std::uint64_t place_on_curve(Cartesian point) {
  // Coordinates lie within ±2^29; 21 bits of each fit 64: steps of 8 m.
  constexpr std::int64_t half = std::int64_t{1} << 29U;
  const auto part = [](std::int32_t coordinate) {
    return spread(static_cast<std::uint64_t>(coordinate + half) >> 9U);
  };
  return part(point.x) << 2U | part(point.y) << 1U | part(point.z);
}

}  // namespace

Numbering number_by_position(std::span<const Cartesian> points,
                             std::span<const std::uint8_t> is_placed) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(points.size());
  for (std::uint32_t row = 0; row < points.size(); ++row)
    keys[row] = {is_placed[row] != 0 ? place_on_curve(points[row]) : ~std::uint64_t{0}, row};
  std::sort(keys.begin(), keys.end());
  Numbering numbering;
  numbering.row_of.resize(keys.size());
  numbering.number_of.resize(keys.size());
  for (std::uint32_t number = 0; number < keys.size(); ++number) {
    numbering.row_of[number] = keys[number].second;
    numbering.number_of[keys[number].second] = number;
  }
  return numbering;
}

}  // namespace jiedui
