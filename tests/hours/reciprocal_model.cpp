// Reciprocal service against a plain model: whatever is asked, the books say what the model says.

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "hours/hours_books.hpp"
#include "jiedui/hours/reciprocal_service.hpp"
#include "support/error_code.hpp"
#include "support/run.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;
using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr std::array<const char*, 3> families{"F-1", "F-2", "F-3"};
constexpr std::array<const char*, 2> venues{"O-1", "O-2"};
const Instant given = utc("2026-02-20T02:00:00Z");
constexpr seconds wait = 24h * 3;

/// The same rules in the plainest form: lists that are searched from end to end.
struct Model {
  struct Plan {
    int family;
    VenueSession session;
    seconds amount;
    enum { open, settled, cancelled, expired } state = open;
    seconds served{0};
    Instant due() const { return session.interval.ends + wait; }
    bool stands() const { return state == open || state == settled; }
  };
  struct Promise {
    seconds accrued{0}, waived{0};
  };
  std::map<std::pair<int, std::string>, Promise> promises;
  std::map<Id128, Plan> plans;

  ReciprocalFigures figures(int family, const std::string& venue) const {
    const auto found = promises.find({family, venue});
    if (found == promises.end()) return {};
    ReciprocalFigures sum{.accrued = found->second.accrued, .waived = found->second.waived};
    for (const auto& [id, plan] : plans) {
      if (plan.family != family || plan.session.venue != venue) continue;
      if (plan.state == Plan::open) sum.scheduled += plan.amount;
      sum.settled += plan.served;
    }
    sum.open = sum.accrued - sum.scheduled - sum.settled - sum.waived;
    return sum;
  }
  std::string refusal(int family, const VenueSession& session, Instant now) const {
    if (session.interval.ends + wait <= now) return "session_over";
    if (figures(family, session.venue).open == 0s) return "nothing_open";
    std::int32_t there = 0;
    for (const auto& [id, plan] : plans) {
      if (!plan.stands()) continue;
      const ServiceInterval &a = plan.session.interval, &b = session.interval;
      if (plan.family == family && a.begins < b.ends && b.begins < a.ends) return "family_busy";
      if (plan.session.id == session.id) ++there;
    }
    return there >= session.demand ? "session_full" : "";
  }
  void expire(Instant now) {
    for (auto& [id, plan] : plans)
      if (plan.state == Plan::open && plan.due() <= now) plan.state = Plan::expired;
  }
};

class Run {
 public:
  explicit Run(std::uint32_t start) : random_(start) {
    VenueTimetable timetable{.zone = "Europe/Berlin"};  // with a change of the clocks in March
    for (int day = 0; day < 7; ++day)
      for (const char* venue : venues)
        timetable.sessions.push_back({.id = venue + std::to_string(day),
                                      .venue = venue,
                                      .weekday = std::chrono::weekday{std::uint32_t(day)},
                                      .begins = 9h + 30min * below(4),
                                      .ends = (11h + 30min * below(30)) % 24h,
                                      .demand = 1 + int(below(2))});
    sessions_ = venue_sessions(timetable, {2026y / 3});
  }

  void step() {
    books_.clock.advance(1h * (1 + below(12)));
    const auto again = act();
    if (again && below(4) == 0) {
      const auto count = books_.ledger.books().head().count;
      REQUIRE(again());
      REQUIRE(books_.ledger.books().head().count == count);
    }
    for (int family = 0; family < 3; ++family)
      for (const char* venue : venues) {
        const ReciprocalFigures said = service_.figures(name(family), venue);
        REQUIRE(said == model_.figures(family, venue));
        REQUIRE(said.open >= 0s);
        REQUIRE(said.accrued == said.open + said.scheduled + said.settled + said.waived);
      }
  }
  void end() {
    for (const TrialBalance& line : books_.ledger.books().trial_balance()) {
      REQUIRE(line.sums_to_zero());
      REQUIRE(line.unit == ReciprocalService::unit());
    }
    REQUIRE(books_.ledger.books().verify().sound());
    for (const char* family : families) REQUIRE(books_.ledger.balance(family) == Hours{});
  }
  /// Outcomes that were met, by what was asked: a test of the test.
  const std::set<std::string>& met() const { return met_; }

