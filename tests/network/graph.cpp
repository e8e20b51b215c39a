#include "jiedui/network/graph.hpp"

#include <random>
#include <set>

#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <catch2/catch.hpp>

#include "jiedui/network/boost.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/network/roll_up.hpp"
#include "support/run.hpp"

using namespace jiedui;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyGraphConcept<Graph, Graph::Vertex, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyMapConcept<boost::property_map<Graph, boost::edge_weight_t>::const_type,
                                       boost_model::EdgeDescriptor>));
BOOST_CONCEPT_ASSERT(
    (boost::ReadablePropertyMapConcept<boost::property_map<Graph, edge_kind_t>::const_type,
                                       boost_model::EdgeDescriptor>));

namespace {

std::string id(char kind, std::uint64_t number) {
  return kind + std::to_string(number);
}

/// Volunteers who supervise each other at random, with weights.
Network random_network(std::uint32_t volunteers, std::uint32_t edges, std::mt19937_64& random) {
  NetworkBuilder builder;
  for (std::uint32_t v = 0; v < volunteers; ++v) builder.add(Volunteer{.id = id('v', v)});
  for (std::uint32_t e = 0; e < edges; ++e) {
    const std::uint64_t from = random() % volunteers;
    const std::uint64_t to = (from + 1 + random() % (volunteers - 1)) % volunteers;
    builder.add(Edge{.id = id('e', e),
                     .kind = EdgeKind::supervises,
                     .from = id('v', from),
                     .to = id('v', to),
                     .weight = static_cast<std::int64_t>(1 + random() % 20)});
  }
  return builder.build();
}

}  // namespace

TEST_CASE("algorithms of Boost.Graph run on the network and give the definitions' answers",
          "[network]") {
  std::mt19937_64 random(11);
  for (std::int64_t run = 0; run < test::scaled(60); ++run) {
    const auto volunteers = static_cast<std::uint32_t>(2 + random() % 12);
    const Network network =
        random_network(volunteers, static_cast<std::uint32_t>(random() % 20), random);
    const Graph graph(network);
    const UndirectedGraph undirected(graph);
    const std::uint32_t n = graph.vertex_count();
    const Graph::Vertex zero = graph.vertex({Entity::volunteer, 0});

    // All-pairs distances by Floyd and Warshall, straight from the links.
    constexpr std::int64_t far = 1'000'000;
    std::vector<std::vector<std::int64_t>> distance(n, std::vector<std::int64_t>(n, far));
    std::vector<std::vector<std::int64_t>> hops = distance;
    std::vector<std::vector<bool>> joined(n, std::vector<bool>(n, false));
    for (std::uint32_t v = 0; v < n; ++v) distance[v][v] = hops[v][v] = 0, joined[v][v] = true;
    for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
      const Graph::Link& link = graph.link(e);
      distance[link.from][link.to] = std::min(distance[link.from][link.to], link.weight);
      hops[link.from][link.to] = 1;
      joined[link.from][link.to] = joined[link.to][link.from] = true;
    }
    for (std::uint32_t k = 0; k < n; ++k)
      for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = 0; j < n; ++j) {
          distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
          hops[i][j] = std::min(hops[i][j], hops[i][k] + hops[k][j]);
          joined[i][j] = joined[i][j] || (joined[i][k] && joined[k][j]);
        }

    std::vector<std::int64_t> found(n);
    boost::dijkstra_shortest_paths(graph, zero,
                                   boost::distance_map(found.data()).distance_inf(far));
    CHECK(found == distance[zero]);

    std::vector<std::int64_t> steps(n, far);
    steps[zero] = 0;
    boost::breadth_first_search(graph, zero,
                                boost::visitor(boost::make_bfs_visitor(
                                    boost::record_distances(steps.data(), boost::on_tree_edge()))));
    CHECK(steps == hops[zero]);

    std::vector<std::uint32_t> component(n);
    boost::connected_components(undirected, component.data());
    for (std::uint32_t i = 0; i < n; ++i)
      for (std::uint32_t j = 0; j < n; ++j) CHECK((component[i] == component[j]) == joined[i][j]);

    // A vertex is an articulation point if two others are joined only through it.
    std::set<Graph::Vertex> cut;
    boost::articulation_points(undirected, std::inserter(cut, cut.end()));
    for (std::uint32_t without = 0; without < n; ++without) {
      std::vector<std::uint32_t> label(n);
      for (std::uint32_t v = 0; v < n; ++v) label[v] = v;
      for (std::uint32_t round = 0; round < n; ++round)
        for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
          const auto [from, to] = std::pair{graph.link(e).from, graph.link(e).to};
          if (from != without && to != without)
            label[from] = label[to] = std::min(label[from], label[to]);
        }
      bool separates = false;
      for (std::uint32_t i = 0; i < n; ++i)
        for (std::uint32_t j = 0; j < n; ++j)
          separates = separates || (i != without && j != without && joined[i][without] &&
                                    joined[j][without] && label[i] != label[j]);
      CHECK(cut.contains(without) == separates);
    }
  }
}

