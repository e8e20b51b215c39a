#include "verify_roads.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>

namespace jiedui::verification {

OwnRoads::OwnRoads(const Network& network, const Eligibility& definition)
    : network_(network), definition_(definition), roads_(*definition.options().roads) {
  for (const Position node : roads_.nodes) points_.push_back(cartesian(node));
  by_height_.resize(points_.size());
  std::iota(by_height_.begin(), by_height_.end(), 0U);
  std::sort(by_height_.begin(), by_height_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(points_[a].z, a) < std::tie(points_[b].z, b);
  });
  for (std::size_t mode = 0; mode < into_.size(); ++mode) {
    into_[mode].resize(points_.size());
    for (const RoadGraph::Edge& edge : roads_.edges)
      if (edge.seconds[mode] != RoadGraph::closed)
        into_[mode][edge.to].push_back({edge.from, edge.seconds[mode]});
  }
  limit_.fill(3600);
  const Volunteers& volunteers = network.volunteers();
  for (std::uint32_t v = 0; v < volunteers.id.size(); ++v) {
    const bool is_placed = definition.has_position(false, v);
    places_.push_back(is_placed ? place_of(definition.point(false, v)) : Place{});
    const bool says_nothing = volunteers.reach_metres[v] == field::no_number &&
                              volunteers.reach_minutes[v] == field::no_number;
    const std::int64_t minutes = says_nothing ? 15 : volunteers.reach_minutes[v];
    std::int64_t& limit = limit_[static_cast<std::size_t>(volunteers.travel_mode[v])];
    limit = std::max(limit, 60 * minutes);
  }
}

/// Nodes are looked at from the same height on up and down, as far as one of them could be nearer.
OwnRoads::Place OwnRoads::place_of(Cartesian at) const {
  std::pair<std::int64_t, std::uint32_t> best{std::numeric_limits<std::int64_t>::max(), 0};
  const auto is_far = [&](std::uint32_t node) {
    const std::int64_t off = std::int64_t{points_[node].z} - at.z;
    return off * off > best.first;
  };
  const auto middle =
      std::lower_bound(by_height_.begin(), by_height_.end(), at.z,
                       [&](std::uint32_t node, std::int32_t z) { return points_[node].z < z; });
  for (auto node = middle; node != by_height_.end() && !is_far(*node); ++node)
    best = std::min(best, {squared_distance(points_[*node], at), *node});
  for (auto node = middle; node != by_height_.begin() && !is_far(*std::prev(node)); --node)
    best = std::min(best, {squared_distance(points_[*std::prev(node)], at), *std::prev(node)});
  return {best.second, distance(points_[best.second], at).count()};
}

std::vector<std::int64_t> OwnRoads::search(std::uint32_t node, std::size_t mode) const {
  std::vector<std::int64_t> seconds(points_.size(), -1);
  using Label = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Label, std::vector<Label>, std::greater<>> open;
  open.emplace(0, node);
  while (!open.empty()) {
    const auto [now, at] = open.top();
    open.pop();
    if (now > limit_[mode]) break;
    if (seconds[at] >= 0) continue;
    seconds[at] = now;
    for (const Way& way : into_[mode][at])
      if (seconds[way.from] < 0) open.emplace(now + way.seconds, way.from);
  }
  return seconds;
}

OwnRoads::Line::Line(const OwnRoads& roads, std::uint32_t line) : roads_(roads) {
  if (!roads.definition_.has_position(true, line)) return;
  const Place place = roads.place_of(roads.definition_.point(true, line));
  for (std::size_t mode = 0; mode < from_.size(); ++mode) {
    const TravelSpeed& speed = roads.definition_.options().travel[mode];
    const std::int64_t last = place.metres * 3600 / speed.metres_per_hour;
    from_[mode] = roads.search(place.node, mode);
    for (std::int64_t& seconds : from_[mode])
      if (seconds >= 0) seconds += speed.start_seconds + last;
  }
}

std::int64_t OwnRoads::Line::seconds(std::uint32_t v) const {
  const auto mode = static_cast<std::size_t>(roads_.network_.volunteers().travel_mode[v]);
  if (from_[mode].empty() || !roads_.definition_.has_position(false, v)) return -1;
  const Place& place = roads_.places_[v];
  const std::int64_t rest = from_[mode][place.node];
  const TravelSpeed& speed = roads_.definition_.options().travel[mode];
  return rest < 0 ? -1 : rest + place.metres * 3600 / speed.metres_per_hour;
}

bool OwnRoads::Line::is_near(std::uint32_t v) const {
  const Volunteers& volunteers = roads_.network_.volunteers();
  std::int64_t minutes = volunteers.reach_minutes[v];
  if (minutes == field::no_number) {
    if (volunteers.reach_metres[v] != field::no_number) return true;
    minutes = 15;
  }
  const std::int64_t seconds = this->seconds(v);
  return seconds >= 0 && seconds <= 60 * minutes;
}

}  // namespace jiedui::verification
