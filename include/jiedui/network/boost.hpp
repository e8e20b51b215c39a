#pragma once

#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include "jiedui/network/graph.hpp"

// Opt-in: makes Graph (directed) and UndirectedGraph models of VertexListGraph, EdgeListGraph,
// IncidenceGraph and BidirectionalGraph, with readable property maps for
//   boost::vertex_index, boost::edge_index, boost::edge_weight,
//   jiedui::vertex_entity, jiedui::edge_kind, jiedui::edge_starts, jiedui::edge_ends.

namespace jiedui {

struct vertex_entity_t {};
struct edge_kind_t {};
struct edge_starts_t {};
struct edge_ends_t {};
inline constexpr vertex_entity_t vertex_entity{};
inline constexpr edge_kind_t edge_kind{};
inline constexpr edge_starts_t edge_starts{};
inline constexpr edge_ends_t edge_ends{};

namespace boost_model {

/// An edge as walked: in an undirected graph `from` is the end that it was reached from.
struct EdgeDescriptor {
  Graph::Vertex from = 0;
  Graph::Vertex to = 0;
  std::uint32_t number = 0;
  friend constexpr bool operator==(EdgeDescriptor a, EdgeDescriptor b) {
    return a.number == b.number;
  }
  friend constexpr bool operator!=(EdgeDescriptor a, EdgeDescriptor b) { return !(a == b); }
  friend constexpr bool operator<(EdgeDescriptor a, EdgeDescriptor b) {
    return a.number < b.number;
  }
};

struct traversal_tag : boost::vertex_list_graph_tag,
                       boost::edge_list_graph_tag,
                       boost::bidirectional_graph_tag {};

/// The i-th edge in number.
struct ByNumber {
  const Graph* graph = nullptr;
  EdgeDescriptor operator()(std::uint32_t number) const {
    const Graph::Link& link = graph->link(number);
    return {link.from, link.to, number};
  }
};

/// The i-th edge at a vertex: those out of it, then those into it.
struct AtVertex {
  const Graph* graph = nullptr;
  Graph::Vertex vertex = 0;
  bool away = true;  // the vertex is the source of what is given back, else its target

  EdgeDescriptor operator()(std::uint32_t i) const {
    const std::uint32_t first = graph->first_out(vertex);
    const std::uint32_t outward = graph->first_out(vertex + 1) - first;
    const std::uint32_t number = i < outward ? first + i : graph->in(vertex)[i - outward];
    const Graph::Link& link = graph->link(number);
    const Graph::Vertex other = link.from == vertex ? link.to : link.from;
    return away ? EdgeDescriptor{vertex, other, number} : EdgeDescriptor{other, vertex, number};
  }
};

/// The i-th edge into a vertex.
struct Inward {
  const Graph* graph = nullptr;
  Graph::Vertex vertex = 0;
  EdgeDescriptor operator()(std::uint32_t i) const { return ByNumber{graph}(graph->in(vertex)[i]); }
};

using Counter = boost::counting_iterator<std::uint32_t>;
template <class Function>
using Walk = boost::transform_iterator<Function, Counter, EdgeDescriptor, EdgeDescriptor>;

template <class Function>
std::pair<Walk<Function>, Walk<Function>> walk(Function function, std::uint32_t begin,
                                               std::uint32_t end) {
  return {Walk<Function>(Counter(begin), function), Walk<Function>(Counter(end), function)};
}

inline std::uint32_t out_size(const Graph& graph, Graph::Vertex vertex) {
  return graph.first_out(vertex + 1) - graph.first_out(vertex);
}
inline std::uint32_t in_size(const Graph& graph, Graph::Vertex vertex) {
  return static_cast<std::uint32_t>(graph.in(vertex).size());
}

/// Reads one property of an edge or a vertex.
template <class Key, class Value, class Read>
class PropertyMap {
 public:
  using key_type = Key;
  using value_type = Value;
  using reference = Value;
  using category = boost::readable_property_map_tag;
  PropertyMap() = default;
  explicit PropertyMap(const Graph& graph) : graph_(&graph) {}
  friend Value get(const PropertyMap& map, const Key& key) { return Read{}(*map.graph_, key); }

