// The solver against LEMON's network simplex, and against its speed.

#include <chrono>
#include <iostream>
#include <map>

#include <catch2/catch.hpp>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include "instances.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;
using solver::Candidate;
using solver::Instance;

namespace {

/// The greatest total weight, as a minimum-cost circulation: source → volunteer → (volunteer, slot)
/// → (volunteer, need) → need → source. Weights must fit 64 bits.
class Circulation {
 public:
  using Graph = lemon::StaticDigraph;

  explicit Circulation(const Instance& instance) {
    const solver::Weights weights = solver::strict_weights(instance);
    const int volunteers = static_cast<int>(instance.volunteers());
    const int needs = static_cast<int>(instance.needs());
    int nodes = 1 + volunteers + needs;
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> seats;
    const auto add = [&](int from, int to, std::int64_t capacity, std::int64_t cost) {
      arcs_.push_back({from, to, capacity, cost});
    };
    for (int v = 0; v < volunteers; ++v)
      add(0, 1 + v, instance.capacity[static_cast<std::size_t>(v)], 0);
    for (int n = 0; n < needs; ++n) {
      const auto number = static_cast<std::size_t>(n);
      const int need = 1 + volunteers + n;
      add(need, 0, instance.demand[number], 0);
      std::map<std::uint32_t, int> pair_nodes;
      std::map<std::uint32_t, int> ways;
      for (const Candidate& candidate : instance.candidates_of(number)) ++ways[candidate.volunteer];
      for (const Candidate& candidate : instance.candidates_of(number)) {
        int from = 1 + static_cast<int>(candidate.volunteer);
        if (candidate.slot != Candidate::no_slot) {
          const auto [seat, added] =
              seats.try_emplace({candidate.volunteer, candidate.slot}, nodes);
          if (added) add(from, nodes++, 1, 0);
          from = seat->second;
        }
        int to = need;
        if (ways[candidate.volunteer] > 1) {
          const auto [pair, added] = pair_nodes.try_emplace(candidate.volunteer, nodes);
          if (added) add(nodes++, need, 1, 0);
          to = pair->second;
        }
        const auto weight =
            static_cast<std::int64_t>(weights.bonus(instance.tier[number]) + candidate.points);
        add(from, to, 1, -weight);
      }
    }
    std::stable_sort(arcs_.begin(), arcs_.end(),
                     [](const Arc& a, const Arc& b) { return a.from < b.from; });
    std::vector<std::pair<int, int>> ends;
    for (const Arc& arc : arcs_) ends.emplace_back(arc.from, arc.to);
    graph_.build(nodes, ends.begin(), ends.end());
  }

  std::int64_t greatest_weight() {
    lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph_);
    Graph::ArcMap<std::int64_t> capacity(graph_);
    Graph::ArcMap<std::int64_t> cost(graph_);
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      capacity[graph_.arc(static_cast<int>(i))] = arcs_[i].capacity;
      cost[graph_.arc(static_cast<int>(i))] = arcs_[i].cost;
    }
    simplex.upperMap(capacity).costMap(cost);
    REQUIRE(simplex.run() == decltype(simplex)::OPTIMAL);
    return -simplex.totalCost<std::int64_t>();
  }

 private:
  struct Arc {
    int from, to;
    std::int64_t capacity, cost;
  };
  Graph graph_;
  std::vector<Arc> arcs_;
};

}  // namespace

TEST_CASE("middle-sized markets equal LEMON's network simplex", "[pairing]") {
  std::mt19937_64 random(201);
  for (std::int64_t run = 0; run < test::scaled(500); ++run) {
    const test::Shape shape{.volunteers = static_cast<std::uint32_t>(20 + random() % 60),
                            .needs = static_cast<std::uint32_t>(10 + random() % 50),
                            .slots = static_cast<std::uint32_t>(random() % 4),
                            .points_by_slot = random() % 2 == 0,
                            .points_scale = static_cast<std::int64_t>(1 + random() % 1'000),
                            .density = 0.02 + 0.1 * static_cast<double>(random() % 8),
                            .candidates_max = 100'000};
    const Instance instance = test::random_instance(shape, random);
    const solver::Solution solution = solver::solve(instance);
    INFO("run " << run);
    REQUIRE(solution.value == Circulation(instance).greatest_weight());
    REQUIRE(solution.bound == solution.value);
  }
}

TEST_CASE("a town is paired in at most the time of LEMON's network simplex", "[pairing]") {
  // 40,000 volunteers, 11,000 needs, a million pairs: each need draws the 90 nearest on a line, the
  // points fall with the distance. Scarce: most volunteers have no capacity left.
  for (const bool scarce : {false, true}) {
    std::mt19937_64 random(202);
    Instance instance;
    constexpr std::uint32_t volunteers = 40'000;
    constexpr std::uint32_t needs = 11'000;
    for (std::uint32_t v = 0; v < volunteers; ++v)
      instance.capacity.push_back(scarce && v % 8 != 0 ? 0 : static_cast<int>(1 + random() % 3));
    instance.first = {0};
    for (std::uint32_t n = 0; n < needs; ++n) {
      instance.demand.push_back(static_cast<int>(1 + random() % 3));
      instance.tier.push_back(static_cast<int>(1 + random() % 4));
      const std::int64_t middle = static_cast<std::int64_t>(random() % volunteers);
      for (std::int64_t i = -45; i <= 45; ++i) {
        const auto v = static_cast<std::uint32_t>((middle + i * 7 + volunteers) % volunteers);
        instance.candidates.push_back(
            {v, Candidate::no_slot,
             1'000 - std::abs(i) * 10 + static_cast<std::int64_t>(random() % 100)});
      }
      instance.first.push_back(instance.candidates.size());
    }
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const solver::Solution solution = solver::solve(instance);
    const auto solved = Clock::now();
    Circulation circulation(instance);  // building the peer is not counted
    const auto built = Clock::now();
    const std::int64_t peer = circulation.greatest_weight();
    const double own_seconds = std::chrono::duration<double>(solved - start).count();
    const double peer_seconds = std::chrono::duration<double>(Clock::now() - built).count();
    std::cout << "pairing a " << (scarce ? "scarce" : "roomy") << " town of "
              << instance.candidates.size() << " pairs: " << own_seconds << " s, LEMON "
              << peer_seconds << " s, ratio " << peer_seconds / own_seconds << "\n";
    CHECK(solution.value == peer);
    CHECK(solution.bound == solution.value);
#if !defined(__SANITIZE_ADDRESS__)
    CHECK(own_seconds <= peer_seconds);
#endif
  }
}
