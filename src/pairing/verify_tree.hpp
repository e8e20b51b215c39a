#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "jiedui/base/position.hpp"
#include "verify_times.hpp"

// Private to verify: volunteers in a tree over place and price, so that whole groups of them are
// held against the prices at once.

namespace jiedui::verification {

/// Languages and organisations, a bit for each; several share one. Who has a language or the
/// organisation in common with a line has a bit in common with it; not the other way round.
struct Traits {
  std::uint64_t languages = 0;
  std::uint64_t organisations = 0;
  static std::uint64_t bit(std::uint32_t number) { return std::uint64_t{1} << number % 64; }
  void include(const Traits& other) {
    languages |= other.languages;
    organisations |= other.organisations;
  }
};

/// A tree of boxes (Bentley 1975, k-d tree) over volunteers who travel alike. A node knows the box
/// around its volunteers, the best key among them, key being points less price, and their furthest
/// reach. Built once; O(log) levels, nodes in the order of a depth-first walk.
/// @tparam Wide holds every key plus any points: 64 bits where they do, else 128.
template <class Wide>
class PriceTree {
 public:
  struct Record {
    Cartesian point;
    std::uint32_t volunteer = 0;
    std::int64_t limit = 0;  ///< out of reach at this squared distance or more
    Wide key = 0;
    TimeMask times{};
    Traits traits;
  };

  PriceTree() = default;
  explicit PriceTree(std::vector<Record> records) : records_(std::move(records)) {
    if (records_.empty()) return;
    nodes_.reserve(4 * (records_.size() / leaf_size + 1));
    build(0, static_cast<std::uint32_t>(records_.size()), 0);
  }

  /// What one line asks of the tree.
  struct Query {
    Cartesian point;
    bool has_distance = false;  ///< otherwise nobody's place matters
    bool has_reach = false;     ///< who is too far away cannot be paired
    TimeMask times{};           ///< who is not free in any of them cannot be paired
    /// Keys that with the nearness of their place, and what their traits add, are above it matter.
    Wide threshold = 0;
    Traits traits;
    Wide language_points = 0, organisation_points = 0;  ///< not below 0
  };
  /// Calls visit(volunteer) for everyone within reach, and free at the times, whose key plus
  /// nearness(squared distance) plus what his traits add is above the threshold. `nearness` must
  /// not rise with the distance, and never exceed `nearest`. Returns how many were held against the
  /// threshold, one by one or in groups.
  template <class Nearness, class Visit>
  std::int64_t each_above(const Query& query, Wide nearest, Nearness&& nearness,
                          Visit&& visit) const {
    std::int64_t held = 0;
    const auto is_below = [&](Wide key, const Traits& traits, std::int64_t squared) {
      if ((traits.languages & query.traits.languages) != 0) key += query.language_points;
      if ((traits.organisations & query.traits.organisations) != 0)
        key += query.organisation_points;
      if (key + nearest <= query.threshold) return true;
      return query.has_distance && key + nearness(squared) <= query.threshold;
    };
    for (std::uint32_t i = 0; i < nodes_.size();) {
      const Node& node = nodes_[i];
      if (!have_common(node.times, query.times)) {
        i = node.skip;
        continue;
      }
      const std::int64_t nearest_corner = query.has_distance ? distance_to(node, query.point) : 0;
      if (query.has_reach && nearest_corner >= node.limit) {
        i = node.skip;
        continue;
      }
      if (is_below(node.key, node.traits, nearest_corner)) {
        held += node.end - node.begin;
        i = node.skip;
        continue;
      }
      if (node.skip != i + 1) {
        ++i;
        continue;
      }
      for (std::uint32_t r = node.begin; r < node.end; ++r) {
        const Record& record = records_[r];
        if (!have_common(record.times, query.times)) continue;
        const std::int64_t squared =
            query.has_distance ? squared_distance(record.point, query.point) : 0;
        if (query.has_reach && squared >= record.limit) continue;
        ++held;
        if (!is_below(record.key, record.traits, squared)) visit(record.volunteer);
      }
      i = node.skip;
    }
    return held;
  }

 private:
  static constexpr std::uint32_t leaf_size = 8;
  struct Node {
    std::array<std::int32_t, 3> low, high;
    std::uint32_t begin = 0, end = 0;  ///< its records
    std::uint32_t skip = 0;            ///< the node behind its subtree; its own successor: a leaf
    std::int64_t limit = 0;
    Wide key = 0;
    TimeMask times{};
    Traits traits;
  };

  static std::array<std::int32_t, 3> coordinates(Cartesian point) {
    return {point.x, point.y, point.z};
  }

  static std::int64_t distance_to(const Node& node, Cartesian point) {
    const auto at = coordinates(point);
    std::int64_t sum = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::int64_t below = std::int64_t{node.low[axis]} - at[axis];
      const std::int64_t above = std::int64_t{at[axis]} - node.high[axis];
      const std::int64_t off = std::max<std::int64_t>({below, above, 0});
      sum += off * off;
    }
    return sum;
  }

  void enclose(Node& node) const {
    const Record& first = records_[node.begin];
    node.low = node.high = coordinates(first.point);
    node.key = first.key;
    for (std::uint32_t r = node.begin; r < node.end; ++r) {
      const auto at = coordinates(records_[r].point);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        node.low[axis] = std::min(node.low[axis], at[axis]);
        node.high[axis] = std::max(node.high[axis], at[axis]);
      }
      node.limit = std::max(node.limit, records_[r].limit);
      node.key = std::max(node.key, records_[r].key);
      node.traits.include(records_[r].traits);
      for (std::size_t word = 0; word < node.times.size(); ++word)
        node.times[word] |= records_[r].times[word];
    }
  }

  /// Every third level parts by key, the others by the longest side of the box.
  void part(const Node& node, std::uint32_t middle, unsigned depth) {
    const auto begin = records_.begin();
    const auto nth = [&](auto&& value) {
      std::nth_element(begin + node.begin, begin + middle, begin + node.end,
                       [&](const Record& a, const Record& b) { return value(a) < value(b); });
    };
    if (depth % 3 == 2) return nth([](const Record& record) { return record.key; });
    std::size_t longest = 0;
    const auto side = [&](std::size_t axis) {
      return std::int64_t{node.high[axis]} - node.low[axis];
    };
    for (std::size_t axis = 1; axis < 3; ++axis)
      if (side(axis) > side(longest)) longest = axis;
    if (longest == 0) return nth([](const Record& record) { return record.point.x; });
    if (longest == 1) return nth([](const Record& record) { return record.point.y; });
    nth([](const Record& record) { return record.point.z; });
  }

  void build(std::uint32_t begin, std::uint32_t end, unsigned depth) {
    const std::size_t own = nodes_.size();
    Node node;
    node.begin = begin;
    node.end = end;
    enclose(node);
    nodes_.push_back(node);
    if (end - begin > leaf_size) {
      const std::uint32_t middle = begin + (end - begin) / 2;
      part(node, middle, depth);
      build(begin, middle, depth + 1);
      build(middle, end, depth + 1);
    }
    nodes_[own].skip = static_cast<std::uint32_t>(nodes_.size());
  }

  std::vector<Record> records_;
  std::vector<Node> nodes_;
};

}  // namespace jiedui::verification
