#include "jiedui/hours/attestation_register.hpp"

#include <algorithm>
#include <map>

#include "hours/attestation_encoding.hpp"
#include "hours/attestation_register.hpp"

namespace jiedui {

std::string detail::key_mark_of(const PublicKey& key) {
  return Hash256{key.bytes}.to_string().substr(0, 16);
}

RevocationList detail::revocations_of(Directory& directory, const std::string& key_mark) {
  return {.revocations = directory.revocations_of(key_mark)};
}

namespace {

std::string place_of(Id128 attestation) {
  return "attestation " + attestation.to_string();
}

[[noreturn]] void time_invalid(std::string place, const char* message) {
  throw Error({.code = "revocation_time_invalid",
               .place = std::move(place),
               .message = message,
               .allowed = "from the time of issue to now",
               .way_out = "leave the time open, or mend it or the clock"});
}

}  // namespace

void detail::enter(Directory& directory, const std::string& key_mark,
                   std::span<const Revocation> entries) {
  RevocationList list = revocations_of(directory, key_mark);
  for (const Revocation& one : entries) {
    list.add(one);
    // A list is dated no earlier than its entries: one of the future would pass for current.
    if (one.when > future_begins())
      time_invalid(place_of(one.attestation), "it lies ahead of the clock");
  }
  for (const Revocation& one : entries) directory.save_revocation(key_mark, one);
}

Instant detail::this_second() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Instant detail::future_begins() {
  return this_second() + std::chrono::days{1};
}

std::string_view to_string(AttestationState state) {
  switch (state) {
    case AttestationState::valid:
      return "valid";
    case AttestationState::outdated:
      return "outdated";
    case AttestationState::superseded:
      return "superseded";
    case AttestationState::revoked:
      return "revoked";
    case AttestationState::erased:
      return "erased";
  }
  return "unknown";
}

namespace {

AttestationState state_of(HoursLedger& ledger, const AttestationRecord& record,
                          const std::optional<Revocation>& revocation) {
  if (revocation)
    return revocation->reason == RevocationReason::superseded ? AttestationState::superseded
                                                              : AttestationState::revoked;
  if (record.text.empty()) return AttestationState::erased;
  return still_holds(ledger, record.volunteer, read_attestation(record.text))
             ? AttestationState::valid
             : AttestationState::outdated;
}

/// Whether less is confirmed now of a service record that an attestation counts.
bool was_taken_back(HoursLedger& ledger, std::string_view volunteer,
                    const Attestation& attestation) {
  std::map<Id128, Seconds> since;
  for (const StatementLine& line : ledger.statement(volunteer, attestation.period).lines)
    if (line.number > attestation.head.count) since[line.record] += line.change.confirmed;
  return std::any_of(since.begin(), since.end(),
                     [](const auto& one) { return one.second < Seconds{}; });
}

void check_none_taken_back(HoursLedger& ledger, const std::string& key_mark) {
  constexpr std::size_t named = 10;
  std::string ids;
  std::size_t count = 0;
  Directory& directory = ledger.directory();
  directory.read_attestations({}, [&](const AttestationRecord& record) {
    if (record.key_mark != key_mark || record.text.empty()) return true;
    if (directory.find_revocation(key_mark, record.id)) return true;
    if (!was_taken_back(ledger, record.volunteer, read_attestation(record.text))) return true;
    if (++count <= named) ids += (ids.empty() ? "" : ", ") + record.id.to_string();
    return true;
  });
  if (count == 0) return;
  throw Error({.code = "attestations_outdated",
               .place = "attestations " + ids + (count > named ? ", …" : ""),
               .message = std::to_string(count) + " not on the list attest service that was taken "
                                                  "back since",
               .allowed = "a list by which no such attestation is valid",
               .way_out = "reissue or revoke each, see outdated_attestations; or leave_outdated"});
}

std::vector<IssuedAttestation> issued(HoursLedger& ledger, std::string_view volunteer,
                                      std::optional<AttestationState> wanted) {
  std::vector<IssuedAttestation> found;
  const LedgerSnapshot still = ledger.books().snapshot();
  Directory& directory = ledger.directory();
  directory.read_attestations(volunteer, [&](const AttestationRecord& record) {
    const auto revocation = directory.find_revocation(record.key_mark, record.id);
    const AttestationState state = state_of(ledger, record, revocation);
    if (!wanted || state == *wanted)
      found.push_back({record.id, record.volunteer, record.issued, state, revocation, record.text});
    return true;
  });
  return found;
}

}  // namespace

std::vector<IssuedAttestation> issued_attestations(HoursLedger& ledger,
                                                   std::string_view volunteer) {
  return issued(ledger, volunteer, std::nullopt);
}

std::vector<IssuedAttestation> outdated_attestations(HoursLedger& ledger) {
  return issued(ledger, {}, AttestationState::outdated);
}

Revocation revoke(HoursLedger& ledger, Id128 attestation, std::optional<Instant> when) {
  LedgerTransaction transaction = ledger.books().begin();
  Directory& directory = ledger.directory();
  const auto record = directory.find_attestation(attestation);
  if (!record)
    throw Error({.code = "attestation_unknown",
                 .place = place_of(attestation),
                 .message = "the register has no attestation of that id",
                 .allowed = "the id of one that these books issued",
                 .way_out = "check the id; enter_revocations takes those that were issued before "
                            "there was a register"});
  const auto before = directory.find_revocation(record->key_mark, attestation);
  if (before && before->reason == RevocationReason::revoked) return *before;
  // The time of issue may be a little ahead of this clock.
  const Instant now = std::max(detail::this_second(), record->issued);
  const Revocation revocation{.attestation = attestation, .when = when.value_or(now)};
  detail::check_time(revocation.when, "revocation");
  if (revocation.when < record->issued)
    time_invalid(place_of(attestation), "it lies before the issue");
  if (revocation.when > now) time_invalid(place_of(attestation), "it lies ahead of the clock");
  detail::enter(directory, record->key_mark, std::span(&revocation, 1));
  transaction.commit();
  return revocation;
}

void enter_revocations(HoursLedger& ledger, const RevocationList& list, const PublicKey& key) {
  LedgerTransaction transaction = ledger.books().begin();
  detail::enter(ledger.directory(), detail::key_mark_of(key), list.revocations);
  transaction.commit();
}

RevocationList revocation_list(HoursLedger& ledger, const PublicKey& key,
                               std::optional<Instant> dated, bool leave_outdated) {
  if (dated && *dated > detail::future_begins())
    time_invalid("revocation list", "it lies ahead of the clock");
  const LedgerSnapshot still = ledger.books().snapshot();
  const std::string key_mark = detail::key_mark_of(key);
  if (!leave_outdated) check_none_taken_back(ledger, key_mark);
  RevocationList list = detail::revocations_of(ledger.directory(), key_mark);
  list.dated = dated.value_or(detail::this_second());
  for (const Revocation& one : list.revocations) list.dated = std::max(list.dated, one.when);
  return list;
}

}  // namespace jiedui
