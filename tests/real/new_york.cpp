#include <algorithm>
#include <set>

#include "jiedui/network/builder.hpp"
#include "made_town/made_town.hpp"
#include "support.hpp"

namespace jiedui::test {

namespace {

/// The service that comes closest to a category of the real opportunities.
std::string_view item_of(std::string_view category) {
  static const std::map<std::string_view, std::string_view> items = {
      {"1", "E3"}, {"2", "A1"}, {"3", "D3"}, {"4", "E4"}, {"5", "C3"}, {"6", "A4"}};
  const auto found = items.find(category);
  return found == items.end() ? "A4" : found->second;
}

/// Real opportunities as needs: places asked for, categories and positions are theirs.
Table needs_of(const Table& opportunities) {
  Table needs{.name = "needs", .columns = {}};
  const auto add = [&](std::string name, Column::Cells cells) {
    needs.columns.push_back({std::move(name), std::move(cells), {}});
  };
  TextColumn items;
  for (std::size_t row = 0; row < opportunities.rows(); ++row)
    items.push_back(item_of(texts(opportunities, "category_id")[row]));
  add("id", texts(opportunities, "opportunity_id"));
  add("item", std::move(items));
  add("demand", texts(opportunities, "vol_requests"));
  add("latitude", texts(opportunities, "Latitude"));
  add("longitude", texts(opportunities, "Longitude"));
  return needs;
}

/// One community at each distinct position.
std::vector<made_town::Community> communities_of(const Table& opportunities) {
  std::set<std::pair<std::string_view, std::string_view>> points;
  for (std::size_t row = 0; row < opportunities.rows(); ++row)
    if (!texts(opportunities, "Latitude")[row].empty())
      points.emplace(texts(opportunities, "Latitude")[row], texts(opportunities, "Longitude")[row]);
  std::vector<made_town::Community> communities;
  for (const auto& [latitude, longitude] : points)
    communities.push_back(
        {.id = "P" + std::to_string(communities.size()),
         .name = "",
         .town_id = "T",
         .town = "",
         .county_id = "C",
         .county = "",
         .region_id = "NY",
         .region = "New York",
         .position = *Position::from_degrees(real_number(latitude), real_number(longitude)),
         .weight = 1,
         .spread_m = 1500});
  return communities;
}

Network network_of(const Table& opportunities) {
  made_town::Options options;
  options.volunteers = scaled(20'000);
  options.communities = communities_of(opportunities);
  NetworkBuilder builder;
  for (auto& [entity, table] : made_town::tables(options))
    if (entity == Entity::place || entity == Entity::organisation || entity == Entity::volunteer)
      builder.add(entity, std::move(table));
  builder.add(Entity::need, needs_of(opportunities));
  return builder.build();
}

}  // namespace

TEST_CASE("New York's real opportunities are paired with made volunteers and proved", "[real]") {
  const auto folder = real_data("nyc_service_opportunities");
  if (!folder) return;
  const CsvTable read = read_csv_table(*folder / "opportunities.csv");
  REQUIRE(read.problems.empty());
  REQUIRE(read.table.rows() == 665);
  const Network network = network_of(read.table);
  const Market market{network};
  const Plan plan = solved_and_proved(market);
  check_by_hand(plan, network);
  CHECK(plan.demand() == 52'388);
  CHECK(plan.filled() > 0);

  // Where nobody knows a position, reach cannot be judged, and that is the reason given.
  std::int64_t without_position = 0;
  for (std::uint32_t n = 0; n < network.need_count(); ++n) {
    if (network.position(NeedIndex{n}).has_value()) continue;
    ++without_position;
    CHECK(plan.pairs_of_need(network.ids(Entity::need)[n]).empty());
    const auto reasons = market.reasons_against(VolunteerIndex{0}, NeedIndex{n});
    CHECK(std::any_of(reasons.begin(), reasons.end(),
                      [](const Reason& reason) { return reason.code == "reach"; }));
  }
  CHECK(without_position == 282);

  // Absurd demands are filled as far as people go, each of them once.
  std::int64_t largest = 0;
  for (std::uint32_t n = 0; n < network.need_count(); ++n) {
    if (network.needs().demand[n] < 500) continue;
    const auto pairs = plan.pairs_of_need(network.ids(Entity::need)[n]);
    std::set<std::string> people;
    for (const PlannedPair& pair : pairs) people.insert(pair.volunteer);
    CHECK(people.size() == pairs.size());
    largest = std::max(largest, static_cast<std::int64_t>(pairs.size()));
  }
  CHECK(largest > 0);
}

}  // namespace jiedui::test
