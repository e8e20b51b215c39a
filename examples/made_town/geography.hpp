#pragma once

#include <cstdint>
#include <vector>

#include "made_town.hpp"
#include "random.hpp"

namespace made_town {

/// The position so many metres to the east and the north of another.
jiedui::Position moved(jiedui::Position from, std::int64_t east_m, std::int64_t north_m);

/// Towns of 5 to 14 communities strewn over a square, 2.5 km² for each community. The square lies
/// in the open sea, so that nobody takes it for a real place.
std::vector<Community> made_communities(std::int64_t count, std::uint64_t seed);

/// Lays communities that share a point out as a sunflower's seeds around it, the neighbours so far
/// apart as their own `spread_m` says.
void spread_out(std::vector<Community>& communities);

/// Communities, and who lives where.
class Map {
 public:
  Map(std::vector<Community> communities, Kind kind, std::uint64_t seed);

  const std::vector<Community>& communities() const { return communities_; }
  const Community& operator[](std::uint32_t community) const { return communities_[community]; }
  /// A community, each as often as its weight says.
  std::uint32_t pick(Random& random) const;
  /// A home in the community.
  jiedui::Position home(std::uint32_t community, Random& random) const;
  /// Whether few volunteers of the community have what is asked for.
  bool is_short_of_skills(std::uint32_t community) const { return is_short_[community] != 0; }

  /// The distinct towns, in order of their first community, and the town of each community.
  const std::vector<std::uint32_t>& first_of_town() const { return first_of_town_; }
  std::uint32_t town(std::uint32_t community) const { return town_[community]; }

  /// The communities and the towns, counties and regions above them.
  jiedui::Table places() const;

 private:
  std::vector<Community> communities_;
  std::vector<std::int64_t> weight_ends_;
  std::vector<std::uint8_t> is_short_;
  std::vector<std::uint32_t> first_of_town_, town_;
};

}  // namespace made_town
