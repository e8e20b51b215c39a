#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "jiedui/base/control.hpp"
#include "jiedui/ledger/audit.hpp"
#include "jiedui/ledger/command.hpp"
#include "jiedui/ledger/detail/any_journal.hpp"
#include "jiedui/ledger/outcome.hpp"
#include "jiedui/ledger/statement.hpp"

namespace jiedui {

/// Tells the time. The ledger books at max(this, last booked + 1 ns).
using LedgerClock = std::function<BookedTime()>;

/// The system's clock, UTC.
JIEDUI_API LedgerClock utc_clock();

namespace detail {
struct LedgerState;
}

/// The right to write, from Ledger::begin until commit. What it posts becomes durable together at
/// commit; without, the destructor discards it.
class JIEDUI_API LedgerTransaction {
 public:
  LedgerTransaction(LedgerTransaction&&) noexcept;
  LedgerTransaction& operator=(LedgerTransaction&&) = delete;
  ~LedgerTransaction();

  /// One outcome a command; they take effect in order. Linked commands are all booked or none.
  [[nodiscard]] std::vector<Outcome> post(std::span<const Command> commands);
  [[nodiscard]] std::vector<Outcome> post(std::initializer_list<Command> commands);
  Outcome post(const Command& command);

  // What the books say, this transaction's entries included. Not after commit.
  std::optional<Account> find_account(Id128 id);
  std::optional<Entry> find_entry(Id128 id);
  std::optional<Entry> find_answer(Id128 id);
  /// Entries posted so far and not yet durable.
  std::size_t entry_count() const;

  /// Makes everything durable, with what else the journal's owner wrote meanwhile, even if no
  /// entry was posted. Ends the transaction.
  /// @throws Error of the journal, or "transaction_ended" if a call within it has thrown; then
  /// nothing of it is in the books.
  void commit();

 private:
  friend class Ledger;
  explicit LedgerTransaction(detail::LedgerState& state);
  Outcome expire(const Entry& claim);
  detail::LedgerState* state_;
};

/// While it lives, every reading of its ledger sees the same books, whatever others book.
class JIEDUI_API LedgerSnapshot {
 public:
  LedgerSnapshot(LedgerSnapshot&&) noexcept;
  LedgerSnapshot& operator=(LedgerSnapshot&&) = delete;
  ~LedgerSnapshot();

 private:
  friend class Ledger;
  explicit LedgerSnapshot(detail::AnyJournal& journal);
  detail::AnyJournal* journal_;
};

/// Double-entry books over a journal.
///
/// It keeps the accounts it has met in memory and drops them when another writer was at work. Not
/// thread-safe: one ledger a thread, each on a journal of its own.
class JIEDUI_API Ledger {
 public:
  /// @param journal must outlive the ledger.
  template <Journal J>
  explicit Ledger(J& journal, LedgerClock clock = utc_clock())
      : Ledger(std::make_unique<detail::JournalReference<J>>(journal), std::move(clock)) {}
  /// A journal that dies with the statement would dangle.
  template <Journal J>
  explicit Ledger(J&& journal, LedgerClock clock = utc_clock()) = delete;
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  /// Judges, books and makes durable; one outcome a command. All that are booked are durable when
  /// it returns. When it throws, none is in the books.
  [[nodiscard]] std::vector<Outcome> post(std::span<const Command> commands);
  [[nodiscard]] std::vector<Outcome> post(std::initializer_list<Command> commands);
  Outcome post(const Command& command);
  /// Posts the rows of a table, with the columns of commands_of, in order: 10,000 at a time become
  /// durable together, and linked ones always. Cells are checked before anything is posted. When it
  /// throws later, or is stopped, what is durable stays: post the same table again, and those rows
  /// answer `exists`. @return a table with the columns id and outcome, one row a command.
  /// @throws Error as commands_of, of the journal, or "interrupted".
  [[nodiscard]] Table post_many(const Table& commands, const Control& control = {});
  /// To post in several steps, or together with other data of the same journal. One at a time.
  [[nodiscard]] LedgerTransaction begin();
  /// Books the expiry of each claim whose time-out has passed. @return how many.
  std::size_t advance();

  /// Holds the books still for several readings.
  [[nodiscard]] LedgerSnapshot snapshot();
  std::optional<Account> find_account(Id128 id);
  std::optional<Entry> find_entry(Id128 id);
  /// What answers an entry: a claim's confirmation, decline or expiry; a movement's correction.
  std::optional<Entry> find_answer(Id128 id);
  /// Entries of number `first` to `last`, in order, with the chain's hash after each.
  void read_entries(std::uint64_t first, std::uint64_t last, const EntryVisitor& visit);
  /// Entries of an account, in order.
  void read_entries_of(Id128 account, const EntryVisitor& visit);
  /// Entries that carry a reference, in order.
  void read_entries_about(Id128 reference, const EntryVisitor& visit);
  /// Claims with a time-out that nothing has answered, the earliest due first.
  void read_open_claims(const EntryVisitor& visit);

  /// @throws Error "account_unknown".
  Balance balance(Id128 account);
  /// The balance of all entries up to a time, itself included. O(entries of the account).
  Balance balance(Id128 account, Instant at, TimeAxis axis = TimeAxis::happened);
  /// Opening balance, lines, closing balance. O(n log n) in the entries of the account.
  /// @throws Error "account_unknown"; "period_reversed" if it ends before it begins.
  AccountStatement statement(Id128 account, Period period, TimeAxis axis = TimeAxis::happened);
  /// One line for each unit that has accounts. O(accounts).
  std::vector<TrialBalance> trial_balance();
  ChainHead head();
  /// Recomputes everything and compares. @param exported heads kept outside the book.
  AuditReport verify(std::span<const ChainHead> exported = {});

 private:
  Ledger(std::unique_ptr<detail::AnyJournal> journal, LedgerClock clock);
  std::unique_ptr<detail::LedgerState> state_;
};

}  // namespace jiedui
