// A Dispatcher through days on which people and needs come, go and are edited, and the clock moves:
// the plan stays as good as one solved anew, has the fewest changes, and its proof holds.

#include <random>

#include <catch2/catch.hpp>

#include "day_checks.hpp"
#include "jiedui/network/builder.hpp"
#include "made_town/made_town.hpp"
#include "support/run.hpp"

using namespace jiedui;
using test::error_code;

namespace {

/// Random operations of all kinds. Refusals are part of life, and change nothing.
class Day {
 public:
  Day(Market market, std::uint64_t seed)
      : dispatcher_(std::move(market)),
        network_(dispatcher_.network()),
        plan_(dispatcher_.plan()),
        random_(seed),
        now_(std::chrono::sys_days(dispatcher_.market().from())) {}

  void step(bool cold) {
    Operations operations;
    PlanChange change;
    std::string what;
    try {
      const std::uint64_t kind = random_() % 40;
      if (kind == 0) {
        now_ += std::chrono::hours(1 + random_() % 12);
        what = "advance";
        change = dispatcher_.advance(now_);
        REQUIRE(change.empty());
        for (const std::string& closed : change.closed)
          REQUIRE(network_.find(Entity::need, closed));
      } else {
        for (std::uint64_t count = kind < 8 ? 1 + random_() % 4 : 1; count > 0; --count)
          note(operations, what);
        change = kind < 8 ? dispatcher_.apply(operations) : one_by_one(operations);
      }
    } catch (const Error& error) {
      what += " refused: " + std::string(error.what());
      static const std::set<std::string> expected = {
          "pin_infeasible",   "pin_not_eligible",  "capacity_out_of_range", "demand_out_of_range",
          "pair_unknown",     "id_unknown",        "id_duplicate",          "pair_begun",
          "lines_with_slots", "reference_unknown", "input_invalid"};
      INFO(what);
      REQUIRE(expected.count(error.code()) == 1);
      REQUIRE(dispatcher_.plan() == plan_);
    }
    told_ += what + "; ";
    INFO(told_);
    test::check(dispatcher_, change, plan_, cold);
    plan_ = dispatcher_.plan();
    network_ = dispatcher_.network();
  }

 private:
  /// The operation alone, by the function of the same name.
  PlanChange one_by_one(const Operations& operations) {
    return last_ ? last_() : dispatcher_.apply(operations);
  }

  void note(Operations& operations, std::string& what) {
    const auto told = [&](std::string_view kind, const std::string& volunteer,
                          const std::string& need = "") {
      what += std::string(kind) + " " + volunteer + " " + need + ", ";
    };
    switch (random_() % 12) {
      case 0: {
        Volunteer row = volunteer();
        row.id = random_() % 4 == 0 ? row.id : "new-" + std::to_string(++added_);
        told("add", row.id);
        operations.add_volunteer(row);
        last_ = [this, row] { return dispatcher_.add_volunteer(row); };
        break;
      }
      case 1: {
        const Volunteer row = volunteer();
        told("edit", row.id);
        operations.edit_volunteer(row);
        last_ = [this, row] { return dispatcher_.edit_volunteer(row); };
        break;
      }
      case 2: {
        const std::string id = any_volunteer().id;
        told("withdraw", id);
        gone_.push_back(network_.volunteer(network_.volunteer_index(id)));
        operations.withdraw_volunteer(id);
        last_ = [this, id] { return dispatcher_.withdraw_volunteer(id); };
        break;
      }
      case 3: {
        Need row = need();
        row.id = random_() % 4 == 0 ? row.id : "new-" + std::to_string(++added_);
        told("add", "", row.id);
        operations.add_need(row);
        last_ = [this, row] { return dispatcher_.add_need(row); };
        break;
      }
      case 4: {
        const Need row = need();
        told("edit", "", row.id);
        operations.edit_need(row);
        last_ = [this, row] { return dispatcher_.edit_need(row); };
        break;
      }
      case 5: {
        const std::string id = any_need().id;
        told("withdraw", "", id);
        operations.withdraw_need(id);
        last_ = [this, id] { return dispatcher_.withdraw_need(id); };
        break;
      }
      case 6: {
        const auto [v, n] = pair();
        told("decline", v, n);
        operations.decline(v, n);
        last_ = [this, v = v, n = n] { return dispatcher_.decline(v, n); };
        break;
      }
      case 7: {
        const std::string v = any_volunteer().id;
        const std::string n = any_need().id;
        told("pin", v, n);
        operations.pin(v, n);
        last_ = [this, v, n] { return dispatcher_.pin(v, n); };
        break;
      }
      case 8: {
        const auto [v, n] = pair();
        told("unpin", v, n);
        operations.unpin(v, n);
        last_ = [this, v = v, n = n] { return dispatcher_.unpin(v, n); };
        break;
      }
      case 9: {
        const auto [v, n] = pair();
        told("confirm", v, n);
        operations.confirm(v, n);
        last_ = [this, v = v, n = n] { return dispatcher_.confirm(v, n); };
        break;
      }
      case 10: {
        const std::string v = any_volunteer().id;
        const auto pairs = static_cast<std::int32_t>(random_() % 4);
        told("capacity " + std::to_string(pairs), v);
        operations.set_capacity(v, pairs);
        last_ = [this, v, pairs] { return dispatcher_.set_capacity(v, pairs); };
        break;
      }
      default: {
        const std::string n = any_need().id;
        const auto people = static_cast<std::int32_t>(random_() % 4);
        told("demand " + std::to_string(people), "", n);
        operations.set_demand(n, people);
        last_ = [this, n, people] { return dispatcher_.set_demand(n, people); };
        break;
      }
    }
  }

