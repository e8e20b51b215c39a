#pragma once

#include <cstddef>
#include <cstdint>

#include "jiedui/base/id128.hpp"

namespace jiedui::detail {

/// Spreads an id over a hash table (the finaliser of MurmurHash3), as callers choose ids.
struct IdHash {
  std::size_t operator()(const Id128& id) const noexcept {
    std::uint64_t mixed = id.low ^ (id.high * 0x9E37'79B9'7F4A'7C15U);
    mixed = (mixed ^ (mixed >> 33U)) * 0xFF51'AFD7'ED55'8CCDU;
    mixed = (mixed ^ (mixed >> 33U)) * 0xC4CE'B9FE'1A85'EC53U;
    return mixed ^ (mixed >> 33U);
  }
};

}  // namespace jiedui::detail
