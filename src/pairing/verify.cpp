#include "jiedui/pairing/verify.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

// Shares no code with the solver and none with the index by which a market finds its candidates. It
// asks the market for the verdict on pairs that it enumerates itself, and recomputes the rest.

namespace jiedui {

namespace {

constexpr std::uint32_t no_slot = solver::Candidate::no_slot;

class Verifier {
 public:
  Verifier(const Plan& plan, const Market& market, const VerifyOptions& options)
      : plan_(plan.data()), market_(market), options_(options) {}

  Verification run() {
    read_market();
    read_plan();
    if (!numbers_are_sane()) {
      find("proof_out_of_range", "proof");
      result_.feasible = false;
      return result_;
    }
    read_proof();
    if (check_pairs())
      check_totals();
    else
      find_infeasible("interrupted", "verify");
    result_.feasible = infeasible_ == 0;
    result_.optimal = result_.finding_count == 0 && plan_.status == PlanStatus::optimal;
    return result_;
  }

 private:
  struct Chosen {
    std::uint32_t volunteer;
    std::uint32_t slot;
    std::int64_t points;
    bool seen;
    friend bool operator<(const Chosen& a, const Chosen& b) { return a.volunteer < b.volunteer; }
  };

  void find(std::string code, std::string place) {
    ++result_.finding_count;
    if (result_.findings.size() < 100)
      result_.findings.push_back({std::move(code), std::move(place)});
  }
  /// A finding against the plan itself, not only against its proof.
  void find_infeasible(std::string code, std::string place) {
    ++infeasible_;
    find(std::move(code), std::move(place));
  }
  std::string place_of(std::uint32_t v, std::uint32_t n) const {
    return "volunteer " + market_.volunteer_id(VolunteerIndex{v}) + ", need " +
           market_.need_id(NeedIndex{n});
  }

  void read_market() {
    for (std::uint32_t v = 0; v < market_.volunteer_count(); ++v)
      volunteers_.emplace(market_.volunteer_id(VolunteerIndex{v}), v);
    for (std::uint32_t n = 0; n < market_.need_count(); ++n)
      needs_.emplace(market_.need_id(NeedIndex{n}), n);
    price_.resize(volunteers_.size());
    used_.resize(volunteers_.size());
    profit_.resize(needs_.size());
    chosen_.resize(needs_.size());
    const auto& given = market_.limits();
    if (market_.is_explicit()) {
      capacity_ = given.capacity;
      demand_ = given.demand;
      tier_ = given.tier;
    } else {
      capacity_ = market_.network().volunteers().capacity;
      demand_ = market_.network().needs().demand;
      tier_ = market_.network().needs().tier;
    }
  }

  /// Who serves whom, and whether any limit is exceeded.
  void read_plan() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> taken;
    for (const PlanData::Entry& entry : plan_.pairs) {
      const auto volunteer = volunteers_.find(entry.pair.volunteer);
      const auto need = needs_.find(entry.pair.need);
      if (volunteer == volunteers_.end() || need == needs_.end()) {
        find_infeasible("id_unknown",
                        "volunteer " + entry.pair.volunteer + ", need " + entry.pair.need);
        continue;
      }
      const std::uint32_t v = volunteer->second;
      const std::uint32_t n = need->second;
      ++used_[v];
      if (entry.slot != no_slot && ++taken[{v, entry.slot}] == 2)
        find_infeasible("slot_taken_twice", place_of(v, n));
      chosen_[n].push_back({v, entry.slot, entry.pair.points.count(), false});
      check_time_and_way(entry, v, n);
    }
    check_overlaps();
    for (std::uint32_t n = 0; n < chosen_.size(); ++n) {
      std::sort(chosen_[n].begin(), chosen_[n].end());
      for (std::size_t i = 1; i < chosen_[n].size(); ++i)
        if (chosen_[n][i - 1].volunteer == chosen_[n][i].volunteer)
          find_infeasible("volunteer_twice", place_of(chosen_[n][i].volunteer, n));
    }
    for (std::uint32_t v = 0; v < used_.size(); ++v)
      if (used_[v] > capacity_[v])
        find_infeasible("capacity_exceeded",
                        "volunteer " + market_.volunteer_id(VolunteerIndex{v}));
    for (std::uint32_t n = 0; n < chosen_.size(); ++n)
      if (static_cast<std::int64_t>(chosen_[n].size()) > demand_[n])
        find_infeasible("demand_exceeded", "need " + market_.need_id(NeedIndex{n}));
  }

