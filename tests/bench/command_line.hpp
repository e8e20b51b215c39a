#pragma once

#include <charconv>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// What the programs that tests/bench/run starts have in common.

namespace jiedui::bench {

using Words = std::vector<std::string>;

/// @throws std::invalid_argument unless the text is a whole number above 0.
inline std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1)
    throw std::invalid_argument("not a whole number above 0: " + std::string(text));
  return value;
}
inline std::size_t count_of(std::string_view text) {
  return static_cast<std::size_t>(number(text));
}

/// Whether the words are this command with so many arguments.
inline bool is(const Words& words, std::string_view command, std::size_t arguments) {
  return !words.empty() && words[0] == command && words.size() == arguments + 1;
}

/// Runs the words of a command line. @param run false where there is no such command.
/// @return for `main`.
inline int run_words(int count, char** words, std::string_view program, std::string_view help,
                     bool (*run)(const Words&)) {
  try {
    if (run({words + 1, words + count})) return 0;
    std::cerr << help << program << ": no such command\n";
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << '\n';
  }
  return 2;
}

}  // namespace jiedui::bench
