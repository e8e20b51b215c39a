#include "jiedui/hours/supervision.hpp"

#include <catch2/catch.hpp>

#include "hours/served_records.hpp"
#include "jiedui/network/builder.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// Datong's (mechanism D3): no team, or registered ≤ 90 %, or active ≤ 50 %.
const SupervisionRules datong{.no_team = true, .registered_at_most = 900, .active_at_most = 500};

SupervisionItem judged(const UnitFigures& unit, const SupervisionRules& rules = datong) {
  const auto items = supervision_list(std::span(&unit, 1), rules);
  return items.empty() ? SupervisionItem{.figures = unit} : items[0];
}

UnitFigures unit(std::int64_t registered, std::int64_t active) {
  return {.unit = "U", .teams = 1, .expected = 1'000, .registered = registered, .active = active};
}

}  // namespace

TEST_CASE("Datong's list for supervision takes in its bounds", "[hours]") {
  CHECK(judged(unit(900, 451)).registration);  // 90 % exactly
  CHECK_FALSE(judged(unit(900, 451)).activity);
  CHECK_FALSE(judged(unit(901, 451)).registration);
  CHECK(judged(unit(902, 451)).activity);  // 50 % exactly
  CHECK_FALSE(judged(unit(902, 452)).activity);
  CHECK_FALSE(judged(unit(902, 452)).no_team);
  CHECK(judged({.unit = "U", .expected = 1'000, .registered = 1'000, .active = 1'000}).no_team);

  SupervisionRules below = datong;
  below.bound_included = false;
  CHECK_FALSE(judged(unit(900, 451), below).registration);
  CHECK(judged(unit(899, 451), below).registration);
  CHECK_FALSE(judged(unit(902, 451), below).activity);
  CHECK(judged(unit(902, 450), below).activity);

  // A rate of nothing is none; and large numbers do not overflow.
  CHECK_FALSE(judged({.unit = "U", .teams = 1}).registration);
  CHECK_FALSE(judged({.unit = "U", .teams = 1}).activity);
  constexpr std::int64_t many = 9'000'000'000'000'000'000;
  CHECK(judged({.unit = "U", .teams = 1, .registered = many, .active = many / 2}).activity);
  CHECK_FALSE(
      judged({.unit = "U", .teams = 1, .registered = many, .active = many / 2 + 1}).activity);
  CHECK_THROWS_AS(judged(unit(-1, 0)), Error);

  const std::vector<UnitFigures> units = {unit(950, 900), unit(900, 450), unit(990, 10)};
  const auto items = supervision_list(units, datong);
  REQUIRE(items.size() == 2);
  CHECK(std::get<std::vector<std::int64_t>>(supervision_table(items).find("registration")->cells) ==
        std::vector<std::int64_t>{1, 0});
}

TEST_CASE("activity is a share of the registered", "[hours]") {
  // Ningbo 2023: 62.59 % (rule 16), as 169 of 270 made up here.
  std::vector<std::string> registered;
  std::vector<ServedRecord> records;
  for (int i = 0; i < 270; ++i) {
    registered.push_back("V" + std::to_string(i));
    if (i < 169) records.push_back(served_on(registered.back(), "2023-06-01", 1));
  }
  records.push_back(served_on("stranger", "2023-06-01", 9));
  const Rate rate = activity_rate(records, {}, registered);
  CHECK(rate == Rate{169, 270});
  CHECK(rate.basis_points() == 6'259);
  CHECK_FALSE(Rate{}.basis_points());
  CHECK(Rate{1, 8}.basis_points() == 1'250);
  CHECK(Rate{1, 3}.basis_points() == 3'333);
  CHECK(Rate{2, 3}.basis_points() == 6'667);
  CHECK(Rate{1, 20'000}.basis_points() == 1);  // half a hundredth goes up

  // The pack sets how much it takes, and from what source.
  records[0].confirmed = Seconds{7'199};
  records[1].confirmed = Seconds{7'200};
  CHECK(active_volunteers(records, {.least = std::chrono::hours{2}}) ==
        std::vector<std::string>{"V1", "stranger"});
  records[2].source = RecordSource::clock;
  CHECK(active_volunteers(records, {.clocked_only = true}) == std::vector<std::string>{"V2"});
}

TEST_CASE("figures of places take in all below", "[hours]") {
  NetworkBuilder builder;
  builder.add(Place{.id = "P1", .level = 1});
  builder.add(Place{.id = "P2", .level = 2, .parent = "P1"});
  builder.add(Place{.id = "P3", .level = 2, .parent = "P1"});
  builder.add(Organisation{.id = "O1", .kind = OrganisationKind::team, .place = "P2"});
  builder.add(Organisation{.id = "BANK", .kind = OrganisationKind::enterprise, .place = "P3"});
  for (const char* id : {"V1", "V2", "V3"}) builder.add(Volunteer{.id = id, .place = "P2"});
  builder.add(Volunteer{.id = "V4", .place = "P3", .registered_since = day("2026-04-01")});
  const Network network = builder.build();
  // V1 serves elsewhere, but is a volunteer of P2.
  std::vector<ServedRecord> records = {served_on("V1", "2026-03-01", 1),
                                       served_on("V4", "2026-03-01", 1),
                                       served_on("V4", "2026-03-02", 1)};
  records[0].place = "P3";
  const auto units = place_figures(network, records, {}, day("2026-12-31"), {{"P2", 3}, {"P3", 2}});
  CHECK(units ==
        std::vector<UnitFigures>{{"P1", 1, 5, 4, 2}, {"P2", 1, 3, 3, 1}, {"P3", 0, 2, 1, 1}});
  CHECK(supervision_list(units, datong).size() == 3);
  const auto before = place_figures(network, records, {}, day("2026-03-31"));
  CHECK(before[2] == UnitFigures{"P3", 0, 0, 0, 0});  // V4 is not registered yet
  CHECK_THROWS_AS(place_figures(network, records, {}, day("2026-12-31"), {{"P9", 3}}), Error);
}

TEST_CASE("what each worker carries", "[hours]") {
  // Mechanism C1: 7 social workers for 3,000 and more households, 400 and more each.
  const WorkLoad load = work_load(3'000, 7, 400);
  CHECK(load == WorkLoad{3'000, 7, 428, 4, true});
  CHECK(load.each * load.workers + load.left == load.units);
  CHECK(Rate{3'000, 7}.basis_points() == 4'285'714);  // 428.57 each
  CHECK_FALSE(work_load(2'800, 7, 400).is_over);
  CHECK(work_load(2'801, 7, 400).is_over);
  CHECK_FALSE(work_load(2'801, 7).is_over);
  CHECK_THROWS_AS(work_load(1, 0), Error);
  CHECK_THROWS_AS(work_load(-1, 2), Error);
}

TEST_CASE("the span of supervisors", "[hours]") {
  // Mechanism C2: a social worker leads volunteers, some of whom lead others.
  NetworkBuilder builder;
  for (const char* id : {"W", "A", "B", "C", "D"}) builder.add(Volunteer{.id = id});
  const auto leads = [&](std::string id, std::string from, std::string to, Edge edge) {
    edge.id = std::move(id);
    edge.kind = EdgeKind::supervises;
    edge.from = std::move(from);
    edge.to = std::move(to);
    builder.add(std::move(edge));
  };
  leads("1", "W", "A", {.weight = 3});
  leads("2", "W", "B", {.weight = 1});
  leads("3", "A", "C", {});
  leads("4", "C", "W", {});  // a ring, by mistake
  leads("5", "B", "D", {.ends = day("2026-03-31")});
  const Network network = builder.build();
  CHECK(supervisor_spans(network, day("2026-03-31")) ==
        std::vector<SupervisorSpan>{{"A", 1, 4, {}, false},
                                    {"B", 1, 1, {}, false},
                                    {"C", 1, 4, {}, false},
                                    {"W", 2, 4, 1, true}});
  const auto later = supervisor_spans(network, day("2026-04-01"));
  REQUIRE(later.size() == 3);
  CHECK(later[2] == SupervisorSpan{"W", 2, 3, 1, true});
  CHECK(span_table(later).rows() == 3);
}
