#include <iostream>
#include <random>

#include "jiedui/store/store.hpp"
#include "ledger/commands.hpp"
#include "ledger/raw_file.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

namespace {

constexpr int repeats = 5;
constexpr std::uint32_t code_of_people = 2;
// What a trial balance says, of the rows that it is made of.
constexpr const char* sums =
    "SELECT unit, count(*), sum(debits_posted), sum(credits_posted), sum(debits_pending),"
    " sum(credits_pending) FROM accounts GROUP BY unit ORDER BY unit";

std::vector<Id128> people_of(Store& store) {
  std::vector<Id128> people;
  store.journal().read_accounts([&](const Account& account) {
    if (account.code == code_of_people) people.push_back(account.id);
    return true;
  });
  return people;
}

/// Seconds of each reading of one person's account, drawn evenly.
template <class Read>
std::vector<double> timed_readings(const std::vector<Id128>& people, std::size_t count,
                                   Read&& read) {
  std::mt19937_64 random{2};
  std::vector<double> seconds;
  for (std::size_t i = 0; i < count; ++i) {
    const Id128 person = people[random() % people.size()];
    const auto begun = std::chrono::steady_clock::now();
    read(person);
    seconds.push_back(seconds_since(begun));
  }
  return seconds;
}

std::vector<TrialBalance> summed_by_sqlite(sqlite3_stmt* statement) {
  const auto amount = [&](int column) {
    return static_cast<uint128>(sqlite3_column_int64(statement, column));
  };
  std::vector<TrialBalance> lines;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    TrialBalance line;
    line.unit =
        Unit::from_value(static_cast<std::uint32_t>(sqlite3_column_int64(statement, 0))).value();
    line.accounts = static_cast<std::uint64_t>(sqlite3_column_int64(statement, 1));
    line.debits_posted = amount(2);
    line.credits_posted = amount(3);
    line.debits_pending = amount(4);
    line.credits_pending = amount(5);
    lines.push_back(line);
  }
  sqlite3_reset(statement);
  return lines;
}

}  // namespace

void time_reading(const std::filesystem::path& path, std::size_t readings) {
  std::vector<double> opening;
  for (int i = 0; i < repeats; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const Store store = Store::open(path);
    opening.push_back(seconds_since(begun));
  }
  std::vector<Id128> people;
  {
    Store other = Store::open(path, StoreAccess::read_only);
    people = people_of(other);
  }
  Store store = Store::open(path);
  Ledger& ledger = store.books();
  const std::vector<double> balances = timed_readings(
      people, readings, [&](Id128 person) { static_cast<void>(ledger.balance(person)); });
  const CalendarPeriod year{std::chrono::year{2026}};
  const Period period = year.instants(Zone{"UTC"});
  std::size_t lines = 0;
  const std::vector<double> statements = timed_readings(people, readings, [&](Id128 person) {
    lines += ledger.statement(person, period).lines.size();
  });

  const Database database = open_database(path, SQLITE_OPEN_READONLY);
  run(database.get(), "PRAGMA cache_size=-65536; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0");
  const Statement statement = prepared(database.get(), sums);
  std::vector<double> trial, raw_trial;
  for (int i = 0; i < repeats; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const std::vector<TrialBalance> own = ledger.trial_balance();
    trial.push_back(seconds_since(begun));
    const auto raw_begun = std::chrono::steady_clock::now();
    const std::vector<TrialBalance> raw = summed_by_sqlite(statement.get());
    raw_trial.push_back(seconds_since(raw_begun));
    if (own != raw) throw std::runtime_error("SQLite has other sums");
  }
  std::cout << "{\"people\": " << people.size() << ", \"entries\": " << ledger.head().count
            << ", \"lines\": " << lines << ", \"opening\": " << json(opening)
            << ", \"balances\": " << json(balances) << ", \"statements\": " << json(statements)
            << ", \"trial\": " << json(trial) << ", \"raw_trial\": " << json(raw_trial) << "}\n";
}

}  // namespace jiedui::bench
