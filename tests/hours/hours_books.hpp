#pragma once

#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/ledger/memory_journal.hpp"
#include "ledger/books.hpp"

namespace jiedui::test {

/// The instant of a text such as "2026-03-05T01:30:00Z".
inline Instant utc(std::string_view text) {
  return parse_instant(text).value();
}

inline PlannedPair planned(std::string volunteer, std::string need, std::string_view begins) {
  PlannedPair pair{.volunteer = std::move(volunteer), .need = std::move(need)};
  if (!begins.empty()) pair.begins = utc(begins);
  return pair;
}

/// Empty books of hours in memory.
struct HoursBooks {
  HandClock clock;
  MemoryJournal journal;
  MemoryDirectory directory;
  HoursLedger ledger;

  explicit HoursBooks(const std::string& zone = "UTC")
      : ledger(journal, directory, {.zone = zone, .clock = clock.clock()}) {}
};

}  // namespace jiedui::test
