#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "jiedui/ledger/entry.hpp"

namespace jiedui {

/// Checks what the SigningKey it belongs to has signed. 32 bytes of Ed25519 (RFC 8032), no secret.
struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
  /// "jiedui-public-key-v1" and 64 lower-case hexadecimal digits.
  JIEDUI_API std::string to_string() const;
  /// @throws Error "key_unreadable" if it is anything else; white space around it may be.
  JIEDUI_API static PublicKey parse(std::string_view text);
};

/// Signs heads: 32 secret bytes, the seed of an Ed25519 key. Overwritten when it dies.
struct JIEDUI_API SigningKey {
  std::array<std::uint8_t, 32> bytes{};

  SigningKey() = default;
  explicit SigningKey(const std::array<std::uint8_t, 32>& seed) : bytes(seed) {}
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  /// From the system's cryptographic generator.
  static SigningKey generate();
  PublicKey public_key() const;
};

/// Writes a new file that only its owner may read: "jiedui-signing-key-v1" and 64 digits. Synced.
/// @throws Error "file_exists", "file_unwritable".
JIEDUI_API void write_key(const SigningKey& key, const std::filesystem::path& path);
/// Writes a new file with the text of the key.
JIEDUI_API void write_key(const PublicKey& key, const std::filesystem::path& path);
/// @throws Error "file_unreadable"; "key_unreadable" if it is not a signing key.
JIEDUI_API SigningKey read_signing_key(const std::filesystem::path& path);
/// @throws Error "file_unreadable"; "key_unreadable" if it is not a public key.
JIEDUI_API PublicKey read_public_key(const std::filesystem::path& path);

/// A head as text, to be printed or mailed: a few lines from "jiedui-head-v1" to "end".
JIEDUI_API std::string head_text(const ChainHead& head);
/// The same with a signature that binds each of its values to the key.
JIEDUI_API std::string sign_head(const ChainHead& head, const SigningKey& key);
/// Reads a head of either kind and does not look at its signature. What stands before
/// "jiedui-head-v1" and after "end" is passed over, as is how the lines are broken.
/// @throws Error "head_unreadable".
JIEDUI_API ChainHead read_head(std::string_view text);
/// The head, if the text is signed with the key to which the public key belongs.
/// @throws Error "head_unreadable", "head_unsigned", "head_signature_wrong".
JIEDUI_API ChainHead check_head(std::string_view text, const PublicKey& key);

}  // namespace jiedui
