#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/ledger/account.hpp"
#include "jiedui/ledger/hash.hpp"

namespace jiedui {

/// When an entry was booked: UTC nanoseconds, strictly rising from entry to entry.
using BookedTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// What an entry says. Numbers are never reused.
enum class EntryKind : std::uint16_t {
  open_account = 1,
  change_limits = 2,
  close_account = 3,
  transfer = 4,  ///< moves an amount from the debit to the credit account
  claim = 5,     ///< holds an amount as pending until it is answered
  confirm = 6,   ///< posts a claim, whole or in part, and frees the rest
  decline = 7,   ///< frees a claim
  expire = 8,    ///< frees a claim whose time-out has passed; made by Ledger::advance
  correct = 9,   ///< moves back what a transfer, a confirmation or a correction moved
};

/// "open_account".
JIEDUI_API std::string_view to_string(EntryKind kind);

/// One record of the books. Never changed, never removed.
struct Entry {
  std::uint64_t number = 0;  ///< from 1, without gaps
  EntryKind kind = EntryKind::transfer;
  bool linked = false;         ///< booked together with the next one
  Id128 id;                    ///< chosen by the caller, unique among all entries
  Id128 debit;                 ///< the debit account; the account itself for kinds 1 to 3
  Id128 credit;                ///< the credit account; zero for kinds 1 to 3
  Id128 answers;               ///< the claim confirmed, declined or expired, or the entry corrected
  Id128 reference;             ///< what it is for, the caller's own; zero for none
  std::uint64_t amount = 0;    ///< moved, or held pending by a claim; 0 for 1 to 3, 7 and 8
  std::uint64_t released = 0;  ///< no longer pending: the whole claim, for 6, 7 and 8
  Unit unit;
  std::uint32_t code = 0;           ///< the caller's own: what sort of movement
  std::uint32_t reason = 0;         ///< the caller's own: why
  std::chrono::seconds timeout{0};  ///< of a claim, from when it is booked; 0: none
  Instant happened{};               ///< when what is booked took place
  BookedTime booked{};              ///< given by the ledger
  AccountLimits limits;             ///< for kinds 1 and 2
  Hash256 commitment;               ///< to details kept off the chain; zero for none
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// Length of an entry's canonical bytes.
inline constexpr std::size_t entry_bytes = 192;
using EntryBytes = std::array<std::uint8_t, entry_bytes>;

/// The bytes that are hashed: a fixed little-endian layout, in docs/ledger.md with examples.
JIEDUI_API EntryBytes canonical_bytes(const Entry& entry);
/// The entry of canonical bytes; empty if they are not the canonical bytes of any entry.
JIEDUI_API std::optional<Entry> read_canonical(std::span<const std::uint8_t> bytes);

/// How far a book has come: the number of its entries, the hash over all of them.
struct ChainHead {
  Id128 book;               ///< the random id of the book
  std::uint64_t count = 0;  ///< number of the last entry; 0 for an empty book
  Hash256 hash;
  BookedTime booked{};  ///< of the last entry; 1970-01-01 for an empty book
  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

/// The head of an empty book: BLAKE2b-256("jiedui-book-v1", two zero bytes, the book's id).
JIEDUI_API ChainHead first_head(Id128 book);
/// The head after one more entry: BLAKE2b-256(hash before, canonical bytes).
JIEDUI_API ChainHead next_head(const ChainHead& head, const Entry& entry);

/// What an entry does to the balance of one of its accounts; nothing to any other account.
/// @throws Error "books_inconsistent" if the balance cannot be that of books with this entry.
JIEDUI_API void apply(const Entry& entry, Id128 account, Balance& balance);

/// When a claim's time-out passes; empty for an entry without one.
JIEDUI_API std::optional<BookedTime> due(const Entry& claim);

}  // namespace jiedui