  /// Numbers so large that sums over this market could leave 128 bits prove nothing.
  bool numbers_are_sane() const {
    int128 limits = 1;
    limits += static_cast<int128>(capacity_.size() + demand_.size() + 2 * plan_.pairs.size() +
                                  plan_.proof.prices.size() + plan_.proof.profits.size());
    const int128 most = (int128{1} << 120U) / limits;
    const auto sane = [&](int128 number) { return number >= 0 && number <= most; };
    const OptimalityProof& proof = plan_.proof;
    return proof.tiers >= 1 && proof.tiers <= solver::Instance::tiers_max && proof.step >= 1 &&
           proof.step <= most / (proof.tiers + 1) &&
           std::all_of(proof.prices.begin(), proof.prices.end(),
                       [&](const auto& price) { return sane(price.price); }) &&
           std::all_of(proof.profits.begin(), proof.profits.end(),
                       [&](const auto& profit) { return sane(profit.profit); });
  }

  /// The time and the distance that the plan states are those of the market.
  void check_time_and_way(const PlanData::Entry& entry, std::uint32_t v, std::uint32_t n) {
    if (entry.pair.metres != market_.metres(VolunteerIndex{v}, NeedIndex{n}))
      find_infeasible("metres_differ", place_of(v, n));
    const auto time = market_.time_of(VolunteerIndex{v}, NeedIndex{n}, entry.slot);
    const auto stated = entry.pair.begins && entry.pair.ends
                            ? std::optional(std::pair(*entry.pair.begins, *entry.pair.ends))
                            : std::nullopt;
    if (stated != time) find_infeasible("time_differs", place_of(v, n));
    if (stated) visits_.push_back({v, stated->first, stated->second});
  }

  /// Nobody is in two places at once, whatever the slots say.
  void check_overlaps() {
    std::sort(visits_.begin(), visits_.end());
    for (std::size_t i = 1; i < visits_.size(); ++i) {
      const auto& [before, begins_before, ends_before] = visits_[i - 1];
      const auto& [volunteer, begins, ends] = visits_[i];
      if (before == volunteer && begins < ends_before)
        find_infeasible("visits_overlap",
                        "volunteer " + market_.volunteer_id(VolunteerIndex{volunteer}));
    }
  }

  void read_proof() {
    for (const OptimalityProof::Price& price : plan_.proof.prices) {
      const auto volunteer = volunteers_.find(price.volunteer);
      if (volunteer == volunteers_.end() || price.price < 0) {
        find("price_invalid", "volunteer " + price.volunteer);
        continue;
      }
      if (price.slot == no_slot)
        price_[volunteer->second] = price.price;
      else
        slot_price_[key(volunteer->second, price.slot)] = price.price;
    }
    for (const OptimalityProof::Profit& profit : plan_.proof.profits) {
      const auto need = needs_.find(profit.need);
      if (need == needs_.end() || profit.profit < 0)
        find("profit_invalid", "need " + profit.need);
      else
        profit_[need->second] = profit.profit;
    }
  }

  static std::uint64_t key(std::uint32_t v, std::uint32_t slot) {
    return (std::uint64_t{v} << 32U) | slot;
  }
  int128 price_of(std::uint32_t v, std::uint32_t slot) const {
    int128 price = price_[v];
    if (slot == no_slot || slot_price_.empty()) return price;
    const auto found = slot_price_.find(key(v, slot));
    return found == slot_price_.end() ? price : price + found->second;
  }
  int128 bonus(std::uint32_t n) const {
    return (plan_.proof.tiers + 1 - tier_[n]) * plan_.proof.step;
  }

