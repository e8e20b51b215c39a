#include <iostream>
#include <thread>

#include "jiedui/ledger/group_commit.hpp"
#include "jiedui/store/store.hpp"
#include "ledger/commands.hpp"
#include "ledger/raw_file.hpp"
#include "ledger/rows.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

namespace {

constexpr std::size_t entries_before = 20'000;
constexpr std::size_t rounds = 10;
constexpr std::size_t posts_of_a_caller = 20;  // a round

/// Entries a second that so many callers book, each in a thread of its own, one by one.
double post_together(Ledger& ledger, Traffic& traffic, std::size_t callers) {
  std::vector<Command> commands = traffic.next(callers * posts_of_a_caller);
  // Accounts first: the callers come in any order.
  const auto moves = std::stable_partition(
      commands.begin(), commands.end(),
      [](const Command& command) { return command.asked().kind == EntryKind::open_account; });
  check_booked(ledger.post(std::span(commands.begin(), moves)));
  commands.erase(commands.begin(), moves);
  std::vector<Outcome> outcomes(commands.size(), Outcome::linked_entry_failed);
  GroupCommit group(ledger);
  const auto begun = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (std::size_t caller = 0; caller < callers; ++caller)
      threads.emplace_back([&, caller] {
        for (std::size_t i = caller; i < commands.size(); i += callers)
          outcomes[i] = group.post(commands[i]);
      });
  }
  const double seconds = seconds_since(begun);
  check_booked(outcomes);
  return static_cast<double>(commands.size()) / seconds;
}

}  // namespace

void time_commits(const std::filesystem::path& folder, std::size_t commits, std::size_t callers) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path path = folder / "commits.jiedui";
  Store store = Store::open_or_create(path);
  RawFile raw(folder / "commits.sqlite", path);
  Ledger& ledger = store.books();
  Traffic traffic(Ids::time_ordered);
  check_booked(ledger.post(traffic.next(entries_before)));
  Rows rows;
  rows.read(ledger, 1, entries_before);
  raw.append(rows.entries, rows.hashes);

  const std::size_t singles = std::max<std::size_t>(1, commits / rounds);
  std::vector<double> single, raw_single, group;
  for (std::size_t round = 0; round < rounds; ++round) {
    double own_seconds = 0, raw_seconds = 0;
    for (const Command& command : traffic.next(singles)) {
      const auto begun = std::chrono::steady_clock::now();
      const Outcome outcome = ledger.post(command);
      own_seconds += seconds_since(begun);
      check_booked({&outcome, 1});
      const std::uint64_t last = ledger.head().count;
      rows.read(ledger, last, last);
      const auto raw_begun = std::chrono::steady_clock::now();
      raw.append(rows.entries, rows.hashes);
      raw_seconds += seconds_since(raw_begun);
    }
    single.push_back(static_cast<double>(singles) / own_seconds);
    raw_single.push_back(static_cast<double>(singles) / raw_seconds);
    const std::uint64_t before = ledger.head().count;
    group.push_back(post_together(ledger, traffic, callers));
    rows.read(ledger, before + 1, ledger.head().count);
    raw.append(rows.entries, rows.hashes);
  }
  std::cout << "{\"per_second\": " << json(single) << ", \"raw_per_second\": " << json(raw_single)
            << ", \"group_per_second\": " << json(group) << "}\n";
}

}  // namespace jiedui::bench
