#include "geography.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "columns.hpp"

namespace made_town {

using jiedui::Position;

namespace {

constexpr std::int64_t metres_per_degree = 111'195;  // of a great circle of the mean radius
constexpr Position centre_of_sea = {.latitude = 280'000'000, .longitude = 1'240'000'000};
constexpr std::int64_t square_metres_per_community = 2'500'000;

struct Centre {
  Position position;
  std::int64_t east_m = 0, north_m = 0;
};

/// Far from the others: the loneliest of five points. The first town lies in the middle.
Centre town_centre(std::int64_t side, const std::vector<Centre>& others, Random& random) {
  Centre best{.position = {}, .east_m = side / 2, .north_m = side / 2};
  std::int64_t best_square = -1;
  for (int attempt = 0; attempt < 5 && !others.empty(); ++attempt) {
    const Centre centre{
        .position = {}, .east_m = random.below(side), .north_m = random.below(side)};
    std::int64_t nearest = side * side * 2;
    for (const Centre& other : others) {
      const std::int64_t east = other.east_m - centre.east_m;
      const std::int64_t north = other.north_m - centre.north_m;
      nearest = std::min(nearest, east * east + north * north);
    }
    if (nearest > best_square) {
      best_square = nearest;
      best = centre;
    }
  }
  best.position = moved(centre_of_sea, best.east_m - side / 2, best.north_m - side / 2);
  return best;
}

}  // namespace

Position moved(Position from, std::int64_t east_m, std::int64_t north_m) {
  // cos x ≈ (32400 − 4x²) / (32400 + x²) for x in degrees (Bhaskara, 7th century), within 0.2 %.
  const std::int64_t millidegrees =
      std::min<std::int64_t>(std::abs(from.latitude) / 10'000, 80'000);
  const std::int64_t square = millidegrees * millidegrees;
  const jiedui::int128 dividend = 32'400'000'000 + square;
  const jiedui::int128 divisor = 32'400'000'000 - 4 * square;
  const auto east = static_cast<std::int64_t>(jiedui::int128{east_m} * 10'000'000 * dividend /
                                              (metres_per_degree * divisor));
  return {.latitude =
              static_cast<std::int32_t>(from.latitude + north_m * 10'000'000 / metres_per_degree),
          .longitude = static_cast<std::int32_t>(from.longitude + east)};
}

std::vector<Community> made_communities(std::int64_t count, std::uint64_t seed) {
  const std::int64_t side = jiedui::integer_square_root(square_metres_per_community * count);
  std::vector<Community> communities;
  std::vector<Centre> centres;
  while (static_cast<std::int64_t>(communities.size()) < count) {
    const auto number = static_cast<std::int64_t>(centres.size());
    Random random(seed, Random::Stream::town, static_cast<std::uint64_t>(number));
    centres.push_back(town_centre(side, centres, random));
    const Centre& centre = centres.back();
    const std::int64_t members =
        std::min<std::int64_t>(number == 0 ? 14 : random.between(5, 14),
                               count - static_cast<std::int64_t>(communities.size()));
    const std::int64_t radius = 900 * jiedui::integer_square_root(members);
    const std::int64_t county = 1 + 3 * (2 * centre.north_m / side) + 3 * centre.east_m / side;
    const std::int64_t size = number == 0 ? 6 : random.between(2, 6);
    for (std::int64_t i = 0; i < members; ++i) {
      const std::int64_t reach = i == 0 ? 1 : radius;
      const std::int64_t east = random.around_zero(reach);
      const std::int64_t north = random.around_zero(reach);
      const std::string town = padded(number + 1, 3);
      const std::string member = town + "-" + padded(i + 1, 2);
      const std::string of_county = std::to_string(county);
      communities.push_back({.id = joined("P-", member),
                             .name = joined("Community ", member),
                             .town_id = joined("T-", town),
                             .town = joined("Town ", town),
                             .county_id = joined("C-", of_county),
                             .county = joined("County ", of_county),
                             .region_id = "R",
                             .region = "Made region",
                             .position = moved(centre.position, east, north),
                             // Zipf's law within the town: its first community is the largest.
                             .weight = size * 1200 / (i + 3),
                             .spread_m = i == 0 ? 600 : 800});
    }
  }
  return communities;
}

void spread_out(std::vector<Community>& communities) {
  // One turn by the golden angle, 137.508°, in units of 2^-30.
  constexpr std::int64_t unit = std::int64_t{1} << 30;
  constexpr std::int64_t cosine = -791'743'804;
  constexpr std::int64_t sine = 725'302'181;
  std::map<Position, std::vector<Community*>> at;
  for (Community& community : communities) at[community.position].push_back(&community);
  for (auto& [point, members] : at) {
    if (members.size() == 1) continue;
    std::int64_t x = unit;
    std::int64_t y = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::int64_t spread = members[i]->spread_m;
      const std::int64_t radius =
          jiedui::integer_square_root(spread * spread * (2 * static_cast<std::int64_t>(i) + 1) / 2);
      members[i]->position = moved(point, radius * x / unit, radius * y / unit);
      const std::int64_t turned = (x * cosine - y * sine) / unit;
      y = (x * sine + y * cosine) / unit;
      x = turned;
    }
  }
}

Map::Map(std::vector<Community> communities, Kind kind, std::uint64_t seed)
    : communities_(std::move(communities)) {
  std::map<std::string, std::uint32_t> towns;
  std::int64_t end = 0;
  for (std::uint32_t i = 0; i < communities_.size(); ++i) {
    const auto [town, is_new] = towns.try_emplace(
        communities_[i].town_id, static_cast<std::uint32_t>(first_of_town_.size()));
    if (is_new) first_of_town_.push_back(i);
    town_.push_back(town->second);
    std::int64_t weight = std::max<std::int64_t>(communities_[i].weight, 1) * 4;
    if (kind == Kind::clustered) weight = town->second % 5 == 0 ? weight * 4 : weight / 4;
    end += weight;
    weight_ends_.push_back(end);
    Random random(seed, Random::Stream::community, i);
    is_short_.push_back(kind == Kind::scarce && random.chance(900) ? 1 : 0);
  }
}

std::uint32_t Map::pick(Random& random) const {
  const std::int64_t at = random.below(weight_ends_.back());
  return static_cast<std::uint32_t>(std::upper_bound(weight_ends_.begin(), weight_ends_.end(), at) -
                                    weight_ends_.begin());
}

Position Map::home(std::uint32_t community, Random& random) const {
  const std::int64_t spread = communities_[community].spread_m;
  const std::int64_t east = random.around_zero(spread);
  return moved(communities_[community].position, east, random.around_zero(spread));
}

jiedui::Table Map::places() const {
  struct Place {
    std::string name, parent;
    std::int64_t level = 4, members = 0, latitudes = 0, longitudes = 0;
  };
  std::map<std::string, Place> all;
  for (const Community& each : communities_) {
    const std::array<std::string, 5> ids = {each.id, each.town_id, each.county_id, each.region_id,
                                            ""};
    const std::array<std::string, 4> names = {each.name, each.town, each.county, each.region};
    for (std::size_t i = 0; i < names.size(); ++i) {
      Place& place = all[ids[i]];
      place.name = names[i];
      place.parent = ids[i + 1];
      place.level = static_cast<std::int64_t>(4 - i);
      place.members += 1;
      place.latitudes += each.position.latitude;
      place.longitudes += each.position.longitude;
    }
  }
  jiedui::TextColumn ids;
  jiedui::TextColumn names;
  Words parents;
  Numbers levels;
  Points points;
  for (const auto& [id, place] : all) {
    ids.push_back(id);
    names.push_back(place.name);
    levels.add(place.level);
    parents.add(place.parent);
    points.add({.latitude = static_cast<std::int32_t>(place.latitudes / place.members),
                .longitude = static_cast<std::int32_t>(place.longitudes / place.members)});
  }
  return TableMaker(jiedui::Entity::place)
      .add("id", std::move(ids))
      .add("name", std::move(names))
      .add("level", levels)
      .add("parent", parents)
      .add(points)
      .take();
}

}  // namespace made_town
