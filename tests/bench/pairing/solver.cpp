#include <iostream>

#include "arrays.hpp"
#include "commands.hpp"
#include "jiedui/pairing/solver/instance.hpp"
#include "timing.hpp"

namespace jiedui::bench {

namespace {

solver::Instance instance_of(const Arrays& arrays) {
  solver::Instance instance;
  instance.capacity = arrays.capacity;
  instance.demand = arrays.demand;
  instance.tier = arrays.tier;
  instance.first.assign(arrays.first.begin(), arrays.first.end());
  instance.candidates.reserve(arrays.pairs());
  for (std::size_t i = 0; i < arrays.pairs(); ++i)
    instance.candidates.push_back({static_cast<std::uint32_t>(arrays.volunteer[i]),
                                   solver::Candidate::no_slot, arrays.points[i]});
  return instance;
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("the answer is wrong: ") + what);
}

/// Checks the plan and its prices; returns what it weighs in the peers' weights.
int128 checked_value(const Arrays& arrays, const solver::Solution& solution) {
  require(solution.status == solver::Status::optimal, "not optimal");
  std::vector<std::int32_t> used(arrays.volunteers(), 0);
  std::vector<std::size_t> chosen_for(arrays.volunteers(), arrays.needs());
  std::vector<std::int64_t> points(arrays.volunteers(), 0);
  int128 value = 0;
  std::size_t at = 0;
  for (std::size_t n = 0; n < arrays.needs(); ++n) {
    std::int32_t filled = 0;
    for (; at < solution.pairs.size() && solution.pairs[at].need == n; ++at, ++filled) {
      const solver::Candidate& candidate = solution.pairs[at].candidate;
      require(chosen_for[candidate.volunteer] != n, "a volunteer twice");
      chosen_for[candidate.volunteer] = n;
      points[candidate.volunteer] = candidate.points;
      ++used[candidate.volunteer];
    }
    require(filled <= arrays.demand[n], "demand exceeded");
    const int128 profit = solution.profit[n];
    require(profit == 0 || (profit > 0 && filled == arrays.demand[n]), "profit of an open need");
    std::int32_t found = 0;
    for (auto i = static_cast<std::size_t>(arrays.first[n]);
         i < static_cast<std::size_t>(arrays.first[n + 1]); ++i) {
      const auto v = static_cast<std::size_t>(arrays.volunteer[i]);
      const int128 margin =
          solution.weights.bonus(arrays.tier[n]) + arrays.points[i] - solution.price[v] - profit;
      const bool chosen = chosen_for[v] == n;
      require(chosen ? margin >= 0 : margin <= 0, "a better pair");
      if (!chosen) continue;
      require(points[v] == arrays.points[i], "other points");
      ++found;
      value += arrays.weight[i];
    }
    require(found == filled, "a pair that is no candidate");
  }
  require(at == solution.pairs.size(), "pairs out of order");
  for (std::size_t v = 0; v < arrays.volunteers(); ++v) {
    require(used[v] <= arrays.capacity[v], "capacity exceeded");
    require(solution.price[v] == 0 || (solution.price[v] > 0 && used[v] == arrays.capacity[v]),
            "price of a free volunteer");
  }
  return value;
}

}  // namespace

void time_solver(const std::filesystem::path& folder, int threads, int repeats) {
  const Arrays arrays = read(folder);
  const solver::Instance instance = instance_of(arrays);
  solver::Options options;
  options.threads = threads;
  int128 value = 0;
  solver::Statistics statistics;
  const std::vector<double> seconds = timed(repeats, [&] {
    const auto start = std::chrono::steady_clock::now();
    const solver::Solution solution = solver::solve(instance, options);
    const double time = seconds_since(start);
    value = checked_value(arrays, solution);
    statistics = solution.statistics;
    return time;
  });
  std::cout << "{\"seconds\": " << json(seconds) << ", \"value\": \"" << to_string(value)
            << "\", \"pairs\": " << arrays.pairs()
            << ", \"relaxations\": " << statistics.relaxations
            << ", \"build_seconds\": " << statistics.build_seconds << "}\n";
}

}  // namespace jiedui::bench
