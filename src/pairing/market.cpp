#include "jiedui/pairing/market.hpp"

#include <algorithm>
#include <atomic>
#include <limits>

#include "market_state.hpp"
#include "solver/explicit_source.hpp"
#include "solver/line_threads.hpp"

namespace jiedui {

namespace {

[[noreturn]] void refuse_pairs(std::int64_t most, std::int64_t found) {
  throw Error(
      {.code = "too_many_pairs",
       .place = "market",
       .message = "to list all pairs takes more candidates than allowed; so far there are " +
                  std::to_string(found),
       .allowed = "up to " + std::to_string(most),
       .way_out = "declare bounds for your own points (PointTerms::add), so that pairs need "
                  "not be listed; or raise MarketOptions::pairs_max"});
}

[[noreturn]] void throw_interrupted() {
  throw Error({.code = "interrupted",
               .place = "market",
               .message = "the search for eligible pairs was stopped",
               .allowed = "",
               .way_out = "make the market again"});
}

}  // namespace

Market::Market(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Market::Market(Network network, Rules rules, PointTerms points, MarketOptions options)
    : Market([&]() -> std::shared_ptr<const State> {
        if (options.control.stop.stop_requested()) throw_interrupted();
        auto state = std::make_shared<State>(network);
        state->threads = static_cast<int>(checked_range(options.threads, 1, 64, "options.threads"));
        state->pairs_max = options.pairs_max;
        state->rules = rules;
        state->eligibility = std::make_shared<Eligibility>(network, rules, points, options);
        state->forbidden = forbidden_pairs(network, options);
        std::sort(options.organisation_totals.begin(), options.organisation_totals.end(),
                  [](const auto& a, const auto& b) { return a.organisation < b.organisation; });
        for (const OrganisationPairs& total : options.organisation_totals)
          state->organisation_ids.push_back(total.organisation);
        static_cast<solver::Limits&>(state->instance) =
            limits_of(network, *state->eligibility, options, state->forbidden);
        state->implied = std::make_shared<ImpliedSource>(
            network, rules, points, *state->eligibility, state->forbidden, state->threads);
        if (options.roads)
          state->list_road_pairs(options.control);
        else if (!points.own_bounds())
          state->list_pairs(options.control);
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

void Market::State::read_all(std::uint32_t line, std::vector<solver::Offer>& out) const {
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  if (listed)
    listed->best(line, all, out);
  else if (implied)
    implied->all(line, out);
  else
    source().best(line, all, out);
  std::erase_if(out, [&](const solver::Offer& offer) {
    return edited && edited->is_forbidden(line, offer.volunteer);
  });
}

std::vector<std::vector<solver::Offer>> Market::State::all_offers(std::int64_t most,
                                                                  const Control& control) const {
  std::vector<std::vector<solver::Offer>> offers(instance.needs());
  std::atomic<std::int64_t> count = 0;
  const bool is_finished =
      each_block(static_cast<std::uint32_t>(offers.size()), threads, control,
                 [&](std::uint32_t begin, std::uint32_t end) {
                   for (std::uint32_t line = begin; line < end; ++line) {
                     read_all(line, offers[line]);
                     std::int64_t candidates = 0;
                     for (const solver::Offer& offer : offers[line])
                       candidates += static_cast<std::int64_t>(source().slots(offer.slots).size());
                     const std::int64_t so_far = count += candidates;
                     if (so_far > most) refuse_pairs(most, so_far);
                   }
                 });
  if (!is_finished) throw_interrupted();
  return offers;
}

void Market::State::list_pairs(const Control& control) {
  const auto offers = all_offers(pairs_max, control);
  std::vector<std::uint64_t> first = {0};
  std::vector<solver::Candidate> candidates;
  for (const auto& line : offers) {
    for (const solver::Offer& offer : line)
      for (const std::uint32_t slot : implied->slots(offer.slots))
        candidates.push_back({offer.volunteer, slot, offer.points});
    first.push_back(candidates.size());
  }
  listed = std::make_shared<ListedSource>(first, candidates, instance.volunteers());
}

void Market::State::list_road_pairs(const Control& control) {
  std::vector<std::vector<solver::Candidate>> of_line(instance.needs());
  std::atomic<std::int64_t> count = 0;
  const auto list = [&](std::uint32_t begin, std::uint32_t end) {
    std::vector<std::uint32_t> near;
    for (std::uint32_t line = begin; line < end; ++line) {
      const std::uint32_t row = line_row(line);
      eligibility->near_by_road(row, near);
      std::erase_if(near, [&](std::uint32_t v) { return is_forbidden(v, row); });
      eligibility->append_candidates(row, near, of_line[line]);
      for (solver::Candidate& candidate : of_line[line])
        candidate.volunteer = volunteers().number(candidate.volunteer);
      const std::int64_t so_far = count += std::ssize(of_line[line]);
      if (so_far > pairs_max) refuse_pairs(pairs_max, so_far);
    }
  };
  if (!each_block(static_cast<std::uint32_t>(of_line.size()), threads, control, list))
    throw_interrupted();
  std::vector<std::uint64_t> first = {0};
  std::vector<solver::Candidate> candidates;
  for (const auto& line : of_line) {
    candidates.insert(candidates.end(), line.begin(), line.end());
    first.push_back(candidates.size());
  }
  listed = std::make_shared<ListedSource>(first, candidates, instance.volunteers());
}

const solver::CandidateSource& Market::State::source() const {
  if (edited) return *edited;
  if (listed) return *listed;
  if (implied) return *implied;
  return given();
}

const solver::ExplicitSource& Market::State::given() const {
  std::call_once(source_made_, [&] {
    explicit_source_ = numbered_as ? std::make_unique<solver::ExplicitSource>(
                                         instance, numbered_as->first, numbered_as->second)
                                   : std::make_unique<solver::ExplicitSource>(instance, threads);
  });
  return *explicit_source_;
}

solver::Limits Market::State::numbered_limits() const {
  return solver::by_number(instance, volunteers(), lines());
}

std::shared_ptr<const Market::State> Market::State::with(solver::Limits limits,
                                                         std::span<const RowPair> without) const {
  auto state = std::make_shared<State>(network);
  state->rules = rules;
  state->threads = threads;
  state->pairs_max = pairs_max;
  state->eligibility = eligibility;
  state->implied = implied;
  state->listed = listed;
  state->volunteer_ids = volunteer_ids;
  state->need_ids = need_ids;
  state->organisation_ids = organisation_ids;
  state->forbidden = forbidden;
  state->forbidden.insert(state->forbidden.end(), without.begin(), without.end());
  std::sort(state->forbidden.begin(), state->forbidden.end());
  static_cast<solver::Limits&>(state->instance) = std::move(limits);
  if (eligibility == nullptr) {
    state->numbered_as = {volunteers(), lines()};
    state->instance.first = {0};
    for (std::uint32_t n = 0; n < instance.needs(); ++n) {
      for (const solver::Candidate& candidate : instance.candidates_of(n))
        if (!state->is_forbidden(candidate.volunteer, n))
          state->instance.candidates.push_back(candidate);
      state->instance.first.push_back(state->instance.candidates.size());
    }
  } else {
    state->edited = edited ? std::make_unique<solver::EditableSource>(*edited)
                           : std::make_unique<solver::EditableSource>(source());
    for (const RowPair& pair : without)
      state->edited->forbid(lines().number(pair.second), volunteers().number(pair.first));
  }
  return state;
}

std::vector<solver::Candidate> Market::best(NeedIndex need, std::size_t count) const {
  state_->check(need);
  const solver::CandidateSource& source = state_->source();
  const std::uint32_t line = state_->lines().number(need.value());
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

std::vector<solver::ChosenPair> Market::requests(VolunteerIndex volunteer) const {
  state_->check(volunteer);
  const solver::CandidateSource& source = state_->source();
  std::vector<solver::Request> requests;
  source.requests_of(state_->volunteers().number(volunteer.value()), requests);
  std::vector<solver::ChosenPair> found;
  for (const solver::Request& request : requests)
    for (const std::uint32_t slot : source.slots(request.slots))
      found.push_back({state_->line_row(request.line), {volunteer.value(), slot, request.points}});
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.need != b.need ? a.need < b.need : a.candidate.slot < b.candidate.slot;
  });
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
  if (is_explicit()) return state_->instance;
  const auto offers = state_->all_offers(state_->pairs_max, {});
  solver::Instance instance = state_->instance;
  instance.first = {0};
  std::vector<std::pair<std::uint32_t, const solver::Offer*>> by_row;
  for (std::uint32_t row = 0; row < offers.size(); ++row) {
    by_row.clear();
    for (const solver::Offer& offer : offers[state_->lines().number(row)])
      by_row.emplace_back(state_->volunteer_row(offer.volunteer), &offer);
    std::sort(by_row.begin(), by_row.end());
    for (const auto& [volunteer, offer] : by_row)
      for (const std::uint32_t slot : state_->source().slots(offer->slots))
        instance.candidates.push_back({volunteer, slot, offer->points});
    instance.first.push_back(instance.candidates.size());
  }
  return instance;
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
  state_->check_index(organisation, limits().organisation_total.size(), "organisations");
  if (is_explicit()) return std::to_string(organisation);
  return state_->organisation_ids[organisation];
}

std::optional<VolunteerIndex> Market::find_volunteer(std::string_view id) const {
  const auto row =
      is_explicit() ? state_->volunteer_ids.find(id) : network().find(Entity::volunteer, id);
  return row ? std::optional(VolunteerIndex{*row}) : std::nullopt;
}
std::optional<NeedIndex> Market::find_need(std::string_view id) const {
  const auto row = is_explicit() ? state_->need_ids.find(id) : network().find(Entity::need, id);
  return row ? std::optional(NeedIndex{*row}) : std::nullopt;
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
  std::atomic<std::int64_t> count = 0;
  each_block(static_cast<std::uint32_t>(need_count()), state_->threads, {},
             [&](std::uint32_t begin, std::uint32_t end) {
               if (state_->implied && !state_->listed && !state_->edited) {
                 count += state_->implied->pair_count(begin, end);
                 return;
               }
               std::vector<solver::Offer> offers;
               for (std::uint32_t line = begin; line < end; ++line) {
                 state_->read_all(line, offers);
                 std::vector<std::uint32_t> volunteers;
                 for (const solver::Offer& offer : offers) volunteers.push_back(offer.volunteer);
                 std::sort(volunteers.begin(), volunteers.end());
                 count += std::unique(volunteers.begin(), volunteers.end()) - volunteers.begin();
               }
             });
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
  reasons = state_->eligibility->reasons_against(v, n);
  if (state_->is_forbidden(v, n))
    reasons.push_back({"forbidden", "is forbidden by the options of the market"});
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
    std::erase_if(numbers, [&](std::uint32_t v) { return state_->is_forbidden(v, need.value()); });
    state_->eligibility->append_candidates(need.value(), numbers, found);
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
  if (is_explicit()) return std::nullopt;
  const auto found = state_->eligibility->earliest(volunteer.value(), need.value(), slot);
  if (!found) return std::nullopt;
  return std::pair{Instant{std::chrono::seconds{found->begin}},
                   Instant{std::chrono::seconds{found->end}}};
}

const std::vector<Slot>& Market::slots() const {
  static const std::vector<Slot> none;
  return is_explicit() ? none : state_->eligibility->slots();
}
solver::SlotRun Market::slots_taken(std::uint32_t slot) const {
  return solver::SlotRun::of(slot, limits().cross.slots);
}
Date Market::from() const {
  return is_explicit() ? Date{} : state_->eligibility->from();
}
Date Market::until() const {
  return is_explicit() ? Date{} : state_->eligibility->until();
}

}  // namespace jiedui
