#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// Opens an account; its id becomes the account's.
struct OpenAccount {
  Id128 id;
  Unit unit;
  std::uint32_t code = 0;
  AccountLimits limits = {};
  Id128 reference = {};
  Hash256 commitment = {};
};

/// Sets both limits of an account anew. Refused if the balance lies beyond them already.
struct ChangeLimits {
  Id128 id;
  Id128 account;
  AccountLimits limits;
  std::uint32_t reason = 0;
};

/// Closes an account without open claims, for good. It keeps its balance and takes corrections.
struct CloseAccount {
  Id128 id;
  Id128 account;
  std::uint32_t reason = 0;
};

/// Moves an amount at once.
struct Transfer {
  Id128 id;
  Id128 debit;
  Id128 credit;
  std::uint64_t amount = 0;
  Unit unit;
  std::uint32_t code = 0;
  std::uint32_t reason = 0;
  std::optional<Instant> happened = {};  ///< empty: when it is booked
  Id128 reference = {};
  Hash256 commitment = {};
};

/// Holds an amount as pending until it is confirmed, declined or its time-out passes.
struct Claim {
  Id128 id;
  Id128 debit;
  Id128 credit;
  std::uint64_t amount = 0;
  Unit unit;
  std::uint32_t code = 0;
  std::uint32_t reason = 0;
  std::chrono::seconds timeout{0};       ///< from when it is booked, up to 4,294,967,295; 0: none
  std::optional<Instant> happened = {};  ///< empty: when it is booked
  Id128 reference = {};
  Hash256 commitment = {};
};

/// Posts a claim; the rest of it, if any, is freed. Accounts, unit, code, reference and the time
/// it happened are the claim's.
struct Confirm {
  Id128 id;
  Id128 claim;
  std::optional<std::uint64_t> amount = {};  ///< 1 to the claim's amount; empty: all of it
  std::uint32_t reason = 0;
  Hash256 commitment = {};
};

/// Frees a claim.
struct Decline {
  Id128 id;
  Id128 claim;
  std::uint32_t reason = 0;
  Hash256 commitment = {};
};

/// Moves back the whole of a transfer, a confirmation or another correction. Limits hold for it
/// as for any movement. To change an amount, link it with a new transfer.
struct Correct {
  Id128 id;
  Id128 entry;
  std::uint32_t reason = 0;
  Hash256 commitment = {};
};

/// Anything that can be posted.
class JIEDUI_API Command {
 public:
  // Each of these is a command: posting should read as plainly as that.
  Command(const OpenAccount& open);     // NOLINT(google-explicit-constructor)
  Command(const ChangeLimits& change);  // NOLINT(google-explicit-constructor)
  Command(const CloseAccount& close);   // NOLINT(google-explicit-constructor)
  Command(const Transfer& transfer);    // NOLINT(google-explicit-constructor)
  Command(const Claim& claim);          // NOLINT(google-explicit-constructor)
  Command(const Confirm& confirm);      // NOLINT(google-explicit-constructor)
  Command(const Decline& decline);      // NOLINT(google-explicit-constructor)
  Command(const Correct& correct);      // NOLINT(google-explicit-constructor)
  /// The command that led to an entry; posted to the books as they were then, it leads there again.
  explicit Command(const Entry& entry);

  /// Binds this command to the next of the same call: all of a chain are booked or none.
  Command& link();
  bool linked() const { return asked_.linked; }
  Id128 id() const { return asked_.id; }

  /// What is asked, with zero in the fields that the ledger fills.
  const Entry& asked() const { return asked_; }
  /// Whether an amount is asked for, or for a confirmation left to the claim.
  bool has_amount() const { return has_amount_; }
  bool has_happened() const { return has_happened_; }

 private:
  friend class LedgerTransaction;
  /// The expiry of a claim, which only the ledger books.
  static Command expire(Id128 claim);
  Command() = default;
  Entry asked_;
  bool has_amount_ = false;
  bool has_happened_ = false;
};

/// The command, bound to the next of the same call.
inline Command linked(Command command) {
  return command.link();
}

}  // namespace jiedui
