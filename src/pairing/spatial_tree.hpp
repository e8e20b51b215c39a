#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "jiedui/base/position.hpp"

// Private to the room: entries in space under a tree of boxes.

namespace jiedui {

/// What is known of a set of entries: the least box around them, and the most that any has.
struct Summary {
  Cartesian low, high;
  std::int32_t limit;          ///< most; how far one goes, in units of Cartesian
  std::int32_t points;         ///< most
  std::uint32_t languages;     ///< of any
  std::uint32_t first_number;  ///< least

  void include(const Summary& other) {
    low = {std::min(low.x, other.low.x), std::min(low.y, other.low.y),
           std::min(low.z, other.low.z)};
    high = {std::max(high.x, other.high.x), std::max(high.y, other.high.y),
            std::max(high.z, other.high.z)};
    limit = std::max(limit, other.limit);
    points = std::max(points, other.points);
    languages |= other.languages;
    first_number = std::min(first_number, other.first_number);
  }
  /// The square of the least distance of a point of the box.
  std::int64_t squared_distance(Cartesian point) const {
    const auto gap = [](std::int32_t least, std::int32_t most, std::int32_t at) {
      return std::max<std::int64_t>({std::int64_t{least} - at, std::int64_t{at} - most, 0});
    };
    const std::int64_t x = gap(low.x, high.x, point.x);
    const std::int64_t y = gap(low.y, high.y, point.y);
    const std::int64_t z = gap(low.z, high.z, point.z);
    return x * x + y * y + z * z;
  }
};

/// Entries in an order in which neighbours are near, four children to a node.
///
/// A tree of boxes has no poles and no 180th meridian, and it is fine where people live densely.
/// @tparam Entry has summary().
template <class Entry, std::size_t leaf_size>
class SpatialTree {
 public:
  struct Place {
    std::uint32_t level;  ///< 0: a leaf
    std::uint32_t index;  ///< on the level
  };

  SpatialTree() = default;
  explicit SpatialTree(std::vector<Entry> entries) : entries_(std::move(entries)) {
    if (entries_.empty()) return;
    append_level(entries_.size(), leaf_size, [&](std::size_t i) { return entries_[i].summary(); });
    while (level_size(levels() - 1) > 1) {
      const std::size_t below = first_.size() - 2;
      const std::size_t start = first_[below];
      append_level(level_size(below), fanout, [&](std::size_t i) { return nodes_[start + i]; });
    }
  }

  std::size_t size() const { return entries_.size(); }
  /// The node above all; there must be entries.
  Place root() const { return {static_cast<std::uint32_t>(levels() - 1), 0}; }
  const Summary& summary(Place place) const { return nodes_[first_[place.level] + place.index]; }
  std::span<const Entry> entries() const { return entries_; }
  /// The number of a leaf's first entry, and the one behind its last.
  static std::size_t begin_of(Place leaf) { return leaf.index * leaf_size; }
  std::size_t end_of(Place leaf) const {
    return std::min((leaf.index + std::size_t{1}) * leaf_size, entries_.size());
  }
  template <class Use>
  void each_child(Place place, Use&& use) const {
    const std::uint32_t level = place.level - 1;
    const auto end = static_cast<std::uint32_t>(
        std::min((place.index + std::size_t{1}) * fanout, level_size(level)));
    for (auto i = static_cast<std::uint32_t>(place.index * fanout); i < end; ++i)
      use(Place{level, i});
  }
  /// Calls use(number of the first entry, of the one behind the last) for all leaves above which
  /// wanted(summary) is true throughout.
  template <class Wanted, class Use>
  void visit(Wanted&& wanted, Use&& use) const {
    if (entries_.empty()) return;
    std::array<Place, max_levels * fanout> open;
    std::size_t count = 0;
    open[count++] = root();
    while (count > 0) {
      const Place place = open[--count];
      if (!wanted(summary(place))) continue;
      if (place.level == 0)
        use(begin_of(place), end_of(place));
      else
        each_child(place, [&](Place child) { open[count++] = child; });
    }
  }

 private:
  static constexpr std::size_t fanout = 4;
  static constexpr std::size_t max_levels = 18;  // 4^17 exceed 32 bits

  std::size_t levels() const { return first_.size() - 1; }
  std::size_t level_size(std::size_t level) const { return first_[level + 1] - first_[level]; }
  template <class SummaryOf>
  void append_level(std::size_t count, std::size_t group, SummaryOf&& summary_of) {
    for (std::size_t i = 0; i < count; ++i) {
      const Summary summary = summary_of(i);
      if (i % group == 0)
        nodes_.push_back(summary);
      else
        nodes_.back().include(summary);
    }
    first_.push_back(nodes_.size());
  }

  std::vector<Entry> entries_;
  std::vector<Summary> nodes_;            // level by level, the leaves first
  std::vector<std::size_t> first_ = {0};  // node of each level
};

}  // namespace jiedui
