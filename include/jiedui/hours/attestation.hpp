#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/hours/hours_ledger.hpp"
#include "jiedui/hours/revocation.hpp"
#include "jiedui/ledger/signed_head.hpp"

namespace jiedui {

// The proof of volunteer service (志愿服务记录证明; State Council Order 685, article 19; Ministry
// of Civil Affairs Order 67 of 2020). docs/attestations.md: what it proves, bytes, threats, keys.

/// What an attestation names a volunteer by; never the number of an identity card.
enum class VolunteerNumberKind : std::uint8_t {
  national = 1,   ///< the national volunteer number
  pseudonym = 2,  ///< the id of the volunteer's account in the books
};
/// "national".
JIEDUI_API std::string_view to_string(VolunteerNumberKind kind);

/// Seconds by where their records come from.
struct SourceSeconds {
  RecordSource source = RecordSource::organisation;  ///< in Python None if this version has no name
  Seconds seconds;
  friend bool operator==(const SourceSeconds&, const SourceSeconds&) = default;
};
/// Seconds by an organisation or an item, whose name is empty where the records state none.
/// Organisations that ran an activity together share its seconds as in organisation_shares.
struct NamedSeconds {
  std::string name;
  Seconds seconds;
  friend bool operator==(const NamedSeconds&, const NamedSeconds&) = default;
};
/// Seconds by the day on which the service began.
struct DaySeconds {
  Date day;
  Seconds seconds;
  friend bool operator==(const DaySeconds&, const DaySeconds&) = default;
};

/// The parts that the volunteer chooses to show; the total is always shown, a beneficiary never.
struct ShownParts {
  bool sources = false;        ///< seconds by class of source
  bool organisations = false;  ///< seconds by organisation
  bool items = false;          ///< seconds by item of the catalogue: what was done
  bool days = false;           ///< seconds by day
  friend bool operator==(const ShownParts&, const ShownParts&) = default;
};

/// What is to be attested. Shown texts are UTF-8 of at most 200 bytes without control or invisible
/// characters, and not of blanks alone.
struct AttestationRequest {
  std::string volunteer;             ///< external id in the books; not shown
  CalendarPeriod period;             ///< ends with the day of issue if it runs past it
  std::string issuer_id;             ///< such as its unified social credit code
  std::string issuer_name;           ///< who attests, as on the seal
  std::string national_number = {};  ///< empty: the account's id is shown in its place
  std::string name = {};             ///< of the volunteer; empty: not shown
  ShownParts shows = {};
  /// Names to show for ids of organisations and items; an id without one is shown itself.
  std::map<std::string, std::string> labels = {};
  /// Zero: a new one, time-ordered. With an id, asking twice issues once.
  Id128 id = {};
  /// Empty: now. No earlier than the end of the service that is counted, at most a day ahead of
  /// the system's clock.
  std::optional<Instant> issued = {};
};

/// Confirmed hours of one volunteer in a period, signed by who attests them.
struct Attestation {
  Id128 id;
  Id128 replaces;  ///< the attestation in whose place it was issued; zero: none
  Instant issued;
  std::string key_mark;  ///< the first 16 hexadecimal digits of the issuer's public key
  std::string issuer_id;
  std::string issuer_name;
  VolunteerNumberKind number_kind = VolunteerNumberKind::pseudonym;
  std::string number;  ///< of the volunteer
  std::string name;    ///< of the volunteer; empty: not shown
  CalendarPeriod period;
  std::string zone;  ///< IANA name; in which the days of the period begin and end
  Seconds seconds;   ///< confirmed by then, corrections taken off
  ChainHead head;    ///< of the books when it was issued
  /// How many entries it counts: those of the volunteer's account in the period that moved
  /// confirmed seconds, corrections and what they correct included.
  std::uint32_t entries = 0;
  Hash256 entries_hash;  ///< binds it to these entries; docs/attestations.md
  std::vector<SourceSeconds> sources;
  std::vector<NamedSeconds> organisations;
  std::vector<NamedSeconds> items;
  std::vector<DaySeconds> days;
  std::string text;  ///< "JD1:" and Base45 (RFC 9285), signed: what is handed out
  friend bool operator==(const Attestation&, const Attestation&) = default;
};

/// Attests what the books hold as confirmed now, and enters it in the register. Claims do not
/// count. Durable when it returns. O(n log n) in the volunteer's entries.
/// @return for an id under which it was issued before: the attestation of then.
/// @throws Error "attestation_differs" if that one is of another volunteer, period, issuer, key,
/// name, number, choice of parts or time of issue, or its volunteer was erased; labels are not
/// compared; "attestation_empty" without a confirmed second in the period;
/// "attestation_text_invalid", "attestation_id_card" for a text that must not be shown;
/// "attestation_too_long" for more than 1,200 bytes; "attestation_part_negative" if a part that is
/// to be shown is below zero; "time_out_of_range" if issued outside 1970 to 2199;
/// "attestation_time_invalid" if issued before the period, or before service that it counts ended,
/// or more than a day ahead of the system's clock.
[[nodiscard]] JIEDUI_API Attestation attest(HoursLedger& ledger, const AttestationRequest& request,
                                            const SigningKey& key);

/// Attests anew after a correction, in place of an older attestation of the same books and key. The
/// register gets both, and that the older one is superseded from the time of issue on.
/// @param older as it was handed out; the register need not have it.
/// @param request of the period of the older one; where that ended with its day of issue, of one
/// that ends later.
/// @throws Error as attest, where "attestation_empty" says to revoke the older one, and
/// "attestation_time_invalid" also if issued before it; "attestation_foreign" if the older one is
/// of other books, another key, volunteer or period; "attestation_unreadable",
/// "attestation_signature_wrong" by its text;
/// "revocation_differs" if it was revoked or superseded before; "revocations_too_many".
[[nodiscard]] JIEDUI_API Attestation reissue(HoursLedger& ledger, const Attestation& older,
                                             const AttestationRequest& request,
                                             const SigningKey& key);

/// Whether the books still say what an attestation says: its head is one of theirs, and the
/// volunteer's entries in its period are the same with the same total. If not, reissue it.
[[nodiscard]] JIEDUI_API bool still_holds(HoursLedger& ledger, std::string_view volunteer,
                                          const Attestation& attestation);

/// Whether a text holds the number of a Chinese identity card: 18 digits with a date of birth and
/// the check digit of GB 11643-1999 (ISO/IEC 7064, MOD 11-2), also in full-width or mathematical
/// digits, or with anything but letters and digits between.
JIEDUI_API bool holds_id_card_number(std::string_view text);
/// Whether a text can be shown as it is: UTF-8 of at most 200 bytes without control, invisible or
/// direction-changing characters, and not of blanks alone. An empty one can.
JIEDUI_API bool is_showable(std::string_view text);

/// Reads an attestation and does not look at its signature. @throws Error "attestation_unreadable".
JIEDUI_API Attestation read_attestation(std::string_view text);

/// What a check of an attestation found. Numbers are never reused.
enum class AttestationVerdict : std::uint8_t {
  valid = 0,            ///< signed with the key; not on the list, as of the list's date
  not_checked = 1,      ///< signed with the key; no list was given
  list_older = 2,       ///< signed with the key; the list is older and cannot know it
  list_unusable = 3,    ///< signed with the key; the list is unreadable or not signed with it
  superseded = 4,       ///< signed with the key; another one was issued in its place
  revoked = 5,          ///< signed with the key, and taken back
  key_differs = 6,      ///< signed with another key
  signature_wrong = 7,  ///< names the key; but was changed, or forged
  unreadable = 8,       ///< no attestation, or a part of one, or one of a later version
};
/// "superseded".
JIEDUI_API std::string_view to_string(AttestationVerdict verdict);

struct AttestationCheck {
  AttestationVerdict verdict = AttestationVerdict::unreadable;
  std::optional<Attestation> attestation;  ///< only if it is signed with the key
  std::optional<Revocation> revocation;    ///< of this attestation
  std::optional<Instant> list_dated;       ///< of a list that is signed with the key

  /// Whether nothing speaks against it: valid, or not_checked as no list was given.
  explicit operator bool() const {
    return verdict == AttestationVerdict::valid || verdict == AttestationVerdict::not_checked;
  }
};
/// The verdict and what is attested, in English and Chinese: one screen.
JIEDUI_API std::ostream& operator<<(std::ostream& out, const AttestationCheck& check);

/// Judges the text of an attestation, without the books; attestation_verifier.hpp does the same in
/// one header. O(attestation + list).
/// @param key of the issuer, from a source that is trusted: not from the attestation.
/// @param revocations text of the issuer's list, if there is one.
[[nodiscard]] JIEDUI_API AttestationCheck
verify_attestation(std::string_view text, const PublicKey& key,
                   std::optional<std::string_view> revocations = std::nullopt);

}  // namespace jiedui
