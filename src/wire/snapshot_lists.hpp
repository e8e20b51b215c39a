#pragma once

#include <cstdint>
#include <vector>

#include "jiedui/base/quantity.hpp"

namespace jiedui::wire {

/// Copies a list of plain numbers.
template <class Number, class List>
std::vector<Number> numbers(const List& list) {
  std::vector<Number> copy;
  copy.reserve(list.size());
  for (const Number number : list) copy.push_back(number);
  return copy;
}

/// Fills a list with value(0), value(1) …
template <class List, class Value>
void fill(List list, Value value) {
  for (unsigned i = 0; i < list.size(); ++i) list.set(i, value(i));
}

/// A whole number of 128 bits as a high and a low half.
inline std::int64_t high_half(int128 value) {
  return static_cast<std::int64_t>(value >> 64);
}
inline std::uint64_t low_half(int128 value) {
  return static_cast<std::uint64_t>(static_cast<uint128>(value));
}

template <class Group>
void set_halves(Group group, int128 value) {
  group.setHigh(high_half(value));
  group.setLow(low_half(value));
}

inline int128 from_halves(std::int64_t high, std::uint64_t low) {
  return static_cast<int128>((static_cast<uint128>(static_cast<std::uint64_t>(high)) << 64) | low);
}

template <class Group>
int128 halves(Group group) {
  return from_halves(group.getHigh(), group.getLow());
}

}  // namespace jiedui::wire
