// What Boost.Graph finds in a network, for test_graph.py to hold against networkx:
// graph_results SNAPSHOT VERTEX prints a line each of components, steps and distances from the
// vertex (-1: out of reach), and articulation points.

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <limits>
#include <vector>

#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "jiedui/network/boost.hpp"
#include "jiedui/wire/snapshot.hpp"

namespace {

constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max() / 2;

template <class Numbers>
void print(const Numbers& numbers) {
  for (const std::int64_t number : numbers) std::cout << (number == far ? -1 : number) << ' ';
  std::cout << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const jiedui::Network network = jiedui::load_network(argv[1]);
  const jiedui::Graph graph(network);
  const jiedui::UndirectedGraph undirected(graph);
  const auto begin = static_cast<jiedui::Graph::Vertex>(std::atoi(argv[2]));

  std::vector<std::uint32_t> component(graph.vertex_count());
  boost::connected_components(undirected, component.data());
  print(component);

  std::vector<std::int64_t> steps(graph.vertex_count(), far);
  steps[begin] = 0;
  boost::breadth_first_search(graph, begin,
                              boost::visitor(boost::make_bfs_visitor(
                                  boost::record_distances(steps.data(), boost::on_tree_edge()))));
  print(steps);

  std::vector<std::int64_t> distance(graph.vertex_count());
  boost::dijkstra_shortest_paths(graph, begin,
                                 boost::distance_map(distance.data()).distance_inf(far));
  print(distance);

  std::vector<std::uint32_t> cut;
  boost::articulation_points(undirected, std::back_inserter(cut));
  print(cut);
}
