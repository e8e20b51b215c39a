#include <iostream>
#include <string>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include "pairing/arrays.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

namespace {

using Graph = lemon::StaticDigraph;
using NetworkSimplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
using CostScaling = lemon::CostScaling<Graph, std::int64_t, std::int64_t>;

/// Source → need → volunteer → sink → source: a circulation of least cost.
class Circulation {
 public:
  explicit Circulation(const Arrays& arrays) {
    const int needs = static_cast<int>(arrays.needs());
    const int volunteers = static_cast<int>(arrays.volunteers());
    const int sink = 1 + needs + volunteers;
    std::int64_t units = 0;
    for (int n = 0; n < needs; ++n) {
      const std::int32_t demand = arrays.demand[static_cast<std::size_t>(n)];
      add(0, 1 + n, demand, 0);
      units += demand;
    }
    for (std::size_t n = 0; n < arrays.needs(); ++n)
      for (auto i = static_cast<std::size_t>(arrays.first[n]);
           i < static_cast<std::size_t>(arrays.first[n + 1]); ++i)
        add(1 + static_cast<int>(n), 1 + needs + arrays.volunteer[i], 1, -arrays.weight[i]);
    for (int v = 0; v < volunteers; ++v)
      add(1 + needs + v, sink, arrays.capacity[static_cast<std::size_t>(v)], 0);
    add(sink, 0, units, 0);
    graph_.build(sink + 1, ends_.begin(), ends_.end());
  }

  template <class Method>
  double solve() {
    Graph::ArcMap<std::int64_t> capacity(graph_);
    Graph::ArcMap<std::int64_t> cost(graph_);
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      capacity[graph_.arc(static_cast<int>(i))] = capacity_[i];
      cost[graph_.arc(static_cast<int>(i))] = cost_[i];
    }
    Method method(graph_);
    method.upperMap(capacity).costMap(cost);
    const auto start = std::chrono::steady_clock::now();
    const auto ending = method.run();
    const double seconds = seconds_since(start);
    if (ending != Method::OPTIMAL) throw std::runtime_error("LEMON found no optimum");
    value_ = -method.template totalCost<std::int64_t>();
    return seconds;
  }
  std::int64_t value() const { return value_; }

 private:
  void add(int from, int to, std::int64_t capacity, std::int64_t cost) {
    ends_.emplace_back(from, to);
    capacity_.push_back(capacity);
    cost_.push_back(cost);
  }

  std::vector<std::pair<int, int>> ends_;
  std::vector<std::int64_t> capacity_, cost_;
  Graph graph_;
  std::int64_t value_ = 0;
};

template <class Method>
void time(const std::string& folder, int repeats) {
  Circulation circulation(read(folder));
  const std::vector<double> seconds = timed(repeats, [&] { return circulation.solve<Method>(); });
  std::cout << "{\"seconds\": " << json(seconds) << ", \"value\": \"" << circulation.value()
            << "\"}\n";
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  using namespace jiedui::bench;
  try {
    if (count == 4) {
      const std::string method = words[1];
      const int repeats = std::stoi(words[3]);
      if (method == "network_simplex") return time<NetworkSimplex>(words[2], repeats), 0;
      if (method == "cost_scaling") return time<CostScaling>(words[2], repeats), 0;
    }
    std::cerr << "bench_lemon network_simplex|cost_scaling FOLDER REPEATS\n";
  } catch (const std::exception& error) {
    std::cerr << "bench_lemon: " << error.what() << '\n';
  }
  return 2;
}
