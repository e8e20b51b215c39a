// Travel by a road graph.

#include <random>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;

namespace {

/// 0.001° of latitude is 111.2 m.
constexpr Position north(int thousandths) {
  return {300'000'000 + thousandths * 10'000, 1'200'000'000};
}

RoadGraph::Edge way(std::uint32_t from, std::uint32_t to, std::int32_t seconds) {
  return {from, to, {seconds, seconds, seconds, seconds, seconds}};
}

Volunteer helper(std::string id, Position at) {
  return {.id = std::move(id),
          .position = at,
          .skills = {{"company", 1}},
          .birth_year = YearRange{1990, 1990},
          .registered_since = parse_date("2026-01-01")};
}
Need call(std::string id, Position at) {
  return {.id = std::move(id), .item = "A1", .position = at};
}

/// Nothing but nearness counts.
PointTerms nearness_alone() {
  PointTerms terms = standard_points();
  for (std::size_t term = 1; term < standard_term_count; ++term)
    terms = terms.weight(static_cast<StandardTerm>(term), 0);
  return terms;
}

Market market_of(const NetworkBuilder& builder, MarketOptions options) {
  return Market(builder.build(), standard_rules(), nearness_alone(), std::move(options));
}

std::string refused(RoadGraph roads) {
  NetworkBuilder builder;
  builder.add(helper("v", north(0))).add(call("n", north(1)));
  try {
    market_of(builder, {.roads = std::move(roads)});
  } catch (const Error& error) {
    return error.code();
  }
  return "none";
}

void check_proof(const Market& market) {
  const Plan plan = solve(market);
  for (const bool exhaustive : {false, true}) {
    const Verification verification = verify(plan, market, {.exhaustive = exhaustive});
    INFO((verification.findings.empty() ? "" : verification.findings.front().code));
    CHECK(verification);
  }
}

}  // namespace

TEST_CASE("a river makes near people far", "[pairing]") {
  // Two banks: 0 and 1 on this side, 2 and 3 on the other, a bridge from 1 to 2.
  NetworkBuilder builder;
  builder.add(helper("across", north(0)));
  builder.add(helper("beside", north(9)));
  builder.add(helper("rider", north(0)));
  builder.add(call("n", north(3)));
  const RoadGraph roads{.nodes = {north(0), north(20), north(21), north(3), north(9)},
                        .edges = {way(0, 1, 800), way(1, 2, 10), way(2, 3, 800), way(4, 3, 480)}};
  const Market straight = market_of(builder, {});
  const Market market = market_of(builder, {.roads = roads});
  const auto codes = [&](const char* volunteer) {
    std::string all;
    for (const Reason& reason :
         market.reasons_against(market.volunteer_index(volunteer), market.need_index("n")))
      all += reason.code;
    return all;
  };
  CHECK(straight.pair_count() == 3);
  CHECK(codes("across") == "reach");
  CHECK(codes("beside").empty());
  CHECK(market.pair_count() == 1);
  // Eight of sixty minutes.
  const auto best = market.best(market.need_index("n"), 9);
  REQUIRE(best.size() == 1);
  CHECK(best[0].points == 3600 - 480);
  check_proof(market);
}

