#pragma once

#include <optional>

#include "verify_pairs.hpp"

// Private to verify: the conditions of the proof for the pairs of one need.

namespace jiedui::verification {

/// Checks the pairs of need after need; one for each thread.
class NeedCheck {
 public:
  explicit NeedCheck(const Input& input) : input_(input) {}

  void begin(std::span<const std::uint32_t> lines) {
    lines_ = lines;
    worth_.clear();
  }
  /// Holds the prices against an eligible candidate of a line of the need.
  void consider(std::uint32_t line, const solver::Candidate& candidate);
  /// Checks the plan's pairs of a line: what the market says of them, and their prices. `eligible`
  /// holds all candidates of at least their volunteers.
  void check_chosen(std::uint32_t line, std::span<const solver::Candidate> eligible);
  /// The same, the market being asked for the candidates.
  void check_chosen(std::uint32_t line);
  void end();

  PairSums sums;
  Findings findings;

 private:
  struct Worth {
    std::uint32_t volunteer;
    int128 margin;
  };
  const Chosen* chosen_of(std::uint32_t volunteer, std::uint32_t& line) const;
  void check_time_and_way(std::uint32_t line, const Chosen& chosen);

  const Input& input_;
  std::span<const std::uint32_t> lines_;
  std::vector<Worth> worth_;  // candidates that are worth more than price and profit
  std::vector<std::uint8_t> seen_;
  std::vector<VolunteerIndex> volunteers_;
};

}  // namespace jiedui::verification
