#include "jiedui/ledger/hash.hpp"

#include <sodium.h>

#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

static_assert(crypto_generichash_blake2b_BYTES == 32);

/// Makes libsodium ready; it may be called again and from several threads.
void start_sodium() {
  static const bool ready = sodium_init() >= 0;
  JIEDUI_CHECK(ready);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string Hash256::to_string() const {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

std::optional<Hash256> Hash256::parse(std::string_view text) {
  Hash256 hash;
  if (text.size() != 2 * hash.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
    const int high = digit_of(text[2 * i]);
    const int low = digit_of(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash.bytes[i] = static_cast<std::uint8_t>(16 * high + low);
  }
  return hash;
}

Hash256 blake2b(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second) {
  start_sodium();
  crypto_generichash_blake2b_state state;
  Hash256 hash;
  crypto_generichash_blake2b_init(&state, nullptr, 0, hash.bytes.size());
  crypto_generichash_blake2b_update(&state, first.data(), first.size());
  crypto_generichash_blake2b_update(&state, second.data(), second.size());
  crypto_generichash_blake2b_final(&state, hash.bytes.data(), hash.bytes.size());
  return hash;
}

Hash256 keyed_blake2b(const Hash256& key, std::span<const std::uint8_t> bytes) {
  start_sodium();
  Hash256 hash;
  crypto_generichash_blake2b(hash.bytes.data(), hash.bytes.size(), bytes.data(), bytes.size(),
                             key.bytes.data(), key.bytes.size());
  return hash;
}

Hash256 random_secret() {
  start_sodium();
  Hash256 secret;
  randombytes_buf(secret.bytes.data(), secret.bytes.size());
  return secret;
}

}  // namespace jiedui
