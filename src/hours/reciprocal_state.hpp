#pragma once

#include "hours/hours_state.hpp"
#include "hours/reciprocal_accounts.hpp"
#include "hours/record_encoding.hpp"
#include "jiedui/hours/reciprocal_service.hpp"

namespace jiedui {

namespace detail {

[[noreturn]] inline void refuse_reciprocal(const char* code, const char* message,
                                           const char* allowed, const char* way_out) {
  throw Error({.code = code,
               .place = "reciprocal service",
               .message = message,
               .allowed = allowed,
               .way_out = way_out});
}

inline std::uint64_t reciprocal_amount(std::chrono::seconds amount) {
  // So that 2^31 movements of an account add up within 63 bits.
  if (amount < std::chrono::seconds{1} || amount.count() > 0xFFFF'FFFF)
    refuse_reciprocal("seconds_out_of_range", "not an amount of service", "1 to 4294967295 seconds",
                      "mend the amount");
  return static_cast<std::uint64_t>(amount.count());
}

inline std::chrono::seconds as_seconds(std::uint64_t amount) {
  return std::chrono::seconds{static_cast<std::int64_t>(amount)};
}

}  // namespace detail

struct ReciprocalService::State {
  using Role = detail::ReciprocalRole;
  using Movement = detail::ReciprocalMovement;
  using Chain = HoursLedger::State::Chain;

  HoursLedger::State& hours;
  std::string name;
  std::chrono::seconds answer_within;

  /// An id of an account of a party, or zero for one that was never introduced.
  Id128 derived(PartyKind kind, std::string_view external_id, Role role, std::string_view of = {}) {
    const auto party = hours.directory.find(kind, external_id);
    if (!party) return {};
    return detail::time_bank_account(party->salt, name, static_cast<std::uint32_t>(role), of);
  }
  /// What all that accrues refers to; kept under the book's own organisation, the empty id.
  Id128 service() { return derived(PartyKind::organisation, "", Role::service); }
  Id128 venue(std::string_view id) { return derived(PartyKind::organisation, id, Role::venue); }
  Id128 obligation(std::string_view family, Id128 venue_account) {
    return derived(PartyKind::volunteer, family, Role::obligation, venue_account.to_string());
  }
  Id128 obligation(std::string_view family, std::string_view venue_id) {
    const Id128 with = venue(venue_id);
    return with.is_zero() ? Id128{} : obligation(family, with);
  }

  /// The family of an obligation, which its opening names off the chain; empty once erased.
  std::string family_of(Id128 account) {
    const auto kept = hours.directory.find_answer(account);
    return kept ? kept->by : std::string{};
  }
  /// The venue of an account, which its opening refers to; an account has its entry's id.
  std::string venue_of(Id128 account) {
    const auto opened = hours.books.find_entry(account);
    const auto name = opened ? hours.directory.name_of(opened->reference) : std::nullopt;
    return name ? name->external_id : std::string{};
  }
  static OpenAccount opening(Id128 account, Role role, Id128 reference) {
    AccountLimits limits;
    if (role == Role::obligation) limits.debits_over_credits_max = 0;
    return {.id = account,
            .unit = detail::reciprocal_unit(),
            .code = static_cast<std::uint32_t>(role),
            .limits = limits,
            .reference = reference};
  }

  /// A scheduling of this service; empty if the id is of something else.
  std::optional<Entry> find_schedule(LedgerTransaction& transaction, Id128 id) {
    auto claim = transaction.find_entry(id);
    if (!claim || claim->kind != EntryKind::claim || !detail::is(*claim, Movement::scheduled))
      return std::nullopt;
    if (venue(venue_of(claim->credit)) != claim->credit) return std::nullopt;  // another service's
    return claim;
  }
  /// Whether somebody comes, or came, as a claim says.
  bool stands(Id128 claim) {
    bool holds = true;
    Id128 at = claim;
    while (const auto answer = hours.books.find_answer(at)) {
      holds = answer->kind == EntryKind::confirm || (answer->kind == EntryKind::correct && !holds);
      at = answer->id;
    }
    return holds;
  }

  Outcome post(LedgerTransaction& transaction, Chain& chain) {
    const Outcome outcome = hours.post(transaction, chain);
    if (outcome == Outcome::booked) transaction.commit();
    return outcome;
  }
  Outcome answer(EntryKind kind, Id128 schedule, std::optional<std::chrono::seconds> served,
                 std::string_view by, LedgerTransaction& transaction) {
    const std::string who(by);
    Chain chain;
    hours.add(chain, kind, schedule, {kind, who, served, HoursReason::none});
    return post(transaction, chain);
  }

  /// Whether a session overlaps another one for which the family is scheduled or was there.
  bool is_busy(std::string_view family, const ServiceInterval& session);
  /// How many are scheduled for a session or were there.
  std::int64_t taken(Id128 session, Id128 venue_account);
};

}  // namespace jiedui
