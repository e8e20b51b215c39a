#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "jiedui/wire/rule_packs.hpp"

// Any text is a sound rule pack, or all that is wrong with it is told.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace jiedui;
  try {
    const RulePack pack =
        parse_rule_pack(std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (pack.valid_to < pack.valid_from || pack.sources.empty()) std::abort();
    if (pack.stars)
      for (std::size_t i = 1; i < pack.stars->levels.size(); ++i)
        if (pack.stars->levels[i].least <= pack.stars->levels[i - 1].least) std::abort();
    if (!pack.approval.tiers.empty() && pack.approval.tiers.back().day_up_to) std::abort();
  } catch (const InputError& error) {
    if (error.problems().empty()) std::abort();
  } catch (const Error&) {
  }
  return 0;
}
