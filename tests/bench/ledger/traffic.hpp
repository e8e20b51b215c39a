#pragma once

#include <cstddef>
#include <random>
#include <vector>

#include "jiedui/ledger/command.hpp"

namespace jiedui::bench {

/// How the ids of entries are chosen.
enum class Ids { time_ordered, random };

/// The hours of a made-up city, without end: organisations open their accounts, then people join
/// all the time (2 entries in 25 open an account), and the other entries credit one of them, drawn
/// evenly, with the hours of one organisation, drawn evenly. At 5,000,000 entries there are 400,000
/// people, and a year has passed. The same commands each time.
class Traffic {
 public:
  explicit Traffic(Ids ids) : ids_(ids) {}
  std::vector<Command> next(std::size_t count);

 private:
  Id128 new_id();
  Command one();

  Ids ids_;
  std::uint64_t made_ = 0;
  std::vector<Id128> organisations_;
  std::vector<Id128> people_;
  Id128 need_;
  std::mt19937_64 random_{1};
};

}  // namespace jiedui::bench
