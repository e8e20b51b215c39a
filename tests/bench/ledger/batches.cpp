#include <iostream>
#include <stdexcept>

#include "jiedui/store/store.hpp"
#include "ledger/commands.hpp"
#include "ledger/raw_file.hpp"
#include "ledger/rows.hpp"
#include "pairing/timing.hpp"

namespace jiedui::bench {

namespace {

constexpr std::size_t batches_into_empty = 20;

/// Seconds in which SQLite inserts rows into an empty file, all in one commit: the best it can do.
double seconds_into_empty(const std::filesystem::path& path, const std::filesystem::path& store,
                          const Rows& rows) {
  RawFile raw(path, store);
  const auto begun = std::chrono::steady_clock::now();
  raw.append(rows.entries, rows.hashes);
  return seconds_since(begun);
}

}  // namespace

void time_batches(const std::filesystem::path& folder, std::size_t entries, std::size_t batch,
                  Ids ids) {
  const std::filesystem::path path = folder / "city.jiedui";
  std::filesystem::create_directories(folder);
  std::vector<double> own_seconds, raw_seconds;
  Rows rows, first;
  double empty_seconds = 0;
  {
    Store store = Store::open_or_create(path);
    RawFile raw(folder / "raw.sqlite", path);
    Traffic traffic(ids);
    for (std::size_t done = 0; done < entries; done += batch) {
      const std::vector<Command> commands = traffic.next(batch);
      const auto begun = std::chrono::steady_clock::now();
      const std::vector<Outcome> outcomes = store.books().post(commands);
      own_seconds.push_back(seconds_since(begun));
      check_booked(outcomes);
      rows.read(store.books(), done + 1, done + batch);
      const auto raw_begun = std::chrono::steady_clock::now();
      raw.append(rows.entries, rows.hashes);
      raw_seconds.push_back(seconds_since(raw_begun));
      if (own_seconds.size() > batches_into_empty) continue;
      first.add(rows);
      if (own_seconds.size() < batches_into_empty) continue;
      empty_seconds = seconds_into_empty(folder / "empty.sqlite", path, first);
      first = {};
    }
    if (raw.rows() != static_cast<std::int64_t>(store.books().head().count))
      throw std::runtime_error("the raw file has not the same rows");
    std::cout << "{\"raw_bytes\": " << raw.bytes()
              << ", \"into_empty\": " << batches_into_empty * batch / empty_seconds;
  }
  std::cout << ", \"bytes\": " << std::filesystem::file_size(path)
            << ", \"seconds\": " << json(own_seconds) << ", \"raw_seconds\": " << json(raw_seconds)
            << "}\n";
}

}  // namespace jiedui::bench