 private:
  const Graph* graph_ = nullptr;
};

template <class Tag>
struct Property;
template <class Value, auto Member>
struct LinkMember {
  Value operator()(const Graph& graph, const EdgeDescriptor& edge) const {
    return graph.link(edge.number).*Member;
  }
};
template <>
struct Property<boost::edge_weight_t> {
  using type =
      PropertyMap<EdgeDescriptor, std::int64_t, LinkMember<std::int64_t, &Graph::Link::weight>>;
};
template <>
struct Property<edge_kind_t> {
  using type = PropertyMap<EdgeDescriptor, EdgeKind, LinkMember<EdgeKind, &Graph::Link::kind>>;
};
template <>
struct Property<edge_starts_t> {
  using type = PropertyMap<EdgeDescriptor, Date, LinkMember<Date, &Graph::Link::starts>>;
};
template <>
struct Property<edge_ends_t> {
  using type = PropertyMap<EdgeDescriptor, Date, LinkMember<Date, &Graph::Link::ends>>;
};
template <>
struct Property<boost::edge_index_t> {
  struct Read {
    std::uint32_t operator()(const Graph& /*graph*/, const EdgeDescriptor& edge) const {
      return edge.number;
    }
  };
  using type = PropertyMap<EdgeDescriptor, std::uint32_t, Read>;
};
template <>
struct Property<boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<Graph::Vertex>;
};
template <>
struct Property<vertex_entity_t> {
  struct Read {
    EntityRef operator()(const Graph& graph, Graph::Vertex vertex) const {
      return graph.entity(vertex);
    }
  };
  using type = PropertyMap<Graph::Vertex, EntityRef, Read>;
};

template <class Tag>
typename Property<Tag>::type property(const Graph& graph) {
  if constexpr (std::is_same_v<Tag, boost::vertex_index_t>)
    return {};
  else
    return typename Property<Tag>::type(graph);
}

/// What graph_traits says of both graphs.
template <class OutFunction, class InFunction>
struct Traits {
  using vertex_descriptor = Graph::Vertex;
  using edge_descriptor = EdgeDescriptor;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = traversal_tag;
  using vertex_iterator = Counter;
  using edge_iterator = Walk<ByNumber>;
  using out_edge_iterator = Walk<OutFunction>;
  using in_edge_iterator = Walk<InFunction>;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return 0xFFFF'FFFF; }
};

}  // namespace boost_model
}  // namespace jiedui

namespace boost {

template <>
struct graph_traits<jiedui::Graph>
    : jiedui::boost_model::Traits<jiedui::boost_model::ByNumber, jiedui::boost_model::Inward> {
  using directed_category = bidirectional_tag;
};
template <>
struct graph_traits<jiedui::UndirectedGraph>
    : jiedui::boost_model::Traits<jiedui::boost_model::AtVertex, jiedui::boost_model::AtVertex> {
  using directed_category = undirected_tag;
};

// Boost's visitors deduce the graph as const.
template <>
struct graph_traits<const jiedui::Graph> : graph_traits<jiedui::Graph> {};
template <>
struct graph_traits<const jiedui::UndirectedGraph> : graph_traits<jiedui::UndirectedGraph> {};

template <class Tag>
struct property_map<jiedui::Graph, Tag> {
  using const_type = typename jiedui::boost_model::Property<Tag>::type;
  using type = const_type;
};
template <class Tag>
struct property_map<jiedui::UndirectedGraph, Tag> : property_map<jiedui::Graph, Tag> {};

}  // namespace boost

