#include <fstream>
#include <iostream>
#include <sstream>

#include <malloc.h>

#include "commands.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "timing.hpp"

namespace jiedui::bench {

namespace {

/// The most memory held since the mark was set to what is held now.
class PeakMemory {
 public:
  PeakMemory() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
  }
  std::int64_t megabytes() const {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) / 1000;
    throw std::runtime_error("the system does not tell the peak memory");
  }
};

}  // namespace

void time_implied(const std::filesystem::path& file, int threads, int repeats) {
  const Network network = load_network(file);
  const PeakMemory peak;
  std::int64_t pairs = 0;
  std::int64_t filled = 0;
  double market_seconds = 0;
  double verify_seconds = 0;
  const std::vector<double> seconds = timed(repeats, [&] {
    const auto start = std::chrono::steady_clock::now();
    MarketOptions options;
    options.threads = threads;
    const Market market(network, standard_rules(), standard_points(), options);
    market_seconds = seconds_since(start);
    SolveOptions solve_options;
    solve_options.threads = threads;
    const Plan plan = solve(market, solve_options);
    const auto solved = std::chrono::steady_clock::now();
    VerifyOptions verify_options;
    verify_options.threads = threads;
    const Verification verification = verify(plan, market, verify_options);
    verify_seconds = seconds_since(solved);
    const double time = seconds_since(start);
    if (!verification) throw std::runtime_error("the plan is not proved");
    pairs = verification.pairs_checked;
    filled = plan.filled();
    return time;
  });
  std::cout << "{\"seconds\": " << json(seconds) << ", \"pairs_checked\": " << pairs
            << ", \"filled\": " << filled << ", \"market_seconds\": " << market_seconds
            << ", \"verify_seconds\": " << verify_seconds
            << ", \"peak_megabytes\": " << peak.megabytes() << "}\n";
}

}  // namespace jiedui::bench
