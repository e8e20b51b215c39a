#include <iostream>
#include <random>

#include "command_line.hpp"
#include "jiedui/hours/record_table.hpp"
#include "jiedui/store/store.hpp"
#include "jiedui/wire/rule_packs.hpp"
#include "ledger/rows.hpp"
#include "ledger/traffic.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

namespace {

constexpr std::size_t batch = 10'000;

/// A made-up year's time sheet: each person has a dozen records on the average, of one to four
/// hours by day, in any order; one in twenty begins while the one before still goes on.
Table time_sheet(std::size_t rows) {
  std::mt19937_64 random{1};
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  const std::size_t people = std::max<std::size_t>(rows / 12, 1);
  const Instant year = parse_instant("2025-01-01T00:00:00Z").value();
  TextColumn volunteer, organisation, activity, item, begins, ends, source;
  std::vector<Instant> last(people, year);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t person = below(people);
    const bool overlaps = below(20) == 0 && last[person] != year;
    const Instant start = overlaps ? last[person] - std::chrono::minutes{30}
                                   : year + std::chrono::days{below(365)} +
                                         std::chrono::minutes{60 * below(10) + below(60)};
    last[person] = start + std::chrono::minutes{60 + below(180)};
    volunteer.push_back("V" + std::to_string(person));
    organisation.push_back("O" + std::to_string(person % 200));
    activity.push_back("A" + std::to_string(below(5'000)));
    item.push_back("B" + std::to_string(below(23)));
    begins.push_back(format(start));
    ends.push_back(format(last[person]));
    source.push_back(below(4) == 0 ? "organisation" : "clock");
  }
  Table table{.name = "time sheet"};
  const auto add = [&](const char* name, TextColumn& cells) {
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  add("volunteer", volunteer);
  add("organisation", organisation);
  add("activity", activity);
  add("item", item);
  add("begins", begins);
  add("ends", ends);
  add("source", source);
  return table;
}

/// Seconds in which the bare ledger books as many entries, in batches.
double ledger_seconds(const std::filesystem::path& path, std::size_t entries) {
  Store store = Store::open_or_create(path);
  Traffic traffic(Ids::time_ordered);
  double seconds = 0;
  for (std::size_t done = 0; done < entries; done += batch) {
    const std::vector<Command> commands = traffic.next(std::min(batch, entries - done));
    const auto begun = std::chrono::steady_clock::now();
    const std::vector<Outcome> outcomes = store.books().post(commands);
    seconds += seconds_since(begun);
    check_booked(outcomes);
  }
  return seconds;
}

void time_import(const std::filesystem::path& folder, std::size_t rows) {
  std::filesystem::create_directories(folder);
  const RulePack pack = shipped_rule_pack("cn-guangdong-datong");
  const Table sheet = time_sheet(rows);
  Store store = Store::open_or_create(folder / "hours.jiedui", {.zone = pack.zone});
  const auto begun = std::chrono::steady_clock::now();
  const std::vector<ServiceRecord> records = service_records(sheet, pack.zone);
  const double read = seconds_since(begun);
  const std::vector<Submission> submissions = store.ledger().submit(records, pack);
  const double seconds = seconds_since(begun);
  std::size_t booked = 0, disputed = 0, waiting = 0;
  std::chrono::seconds counted{0};
  for (const Submission& one : submissions) {
    booked += one.outcome == Outcome::booked;
    disputed += one.assessment.disputed.count() > 0;
    waiting += one.assessment.by_approver[0] != one.assessment.total() - one.assessment.disputed;
    counted += one.assessment.by_approver[0];
  }
  const std::size_t entries = store.books().head().count;
  std::cout << "{\"records\": " << rows << ", \"booked\": " << booked
            << ", \"disputed\": " << disputed << ", \"waiting\": " << waiting
            << ", \"counted_seconds\": " << counted.count() << ", \"entries\": " << entries
            << ", \"read_seconds\": " << read << ", \"seconds\": " << seconds
            << ", \"ledger_seconds\": " << ledger_seconds(folder / "ledger.jiedui", rows) << "}\n";
}

constexpr std::string_view help = R"(bench_hours: what tests/bench/run times. Commands:
  import RECORDS FOLDER
)";

bool run(const Words& words) {
  if (!is(words, "import", 2)) return false;
  time_import(words[2], count_of(words[1]));
  return true;
}

}  // namespace

}  // namespace jiedui::bench

int main(int count, char** words) {
  return jiedui::bench::run_words(count, words, "bench_hours", jiedui::bench::help,
                                  jiedui::bench::run);
}
