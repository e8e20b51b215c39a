#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "jiedui/base/position.hpp"

// Private to the room: entries in space that come and go.

namespace jiedui {

/// Entries by cells of a cubic grid, a grid for each key; a key may have several sizes of cells.
/// @tparam Entry has a point and a number.
template <class Entry>
class DayGrid {
 public:
  /// @param size cells of 2^size units.
  void add(std::uint32_t key, unsigned size, const Entry& entry) {
    cells_[cell_at(key, size, entry.point)].push_back(entry);
  }
  void remove(std::uint32_t key, unsigned size, Cartesian point, std::uint32_t number) {
    const auto cell = cells_.find(cell_at(key, size, point));
    std::erase_if(cell->second, [&](const Entry& entry) { return entry.number == number; });
    if (cell->second.empty()) cells_.erase(cell);
  }
  /// Calls use(entry) for all entries no farther than `radius` along any axis, and some others.
  template <class Use>
  void visit(std::uint32_t key, unsigned size, Cartesian point, std::int32_t radius,
             Use&& use) const {
    const Cell low = cell_at(key, size, moved(point, -std::int64_t{radius}));
    const Cell high = cell_at(key, size, moved(point, radius));
    for (Cell at = low; at.x <= high.x; ++at.x)
      for (at.y = low.y; at.y <= high.y; ++at.y)
        for (at.z = low.z; at.z <= high.z; ++at.z) {
          const auto cell = cells_.find(at);
          if (cell == cells_.end()) continue;
          for (const Entry& entry : cell->second) use(entry);
        }
  }
  /// How many cells visit() looks into, at most.
  static std::uint64_t cells_within(unsigned size, std::int32_t radius) {
    const std::uint64_t along = ((2 * static_cast<std::uint64_t>(radius)) >> size) + 2;
    return along * along * along;
  }

 private:
  struct Cell {
    std::uint32_t key;
    unsigned size;
    std::int32_t x, y, z;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  struct Hash {
    std::size_t operator()(const Cell& cell) const {
      constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;
      std::uint64_t hash = (std::uint64_t{cell.key} << 6U) | cell.size;
      for (const std::int32_t part : {cell.x, cell.y, cell.z})
        hash = (hash ^ (hash >> 29U)) * golden + static_cast<std::uint32_t>(part);
      return static_cast<std::size_t>((hash ^ (hash >> 29U)) * golden);
    }
  };
  static Cartesian moved(Cartesian point, std::int64_t by) {
    constexpr std::int64_t most = 0x7FFF'FFFF;
    const auto move = [&](std::int32_t at) {
      return static_cast<std::int32_t>(std::clamp(at + by, -most, most));
    };
    return {move(point.x), move(point.y), move(point.z)};
  }
  static Cell cell_at(std::uint32_t key, unsigned size, Cartesian point) {
    return {key, size, point.x >> size, point.y >> size, point.z >> size};
  }

  std::unordered_map<Cell, std::vector<Entry>, Hash> cells_;
};

}  // namespace jiedui
