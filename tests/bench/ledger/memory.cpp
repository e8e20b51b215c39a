#include <iostream>

#include "jiedui/ledger/memory_journal.hpp"
#include "ledger/commands.hpp"
#include "ledger/rows.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

void time_memory(std::size_t entries, std::size_t batch) {
  MemoryJournal journal;
  Ledger ledger(journal);
  Traffic traffic(Ids::time_ordered);
  double seconds = 0;
  std::size_t done = 0;
  for (; done < entries; done += batch) {
    const std::vector<Command> commands = traffic.next(batch);
    const auto begun = std::chrono::steady_clock::now();
    const std::vector<Outcome> outcomes = ledger.post(commands);
    seconds += seconds_since(begun);
    check_booked(outcomes);
  }
  Rows rows;
  rows.read(ledger, 1, done);
  ChainHead head = first_head(ledger.head().book);
  const auto begun = std::chrono::steady_clock::now();
  for (const Entry& entry : rows.entries) head = next_head(head, entry);
  const double hashing = seconds_since(begun);
  if (head != ledger.head()) throw std::runtime_error("the chain has another hash");
  std::cout << "{\"entries\": " << done << ", \"seconds\": " << seconds
            << ", \"hashing_seconds\": " << hashing << "}\n";
}

}  // namespace jiedui::bench
