#pragma once

#include <string>
#include <vector>

#include "columns.hpp"
#include "geography.hpp"

namespace made_town {

/// Rows of edges.csv.
class Edges {
 public:
  struct Row {
    jiedui::EdgeKind kind{};
    std::string from;
    std::string_view to_kind;  ///< only where the kind of edge allows several
    std::string to;
    jiedui::Date starts{};
    std::string_view reason;
  };
  void add(const Row& row);
  jiedui::Table take();

 private:
  jiedui::TextColumn ids_, from_, to_;
  Words kinds_, to_kinds_, starts_, reasons_;
};

/// In each town an association, a school and a team; a hospital, a department, an enterprise and
/// the alliance of the associations for all.
class Organisations {
 public:
  explicit Organisations(const Map& map);

  /// The organisation of that kind for people of the town.
  std::string id(jiedui::OrganisationKind kind, std::uint32_t town) const;
  std::size_t size() const { return rows_.size(); }
  jiedui::Table table() const;
  /// Each association serves its town and is paired with its school.
  void add_edges(Edges& edges) const;

 private:
  struct Row {
    std::string id, name, parent, place;
    jiedui::OrganisationKind kind{};
  };
  std::vector<Row> rows_;
};

}  // namespace made_town
