#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/hours/revocation.hpp"

namespace jiedui {

// The register of what `attest` and `reissue` issued, and of what was revoked. It lies in the
// directory, off the chain.

/// What an attestation in the register is worth. Numbers are never reused.
enum class AttestationState : std::uint8_t {
  valid = 1,       ///< the books say what it says
  outdated = 2,    ///< the books say something else since: reissue it
  superseded = 3,  ///< another one was issued in its place
  revoked = 4,     ///< taken back
  erased = 5,      ///< the volunteer was erased: what it said is not known; it can be revoked
};
/// "superseded".
JIEDUI_API std::string_view to_string(AttestationState state);

/// An attestation as the register has it.
struct IssuedAttestation {
  Id128 id;
  std::string volunteer;  ///< external id; empty once erased
  Instant issued;
  AttestationState state = AttestationState::valid;
  std::optional<Revocation> revocation;  ///< if superseded or revoked
  std::string text;  ///< what was handed out, see read_attestation; empty once erased
  friend bool operator==(const IssuedAttestation&, const IssuedAttestation&) = default;
};

/// What was issued, by time of issue, then id. O(n log n) in the entries of each volunteer, for
/// each attestation.
/// @param volunteer of whom; empty: of all.
[[nodiscard]] JIEDUI_API std::vector<IssuedAttestation> issued_attestations(
    HoursLedger& ledger, std::string_view volunteer = {});
/// Those that the books no longer say after a correction, each to be reissued. As
/// issued_attestations.
[[nodiscard]] JIEDUI_API std::vector<IssuedAttestation> outdated_attestations(HoursLedger& ledger);

/// Takes back an attestation that was issued, for good. Durable when it returns.
/// O(revocations of its key).
/// @param when from the time of issue to now, by the system's clock; empty: now.
/// @return what the list says of it; of one that was taken back before, the same as then.
/// @throws Error "attestation_unknown" if the register does not have it; "revocation_differs" if it
/// was superseded: revoke its successor; "revocation_time_invalid"; "revocations_too_many";
/// "time_out_of_range".
JIEDUI_API Revocation revoke(HoursLedger& ledger, Id128 attestation,
                             std::optional<Instant> when = {});
/// Enters what a list says that was kept elsewhere, also of attestations that the register does not
/// have: all of it or nothing. Once more the same changes nothing.
/// @param key of the issuer whose list it is.
/// @throws Error "revocation_differs" where the register says something else already;
/// "revocation_time_invalid" for an entry more than a day ahead of the system's clock; else as
/// RevocationList::add.
JIEDUI_API void enter_revocations(HoursLedger& ledger, const RevocationList& list,
                                  const PublicKey& key);
/// All that was ever revoked or superseded of an issuer's key, ready for sign_revocations. Without
/// `leave_outdated` O(n log n) in the entries of each volunteer, for each attestation of the key.
/// @param dated when it is given out, at most a day ahead of the system's clock; empty: now. The
/// list is dated no earlier than its last revocation.
/// @param leave_outdated whether to make it although attestations stay valid by it that count
/// service which was taken back since.
/// @throws Error "attestations_outdated", which names up to ten of these;
/// "revocation_time_invalid".
[[nodiscard]] JIEDUI_API RevocationList revocation_list(HoursLedger& ledger, const PublicKey& key,
                                                        std::optional<Instant> dated = {},
                                                        bool leave_outdated = false);

}  // namespace jiedui
