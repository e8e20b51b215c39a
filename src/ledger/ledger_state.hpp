#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "jiedui/ledger/detail/id_hash.hpp"
#include "jiedui/ledger/ledger.hpp"

namespace jiedui::detail {

template <class Value>
using ById = std::unordered_map<Id128, Value, IdHash>;

[[noreturn]] void transaction_ended();

/// The journal, what is known of its accounts, and what the open transaction adds to them.
struct LedgerState {
  std::unique_ptr<AnyJournal> journal;
  LedgerClock clock;

  ChainHead head;          // the journal's, when last looked at
  ById<Account> accounts;  // as of `head` and the open transaction
  bool writing = false;
  bool failed = false;  // something threw within the transaction: it cannot be committed
  BookedTime last_booked{};
  std::vector<Entry> entries;
  ById<std::size_t> entry_at;
  ById<std::size_t> answer_at;
  std::vector<Id128> touched;  // accounts that the transaction changed

  /// What a failed linked chain is taken back to.
  struct Mark {
    std::size_t entries;
    std::size_t touched;
    BookedTime last_booked;
  };
  std::vector<std::pair<Id128, std::optional<Account>>> before;  // since the mark, newest last

  void begin();
  void commit();
  void abandon() noexcept;
  BookedTime next_time(BookedTime now) const;
  Account* account(Id128 id);
  const Entry* entry(const ById<std::size_t>& own, std::optional<Entry>& stored, Id128 id,
                     std::optional<Entry> (AnyJournal::*find)(Id128));
  Outcome post(const Command& command, BookedTime now);
  void take(const Entry& entry);
  void change(Id128 id, const Entry& entry);
  void back_to(const Mark& mark);
  void post_chain(std::span<const Command> chain, BookedTime now, std::span<Outcome> outcomes);
  std::vector<Outcome> post_all(std::span<const Command> commands);
};

}  // namespace jiedui::detail