  /// Holds the prices against every eligible pair; false if stopped.
  bool check_pairs() {
    const solver::Instance listed = market_.is_explicit() ? market_.instance() : solver::Instance{};
    detail::ControlledSteps steps(options_.control, demand_.size());
    if (market_.is_explicit()) {
      for (std::uint32_t n = 0; n < demand_.size(); ++n) {
        check_need(n, listed.candidates_of(n));
        if (!steps.next()) return false;
      }
      return true;
    }
    std::vector<VolunteerIndex> everybody;
    for (std::uint32_t v = 0; v < capacity_.size(); ++v) everybody.emplace_back(v);
    const auto by_skill = options_.exhaustive ? SkillLists{} : skill_lists();
    const Items& items = market_.network().catalogue();
    for (std::uint32_t n = 0; n < demand_.size(); ++n) {
      const Symbol skill = items.skill[market_.network().needs().item[n].value()];
      const bool narrow = !by_skill.empty() && skill.has_value();
      const auto list = narrow ? by_skill.find(skill) : by_skill.end();
      static const std::vector<VolunteerIndex> nobody;
      const auto& volunteers = !narrow ? everybody : list == by_skill.end() ? nobody : list->second;
      check_need(n, market_.candidates(volunteers, NeedIndex{n}));
      if (!steps.next()) return false;
    }
    return true;
  }

  using SkillLists = std::map<Symbol, std::vector<VolunteerIndex>>;
  /// Empty where the skill does not matter.
  SkillLists skill_lists() const {
    SkillLists lists;
    if (!market_.needs_skill()) return lists;
    const Volunteers& volunteers = market_.network().volunteers();
    for (std::uint32_t v = 0; v < volunteers.id.size(); ++v) {
      std::set<Symbol> skills;
      for (const SkillEntry& entry : volunteers.skills[v]) skills.insert(entry.skill);
      for (const Symbol skill : skills) lists[skill].emplace_back(v);
    }
    return lists;
  }

  void check_need(std::uint32_t n, std::span<const solver::Candidate> candidates) {
    result_.pairs_checked += static_cast<std::int64_t>(candidates.size());
    candidates_of_need_ = candidates.size();
    for (const solver::Candidate& candidate : candidates) {
      most_ = std::max(most_, candidate.points);
      least_ = std::min(least_, candidate.points);
      const auto found = std::lower_bound(chosen_[n].begin(), chosen_[n].end(),
                                          Chosen{candidate.volunteer, 0, 0, false});
      Chosen* chosen =
          found != chosen_[n].end() && found->volunteer == candidate.volunteer ? &*found : nullptr;
      const int128 margin =
          bonus(n) + candidate.points - price_of(candidate.volunteer, candidate.slot) - profit_[n];
      if (chosen == nullptr) {
        if (margin > 0) find("weight_above_price", place_of(candidate.volunteer, n));
        continue;
      }
      if (chosen->slot == candidate.slot) {
        chosen->seen = true;
        if (chosen->points != candidate.points)
          find_infeasible("points_differ", place_of(candidate.volunteer, n));
        if (margin < 0) find("weight_below_price", place_of(candidate.volunteer, n));
        continue;
      }
      // Another slot for a pair of the plan must not be better than the one that it has.
      const int128 held =
          bonus(n) + chosen->points - price_of(chosen->volunteer, chosen->slot) - profit_[n];
      if (margin > held) find("slot_better", place_of(candidate.volunteer, n));
    }
    for (const Chosen& chosen : chosen_[n]) {
      if (!chosen.seen) {
        find_infeasible("pair_not_eligible", place_of(chosen.volunteer, n));
        continue;
      }
      const int128 weight = bonus(n) + chosen.points;
      value_ += weight;
      // The dual price of "each volunteer at most once for a need".
      bound_ += weight - price_of(chosen.volunteer, chosen.slot) - profit_[n];
    }
    units_ += std::min<std::int64_t>(demand_[n], static_cast<std::int64_t>(candidates_of_need_));
    // Only full needs and volunteers enter the sum, so that it counts no more than the plan's
    // pairs.
    if (profit_[n] > 0 && static_cast<std::int64_t>(chosen_[n].size()) < demand_[n])
      find("profit_without_full_need", "need " + market_.need_id(NeedIndex{n}));
    else
      bound_ += profit_[n] * demand_[n];
  }

