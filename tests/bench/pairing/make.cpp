#include <algorithm>
#include <limits>

#include "arrays.hpp"
#include "commands.hpp"
#include "jiedui/pairing/market.hpp"
#include "jiedui/wire/snapshot.hpp"

namespace jiedui::bench {

namespace {

Network network_of(const Town& town) {
  return made_town::network(
      {.volunteers = town.volunteers, .needs = town.needs, .kind = town.kind});
}

/// The best of the need's candidates, each volunteer once, by volunteer. The arrays know no time,
/// so that the volunteers are taken from those of any hour.
std::vector<solver::Candidate> best_volunteers(const Market& market, NeedIndex need,
                                               std::size_t count) {
  std::vector<solver::Candidate> best;
  // A volunteer stands there once for each slot.
  for (std::size_t wanted = 2 * count; best.size() < count; wanted *= 2) {
    const std::vector<solver::Candidate> found = market.best(need, wanted);
    best.clear();
    for (const solver::Candidate& candidate : found)
      if (best.size() < count && (best.empty() || best.back().volunteer != candidate.volunteer))
        best.push_back(candidate);
    if (found.size() < wanted) break;
  }
  std::sort(best.begin(), best.end(),
            [](const auto& a, const auto& b) { return a.volunteer < b.volunteer; });
  return best;
}

Arrays arrays_of(const Town& town, std::size_t per_need) {
  MarketOptions options;
  options.pairs_max = std::numeric_limits<std::int64_t>::max();
  const Market market(network_of(town), standard_rules().without(StandardRule::availability),
                      standard_points(), options);
  Arrays arrays;
  arrays.capacity = market.limits().capacity;
  arrays.demand = market.limits().demand;
  arrays.tier = market.limits().tier;
  arrays.first = {0};
  for (std::uint32_t n = 0; n < market.need_count(); ++n) {
    for (const solver::Candidate& candidate : best_volunteers(market, NeedIndex{n}, per_need)) {
      arrays.volunteer.push_back(static_cast<std::int32_t>(candidate.volunteer));
      arrays.points.push_back(candidate.points);
    }
    arrays.first.push_back(static_cast<std::int64_t>(arrays.volunteer.size()));
  }
  return arrays;
}

}  // namespace

void make_arrays(const Town& town, std::size_t per_need, const std::filesystem::path& folder) {
  Arrays arrays = arrays_of(town, per_need);
  add_weights(arrays);
  write(arrays, folder);
  write(renumbered(arrays), folder / "renumbered");
}

void make_one_to_one(const Town& town, std::size_t per_need, const std::filesystem::path& folder) {
  const Arrays given = arrays_of(town, per_need);
  const auto volunteers = static_cast<std::int32_t>(given.volunteers());
  const auto needs = static_cast<std::int32_t>(given.needs());
  Arrays arrays;
  arrays.capacity.assign(given.volunteers() + given.needs(), 1);
  arrays.demand.assign(given.needs(), 1);
  arrays.tier.assign(given.needs(), 1);
  arrays.first = {0};
  // A stand-in is worth so little that it serves only where nobody else can.
  const std::int64_t most = *std::max_element(given.points.begin(), given.points.end());
  for (std::int32_t n = 0; n < needs; ++n) {
    for (auto i = given.first[static_cast<std::size_t>(n)];
         i < given.first[static_cast<std::size_t>(n) + 1]; ++i) {
      arrays.volunteer.push_back(given.volunteer[static_cast<std::size_t>(i)]);
      arrays.points.push_back(given.points[static_cast<std::size_t>(i)]);
    }
    arrays.volunteer.push_back(volunteers + n);
    arrays.points.push_back(-most * needs);
    arrays.first.push_back(static_cast<std::int64_t>(arrays.volunteer.size()));
  }
  arrays.weight = arrays.points;  // all needs are filled in any case
  write(arrays, folder);
}

void make_network(const Town& town, const std::filesystem::path& file) {
  save(file, network_of(town));
}

}  // namespace jiedui::bench
