#include <map>

#include "hours/hours_sum.hpp"

namespace jiedui {

namespace {

std::string_view place_id(const Network& network, PlaceIndex place) {
  if (!place.has_value()) return {};
  return network.ids(Entity::place)[place.value()];
}

/// A beneficiary counts at his place, else at his household's.
std::string_view place_of_beneficiary(const Network& network, std::uint32_t beneficiary) {
  const Beneficiaries& people = network.beneficiaries();
  PlaceIndex place = people.place[beneficiary];
  const auto household = people.household[beneficiary];
  if (!place.has_value() && household.has_value())
    place = network.households().place[household.value()];
  return place_id(network, place);
}

std::string_view place_of(const Network& network, const ServedRecord& record) {
  if (!record.place.empty()) return record.place;
  std::string_view place;
  if (const auto need = network.find(Entity::need, record.need)) {
    const Needs& needs = network.needs();
    place = place_id(network, needs.place[*need]);
    if (place.empty() && needs.beneficiary[*need].has_value())
      place = place_of_beneficiary(network, needs.beneficiary[*need].value());
  }
  if (place.empty())
    if (const auto beneficiary = network.find(Entity::beneficiary, record.beneficiary))
      place = place_of_beneficiary(network, *beneficiary);
  return place;
}

}  // namespace

std::vector<PlaceHours> hours_by_place(std::span<const ServedRecord> records,
                                       const Network& network) {
  struct Sums {
    detail::HoursSum own, total;
  };
  std::vector<Sums> known(network.size(Entity::place));
  std::map<std::string, Sums, std::less<>> unknown;
  detail::PersonNumbers persons;
  for (const ServedRecord& record : records) {
    const std::uint32_t person = persons.of(record);
    const std::string_view place = place_of(network, record);
    const auto row = network.find(Entity::place, place);
    if (!row) {
      Sums& sums = unknown[std::string(place)];
      sums.own.add(record, person);
      sums.total.add(record, person);
      continue;
    }
    known[*row].own.add(record, person);
    for (PlaceIndex at{*row}; at.has_value(); at = network.places().parent[at.value()])
      known[at.value()].total.add(record, person);
  }
  std::vector<PlaceHours> places;
  const auto add = [&](std::string place, Sums& sums) {
    HoursLine own = std::move(sums.own).line({place});
    HoursLine total = std::move(sums.total).line({place});
    places.push_back({std::move(place), std::move(own), std::move(total)});
  };
  for (std::size_t row = 0; row < known.size(); ++row)
    add(std::string(network.ids(Entity::place)[row]), known[row]);
  for (auto& [place, sums] : unknown) add(place, sums);
  return places;
}

std::vector<ServedRecord> with_needs(std::span<const ServedRecord> records,
                                     const Network& network) {
  std::vector<ServedRecord> whole(records.begin(), records.end());
  const Needs& needs = network.needs();
  const auto fill = [&](std::string& text, Entity kind, auto index) {
    if (text.empty() && index.has_value()) text = network.ids(kind)[index.value()];
  };
  for (ServedRecord& record : whole) {
    if (const auto need = network.find(Entity::need, record.need)) {
      fill(record.item, Entity::item, needs.item[*need]);
      fill(record.beneficiary, Entity::beneficiary, needs.beneficiary[*need]);
    }
    record.place = place_of(network, record);
  }
  return whole;
}

Table place_hours_table(std::span<const PlaceHours> places) {
  TextColumn place;
  std::vector<const HoursLine*> own, total;
  for (const PlaceHours& one : places) {
    place.push_back(one.place);
    own.push_back(&one.own);
    total.push_back(&one.total);
  }
  Table table{.name = "place_hours"};
  table.columns.push_back({.name = "place", .cells = std::move(place)});
  detail::add_columns(table, own, "own_");
  detail::add_columns(table, total, "total_");
  return table;
}

}  // namespace jiedui
