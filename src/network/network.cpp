#include "jiedui/network/network.hpp"

#include <algorithm>
#include <array>

#include "state.hpp"

namespace jiedui {

namespace {

template <class Index>
void check_index(Index index, std::size_t size, Entity entity) {
  if (index.value() >= size)
    throw Error({.code = "index_out_of_range",
                 .place = std::string(table_names[static_cast<std::size_t>(entity)]),
                 .message = "there is no row " + std::to_string(index.value()),
                 .allowed = "0 to " + std::to_string(size) + " (exclusive)",
                 .way_out = "use an index of this network"});
}

template <template <template <class> class> class Fields>
Fields<ValueOf> row_of(const Fields<StorageOf>& columns, std::size_t index,
                       const codec::Writing& with) {
  Fields<ValueOf> row;
  codec::each_field<Fields>(
      [&](std::string_view /*name*/, auto codec, const auto& storage, auto& value) {
        value = decltype(codec)::value(storage, index, with);
      },
      columns, row);
  return row;
}

bool is_personal(Entity entity, std::string_view field) {
  const bool person = entity == Entity::volunteer || entity == Entity::beneficiary ||
                      entity == Entity::household || entity == Entity::need;
  if (!person) return false;
  // The gender of a need is a wish for the volunteer's; it says nothing about the beneficiary.
  return field == "position" || field == "birth_year" || field == "health_limits" ||
         field == "tags" || field == "availability" || field == "insured_until" ||
         (field == "gender" && entity != Entity::need);
}

template <template <template <class> class> class Fields>
Table table_of(const Fields<StorageOf>& columns, const codec::Writing& with, Personal personal) {
  const Entity entity = Fields<StorageOf>::entity;
  Table table{.name = std::string(table_names[static_cast<std::size_t>(entity)]), .columns = {}};
  codec::each_field<Fields>(
      [&](std::string_view name, auto codec, const auto& storage) {
        if (personal == Personal::left_out && is_personal(entity, name)) return;
        decltype(codec)::write(storage, name, with, table.columns);
      },
      columns);
  return table;
}

}  // namespace

Network::Network() : state_(std::make_shared<State>()) {}
Network::Network(std::shared_ptr<const State> state) : state_(std::move(state)) {}
Network::Network(const Network&) = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(const Network&) = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

const Places& Network::places() const {
  return std::get<Places>(state_->tables);
}
const Organisations& Network::organisations() const {
  return std::get<Organisations>(state_->tables);
}
const Households& Network::households() const {
  return std::get<Households>(state_->tables);
}
const Beneficiaries& Network::beneficiaries() const {
  return std::get<Beneficiaries>(state_->tables);
}
const Volunteers& Network::volunteers() const {
  return std::get<Volunteers>(state_->tables);
}
const Activities& Network::activities() const {
  return std::get<Activities>(state_->tables);
}
const Items& Network::catalogue() const {
  return std::get<Items>(state_->tables);
}
const Needs& Network::needs() const {
  return std::get<Needs>(state_->tables);
}
const Edges& Network::edges() const {
  return std::get<Edges>(state_->tables);
}

std::size_t Network::size(Entity entity) const {
  return ids(entity).size();
}
const TextColumn& Network::ids(Entity entity) const {
  return state_->ids(entity);
}

#define JIEDUI_ROW(Row, function, IndexType, columns)           \
  Row Network::function(IndexType index) const {                \
    check_index(index, columns().id.size(), columns().entity);  \
    return row_of(columns(), index.value(), state_->writing()); \
  }
JIEDUI_ROW(Place, place, PlaceIndex, places)
JIEDUI_ROW(Organisation, organisation, OrganisationIndex, organisations)
JIEDUI_ROW(Household, household, HouseholdIndex, households)
JIEDUI_ROW(Beneficiary, beneficiary, BeneficiaryIndex, beneficiaries)
JIEDUI_ROW(Volunteer, volunteer, VolunteerIndex, volunteers)
JIEDUI_ROW(Activity, activity, ActivityIndex, activities)
JIEDUI_ROW(Item, item, ItemIndex, catalogue)
JIEDUI_ROW(Need, need, NeedIndex, needs)
JIEDUI_ROW(Edge, edge, EdgeIndex, edges)
#undef JIEDUI_ROW

std::optional<std::uint32_t> Network::find(Entity entity, std::string_view id) const {
  const TextColumn& column = ids(entity);
  std::size_t begin = 0;
  std::size_t end = column.size();
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (column[middle] < id)
      begin = middle + 1;
    else
      end = middle;
  }
  if (begin == column.size() || column[begin] != id) return std::nullopt;
  return static_cast<std::uint32_t>(begin);
}

