#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/base/calendar.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/ledger/signed_head.hpp"

namespace jiedui {

/// Why an attestation does not hold any more. Numbers are never reused.
enum class RevocationReason : std::uint8_t {
  revoked = 1,     ///< taken back
  superseded = 2,  ///< another one was issued in its place
};
/// "superseded".
JIEDUI_API std::string_view to_string(RevocationReason reason);

/// One attestation that does not hold any more.
struct Revocation {
  Id128 attestation;
  Instant when;
  RevocationReason reason = RevocationReason::revoked;
  Id128 successor;  ///< the attestation in its place; zero unless superseded
  friend bool operator==(const Revocation&, const Revocation&) = default;
};

/// All attestations of one issuer's key that do not hold any more, as of a date. An attestation is
/// never taken off it again.
struct JIEDUI_API RevocationList {
  Instant dated;                        ///< when it was made; 1970 to 2199
  std::vector<Revocation> revocations;  ///< by attestation, each once; at most 65,536

  /// Puts an attestation on the list, dated no earlier than that. Once more the same changes
  /// nothing. O(n).
  /// @throws Error "revocation_differs" if the list says something else of that attestation;
  /// "revocation_invalid" unless the successor is given exactly where it is superseded, by another;
  /// "revocations_too_many"; "time_out_of_range" outside 1970 to 2199.
  void add(const Revocation& revocation);
  /// What the list says of an attestation, or null.
  const Revocation* find(Id128 attestation) const;
  friend bool operator==(const RevocationList&, const RevocationList&) = default;
};

/// The list as text, "JR1:" and Base45 (RFC 9285), signed with the issuer's key (Ed25519).
/// @throws Error as RevocationList::add, or "revocation_differs" for one that is listed twice.
JIEDUI_API std::string sign_revocations(const RevocationList& list, const SigningKey& key);
/// Reads a list and does not look at its signature. @throws Error "revocations_unreadable".
JIEDUI_API RevocationList read_revocations(std::string_view text);
/// The list, if it is signed with the key to which the public key belongs.
/// @throws Error "revocations_unreadable", "revocations_signature_wrong".
JIEDUI_API RevocationList check_revocations(std::string_view text, const PublicKey& key);

}  // namespace jiedui
