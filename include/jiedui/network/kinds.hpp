#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "jiedui/base/index.hpp"

namespace jiedui {

using PlaceIndex = Index<struct PlaceTag>;
using OrganisationIndex = Index<struct OrganisationTag>;
using HouseholdIndex = Index<struct HouseholdTag>;
using BeneficiaryIndex = Index<struct BeneficiaryTag>;
using VolunteerIndex = Index<struct VolunteerTag>;
using ActivityIndex = Index<struct ActivityTag>;
using ItemIndex = Index<struct ItemTag>;
using NeedIndex = Index<struct NeedTag>;
using EdgeIndex = Index<struct EdgeTag>;
/// A word of the network's vocabulary: a skill, a credential, a language, a tag …
using Symbol = Index<struct SymbolTag>;

/// The tables of a network, in the order in which they may refer to each other.
enum class Entity : std::uint8_t {
  place,
  organisation,
  household,
  beneficiary,
  volunteer,
  activity,
  item,
  need,
  edge,
};
inline constexpr std::size_t entity_count = 9;

/// The name of an entity's table and of its CSV file without ".csv".
inline constexpr std::array<std::string_view, entity_count> table_names = {
    "places",     "organisations", "households", "beneficiaries", "volunteers",
    "activities", "catalogue",     "needs",      "edges"};
/// The word for one entity, as in the columns from_kind and to_kind of edges.
inline constexpr std::array<std::string_view, entity_count> entity_names = {
    "place",    "organisation", "household", "beneficiary", "volunteer",
    "activity", "item",         "need",      "edge"};

/// One entity of a network: which table, and which row of it.
struct EntityRef {
  Entity entity = Entity::place;
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(const EntityRef&, const EntityRef&) = default;
};

enum class Gender : std::uint8_t { unstated, female, male, other };
constexpr auto names(Gender /*tag*/) {
  return std::array<std::string_view, 4>{"", "female", "male", "other"};
}

enum class TravelMode : std::uint8_t { walk, cycle, ebike, transit, car };
constexpr auto names(TravelMode /*tag*/) {
  return std::array<std::string_view, 5>{"walk", "cycle", "ebike", "transit", "car"};
}

enum class OrganisationKind : std::uint8_t {
  other,
  association,
  team,
  enterprise,
  department,
  alliance,
  school,
  hospital,
  committee,
  platform,
};
constexpr auto names(OrganisationKind /*tag*/) {
  return std::array<std::string_view, 10>{"other",      "association", "team",   "enterprise",
                                          "department", "alliance",    "school", "hospital",
                                          "committee",  "platform"};
}

/// The two service levels of mechanism C4: supporting (支持型) and governing (治理型).
enum class ServiceClass : std::uint8_t { supporting, governing };
constexpr auto names(ServiceClass /*tag*/) {
  return std::array<std::string_view, 2>{"supporting", "governing"};
}

enum class YesNo : std::uint8_t { no, yes };
constexpr auto names(YesNo /*tag*/) {
  return std::array<std::string_view, 2>{"no", "yes"};
}

/// What an edge says. The first ten are rows of edges.csv; the rest follow from columns of the
/// other tables and appear in the graph only.
enum class EdgeKind : std::uint8_t {
  bond,           ///< volunteer → beneficiary: a lasting pair (结对), with its reason
  member,         ///< volunteer → organisation
  leads,          ///< volunteer → organisation
  supervises,     ///< volunteer → volunteer; weight: the span of control agreed on
  refers,         ///< organisation → organisation: may pass cases on
  recruited_by,   ///< volunteer → volunteer or organisation
  supplies,       ///< organisation → organisation, beneficiary or activity
  descends_from,  ///< organisation → organisation: grew out of
  partner,        ///< organisation → organisation: paired
  serves,         ///< organisation → place: paired with a community
  parent,         ///< place → place, organisation → organisation, activity → activity
  located,        ///< anything → its place
  belongs,        ///< beneficiary → household, volunteer, activity → organisation
  asked_by,       ///< need → beneficiary
  asks_for,       ///< need → catalogue item
  part_of,        ///< need → activity
};
constexpr auto names(EdgeKind /*tag*/) {
  return std::array<std::string_view, 16>{"bond",    "member",       "leads",    "supervises",
                                          "refers",  "recruited_by", "supplies", "descends_from",
                                          "partner", "serves",       "parent",   "located",
                                          "belongs", "asked_by",     "asks_for", "part_of"};
}
/// Edge kinds that a row of edges.csv may have.
inline constexpr std::size_t stated_edge_kinds = 10;

template <class Enumeration>
constexpr std::string_view name(Enumeration value) {
  return names(Enumeration{})[static_cast<std::size_t>(value)];
}

}  // namespace jiedui
