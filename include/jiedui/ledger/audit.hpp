#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// What an audit found. The first finding ends it.
enum class Finding : std::uint8_t {
  sound = 0,
  entry_missing = 1,    ///< the numbers have a gap, or an entry stands in a wrong place
  hash_differs = 2,     ///< an entry, or its stored hash, was changed
  time_not_rising = 3,  ///< an entry is booked no later than the one before it
  rule_broken = 4,      ///< the ledger would not have booked such an entry
  account_differs = 5,  ///< a stored balance, limit or state is not what the entries say
  account_missing = 6,  ///< an account that the entries opened is not stored
  account_unknown = 7,  ///< an account is stored that no entry opened
  head_differs = 8,     ///< the chain does not pass through an exported head: it was rewritten
  tail_missing = 9,     ///< the chain ends before an exported head: its end was cut off
  unreadable = 10,      ///< the file cannot be read to its end
};

/// "hash_differs".
JIEDUI_API std::string_view to_string(Finding finding);

/// The verdict of an audit.
struct AuditReport {
  Finding finding = Finding::sound;
  /// The first entry that is not as it was booked; 0 if none. For an account: the entry that
  /// opened it. For a rewritten or cut chain: the first after the last exported head that matches.
  std::uint64_t first_bad_entry = 0;
  /// The last entry that is in doubt, for a rewritten or cut chain; else as first_bad_entry.
  std::uint64_t last_bad_entry = 0;
  /// The head that the sound entries lead to. Export it: an end cut off after the last exported
  /// head cannot be seen.
  ChainHead head;
  std::uint64_t accounts = 0;     ///< opened by these entries
  std::size_t heads_matched = 0;  ///< exported heads that the chain passes through
  /// Number of the last entry that an exported head vouches for; 0 if none. What comes after may
  /// have been rewritten as a whole, and nothing in the file would show it.
  std::uint64_t covered = 0;
  std::string detail;  ///< one sentence more; ids only, nothing personal

  bool sound() const { return finding == Finding::sound; }
};

/// The verdict on a few lines, as an auditor reads it.
JIEDUI_API std::ostream& operator<<(std::ostream& out, const AuditReport& report);

/// Recomputes a book from its entries: chain, rules and balances.
///
/// Feed it every entry in order, then every stored account, then finish. It keeps all accounts and
/// ids in memory, about 60 bytes an entry.
class JIEDUI_API Audit {
 public:
  /// Finds an entry of the book that was added before; a claim that is confirmed, for example.
  using Find = std::function<std::optional<Entry>(Id128)>;

  /// @param exported heads kept outside the book, in any order.
  Audit(Id128 book, Find find_entry, std::span<const ChainHead> exported = {});
  Audit(Audit&&) noexcept;
  Audit& operator=(Audit&&) noexcept;
  ~Audit();

  /// The next entry and the hash stored with it. False once something is found: stop then.
  bool add(const Entry& entry, const Hash256& stored);
  /// One stored account, each once. False once something is found.
  bool add(const Account& stored);
  AuditReport finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui
