// A Dispatcher as plain data, and back: what goes on is the same, and what is not proved is
// refused.

#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "day_checks.hpp"
#include "jiedui/network/builder.hpp"
#include "made_town/made_town.hpp"
#include "support/random_day.hpp"
#include "support/run.hpp"

using namespace jiedui;
using test::error_code;

namespace {

Network town(std::int64_t volunteers, std::int64_t needs, std::uint64_t seed,
             made_town::Kind kind) {
  return made_town::network(
      {.volunteers = volunteers, .needs = needs, .seed = seed, .kind = kind, .communities = {}});
}

struct Done {
  PlanChange change;
  std::string refusal;
  friend bool operator==(const Done&, const Done&) = default;
};
Done done(Dispatcher& day, const test::RandomDay::Operation& operation) {
  Done all;
  all.refusal = error_code([&] { all.change = operation(day); });
  return all;
}

/// A day after some operations.
Dispatcher some_day(std::uint64_t seed) {
  MarketOptions options;
  options.load_cost = {0, 200};
  Dispatcher day(Market(town(80, 40, seed, made_town::Kind::scarce), standard_rules(),
                        standard_points(), options));
  test::RandomDay random(seed, Instant(std::chrono::sys_days(day.market().from())));
  for (int step = 0; step < 30; ++step) done(day, random.next(day));
  return day;
}

}  // namespace

TEST_CASE("a Dispatcher made from data goes on like the one that gave them",
          "[pairing][dispatcher]") {
  std::mt19937_64 random(2711);
  for (std::int64_t run = 0; run < test::scaled(300); ++run) {
    INFO("run " << run);
    MarketOptions options;
    if (run % 3 == 0) options.load_cost = {0, 300};
    Rules rules = standard_rules();
    PointTerms points = standard_points();
    if (run % 5 == 1) points = points.weight(StandardTerm::nearness, 0);  // ties
    if (run % 10 == 3)
      rules = rules.add("length", "capacity and tier do not suit", [](const PairView& pair) {
        return (pair.network.volunteers().capacity[pair.volunteer.value()] +
                pair.network.needs().tier[pair.need.value()]) %
                   5 !=
               0;
      });
    if (run % 10 == 6)
      points = points.add("tier", 7, [](const PairView& pair) {
        return std::int64_t{pair.network.needs().tier[pair.need.value()]};
      });
    const auto kind = run % 2 == 0 ? made_town::Kind::roomy : made_town::Kind::scarce;
    Network network = town(60, 30, 900 + static_cast<std::uint64_t>(run), kind);
    if (run % 4 == 2) {
      options.least = {{network.volunteer(VolunteerIndex{0}).id, 1}};
      options.organisation_totals = {{network.organisation(OrganisationIndex{0}).id, 3}};
    }
    Dispatcher day(Market(network, rules, points, options));
    test::RandomDay operations(random(), Instant(std::chrono::sys_days(day.market().from())));
    const DispatcherTerms terms{.rules = rules, .points = points};
    for (int round = 0; round < 3; ++round) {
      for (int step = 0; step < 8; ++step) done(day, operations.next(day));
      const Plan before = day.plan();
      const DispatcherData data = day.data();
      REQUIRE(day.plan() == before);
      Dispatcher other(data, terms);
      REQUIRE(other.plan() == before);
      REQUIRE(other.clock() == day.clock());
      REQUIRE(verify(other.plan(), other.market()));
      for (int step = 0; step < 8; ++step) {
        INFO("round " << round << " step " << step);
        const Plan then = day.plan();
        const auto operation = operations.next(day);
        const Done here = done(day, operation);
        REQUIRE(done(other, operation) == here);
        REQUIRE(other.plan() == day.plan());
        REQUIRE(other.plan().proof() == day.plan().proof());
        test::check(other, here.change, then, step % 4 == 0);
      }
      const Plan now = day.plan();
      REQUIRE(other.propose(day.network().need(NeedIndex{0}).id, 3).size() ==
              day.propose(day.network().need(NeedIndex{0}).id, 3).size());
      REQUIRE(other.plan() == now);
    }
  }
}