namespace jiedui {

// The functions that Boost.Graph finds by the type of the graph.

inline std::pair<boost_model::Counter, boost_model::Counter> vertices(const Graph& graph) {
  return {boost_model::Counter(0), boost_model::Counter(graph.vertex_count())};
}
inline std::uint32_t num_vertices(const Graph& graph) {
  return graph.vertex_count();
}
inline auto edges(const Graph& graph) {
  return boost_model::walk(boost_model::ByNumber{&graph}, 0, graph.edge_count());
}
inline std::uint32_t num_edges(const Graph& graph) {
  return graph.edge_count();
}
inline auto out_edges(Graph::Vertex vertex, const Graph& graph) {
  return boost_model::walk(boost_model::ByNumber{&graph}, graph.first_out(vertex),
                           graph.first_out(vertex + 1));
}
inline std::uint32_t out_degree(Graph::Vertex vertex, const Graph& graph) {
  return boost_model::out_size(graph, vertex);
}
inline auto in_edges(Graph::Vertex vertex, const Graph& graph) {
  return boost_model::walk(boost_model::Inward{&graph, vertex}, 0,
                           boost_model::in_size(graph, vertex));
}
inline std::uint32_t in_degree(Graph::Vertex vertex, const Graph& graph) {
  return boost_model::in_size(graph, vertex);
}
inline std::uint32_t degree(Graph::Vertex vertex, const Graph& graph) {
  return out_degree(vertex, graph) + in_degree(vertex, graph);
}
inline Graph::Vertex source(boost_model::EdgeDescriptor edge, const Graph& /*graph*/) {
  return edge.from;
}
inline Graph::Vertex target(boost_model::EdgeDescriptor edge, const Graph& /*graph*/) {
  return edge.to;
}
template <class Tag>
auto get(Tag /*tag*/, const Graph& graph) -> typename boost_model::Property<Tag>::type {
  return boost_model::property<Tag>(graph);
}
template <class Tag, class Key>
auto get(Tag tag, const Graph& graph, const Key& key) {
  return get(get(tag, graph), key);
}

inline auto vertices(const UndirectedGraph& graph) {
  return vertices(graph.directed());
}
inline std::uint32_t num_vertices(const UndirectedGraph& graph) {
  return num_vertices(graph.directed());
}
inline auto edges(const UndirectedGraph& graph) {
  return edges(graph.directed());
}
inline std::uint32_t num_edges(const UndirectedGraph& graph) {
  return num_edges(graph.directed());
}
inline std::uint32_t degree(Graph::Vertex vertex, const UndirectedGraph& graph) {
  return degree(vertex, graph.directed());
}
inline std::uint32_t out_degree(Graph::Vertex vertex, const UndirectedGraph& graph) {
  return degree(vertex, graph);
}
inline std::uint32_t in_degree(Graph::Vertex vertex, const UndirectedGraph& graph) {
  return degree(vertex, graph);
}
inline auto out_edges(Graph::Vertex vertex, const UndirectedGraph& graph) {
  return boost_model::walk(boost_model::AtVertex{&graph.directed(), vertex, true}, 0,
                           degree(vertex, graph));
}
inline auto in_edges(Graph::Vertex vertex, const UndirectedGraph& graph) {
  return boost_model::walk(boost_model::AtVertex{&graph.directed(), vertex, false}, 0,
                           degree(vertex, graph));
}
inline Graph::Vertex source(boost_model::EdgeDescriptor edge, const UndirectedGraph& /*graph*/) {
  return edge.from;
}
inline Graph::Vertex target(boost_model::EdgeDescriptor edge, const UndirectedGraph& /*graph*/) {
  return edge.to;
}
template <class Tag>
auto get(Tag tag, const UndirectedGraph& graph) -> typename boost_model::Property<Tag>::type {
  return get(tag, graph.directed());
}
template <class Tag, class Key>
auto get(Tag tag, const UndirectedGraph& graph, const Key& key) {
  return get(get(tag, graph), key);
}

}  // namespace jiedui
