#include "command_line.hpp"
#include "ledger/commands.hpp"

namespace jiedui::bench {

namespace {

constexpr std::string_view help = R"(bench_ledger: what tests/bench/run times. Commands:
  batches ENTRIES BATCH time_ordered|random FOLDER
  commits COMMITS CALLERS FOLDER
  memory ENTRIES BATCH
  reading READINGS FILE
)";

bool run(const Words& words) {
  if (is(words, "batches", 4) && words[3] == "time_ordered")
    time_batches(words[4], count_of(words[1]), count_of(words[2]), Ids::time_ordered);
  else if (is(words, "batches", 4) && words[3] == "random")
    time_batches(words[4], count_of(words[1]), count_of(words[2]), Ids::random);
  else if (is(words, "commits", 3))
    time_commits(words[3], count_of(words[1]), count_of(words[2]));
  else if (is(words, "memory", 2))
    time_memory(count_of(words[1]), count_of(words[2]));
  else if (is(words, "reading", 2))
    time_reading(words[2], count_of(words[1]));
  else
    return false;
  return true;
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  return jiedui::bench::run_words(count, words, "bench_ledger", jiedui::bench::help,
                                  jiedui::bench::run);
}
