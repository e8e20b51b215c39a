#pragma once

#include <vector>

#include "plans.hpp"

namespace jiedui::test {

/// Tries to take or leave each candidate; keeps the best score. Leaves out what cannot be better
/// even if all that is open were filled.
class BruteForce {
 public:
  explicit BruteForce(const solver::Instance& instance)
      : instance_(instance),
        used_(instance.volunteers(), 0),
        filled_(instance.needs(), 0),
        organisation_used_(instance.organisation_total.size(), 0),
        lent_(instance.cross.lending.size(), 0) {
    for (std::uint32_t line = 0; line < instance.needs(); ++line)
      for (const solver::Candidate& candidate : instance.candidates_of(line))
        all_.push_back({line, candidate});
    number_seats();
    for (const solver::ChosenPair& pin : instance.pinned) {
      mark(pin, true);
      change(pin, 1);
    }
    score_ = score_of(instance, instance.pinned);
    best_[0] = -1;  // no plan yet
    for (std::size_t v = 0; v < used_.size(); ++v) open_least_ += open_least(v);
    add_prospects();
    decide(0);
  }
  /// Whether any plan keeps enough of the plan before.
  bool has_plan() const { return best_[0] >= 0; }
  const Score& best() const { return best_; }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  /// A number for each (volunteer, slot) and each (volunteer, need).
  void number_seats() {
    std::uint32_t slots = 0;
    std::uint32_t needs = 0;
    const auto widen = [&](const solver::ChosenPair& pair) {
      for (const std::uint32_t slot : slots_of(instance_, pair.candidate.slot))
        slots = std::max(slots, slot + 1);
      needs = std::max(needs, instance_.need_of(pair.need) + 1);
    };
    for (const solver::ChosenPair& pair : all_) widen(pair);
    for (const solver::ChosenPair& pair : instance_.pinned) widen(pair);
    slots_ = slots;
    needs_ = needs;
    seat_taken_.assign(instance_.volunteers() * slots, false);
    met_.assign(instance_.volunteers() * needs, false);
  }
  std::size_t seat(const solver::Candidate& candidate, std::uint32_t slot) const {
    return candidate.volunteer * slots_ + slot;
  }
  bool has_free_seats(const solver::Candidate& candidate) const {
    const auto slots = slots_of(instance_, candidate.slot);
    return std::none_of(slots.begin(), slots.end(),
                        [&](std::uint32_t slot) { return seat_taken_[seat(candidate, slot)]; });
  }
  std::size_t meeting(const solver::ChosenPair& pair) const {
    return pair.candidate.volunteer * needs_ + instance_.need_of(pair.need);
  }
  std::uint32_t organisation(std::uint32_t volunteer) const {
    return instance_.organisation.empty() ? solver::Limits::no_organisation
                                          : instance_.organisation[volunteer];
  }
  std::int32_t open_least(std::size_t v) const {
    return instance_.least.empty() ? 0 : std::max(0, instance_.least[v] - used_[v]);
  }

  /// The most that the lines and candidates behind each candidate can bring.
  void add_prospects() {
    prospects_.assign(all_.size() + 1, {});
    line_left_.assign(all_.size() + 1, 0);
    Score later{};  // of the lines behind the one at hand
    for (std::size_t i = all_.size(); i > 0; --i) {
      const auto& [line, candidate] = all_[i - 1];
      if (i < all_.size() && all_[i].need != line) {
        const std::uint32_t next = all_[i].need;
        later[static_cast<std::size_t>(instance_.tier[next])] +=
            std::min(line_left_[i], instance_.demand[next] - filled_[next]);
      }
      line_left_[i - 1] = i < all_.size() && all_[i].need == line ? line_left_[i] + 1 : 1;
      later.back() += std::max<std::int64_t>(0, candidate.points);
      prospects_[i - 1] = later;
    }
  }

  bool can_be_better(std::size_t i) const {
    const std::uint32_t line = all_[i].need;
    const auto tier = static_cast<std::size_t>(instance_.tier[line]);
    for (std::size_t part = 0; part < score_.size(); ++part) {
      int128 most = score_[part] + prospects_[i][part];
      if (part == 0) most += open_least_;
      if (part == tier) most += std::min(line_left_[i], instance_.demand[line] - filled_[line]);
      if (most != best_[part]) return most > best_[part];
    }
    return false;
  }

  void decide(std::size_t i) {
    if (kept_ >= instance_.cross.kept_least()) best_ = std::max(best_, score_);
    if (i == all_.size() || !can_be_better(i)) return;
    const auto& [line, candidate] = all_[i];
    const std::uint32_t v = candidate.volunteer;
    if (is_free(all_[i])) {
      const Score before = score_;
      const std::int32_t open_before = open_least(v);
      mark(all_[i], true);
      change(all_[i], 1);
      const std::int32_t met = open_before - open_least(v);
      open_least_ -= met;
      score_[0] += met;
      ++score_[static_cast<std::size_t>(instance_.tier[line])];
      score_.back() += candidate.points - instance_.cost_of(v, used_[v]);
      decide(i + 1);
      score_ = before;
      open_least_ += met;
      change(all_[i], -1);
      mark(all_[i], false);
    }
    decide(i + 1);
  }

  bool is_free(const solver::ChosenPair& pair) const {
    const std::uint32_t v = pair.candidate.volunteer;
    const std::uint32_t group = organisation(v);
    return used_[v] < instance_.capacity[v] && filled_[pair.need] < instance_.demand[pair.need] &&
           !met_[meeting(pair)] && has_free_seats(pair.candidate) &&
           (group == solver::Limits::no_organisation ||
            organisation_used_[group] < instance_.organisation_total[group]) &&
           may_lend(pair);
  }
  bool may_lend(const solver::ChosenPair& pair) const {
    const std::size_t k = lending_of(pair);
    return k == none || lent_[k] < instance_.cross.lending[k].at_most;
  }
  std::size_t lending_of(const solver::ChosenPair& pair) const {
    const solver::CrossLimits& cross = instance_.cross;
    for (std::size_t k = 0; k < cross.lending.size(); ++k)
      if (cross.lending[k].from == cross.home[pair.candidate.volunteer] &&
          cross.lending[k].to == cross.asking[pair.need])
        return k;
    return none;
  }
  void mark(const solver::ChosenPair& pair, bool taken) {
    met_[meeting(pair)] = taken;
    for (const std::uint32_t slot : slots_of(instance_, pair.candidate.slot))
      seat_taken_[seat(pair.candidate, slot)] = taken;
  }
  void change(const solver::ChosenPair& pair, std::int32_t by) {
    used_[pair.candidate.volunteer] += by;
    filled_[pair.need] += by;
    const std::uint32_t group = organisation(pair.candidate.volunteer);
    if (group != solver::Limits::no_organisation) organisation_used_[group] += by;
    if (lending_of(pair) != none) lent_[lending_of(pair)] += by;
    kept_ += by * kept_pairs(instance_, {pair});
  }

  const solver::Instance& instance_;
  std::vector<solver::ChosenPair> all_;
  std::vector<std::int32_t> used_, filled_, organisation_used_, lent_;
  std::int64_t kept_ = 0;
  std::size_t slots_ = 0, needs_ = 0;
  std::vector<bool> seat_taken_, met_;
  std::vector<Score> prospects_;
  std::vector<std::int32_t> line_left_;
  std::int32_t open_least_ = 0;
  Score score_{}, best_{};
};

}  // namespace jiedui::test