  void check_totals() {
    for (std::uint32_t v = 0; v < price_.size(); ++v) {
      if (price_[v] > 0 && used_[v] < capacity_[v])
        find("price_without_full_volunteer",
             "volunteer " + market_.volunteer_id(VolunteerIndex{v}));
      else
        bound_ += price_[v] * capacity_[v];
    }
    std::set<std::uint64_t> taken;
    for (std::uint32_t n = 0; n < chosen_.size(); ++n)
      for (const Chosen& chosen : chosen_[n])
        if (chosen.slot != no_slot) taken.insert(key(chosen.volunteer, chosen.slot));
    for (const auto& [seat, price] : slot_price_) {
      if (price > 0 && !taken.contains(seat))
        find("slot_price_without_pair",
             "volunteer " +
                 market_.volunteer_id(VolunteerIndex{static_cast<std::uint32_t>(seat >> 32U)}));
      bound_ += price;
    }
    // Any two plans differ by less than one step in points, so that tiers come strictly first.
    if (plan_.proof.step <= units_ * (int128{most_} - least_)) find("step_too_small", "proof");
    const auto lowest = tier_.empty() ? 1 : *std::max_element(tier_.begin(), tier_.end());
    if (plan_.proof.tiers < lowest) find("tiers_too_few", "proof");
    if (value_ != plan_.value) find("value_differs", "plan");
    if (bound_ != plan_.bound) find("bound_differs", "plan");
    if (value_ != bound_) find("primal_below_dual", "plan");
    check_tiers();
    std::vector<std::string> without_slot;
    for (const NeedIndex need : market_.needs_without_slot())
      without_slot.push_back(market_.need_id(need));
    if (without_slot != plan_.without_slot) find("needs_without_slot_differ", "plan");
  }

  void check_tiers() {
    std::map<std::int32_t, TierCount> counts;
    for (std::uint32_t n = 0; n < demand_.size(); ++n) {
      TierCount& count = counts[tier_[n]];
      count.tier = tier_[n];
      count.demand += demand_[n];
      count.filled += static_cast<std::int64_t>(chosen_[n].size());
    }
    std::vector<TierCount> list;
    for (const auto& [tier, count] : counts) list.push_back(count);
    if (list != plan_.tiers) find("tier_counts_differ", "plan");
  }

  const PlanData& plan_;
  const Market& market_;
  const VerifyOptions& options_;
  Verification result_;
  std::int64_t infeasible_ = 0;
  std::unordered_map<std::string, std::uint32_t> volunteers_, needs_;
  std::vector<std::int32_t> capacity_, demand_, tier_;
  std::vector<std::vector<Chosen>> chosen_;  // by need
  std::vector<std::int64_t> used_;           // by volunteer
  std::vector<std::tuple<std::uint32_t, Instant, Instant>> visits_;
  std::vector<int128> price_, profit_;
  std::unordered_map<std::uint64_t, int128> slot_price_;
  std::size_t candidates_of_need_ = 0;
  std::int64_t most_ = 0;
  std::int64_t least_ = 0;
  int128 units_ = 0;
  int128 value_ = 0;
  int128 bound_ = 0;
};

}  // namespace

Verification verify(const Plan& plan, const Market& market, const VerifyOptions& options) {
  return Verifier(plan, market, options).run();
}

}  // namespace jiedui
