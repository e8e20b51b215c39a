#include "jiedui/hours/attestation_register.hpp"

#include "hours/attestation_encoding.hpp"
#include "hours/attestation_register.hpp"

namespace jiedui {

std::string detail::key_mark_of(const PublicKey& key) {
  return Hash256{key.bytes}.to_string().substr(0, 16);
}

RevocationList detail::revocations_of(Directory& directory, const std::string& key_mark) {
  return {.revocations = directory.revocations_of(key_mark)};
}

void detail::enter(Directory& directory, const std::string& key_mark,
                   std::span<const Revocation> entries) {
  RevocationList list = revocations_of(directory, key_mark);
  for (const Revocation& one : entries) list.add(one);
  for (const Revocation& one : entries) directory.save_revocation(key_mark, one);
}

Instant detail::this_second() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
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
                 .place = "attestation " + attestation.to_string(),
                 .message = "the register has no attestation of that id",
                 .allowed = "the id of one that these books issued",
                 .way_out = "check the id; enter_revocations takes those that were issued before "
                            "there was a register"});
  const auto before = directory.find_revocation(record->key_mark, attestation);
  if (before && before->reason == RevocationReason::revoked) return *before;
  const Revocation revocation{.attestation = attestation,
                              .when = when.value_or(detail::this_second())};
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
                               std::optional<Instant> dated) {
  RevocationList list = detail::revocations_of(ledger.directory(), detail::key_mark_of(key));
  list.dated = dated.value_or(detail::this_second());
  for (const Revocation& one : list.revocations) list.dated = std::max(list.dated, one.when);
  return list;
}

}  // namespace jiedui
