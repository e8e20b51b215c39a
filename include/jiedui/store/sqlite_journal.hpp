#pragma once

#include <memory>

#include "jiedui/ledger/journal.hpp"

namespace jiedui {

namespace detail {
class Connection;
}

/// A journal in a SQLite file: WAL, synced at every append, one writer at a time.
///
/// Lookups O(log entries). Reached through Store::journal; Store says what it guards against. Not
/// thread-safe: one store a thread.
class JIEDUI_API SqliteJournal {
 public:
  explicit SqliteJournal(std::shared_ptr<detail::Connection> connection);
  SqliteJournal(SqliteJournal&&) noexcept;
  SqliteJournal& operator=(SqliteJournal&&) noexcept;
  ~SqliteJournal();

  ChainHead head();
  std::optional<Account> find_account(Id128 id);
  std::optional<Entry> find_entry(Id128 id);
  std::optional<Entry> find_answer(Id128 id);
  void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit);
  void read_entries_of(Id128 account, const EntryVisitor& visit);
  void read_entries_about(Id128 reference, const EntryVisitor& visit);
  void read_due_claims(BookedTime time, const EntryVisitor& visit);
  void read_accounts(const AccountVisitor& visit);
  void begin_read();
  void end_read() noexcept;
  void begin_write();
  void append(const Batch& batch);
  void abandon() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
