#include "survival/scenarios.hpp"

#include <algorithm>
#include <array>

#include "jiedui/hours/attestation.hpp"
#include "jiedui/hours/time_bank.hpp"
#include "jiedui/network/builder.hpp"

namespace jiedui::test {

namespace {

using Number = std::uint64_t;

Network small_network() {
  const auto texts = [](std::initializer_list<const char*> cells) {
    TextColumn column;
    for (const char* cell : cells) column.push_back(cell);
    return column;
  };
  NetworkBuilder builder;
  builder.add(Entity::volunteer,
              Table{.name = "volunteers",
                    .columns = {{.name = "id", .cells = texts({"V-2", "V-1"})},
                                {.name = "skills", .cells = texts({"hair:2;repair", ""})},
                                {.name = "capacity", .cells = texts({"3", "1"})}}});
  builder.add(Entity::need, Table{.name = "needs",
                                  .columns = {{.name = "id", .cells = texts({"N-1"})},
                                              {.name = "item", .cells = texts({"A3"})},
                                              {.name = "demand", .cells = texts({"2"})}}});
  return builder.build();
}

Plan small_plan() {
  PlanData data;
  data.pairs = {{{.volunteer = "V-1", .need = "N-1", .points = Points{5}}, 4}};
  data.tiers = {{.tier = 1, .demand = 2, .filled = 1}};
  return Plan{data};
}

Transfer transfer_of(Number number) {
  return {.id = {10, number},
          .debit = id(1),
          .credit = id(2),
          .amount = 5,
          .unit = hours_unit,
          .happened = at(1'000),
          .reference = {11, number}};
}

Claim claim_of(Number number, std::int64_t timeout = 0) {
  return {.id = {12, number},
          .debit = id(2),
          .credit = id(3),
          .amount = 9,
          .unit = hours_unit,
          .timeout = std::chrono::seconds{timeout},
          .happened = at(1'000)};
}

ServiceRecord hour_of(Number number) {
  return {.id = {13, number},
          .volunteer = "V-" + std::to_string(number),
          .need = "N-" + std::to_string(number),
          .intervals = {{at(3'600), at(7'200)}}};
}

bool all_succeeded(const std::vector<Outcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), succeeded);
}

Ledger& books(SmallTown& town) {
  return town.store->books();
}
HoursLedger& hours(SmallTown& town) {
  return town.store->ledger();
}
void must(Outcome outcome) {
  if (!succeeded(outcome)) throw std::runtime_error("the town could not be prepared");
}

/// A verdict that the file cannot be read is as clean as an Error that says so.
bool judged(const AuditReport& report) {
  if (report.finding == Finding::unreadable)
    throw Error({.code = "store_corrupt", .place = "town.jiedui", .message = report.detail});
  return report.sound();
}

void nothing(SmallTown&, Number) {}
void book_claim(SmallTown& town, Number number) {
  must(books(town).post(claim_of(number)));
}
void book_hour(SmallTown& town, Number number) {
  must(hours(town).post(hour_of(number)));
}

void add_writing_of_books(std::vector<Scenario>& calls) {
  const auto add = [&](const char* name, auto prepare, auto run) {
    calls.push_back({.name = name, .prepare = prepare, .run = run, .writes = true});
  };
  add("post one", nothing, [](SmallTown& town, Number number) {
    return succeeded(books(town).post(transfer_of(number)));
  });
  add("post many", nothing, [](SmallTown& town, Number number) {
    std::vector<Command> commands;
    for (Number i = 0; i < 5; ++i) commands.emplace_back(transfer_of(10 * number + i));
    return all_succeeded(books(town).post(commands));
  });
  add("post a linked chain", nothing, [](SmallTown& town, Number number) {
    return all_succeeded(books(town).post(Batches::batch(100 + number, 3)));
  });
  add("open an account", nothing, [](SmallTown& town, Number number) {
    return succeeded(books(town).post(OpenAccount{.id = {14, number}, .unit = Unit::grams()}));
  });
  add("change limits", nothing, [](SmallTown& town, Number number) {
    return succeeded(books(town).post(
        ChangeLimits{.id = {15, number}, .account = id(6), .limits = {1'000 + number, {}}}));
  });
  add(
      "close an account",
      [](SmallTown& town, Number number) {
        must(books(town).post(OpenAccount{.id = {16, number}, .unit = hours_unit}));
      },
      [](SmallTown& town, Number number) {
        return succeeded(
            books(town).post(CloseAccount{.id = {17, number}, .account = {16, number}}));
      });
  add("claim", nothing,
      [](SmallTown& town, Number number) { return succeeded(books(town).post(claim_of(number))); });
  add("confirm", book_claim, [](SmallTown& town, Number number) {
    return succeeded(
        books(town).post(Confirm{.id = {18, number}, .claim = {12, number}, .amount = 4}));
  });
  add("decline", book_claim, [](SmallTown& town, Number number) {
    return succeeded(books(town).post(Decline{.id = {19, number}, .claim = {12, number}}));
  });
  add(
      "expire",
      [](SmallTown& town, Number number) {
        must(books(town).post(claim_of(number, 1)));
        town.clock.advance(std::chrono::seconds{5});
      },
      [](SmallTown& town, Number) { return books(town).advance() <= 1; });
  add(
      "correct",
      [](SmallTown& town, Number number) { must(books(town).post(transfer_of(number))); },
      [](SmallTown& town, Number number) {
        return succeeded(books(town).post(Correct{.id = {20, number}, .entry = {10, number}}));
      });
  add("a transaction of two calls", nothing, [](SmallTown& town, Number number) {
    LedgerTransaction transaction = books(town).begin();
    bool right = succeeded(transaction.post(transfer_of(number)));
    right = succeeded(transaction.post(claim_of(number))) && right;
    transaction.commit();
    return right;
  });
}

void add_writing_of_the_rest(std::vector<Scenario>& calls) {
  const auto add = [&](const char* name, auto prepare, auto run) {
    calls.push_back({.name = name, .prepare = prepare, .run = run, .writes = true});
  };
  add("post an hour", nothing,
      [](SmallTown& town, Number number) { return succeeded(hours(town).post(hour_of(number))); });
  add("claim an hour", nothing, [](SmallTown& town, Number number) {
    return succeeded(hours(town).claim(hour_of(number), std::chrono::hours{1}));
  });
  add(
      "confirm an hour",
      [](SmallTown& town, Number number) { must(hours(town).claim(hour_of(number))); },
      [](SmallTown& town, Number number) {
        return succeeded(hours(town).confirm(hour_of(number), {.by = "leader"}));
      });
  add("correct an hour", book_hour, [](SmallTown& town, Number number) {
    return succeeded(hours(town).correct(hour_of(number)));
  });
  add("erase a person", book_hour, [](SmallTown& town, Number number) {
    const std::string person = "V-" + std::to_string(number);
    return succeeded(hours(town).erase(person)) || !hours(town).account_of(person);
  });
  add("enrol in a time bank", nothing, [](SmallTown& town, Number number) {
    return succeeded(TimeBank(hours(town), {}).enrol({.id = "M-" + std::to_string(number)}));
  });
  add(
      "erase a member of a time bank",
      [](SmallTown& town, Number number) {
        TimeBank bank(hours(town), {});
        const std::string person = "V-" + std::to_string(number);
        must(bank.enrol({.id = person, .household = "H"}));
        must(bank.earn({21, number}, person, std::chrono::hours{2}, at(1'000)).outcome);
      },
      [](SmallTown& town, Number number) {
        const std::string person = "V-" + std::to_string(number);
        TimeBank bank(hours(town), {});
        return succeeded(hours(town).erase(person)) ||
               (!bank.member(person) && bank.pool() == bank.outstanding());
      });
  add("attest", book_hour, [](SmallTown& town, Number number) {
    const AttestationRequest request{.volunteer = "V-" + std::to_string(number),
                                     .period = std::chrono::year{1970},
                                     .issuer_id = "I",
                                     .issuer_name = "Issuer",
                                     .id = {22, number}};
    return attest(hours(town), request, SigningKey({7})).id == request.id;
  });
  add("save a network", nothing, [](SmallTown& town, Number) {
    town.store->save(town.network);
    return true;
  });
  add("save a plan", nothing, [](SmallTown& town, Number) {
    town.store->save(small_plan());
    return true;
  });
}

void add_reading(std::vector<Scenario>& calls) {
  const auto add = [&](const char* name, auto prepare, auto run) {
    calls.push_back({.name = name, .prepare = prepare, .run = run});
  };
  add("send a batch again", nothing, [](SmallTown& town, Number) {
    return books(town).post(Batches::batch(1, 4)) == std::vector<Outcome>(4, Outcome::exists);
  });
  add("balance", nothing,
      [](SmallTown& town, Number) { return books(town).balance(id(2)).credits_posted > 0; });
  add("past balance", nothing, [](SmallTown& town, Number) {
    return books(town).balance(id(2), at(4'000'000'000)) == books(town).balance(id(2));
  });
  add("statement", nothing, [](SmallTown& town, Number) {
    const AccountStatement said = books(town).statement(id(2), {at(0), at(4'000'000'000)});
    return !said.lines.empty() && said.closing == said.account.balance;
  });
  add("statement of hours", nothing, [](SmallTown& town, Number) {
    return hours(town).statement("V-0", {std::chrono::year{1970}}).lines.size() == 1;
  });
  add("find a record", nothing, [](SmallTown& town, Number) {
    const auto found = hours(town).find({13, 0});
    return found && found->need == "N-0";
  });
  add("trial balance", nothing, [](SmallTown& town, Number) {
    const auto lines = books(town).trial_balance();
    return lines.size() == 1 && lines[0].sums_to_zero();
  });
  add("read all entries", nothing, [](SmallTown& town, Number) {
    std::uint64_t count = 0;
    books(town).read_entries(
        1, u64_max, [&](const Entry& entry, const Hash256&) { return entry.number == ++count; });
    return count == books(town).head().count;
  });
  add("verify", nothing, [](SmallTown& town, Number) { return judged(town.store->verify()); });
  add("load a network", nothing,
      [](SmallTown& town, Number) { return town.store->load_network().volunteer_count() == 2; });
  add("load a plan", nothing,
      [](SmallTown& town, Number) { return town.store->load_plan().size() == 1; });
  add(
      "checkpoint",
      [](SmallTown& town, Number number) { must(books(town).post(transfer_of(number))); },
      [](SmallTown& town, Number) { return town.store->checkpoint(); });
}

void add_opening(std::vector<Scenario>& all) {
  const auto add = [&](const char* name, auto prepare, auto run) {
    all.push_back({.name = name, .prepare = prepare, .run = run, .opens = true, .stride = 5});
  };
  const auto close = [](SmallTown& town, Number) { town.store.reset(); };
  add("open", close, [](SmallTown& town, Number) {
    town.open();
    return town.store->books().head().count > 0;
  });
  add("open for reading", close, [](SmallTown& town, Number) {
    town.store.emplace(Store::open(town.path, StoreAccess::read_only));
    return town.store->books().head().count > 0;
  });
  add("verify a file", close,
      [](SmallTown& town, Number) { return judged(verify_store(town.path)); });
  add(
      "open after a crash",
      [](SmallTown& town, Number number) {
        town.store->checkpoint();
        must(books(town).post(transfer_of(number)));
        town.disk.stop();
        town.store.reset();
        town.disk.restart_process();
      },
      [](SmallTown& town, Number) {
        town.open();
        return town.store->books().head().count > 0;
      });
  add(
      "make a store",
      [](SmallTown& town, Number) {
        town.store.reset();
        for (const char* end : {"", "-wal", "-journal"})
          town.disk.remove(town.path.string() + end, true);
      },
      [](SmallTown& town, Number) {
        town.open();
        return town.store->books().head().count == 0;
      });
  add(
      "close", [](SmallTown& town, Number number) { must(books(town).post(transfer_of(number))); },
      [](SmallTown& town, Number) {
        town.store.reset();
        return true;
      });
}

}  // namespace

SmallTown::SmallTown() : network(small_network()) {
  open();
  static_cast<void>(store->books().post(Batches::opening()));
  for (Number number = 1; number <= 5; ++number)
    static_cast<void>(store->books().post(Batches::batch(number, 4)));
  must(store->ledger().post(hour_of(0)));
  store->save(network);
  store->save(small_plan());
}

BooksNow books_of(Store& store) {
  BooksNow now{.head = store.books().head()};
  store.journal().read_accounts([&](const Account& account) {
    now.accounts.push_back(account);
    return true;
  });
  return now;
}

std::vector<Scenario> all_scenarios() {
  std::vector<Scenario> calls;
  add_writing_of_books(calls);
  add_writing_of_the_rest(calls);
  add_reading(calls);
  std::vector<Scenario> all;
  for (const Scenario& call : calls) {
    const bool heavy = call.name.starts_with("save") || call.name.starts_with("load");
    const auto in_state = [&](const char* state, void (*reach)(SmallTown&)) {
      Scenario scenario = call;
      scenario.name += state;
      scenario.stride = heavy ? 20 : 1;
      scenario.prepare = [prepare = call.prepare, reach](SmallTown& town, Number number) {
        prepare(town, number);
        reach(town);
      };
      all.push_back(std::move(scenario));
    };
    in_state(", in use", [](SmallTown&) {});
    in_state(", just opened", [](SmallTown& town) { town.reopen(); });
    if (call.name != "checkpoint")
      in_state(", WAL emptied", [](SmallTown& town) { town.store->checkpoint(); });
  }
  add_opening(all);
  return all;
}

}  // namespace jiedui::test
