#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "jiedui/ledger/signed_head.hpp"
#include "store/town.hpp"

// Stores as each released version of the schema wrote them, in tests/store/data, with the head that
// each had. For a new version, before the schema changes: `build/PRESET/tests/test_store
// "[.made]"`.

namespace {

using namespace jiedui;
using namespace jiedui::test;

const std::filesystem::path data = "tests/store/data";

ServiceRecord record(int number) {
  return {.volunteer = "V" + std::to_string(number % 3),
          .need = "N" + std::to_string(number),
          .served = std::chrono::seconds{600 + number}};
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("stores of released versions open, verify and go on", "[store]") {
  for (const std::string version : {"version_1"}) {
    INFO(version);
    const Town town;
    std::filesystem::copy_file(data / (version + ".jiedui"), town.path);
    const ChainHead head = read_head(text_of(data / (version + ".head")));
    Store store = Store::open(town.path, StoreAccess::read_write, {.untrusted = true});
    const AuditReport report = store.verify(std::vector<ChainHead>{head});
    INFO(report.detail);
    REQUIRE(report.sound());
    CHECK(report.head == head);
    CHECK(store.ledger().balance("V1").confirmed == Seconds{601 + 604 + 607});
    CHECK(store.ledger().post(record(1)) == Outcome::exists);
    CHECK(store.ledger().post(record(100)) == Outcome::booked);
  }
}

TEST_CASE("makes the store of this version", "[.made]") {
  const std::string version = "version_1";
  std::filesystem::create_directories(data);
  Store store = Store::open_or_create(data / (version + ".new"));
  for (int i = 0; i < 9; ++i) REQUIRE(store.ledger().post(record(i)) == Outcome::booked);
  store.backup(data / (version + ".jiedui"));
  std::ofstream(data / (version + ".head")) << head_text(store.books().head());
  store.close();
  for (const char* ending : {".new", ".new-wal", ".new-shm", ".new.jiedui-lock"})
    std::filesystem::remove(data / (version + ending));
}
