#include "command_line.hpp"
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

int small(std::string_view text) {
  return static_cast<int>(number(text));
}

Town town(const Words& words) {
  for (std::size_t i = 0; i < std::size(made_town::kind_names); ++i)
    if (made_town::kind_names[i] == words[1])
      return {static_cast<made_town::Kind>(i), number(words[2]), number(words[3])};
  throw std::invalid_argument("no kind of town: " + words[1]);
}

bool run(const Words& words) {
  if (is(words, "arrays", 5))
    make_arrays(town(words), count_of(words[4]), words[5]);
  else if (is(words, "one_to_one", 5))
    make_one_to_one(town(words), count_of(words[4]), words[5]);
  else if (is(words, "network", 4))
    make_network(town(words), words[4]);
  else if (is(words, "solver", 3))
    time_solver(words[1], small(words[2]), small(words[3]));
  else if (is(words, "implied", 3))
    time_implied(words[1], small(words[2]), small(words[3]));
  else if (is(words, "plain_pass", 2))
    time_plain_pass(words[1], small(words[2]));
  else if (is(words, "dispatch", 3))
    time_dispatch(words[1], small(words[2]), small(words[3]));
  else
    return false;
  return true;
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  return jiedui::bench::run_words(count, words, "bench_pairing", jiedui::bench::help,
                                  jiedui::bench::run);
}
