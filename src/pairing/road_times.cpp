#include "road_times.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>

#include "refusal.hpp"

namespace jiedui {

namespace {

constexpr std::int32_t unreached = std::numeric_limits<std::int32_t>::max();

struct Way {
  std::int32_t seconds = 0;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Way>;

/// Ends the search behind the limit.
struct Beyond {};
class StopBeyond : public boost::dijkstra_visitor<> {
 public:
  StopBeyond(const RoadTimes::Field& seconds, std::int64_t limit)
      : seconds_(seconds), limit_(limit) {}
  template <class Vertex, class AnyGraph>
  void examine_vertex(Vertex vertex, const AnyGraph& /*graph*/) const {
    if (seconds_[vertex] > limit_) throw Beyond{};
  }

 private:
  const RoadTimes::Field& seconds_;
  std::int64_t limit_;
};

[[noreturn]] void refuse_roads(std::string place, std::string allowed) {
  refuse("roads_invalid", std::move(place), "the road graph cannot be used", std::move(allowed),
         "mend the graph");
}

std::int32_t coordinate(Cartesian at, unsigned axis) {
  return axis == 0 ? at.x : axis == 1 ? at.y : at.z;
}

}  // namespace

struct RoadTimes::Graphs {
  std::vector<Graph> by_mode;  // every edge turned round
};

RoadTimes::RoadTimes(const RoadGraph& roads, const std::array<std::int64_t, 5>& limit)
    : limit_(limit), tree_(roads.nodes.size()) {
  constexpr std::size_t most = 100'000'000;
  if (roads.nodes.empty() || roads.nodes.size() > most || roads.edges.size() > most)
    refuse_roads("options.roads", "1 to 100000000 nodes, up to as many edges");
  for (std::size_t i = 0; i < roads.nodes.size(); ++i) {
    if (!roads.nodes[i].has_value())
      refuse_roads("options.roads, node " + std::to_string(i), "nodes with a position");
    points_.push_back(cartesian(roads.nodes[i]));
  }
  for (std::size_t e = 0; e < roads.edges.size(); ++e) {
    const RoadGraph::Edge& edge = roads.edges[e];
    const std::string place = "options.roads, edge " + std::to_string(e);
    if (edge.from >= points_.size() || edge.to >= points_.size())
      refuse_roads(place, "nodes 0 to " + std::to_string(points_.size() - 1));
    for (const std::int32_t seconds : edge.seconds)
      if (seconds != RoadGraph::closed && (seconds < 0 || seconds > day_seconds))
        refuse_roads(place, "0 to 86400 seconds, or closed");
  }
  auto graphs = std::make_unique<Graphs>();
  for (std::size_t mode = 0; mode < limit.size(); ++mode) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<Way> ways;
    for (const RoadGraph::Edge& edge : roads.edges) {
      if (edge.seconds[mode] == RoadGraph::closed) continue;
      ends.emplace_back(edge.to, edge.from);
      ways.push_back({edge.seconds[mode]});
    }
    graphs->by_mode.emplace_back(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(),
                                 ways.begin(), points_.size());
  }
  graphs_ = std::move(graphs);
  std::iota(tree_.begin(), tree_.end(), 0U);
  build_tree(0, tree_.size(), 0);
}

RoadTimes::~RoadTimes() = default;

void RoadTimes::build_tree(std::size_t begin, std::size_t end, unsigned axis) {
  if (end - begin < 2) return;
  const std::size_t middle = begin + (end - begin) / 2;
  const auto at = [&](std::size_t i) { return tree_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(begin), at(middle), at(end), [&](std::uint32_t a, std::uint32_t b) {
    return coordinate(points_[a], axis) < coordinate(points_[b], axis);
  });
  build_tree(begin, middle, (axis + 1) % 3);
  build_tree(middle + 1, end, (axis + 1) % 3);
}

void RoadTimes::find_nearest(std::size_t begin, std::size_t end, unsigned axis, Cartesian at,
                             std::pair<std::int64_t, std::uint32_t>& best) const {
  if (begin == end) return;
  const std::size_t middle = begin + (end - begin) / 2;
  const std::uint32_t node = tree_[middle];
  best = std::min(best, {squared_distance(at, points_[node]), node});
  const std::int64_t off = std::int64_t{coordinate(at, axis)} - coordinate(points_[node], axis);
  const unsigned next = (axis + 1) % 3;
  const auto look = [&](bool below) {
    if (below)
      find_nearest(begin, middle, next, at, best);
    else
      find_nearest(middle + 1, end, next, at, best);
  };
  look(off < 0);
  if (off * off <= best.first) look(off >= 0);
}

std::uint32_t RoadTimes::nearest(Cartesian at) const {
  std::pair<std::int64_t, std::uint32_t> best{std::numeric_limits<std::int64_t>::max(), 0};
  find_nearest(0, tree_.size(), 0, at, best);
  return best.second;
}

std::shared_ptr<const RoadTimes::Field> RoadTimes::to(std::uint32_t node, std::size_t mode) const {
  constexpr std::size_t known_max = 64;
  const auto find = [&]() -> std::shared_ptr<const Field> {
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& field) {
      return field.node == node && field.mode == mode;
    });
    if (known == known_.end()) return nullptr;
    std::rotate(known_.begin(), known, known + 1);
    return known_.front().field;
  };
  {
    const std::lock_guard lock(mutex_);
    if (auto field = find()) return field;
  }
  auto field = search(node, mode);
  const std::lock_guard lock(mutex_);
  if (auto other = find()) return other;
  if (known_.size() == known_max) known_.pop_back();
  known_.insert(known_.begin(), {node, mode, field});
  return field;
}

std::shared_ptr<const RoadTimes::Field> RoadTimes::search(std::uint32_t node,
                                                          std::size_t mode) const {
  const Graph& graph = graphs_->by_mode[mode];
  auto field = std::make_shared<Field>(points_.size(), unreached);
  const auto seconds =
      boost::make_iterator_property_map(field->begin(), get(boost::vertex_index, graph));
  try {
    boost::dijkstra_shortest_paths_no_color_map(graph, node,
                                                boost::weight_map(get(&Way::seconds, graph))
                                                    .distance_map(seconds)
                                                    .distance_inf(unreached)
                                                    .visitor(StopBeyond(*field, limit_[mode])));
  } catch (const Beyond&) {
    // What is reached no nearer than the limit need not be its distance.
  }
  return field;
}

}  // namespace jiedui
