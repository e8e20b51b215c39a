#pragma once

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "jiedui/ledger/ledger.hpp"

namespace jiedui::bench {

/// Entries of a ledger with the chain's hashes, for the raw file to insert the same.
struct Rows {
  std::vector<Entry> entries;
  std::vector<Hash256> hashes;

  void read(Ledger& ledger, std::uint64_t first, std::uint64_t last) {
    entries.clear();
    hashes.clear();
    ledger.read_entries(first, last, [&](const Entry& entry, const Hash256& hash) {
      entries.push_back(entry);
      hashes.push_back(hash);
      return true;
    });
    if (entries.size() != last - first + 1) throw std::runtime_error("entries are missing");
  }
  void add(const Rows& more) {
    entries.insert(entries.end(), more.entries.begin(), more.entries.end());
    hashes.insert(hashes.end(), more.hashes.begin(), more.hashes.end());
  }
};

inline void check_booked(std::span<const Outcome> outcomes) {
  if (std::any_of(outcomes.begin(), outcomes.end(),
                  [](Outcome outcome) { return outcome != Outcome::booked; }))
    throw std::runtime_error("an entry was not booked");
}

}  // namespace jiedui::bench
