#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "jiedui/wire/csv.hpp"
#include "made_town.hpp"

namespace {

constexpr std::string_view help =
    R"(Makes a town that does not exist and writes it as CSV files: places.csv, organisations.csv,
households.csv, beneficiaries.csv, volunteers.csv, activities.csv, needs.csv and edges.csv.

made_town --out DIR [--volunteers N] [--needs N] [--seed S] [--kind KIND] [--communities FILE]

  --out DIR           the folder to write to; it is made if need be
  --volunteers N      4000 by default
  --needs N           1100 by default
  --seed S            1 by default; the same seed gives the same town everywhere
  --kind KIND         roomy (default), scarce, clustered, ties or adversarial
  --communities FILE  real communities to live in, a CSV file with the columns code, name,
                      street_code, street, county_code, county, lat, lon and perhaps ur_code_2016
)";

/// A mistake on the command line.
[[noreturn]] void refuse(const std::string& message) {
  std::cerr << "made_town: " << message << "; see made_town --help\n";
  std::exit(2);
}

template <class Whole>
Whole number(std::string_view option, std::string_view text) {
  Whole value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    refuse(std::string(option) + " needs a whole number");
  return value;
}

made_town::Kind kind(std::string_view text) {
  for (std::size_t i = 0; i < std::size(made_town::kind_names); ++i)
    if (made_town::kind_names[i] == text) return static_cast<made_town::Kind>(i);
  refuse("there is no such kind of town");
}

int run(int count, char** words) {
  made_town::Options options;
  std::filesystem::path out;
  for (int i = 1; i < count; i += 2) {
    const std::string_view option = words[i];
    if (option == "--help") {
      std::cout << help;
      return 0;
    }
    if (i + 1 == count) refuse(std::string(option) + " needs a value");
    const std::string_view value = words[i + 1];
    if (option == "--out")
      out = value;
    else if (option == "--volunteers")
      options.volunteers = number<std::int64_t>(option, value);
    else if (option == "--needs")
      options.needs = number<std::int64_t>(option, value);
    else if (option == "--seed")
      options.seed = number<std::uint64_t>(option, value);
    else if (option == "--kind")
      options.kind = kind(value);
    else if (option == "--communities")
      options.communities = made_town::read_communities(value);
    else
      refuse("there is no option " + std::string(option));
  }
  if (out.empty()) refuse("--out DIR is missing");
  const auto tables = made_town::tables(options);
  std::filesystem::create_directories(out);
  for (const auto& [entity, table] : tables) jiedui::write_csv(table, out / (table.name + ".csv"));
  std::cout << "made a town of " << options.volunteers << " volunteers and " << options.needs
            << " needs (seed " << options.seed << ") in " << out.string() << '\n';
  return 0;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(count, words);
  } catch (const std::exception& error) {
    std::cerr << "made_town: " << error.what() << '\n';
    return 2;
  }
}
