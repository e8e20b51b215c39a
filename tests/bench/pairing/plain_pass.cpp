#include <iostream>

#include "commands.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "timing.hpp"

#ifdef JIEDUI_STATIC  // what is private to the library can be called
#include "pairing/market_state.hpp"
#endif

namespace jiedui::bench {

void time_plain_pass([[maybe_unused]] const std::filesystem::path& file,
                     [[maybe_unused]] int repeats) {
#ifdef JIEDUI_STATIC
  const Market market(load_network(file));
  const auto& implied = *MarketAccess::state(market).implied;
  const auto lines = static_cast<std::uint32_t>(market.need_count());
  ImpliedSource::Sum sum;
  const std::vector<double> seconds = timed(repeats, [&] {
    const auto start = std::chrono::steady_clock::now();
    sum = implied.plain_pass(0, lines);
    return seconds_since(start);
  });
  std::cout << "{\"seconds\": " << json(seconds) << ", \"pairs\": " << sum.pairs
            << ", \"points\": " << sum.points << "}\n";
#else
  throw std::runtime_error("the plain pass is private to the library: build it statically");
#endif
}

}  // namespace jiedui::bench
