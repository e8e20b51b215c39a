#include "jiedui/wire/snapshot.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/verify.hpp"

// Any bytes are a snapshot, or refused with a coded error. What is accepted as tables is written
// and read back the same.

namespace {

using namespace jiedui;

void expect(bool condition) {
  if (!condition) std::abort();
}

template <class Load>
void load(std::string_view bytes, Load load) {
  try {
    load(bytes);
  } catch (const Error& error) {
    expect(!error.code().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  load(bytes, [](std::string_view all) {
    const std::vector<Table> tables = tables_from_bytes(all);
    // Numbers that are no numbers differ from themselves; their bytes do not.
    const std::string written = to_bytes(tables);
    expect(to_bytes(tables_from_bytes(written)) == written);
  });
  load(bytes, [](std::string_view all) { network_from_bytes(all); });
  load(bytes, [](std::string_view all) { plan_from_bytes(all).summary(); });
  load(bytes, [](std::string_view all) {
    const EntryRun run = entries_from_bytes(all);
    expect(entries_from_bytes(to_bytes(run)) == run);
  });
  load(bytes, [](std::string_view all) {
    const Dispatcher day = dispatcher_from_bytes(all);
    expect(verify(day.plan(), day.market()).optimal);
  });
  return 0;
}