TEST_CASE("every reference is an edge with its kind", "[network]") {
  NetworkBuilder builder;
  builder.add(Place{.id = "county", .level = 1});
  builder.add(Place{.id = "village", .level = 4, .parent = "county"});
  builder.add(Organisation{.id = "o", .place = "village"});
  builder.add(Volunteer{.id = "v", .organisation = "o", .place = "village"});
  builder.add(Beneficiary{.id = "b", .place = "village"});
  builder.add(Need{.id = "n", .beneficiary = "b", .item = "A1"});
  builder.add(Edge{.id = "e",
                   .kind = EdgeKind::bond,
                   .from = "v",
                   .to = "b",
                   .starts = parse_date("2025-01-01"),
                   .weight = 5});
  const Network network = builder.build();
  const Graph graph(network);
  std::multiset<std::string> found;
  for (const auto& edge : boost::make_iterator_range(edges(graph))) {
    const EntityRef from = get(vertex_entity, graph, source(edge, graph));
    const EntityRef to = get(vertex_entity, graph, target(edge, graph));
    found.insert(std::string(name(get(edge_kind, graph, edge))) + " " +
                 std::string(network.ids(from.entity)[from.index]) + " " +
                 std::string(network.ids(to.entity)[to.index]));
  }
  CHECK(found == std::multiset<std::string>{"bond v b", "parent village county",
                                            "located o village", "belongs v o", "located v village",
                                            "located b village", "asked_by n b", "asks_for n A1"});
  const Graph::Vertex volunteer = graph.vertex({Entity::volunteer, 0});
  const auto bond = *out_edges(volunteer, graph).first;
  CHECK(get(boost::edge_weight, graph, bond) == 5);
  CHECK(get(edge_starts, graph, bond) == *parse_date("2025-01-01"));
  CHECK(get(edge_ends, graph, bond) == field::no_date);
  CHECK(graph.table(network).rows() == 8);
}

TEST_CASE("counts roll up over places and organisations", "[network]") {
  NetworkBuilder builder;
  builder.add(Place{.id = "county", .level = 1});
  builder.add(Place{.id = "town", .level = 3, .parent = "county"});
  builder.add(Place{.id = "village", .level = 4, .parent = "town"});
  builder.add(Organisation{.id = "league", .place = "county"});
  builder.add(Organisation{.id = "team", .parent = "league", .place = "town"});
  builder.add(Activity{.id = "visits", .organisation = "team"});
  for (int i = 0; i < 3; ++i)
    builder.add(Volunteer{.id = id('v', i), .organisation = "team", .place = "village"});
  builder.add(Volunteer{.id = "w", .organisation = "league", .place = "town"});
  builder.add(Household{.id = "h", .place = "village"});
  builder.add(Beneficiary{.id = "b", .household = "h"});  // counts at the household's place
  builder.add(
      Need{.id = "n1", .beneficiary = "b", .item = "A1", .activity = "visits", .demand = 2});
  builder.add(Need{.id = "n2", .item = "A1", .place = "town", .demand = 5});
  const Network network = builder.build();
  const RollUp places = roll_up_places(network);
  const std::uint32_t county = *network.find(Entity::place, "county");
  const std::uint32_t town = *network.find(Entity::place, "town");
  CHECK(places.own[county].volunteers == 0);
  CHECK(places.total[county].volunteers == 4);
  CHECK(places.total[county].demand == 7);
  CHECK(places.total[county].needs == 2);
  CHECK(places.own[town].demand == 5);
  CHECK(places.total[town].volunteers == 4);
  CHECK(places.total[county].organisations == 2);
  CHECK(places.total[county].beneficiaries == 1);
  const RollUp organisations = roll_up_organisations(network);
  const std::uint32_t league = *network.find(Entity::organisation, "league");
  CHECK(organisations.own[league].volunteers == 1);
  CHECK(organisations.total[league].volunteers == 4);
  CHECK(organisations.total[league].demand == 2);
  CHECK(roll_up_table(network, Entity::place, places).rows() == 3);
  CHECK_THROWS_AS(roll_up_table(network, Entity::place, organisations), Error);
}
