// Random towns: what verify settles by bounds of its own is what it finds pair by pair.

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "support/run.hpp"

using namespace jiedui;

namespace {

class Town {
 public:
  explicit Town(std::mt19937_64& random) : random_(random) {}

  Network make() {
    spread_ = std::int32_t{1} << draw(12, 22);
    for (const char* organisation : {"o0", "o1"}) builder_.add(Organisation{.id = organisation});
    for (int b = 0; b < 10; ++b)
      builder_.add(Beneficiary{.id = "b" + std::to_string(b), .languages = languages()});
    for (const char* activity : {"a0", "a1"})
      builder_.add(Activity{.id = activity, .organisation = activity[1] == '0' ? "o0" : "o1"});
    for (int v = 0; v < 60; ++v) add_volunteer("v" + std::to_string(v));
    for (int n = 0; n < 25; ++n) add_need("n" + std::to_string(n));
    for (int e = 0; e < 12; ++e)
      builder_.add(Edge{.id = "e" + std::to_string(e),
                        .kind = EdgeKind::bond,
                        .from = "v" + std::to_string(draw(0, 59)),
                        .to = "b" + std::to_string(draw(0, 9)),
                        .starts = parse_date(happens(80) ? "2025-01-01" : "2027-01-01")});
    return builder_.build();
  }

