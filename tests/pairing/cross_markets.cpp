// Limits on lending and changes of a market from a network.

#include <map>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "made_town/made_town.hpp"

using namespace jiedui;

namespace {

constexpr Position here{289'405'180, 1'188'955'180};

/// Four volunteers of "o" and one of "p"; two needs of an activity of "p", one of nobody's.
NetworkBuilder two_organisations() {
  NetworkBuilder builder;
  builder.add(Organisation{.id = "o"}).add(Organisation{.id = "p"}).add(Organisation{.id = "q"});
  builder.add(Activity{.id = "of-p", .organisation = "p"});
  for (int v = 0; v < 5; ++v)
    builder.add(Volunteer{.id = "v" + std::to_string(v),
                          .organisation = v == 4 ? "p" : "o",
                          .position = here,
                          .skills = {{"company", 3}},
                          .birth_year = YearRange{1990, 1990},
                          .registered_since = parse_date("2026-01-01")});
  for (int n = 0; n < 3; ++n)
    builder.add(Need{.id = "n" + std::to_string(n),
                     .item = "A1",
                     .activity = n < 2 ? "of-p" : "",
                     .position = here,
                     .demand = 2,
                     .tier = n + 1});
  return builder;
}

Market market_of(MarketOptions options) {
  return Market(two_organisations().build(), standard_rules(), standard_points(),
                std::move(options));
}

std::string refused(MarketOptions options) {
  try {
    market_of(std::move(options));
  } catch (const Error& error) {
    CHECK_FALSE(error.parts().way_out.empty());
    return error.code();
  }
  return "none";
}

std::size_t lent(const Plan& plan) {
  std::size_t count = 0;
  for (const PlannedPair& pair : plan.pairs())
    count += pair.volunteer != "v4" && pair.need != "n2" ? 1 : 0;
  return count;
}

std::vector<std::string> findings(const PlanData& data, const Market& market) {
  std::vector<std::string> codes;
  for (const auto& finding : verify(Plan(data), market).findings) codes.push_back(finding.code);
  return codes;
}
bool has(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

TEST_CASE("an organisation lends another what it may", "[pairing]") {
  for (const int most : {0, 1, 2, 3, 9}) {
    INFO(most);
    const Market market = market_of({.lending = {{"o", "p", most}}});
    const Plan plan = solve(market);
    CHECK(plan.is_optimal());
    CHECK(verify(plan, market));
    CHECK(verify(plan, market, {.exhaustive = true}));
    CHECK(lent(plan) == static_cast<std::size_t>(std::min(most, 3)));
    // p's own volunteer serves the most urgent need; who may not be lent is free for n2.
    CHECK(plan.pairs_of_need("n2").size() == std::min<std::size_t>(2, 4 - lent(plan)));
    CHECK(plan.proof().lending.size() == (most < 3 ? 1 : 0));
    CHECK(plan.proof().bonuses.size() == 4);
  }
  const Market free_way = market_of({.lending = {{"p", "o", 0}}});
  CHECK(solve(free_way).value() > 0);
  CHECK(lent(solve(free_way)) == 3);
}

TEST_CASE("a plan drops no more pairs than allowed", "[pairing]") {
  const Plan before = solve(market_of({}));
  REQUIRE(before.size() == 5);
  // Without v4, three of the plan before can stay; without the limit others might be chosen.
  const std::string of_p = before.pairs_of_volunteer("v4").front().need;
  const auto options = [&](std::int64_t changes) {
    return MarketOptions{.forbidden = {{"v4", of_p}}, .before = before, .changes_at_most = changes};
  };
  const Market strict = market_of(options(0));
  try {
    solve(strict);
    FAIL("a plan with the forbidden pair");
  } catch (const Error& error) {
    CHECK(error.code() == "changes_infeasible");
    CHECK(error.parts().allowed == "1 or more");
  }
  const Market market = market_of(options(1));
  const Plan plan = solve(market);
  CHECK(verify(plan, market).feasible);
  CHECK(plan.gap() == 0);
  std::size_t kept = 0;
  for (const PlannedPair& pair : before.pairs())
    for (const PlannedPair& now : plan.pairs())
      kept += pair.volunteer == now.volunteer && pair.need == now.need ? 1 : 0;
  CHECK(kept == 4);
}

TEST_CASE("who is gone counts as a change", "[pairing]") {
  const Plan before = solve(market_of({}));
  NetworkBuilder builder = two_organisations();
  PlanData other = before.data();
  other.pairs.front().pair.volunteer = "gone";
  const auto fewest = [&](std::int64_t changes) {
    const Market market = market_of({.before = Plan(other), .changes_at_most = changes});
    return solve(market).is_optimal();
  };
  CHECK(fewest(1));
  CHECK_THROWS_AS(fewest(0), Error);
}

TEST_CASE("what cannot be limited is refused by name", "[pairing]") {
  CHECK(refused({.lending = {{"o", "p", 1}}}) == "none");
  CHECK(refused({.lending = {{"o", "nobody", 1}}}) == "id_unknown");
  CHECK(refused({.lending = {{"o", "o", 1}}}) == "option_invalid");
  CHECK(refused({.lending = {{"o", "p", -1}}}) == "option_invalid");
  CHECK(refused({.lending = {{"o", "p", 1}, {"o", "p", 2}}}) == "option_invalid");
  CHECK(refused({.changes_at_most = 1}) == "option_invalid");
  CHECK(refused({.before = Plan(), .changes_at_most = -1}) == "option_invalid");
  CHECK(refused({.pinned = {{"v0", "n0"}}, .lending = {{"o", "p", 0}}}) == "pin_infeasible");
  const Market market = market_of({.lending = {{"o", "p", 1}}});
  CHECK_THROWS_WITH(Dispatcher(market), Catch::Contains("limits_not_kept"));
}

TEST_CASE("verify finds what is wrong about lending and changes", "[pairing]") {
  const Market market = market_of({.lending = {{"o", "p", 1}}});
  const PlanData sound = solve(market).data();
  CHECK(findings(sound, market).empty());
  CHECK(has(findings(solve(market_of({})).data(), market), "lending_exceeded"));
  const auto with = [&](auto change) {
    PlanData data = sound;
    change(data);
    return findings(data, market);
  };
  CHECK(has(with([](PlanData& data) { data.proof.lending.clear(); }), "primal_below_dual"));
  CHECK(has(with([](PlanData& data) { data.proof.lending[0].price -= 1; }), "weight_above_price"));
  CHECK(has(with([](PlanData& data) { data.proof.lending[0].price += 1; }), "primal_below_dual"));
  CHECK(has(with([](PlanData& data) { data.proof.lending[0].from = "q"; }), "price_invalid"));
  CHECK(has(with([](PlanData& data) { data.proof.lending[0].price *= -1; }), "price_invalid"));
  CHECK(has(with([](PlanData& data) { data.proof.change_price = 1; }), "price_invalid"));
  CHECK(has(with([](PlanData& data) { data.proof.bonuses.clear(); }), "step_too_small"));
  CHECK(has(with([](PlanData& data) { data.proof.bonuses[1] = data.proof.bonuses[2]; }),
            "step_too_small"));
  CHECK(has(with([](PlanData& data) { data.proof.bonuses.pop_back(); }), "proof_out_of_range"));

  const Plan before = solve(market_of({.forbidden = {{"v0", "n0"}, {"v0", "n1"}, {"v0", "n2"}}}));
  const Market close = market_of({.before = before, .changes_at_most = 0});
  CHECK(has(
      findings(solve(market_of({.forbidden = {{"v1", "n0"}, {"v1", "n1"}, {"v1", "n2"}}})).data(),
               close),
      "changes_exceeded"));
  CHECK(verify(solve(close), close));
}

TEST_CASE("a made town under cross limits", "[pairing]") {
  const Network network =
      made_town::network({.volunteers = 2'000, .needs = 700, .seed = 5, .communities = {}});
  const auto organisation_of = [&](const PlannedPair& pair) {
    const Volunteer volunteer = network.volunteer(network.volunteer_index(pair.volunteer));
    const Need need = network.need(network.need_index(pair.need));
    const std::string asks =
        need.activity.empty()
            ? ""
            : network.activity(ActivityIndex{*network.find(Entity::activity, need.activity)})
                  .organisation;
    return std::pair(volunteer.organisation, asks);
  };
  const Market free_market(network);
  const Plan before = solve(free_market);
  std::map<std::pair<std::string, std::string>, std::int32_t> lent;
  for (const PlannedPair& pair : before.pairs()) {
    const auto couple = organisation_of(pair);
    if (!couple.first.empty() && !couple.second.empty() && couple.first != couple.second)
      ++lent[couple];
  }
  REQUIRE_FALSE(lent.empty());
  MarketOptions options;
  for (const auto& [couple, pairs] : lent)
    options.lending.push_back({couple.first, couple.second, pairs / 2});
  for (const bool has_changes : {false, true}) {
    INFO("changes " << has_changes);
    if (has_changes) {
      options.before = solve(Market(network, standard_rules(), standard_points(), options));
      for (std::size_t i = 0; i < 20; ++i)
        options.forbidden.push_back(
            {options.before->pair(7 * i).volunteer, options.before->pair(7 * i).need});
      options.changes_at_most = 25;
    }
    const Market market(network, standard_rules(), standard_points(), options);
    const Plan plan = solve(market);
    const Verification verification = verify(plan, market);
    CHECK(verification.feasible);
    CHECK(verification.finding_count == 0);
    CHECK(verify(plan, market, {.exhaustive = true}).finding_count == 0);
    CHECK(plan.gap() * 50 <= plan.points());
    std::map<std::pair<std::string, std::string>, std::int32_t> now;
    for (const PlannedPair& pair : plan.pairs()) ++now[organisation_of(pair)];
    for (const LentPairs& limit : options.lending)
      CHECK(now[{limit.from, limit.to}] <= limit.pairs);
  }
}
