#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "jiedui/network/roads.hpp"
#include "jiedui/pairing/market.hpp"

// Private to the room: how long it takes by road.

namespace jiedui {

/// Times on a road graph. May be asked from several threads at once.
class RoadTimes {
 public:
  static constexpr std::int64_t no_way = std::int64_t{1} << 40U;
  /// Seconds from each node, or more than the limit.
  using Field = std::vector<std::int32_t>;

  /// @param limit seconds for each mode up to which times matter.
  /// @throws Error "roads_invalid".
  RoadTimes(const RoadGraph& roads, const std::array<std::int64_t, 5>& limit);
  ~RoadTimes();

  /// The node nearest in a straight line; of equally near ones that of the smallest number.
  std::uint32_t nearest(Cartesian at) const;
  std::int64_t limit(std::size_t mode) const { return limit_[mode]; }
  Cartesian point(std::uint32_t node) const { return points_[node]; }
  /// From every node to this one, by Dijkstra's algorithm on the edges turned round. The last ones
  /// asked for are kept. O(nodes + edges within the limit · log).
  std::shared_ptr<const Field> to(std::uint32_t node, std::size_t mode) const;

 private:
  struct Graphs;
  struct Known {
    std::uint32_t node = 0;
    std::size_t mode = 0;
    std::shared_ptr<const Field> field;
  };
  std::shared_ptr<const Field> search(std::uint32_t node, std::size_t mode) const;
  void build_tree(std::size_t begin, std::size_t end, unsigned axis);
  void find_nearest(std::size_t begin, std::size_t end, unsigned axis, Cartesian at,
                    std::pair<std::int64_t, std::uint32_t>& best) const;

  std::array<std::int64_t, 5> limit_;
  std::vector<Cartesian> points_;
  std::vector<std::uint32_t> tree_;  // nodes in a k-d tree, the middle of each part its root
  std::unique_ptr<const Graphs> graphs_;
  mutable std::mutex mutex_;
  mutable std::vector<Known> known_;  // the last one in front
};

}  // namespace jiedui
