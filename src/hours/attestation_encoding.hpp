#pragma once

#include <string>

#include "jiedui/hours/attestation.hpp"
#include "jiedui/hours/attestation_verifier.hpp"

namespace jiedui::detail {

/// The signed text; what the attestation holds as its text is not looked at.
/// @throws Error "attestation_too_long".
std::string encode(const Attestation& attestation, const SigningKey& key);
/// The signed text of a list that is in order.
std::string encode(const RevocationList& list, const SigningKey& key);

Attestation decoded(const offline::Attestation& read, std::string_view text);
Revocation decoded(const offline::Revocation& read);
RevocationList decoded(const offline::RevocationList& read);

/// What binds an attestation to entries: their numbers, ids and confirmed seconds, in order of
/// number. @param lines in any order.
struct CountedEntries {
  std::uint32_t count = 0;
  Hash256 hash;
};
CountedEntries counted(std::span<const StatementLine> lines);

/// @throws Error "time_out_of_range" outside 1970 to 2199.
void check_time(Instant instant, std::string_view place);

}  // namespace jiedui::detail