TEST_CASE("data that do not prove their plan are refused", "[pairing][dispatcher]") {
  std::mt19937_64 random(2712);
  std::map<std::string, int> refused;
  for (std::int64_t run = 0; run < test::scaled(40); ++run) {
    INFO("run " << run);
    const DispatcherData sound = some_day(3'000 + static_cast<std::uint64_t>(run)).data();
    for (int change = 0; change < 25; ++change) {
      DispatcherData data = sound;
      const auto any = [&](auto& column) -> auto& {
        return column[random() % column.size()];
      };
      const int128 by = random() % 2 == 0 ? 1 : -data.step;
      switch (random() % 12) {
        case 0:
          any(data.price) += by;
          break;
        case 1:
          any(data.profit) += by;
          break;
        case 2:
          any(data.pairs).price += by;
          break;
        case 3:
          any(data.pairs).points += 1;
          break;
        case 4:
          any(data.pairs).slot = static_cast<std::uint32_t>(random() % 30);
          break;
        case 5:
          any(data.pairs).volunteer = static_cast<std::uint32_t>(random() % 100);
          break;
        case 6:
          data.pairs.erase(data.pairs.begin() +
                           static_cast<std::ptrdiff_t>(random() % data.pairs.size()));
          break;
        case 7:
          any(data.capacity) = static_cast<std::int32_t>(random() % 4);
          break;
        case 8:
          any(data.demand) = static_cast<std::int32_t>(random() % 4);
          break;
        case 9:
          data.step += by;
          break;
        case 10:
          data.demand_max = random() % 3 == 0 ? data.demand_max * 8 : data.demand_max - 1;
          break;
        default:
          any(data.pairs).hold = DispatcherData::Hold::pinned;
      }
      try {
        Dispatcher day(data);
        REQUIRE(verify(day.plan(), day.market()));
        const Plan before = day.plan();
        const PlanChange next = day.set_demand(day.network().need(NeedIndex{0}).id, 3);
        test::check(day, next, before, true);
      } catch (const Error& error) {
        INFO(error.what());
        ++refused[error.code()];
        REQUIRE((error.code() == "dispatcher_invalid" || error.code() == "dispatcher_not_proved" ||
                 error.code() == "demand_out_of_range"));
      }
    }
  }
  CHECK(refused["dispatcher_invalid"] > 0);
  CHECK(refused["dispatcher_not_proved"] > 0);
}

TEST_CASE("what a Dispatcher is restored with must be what it was made with",
          "[pairing][dispatcher]") {
  Dispatcher day = some_day(5);
  const DispatcherData data = day.data();
  const auto code = [&](const DispatcherTerms& terms) {
    return error_code([&] { Dispatcher(data, terms); });
  };
  CHECK(code({}).empty());
  CHECK(code({.rules = standard_rules().without(StandardRule::wish)}) == "terms_differ");
  CHECK(code({.points = standard_points().weight(StandardTerm::level, 2)}) == "terms_differ");
  CHECK(code({.roads = RoadGraph{}}) == "terms_differ");
  const auto none = [](const PairView& /*pair*/) { return true; };
  CHECK(code({.rules = standard_rules().add("own", "mine", none)}) == "terms_differ");

  PairColumns pairs{.volunteer = {0}, .need = {0}, .points = {5}, .slot = {}};
  Dispatcher of_arrays(ExplicitMarket(pairs, {1}, {1}));
  CHECK(error_code([&] { of_arrays.data(); }) == "market_explicit");
}

TEST_CASE("a declined pair stays declined when one of the two comes back",
          "[pairing][dispatcher]") {
  Dispatcher day(Market(town(80, 40, 8, made_town::Kind::roomy)));
  const PlannedPair pair = day.plan().pair(0);
  const Volunteer volunteer =
      day.network().volunteer(day.network().volunteer_index(pair.volunteer));
  const Need need = day.network().need(day.network().need_index(pair.need));
  const auto may_serve = [&](const Dispatcher& at) {
    const Market market = at.market();
    return !market.candidates(market.volunteer_index(pair.volunteer), market.need_index(pair.need))
                .empty();
  };
  REQUIRE(may_serve(day));
  day.decline(pair.volunteer, pair.need);
  REQUIRE_FALSE(may_serve(day));
  const bool volunteer_first = GENERATE(true, false);
  const bool need_leaves = GENERATE(true, false);
  day.withdraw_volunteer(pair.volunteer);
  if (need_leaves) day.withdraw_need(pair.need);
  Dispatcher other(day.data());
  Operations refused;
  refused.add_volunteer(volunteer).confirm("nobody", "nothing");
  for (Dispatcher* at : {&day, &other}) {
    CHECK(error_code([&] { at->apply(refused); }) == "id_unknown");
    if (need_leaves && !volunteer_first) at->add_need(need);
    at->add_volunteer(volunteer);
    if (need_leaves && volunteer_first) at->add_need(need);
    CHECK_FALSE(may_serve(*at));
    CHECK(verify(at->plan(), at->market()));
  }
}

TEST_CASE("the clock closes the same needs whether or not the market is made anew",
          "[pairing][dispatcher]") {
  const Network network = town(60, 60, 12, made_town::Kind::roomy);
  const auto one = [](const PairView& /*pair*/) { return std::int64_t{1}; };
  Dispatcher standard{Market(network)};
  Dispatcher own{Market(network, standard_rules(), standard_points().add("one", 1, one))};
  std::vector<std::string> closed;
  for (Dispatcher* day : {&standard, &own}) {
    // Rows that go make the numbers of a new market others than before.
    for (std::uint32_t n = 0; n < 60; n += 2) day->withdraw_need(network.need(NeedIndex{n}).id);
    const Instant end =
        Instant(std::chrono::sys_days(day->market().until())) + std::chrono::days(2);
    const PlanChange change = day->advance(end);
    CHECK_FALSE(change.closed.empty());
    if (day == &own) CHECK(change.closed == closed);
    closed = change.closed;
    for (const std::string& need : closed)
      CHECK(day->market().limits().demand[day->market().need_index(need).value()] ==
            static_cast<std::int32_t>(day->plan().pairs_of_need(need).size()));
  }
}
