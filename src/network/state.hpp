#pragma once

#include <tuple>

#include "jiedui/network/network.hpp"
#include "list_codec.hpp"

// Private to the room: what a frozen network consists of.

namespace jiedui {

struct Network::State {
  // In the order of Entity.
  std::tuple<Places, Organisations, Households, Beneficiaries, Volunteers, Activities, Items, Needs,
             Edges>
      tables;
  std::vector<EntityRef> edge_from;
  std::vector<EntityRef> edge_to;
  std::vector<std::string> words;

  template <class Use>
  void each_table(Use&& use) {
    std::apply([&](auto&... table) { (use(table), ...); }, tables);
  }
  template <class Use>
  void each_table(Use&& use) const {
    std::apply([&](const auto&... table) { (use(table), ...); }, tables);
  }
  const TextColumn& ids(Entity entity) const {
    const TextColumn* found = nullptr;
    each_table([&](const auto& table) {
      if (table.entity == entity) found = &table.id;
    });
    return *found;
  }
  codec::Writing writing() const {
    codec::Writing with{words, {}};
    for (std::size_t i = 0; i < entity_count; ++i) with.ids[i] = &ids(static_cast<Entity>(i));
    return with;
  }
};

namespace codec {

template <class Field>
using FieldItself = Field;

/// Calls use(name, Codec of the field, a.field, b.field …) for each field of a table.
template <template <template <class> class> class Fields, class Use, class... Selves>
void each_field(Use&& use, Selves&... selves) {
  Fields<FieldItself> fields{};
  Fields<FieldItself>::each(
      [&]<class Field>(std::string_view name, const Field& /*type*/, auto&... members) {
        use(name, Codec<Field>{}, members...);
      },
      fields, selves...);
}

}  // namespace codec
}  // namespace jiedui
