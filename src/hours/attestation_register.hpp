#pragma once

#include <span>
#include <string>

#include "jiedui/hours/directory.hpp"

namespace jiedui::detail {

/// The first 16 hexadecimal digits of a key, by which the register keeps what is of one key.
std::string key_mark_of(const PublicKey& key);

/// What the register has of one key, by attestation.
RevocationList revocations_of(Directory& directory, const std::string& key_mark);

/// Puts revocations into the register, within a transaction; all of them or, where it throws, none.
/// @throws Error as RevocationList::add.
void enter(Directory& directory, const std::string& key_mark, std::span<const Revocation> entries);

/// Now, by the system's clock.
Instant this_second();
/// Times after this are refused as lying in the future: a day ahead of the system's clock, since
/// the clocks of offices differ.
Instant future_begins();

}  // namespace jiedui::detail
