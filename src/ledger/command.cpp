#include "jiedui/ledger/command.hpp"

#include <algorithm>
#include <string_view>

namespace jiedui {

Command::Command(const OpenAccount& open)
    : asked_{.kind = EntryKind::open_account,
             .id = open.id,
             .debit = open.id,
             .reference = open.reference,
             .unit = open.unit,
             .code = open.code,
             .limits = open.limits,
             .commitment = open.commitment} {}

Command::Command(const ChangeLimits& change)
    : asked_{.kind = EntryKind::change_limits,
             .id = change.id,
             .debit = change.account,
             .reason = change.reason,
             .limits = change.limits} {}

Command::Command(const CloseAccount& close)
    : asked_{.kind = EntryKind::close_account,
             .id = close.id,
             .debit = close.account,
             .reason = close.reason} {}

Command::Command(const Transfer& transfer)
    : asked_{.kind = EntryKind::transfer,
             .id = transfer.id,
             .debit = transfer.debit,
             .credit = transfer.credit,
             .reference = transfer.reference,
             .amount = transfer.amount,
             .unit = transfer.unit,
             .code = transfer.code,
             .reason = transfer.reason,
             .happened = transfer.happened.value_or(Instant{}),
             .commitment = transfer.commitment},
      has_amount_(true),
      has_happened_(transfer.happened.has_value()) {}

Command::Command(const Claim& claim)
    : asked_{.kind = EntryKind::claim,
             .id = claim.id,
             .debit = claim.debit,
             .credit = claim.credit,
             .reference = claim.reference,
             .amount = claim.amount,
             .unit = claim.unit,
             .code = claim.code,
             .reason = claim.reason,
             .timeout = claim.timeout,
             .happened = claim.happened.value_or(Instant{}),
             .commitment = claim.commitment},
      has_amount_(true),
      has_happened_(claim.happened.has_value()) {}

Command::Command(const Confirm& confirm)
    : asked_{.kind = EntryKind::confirm,
             .id = confirm.id,
             .answers = confirm.claim,
             .amount = confirm.amount.value_or(0),
             .reason = confirm.reason,
             .commitment = confirm.commitment},
      has_amount_(confirm.amount.has_value()) {}

Command::Command(const Decline& decline)
    : asked_{.kind = EntryKind::decline,
             .id = decline.id,
             .answers = decline.claim,
             .reason = decline.reason,
             .commitment = decline.commitment} {}

Command::Command(const Correct& correct)
    : asked_{.kind = EntryKind::correct,
             .id = correct.id,
             .answers = correct.entry,
             .reason = correct.reason,
             .commitment = correct.commitment} {}

Command::Command(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::open_account:
      *this = OpenAccount{entry.id,     entry.unit,      entry.code,
                          entry.limits, entry.reference, entry.commitment};
      break;
    case EntryKind::change_limits:
      *this = ChangeLimits{entry.id, entry.debit, entry.limits, entry.reason};
      break;
    case EntryKind::close_account:
      *this = CloseAccount{entry.id, entry.debit, entry.reason};
      break;
    case EntryKind::transfer:
      *this = Transfer{entry.id,   entry.debit,  entry.credit,   entry.amount,    entry.unit,
                       entry.code, entry.reason, entry.happened, entry.reference, entry.commitment};
      break;
    case EntryKind::claim:
      *this = Claim{entry.id,       entry.debit,     entry.credit,    entry.amount,
                    entry.unit,     entry.code,      entry.reason,    entry.timeout,
                    entry.happened, entry.reference, entry.commitment};
      break;
    case EntryKind::confirm:
      *this = Confirm{entry.id, entry.answers, entry.amount, entry.reason, entry.commitment};
      break;
    case EntryKind::decline:
      *this = Decline{entry.id, entry.answers, entry.reason, entry.commitment};
      break;
    case EntryKind::expire:
      *this = expire(entry.answers);
      break;
    case EntryKind::correct:
      *this = Correct{entry.id, entry.answers, entry.reason, entry.commitment};
      break;
  }
  asked_.linked = entry.linked;
}

Command& Command::link() {
  asked_.linked = true;
  return *this;
}

Command Command::expire(Id128 claim) {
  Command command;
  command.asked_.kind = EntryKind::expire;
  command.asked_.answers = claim;
  // Made from the claim's id, so that each claim expires under one id in every copy of the book.
  static constexpr std::string_view name = "jiedui-expire-v1";
  std::array<std::uint8_t, 32> bytes{};
  std::copy(name.begin(), name.end(), bytes.begin());
  for (unsigned i = 0; i < 8; ++i) {
    bytes[16 + i] = static_cast<std::uint8_t>(claim.low >> (8 * i));
    bytes[24 + i] = static_cast<std::uint8_t>(claim.high >> (8 * i));
  }
  const Hash256 hash = blake2b(bytes);
  for (unsigned i = 0; i < 8; ++i) {
    command.asked_.id.low |= static_cast<std::uint64_t>(hash.bytes[i]) << (8 * i);
    command.asked_.id.high |= static_cast<std::uint64_t>(hash.bytes[8 + i]) << (8 * i);
  }
  return command;
}

}  // namespace jiedui