 private:
  using Again = std::function<bool()>;
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(random_()) % n; }
  static const char* name(int family) { return families[static_cast<std::size_t>(family)]; }
  Instant now() const { return std::chrono::floor<seconds>(books_.clock.now()); }
  Id128 next() { return {9, ++last_}; }

  Again act() {
    const int family = static_cast<int>(below(3));
    const std::string venue = venues[static_cast<std::size_t>(below(2))];
    switch (below(9)) {
      case 0:
      case 1:
        return accrue(family, venue);
      case 2:
      case 3:
      case 4:
        return schedule(family);
      case 5:
      case 6:
        return answer();
      case 7:
        return waive(family, venue);
      default:
        return below(3) == 0 ? withdraw(family, venue) : expire();
    }
  }

  Again accrue(int family, const std::string& venue) {
    const Id128 id = next();
    const seconds amount{1 + below(20'000)};
    const auto ask = [=, this] {
      return service_.accrue(id, name(family), venue, amount, given, "p");
    };
    REQUIRE(ask() == Outcome::booked);
    model_.promises[{family, venue}].accrued += amount;
    return [=] { return ask() == Outcome::exists; };
  }

  Again schedule(int family) {
    const VenueSession session =
        sessions_[static_cast<std::size_t>(below(static_cast<std::int64_t>(sessions_.size())))];
    const Id128 id = next();
    const auto ask = [=, this] { return service_.schedule(id, name(family), session, "p"); };
    const std::string expected = model_.refusal(family, session, now());
    Scheduled scheduled;
    const std::string refused = error_code([&] { scheduled = ask(); });
    REQUIRE(refused == expected);
    met_.insert("schedule " + refused);
    if (!refused.empty()) return {};
    const seconds amount = std::min<seconds>(session.interval.ends - session.interval.begins,
                                             model_.figures(family, session.venue).open);
    REQUIRE(scheduled == Scheduled{Outcome::booked, amount});
    model_.plans.emplace(id, Model::Plan{.family = family, .session = session, .amount = amount});
    return [=] { return ask() == Scheduled{Outcome::exists, amount}; };
  }

  Again answer() {
    if (model_.plans.empty()) return {};
    auto at = model_.plans.begin();
    std::advance(at, below(static_cast<std::int64_t>(model_.plans.size())));
    const Id128 id = at->first;
    Model::Plan& plan = at->second;
    const bool comes = below(2) == 0;
    const seconds served{1 + below(10'000)};
    const auto settle = [=, this] { return service_.settle(id, served, "leader"); };
    const auto cancel = [=, this] { return service_.cancel(id); };
    const Settled settled = comes ? settle() : Settled{cancel(), 0s, 0s};
    met_.insert("answer " + std::string(to_string(settled.outcome)));
    if (plan.state == Model::Plan::open && plan.due() > now()) {
      REQUIRE(settled.outcome == Outcome::booked);
      plan.state = comes ? Model::Plan::settled : Model::Plan::cancelled;
      if (!comes) return [=] { return cancel() == Outcome::exists; };
      plan.served = std::min(served, plan.amount);
      REQUIRE(settled == Settled{Outcome::booked, plan.served, served - plan.served});
      return [=] { return settle() == Settled{Outcome::exists, settled.settled, settled.beyond}; };
    }
    REQUIRE(settled.outcome != Outcome::booked);
    if (plan.state == Model::Plan::open || plan.state == Model::Plan::expired)
      REQUIRE(settled.outcome == Outcome::claim_expired);
    return {};
  }

  Again waive(int family, const std::string& venue) {
    const Id128 id = next();
    std::optional<seconds> amount;
    if (below(3) != 0) amount = seconds{1 + below(9'000)};
    const auto ask = [=, this] {
      return service_.waive(id, name(family), venue, amount, "leader");
    };
    const Waived waived = ask();
    met_.insert("waive " + std::string(to_string(waived.outcome)));
    const seconds open = model_.figures(family, venue).open;
    if (!model_.promises.contains({family, venue})) {
      REQUIRE(waived.outcome == Outcome::account_not_found);
      return {};
    }
    if (!amount && open == 0s) {
      REQUIRE(waived.outcome == Outcome::amount_is_zero);
      return {};
    }
    if (amount.value_or(open) > open) {
      REQUIRE(waived.outcome == Outcome::debit_limit_exceeded);
      return {};
    }
    REQUIRE(waived == Waived{Outcome::booked, amount.value_or(open)});
    model_.promises[{family, venue}].waived += waived.amount;
    return [=] { return ask() == Waived{Outcome::exists, waived.amount}; };
  }

  Again withdraw(int family, const std::string& venue) {
    const Id128 id = next();
    const auto ask = [=, this] { return service_.withdraw(id, name(family), venue); };
    model_.expire(now());
    const ReciprocalFigures before = model_.figures(family, venue);
    const Waived waived = ask();
    met_.insert("withdraw " + std::string(to_string(waived.outcome)));
    const seconds rest = before.open + before.scheduled;
    if (rest == 0s) {
      REQUIRE((waived.outcome == Outcome::amount_is_zero ||
               waived.outcome == Outcome::account_not_found));
      return {};
    }
    REQUIRE(waived == Waived{Outcome::booked, rest});
    for (auto& [plan_id, plan] : model_.plans)
      if (plan.family == family && plan.session.venue == venue && plan.state == Model::Plan::open)
        plan.state = Model::Plan::cancelled;
    model_.promises[{family, venue}].waived += rest;
    return [=] { return ask() == Waived{Outcome::exists, rest}; };
  }

  Again expire() {
    model_.expire(now());
    (void)books_.ledger.advance();
    return {};
  }

  std::mt19937 random_;
  HoursBooks books_{"Europe/Berlin"};
  ReciprocalService service_{books_.ledger, "", wait};
  std::vector<VenueSession> sessions_;
  Model model_;
  std::uint64_t last_ = 0;
  std::set<std::string> met_;
};

}  // namespace

TEST_CASE("whatever is asked of it, reciprocal service says what a plain model says",
          "[reciprocal]") {
  std::set<std::string> met;
  const std::uint32_t start = seed();
  INFO("seed " << start);
  for (std::int64_t i = 0; i < scaled(20); ++i) {
    Run run(start + static_cast<std::uint32_t>(i));
    for (int step = 0; step < 120; ++step) run.step();
    run.end();
    met.insert(run.met().begin(), run.met().end());
  }
  if (scaled(20) < 20) return;  // too few to meet all
  for (const char* asked :
       {"schedule ", "schedule session_over", "schedule nothing_open", "schedule family_busy",
        "schedule session_full", "answer booked", "answer claim_expired", "answer claim_declined",
        "waive booked", "waive debit_limit_exceeded", "waive amount_is_zero", "withdraw booked"}) {
    CAPTURE(asked);
    CHECK(met.contains(asked));
  }
}

TEST_CASE("the order of independent movements does not matter", "[reciprocal]") {
  const VenueSession session{.id = "S",
                             .venue = "O-1",
                             .interval = {utc("2026-03-07T01:00:00Z"), utc("2026-03-07T03:00:00Z")},
                             .demand = 3};
  std::mt19937 random(seed());
  std::optional<Table> expected;
  for (std::int64_t run = 0; run < scaled(20); ++run) {
    HoursBooks books;
    ReciprocalService service(books.ledger);
    // Each family's own movements keep their order; those of the families mix.
    std::array<std::vector<std::function<Outcome()>>, 3> scripts;
    for (std::uint64_t f = 0; f < 3; ++f) {
      const std::string family = families[f];
      const auto hours = [f](int times) { return seconds{3'600 * times + 60 * int(f)}; };
      scripts[f] = {[=, &service] {
                      return service.accrue({f, 1}, family, "O-1", hours(5), given, "p");
                    },
                    [=, &service] {
                      return service.accrue({f, 2}, family, "O-2", hours(1), given, "p");
                    },
                    [=, &service] {
                      return service.schedule({f, 3}, family, session, "p").outcome;
                    },
                    [=, &service] {
                      return service.waive({f, 4}, family, "O-2", 30min).outcome;
                    },
                    [=, &service] {
                      return service.settle({f, 3}, hours(1)).outcome;
                    },
                    [=, &service] {
                      return service.withdraw({f, 5}, family, "O-1").outcome;
                    }};
    }
    std::vector<std::size_t> turns;
    for (std::size_t f = 0; f < 3; ++f) turns.insert(turns.end(), scripts[f].size(), f);
    std::shuffle(turns.begin(), turns.end(), random);
    std::array<std::size_t, 3> done{};
    for (const std::size_t f : turns) REQUIRE(scripts[f][done[f]++]() == Outcome::booked);
    const Table table = service.table();
    REQUIRE(table.rows() == 6);
    if (!expected) expected = table;
    REQUIRE(table == *expected);
  }
}
