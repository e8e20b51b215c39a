#include "made_town.hpp"

#include <array>
#include <charconv>
#include <optional>

#include "columns.hpp"
#include "geography.hpp"
#include "jiedui/wire/csv.hpp"
#include "organisations.hpp"
#include "requests.hpp"
#include "streets.hpp"
#include "vocabulary.hpp"
#include "volunteers.hpp"

namespace made_town {

using jiedui::Entity;

namespace {

constexpr std::int64_t count_max = 10'000'000;
constexpr std::int64_t volunteers_per_community = 222;
constexpr std::int64_t communities_least = 60;

void check(std::int64_t count, std::string_view option) {
  if (count >= 1 && count <= count_max) return;
  throw jiedui::Error({.code = "option_invalid",
                       .place = "option " + std::string(option),
                       .message = "a town cannot have that many",
                       .allowed = "1 to " + std::to_string(count_max),
                       .way_out = "give another number"});
}

/// The weight of a community and how far apart its people live, by its statistical code: 1xx is
/// town, 2xx country.
void set_size(Community& community, std::string_view code) {
  const bool is_urban = code.starts_with("11") || code == "121";
  community.weight = code == "111" ? 12 : is_urban ? 6 : code.starts_with("1") ? 4 : 2;
  community.spread_m = is_urban ? 450 : 1100;
}

}  // namespace

std::vector<std::pair<Entity, jiedui::Table>> tables(const Options& options) {
  check(options.volunteers, "volunteers");
  check(options.needs, "needs");
  if (options.kind == Kind::adversarial) return street_tables(options);
  std::vector<Community> communities = options.communities;
  if (communities.empty())
    communities = made_communities(
        std::max(communities_least, options.volunteers / volunteers_per_community), options.seed);
  const Map map(std::move(communities), options.kind, options.seed);
  const std::vector<Service> catalogue = services();
  const Organisations organisations(map);
  Edges edges;
  organisations.add_edges(edges);
  Volunteers volunteers(options, map, catalogue, organisations, edges);
  Requests requests(options, map, catalogue, organisations, volunteers, edges);

  std::vector<std::pair<Entity, jiedui::Table>> all;
  all.emplace_back(Entity::place, map.places());
  all.emplace_back(Entity::organisation, organisations.table());
  all.emplace_back(Entity::household, requests.take_households());
  all.emplace_back(Entity::beneficiary, requests.take_beneficiaries());
  all.emplace_back(Entity::volunteer, volunteers.take());
  all.emplace_back(Entity::activity, requests.take_activities());
  all.emplace_back(Entity::need, requests.take_needs());
  all.emplace_back(Entity::edge, edges.take());
  return all;
}

jiedui::Network network(const Options& options) {
  jiedui::NetworkBuilder builder;
  for (auto& [entity, table] : tables(options)) builder.add(entity, std::move(table));
  return builder.build();
}

std::vector<Community> read_communities(const std::filesystem::path& file) {
  jiedui::CsvTable read = jiedui::read_csv_table(file);
  static constexpr std::array<std::string_view, 8> names = {
      "code", "name", "street_code", "street", "county_code", "county", "lat", "lon"};
  std::array<const jiedui::TextColumn*, names.size()> cells{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const jiedui::Column* column = read.table.find(names[i]);
    if (column == nullptr)
      read.problems.add({read.table.name, 0, std::string(names[i]), "column_missing",
                         "the columns that made_town --help names"});
    else
      cells[i] = &std::get<jiedui::TextColumn>(column->cells);
  }
  read.problems.throw_if_any();
  const jiedui::Column* codes = read.table.find("ur_code_2016");

  std::vector<Community> communities;
  for (std::size_t row = 0; row < read.table.rows(); ++row) {
    const auto cell = [&](std::size_t i) { return std::string((*cells[i])[row]); };
    const auto degrees = [&](std::size_t i) {
      const std::string_view text = (*cells[i])[row];
      double value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      const bool is_number = error == std::errc{} && end == text.data() + text.size();
      return is_number ? value : 1000.0;
    };
    Community community{.id = cell(0),
                        .name = cell(1),
                        .town_id = cell(2),
                        .town = cell(3),
                        .county_id = cell(4),
                        .county = cell(5),
                        .region_id = cell(4).substr(0, 4)};
    const auto position = jiedui::Position::from_degrees(degrees(6), degrees(7));
    if (!position) {
      read.problems.add({read.table.name, read.record(row), "lat", "position_invalid",
                         "latitude and longitude in degrees"});
      continue;
    }
    community.position = *position;
    set_size(community, codes == nullptr ? std::string_view{}
                                         : std::get<jiedui::TextColumn>(codes->cells)[row]);
    communities.push_back(std::move(community));
  }
  read.problems.throw_if_any();
  spread_out(communities);
  return communities;
}

}  // namespace made_town
