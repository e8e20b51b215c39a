#include "jiedui/hours/revocation.hpp"

#include <algorithm>

#include "hours/attestation_encoding.hpp"
#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

std::string place_of(const Revocation& revocation) {
  return "attestation " + revocation.attestation.to_string();
}

[[noreturn]] void unreadable() {
  throw Error({.code = "revocations_unreadable",
               .place = "revocation list",
               .message = "the text is no revocation list, or not the whole of one",
               .allowed = "JR1: and what follows it, as the issuer gave it out",
               .way_out = "take another copy of the list; a later version needs a later jiedui"});
}

void check(const Revocation& revocation) {
  const bool superseded = revocation.reason == RevocationReason::superseded;
  if ((!superseded && revocation.reason != RevocationReason::revoked) ||
      superseded == revocation.successor.is_zero() ||
      revocation.successor == revocation.attestation)
    throw Error({.code = "revocation_invalid",
                 .place = place_of(revocation),
                 .message = "reason and successor do not go together",
                 .allowed = "revoked without a successor, or superseded by another attestation",
                 .way_out = "give the successor where there is one, and only there"});
  detail::check_time(revocation.when, place_of(revocation));
}

bool comes_before(const Revocation& revocation, Id128 attestation) {
  return revocation.attestation < attestation;
}

}  // namespace

std::string_view to_string(RevocationReason reason) {
  return reason == RevocationReason::superseded ? "superseded" : "revoked";
}

const Revocation* RevocationList::find(Id128 attestation) const {
  const auto at =
      std::lower_bound(revocations.begin(), revocations.end(), attestation, comes_before);
  return at != revocations.end() && at->attestation == attestation ? &*at : nullptr;
}

void RevocationList::add(const Revocation& revocation) {
  check(revocation);
  const auto at = std::lower_bound(revocations.begin(), revocations.end(), revocation.attestation,
                                   comes_before);
  if (at != revocations.end() && at->attestation == revocation.attestation) {
    if (*at == revocation) return;
    throw Error({.code = "revocation_differs",
                 .place = place_of(revocation),
                 .message = "the list says something else of it already",
                 .allowed = "one entry for each attestation, which never changes",
                 .way_out = "leave it; if it was superseded, revoke its successor"});
  }
  if (revocations.size() == offline::revocations_max)
    throw Error(
        {.code = "revocations_too_many",
         .place = "revocation list",
         .message = "the list is full",
         .allowed = "at most " + std::to_string(offline::revocations_max) + " attestations",
         .way_out = "sign further attestations with a new key, which has a list of its own"});
  revocations.insert(at, revocation);
  dated = std::max(dated, revocation.when);
}

std::string sign_revocations(const RevocationList& list, const SigningKey& key) {
  detail::check_time(list.dated, "revocation list");
  RevocationList sorted{.dated = list.dated};
  for (const Revocation& revocation : list.revocations) sorted.add(revocation);
  return detail::encode(sorted, key);
}

RevocationList read_revocations(std::string_view text) {
  const auto read = offline::read_revocations(text);
  if (!read) unreadable();
  return detail::decoded(*read);
}

RevocationList check_revocations(std::string_view text, const PublicKey& key) {
  RevocationList list = read_revocations(text);
  if (!offline::check_revocations(text, key.bytes))
    throw Error({.code = "revocations_signature_wrong",
                 .place = "revocation list",
                 .message = "another key signed it, or it was changed",
                 .allowed = "a list that was signed with this key",
                 .way_out = "check which key signed it, or take another copy of the list"});
  return list;
}

}  // namespace jiedui
