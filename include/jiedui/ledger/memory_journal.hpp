#pragma once

#include <memory>

#include "jiedui/ledger/journal.hpp"

namespace jiedui {

/// A journal in memory: for tests, trials and books that are written elsewhere.
///
/// Lookups O(1), reading an account O(its entries). Not thread-safe.
class JIEDUI_API MemoryJournal {
 public:
  /// @param book the id of the book; zero draws a random one.
  explicit MemoryJournal(Id128 book = {});
  MemoryJournal(MemoryJournal&&) noexcept;
  MemoryJournal& operator=(MemoryJournal&&) noexcept;
  ~MemoryJournal();

  ChainHead head() const;
  std::optional<Account> find_account(Id128 id) const;
  std::optional<Entry> find_entry(Id128 id) const;
  std::optional<Entry> find_answer(Id128 id) const;
  void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit) const;
  void read_entries_of(Id128 account, const EntryVisitor& visit) const;
  void read_entries_about(Id128 reference, const EntryVisitor& visit) const;
  void read_due_claims(BookedTime time, const EntryVisitor& visit) const;
  void read_accounts(const AccountVisitor& visit) const;
  void begin_read() {}
  void end_read() noexcept {}
  void begin_write();
  void append(const Batch& batch);
  void abandon() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
