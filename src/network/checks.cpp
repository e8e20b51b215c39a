#include "checks.hpp"

#include <set>

namespace jiedui::checks {

namespace {

const cells::Fault missing{"value_missing", "a value in every row"};

bool is_absent(const Reading& reading, std::string_view column, std::size_t row) {
  return cells::CellColumn(reading.column(column))[row].kind == cells::Cell::Kind::absent;
}

void require(Reading& reading, std::string_view column) {
  for (std::size_t row = 0; row < reading.bad.size(); ++row)
    if (is_absent(reading, column, row)) reading.refuse(row, column, missing);
}

void check_dates(Reading& reading, const std::vector<Date>& starts, const std::vector<Date>& ends) {
  for (std::size_t row = 0; row < starts.size(); ++row)
    if (starts[row] != field::no_date && ends[row] != field::no_date && ends[row] < starts[row])
      reading.refuse(row, "ends", {"ends_before_start", "the day of starts or later"});
}

using Ends = std::vector<Entity>;
struct EdgeRule {
  Ends from;
  Ends to;
};

/// Which entities the stated kinds of edge join, in the order of EdgeKind.
const std::vector<EdgeRule>& edge_rules() {
  using enum Entity;
  static const std::vector<EdgeRule> rules = {
      {{volunteer}, {beneficiary}},
      {{volunteer}, {organisation}},
      {{volunteer}, {organisation}},
      {{volunteer}, {volunteer}},
      {{organisation}, {organisation}},
      {{volunteer}, {volunteer, organisation}},
      {{organisation}, {organisation, beneficiary, activity}},
      {{organisation}, {organisation}},
      {{organisation}, {organisation}},
      {{organisation}, {place}},
  };
  return rules;
}

std::string list_of(const Ends& ends) {
  std::string list;
  for (const Entity entity : ends)
    list +=
        (list.empty() ? "" : ", ") + std::string(entity_names[static_cast<std::size_t>(entity)]);
  return list;
}

/// One end of an edge: its entity from the stated word, or the only one that the kind allows.
EntityRef resolve(Reading& reading, std::size_t row, const Ends& allowed, std::string_view side,
                  std::string_view kind, std::string_view id) {
  const std::string kind_column = std::string(side) + "_kind";
  Entity entity = allowed.front();
  if (!kind.empty()) {
    const auto named = std::find_if(allowed.begin(), allowed.end(), [&](Entity candidate) {
      return entity_names[static_cast<std::size_t>(candidate)] == kind;
    });
    if (named == allowed.end()) {
      reading.refuse(row, kind_column, {"edge_end_kind", list_of(allowed)});
      return {};
    }
    entity = *named;
  } else if (allowed.size() > 1) {
    reading.refuse(row, kind_column, {"edge_end_kind", list_of(allowed)});
    return {};
  }
  const auto number = static_cast<std::size_t>(entity);
  const auto found = reading.ids[number].find(id);
  if (!found) {
    reading.refuse(row, side,
                   {"reference_unknown", "an id of " + std::string(table_names[number])});
    return {};
  }
  return {entity, *found};
}

}  // namespace

void check_rows(Reading& reading, const Places& columns) {
  require(reading, "level");
  for (std::size_t row = 0; row < columns.level.size(); ++row) {
    const PlaceIndex parent = columns.parent[row];
    if (parent.has_value() && columns.level[parent.value()] >= columns.level[row] &&
        columns.level[row] != field::no_number)
      reading.refuse(row, "parent", {"parent_level", "a place of a smaller level number"});
  }
}

void check_rows(Reading& reading, const Activities& columns) {
  check_dates(reading, columns.starts, columns.ends);
}

void check_rows(Reading& reading, const Items& columns) {
  for (std::size_t row = 0; row < columns.min_age.size(); ++row)
    if (columns.max_age[row] != field::no_number && columns.max_age[row] < columns.min_age[row])
      reading.refuse(row, "max_age", {"ages_reversed", "min_age or more"});
}

void check_rows(Reading& reading, const Needs& /*columns*/) {
  require(reading, "item");
}

void complete_parts(Reading& reading, Needs& columns) {
  const cells::CellColumn durations(reading.column("duration_minutes"));
  const std::size_t rows = columns.part_of.size();
  for (std::size_t row = 0; row < rows; ++row) {
    if (!columns.part_of[row].has_value()) continue;
    const std::uint32_t need = columns.part_of[row].value();
    if (need == row || columns.part_of[need].has_value())
      reading.refuse(row, "part_of",
                     {"part_of_part", "a need that is not itself part of one, nor this row"});
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (!columns.part_of[row].has_value() || reading.bad[row] != 0) continue;
    const std::uint32_t need = columns.part_of[row].value();
    if (reading.bad[need] != 0) {
      reading.refuse(row, "part_of", codec::Codec<field::Reference<NeedTag>>::unknown());
      continue;
    }
    if (!columns.beneficiary[row].has_value()) columns.beneficiary[row] = columns.beneficiary[need];
    if (!columns.place[row].has_value() && !columns.position[row].has_value()) {
      columns.place[row] = columns.place[need];
      columns.position[row] = columns.position[need];
    }
    std::vector<std::uint32_t>& windows = columns.windows.rows();
    if (windows[row] == 0) windows[row] = windows[need];
    if (durations[row].kind == cells::Cell::Kind::absent)
      columns.duration_minutes[row] = columns.duration_minutes[need];
  }
}

void check_rows(Reading& reading, const Edges& columns) {
  require(reading, "kind");
  require(reading, "from");
  require(reading, "to");
  check_dates(reading, columns.starts, columns.ends);
}

void resolve_edges(Reading& reading, const Edges& columns, std::vector<EntityRef>& from,
                   std::vector<EntityRef>& to) {
  const std::size_t rows = columns.kind.size();
  from.resize(rows);
  to.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (reading.bad[row] != 0) continue;
    const auto kind = static_cast<std::size_t>(columns.kind[row]);
    if (kind >= stated_edge_kinds) {
      reading.refuse(row, "kind", {"edge_kind_derived", "a kind that no column states already"});
      continue;
    }
    const EdgeRule& rule = edge_rules()[kind];
    from[row] = resolve(reading, row, rule.from, "from", columns.from_kind[row], columns.from[row]);
    to[row] = resolve(reading, row, rule.to, "to", columns.to_kind[row], columns.to[row]);
    if (reading.bad[row] == 0 && from[row] == to[row])
      reading.refuse(row, "to", {"edge_to_itself", "another id than that of from"});
  }
}

}  // namespace jiedui::checks
