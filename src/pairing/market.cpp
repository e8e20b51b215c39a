#include "jiedui/pairing/market.hpp"

#include <algorithm>

#include "candidate_index.hpp"
#include "market_state.hpp"
#include "solver/explicit_source.hpp"

namespace jiedui {

namespace {

[[noreturn]] void refuse_pairs(std::int64_t most, std::size_t needs_seen, std::size_t needs) {
  throw Error({.code = "too_many_pairs",
               .place = "market",
               .message = "the first " + std::to_string(needs_seen) + " of " +
                          std::to_string(needs) + " needs have more candidates than that alone",
               .allowed = "up to " + std::to_string(most),
               .way_out = "raise MarketOptions::pairs_max (16 bytes a candidate), or narrow reach, "
                          "skills or the items that are remote"});
}

[[noreturn]] void throw_interrupted() {
  throw Error({.code = "interrupted",
               .place = "market",
               .message = "the search for eligible pairs was stopped",
               .allowed = "",
               .way_out = "make the market again"});
}

/// The ways in which the volunteers given may serve the need, by volunteer and slot.
void append_candidates(const Eligibility& eligibility, std::uint32_t n,
                       std::span<const std::uint32_t> volunteers,
                       std::vector<solver::Candidate>& out) {
  std::vector<VolunteerIndex> eligible;
  std::vector<std::uint32_t> slots;
  std::vector<std::uint32_t> all_slots;
  std::vector<std::size_t> slots_end;  // of each eligible volunteer, in all_slots
  Eligibility::FreeSlots free;
  for (const std::uint32_t v : volunteers)
    if (eligibility.is_eligible(v, n, free, slots)) {
      eligible.emplace_back(v);
      all_slots.insert(all_slots.end(), slots.begin(), slots.end());
      slots_end.push_back(all_slots.size());
    }
  std::vector<VolunteerIndex> fit = eligible;
  eligibility.apply_own_rules(n, fit);
  const std::vector<std::int64_t> points = eligibility.points(n, fit);
  std::size_t i = 0;
  for (std::size_t k = 0; k < fit.size(); ++k) {
    while (eligible[i] != fit[k]) ++i;
    for (std::size_t s = i == 0 ? 0 : slots_end[i - 1]; s < slots_end[i]; ++s)
      out.push_back({fit[k].value(), all_slots[s], points[k]});
  }
}

}  // namespace

Market::Market(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Market::Market(Network network, Rules rules, PointTerms points, MarketOptions options)
    : Market([&]() -> std::shared_ptr<const State> {
        auto state = std::make_shared<State>(network);
        state->rules = rules;
        state->eligibility = std::make_unique<Eligibility>(network, rules, points, options);
        state->list_pairs(options);
        return state;
      }()) {}

void Market::State::check_index(std::uint32_t index, std::size_t size, std::string_view table) {
  if (index < size) return;
  throw Error({.code = "index_out_of_range",
               .place = std::string(table),
               .message = "there is no row " + std::to_string(index),
               .allowed = "0 to " + std::to_string(size) + " (exclusive)",
               .way_out = "use an index of this market"});
}

void Market::State::list_pairs(const MarketOptions& options) {
  const CandidateIndex index(network, rules, *eligibility);
  const Volunteers& volunteers = network.volunteers();
  const Needs& needs = network.needs();
  instance.capacity = volunteers.capacity;
  instance.demand = needs.demand;
  instance.tier = needs.tier;
  instance.first = {0};
  detail::ControlledSteps steps(options.control, needs.id.size());
  std::vector<std::uint32_t> found;
  for (std::uint32_t n = 0; n < needs.id.size(); ++n) {
    index.find(n, found);
    append_candidates(*eligibility, n, found, instance.candidates);
    if (static_cast<std::int64_t>(instance.candidates.size()) > options.pairs_max)
      refuse_pairs(options.pairs_max, n + 1, needs.id.size());
    if (!steps.next()) throw_interrupted();
    instance.first.push_back(instance.candidates.size());
  }
}

const solver::CandidateSource& Market::State::source() const {
  std::call_once(source_made_, [&] {
    if (eligibility == nullptr)
      source_ = std::make_unique<solver::ExplicitSource>(instance);
    else
      source_ = std::make_unique<ListedSource>(instance.first, instance.candidates,
                                               instance.volunteers());
  });
  return *source_;
}

solver::Limits Market::State::numbered_limits() const {
  const auto by_number = [](auto& column, const Numbering& numbering) {
    if (column.empty()) return;
    auto old = column;
    for (std::uint32_t i = 0; i < old.size(); ++i) column[i] = old[numbering.row(i)];
  };
  solver::Limits limits = instance;
  by_number(limits.capacity, volunteers);
  by_number(limits.least, volunteers);
  by_number(limits.load_before, volunteers);
  by_number(limits.organisation, volunteers);
  by_number(limits.demand, lines);
  by_number(limits.tier, lines);
  by_number(limits.need, lines);
  for (std::uint32_t& need : limits.need) need = lines.number(need);
  for (solver::ChosenPair& pair : limits.pinned) {
    pair.need = lines.number(pair.need);
    pair.candidate.volunteer = volunteers.number(pair.candidate.volunteer);
  }
  return limits;
}

std::vector<solver::Candidate> Market::best(NeedIndex need, std::size_t count) const {
  state_->check(need);
  const solver::CandidateSource& source = state_->source();
  const std::uint32_t line = state_->lines.number(need.value());
  std::vector<solver::Offer> offers;
  // Equal points come by number from the source, and by row here: all of the last points are
  // needed.
  for (std::size_t asked = count;; asked *= 2) {
    const solver::Rest rest = source.best(line, asked, offers);
    if (!rest.any || offers.size() < count || count == 0 ||
        rest.points_max < offers[count - 1].points)
      break;
  }
  for (solver::Offer& offer : offers) offer.volunteer = state_->volunteer_row(offer.volunteer);
  std::sort(offers.begin(), offers.end(), [](const solver::Offer& a, const solver::Offer& b) {
    return a.points != b.points ? a.points > b.points : a.volunteer < b.volunteer;
  });
  std::vector<solver::Candidate> found;
  for (const solver::Offer& offer : offers)
    for (const std::uint32_t slot : source.slots(offer.slots)) {
      if (found.size() == count) return found;
      found.push_back({offer.volunteer, slot, offer.points});
    }
  return found;
}

std::size_t Market::volunteer_count() const {
  return state_->instance.volunteers();
}
std::size_t Market::need_count() const {
  return state_->instance.needs();
}
const solver::Limits& Market::limits() const {
  return state_->instance;
}
solver::Instance Market::instance() const {
  return state_->instance;
}
std::pair<std::int64_t, std::int64_t> Market::points_range() const {
  const auto [least, most] = state_->source().points_range();
  return {least, most};
}
const Network& Market::network() const {
  return state_->network;
}
bool Market::needs_skill() const {
  return state_->rules.has(StandardRule::skill);
}
bool Market::is_explicit() const {
  return state_->eligibility == nullptr;
}

std::string Market::volunteer_id(VolunteerIndex volunteer) const {
  state_->check(volunteer);
  if (is_explicit()) return state_->volunteer_ids[volunteer.value()];
  return std::string(network().volunteers().id[volunteer.value()]);
}
std::string Market::need_id(NeedIndex need) const {
  state_->check(need);
  if (is_explicit()) return state_->need_ids[need.value()];
  return std::string(network().needs().id[need.value()]);
}

std::string Market::organisation_id(std::uint32_t organisation) const {
  state_->check_index(organisation, network().organisations().id.size(), "organisations");
  return std::string(network().organisations().id[organisation]);
}

VolunteerIndex Market::volunteer_index(std::string_view id) const {
  if (!is_explicit()) return network().volunteer_index(id);
  return VolunteerIndex{state_->volunteer_ids.index_of(id, "volunteers")};
}
NeedIndex Market::need_index(std::string_view id) const {
  if (!is_explicit()) return network().need_index(id);
  return NeedIndex{state_->need_ids.index_of(id, "needs")};
}

std::int64_t Market::pair_count() const {
  const solver::Instance& instance = state_->instance;
  std::int64_t count = 0;
  for (std::size_t n = 0; n < need_count(); ++n) {
    std::vector<std::uint32_t> volunteers;
    for (const solver::Candidate& candidate : instance.candidates_of(n))
      volunteers.push_back(candidate.volunteer);
    std::sort(volunteers.begin(), volunteers.end());
    count += std::unique(volunteers.begin(), volunteers.end()) - volunteers.begin();
  }
  return count;
}

std::vector<Reason> Market::reasons_against(VolunteerIndex volunteer, NeedIndex need) const {
  std::vector<Reason> reasons;
  state_->check(volunteer);
  state_->check(need);
  const std::uint32_t v = volunteer.value();
  const std::uint32_t n = need.value();
  if (is_explicit()) {
    if (candidates(volunteer, need).empty())
      reasons.push_back({"not_listed", "the pair is not among the pairs given"});
    return reasons;
  }
  const Eligibility& eligibility = *state_->eligibility;
  for (std::size_t r = 0; r < standard_rule_count; ++r) {
    const auto rule = static_cast<StandardRule>(r);
    if (!eligibility.holds(rule, v, n))
      reasons.push_back({std::string(name(rule)), eligibility.reason(rule, v, n)});
  }
  // Each rule may hold on a day of its own, and none on all.
  std::vector<std::uint32_t> slots;
  eligibility.slots_of(v, n, slots);
  if (reasons.empty() && slots.empty())
    reasons.push_back({std::string(name(StandardRule::availability)),
                       "there is no day on which all that is asked for holds at once"});
  for (const Rules::Own& own : state_->rules.own()) {
    const std::int32_t metres = eligibility.metres(v, n);
    std::uint8_t fits = 1;
    own.block({state_->network, need, std::span(&volunteer, 1), std::span(&metres, 1)},
              std::span(&fits, 1));
    if (fits == 0) reasons.push_back({own.code, own.reason});
  }
  return reasons;
}

std::vector<solver::Candidate> Market::candidates(VolunteerIndex volunteer, NeedIndex need) const {
  return candidates(std::span(&volunteer, 1), need);
}

std::vector<solver::Candidate> Market::candidates(std::span<const VolunteerIndex> volunteers,
                                                  NeedIndex need) const {
  std::vector<solver::Candidate> found;
  std::vector<std::uint32_t> numbers;
  numbers.reserve(volunteers.size());
  state_->check(need);
  for (const VolunteerIndex volunteer : volunteers) {
    state_->check(volunteer);
    numbers.push_back(volunteer.value());
  }
  if (!is_explicit()) {
    append_candidates(*state_->eligibility, need.value(), numbers, found);
    return found;
  }
  for (const std::uint32_t number : numbers)
    for (const solver::Candidate& candidate : state_->instance.candidates_of(need.value()))
      if (candidate.volunteer == number) found.push_back(candidate);
  return found;
}

std::vector<NeedIndex> Market::needs_without_slot() const {
  if (is_explicit()) return {};
  return state_->eligibility->needs_without_slot();
}

std::optional<Metres> Market::metres(VolunteerIndex volunteer, NeedIndex need) const {
  state_->check(volunteer);
  state_->check(need);
  if (is_explicit()) return std::nullopt;
  const std::int32_t metres = state_->eligibility->metres(volunteer.value(), need.value());
  if (metres == PairBlock::metres_unknown) return std::nullopt;
  return Metres{metres};
}

std::optional<std::pair<Instant, Instant>> Market::time_of(VolunteerIndex volunteer, NeedIndex need,
                                                           std::uint32_t slot) const {
  state_->check(volunteer);
  state_->check(need);
  if (is_explicit() || slot >= slots().size()) return std::nullopt;
  const auto found = state_->eligibility->earliest(volunteer.value(), need.value(), slot);
  if (!found) return std::nullopt;
  return std::pair{Instant{std::chrono::seconds{found->begin}},
                   Instant{std::chrono::seconds{found->end}}};
}

const std::vector<Slot>& Market::slots() const {
  static const std::vector<Slot> none;
  return is_explicit() ? none : state_->eligibility->slots();
}
Date Market::from() const {
  return is_explicit() ? Date{} : state_->eligibility->from();
}
Date Market::until() const {
  return is_explicit() ? Date{} : state_->eligibility->until();
}

}  // namespace jiedui