namespace {

std::uint32_t require(std::optional<std::uint32_t> found, Entity entity, std::string_view id) {
  if (found) return *found;
  throw Error({.code = "id_unknown",
               .place = std::string(table_names[static_cast<std::size_t>(entity)]),
               .message = "there is no id '" + std::string(id) + "'",
               .allowed = "",
               .way_out = "look the id up in the network's table"});
}

}  // namespace

VolunteerIndex Network::volunteer_index(std::string_view id) const {
  return VolunteerIndex{require(find(Entity::volunteer, id), Entity::volunteer, id)};
}
NeedIndex Network::need_index(std::string_view id) const {
  return NeedIndex{require(find(Entity::need, id), Entity::need, id)};
}

EntityRef Network::edge_from(EdgeIndex index) const {
  check_index(index, state_->edge_from.size(), Entity::edge);
  return state_->edge_from[index.value()];
}
EntityRef Network::edge_to(EdgeIndex index) const {
  check_index(index, state_->edge_to.size(), Entity::edge);
  return state_->edge_to[index.value()];
}

const std::vector<std::string>& Network::words() const {
  return state_->words;
}

std::optional<Symbol> Network::find_word(std::string_view word) const {
  const auto found = std::lower_bound(words().begin(), words().end(), word);
  if (found == words().end() || *found != word) return std::nullopt;
  return Symbol{static_cast<std::uint32_t>(found - words().begin())};
}

Position Network::position(VolunteerIndex index) const {
  check_index(index, volunteer_count(), Entity::volunteer);
  const std::uint32_t row = index.value();
  const Position own = volunteers().position[row];
  if (own.has_value()) return own;
  const PlaceIndex place = volunteers().place[row];
  return place.has_value() ? places().position[place.value()] : Position{};
}

Position Network::position(NeedIndex index) const {
  check_index(index, need_count(), Entity::need);
  const auto at = [&](PlaceIndex place) {
    return place.has_value() ? places().position[place.value()] : Position{};
  };
  const std::uint32_t row = index.value();
  if (const Position own = needs().position[row]; own.has_value()) return own;
  if (const Position stated = at(needs().place[row]); stated.has_value()) return stated;
  const BeneficiaryIndex beneficiary = needs().beneficiary[row];
  if (!beneficiary.has_value()) return {};
  const std::uint32_t person = beneficiary.value();
  const HouseholdIndex household = beneficiaries().household[person];
  std::array<Position, 4> known = {beneficiaries().position[person]};
  if (household.has_value()) known[1] = households().position[household.value()];
  known[2] = at(beneficiaries().place[person]);
  if (household.has_value()) known[3] = at(households().place[household.value()]);
  for (const Position& position : known)
    if (position.has_value()) return position;
  return {};
}

std::vector<Table> Network::tables(Personal personal) const {
  const codec::Writing with = state_->writing();
  std::vector<Table> tables;
  state_->each_table(
      [&](const auto& columns) { tables.push_back(table_of(columns, with, personal)); });
  return tables;
}

Table Network::table(Entity entity, Personal personal) const {
  const codec::Writing with = state_->writing();
  Table table;
  state_->each_table([&](const auto& columns) {
    if (columns.entity == entity) table = table_of(columns, with, personal);
  });
  return table;
}

}  // namespace jiedui
