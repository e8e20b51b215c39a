#pragma once

#include <string>

#include "jiedui/pairing/market.hpp"

// Private to the room: how a market and its Dispatcher refuse what cannot be.

namespace jiedui {

[[noreturn]] inline void refuse(std::string code, std::string place, std::string message,
                                std::string allowed, std::string way_out) {
  throw Error({.code = std::move(code),
               .place = std::move(place),
               .message = std::move(message),
               .allowed = std::move(allowed),
               .way_out = std::move(way_out)});
}

/// Searches along alternating paths keep no limit that crosses the nested ones.
inline void refuse_cross_limits(const solver::Limits& limits) {
  if (limits.cross.any())
    refuse("limits_not_kept", "dispatcher",
           "the market limits lending or changes, or lets pairs span slots; a plan is not kept "
           "optimal then",
           "markets without lending, changes_at_most and span_slots",
           "solve() the market anew after each change");
}

inline std::string place_of(const PairName& pair) {
  return "volunteer " + pair.volunteer + ", need " + pair.need;
}

}  // namespace jiedui
