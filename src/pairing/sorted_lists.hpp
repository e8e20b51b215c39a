#pragma once

#include <algorithm>
#include <span>

// Private to the room: the lists of a network are sorted.

namespace jiedui {

template <class Entry>
bool contains(std::span<const Entry> sorted, Entry value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

template <class Entry>
bool have_common(std::span<const Entry> a, std::span<const Entry> b) {
  for (const Entry& entry : a)
    if (contains(b, entry)) return true;
  return false;
}

}  // namespace jiedui
