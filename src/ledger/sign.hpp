#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "jiedui/ledger/signed_head.hpp"

namespace jiedui::detail {

using Signature = std::array<std::uint8_t, 64>;

/// The Ed25519 signature of a message (RFC 8032). O(bytes).
Signature sign(std::span<const std::uint8_t> message, const SigningKey& key);

}  // namespace jiedui::detail
