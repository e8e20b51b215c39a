#include <algorithm>
#include <set>

#include "made_town/made_town.hpp"
#include "support.hpp"

namespace jiedui::test {

namespace {

/// Quzhou's real communities (GCJ-02 throughout), people made.
std::optional<std::vector<made_town::Community>> communities() {
  const auto folder = real_data("cn_placed_communities");
  if (!folder) return std::nullopt;
  return made_town::read_communities(*folder / "quzhou.csv");
}

}  // namespace

TEST_CASE("villages that share their town's point are spread inside the town", "[real]") {
  const auto all = communities();
  if (!all) return;
  REQUIRE(all->size() == 1664);
  std::set<Position> points;
  std::set<std::string> towns;
  std::set<std::string> counties;
  for (const made_town::Community& community : *all) {
    points.insert(community.position);
    towns.insert(community.town_id);
    counties.insert(community.county_id);
  }
  CHECK(points.size() == all->size());
  CHECK(counties.size() == 6);
  // Nobody is moved out of his town: 9 km lie between the farthest villages of the largest ones.
  std::map<std::string, Position> first;
  for (const made_town::Community& community : *all)
    CHECK(distance(first.try_emplace(community.town_id, community.position).first->second,
                   community.position) < Metres{14'000});
  // Spreading is a function of the file alone.
  CHECK(communities()->back().position == all->back().position);
}

TEST_CASE("Quzhou's 40,000 volunteers and 11,300 needs are paired and proved", "[real]") {
  const auto all = communities();
  if (!all) return;
  made_town::Options options;
  options.volunteers = std::min<std::int64_t>(scaled(40'000), 40'000);
  options.needs = std::min<std::int64_t>(scaled(11'300), 11'300);
  options.communities = *all;
  const Network network = made_town::network(options);
  CHECK(network.volunteer_count() == static_cast<std::size_t>(options.volunteers));
  CHECK(network.size(Entity::place) > 1664 + 6);

  const Market market{network};
  const Plan plan = solved_and_proved(market);
  check_by_hand(plan, network);
  REQUIRE(plan.tiers().size() == 4);
  if (options.volunteers == 40'000) {
    CHECK(market.pair_count() > 1'000'000);
    for (const TierCount& tier : plan.tiers()) CHECK(tier.filled * 100 > tier.demand * 92);
  }
}

}  // namespace jiedui::test
