#include "plan_draft.hpp"

#include <map>
#include <numeric>

namespace jiedui::solver {

namespace {

LinePair place_of(const ChosenPair& pair) {
  return {pair.need, pair.candidate.volunteer};
}
bool is_before(const ChosenPair& a, const ChosenPair& b) {
  return place_of(a) < place_of(b);
}

/// Sets of numbers that grow together.
class Joined {
 public:
  explicit Joined(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

/// Pairs that are taken from the other plan together or not at all.
struct DraftMaker::Part {
  std::vector<ChosenPair> gone, added;
  int128 gain = 0;
  std::map<std::uint32_t, std::int64_t> lent;  // more, by limit
  std::int64_t kept = 0;
  bool overlaps = false;  // someone would have several pairs in a slot
  bool is_taken = false;
};

DraftMaker::DraftMaker(const Limits& limits, const CrossTable& table, const Weights& weights)
    : limits_(limits), table_(table), weights_(weights) {
  for (const ChosenPair& pin : limits.pinned) pinned_.push_back(place_of(pin));
  std::sort(pinned_.begin(), pinned_.end());
}

int128 DraftMaker::load(std::uint32_t v, std::int32_t pairs) const {
  int128 sum = 0;
  if (!limits_.load_cost.empty())
    for (std::int32_t i = 1; i <= pairs; ++i) sum += limits_.cost_of(v, i);
  if (!limits_.least.empty()) sum -= std::min(pairs, limits_.least[v]) * weights_.least_bonus();
  return sum;
}

PlanDraft DraftMaker::draft(std::vector<ChosenPair> pairs) const {
  PlanDraft draft{.pairs = std::move(pairs), .lent = {}};
  std::sort(draft.pairs.begin(), draft.pairs.end(), is_before);
  draft.lent.assign(limits_.cross.lending.size(), 0);
  std::vector<std::int32_t> of_volunteer(limits_.volunteers(), 0);
  for (const ChosenPair& pair : draft.pairs) {
    const std::uint32_t v = pair.candidate.volunteer;
    draft.value += weight(pair);
    ++of_volunteer[v];
    const std::uint32_t k = table_.lending(pair.need, v);
    if (k != CrossTable::no_limit) ++draft.lent[k];
    if (table_.was_before(pair.need, v)) ++draft.kept;
  }
  for (std::uint32_t v = 0; v < of_volunteer.size(); ++v) draft.value -= load(v, of_volunteer[v]);
  if (limits_.cross.slots != 0) draft.overlapping = overlapping(draft.pairs);
  return draft;
}

std::vector<std::uint32_t> DraftMaker::overlapping(std::span<const ChosenPair> pairs) const {
  std::vector<std::pair<std::uint32_t, SlotRun>> taken;
  for (const ChosenPair& pair : pairs)
    if (pair.candidate.slot != Candidate::no_slot)
      taken.emplace_back(pair.candidate.volunteer, table_.run(pair.candidate.slot));
  std::sort(taken.begin(), taken.end());
  std::vector<std::uint32_t> found;
  std::uint32_t end = 0;  // of what the volunteer has taken so far
  for (std::size_t i = 0; i < taken.size(); ++i) {
    const auto& [v, run] = taken[i];
    const bool is_same = i > 0 && taken[i - 1].first == v;
    if (is_same && run.first < end && (found.empty() || found.back() != v)) found.push_back(v);
    end = is_same ? std::max(end, run.end) : run.end;
  }
  return found;
}

PlanDraft DraftMaker::without_overlaps(const PlanDraft& draft) const {
  if (draft.overlapping.empty()) return draft;
  std::vector<const ChosenPair*> worthiest;
  std::vector<ChosenPair> kept;
  for (const ChosenPair& pair : draft.pairs)
    if (std::binary_search(draft.overlapping.begin(), draft.overlapping.end(),
                           pair.candidate.volunteer))
      worthiest.push_back(&pair);
    else
      kept.push_back(pair);
  std::stable_sort(worthiest.begin(), worthiest.end(),
                   [&](const ChosenPair* a, const ChosenPair* b) {
                     if (is_pinned(*a) != is_pinned(*b)) return is_pinned(*a);
                     return weight(*a) > weight(*b);
                   });
  std::map<std::uint32_t, std::vector<SlotRun>> taken;
  for (const ChosenPair* pair : worthiest) {
    std::vector<SlotRun>& runs = taken[pair->candidate.volunteer];
    const SlotRun run = table_.run(pair->candidate.slot);
    if (std::any_of(runs.begin(), runs.end(), [&](SlotRun other) { return other.overlaps(run); }))
      continue;
    runs.push_back(run);
    kept.push_back(*pair);
  }
  return this->draft(std::move(kept));
}

bool DraftMaker::is_within_limits(const PlanDraft& draft) const {
  if (!draft.overlapping.empty()) return false;
  for (std::size_t k = 0; k < draft.lent.size(); ++k)
    if (draft.lent[k] > limits_.cross.lending[k].at_most) return false;
  return draft.kept >= limits_.cross.kept_least();
}

PlanDraft DraftMaker::without_excess(const PlanDraft& draft) const {
  std::vector<std::size_t> worst(draft.pairs.size());
  std::iota(worst.begin(), worst.end(), std::size_t{0});
  std::sort(worst.begin(), worst.end(), [&](std::size_t a, std::size_t b) {
    const int128 left = weight(draft.pairs[a]);
    const int128 right = weight(draft.pairs[b]);
    return left != right ? left < right : a > b;
  });
  std::vector<std::int64_t> lent = draft.lent;
  std::vector<ChosenPair> kept;
  for (const std::size_t i : worst) {
    const ChosenPair& pair = draft.pairs[i];
    const std::uint32_t k = table_.lending(pair.need, pair.candidate.volunteer);
    if (k != CrossTable::no_limit && lent[k] > limits_.cross.lending[k].at_most && !is_pinned(pair))
      --lent[k];
    else
      kept.push_back(pair);
  }
  return this->draft(std::move(kept));
}

std::vector<DraftMaker::Part> DraftMaker::difference(const PlanDraft& base,
                                                     const PlanDraft& other) const {
  struct Change {
    const ChosenPair* pair;
    bool is_added;
  };
  std::vector<Change> changes;
  auto a = base.pairs.begin();
  auto b = other.pairs.begin();
  while (a != base.pairs.end() || b != other.pairs.end()) {
    if (a != base.pairs.end() && b != other.pairs.end() && *a == *b) {
      ++a;
      ++b;
    } else if (b == other.pairs.end() || (a != base.pairs.end() && !is_before(*b, *a))) {
      changes.push_back({&*a++, false});
    } else {
      changes.push_back({&*b++, true});
    }
  }
  const std::size_t volunteers = limits_.volunteers();
  Joined joined(volunteers + limits_.needs() + limits_.organisation_total.size());
  for (const auto& [pair, is_added] : changes) {
    const std::uint32_t v = pair->candidate.volunteer;
    joined.join(v, volunteers + pair->need);
    if (organisation_of(v) != Limits::no_organisation)
      joined.join(v, volunteers + limits_.needs() + organisation_of(v));
  }
  std::vector<Part> parts;
  std::map<std::size_t, std::size_t> part_of;
  std::map<std::uint32_t, std::pair<std::int32_t, std::int32_t>> pairs_of;  // of both plans
  for (const auto& [pair, is_added] : changes) {
    const std::uint32_t v = pair->candidate.volunteer;
    const auto [place, is_new] = part_of.try_emplace(joined.root(v), parts.size());
    if (is_new) parts.emplace_back();
    Part& part = parts[place->second];
    const std::int64_t sign = is_added ? 1 : -1;
    (is_added ? part.added : part.gone).push_back(*pair);
    part.gain += sign * weight(*pair);
    const std::uint32_t k = table_.lending(pair->need, v);
    if (k != CrossTable::no_limit) part.lent[k] += sign;
    if (table_.was_before(pair->need, v)) part.kept += sign;
    part.overlaps =
        part.overlaps || std::binary_search(other.overlapping.begin(), other.overlapping.end(), v);
    pairs_of[v] = {};
  }
  if (limits_.load_cost.empty() && limits_.least.empty()) return parts;
  const auto count = [&](const PlanDraft& draft, auto member) {
    for (const ChosenPair& pair : draft.pairs) {
      const auto entry = pairs_of.find(pair.candidate.volunteer);
      if (entry != pairs_of.end()) ++(entry->second.*member);
    }
  };
  using Both = std::pair<std::int32_t, std::int32_t>;
  count(base, &Both::first);
  count(other, &Both::second);
  for (const auto& [v, both] : pairs_of)
    parts[part_of.at(joined.root(v))].gain += load(v, both.first) - load(v, both.second);
  return parts;
}

bool DraftMaker::fits(const Part& part, const PlanDraft& draft) const {
  if (part.overlaps) return false;
  for (const auto& [k, more] : part.lent)
    if (more > 0 && draft.lent[k] + more > limits_.cross.lending[k].at_most) return false;
  return part.kept >= 0 || draft.kept + part.kept >= limits_.cross.kept_least();
}

PlanDraft DraftMaker::mixed(const PlanDraft& base, const PlanDraft& other) const {
  std::vector<Part> parts = difference(base, other);
  std::erase_if(parts, [](const Part& part) { return part.gain <= 0; });
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& x, const Part& y) { return x.gain > y.gain; });
  PlanDraft counts = base;  // its pairs are left as they are
  std::vector<LinePair> gone;
  std::vector<ChosenPair> pairs;
  // What one part sets free another may use.
  for (bool has_taken = true; has_taken;) {
    has_taken = false;
    for (Part& part : parts) {
      if (part.is_taken || !fits(part, counts)) continue;
      part.is_taken = has_taken = true;
      for (const auto& [k, more] : part.lent) counts.lent[k] += more;
      counts.kept += part.kept;
      for (const ChosenPair& pair : part.gone) gone.push_back(place_of(pair));
      pairs.insert(pairs.end(), part.added.begin(), part.added.end());
    }
  }
  if (gone.empty() && pairs.empty()) return base;
  std::sort(gone.begin(), gone.end());
  for (const ChosenPair& pair : base.pairs)
    if (!std::binary_search(gone.begin(), gone.end(), place_of(pair))) pairs.push_back(pair);
  return draft(std::move(pairs));
}

}  // namespace jiedui::solver
