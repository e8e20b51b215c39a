#include <charconv>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "commands.hpp"

namespace jiedui::bench {

namespace {

constexpr std::string_view help = R"(bench_pairing: what tests/bench/run times. Commands:
  arrays KIND VOLUNTEERS NEEDS PER_NEED FOLDER
  one_to_one KIND VOLUNTEERS NEEDS PER_NEED FOLDER
  network KIND VOLUNTEERS NEEDS FILE
  solver FOLDER THREADS REPEATS
  implied FILE THREADS REPEATS
  plain_pass FILE REPEATS
  dispatch FILE OPERATIONS THREADS
)";

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1)
    throw std::invalid_argument("not a whole number above 0: " + std::string(text));
  return value;
}
int small(std::string_view text) {
  return static_cast<int>(number(text));
}

Town town(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < std::size(made_town::kind_names); ++i)
    if (made_town::kind_names[i] == words[1])
      return {static_cast<made_town::Kind>(i), number(words[2]), number(words[3])};
  throw std::invalid_argument("no kind of town: " + words[1]);
}

bool run(const std::vector<std::string>& words) {
  const auto is = [&](std::string_view command, std::size_t arguments) {
    return !words.empty() && words[0] == command && words.size() == arguments + 1;
  };
  if (is("arrays", 5))
    make_arrays(town(words), static_cast<std::size_t>(number(words[4])), words[5]);
  else if (is("one_to_one", 5))
    make_one_to_one(town(words), static_cast<std::size_t>(number(words[4])), words[5]);
  else if (is("network", 4))
    make_network(town(words), words[4]);
  else if (is("solver", 3))
    time_solver(words[1], small(words[2]), small(words[3]));
  else if (is("implied", 3))
    time_implied(words[1], small(words[2]), small(words[3]));
  else if (is("plain_pass", 2))
    time_plain_pass(words[1], small(words[2]));
  else if (is("dispatch", 3))
    time_dispatch(words[1], small(words[2]), small(words[3]));
  else
    return false;
  return true;
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  try {
    if (jiedui::bench::run({words + 1, words + count})) return 0;
    std::cerr << jiedui::bench::help << "bench_pairing: no such command\n";
  } catch (const std::exception& error) {
    std::cerr << "bench_pairing: " << error.what() << '\n';
  }
  return 2;
}