TEST_CASE("edges have a direction and a mode, and legs beside the roads count", "[pairing]") {
  Volunteer driver = helper("driver", north(0));
  driver.travel_mode = TravelMode::car;
  driver.reach_minutes = 20;
  NetworkBuilder builder;
  builder.add(driver);
  builder.add(helper("walker", north(0)));
  builder.add(call("n", north(50)));
  builder.add(call("m", north(49)));  // 111 m behind the end of the road
  RoadGraph roads{.nodes = {north(0), north(50)}, .edges = {way(0, 1, 0)}};
  roads.edges[0].seconds = {RoadGraph::closed, 1, 1, 1, 600};
  const Market market = market_of(builder, {.roads = roads});
  const auto points = [&](const char* need) {
    const auto found = market.candidates(market.volunteer_index("driver"), market.need_index(need));
    return found.empty() ? -1 : found[0].points;
  };
  CHECK(market.pair_count() == 2);
  CHECK(points("n") == 3600 - (180 + 600));
  CHECK(points("m") == 3600 - (180 + 600 + 111 * 3600 / 30'000));
  check_proof(market);
  std::swap(roads.edges[0].from, roads.edges[0].to);
  CHECK(market_of(builder, {.roads = roads}).pair_count() == 0);
}

TEST_CASE("roads that go straight change nothing", "[pairing]") {
  std::mt19937_64 random(1401);
  for (std::int64_t run = 0; run < test::scaled(20); ++run) {
    NetworkBuilder builder;
    RoadGraph roads;
    const int people = 25;
    for (int i = 0; i < people; ++i) {
      const auto at = [&](int odd) { return north(2 * static_cast<int>(random() % 20) + odd); };
      Volunteer volunteer = helper("v" + std::to_string(i), at(0));
      if (random() % 3 == 0) volunteer.reach_minutes = static_cast<std::int64_t>(random() % 40);
      if (random() % 3 == 0) volunteer.reach_metres = static_cast<std::int64_t>(random() % 3'000);
      builder.add(volunteer).add(call("n" + std::to_string(i), at(1)));
    }
    for (int i = 0; i < 40; ++i) roads.nodes.push_back(north(i));
    for (std::uint32_t from = 0; from < 40; from += 2)
      for (std::uint32_t to = 1; to < 40; to += 2)
        roads.edges.push_back(
            way(from, to,
                static_cast<std::int32_t>(distance(roads.nodes[from], roads.nodes[to]).count())));
    MarketOptions options;
    options.travel.fill({.metres_per_hour = 3'600, .start_seconds = 0});
    const Market straight = market_of(builder, options);
    options.roads = roads;
    options.threads = 2;
    const Market market = market_of(builder, options);
    INFO("run " << run);
    REQUIRE(market.instance().candidates == straight.instance().candidates);
    const Plan plan = solve(market);
    REQUIRE(plan.pairs() == solve(straight).pairs());
    REQUIRE(verify(plan, market));
  }
}

TEST_CASE("times by road are those of every way there is", "[pairing]") {
  std::mt19937_64 random(1402);
  const auto draw = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  constexpr std::size_t nodes = 15;
  const auto draw_node = [&] { return static_cast<std::uint32_t>(random() % nodes); };
  for (std::int64_t run = 0; run < test::scaled(30); ++run) {
    RoadGraph roads;
    for (std::size_t i = 0; i < nodes; ++i)
      roads.nodes.push_back({300'000'000 + draw(300'000), 1'200'000'000 + draw(300'000)});
    constexpr std::int64_t far = 1'000'000;
    std::array<std::array<std::int64_t, nodes>, nodes> seconds;
    for (auto& row : seconds) row.fill(far);
    for (std::size_t i = 0; i < nodes; ++i) seconds[i][i] = 0;
    for (int e = 0; e < 35; ++e) {
      const RoadGraph::Edge edge = way(draw_node(), draw_node(), draw(900));
      roads.edges.push_back(edge);
      seconds[edge.from][edge.to] =
          std::min<std::int64_t>(seconds[edge.from][edge.to], edge.seconds[0]);
    }
    for (std::size_t k = 0; k < nodes; ++k)  // Floyd, Warshall
      for (std::size_t i = 0; i < nodes; ++i)
        for (std::size_t j = 0; j < nodes; ++j)
          seconds[i][j] = std::min(seconds[i][j], seconds[i][k] + seconds[k][j]);
    NetworkBuilder builder;
    std::vector<std::pair<std::string, std::size_t>> at;
    for (std::size_t i = 0; i < nodes; ++i) {
      Volunteer volunteer = helper("v" + std::to_string(i), roads.nodes[i]);
      volunteer.reach_minutes = draw(60);
      builder.add(volunteer).add(call("n" + std::to_string(i), roads.nodes[i]));
    }
    MarketOptions options{.roads = roads};
    options.travel.fill({.metres_per_hour = 3'600, .start_seconds = 60});
    const Network network = builder.build();
    const Market market(network, standard_rules(), nearness_alone(), options);
    INFO("run " << run);
    for (std::size_t i = 0; i < nodes; ++i)
      for (std::size_t j = 0; j < nodes; ++j) {
        const VolunteerIndex v = market.volunteer_index("v" + std::to_string(i));
        const NeedIndex n = market.need_index("n" + std::to_string(j));
        const std::int64_t way = 60 + seconds[i][j];
        const bool is_near = way <= *network.volunteer(v).reach_minutes * 60;
        const auto found = market.candidates(v, n);
        REQUIRE(found.size() == (is_near ? 1 : 0));
        if (is_near) REQUIRE(found[0].points == 3600 - std::min<std::int64_t>(way, 3600));
      }
    check_proof(market);
  }
}

TEST_CASE("roads that cannot be used are refused", "[pairing]") {
  CHECK(refused({.nodes = {north(0), north(1)}, .edges = {way(0, 1, 5)}}) == "none");
  CHECK(refused({}) == "roads_invalid");
  CHECK(refused({.nodes = {north(0), Position{}}, .edges = {}}) == "roads_invalid");
  CHECK(refused({.nodes = {north(0)}, .edges = {way(0, 1, 5)}}) == "roads_invalid");
  CHECK(refused({.nodes = {north(0)}, .edges = {way(0, 0, -2)}}) == "roads_invalid");
  CHECK(refused({.nodes = {north(0)}, .edges = {way(0, 0, 86'401)}}) == "roads_invalid");
}
