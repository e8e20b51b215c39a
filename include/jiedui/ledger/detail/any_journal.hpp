#pragma once

#include "jiedui/ledger/journal.hpp"

namespace jiedui::detail {

/// Any journal behind one type, so that the ledger is compiled once.
class JIEDUI_API AnyJournal {
 public:
  AnyJournal() = default;
  AnyJournal(const AnyJournal&) = delete;
  AnyJournal& operator=(const AnyJournal&) = delete;
  virtual ~AnyJournal();

  virtual ChainHead head() = 0;
  virtual std::optional<Account> find_account(Id128 id) = 0;
  virtual std::optional<Entry> find_entry(Id128 id) = 0;
  virtual std::optional<Entry> find_answer(Id128 id) = 0;
  virtual void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit) = 0;
  virtual void read_entries_of(Id128 account, const EntryVisitor& visit) = 0;
  virtual void read_entries_about(Id128 reference, const EntryVisitor& visit) = 0;
  virtual void read_due_claims(BookedTime time, const EntryVisitor& visit) = 0;
  virtual void read_accounts(const AccountVisitor& visit) = 0;
  virtual void begin_read() = 0;
  virtual void end_read() noexcept = 0;
  virtual void begin_write() = 0;
  virtual void append(const Batch& batch) = 0;
  virtual void abandon() noexcept = 0;
};

/// Passes every call on to a journal that lives elsewhere.
template <Journal J>
class JournalReference final : public AnyJournal {
 public:
  explicit JournalReference(J& journal) : journal_(journal) {}

  ChainHead head() override { return journal_.head(); }
  std::optional<Account> find_account(Id128 id) override { return journal_.find_account(id); }
  std::optional<Entry> find_entry(Id128 id) override { return journal_.find_entry(id); }
  std::optional<Entry> find_answer(Id128 id) override { return journal_.find_answer(id); }
  void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit) override {
    journal_.read_entries(first, last, visit);
  }
  void read_entries_of(Id128 account, const EntryVisitor& visit) override {
    journal_.read_entries_of(account, visit);
  }
  void read_entries_about(Id128 reference, const EntryVisitor& visit) override {
    journal_.read_entries_about(reference, visit);
  }
  void read_due_claims(BookedTime time, const EntryVisitor& visit) override {
    journal_.read_due_claims(time, visit);
  }
  void read_accounts(const AccountVisitor& visit) override { journal_.read_accounts(visit); }
  void begin_read() override { journal_.begin_read(); }
  void end_read() noexcept override { journal_.end_read(); }
  void begin_write() override { journal_.begin_write(); }
  void append(const Batch& batch) override { journal_.append(batch); }
  void abandon() noexcept override { journal_.abandon(); }

 private:
  J& journal_;
};

}  // namespace jiedui::detail
