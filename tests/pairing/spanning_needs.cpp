// Needs that take several slots in a row, or a time across a cut (MarketOptions::span_slots).

#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "brute_force.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "made_town/made_town.hpp"
#include "support/run.hpp"

using namespace jiedui;

namespace {

constexpr Position here{289'405'180, 1'188'955'180};
constexpr std::int64_t hour = 3600;

std::vector<Window> windows_of(const std::vector<std::string>& terms) {
  std::vector<Window> windows;
  for (const std::string& term : terms) {
    const auto parsed = parse_window(term);
    windows.insert(windows.end(), parsed->begin(), parsed->end());
  }
  return windows;
}

class Town {
 public:
  void add_volunteer(const std::vector<std::string>& availability, std::int64_t capacity = 3) {
    builder_.add(Volunteer{.id = "v" + std::to_string(volunteers_++),
                           .position = here,
                           .skills = {{"company", 3}},
                           .birth_year = YearRange{1990, 1990},
                           .availability = windows_of(availability),
                           .capacity = capacity,
                           .registered_since = parse_date("2026-01-01")});
  }
  void add_need(const std::vector<std::string>& windows, std::int64_t minutes,
                std::int64_t demand = 1, std::int64_t tier = 1, const std::string& part_of = "") {
    builder_.add(Need{.id = "n" + std::to_string(needs_++),
                      .item = "A1",
                      .position = here,
                      .windows = windows_of(windows),
                      .duration_minutes = minutes,
                      .demand = demand,
                      .tier = tier,
                      .part_of = part_of});
  }
  Market market(MarketOptions options) const {
    return Market(builder_.build(), standard_rules(), standard_points(), std::move(options));
  }
  Market market() const { return market({.span_slots = true}); }

 private:
  NetworkBuilder builder_;
  int volunteers_ = 0, needs_ = 0;
};

std::string refused(const Town& town, MarketOptions options) {
  try {
    town.market(std::move(options));
  } catch (const Error& error) {
    CHECK_FALSE(error.parts().way_out.empty());
    return error.code();
  }
  return "none";
}

std::string times_of(const PlannedPair& pair) {
  return pair.begins && pair.ends ? format(*pair.begins) + " to " + format(*pair.ends) : "";
}

/// No two pairs of one volunteer are at the same time, by their times alone.
bool has_overlap(const Plan& plan) {
  std::map<std::string, std::vector<std::pair<Instant, Instant>>> visits;
  for (const PlannedPair& pair : plan.pairs())
    if (pair.begins) visits[pair.volunteer].emplace_back(*pair.begins, *pair.ends);
  for (auto& [volunteer, times] : visits) {
    std::sort(times.begin(), times.end());
    for (std::size_t i = 1; i < times.size(); ++i)
      if (times[i].first < times[i - 1].second) return true;
  }
  return false;
}

/// The runs that times of the horizon, minute by minute, touch, but for those that hold another.
std::vector<std::uint32_t> runs_minute_by_minute(const Market& market, VolunteerIndex volunteer,
                                                 NeedIndex need) {
  const Network& network = market.network();
  const auto open = [&](std::span<const Window> windows) {
    return open_intervals(windows, market.from(), market.until());
  };
  const auto common = intersection(open(network.needs().windows[need.value()]),
                                   open(network.volunteers().availability[volunteer.value()]));
  const std::int64_t duration = network.needs().duration_minutes[need.value()] * 60;
  constexpr std::int64_t zone = 8 * hour;                     // Asia/Shanghai
  std::set<std::pair<std::uint32_t, std::uint32_t>> touched;  // first and last slot
  for (const Interval& part : common)
    for (std::int64_t at = part.begin; at + duration <= part.end; at += 60) {
      std::pair<std::uint32_t, std::uint32_t> run{~0U, 0};
      for (std::uint32_t slot = 0; slot < market.slots().size(); ++slot) {
        const Slot& stretch = market.slots()[slot];
        if (stretch.begin >= at + duration - zone || stretch.end <= at - zone) continue;
        run = {std::min(run.first, slot), std::max(run.second, slot)};
      }
      touched.insert(run);
    }
  std::vector<std::uint32_t> numbers;
  for (const auto& run : touched) {
    const bool holds_another = std::any_of(touched.begin(), touched.end(), [&](const auto& other) {
      return other != run && run.first <= other.first && other.second <= run.second;
    });
    const auto slots = static_cast<std::uint32_t>(market.slots().size());
    if (!holds_another) numbers.push_back(run.first + (run.second - run.first) * slots);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string random_window(std::mt19937_64& random) {
  const auto draw = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  const int begin = draw(0, 44);
  const int end = begin + draw(2, std::min(24, 96 - begin));
  const auto clock = [](int half_hours) {
    const std::string hours = std::to_string(half_hours / 2);
    return (hours.size() == 1 ? "0" : "") + hours + (half_hours % 2 == 0 ? ":00" : ":30");
  };
  return "2026-03-0" + std::to_string(draw(2, 3)) + " " + clock(begin) + "-" + clock(end);
}

Town random_town(std::mt19937_64& random) {
  const auto draw = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random);
  };
  Town town;
  for (int v = draw(1, 3); v > 0; --v) {
    std::vector<std::string> availability;
    for (int windows = draw(0, 3); windows > 0; --windows)
      availability.push_back(random_window(random));
    town.add_volunteer(availability, draw(1, 3));
  }
  for (int n = draw(1, 5); n > 0; --n) {
    std::vector<std::string> windows;
    for (int count = draw(1, 2); count > 0; --count) windows.push_back(random_window(random));
    town.add_need(windows, draw(1, 16) * 30, draw(1, 2), draw(1, 2));
  }
  return town;
}

}  // namespace

TEST_CASE("a need longer than a slot takes several", "[pairing]") {
  Town town;
  town.add_volunteer({});
  town.add_need({"2026-03-02 10:00-17:00"}, 240);
  const Market narrow = town.market({});
  CHECK(narrow.needs_without_slot().empty());  // the afternoon holds it
  town.add_need({"2026-03-02 10:00-15:00"}, 240, 1, 2);
  CHECK(solve(town.market({})).needs_without_slot() == std::vector<std::string>{"n1"});

  const Market market = town.market();
  CHECK(market.needs_without_slot().empty());
  const std::uint32_t morning_and_noon = 0 + 1 * 3;
  CHECK(market.candidates(VolunteerIndex{0}, NeedIndex{1}).front().slot == morning_and_noon);
  const Plan plan = solve(market);
  CHECK(plan.is_optimal());
  CHECK(verify(plan, market));
  // Both take the afternoon: one volunteer can serve one of them.
  CHECK(plan.size() == 1);
  CHECK(plan.pair(0).need == "n0");
  town.add_volunteer({});
  const Market two = town.market();
  const Plan both = solve(two);
  CHECK(verify(both, two));
  REQUIRE(both.size() == 2);
  CHECK(times_of(both.pair(0)) == "2026-03-02T04:00:00Z to 2026-03-02T08:00:00Z");
  CHECK(times_of(both.pair(1)) == "2026-03-02T02:00:00Z to 2026-03-02T06:00:00Z");
  CHECK(both.data().pairs[1].slot == morning_and_noon);
}

TEST_CASE("a pair takes the time across a cut only where no slot suits both", "[pairing]") {
  Town town;
  town.add_volunteer({});                          // v0: all day
  town.add_volunteer({"2026-03-02 11:00-13:00"});  // v1: around noon
  town.add_need({"2026-03-02 09:00-17:00"}, 120);
  const Market market = town.market();
  const auto slots = [&](std::uint32_t v) {
    std::vector<std::uint32_t> found;
    for (const auto& candidate : market.candidates(VolunteerIndex{v}, NeedIndex{0}))
      found.push_back(candidate.slot);
    return found;
  };
  CHECK(slots(0) == std::vector<std::uint32_t>{0, 1});
  CHECK(slots(1) == std::vector<std::uint32_t>{3});
  const auto time = market.time_of(VolunteerIndex{1}, NeedIndex{0}, 3);
  REQUIRE(time);
  CHECK(format(time->first) == "2026-03-02T03:00:00Z");
  CHECK_FALSE(market.time_of(VolunteerIndex{0}, NeedIndex{0}, 3));
  CHECK_FALSE(market.time_of(VolunteerIndex{0}, NeedIndex{0}, 8));  // beyond the horizon
  CHECK_FALSE(market.time_of(VolunteerIndex{0}, NeedIndex{0}, solver::Candidate::no_slot));
  CHECK(town.market({}).candidates(VolunteerIndex{1}, NeedIndex{0}).empty());
  CHECK(town.market({}).reasons_against(VolunteerIndex{1}, NeedIndex{0}).front().code ==
        "availability");
}

TEST_CASE("runs are those that a look at every minute finds", "[pairing]") {
  std::mt19937_64 random(test::seed());
  std::int64_t long_runs = 0;
  for (std::int64_t run = 0; run < test::scaled(400); ++run) {
    INFO("run " << run);
    const Town town = random_town(random);
    MarketOptions options{.span_slots = true};
    if (run % 3 == 0) options.slot_cuts = {6 * 3600, 9 * 3600, 12 * 3600, 15 * 3600, 18 * 3600};
    if (run % 3 == 1) options.slot_cuts.clear();
    const Market market = town.market(options);
    const solver::Instance instance = market.instance();
    CHECK_NOTHROW(solver::check(instance));
    for (std::uint32_t n = 0; n < market.need_count(); ++n)
      for (std::uint32_t v = 0; v < market.volunteer_count(); ++v) {
        std::vector<std::uint32_t> found;
        for (const auto& candidate : market.candidates(VolunteerIndex{v}, NeedIndex{n})) {
          found.push_back(candidate.slot);
          const auto time = market.time_of(VolunteerIndex{v}, NeedIndex{n}, candidate.slot);
          REQUIRE(time);
          const auto of = test::slots_of(instance, candidate.slot);
          CHECK(market.slots()[of.front()].begin <= time->first.time_since_epoch().count());
          CHECK(time->second.time_since_epoch().count() <= market.slots()[of.back()].end);
          long_runs += of.size() > 1 ? 1 : 0;
        }
        REQUIRE(found == runs_minute_by_minute(market, VolunteerIndex{v}, NeedIndex{n}));
        std::vector<std::uint32_t> listed;
        for (const auto& candidate : instance.candidates_of(n))
          if (candidate.volunteer == v) listed.push_back(candidate.slot);
        REQUIRE(listed == found);
      }
  }
  CHECK(long_runs > 0);
}

TEST_CASE("plans with spanning needs: value and bound embrace the best", "[pairing]") {
  std::mt19937_64 random(1320);
  std::int64_t best = 0;
  std::int64_t optimal = 0;
  std::int64_t spanning = 0;
  const std::int64_t runs = test::scaled(1'500);
  for (std::int64_t run = 0; run < runs; ++run) {
    INFO("run " << run);
    const Market market = random_town(random).market();
    const solver::Instance instance = market.instance();
    if (instance.candidates.size() > 22) {
      ++best;
      ++optimal;
      continue;
    }
    const Plan plan = solve(market);
    const test::BruteForce brute(instance);
    const OptimalityProof& proof = plan.proof();
    const solver::Weights weights{proof.tiers, proof.step, proof.bonuses};
    CHECK(plan.bound() >= test::weight_of(brute.best(), weights));
    CHECK(plan.value() <= test::weight_of(brute.best(), weights));
    const Verification verification = verify(plan, market);
    INFO((verification.findings.empty() ? "" : verification.findings.front().code));
    REQUIRE(verification.feasible);
    REQUIRE(verification.finding_count == 0);
    REQUIRE(verify(plan, market, {.exhaustive = true}).finding_count == 0);
    REQUIRE_FALSE(has_overlap(plan));
    best += plan.value() == test::weight_of(brute.best(), weights) ? 1 : 0;
    optimal += plan.is_optimal() ? 1 : 0;
    for (const PlanData::Entry& entry : plan.data().pairs)
      spanning += entry.slot != solver::Candidate::no_slot && entry.slot >= market.slots().size();
  }
  CHECK(best * 100 >= runs * 99);
  CHECK(optimal * 100 >= runs * 98);
  CHECK(spanning > runs / 10);
}

TEST_CASE("pins take slots that do not overlap", "[pairing]") {
  Town town;
  town.add_volunteer({});
  town.add_need({"2026-03-02 09:00-17:00"}, 120);
  town.add_need({"2026-03-02 10:00-15:00"}, 240);  // morning and afternoon
  town.add_need({"2026-03-02 19:00-21:00"}, 60);
  town.add_need({"2026-03-02 17:30-18:30"}, 60);  // afternoon and evening
  const auto options = [](std::vector<PairName> pins) {
    return MarketOptions{.span_slots = true, .pinned = std::move(pins)};
  };
  CHECK(refused(town, options({{"v0", "n0"}, {"v0", "n1"}})) == "pin_infeasible");
  CHECK(refused(town, options({{"v0", "n2"}, {"v0", "n3"}})) == "pin_infeasible");
  // The first one moves to the morning.
  const Market market = town.market(options({{"v0", "n0"}, {"v0", "n3"}}));
  const Plan plan = solve(market);
  CHECK(verify(plan, market));
  CHECK(plan.size() == 2);
  CHECK_FALSE(has_overlap(plan));
  CHECK(plan.data().pairs[0].slot == 0);
  // Beside a pin of two slots nothing fits that takes one of them.
  const Market whole = town.market(options({{"v0", "n1"}}));
  const Plan beside = solve(whole);
  CHECK(verify(beside, whole));
  CHECK(beside.size() == 2);
  CHECK(beside.pairs_of_need("n2").size() == 1);
}

TEST_CASE("what cannot be had together with spanning needs is refused by name", "[pairing]") {
  Town town;
  town.add_volunteer({});
  town.add_need({"2026-03-02 09:00-11:30"}, 60);
  CHECK(refused(town, {.span_slots = true}) == "none");
  CHECK_THROWS_WITH(Dispatcher(town.market()), Catch::Contains("limits_not_kept"));
  std::vector<std::int32_t> cuts;
  for (std::int32_t cut = 300; cut < 86'400; cut += 300) cuts.push_back(cut);
  CHECK(refused(town, {.days = 200, .slot_cuts = cuts, .span_slots = true}) == "none");
  CHECK(refused(town, {.days = 366, .slot_cuts = cuts, .span_slots = true}) == "option_invalid");
  // All lines of a need begin in one slot, wherever they end.
  town.add_need({"2026-03-02 11:00-12:30"}, 60);
  CHECK(refused(town, {.span_slots = true}) == "none");
  town.add_need({}, 60, 1, 1, "n1");
  CHECK(refused(town, {.span_slots = true}) == "none");
  town.add_need({"2026-03-02 11:30-13:00"}, 60, 1, 1, "n1");
  CHECK(refused(town, {.span_slots = true}) == "lines_with_slots");
}

TEST_CASE("lines of a need that span slots are filled by different people", "[pairing]") {
  Town town;
  for (int v = 0; v < 3; ++v) town.add_volunteer({});
  town.add_need({"2026-03-02 11:00-13:30"}, 120);
  town.add_need({"2026-03-02 11:00-12:30"}, 60, 2, 2, "n0");
  town.add_need({"2026-03-02 12:00-14:00"}, 60, 3, 3);
  const Market market = town.market();
  const Plan plan = solve(market);
  CHECK(verify(plan, market));
  CHECK(plan.pairs_of_need("n0").size() == 1);
  CHECK(plan.pairs_of_need("n1").size() == 2);
  CHECK_FALSE(has_overlap(plan));
}

TEST_CASE("only pairs that begin after the moment given, spanning or not", "[pairing]") {
  Town town;
  town.add_volunteer({});
  town.add_need({"2026-03-02 09:00-14:00", "2026-03-03 09:00-14:00"}, 240);
  const auto times = [&](const std::string& after) {
    const Plan plan =
        solve(town.market({.begin_after = *parse_instant(after), .span_slots = true}));
    return plan.size() == 0 ? "" : times_of(plan.pair(0));
  };
  CHECK(times("2026-03-02T00:59:59Z") == "2026-03-02T01:00:00Z to 2026-03-02T05:00:00Z");
  CHECK(times("2026-03-02T01:00:00Z") == "2026-03-03T01:00:00Z to 2026-03-03T05:00:00Z");
  CHECK(times("2026-03-03T01:00:00Z").empty());
}

TEST_CASE("verify finds what is wrong about spanning pairs", "[pairing]") {
  Town town;
  town.add_volunteer({});
  town.add_volunteer({"2026-03-02 09:00-14:00"});
  town.add_need({"2026-03-02 09:00-15:00"}, 240);       // two slots
  town.add_need({"2026-03-02 13:00-17:00"}, 60, 2, 2);  // the afternoon
  town.add_need({"2026-03-02 09:00-10:00"}, 60, 2, 2);  // the morning
  const Market market = town.market();
  const Plan plan = solve(market);
  REQUIRE(verify(plan, market));
  const auto codes = [&](auto change) {
    PlanData data = plan.data();
    change(data);
    std::set<std::string> found;
    for (const auto& finding : verify(Plan(data), market).findings) found.insert(finding.code);
    return found;
  };
  REQUIRE(plan.pair(0).need == "n0");
  const std::string busy = plan.pair(0).volunteer;
  CHECK(codes([](PlanData&) {}).empty());
  CHECK(codes([&](PlanData& data) {
          for (PlanData::Entry& entry : data.pairs)
            if (entry.pair.need == "n1") entry.pair.volunteer = busy;
        }).contains("slot_taken_twice"));
  CHECK(codes([](PlanData& data) { data.pairs[0].slot = 0; }).contains("pair_not_eligible"));
  CHECK(codes([](PlanData& data) { data.pairs[0].slot = 8; }).contains("pair_not_eligible"));
  CHECK(codes([](PlanData& data) {
          data.pairs[0].slot = 0xFFFF'FFFE;
        }).contains("pair_not_eligible"));
  REQUIRE_FALSE(plan.proof().prices.empty());
  CHECK_FALSE(codes([](PlanData& data) { data.proof.prices[0].price += 1; }).empty());
  CHECK_FALSE(codes([](PlanData& data) { data.proof.prices[0].price -= 1; }).empty());
  CHECK(codes([](PlanData& data) { data.proof.bonuses.clear(); }).contains("step_too_small"));
}

TEST_CASE("a made town with spanning needs", "[pairing]") {
  const Network network =
      made_town::network({.volunteers = 3'000, .needs = 900, .seed = 6, .communities = {}});
  MarketOptions options{.slot_cuts = {10 * 3600, 12 * 3600, 14 * 3600, 16 * 3600}};
  const Plan narrow = solve(Market(network, standard_rules(), standard_points(), options));
  options.span_slots = true;
  const Market market(network, standard_rules(), standard_points(), options);
  const Plan plan = solve(market);
  CHECK(verify(plan, market).feasible);
  CHECK(verify(plan, market).finding_count == 0);
  CHECK(verify(plan, market, {.exhaustive = true}).finding_count == 0);
  CHECK_FALSE(has_overlap(plan));
  CHECK(plan.filled() > narrow.filled());
  CHECK(plan.gap() * 200 <= plan.points());
  options.threads = 3;
  const Market again(network, standard_rules(), standard_points(), options);
  CHECK(solve(again, {.threads = 3}) == plan);
}