  Volunteer any_volunteer() {
    return network_.volunteer(
        VolunteerIndex{static_cast<std::uint32_t>(random_() % network_.volunteer_count())});
  }
  Need any_need() {
    return network_.need(NeedIndex{static_cast<std::uint32_t>(random_() % network_.need_count())});
  }
  /// A row with some fields of others.
  Volunteer volunteer() {
    Volunteer row = any_volunteer();
    if (!gone_.empty() && random_() % 4 == 0) row = gone_[random_() % gone_.size()];
    const Volunteer other = any_volunteer();
    if (chance()) row.position = other.position, row.place = other.place;
    if (chance()) row.skills = other.skills;
    if (chance()) row.capacity = random_() % 4;
    if (chance()) row.availability = other.availability;
    if (chance()) row.travel_mode = other.travel_mode;
    if (chance()) row.reach_metres = 500 + static_cast<std::int64_t>(random_() % 8'000);
    if (chance()) row.organisation = other.organisation;
    if (chance()) row.languages = {"Welsh", "made-up-" + std::to_string(random_() % 3)};
    if (chance())
      row.availability = {{Window::Kind::weekly, static_cast<std::int32_t>(random_() % 7), 8 * 3600,
                           9 * 3600 + static_cast<std::int32_t>(random_() % 9) * 1800}};
    return row;
  }
  Need need() {
    Need row = any_need();
    const Need other = any_need();
    if (chance()) row.position = other.position, row.place = other.place;
    if (chance()) row.item = other.item;
    if (chance()) row.demand = 1 + static_cast<std::int64_t>(random_() % 3);
    if (chance())
      row.tier = 1 + static_cast<std::int64_t>(random_() % (random_() % 8 == 0 ? 16 : 4));
    if (chance()) row.windows = other.windows;
    if (chance()) row.duration_minutes = 30 + static_cast<std::int64_t>(random_() % 4) * 30;
    if (chance()) row.excluded = {any_volunteer().id};
    if (random_() % 8 == 0) row.language = "made-up-1";
    if (random_() % 8 == 0) row.part_of = has_parts ? other.id : "";
    return row;
  }
  /// A pair of the plan most of the time.
  std::pair<std::string, std::string> pair() {
    if (plan_.size() == 0 || random_() % 4 == 0) return {any_volunteer().id, any_need().id};
    const PlannedPair& pair = plan_.pair(random_() % plan_.size());
    return {pair.volunteer, pair.need};
  }
  bool chance() { return random_() % 3 == 0; }

 public:
  bool has_parts = false;

 private:
  std::string told_;
  Dispatcher dispatcher_;
  Network network_;
  Plan plan_;
  std::mt19937_64 random_;
  Instant now_;
  std::function<PlanChange()> last_;
  std::vector<Volunteer> gone_;
  std::int64_t added_ = 0;
};

Network town(std::int64_t volunteers, std::int64_t needs, std::uint64_t seed,
             made_town::Kind kind) {
  return made_town::network(
      {.volunteers = volunteers, .needs = needs, .seed = seed, .kind = kind, .communities = {}});
}

}  // namespace

TEST_CASE("days on which people and needs come and go stay optimal", "[pairing][dispatcher]") {
  std::mt19937_64 random(601);
  for (std::int64_t run = 0; run < test::scaled(1'000); ++run) {
    INFO("run " << run);
    const auto kind = run % 2 == 0 ? made_town::Kind::roomy : made_town::Kind::scarce;
    MarketOptions options;
    if (run % 3 == 0) options.load_cost = {0, 300};
    Rules rules = standard_rules();
    PointTerms points = standard_points();
    if (run % 10 == 3)
      rules.add("length", "the lengths of the ids do not suit", [](const PairView& pair) {
        return (pair.network.volunteers().capacity[pair.volunteer.value()] +
                pair.network.needs().tier[pair.need.value()]) %
                   5 !=
               0;
      });
    Day day(
        Market(town(60, 30, 700 + static_cast<std::uint64_t>(run), kind), rules, points, options),
        random());
    day.has_parts = run % 10 == 7;
    for (int step = 1; step <= 10; ++step) {
      INFO("step " << step);
      day.step(step % 2 == 0);
    }
  }
}

TEST_CASE("a town stays optimal while people and needs come and go", "[pairing][dispatcher]") {
  Day day(Market(town(1'000, 250, 9, made_town::Kind::clustered)), 602);
  for (std::int64_t step = 1; step <= test::scaled(200); ++step) {
    INFO("step " << step);
    day.step(step % 10 == 0);
  }
}
