#include "jiedui/network/roll_up.hpp"

#include <array>

namespace jiedui {

namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t Counts::*>, 7> counted = {{
    {"volunteers", &Counts::volunteers},
    {"beneficiaries", &Counts::beneficiaries},
    {"households", &Counts::households},
    {"organisations", &Counts::organisations},
    {"activities", &Counts::activities},
    {"needs", &Counts::needs},
    {"demand", &Counts::demand},
}};

template <class Tag>
void count(const std::vector<Index<Tag>>& column, std::vector<Counts>& own,
           std::int64_t Counts::*member) {
  for (const Index<Tag> at : column)
    if (at.has_value()) ++(own[at.value()].*member);
}

void add_need(Counts& counts, std::int64_t demand) {
  ++counts.needs;
  counts.demand = checked_add(counts.demand, demand, "demand");
}

/// Adds each row to the one above it, the lowest first.
template <class Tag>
RollUp rolled_up(std::vector<Counts> own, const std::vector<Index<Tag>>& parent) {
  RollUp roll_up{own, own};
  std::vector<std::uint32_t> children(own.size(), 0);
  for (const Index<Tag> above : parent)
    if (above.has_value()) ++children[above.value()];
  std::vector<std::uint32_t> ready;  // all their children are added
  for (std::uint32_t row = 0; row < own.size(); ++row)
    if (children[row] == 0) ready.push_back(row);
  for (std::size_t i = 0; i < ready.size(); ++i) {
    const Index<Tag> above = parent[ready[i]];
    if (!above.has_value()) continue;
    roll_up.total[above.value()] += roll_up.total[ready[i]];
    if (--children[above.value()] == 0) ready.push_back(above.value());
  }
  return roll_up;
}

/// A beneficiary counts at his place, else at his household's.
PlaceIndex place_of(const Network& network, std::size_t beneficiary) {
  const Beneficiaries& people = network.beneficiaries();
  if (people.place[beneficiary].has_value() || !people.household[beneficiary].has_value())
    return people.place[beneficiary];
  return network.households().place[people.household[beneficiary].value()];
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  for (const auto& [name, member] : counted)
    this->*member = checked_add(this->*member, other.*member, name);
  return *this;
}

RollUp roll_up_places(const Network& network) {
  std::vector<Counts> own(network.size(Entity::place));
  count(network.volunteers().place, own, &Counts::volunteers);
  for (std::size_t b = 0; b < network.beneficiaries().id.size(); ++b)
    if (const PlaceIndex at = place_of(network, b); at.has_value()) ++own[at.value()].beneficiaries;
  count(network.households().place, own, &Counts::households);
  count(network.organisations().place, own, &Counts::organisations);
  count(network.activities().place, own, &Counts::activities);
  const Needs& needs = network.needs();
  for (std::size_t n = 0; n < needs.id.size(); ++n) {
    PlaceIndex at = needs.place[n];
    if (!at.has_value() && needs.beneficiary[n].has_value())
      at = place_of(network, needs.beneficiary[n].value());
    if (at.has_value()) add_need(own[at.value()], needs.demand[n]);
  }
  return rolled_up(std::move(own), network.places().parent);
}

RollUp roll_up_organisations(const Network& network) {
  std::vector<Counts> own(network.size(Entity::organisation));
  count(network.volunteers().organisation, own, &Counts::volunteers);
  count(network.activities().organisation, own, &Counts::activities);
  for (Counts& counts : own) counts.organisations = 1;
  const Needs& needs = network.needs();
  for (std::size_t n = 0; n < needs.id.size(); ++n) {
    if (!needs.activity[n].has_value()) continue;
    const OrganisationIndex by = network.activities().organisation[needs.activity[n].value()];
    if (by.has_value()) add_need(own[by.value()], needs.demand[n]);
  }
  return rolled_up(std::move(own), network.organisations().parent);
}

Table roll_up_table(const Network& network, Entity entity, const RollUp& roll_up) {
  if (roll_up.own.size() != network.size(entity))
    throw Error({.code = "array_length",
                 .place = "roll_up",
                 .message = "the counts are not those of this table",
                 .allowed = std::to_string(network.size(entity)) + " rows",
                 .way_out = "roll up the same network and table"});
  Table table{.name = "roll_up", .columns = {}};
  table.columns.push_back({"id", network.ids(entity), {}});
  for (const bool total : {false, true})
    for (const auto& [name, member] : counted) {
      std::vector<std::int64_t> cells;
      for (const Counts& counts : total ? roll_up.total : roll_up.own)
        cells.push_back(counts.*member);
      table.columns.push_back(
          {std::string(name) + (total ? "_total" : "_own"), std::move(cells), {}});
    }
  return table;
}

}  // namespace jiedui
