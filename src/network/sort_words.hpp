#pragma once

#include <algorithm>

#include "state.hpp"

// Private to the room: the words of a network that is about to be frozen.

namespace jiedui {

/// Calls use(symbol) for each symbol stored anywhere.
template <class State, class Use>
void each_symbol(State& state, Use&& use) {
  state.each_table([&]<template <template <class> class> class Fields>(Fields<StorageOf>& columns) {
    codec::each_field<Fields>(
        [&]<class Codec>(std::string_view /*name*/, Codec /*codec*/, auto& storage) {
          if constexpr (requires { Codec::each_symbol(storage, use); })
            Codec::each_symbol(storage, use);
        },
        columns);
  });
}

/// Keeps the words in use, in bytewise order, and renumbers every symbol by it.
template <class State>
void sort_words(State& state, std::vector<std::string>& read) {
  std::vector<std::uint8_t> used(read.size(), 0);
  each_symbol(state, [&](Symbol& symbol) { used[symbol.value()] = 1; });
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < read.size(); ++i)
    if (used[i] != 0) order.push_back(i);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return read[a] < read[b]; });
  std::vector<Symbol> renumbered(read.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    renumbered[order[i]] = Symbol{i};
    state.words.push_back(std::move(read[order[i]]));
  }
  each_symbol(state, [&](Symbol& symbol) { symbol = renumbered[symbol.value()]; });
  state.each_table([&]<template <template <class> class> class Fields>(Fields<StorageOf>& columns) {
    codec::each_field<Fields>(
        [&](std::string_view /*name*/, auto /*codec*/, auto& storage) {
          if constexpr (requires { storage.sort_entries(); }) storage.sort_entries();
        },
        columns);
  });
}

}  // namespace jiedui
