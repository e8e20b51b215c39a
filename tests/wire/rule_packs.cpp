#include "jiedui/wire/rule_packs.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace jiedui;
using namespace std::chrono_literals;

std::vector<Problem> problems_of(const std::string& text) {
  try {
    (void)parse_rule_pack(text, "pack.json");
  } catch (const InputError& error) {
    return error.problems();
  }
  return {};
}

/// A sound pack with a part of it replaced.
std::string pack(const std::string& rest = "", const std::string& source = "stars") {
  return "{\n\"format\": 1,\n\"id\": \"p\",\n\"version\": \"1\",\n\"title\": \"T\",\n"
         "\"place\": \"CN\",\n\"zone\": \"Asia/Shanghai\",\n\"valid_from\": \"2020-01-01\",\n"
         "\"sources\": [{\"parts\": [\"" +
         source + "\"], \"title\": \"S\", \"address\": \"\", \"status\": \"partial\"}]" + rest +
         "\n}\n";
}

}  // namespace

TEST_CASE("the shipped packs are read and say what their sources say", "[wire]") {
  const auto ids = shipped_rule_packs();
  CHECK(std::vector(ids.begin(), ids.end()) ==
        std::vector<std::string_view>{"cn-beijing-stars", "cn-guangdong-datong",
                                      "cn-nanjing-time-bank", "cn-stars-2012"});
  for (const auto id : ids) {
    const RulePack one = shipped_rule_pack(id);
    CHECK(one.id == id);
    CHECK(!one.sources.empty());
    CHECK(parse_rule_pack(rule_pack_text(id)) == one);
  }
  // Rule 6: 100, 300, 600, 1000 and 1500 hours, from the consultation draft.
  const RulePack stars = shipped_rule_pack("cn-stars-2012");
  std::vector<std::int64_t> hours;
  for (const StarLevel& level : stars.stars->levels) hours.push_back(level.least / 1h);
  CHECK(hours == std::vector<std::int64_t>{100, 300, 600, 1000, 1500});
  CHECK(!stars.counting.travel_counts);
  CHECK(stars.sources[0].note.find("consultation draft") != std::string::npos);
  // Rule 8.
  hours.clear();
  const RulePack beijing = shipped_rule_pack("cn-beijing-stars");
  for (const StarLevel& level : beijing.stars->levels) hours.push_back(level.least / 1h);
  CHECK(hours == std::vector<std::int64_t>{100, 200, 500, 800, 1000, 2000, 3000, 5000});
  // Rule 14 and mechanism D3.
  const RulePack tiers = shipped_rule_pack("cn-guangdong-datong");
  REQUIRE(tiers.approval.tiers.size() == 3);
  CHECK(tiers.approval.tiers[0].day_up_to == 8h);
  CHECK(tiers.approval.tiers[1].approver == Approver::parent_organisation);
  CHECK(tiers.approval.by_source[3] == Approver::organisation);
  CHECK(tiers.clock.pairs_per_day_max == 3);
  CHECK(tiers.supervision->registered_at_most == 900);
  CHECK(tiers.supervision->bound_included);
  // Rule 17.
  const RulePack bank = shipped_rule_pack("cn-nanjing-time-bank");
  CHECK(bank.time_bank->held == 1500h);
  CHECK(bank.time_bank->organisations_only_donate);
  CHECK_THROWS_AS(shipped_rule_pack("nowhere"), Error);
  CHECK_THROWS_AS(rule_pack_text("rule_pack.schema"), Error);
}

TEST_CASE("problems of a pack name line and field, all at once", "[wire]") {
  CHECK(problems_of(pack()).empty());
  const auto found =
      problems_of(pack(",\n\"stars\": {\"levels\": [\n{\"name\": \"a\", \"hours\": "
                       "0},\n{\"hours\": 5}]},\n\"x\": 1"));
  std::vector<std::string> places;
  for (const Problem& one : found)
    places.push_back(one.code + ' ' + std::to_string(one.row) + ' ' + one.column);
  std::sort(places.begin(), places.end());
  INFO(found.size());
  CHECK(std::count(places.begin(), places.end(), "field_invalid 11 /stars/levels/0/hours") == 1);
  CHECK(std::count(places.begin(), places.end(), "field_invalid 12 /stars/levels/1") >= 1);
  CHECK(std::any_of(found.begin(), found.end(),
                    [](const Problem& one) { return one.column.empty(); }));
}

TEST_CASE("what a schema cannot say is checked too", "[wire]") {
  const auto only = [](const std::string& text) {
    const auto found = problems_of(text);
    REQUIRE(found.size() == 1);
    return found[0].code + ' ' + std::to_string(found[0].row) + ' ' + found[0].column;
  };
  CHECK(only("{\n\"a\": 1,\n\"a\": 2}") == "json_invalid 3 ");
  CHECK(only("{\n\n\"a\": }") == "json_invalid 3 ");
  CHECK(only(std::string(100, '[')) == "json_invalid 1 ");
  CHECK(only(pack(",\n\"retention_years\": 10")) == "rule_source_missing 10 /retention_years");
  CHECK(only(pack(",\"stars\": {\"levels\": [{\"name\": \"a\", \"hours\": 5},\n{\"name\": \"b\","
                  " \"hours\": 5}]}")) == "levels_not_rising 10 /stars/levels/1");
  CHECK(only(pack(",\"approval\": {\"tiers\": [{\"day_hours_up_to\": 8, \"approver\":"
                  " \"automatic\"}]}",
                  "approval")) == "tiers_not_rising 9 /approval/tiers/0");
  CHECK(only(pack(",\"stars\": {\"levels\": [{\"name\": \"a\", \"hours\": 5},\n{\"name\": \"a\","
                  " \"hours\": 6}]}")) == "levels_not_rising 10 /stars/levels/1");
  CHECK(only(pack(
            ",\"stars\": {\"levels\": [{\"name\": \"a\", \"hours\": 5, \"registered_days\": 9},\n"
            "{\"name\": \"b\", \"hours\": 6}]}")) == "levels_not_rising 10 /stars/levels/1");
  CHECK(only(pack(
            ",\"approval\": {\"tiers\": [{\"day_hours_up_to\": 8, \"approver\": \"province\"},\n"
            "{\"approver\": \"organisation\"}]}",
            "approval")) == "tiers_not_rising 10 /approval/tiers/1");
  CHECK(only(pack(",\"caps\": {\"day_hours\": 20,\n\"week_hours\": 5}", "caps")) ==
        "week_below_day 10 /caps/week_hours");
  std::string verified = pack();
  verified.replace(verified.find("partial"), 7, "verified");
  CHECK(only(verified) == "rule_source_missing 9 /sources/0/address");
  CHECK(only(pack(",\"valid_to\": \"2019-12-31\"")) == "period_invalid 9 /valid_to");
  CHECK(only(pack(",\"valid_to\": \"2021-02-30\"")) == "date_invalid 9 /valid_to");
  std::string elsewhere = pack();
  elsewhere.replace(elsewhere.find("Asia/Shanghai"), 13, "Asia/Nowhere");
  CHECK(only(elsewhere) == "zone_unknown 7 /zone");
  CHECK_THROWS_AS(parse_rule_pack(std::string(rule_pack_bytes_max + 1, ' ')), Error);
}