 private:
  std::int64_t draw(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  bool happens(std::int64_t percent) { return draw(0, 99) < percent; }
  std::vector<std::string> languages() {
    std::vector<std::string> spoken;
    for (const char* language : {"cmn", "wuu", "csl"})
      if (happens(40)) spoken.emplace_back(language);
    return spoken;
  }
  std::optional<Position> home() {
    if (happens(8)) return std::nullopt;
    return Position{static_cast<std::int32_t>(300'000'000 + draw(-spread_, spread_)),
                    static_cast<std::int32_t>(1'200'000'000 + draw(-spread_, spread_))};
  }
  std::vector<Window> windows() {
    static const std::vector<std::string> kinds = {"Mon-Fri 08:00-12:00",    "daily 09:00-17:00",
                                                   "Sat 08:00-20:00",        "Tue 18:00-21:00",
                                                   "2026-03-04 09:00-11:00", "Wed 13:00-15:30"};
    std::vector<Window> list;
    for (const std::int64_t kind : {happens(70) ? draw(0, 3) : 6, happens(40) ? draw(4, 5) : 6})
      if (kind < 6) {
        const auto parsed = parse_window(kinds[static_cast<std::size_t>(kind)]);
        list.insert(list.end(), parsed->begin(), parsed->end());
      }
    return list;
  }

  void add_volunteer(std::string id) {
    Volunteer volunteer{.id = std::move(id), .position = home()};
    for (const char* skill : {"company", "haircut", "culture", "telephone_care"})
      if (happens(45)) volunteer.skills.push_back({skill, draw(1, 5)});
    if (happens(60)) volunteer.organisation = happens(50) ? "o0" : "o1";
    volunteer.training = {"telephone_care"};
    volunteer.languages = languages();
    volunteer.birth_year = YearRange{1980, 1980};
    volunteer.availability = windows();
    volunteer.capacity = draw(0, 3);
    volunteer.travel_mode = static_cast<TravelMode>(draw(0, 4));
    if (happens(50)) volunteer.reach_metres = std::int64_t{1} << draw(6, 16);
    if (happens(30)) volunteer.reach_minutes = draw(0, 60);
    if (happens(80))
      volunteer.registered_since = parse_date(happens(50) ? "2019-05-09" : "2026-02-28");
    builder_.add(std::move(volunteer));
  }
  void add_need(std::string id) {
    static const std::vector<std::string> items = {"A1", "A3", "E3", "C5"};
    Need need{.id = std::move(id), .item = items[static_cast<std::size_t>(draw(0, 3))]};
    need.position = home();
    if (happens(70)) need.beneficiary = "b" + std::to_string(draw(0, 9));
    if (happens(30)) need.activity = happens(50) ? "a0" : "a1";
    need.windows = windows();
    need.duration_minutes = draw(1, 8) * 30;
    need.demand = draw(1, 3);
    need.tier = draw(1, 4);
    if (happens(20)) need.least_level = draw(1, 4);
    builder_.add(std::move(need));
  }

  std::mt19937_64& random_;
  NetworkBuilder builder_;
  std::int32_t spread_ = 0;
};

Rules random_rules(std::mt19937_64& random) {
  Rules rules = standard_rules();
  for (const StandardRule rule : {StandardRule::skill, StandardRule::reach,
                                  StandardRule::availability, StandardRule::capacity})
    if (random() % 5 == 0) rules = rules.without(rule);
  if (random() % 6 == 0)
    rules = rules.add("odd", "of another parity", [](const PairView& pair) {
      return (pair.volunteer.value() + pair.need.value()) % 3 != 0;
    });
  return rules;
}

PointTerms random_points(std::mt19937_64& random) {
  PointTerms points = standard_points();
  if (random() % 2 == 0)
    for (std::size_t term = 0; term < standard_term_count; ++term)
      points = points.weight(static_cast<StandardTerm>(term),
                             static_cast<std::int64_t>(random() % 7) - 2);
  if (random() % 8 == 0)
    points = points.add("own", 3, [](const PairView& pair) {
      return static_cast<std::int64_t>(pair.volunteer.value() * 7 % 11) - 5;
    });
  return points;
}

void spoil(PlanData& data, std::mt19937_64& random) {
  const int128 change = static_cast<std::int64_t>(random() % 2001) - 1000;
  if (!data.proof.prices.empty() && random() % 2 == 0)
    data.proof.prices[random() % data.proof.prices.size()].price += change;
  else if (!data.proof.prices.empty() && random() % 3 == 0)
    data.proof.prices.erase(data.proof.prices.begin() +
                            static_cast<std::ptrdiff_t>(random() % data.proof.prices.size()));
  else if (!data.proof.profits.empty())
    data.proof.profits[random() % data.proof.profits.size()].profit += change;
}

}  // namespace

TEST_CASE("bounds settle what pair by pair is found", "[pairing]") {
  std::mt19937_64 random(77);
  std::int64_t rejected = 0;
  const std::int64_t runs = test::scaled(300);
  for (std::int64_t run = 0; run < runs; ++run) {
    const Network network = Town(random).make();
    const Market market(network, random_rules(random), random_points(random),
                        {.from = parse_date("2026-03-02")});
    PlanData data = solve(market).data();
    INFO("run " << run);
    for (int changes = 0; changes < 4; ++changes) {
      if (changes == 3 && random() % 2 == 0) {
        data.status = PlanStatus::interrupted;
        data.bound = data.value;
      }
      const Plan plan(data);
      const Verification bounded = verify(plan, market);
      const Verification one_by_one = verify(plan, market, {.exhaustive = true});
      const Verification threaded = verify(plan, market, {.threads = 3});
      INFO((bounded.findings.empty() ? "" : bounded.findings.front().code));
      if (changes == 0) REQUIRE(one_by_one);
      rejected += one_by_one ? 0 : 1;
      CHECK(bounded.findings == one_by_one.findings);
      CHECK(bounded.finding_count == one_by_one.finding_count);
      CHECK(bounded.feasible == one_by_one.feasible);
      CHECK(bounded.optimal == one_by_one.optimal);
      CHECK(threaded.findings == bounded.findings);
      CHECK(threaded.pairs_checked == bounded.pairs_checked);
      spoil(data, random);
    }
  }
  CHECK(rejected > runs);
}

TEST_CASE("verify says how far it is, from the calling thread, and can be stopped", "[pairing]") {
  std::mt19937_64 random(78);
  const Market market(Town(random).make(), standard_rules(), standard_points(),
                      {.from = parse_date("2026-03-02")});
  const Plan plan = solve(market);
  std::stop_source stop;
  stop.request_stop();
  for (const int threads : {1, 2}) {
    const Verification stopped = verify(
        plan, market, {.threads = threads, .control = {.stop = stop.get_token(), .progress = {}}});
    CHECK_FALSE(stopped.feasible);
    REQUIRE(stopped.findings.size() == 1);
    CHECK(stopped.findings.front().code == "interrupted");
  }
}
