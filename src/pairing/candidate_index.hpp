#pragma once

#include <map>
#include <vector>

#include "eligibility.hpp"

// Private to the room: finds the volunteers who have a skill and may be in reach of a point.

namespace jiedui {

/// Volunteers by skill, then by class of reach, then by cell of space.
///
/// A class holds the reaches from 2^k to 2^(k+1) metres; its cells are cubes of 2^(k+1) metres, so
/// that all volunteers who reach a point lie in the 27 cells around it. Cubes of space have no
/// poles and no 180th meridian.
class CandidateIndex {
 public:
  CandidateIndex(const Network& network, const Rules& rules, const Eligibility& eligibility);

  /// A superset of those eligible for the need, in order of index.
  void find(std::uint32_t n, std::vector<std::uint32_t>& volunteers) const;

 private:
  struct Cell {
    std::int32_t x, y, z;
    friend constexpr auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct ReachClass {
    unsigned cell_shift = 0;  // cell edge in units of Cartesian: 2^cell_shift
    std::vector<std::pair<Cell, std::uint32_t>> volunteers;  // by cell, then index
  };
  struct Group {
    std::vector<std::uint32_t> all;
    std::map<unsigned, ReachClass> classes;
  };
  static Cell cell_of(Cartesian point, unsigned shift) {
    return {point.x >> shift, point.y >> shift, point.z >> shift};
  }
  void add(Group& group, std::uint32_t v);
  static void add_cells(const ReachClass& reach, Cell middle, std::vector<std::uint32_t>& out);

  const Eligibility& eligibility_;
  bool by_skill_;
  std::vector<Group> by_symbol_;  // volunteers with the skill
  Group everybody_;               // for items without a skill
};

}  // namespace jiedui
