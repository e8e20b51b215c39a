#pragma once

#include "state.hpp"

// Private to the room.

namespace jiedui {

/// A table with the columns of the entity, made from rows.
template <template <template <class> class> class Fields>
Table table_of_row(const Fields<ValueOf>& row) {
  Table table{.name = std::string(table_names[static_cast<std::size_t>(Fields<ValueOf>::entity)]),
              .columns = {}};
  const auto push = [&](std::string_view name, std::string_view text) {
    TextColumn cells;
    cells.push_back(text);
    table.columns.push_back({.name = std::string(name), .cells = std::move(cells), .present = {}});
  };
  codec::each_field<Fields>(
      [&]<class Codec>(std::string_view name, Codec /*codec*/, const auto& value) {
        if constexpr (std::is_same_v<Codec, codec::Codec<field::Point>>) {
          std::vector<Column> columns;
          Codec::write({value.value_or(Position{})}, name, codec::Writing{{}, {}}, columns);
          for (Column& column : columns) table.columns.push_back(std::move(column));
        } else {
          push(name, Codec::text(value));
        }
      },
      row);
  return table;
}

}  // namespace jiedui
