// Candidates that are found best first, held against the definitions of the rules, pair by pair.

#include <algorithm>
#include <numeric>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/pairing/market.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "made_town/made_town.hpp"
#include "support/run.hpp"

using namespace jiedui;

namespace {

using Pairs = std::vector<solver::Candidate>;

bool is_before(const solver::Candidate& a, const solver::Candidate& b) {
  if (a.points != b.points) return a.points > b.points;
  return a.volunteer != b.volunteer ? a.volunteer < b.volunteer : a.slot < b.slot;
}

/// All candidates of each need by the definitions alone, best first.
std::vector<Pairs> by_definition(const Market& market) {
  std::vector<VolunteerIndex> everybody;
  for (std::uint32_t v = 0; v < market.volunteer_count(); ++v) everybody.emplace_back(v);
  std::vector<Pairs> all;
  for (std::uint32_t n = 0; n < market.need_count(); ++n) {
    all.push_back(market.candidates(everybody, NeedIndex{n}));
    std::sort(all.back().begin(), all.back().end(), is_before);
  }
  return all;
}

void check_against_definition(const Market& market) {
  const std::vector<Pairs> expected = by_definition(market);
  const auto [least, most] = market.points_range();
  std::vector<std::vector<solver::ChosenPair>> of_volunteer(market.volunteer_count());
  std::int64_t pairs = 0;
  const solver::Instance instance = market.instance();
  for (std::uint32_t n = 0; n < market.need_count(); ++n) {
    const Pairs& all = expected[n];
    REQUIRE(market.best(NeedIndex{n}, 1'000'000) == all);
    for (const std::size_t count : {0, 1, 2, 5, 17}) {
      const Pairs best = market.best(NeedIndex{n}, count);
      REQUIRE(best.size() == std::min(count, all.size()));
      REQUIRE(std::equal(best.begin(), best.end(), all.begin()));
    }
    Pairs listed(instance.candidates_of(n).begin(), instance.candidates_of(n).end());
    std::sort(listed.begin(), listed.end(), is_before);
    REQUIRE(listed == all);
    for (const solver::Candidate& candidate : all) {
      REQUIRE(candidate.points >= least);
      REQUIRE(candidate.points <= most);
      of_volunteer[candidate.volunteer].push_back({n, candidate});
    }
    for (std::size_t i = 0; i < all.size(); ++i)
      pairs += std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                            [&](const auto& other) { return other.volunteer == all[i].volunteer; });
  }
  CHECK(market.pair_count() == pairs);
  for (std::uint32_t v = 0; v < market.volunteer_count(); ++v) {
    std::sort(of_volunteer[v].begin(), of_volunteer[v].end(), [](const auto& a, const auto& b) {
      return a.need != b.need ? a.need < b.need : a.candidate.slot < b.candidate.slot;
    });
    REQUIRE(market.requests(VolunteerIndex{v}) == of_volunteer[v]);
  }
}

std::int64_t draw(std::mt19937_64& random, std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random);
}

Network small_town(std::mt19937_64& random) {
  return made_town::network({.volunteers = draw(random, 1, 260),
                             .needs = draw(random, 1, 60),
                             .seed = random(),
                             .kind = static_cast<made_town::Kind>(draw(random, 0, 4)),
                             .communities = {}});
}

Rules some_rules(std::mt19937_64& random) {
  Rules rules;
  for (std::size_t r = 0; r < standard_rule_count; ++r)
    if (draw(random, 0, 9) == 0) rules = rules.without(static_cast<StandardRule>(r));
  if (draw(random, 0, 3) == 0)
    rules = rules.add("odd", "the two do not fit together", [](const PairView& pair) {
      return (pair.volunteer.value() + pair.need.value()) % 3 != 0;
    });
  return rules;
}

PointTerms some_terms(std::mt19937_64& random) {
  PointTerms terms;
  for (std::size_t t = 0; t < standard_term_count; ++t)
    if (draw(random, 0, 2) == 0)
      terms = terms.weight(static_cast<StandardTerm>(t), draw(random, -3, 3));
  const auto own = [](const PairView& pair) {
    return static_cast<std::int64_t>((pair.volunteer.value() * 7 + pair.need.value()) % 500) - 250;
  };
  const std::int64_t kind = draw(random, 0, 5);
  if (kind == 0) terms = terms.add("own", draw(random, -2, 2), own, TermBounds{-250, 249});
  if (kind == 1) terms = terms.add("own", draw(random, -2, 2), own);
  return terms;
}

MarketOptions some_options(std::mt19937_64& random, const Network& network) {
  MarketOptions options;
  if (draw(random, 0, 3) == 0) {
    options.from = made_town::first_day;
    options.days = static_cast<int>(draw(random, 1, 60));
  }
  if (draw(random, 0, 3) == 0) options.slot_cuts.clear();
  if (draw(random, 0, 5) == 0)
    for (int cut = 1800; cut < 86'400; cut += 1800 * static_cast<int>(draw(random, 1, 5)))
      if (options.slot_cuts.empty() || cut > options.slot_cuts.back())
        options.slot_cuts.push_back(cut);
  options.threads = static_cast<int>(draw(random, 1, 3));
  for (int i = 0; i < 5; ++i)
    options.forbidden.push_back(
        {std::string(network.volunteers().id[static_cast<std::size_t>(
             draw(random, 0, static_cast<std::int64_t>(network.volunteer_count()) - 1))]),
         std::string(network.needs().id[static_cast<std::size_t>(
             draw(random, 0, static_cast<std::int64_t>(network.need_count()) - 1))])});
  return options;
}

}  // namespace

TEST_CASE("what is found best first is what the definitions allow", "[pairing]") {
  std::mt19937_64 random(test::seed());
  std::int64_t pairs = 0;
  for (std::int64_t run = 0; run < test::scaled(300); ++run) {
    CAPTURE(run);
    const Network network = small_town(random);
    const Market market(network, some_rules(random), some_terms(random),
                        some_options(random, network));
    check_against_definition(market);
    pairs += market.pair_count();
  }
  CHECK(pairs > 0);
}
