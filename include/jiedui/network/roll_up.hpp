#pragma once

#include <cstdint>
#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/network/network.hpp"

namespace jiedui {

/// How many of each there are at one place or organisation.
struct Counts {
  std::int64_t volunteers = 0;
  std::int64_t beneficiaries = 0;
  std::int64_t households = 0;
  std::int64_t organisations = 0;
  std::int64_t activities = 0;
  std::int64_t needs = 0;
  std::int64_t demand = 0;  ///< people asked for by the needs
  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

/// Counts for each row of a tree: what is there itself, and with all that lies below it.
struct RollUp {
  std::vector<Counts> own;
  std::vector<Counts> total;
};

/// Counts over the four levels of places (mechanism N1). A need counts at its own place, else at
/// its beneficiary's. O(rows).
JIEDUI_API RollUp roll_up_places(const Network& network);
/// Counts over the tree of organisations: volunteers and activities of each, needs of its
/// activities. O(rows).
JIEDUI_API RollUp roll_up_organisations(const Network& network);

/// id, and each count as own and total: one row for each place or organisation.
JIEDUI_API Table roll_up_table(const Network& network, Entity entity, const RollUp& roll_up);

}  // namespace jiedui
