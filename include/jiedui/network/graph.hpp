#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// The network as a directed graph: a vertex for each row, an edge for each row of the edges table
/// and for each reference between rows.
///
/// Vertices are numbered table by table in the order of Entity, each table in the order of ids.
/// Edges are numbered by source, then as they are found, so that the edges out of a vertex are a
/// run. Frozen; holds no pointer into the network. `network/boost.hpp` makes it a model of
/// Boost.Graph's concepts.
class JIEDUI_API Graph {
 public:
  using Vertex = std::uint32_t;

  struct Link {
    Vertex from = 0;
    Vertex to = 0;
    EdgeKind kind = EdgeKind::bond;
    Date starts = field::no_date;  ///< field::no_date: open
    Date ends = field::no_date;
    std::int64_t weight = 1;  ///< 1 where none is given
  };

  /// O(rows + references).
  explicit Graph(const Network& network);

  std::uint32_t vertex_count() const { return static_cast<std::uint32_t>(out_begin_.size() - 1); }
  std::uint32_t edge_count() const { return static_cast<std::uint32_t>(links_.size()); }
  const Link& link(std::uint32_t edge) const { return links_[edge]; }

  /// Numbers of the edges out of a vertex: from first_out(v) up to first_out(v + 1).
  std::uint32_t first_out(Vertex vertex) const { return out_begin_[vertex]; }
  /// Numbers of the edges into a vertex, rising.
  std::span<const std::uint32_t> in(Vertex vertex) const {
    return std::span(in_).subspan(in_begin_[vertex], in_begin_[vertex + 1] - in_begin_[vertex]);
  }

  Vertex vertex(EntityRef entity) const {
    return first_vertex_[static_cast<std::size_t>(entity.entity)] + entity.index;
  }
  /// O(1): the table and row of a vertex.
  EntityRef entity(Vertex vertex) const;

  /// from, from_kind, to, to_kind, kind, weight, starts, ends: one row for each edge.
  Table table(const Network& network) const;

 private:
  void add(EntityRef from, EntityRef to, EdgeKind kind);
  template <class Tag>
  void add_column(Entity entity, const std::vector<Index<Tag>>& column, Entity to, EdgeKind kind);
  void sort_links();

  std::vector<std::uint32_t> first_vertex_;  // of each entity
  std::vector<Link> links_;
  std::vector<std::uint32_t> out_begin_, in_begin_, in_;
};

/// The same graph without directions: each edge can be walked both ways.
///
/// Holds a pointer to the graph, which must outlive it.
class UndirectedGraph {
 public:
  explicit UndirectedGraph(const Graph& graph) : graph_(&graph) {}
  UndirectedGraph(const Graph&&) = delete;
  const Graph& directed() const { return *graph_; }

 private:
  const Graph* graph_;
};

}  // namespace jiedui
