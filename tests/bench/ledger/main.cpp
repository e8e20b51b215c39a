#include <charconv>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "ledger/commands.hpp"

namespace jiedui::bench {

namespace {

constexpr std::string_view help = R"(bench_ledger: what tests/bench/run times. Commands:
  batches ENTRIES BATCH time_ordered|random FOLDER
  commits COMMITS CALLERS FOLDER
  memory ENTRIES BATCH
  reading READINGS FILE
)";

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1)
    throw std::invalid_argument("not a whole number above 0: " + std::string(text));
  return value;
}

bool run(const std::vector<std::string>& words) {
  const auto is = [&](std::string_view command, std::size_t arguments) {
    return !words.empty() && words[0] == command && words.size() == arguments + 1;
  };
  if (is("batches", 4) && words[3] == "time_ordered")
    time_batches(words[4], number(words[1]), number(words[2]), Ids::time_ordered);
  else if (is("batches", 4) && words[3] == "random")
    time_batches(words[4], number(words[1]), number(words[2]), Ids::random);
  else if (is("commits", 3))
    time_commits(words[3], number(words[1]), number(words[2]));
  else if (is("memory", 2))
    time_memory(number(words[1]), number(words[2]));
  else if (is("reading", 2))
    time_reading(words[2], number(words[1]));
  else
    return false;
  return true;
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  try {
    if (jiedui::bench::run({words + 1, words + count})) return 0;
    std::cerr << jiedui::bench::help << "bench_ledger: no such command\n";
  } catch (const std::exception& error) {
    std::cerr << "bench_ledger: " << error.what() << '\n';
  }
  return 2;
}
