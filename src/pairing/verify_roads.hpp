#pragma once

#include <array>
#include <vector>

#include "eligibility.hpp"

// Private to verify: travel by road, by code of its own.

namespace jiedui::verification {

/// What is the same for all lines.
class OwnRoads {
 public:
  OwnRoads(const Network& network, const Eligibility& definition);

  /// The ways to one line.
  class Line {
   public:
    Line(const OwnRoads& roads, std::uint32_t line);
    /// Seconds that the volunteer takes, setting out included; -1 if there is no way, or none
    /// within an hour and everybody's minutes of reach.
    std::int64_t seconds(std::uint32_t v) const;
    /// Whether he is within his minutes of reach, where they limit it.
    bool is_near(std::uint32_t v) const;

   private:
    const OwnRoads& roads_;
    std::array<std::vector<std::int64_t>, 5> from_;  // from each node to the line's, by mode
  };

 private:
  struct Way {
    std::uint32_t from = 0;
    std::int32_t seconds = 0;
  };
  struct Place {
    std::uint32_t node = 0;
    std::int64_t metres = 0;
  };
  Place place_of(Cartesian at) const;
  /// Dijkstra's algorithm, against the direction of the edges.
  std::vector<std::int64_t> search(std::uint32_t node, std::size_t mode) const;

  const Network& network_;
  const Eligibility& definition_;
  const RoadGraph& roads_;
  std::vector<Cartesian> points_;
  std::vector<std::uint32_t> by_height_;               // nodes by z
  std::array<std::vector<std::vector<Way>>, 5> into_;  // of each node, by mode
  std::array<std::int64_t, 5> limit_{};
  std::vector<Place> places_;  // of volunteers
};

}  // namespace jiedui::verification
