#include "organisations.hpp"

#include <array>

namespace made_town {

using jiedui::EdgeKind;
using jiedui::format;
using jiedui::OrganisationKind;

namespace {

constexpr jiedui::Date edges_since = std::chrono::year{2025} / 1 / 1;
constexpr std::array kinds_for_all = {OrganisationKind::alliance, OrganisationKind::hospital,
                                      OrganisationKind::department, OrganisationKind::enterprise};
constexpr std::array kinds_of_town = {OrganisationKind::association, OrganisationKind::school,
                                      OrganisationKind::team};

template <std::size_t count>
std::size_t place_in(const std::array<OrganisationKind, count>& kinds, OrganisationKind kind) {
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

}  // namespace

void Edges::add(const Row& row) {
  ids_.push_back(joined("E-", padded(static_cast<std::int64_t>(ids_.size()) + 1, 6)));
  kinds_.add(name(row.kind));
  from_.push_back(row.from);
  to_kinds_.add(row.to_kind);
  to_.push_back(row.to);
  starts_.add(format(row.starts));
  reasons_.add(row.reason);
}

jiedui::Table Edges::take() {
  return TableMaker(jiedui::Entity::edge)
      .add("id", std::move(ids_))
      .add("kind", kinds_)
      .add("from", std::move(from_))
      .add("to_kind", to_kinds_)
      .add("to", std::move(to_))
      .add("starts", starts_)
      .add("reason", reasons_)
      .take();
}

Organisations::Organisations(const Map& map) {
  const auto towns = static_cast<std::uint32_t>(map.first_of_town().size());
  const Ids ids("O",
                static_cast<std::int64_t>(kinds_for_all.size() + kinds_of_town.size() * towns));
  const auto add = [&](OrganisationKind kind, const std::string& parent, const std::string& place,
                       const std::string& of) {
    rows_.push_back({.id = ids(static_cast<std::int64_t>(rows_.size())),
                     .name = joined("Volunteer ", name(kind)) + of,
                     .parent = parent,
                     .place = place,
                     .kind = kind});
  };
  for (const OrganisationKind kind : kinds_for_all) add(kind, "", map[0].region_id, "");
  for (const std::uint32_t first : map.first_of_town()) {
    const Community& community = map[first];
    for (const OrganisationKind kind : kinds_of_town)
      add(kind, rows_.front().id, community.town_id, joined(" of ", community.town));
  }
}

std::string Organisations::id(OrganisationKind kind, std::uint32_t town) const {
  const std::size_t common = place_in(kinds_for_all, kind);
  if (common < kinds_for_all.size()) return rows_[common].id;
  return rows_[kinds_for_all.size() + town * kinds_of_town.size() + place_in(kinds_of_town, kind)]
      .id;
}

jiedui::Table Organisations::table() const {
  jiedui::TextColumn ids;
  jiedui::TextColumn names;
  Words kinds;
  Words parents;
  Words places;
  for (const Row& row : rows_) {
    ids.push_back(row.id);
    names.push_back(row.name);
    kinds.add(name(row.kind));
    parents.add(row.parent);
    places.add(row.place);
  }
  return TableMaker(jiedui::Entity::organisation)
      .add("id", std::move(ids))
      .add("name", std::move(names))
      .add("kind", kinds)
      .add("parent", parents)
      .add("place", places)
      .take();
}

void Organisations::add_edges(Edges& edges) const {
  for (std::size_t i = kinds_for_all.size(); i < rows_.size(); i += kinds_of_town.size()) {
    edges.add({.kind = EdgeKind::serves,
               .from = rows_[i].id,
               .to_kind = "",
               .to = rows_[i].place,
               .starts = edges_since,
               .reason = "agreement"});
    edges.add({.kind = EdgeKind::partner,
               .from = rows_[i].id,
               .to_kind = "",
               .to = rows_[i + 1].id,
               .starts = edges_since,
               .reason = "agreement"});
  }
}

}  // namespace made_town
