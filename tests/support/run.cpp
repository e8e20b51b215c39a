#include "support/run.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace jiedui::test {

namespace {

std::int64_t times(std::int64_t count, double factor) {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(count) * factor));
}

}  // namespace

std::int64_t scaled(std::int64_t count) {
  const char* scale = std::getenv("JIEDUI_SCALE");
  return times(count, scale == nullptr ? 1.0 : std::atof(scale));
}

std::int64_t scaled(std::int64_t every_run, std::int64_t long_run) {
  const char* share = std::getenv("JIEDUI_LONG_SHARE");
  return share == nullptr ? scaled(every_run) : times(long_run, std::atof(share));
}

std::uint32_t seed() {
  const char* given = std::getenv("JIEDUI_SEED");
  return given == nullptr ? 20'200'201U
                          : static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
}

std::optional<std::filesystem::path> real_data(const std::string& name) {
  const char* root = std::getenv("JIEDUI_DATA");
  auto folder = std::filesystem::path(root == nullptr ? "../shared/data" : root) / name;
  if (std::filesystem::is_directory(folder)) return folder;
  std::cout << "SKIPPED: real data '" << name << "' is absent; set JIEDUI_DATA\n";
  return std::nullopt;
}

}  // namespace jiedui::test
