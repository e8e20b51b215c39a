#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "jiedui.h"

namespace {

struct Town {
  std::vector<std::int32_t> capacity = {1, 1};
  std::vector<std::int32_t> demand = {1, 1};
  std::vector<std::int32_t> tier = {1, 2};
  std::vector<std::uint32_t> volunteer = {0, 1, 0};
  std::vector<std::uint32_t> need = {0, 0, 1};
  std::vector<std::int64_t> points = {9, 4, 100};
  jiedui_pairs pairs() const {
    return {capacity.size(), capacity.data(),  demand.size(), demand.data(), tier.data(),
            points.size(),   volunteer.data(), need.data(),   points.data()};
  }
};

}  // namespace

TEST_CASE("pairs in, the best plan and its proof out", "[c_api]") {
  const Town town;
  const jiedui_pairs pairs = town.pairs();
  jiedui_market* market = nullptr;
  jiedui_plan* plan = nullptr;
  REQUIRE(jiedui_market_of_pairs(&pairs, &market, nullptr) == JIEDUI_OK);
  CHECK(jiedui_market_pair_count(market) == 3);
  REQUIRE(jiedui_solve(market, nullptr, nullptr, &plan, nullptr) == JIEDUI_OK);
  CHECK(jiedui_plan_is_optimal(plan) == 1);
  // Both needs are filled only if volunteer 1 takes need 0.
  REQUIRE(jiedui_plan_pair_count(plan) == 2);
  jiedui_pair pair;
  REQUIRE(jiedui_plan_pair(plan, 0, &pair, nullptr) == JIEDUI_OK);
  CHECK(std::string(pair.need) == "0");
  CHECK(std::string(pair.volunteer) == "1");
  CHECK(pair.points == 4);
  CHECK(pair.metres == -1);
  int proved = 0;
  REQUIRE(jiedui_verify(plan, market, &proved, nullptr) == JIEDUI_OK);
  CHECK(proved == 1);
  jiedui_error* error = nullptr;
  CHECK(jiedui_plan_pair(plan, 2, &pair, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "index_out_of_range");
  jiedui_error_free(error);
  jiedui_plan_free(plan);
  jiedui_market_free(market);
}

TEST_CASE("limits in, pins and who goes short out", "[c_api]") {
  const Town town;
  const jiedui_pairs pairs = town.pairs();
  const std::vector<std::int32_t> least = {1, 1};
  const std::vector<std::int64_t> load_cost = {3};
  const std::uint32_t pinned_volunteer = 0, pinned_need = 0;
  const std::int64_t pinned_points = 9;
  jiedui_limits limits = {};
  limits.least = least.data();
  limits.load_cost_count = load_cost.size();
  limits.load_cost = load_cost.data();
  limits.pinned_count = 1;
  limits.pinned_volunteer = &pinned_volunteer;
  limits.pinned_need = &pinned_need;
  limits.pinned_points = &pinned_points;
  jiedui_market* market = nullptr;
  jiedui_plan* plan = nullptr;
  REQUIRE(jiedui_market_of_limited_pairs(&pairs, &limits, &market, nullptr) == JIEDUI_OK);
  REQUIRE(jiedui_solve(market, nullptr, nullptr, &plan, nullptr) == JIEDUI_OK);
  // Volunteer 0 is held by the pin, and volunteer 1 has no other need.
  REQUIRE(jiedui_plan_pair_count(plan) == 1);
  jiedui_pair pair;
  REQUIRE(jiedui_plan_pair(plan, 0, &pair, nullptr) == JIEDUI_OK);
  CHECK(std::string(pair.volunteer) == "0");
  CHECK(pair.pinned == 1);
  REQUIRE(jiedui_plan_unmet_count(plan) == 1);
  jiedui_unmet unmet;
  REQUIRE(jiedui_plan_unmet(plan, 0, &unmet, nullptr) == JIEDUI_OK);
  CHECK(std::string(unmet.volunteer) == "1");
  CHECK(unmet.missing == 1);
  int proved = 0;
  REQUIRE(jiedui_verify(plan, market, &proved, nullptr) == JIEDUI_OK);
  CHECK(proved == 1);
  jiedui_error* error = nullptr;
  CHECK(jiedui_plan_unmet(plan, 1, &unmet, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "index_out_of_range");
  jiedui_error_free(error);
  jiedui_plan_free(plan);
  jiedui_market_free(market);

  const std::vector<std::uint32_t> slot = {0, JIEDUI_NONE, 0};
  const std::vector<std::int32_t> negative = {-1, 0};
  limits = {};
  limits.slot = slot.data();
  REQUIRE(jiedui_market_of_limited_pairs(&pairs, &limits, &market, nullptr) == JIEDUI_OK);
  jiedui_market_free(market);
  limits.load_before = negative.data();
  CHECK(jiedui_market_of_limited_pairs(&pairs, &limits, &market, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "option_invalid");
  jiedui_error_free(error);
  limits = {};
  limits.pinned_count = 1;
  CHECK(jiedui_market_of_limited_pairs(&pairs, &limits, &market, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "argument_missing");
  jiedui_error_free(error);
}

TEST_CASE("lending and changes are limited", "[c_api]") {
  const Town town;
  const jiedui_pairs pairs = town.pairs();
  const auto pairs_under = [&](const jiedui_limits& limits) {
    jiedui_market* market = nullptr;
    jiedui_plan* plan = nullptr;
    REQUIRE(jiedui_market_of_limited_pairs(&pairs, &limits, &market, nullptr) == JIEDUI_OK);
    REQUIRE(jiedui_solve(market, nullptr, nullptr, &plan, nullptr) == JIEDUI_OK);
    int proved = 0;
    REQUIRE(jiedui_verify(plan, market, &proved, nullptr) == JIEDUI_OK);
    CHECK(proved == jiedui_plan_is_optimal(plan));
    std::string found;
    for (std::size_t i = 0; i < jiedui_plan_pair_count(plan); ++i) {
      jiedui_pair pair;
      REQUIRE(jiedui_plan_pair(plan, i, &pair, nullptr) == JIEDUI_OK);
      found += std::string(pair.volunteer) + "-" + pair.need + " ";
    }
    jiedui_plan_free(plan);
    jiedui_market_free(market);
    return found;
  };
  CHECK(pairs_under({}) == "1-0 0-1 ");

  // Volunteer 1 is at home in organisation 5, need 0 is of organisation 4.
  const std::vector<std::uint32_t> from = {6, 5}, to = {4, 4}, home = {JIEDUI_NONE, 5},
                                   asking = {4, JIEDUI_NONE};
  const std::vector<std::int32_t> at_most = {2, 0};
  jiedui_limits lent = {};
  lent.lending_count = from.size();
  lent.lending_from = from.data();
  lent.lending_to = to.data();
  lent.lending_at_most = at_most.data();
  lent.home = home.data();
  lent.asking = asking.data();
  CHECK(pairs_under(lent) == "0-0 ");

  const std::int64_t changes = 0;
  const std::uint32_t volunteer = 0, need = 0;
  jiedui_limits kept = {};
  kept.before_count = 1;
  kept.before_volunteer = &volunteer;
  kept.before_need = &need;
  CHECK(pairs_under(kept) == "1-0 0-1 ");
  kept.changes_at_most = &changes;
  CHECK(pairs_under(kept) == "0-0 ");

  jiedui_error* error = nullptr;
  jiedui_market* market = nullptr;
  lent.home = nullptr;
  CHECK(jiedui_market_of_limited_pairs(&pairs, &lent, &market, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "array_length");
  jiedui_error_free(error);
  lent.lending_from = nullptr;
  CHECK(jiedui_market_of_limited_pairs(&pairs, &lent, &market, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "argument_missing");
  jiedui_error_free(error);
}

TEST_CASE("faults come out as codes, and nothing is given out", "[c_api]") {
  jiedui_error* error = nullptr;
  jiedui_network* network = nullptr;
  CHECK(jiedui_network_read_csv_folder("/no/such/folder", &network, &error) == JIEDUI_FAILED);
  CHECK(network == nullptr);
  CHECK(std::string(jiedui_error_message(error)).find("way out") != std::string::npos);
  jiedui_error_free(error);
  CHECK(jiedui_network_read_csv_folder(nullptr, &network, &error) == JIEDUI_FAILED);
  CHECK(std::string(jiedui_error_code(error)) == "argument_missing");
  jiedui_error_free(error);

  Town town;
  town.volunteer[1] = 7;
  const jiedui_pairs pairs = town.pairs();
  jiedui_market* market = nullptr;
  CHECK(jiedui_market_of_pairs(&pairs, &market, &error) == JIEDUI_FAILED);
  CHECK(market == nullptr);
  CHECK(std::string(jiedui_error_code(error)) == "index_out_of_range");
  jiedui_error_free(error);

  // Freeing and asking nothing does nothing.
  jiedui_error_free(nullptr);
  jiedui_network_free(nullptr);
  jiedui_market_free(nullptr);
  jiedui_plan_free(nullptr);
  CHECK(jiedui_plan_pair_count(nullptr) == 0);
  CHECK(std::string(jiedui_version()).find('.') != std::string::npos);
}
