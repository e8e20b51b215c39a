#include <algorithm>
#include <numeric>

#include "eligibility.hpp"

// Travel by road: from the volunteer in a straight line to the nearest node, along edges to the
// node nearest to the need, and in a straight line to it.

namespace jiedui {

namespace {

constexpr std::int64_t hour = 3600;
constexpr std::int32_t circle_minutes = 15;  // mechanism N4

}  // namespace

void Eligibility::set_roads() {
  if (!options_.roads) return;
  std::array<std::int64_t, 5> limit{};
  limit.fill(hour);  // up to which nearness counts
  minutes_seconds_.resize(volunteers_.id.size(), -1);
  for (std::uint32_t v = 0; v < volunteers_.id.size(); ++v) {
    const std::int32_t metres = volunteers_.reach_metres[v];
    std::int32_t minutes = volunteers_.reach_minutes[v];
    if (metres == field::no_number && minutes == field::no_number) minutes = circle_minutes;
    constexpr std::int64_t everywhere = 20'000'000;
    reach_[v] = metres == field::no_number ? everywhere : metres;
    if (minutes == field::no_number) continue;
    minutes_seconds_[v] = std::int64_t{minutes} * 60;
    std::int64_t& most = limit[static_cast<std::size_t>(volunteers_.travel_mode[v])];
    most = std::max(most, minutes_seconds_[v]);
  }
  roads_ = std::make_unique<RoadTimes>(*options_.roads, limit);
  const auto attach = [&](bool of_need, std::size_t count, std::vector<RoadPlace>& places) {
    places.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!has_position(of_need, i)) continue;
      places[i].node = roads_->nearest(point(of_need, i));
      places[i].metres = static_cast<std::int32_t>(
          distance(point(of_need, i), roads_->point(places[i].node)).count());
    }
  };
  attach(false, volunteers_.id.size(), volunteer_road_);
  attach(true, needs_.id.size(), need_road_);
  by_node_first_.assign(options_.roads->nodes.size() + 1, 0);
  for (std::uint32_t v = 0; v < volunteer_road_.size(); ++v) {
    if (!has_position(false, v)) continue;
    if (minutes_seconds_[v] < 0)
      without_minutes_.push_back(v);
    else
      ++by_node_first_[volunteer_road_[v].node + 1];
  }
  std::partial_sum(by_node_first_.begin(), by_node_first_.end(), by_node_first_.begin());
  by_node_.resize(by_node_first_.back());
  auto next = by_node_first_;
  for (std::uint32_t v = 0; v < volunteer_road_.size(); ++v)
    if (has_position(false, v) && minutes_seconds_[v] >= 0)
      by_node_[next[volunteer_road_[v].node]++] = v;
}

std::int64_t Eligibility::travel_seconds(std::uint32_t v, std::uint32_t n) const {
  if (!has_position(false, v) || !has_position(true, n)) return RoadTimes::no_way;
  const auto mode = static_cast<std::size_t>(volunteers_.travel_mode[v]);
  const TravelSpeed& speed = options_.travel[mode];
  const auto straight = [&](std::int32_t metres) {
    return std::int64_t{metres} * hour / speed.metres_per_hour;
  };
  const auto field = roads_->to(need_road_[n].node, mode);
  const std::int64_t on_roads = (*field)[volunteer_road_[v].node];
  const std::int64_t seconds = speed.start_seconds + straight(volunteer_road_[v].metres) +
                               on_roads + straight(need_road_[n].metres);
  return on_roads > roads_->limit(mode) ? RoadTimes::no_way : seconds;
}

bool Eligibility::within_minutes(std::uint32_t v, std::uint32_t n) const {
  return minutes_seconds_[v] < 0 || travel_seconds(v, n) <= minutes_seconds_[v];
}

void Eligibility::near_by_road(std::uint32_t n, std::vector<std::uint32_t>& out) const {
  out.clear();
  if (ignores_reach(n)) {
    out.resize(volunteers_.id.size());
    std::iota(out.begin(), out.end(), 0U);
    return;
  }
  if (!has_position(true, n)) return;
  out = without_minutes_;
  std::array<std::shared_ptr<const RoadTimes::Field>, 5> fields;
  for (std::size_t mode = 0; mode < fields.size(); ++mode)
    fields[mode] = roads_->to(need_road_[n].node, mode);
  for (std::size_t node = 0; node + 1 < by_node_first_.size(); ++node)
    for (std::uint32_t i = by_node_first_[node]; i < by_node_first_[node + 1]; ++i) {
      const std::uint32_t v = by_node_[i];
      const auto mode = static_cast<std::size_t>(volunteers_.travel_mode[v]);
      if ((*fields[mode])[node] <= minutes_seconds_[v]) out.push_back(v);
    }
  std::sort(out.begin(), out.end());
}

}  // namespace jiedui
