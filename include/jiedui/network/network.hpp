#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "jiedui/base/export.hpp"
#include "jiedui/network/entities.hpp"

namespace jiedui {

/// Whether fields that can point to a person are written: exact positions, years of birth, gender,
/// health limits, availability, insurance and tags of volunteers, beneficiaries, households and
/// needs (PIPL articles 6 and 51).
enum class Personal : std::uint8_t { left_out, included };

/// A frozen network of people, organisations, places and needs.
///
/// Every table is ordered by external id (bytewise), so that the order of the rows read does not
/// show. Copies are cheap and share the data; nothing ever changes, so that threads may read at
/// once. Made by NetworkBuilder.
class JIEDUI_API Network {
 public:
  /// The empty network.
  Network();
  Network(const Network&);
  Network(Network&&) noexcept;
  Network& operator=(const Network&);
  Network& operator=(Network&&) noexcept;
  ~Network();

  const Places& places() const;
  const Organisations& organisations() const;
  const Households& households() const;
  const Beneficiaries& beneficiaries() const;
  const Volunteers& volunteers() const;
  const Activities& activities() const;
  const Items& catalogue() const;
  const Needs& needs() const;
  const Edges& edges() const;

  std::size_t size(Entity entity) const;
  std::size_t volunteer_count() const { return size(Entity::volunteer); }
  std::size_t need_count() const { return size(Entity::need); }

  /// One row as plain values. @throws Error "index_out_of_range".
  Place place(PlaceIndex index) const;
  Organisation organisation(OrganisationIndex index) const;
  Household household(HouseholdIndex index) const;
  Beneficiary beneficiary(BeneficiaryIndex index) const;
  Volunteer volunteer(VolunteerIndex index) const;
  Activity activity(ActivityIndex index) const;
  Item item(ItemIndex index) const;
  Need need(NeedIndex index) const;
  Edge edge(EdgeIndex index) const;

  /// The ids of one table, in order.
  const TextColumn& ids(Entity entity) const;
  /// The row of an external id. O(log rows).
  std::optional<std::uint32_t> find(Entity entity, std::string_view id) const;
  /// The row of an external id. @throws Error "id_unknown", naming the id.
  VolunteerIndex volunteer_index(std::string_view id) const;
  NeedIndex need_index(std::string_view id) const;

  /// What the edge joins.
  EntityRef edge_from(EdgeIndex index) const;
  EntityRef edge_to(EdgeIndex index) const;

  /// Every word of the network, in bytewise order; a Symbol is an index into it.
  const std::vector<std::string>& words() const;
  std::optional<Symbol> find_word(std::string_view word) const;

  /// The position of the entity, else that of its place. For a need: its own, its place's, its
  /// beneficiary's, the household's, the beneficiary's place's, the household's place's, in this
  /// order. Absent if none is known.
  Position position(VolunteerIndex index) const;
  Position position(NeedIndex index) const;

  /// One table for each entity, as docs/formats.md says. NetworkBuilder reads them back.
  std::vector<Table> tables(Personal personal) const;
  /// One of them.
  Table table(Entity entity, Personal personal) const;

 private:
  friend class EditableNetwork;
  friend class NetworkBuilder;
  struct State;
  explicit Network(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace jiedui
