#include "jiedui/ledger/memory_journal.hpp"

#include <tuple>

#include "ledger/books.hpp"

namespace {

struct MemoryFixture {
  static constexpr std::int64_t model_batches = 20'000;
  jiedui::MemoryJournal& journal() { return journal_; }
  void reopen() {}

 private:
  jiedui::MemoryJournal journal_;
};

using JournalFixtures = std::tuple<MemoryFixture>;

}  // namespace

#include "ledger/journal_contract.hpp"
