// Random calls, drawn and shrunk by RapidCheck, against the rules written down a second time.

#include <cstdlib>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "ledger/against_model.hpp"
#include "survival/books_on_disk.hpp"
#include "survival/disk.hpp"

namespace {

using namespace jiedui;
using namespace jiedui::test;

/// What RapidCheck draws of one command. Fewer ids, accounts and amounts than could be, so that
/// commands meet; zeros are what it shrinks to.
struct Draw {
  int kind = 0;
  int wait = 0;  // milliseconds before it
  int linked = 0;
  std::uint64_t id = 0;
  std::uint64_t answers = 0;
  std::uint64_t debit = 0;
  std::uint64_t credit = 0;
  std::uint64_t amount = 0;
  int timeout = 0;
  int unit = 0;
  int limits = 0;  // none, of debits, of credits, both
};

void showValue(const Draw& draw, std::ostream& out) {
  out << "{" << draw.kind << " wait " << draw.wait << " linked " << draw.linked << " id " << draw.id
      << " answers " << draw.answers << " " << draw.debit << "→" << draw.credit << " amount "
      << draw.amount << " timeout " << draw.timeout << " unit " << draw.unit << " limits "
      << draw.limits << "}";
}

rc::Gen<Draw> any_draw() {
  using rc::gen::inRange;
  using rc::gen::set;
  const auto edge = rc::gen::element<std::uint64_t>(std::uint64_t{1} << 63U, u64_max - 1, u64_max);
  const auto amount =
      rc::gen::weightedOneOf<std::uint64_t>({{30, inRange<std::uint64_t>(0, 20)}, {1, edge}});
  return rc::gen::build<Draw>(set(&Draw::kind, inRange(0, 15)), set(&Draw::wait, inRange(0, 1'500)),
                              set(&Draw::linked, inRange(0, 5)),
                              set(&Draw::id, inRange<std::uint64_t>(0, 120)),
                              set(&Draw::answers, inRange<std::uint64_t>(0, 8)),
                              set(&Draw::debit, inRange<std::uint64_t>(0, 7)),
                              set(&Draw::credit, inRange<std::uint64_t>(0, 7)),
                              set(&Draw::amount, amount), set(&Draw::timeout, inRange(0, 9)),
                              set(&Draw::unit, inRange(0, 6)), set(&Draw::limits, inRange(0, 4)));
}

class Commands {
 public:
  Command of(const Draw& draw) {
    Command command = unlinked(draw);
    if (draw.linked == 4) command.link();
    if (draw.kind > 3 && draw.kind < 13) recent_.at(draw.id % recent_.size()) = command.id();
    return command;
  }

 private:
  Command unlinked(const Draw& draw) const {
    const Unit unit = draw.unit == 5 ? Unit::grams() : hours_unit;
    const Id128 own = id(8 + draw.id);
    const Id128 answered = recent_.at(draw.answers);
    AccountLimits limits;
    if (draw.limits % 2 == 1) limits.debits_over_credits_max = draw.amount;
    if (draw.limits / 2 == 1) limits.credits_over_debits_max = draw.amount;
    switch (draw.kind) {
      case 0:
      case 1:
        return OpenAccount{.id = id(draw.debit), .unit = unit, .limits = limits};
      case 2:
        return ChangeLimits{.id = own, .account = id(draw.debit), .limits = limits};
      case 3:
        if (draw.unit > 2) return Decline{.id = own, .claim = answered};
        return CloseAccount{.id = own, .account = id(draw.debit)};
      case 4:
      case 5:
      case 6:
      case 7:
        return Transfer{.id = own,
                        .debit = id(draw.debit),
                        .credit = id(draw.credit),
                        .amount = draw.amount,
                        .unit = unit,
                        .happened = at(5)};
      case 8:
      case 9:
      case 10:
        return Claim{.id = own,
                     .debit = id(draw.debit),
                     .credit = id(draw.credit),
                     .amount = draw.amount,
                     .unit = unit,
                     .timeout = std::chrono::seconds{draw.timeout},
                     .happened = at(5)};
      case 11:
        return Confirm{.id = own, .claim = answered};
      case 12:
        return Confirm{.id = own, .claim = answered, .amount = draw.amount};
      default:
        return Correct{.id = own, .entry = answered};
    }
  }
  std::array<Id128, 8> recent_{};
};

/// Posts what was drawn, a chain at a time, to the ledger and to the model, and compares both after
/// each. @return how many commands that were.
template <class J>
std::int64_t compare(J& journal, const std::vector<Draw>& draws,
                     std::map<Outcome, std::int64_t>& seen) {
  HandClock clock;
  Ledger ledger{journal, clock.clock()};
  Model model;
  Commands commands;
  std::int64_t last = 0;
  std::vector<Command> accounts;
  for (std::uint64_t account = 1; account <= 4; ++account)
    accounts.emplace_back(OpenAccount{.id = id(account), .unit = hours_unit});
  const std::int64_t begins = clock.now().time_since_epoch().count();
  RC_ASSERT(ledger.post(accounts) == post_to(model, last, begins, accounts));
  for (std::size_t i = 0; i < draws.size();) {
    clock.advance(std::chrono::milliseconds{draws[i].wait});
    const std::int64_t now = clock.now().time_since_epoch().count();
    std::vector<Command> call;
    do call.push_back(commands.of(draws[i]));
    while (draws[i++].linked == 4 && i < draws.size());
    const std::vector<Outcome> outcomes = ledger.post(call);
    RC_ASSERT(outcomes == post_to(model, last, now, call));
    for (const Outcome outcome : outcomes) ++seen[outcome];
    RC_ASSERT(difference(model, journal) == std::string());
    if (draws[i - 1].wait % 7 != 1) continue;
    const std::size_t expired = model.expire(std::max(now, last + 1));
    RC_ASSERT(ledger.advance() == expired);
    if (expired > 0) last = std::max(now - 1, last) + static_cast<std::int64_t>(expired);
    RC_ASSERT(difference(model, journal) == std::string());
  }
  const AuditReport report = ledger.verify();
  RC_ASSERT(report.sound());
  return static_cast<std::int64_t>(draws.size());
}

constexpr std::int64_t commands_each = 100;

/// Draws so many commands and gives them to `check`, as one property of RapidCheck.
template <class Check>
void check_commands(std::int64_t count, Check&& check) {
  std::map<Outcome, std::int64_t> seen;
  const std::int64_t cases = (count + commands_each - 1) / commands_each;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) params.seed = jiedui::test::seed();
  params.maxSuccess = static_cast<int>(cases);
  rc::detail::TestMetadata metadata;
  metadata.id = Catch::getResultCapture().getCurrentTestName();
  std::int64_t done = 0;
  const auto property = [&] {
    const auto draws = *rc::gen::container<std::vector<Draw>>(
        commands_each, rc::gen::resize(rc::kNominalSize, any_draw()));
    done += check(draws, seen);
  };
  const rc::detail::TestResult result = rc::detail::checkTestable(property, metadata, params);
  std::ostringstream said;
  rc::detail::printResultMessage(result, said);
  INFO("seed=" << params.seed << '\n' << said.str());
  REQUIRE(result.template is<rc::detail::SuccessResult>());
  REQUIRE(done >= count);
  if (count < 50'000) return;
  for (const Outcome outcome : outcomes_to_meet) {
    INFO(to_string(outcome));
    CHECK(seen[outcome] > 0);
  }
}

}  // namespace

TEST_CASE("random commands against the model, in memory", "[survival]") {
  check_commands(scaled(90'000, 9'000'000), [](const auto& draws, auto& seen) {
    MemoryJournal journal{Id128{7, 9}};
    return compare(journal, draws, seen);
  });
}

TEST_CASE("random commands against the model, in a store", "[survival]") {
  check_commands(scaled(10'000, 1'000'000), [](const auto& draws, auto& seen) {
    const Folder folder{memory_folder()};
    const Disk disk{folder.path()};
    Store store = Store::open_or_create(disk.folder() / "town.jiedui");
    return compare(store.journal(), draws, seen);
  });
}
