#pragma once

#include "list_codec.hpp"

// Private to the room: what a row must satisfy beyond each cell for itself.

namespace jiedui::checks {

using cells::Reading;

/// Rows in which a needed value is missing or two values contradict each other.
void check_rows(Reading& reading, const Places& columns);
void check_rows(Reading& reading, const Activities& columns);
void check_rows(Reading& reading, const Items& columns);
void check_rows(Reading& reading, const Needs& columns);
void check_rows(Reading& reading, const Edges& columns);
template <class Columns>
void check_rows(Reading& /*reading*/, const Columns& /*columns*/) {}

/// Rows whose parent is bad, and rows that are their own ancestor. `parents` are rows of the input.
template <class Tag>
void check_parents(Reading& reading, const std::vector<Index<Tag>>& parents) {
  const std::size_t rows = parents.size();
  std::vector<std::vector<std::uint32_t>> children(rows);
  for (std::uint32_t row = 0; row < rows; ++row)
    if (parents[row].has_value()) children[parents[row].value()].push_back(row);

  // Kahn's topological order from the roots; who is not reached lies on or below a cycle.
  std::vector<std::uint32_t> reached;
  for (std::uint32_t row = 0; row < rows; ++row)
    if (!parents[row].has_value()) reached.push_back(row);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const std::uint32_t row = reached[i];
    for (const std::uint32_t child : children[row]) {
      if (reading.bad[row] != 0 && reading.bad[child] == 0)
        reading.refuse(child, "parent", codec::Codec<field::Reference<Tag>>::unknown());
      reached.push_back(child);
    }
  }
  std::vector<std::uint8_t> sound(rows, 0);
  for (const std::uint32_t row : reached) sound[row] = 1;
  for (std::uint32_t row = 0; row < rows; ++row)
    if (sound[row] == 0) reading.refuse(row, "parent", {"parent_cycle", "no row above itself"});
}

/// Refuses parts of needs that are themselves parts, or bad, and fills in what a part takes from
/// its need. `part_of` are rows of the input.
void complete_parts(Reading& reading, Needs& columns);

/// Finds what each edge joins, and refuses ends that its kind does not join.
void resolve_edges(Reading& reading, const Edges& columns, std::vector<EntityRef>& from,
                   std::vector<EntityRef>& to);

}  // namespace jiedui::checks
