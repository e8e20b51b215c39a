#include "jiedui/ledger/entry.hpp"

#include <algorithm>
#include <cstring>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

constexpr std::uint16_t layout = 1;
constexpr std::uint32_t flag_linked = 1;
constexpr std::uint32_t flag_debit_limit = 2;
constexpr std::uint32_t flag_credit_limit = 4;

/// Writes whole numbers, lowest byte first, one after the other.
class Writer {
 public:
  template <class Whole>
  void put(Whole value) {
    for (std::size_t i = 0; i < sizeof(Whole); ++i)
      bytes_[at_++] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
  void put(Id128 id) {
    put(id.low);
    put(id.high);
  }
  void put(const Hash256& hash) {
    std::copy(hash.bytes.begin(), hash.bytes.end(), bytes_.begin() + std::ptrdiff_t(at_));
    at_ += hash.bytes.size();
  }
  const EntryBytes& finish() const {
    JIEDUI_CHECK(at_ == entry_bytes);
    return bytes_;
  }

 private:
  EntryBytes bytes_{};
  std::size_t at_ = 0;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  template <class Whole>
  Whole get() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Whole); ++i)
      value |= static_cast<std::uint64_t>(bytes_[at_++]) << (8 * i);
    return static_cast<Whole>(value);
  }
  Id128 id() {
    const auto low = get<std::uint64_t>();
    return {get<std::uint64_t>(), low};
  }
  Hash256 hash() {
    Hash256 hash;
    for (std::uint8_t& byte : hash.bytes) byte = bytes_[at_++];
    return hash;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view to_string(EntryKind kind) {
  switch (kind) {
    case EntryKind::open_account:
      return "open_account";
    case EntryKind::change_limits:
      return "change_limits";
    case EntryKind::close_account:
      return "close_account";
    case EntryKind::transfer:
      return "transfer";
    case EntryKind::claim:
      return "claim";
    case EntryKind::confirm:
      return "confirm";
    case EntryKind::decline:
      return "decline";
    case EntryKind::expire:
      return "expire";
    case EntryKind::correct:
      return "correct";
  }
  return "unknown";
}

EntryBytes canonical_bytes(const Entry& entry) {
  const AccountLimits& limits = entry.limits;
  std::uint32_t flags = entry.linked ? flag_linked : 0;
  if (limits.debits_over_credits_max) flags |= flag_debit_limit;
  if (limits.credits_over_debits_max) flags |= flag_credit_limit;
  Writer out;
  out.put(layout);
  out.put(static_cast<std::uint16_t>(entry.kind));
  out.put(flags);
  out.put(entry.number);
  for (const Id128& id : {entry.id, entry.debit, entry.credit, entry.answers, entry.reference})
    out.put(id);
  out.put(entry.amount);
  out.put(entry.released);
  out.put(entry.unit.value());
  out.put(entry.code);
  out.put(entry.reason);
  out.put(static_cast<std::uint32_t>(entry.timeout.count()));
  out.put(static_cast<std::int64_t>(entry.happened.time_since_epoch().count()));
  out.put(static_cast<std::int64_t>(entry.booked.time_since_epoch().count()));
  out.put(limits.debits_over_credits_max.value_or(0));
  out.put(limits.credits_over_debits_max.value_or(0));
  out.put(entry.commitment);
  return out.finish();
}

std::optional<Entry> read_canonical(std::span<const std::uint8_t> bytes) {
  if (bytes.size() != entry_bytes) return std::nullopt;
  Reader in{bytes};
  Entry entry;
  in.get<std::uint16_t>();  // the layout: compared with all else below
  entry.kind = static_cast<EntryKind>(in.get<std::uint16_t>());
  const auto flags = in.get<std::uint32_t>();
  entry.linked = (flags & flag_linked) != 0;
  entry.number = in.get<std::uint64_t>();
  for (Id128* id : {&entry.id, &entry.debit, &entry.credit, &entry.answers, &entry.reference})
    *id = in.id();
  entry.amount = in.get<std::uint64_t>();
  entry.released = in.get<std::uint64_t>();
  const auto unit = Unit::from_value(in.get<std::uint32_t>());
  entry.code = in.get<std::uint32_t>();
  entry.reason = in.get<std::uint32_t>();
  entry.timeout = std::chrono::seconds{in.get<std::uint32_t>()};
  entry.happened = Instant{std::chrono::seconds{in.get<std::int64_t>()}};
  entry.booked = BookedTime{std::chrono::nanoseconds{in.get<std::int64_t>()}};
  const auto debit_limit = in.get<std::uint64_t>();
  const auto credit_limit = in.get<std::uint64_t>();
  if ((flags & flag_debit_limit) != 0) entry.limits.debits_over_credits_max = debit_limit;
  if ((flags & flag_credit_limit) != 0) entry.limits.credits_over_debits_max = credit_limit;
  entry.commitment = in.hash();
  if (!unit || to_string(entry.kind) == "unknown") return std::nullopt;
  entry.unit = *unit;
  const EntryBytes again = canonical_bytes(entry);
  if (!std::equal(again.begin(), again.end(), bytes.begin())) return std::nullopt;
  return entry;
}

ChainHead first_head(Id128 book) {
  static constexpr std::string_view name = "jiedui-book-v1";
  std::array<std::uint8_t, 32> bytes{};
  std::copy(name.begin(), name.end(), bytes.begin());
  for (unsigned i = 0; i < 8; ++i) {
    bytes[16 + i] = static_cast<std::uint8_t>(book.low >> (8 * i));
    bytes[24 + i] = static_cast<std::uint8_t>(book.high >> (8 * i));
  }
  return {.book = book, .count = 0, .hash = blake2b(bytes), .booked = {}};
}

ChainHead next_head(const ChainHead& head, const Entry& entry) {
  return {.book = head.book,
          .count = entry.number,
          .hash = blake2b(head.hash.bytes, canonical_bytes(entry)),
          .booked = entry.booked};
}

void apply(const Entry& entry, Id128 account, Balance& balance) {
  const bool debit = entry.debit == account;
  if (!debit && entry.credit != account) return;
  const bool claim = entry.kind == EntryKind::claim;
  std::uint64_t& posted = debit ? balance.debits_posted : balance.credits_posted;
  std::uint64_t& pending = debit ? balance.debits_pending : balance.credits_pending;
  // The posting rules leave room for this; balances that were tampered with may not.
  bool fits = entry.released <= pending;
  pending -= entry.released;
  std::uint64_t& total = claim ? pending : posted;
  fits = !__builtin_add_overflow(total, entry.amount, &total) && fits;
  if (!fits)
    throw Error({.code = "books_inconsistent",
                 .place = "account " + account.to_string(),
                 .message = "its balance is not what its entries say",
                 .allowed = "balances that only the ledger has changed",
                 .way_out = "verify the books to find what was changed, and restore a copy"});
}

std::optional<BookedTime> due(const Entry& claim) {
  if (claim.kind != EntryKind::claim || claim.timeout.count() == 0) return std::nullopt;
  if (claim.timeout >= BookedTime::max() - claim.booked) return BookedTime::max();
  return claim.booked + claim.timeout;
}

}  // namespace jiedui
