#include "jiedui/network/graph.hpp"

#include <algorithm>
#include <numeric>

namespace jiedui {

Graph::Graph(const Network& network) : first_vertex_(entity_count + 1, 0) {
  for (std::size_t i = 0; i < entity_count; ++i) {
    const auto entity = static_cast<Entity>(i);
    // An edge is no vertex.
    const std::size_t rows = entity == Entity::edge ? 0 : network.size(entity);
    JIEDUI_CHECK(first_vertex_[i] + rows < 0xFFFF'FFFF);
    first_vertex_[i + 1] = first_vertex_[i] + static_cast<std::uint32_t>(rows);
  }
  using enum Entity;
  const Edges& edges = network.edges();
  for (std::uint32_t e = 0; e < edges.kind.size(); ++e) {
    add(network.edge_from(EdgeIndex{e}), network.edge_to(EdgeIndex{e}), edges.kind[e]);
    links_.back().starts = edges.starts[e];
    links_.back().ends = edges.ends[e];
    if (edges.weight[e] != field::no_number) links_.back().weight = edges.weight[e];
  }
  add_column(place, network.places().parent, place, EdgeKind::parent);
  add_column(organisation, network.organisations().parent, organisation, EdgeKind::parent);
  add_column(organisation, network.organisations().place, place, EdgeKind::located);
  add_column(household, network.households().place, place, EdgeKind::located);
  add_column(beneficiary, network.beneficiaries().household, household, EdgeKind::belongs);
  add_column(beneficiary, network.beneficiaries().place, place, EdgeKind::located);
  add_column(volunteer, network.volunteers().organisation, organisation, EdgeKind::belongs);
  add_column(volunteer, network.volunteers().place, place, EdgeKind::located);
  add_column(activity, network.activities().parent, activity, EdgeKind::parent);
  add_column(activity, network.activities().organisation, organisation, EdgeKind::belongs);
  add_column(activity, network.activities().place, place, EdgeKind::located);
  add_column(need, network.needs().beneficiary, beneficiary, EdgeKind::asked_by);
  add_column(need, network.needs().item, item, EdgeKind::asks_for);
  add_column(need, network.needs().activity, activity, EdgeKind::part_of);
  add_column(need, network.needs().place, place, EdgeKind::located);
  sort_links();
}

void Graph::add(EntityRef from, EntityRef to, EdgeKind kind) {
  links_.push_back({.from = vertex(from), .to = vertex(to), .kind = kind});
}

template <class Tag>
void Graph::add_column(Entity entity, const std::vector<Index<Tag>>& column, Entity to,
                       EdgeKind kind) {
  for (std::uint32_t row = 0; row < column.size(); ++row)
    if (column[row].has_value()) add({entity, row}, {to, column[row].value()}, kind);
}

void Graph::sort_links() {
  std::stable_sort(links_.begin(), links_.end(),
                   [](const Link& a, const Link& b) { return a.from < b.from; });
  const std::uint32_t vertices = first_vertex_.back();
  out_begin_.assign(vertices + 1, 0);
  in_begin_.assign(vertices + 1, 0);
  for (const Link& link : links_) {
    ++out_begin_[link.from + 1];
    ++in_begin_[link.to + 1];
  }
  std::partial_sum(out_begin_.begin(), out_begin_.end(), out_begin_.begin());
  std::partial_sum(in_begin_.begin(), in_begin_.end(), in_begin_.begin());
  std::vector<std::uint32_t> next(in_begin_.begin(), in_begin_.end() - 1);
  in_.resize(links_.size());
  for (std::uint32_t edge = 0; edge < links_.size(); ++edge) in_[next[links_[edge].to]++] = edge;
}

EntityRef Graph::entity(Vertex vertex) const {
  const auto above = std::upper_bound(first_vertex_.begin(), first_vertex_.end(), vertex);
  const auto number = static_cast<std::size_t>(above - first_vertex_.begin()) - 1;
  return {static_cast<Entity>(number), vertex - first_vertex_[number]};
}

Table Graph::table(const Network& network) const {
  std::array<TextColumn, 6> texts;
  std::vector<std::int64_t> weights;
  const auto push_end = [&](std::size_t column, Vertex vertex) {
    const EntityRef end = entity(vertex);
    texts[column].push_back(network.ids(end.entity)[end.index]);
    texts[column + 1].push_back(entity_names[static_cast<std::size_t>(end.entity)]);
  };
  TextColumn kinds;
  const auto text_of = [](Date date) { return date == field::no_date ? "" : format(date); };
  for (const Link& link : links_) {
    push_end(0, link.from);
    push_end(2, link.to);
    kinds.push_back(name(link.kind));
    weights.push_back(link.weight);
    texts[4].push_back(text_of(link.starts));
    texts[5].push_back(text_of(link.ends));
  }
  Table table{.name = "graph", .columns = {}};
  const auto add_text = [&](std::string_view column, TextColumn& cells) {
    table.columns.push_back({std::string(column), std::move(cells), {}});
  };
  add_text("from", texts[0]);
  add_text("from_kind", texts[1]);
  add_text("to", texts[2]);
  add_text("to_kind", texts[3]);
  add_text("kind", kinds);
  table.columns.push_back({"weight", std::move(weights), {}});
  add_text("starts", texts[4]);
  add_text("ends", texts[5]);
  return table;
}

}  // namespace jiedui
