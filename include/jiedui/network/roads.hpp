#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "jiedui/base/position.hpp"

namespace jiedui {

/// Roads as the user gives them: places where ways meet, and how long it takes from one to the
/// next.
struct RoadGraph {
  static constexpr std::int32_t closed = -1;
  /// A way in one direction.
  struct Edge {
    std::uint32_t from = 0, to = 0;  ///< nodes, 0 to nodes − 1
    /// By TravelMode: walk, cycle, ebike, transit, car. 0 to 86,400, or closed.
    std::array<std::int32_t, 5> seconds = {closed, closed, closed, closed, closed};
    friend constexpr bool operator==(const Edge&, const Edge&) = default;
  };
  std::vector<Position> nodes;
  std::vector<Edge> edges;
  friend bool operator==(const RoadGraph&, const RoadGraph&) = default;
};

}  // namespace jiedui
