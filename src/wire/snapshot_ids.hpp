#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wire/frame.hpp"
#include "wire/snapshot_tables.hpp"

namespace jiedui::wire {

/// @throws Error "cell_invalid" where a text is not UTF-8, "snapshot_too_large".
void write_ids(schema::Texts::Builder out, TextColumn texts, const char* place);

/// Writes the ids that `pick` takes from the items.
template <class Items, class Pick>
void write_ids(schema::Texts::Builder out, const Items& items, Pick pick, const char* place) {
  TextColumn texts;
  for (const auto& item : items) texts.push_back(pick(item));
  write_ids(out, std::move(texts), place);
}

/// @throws Error "snapshot_invalid".
std::vector<std::string> read_ids(schema::Texts::Reader in, const std::string& name);

/// The length of a list of so many items. @throws Error "snapshot_too_large".
inline unsigned length_of(std::size_t items) {
  check_list(items, "plan");
  return static_cast<unsigned>(items);
}

}  // namespace jiedui::wire
