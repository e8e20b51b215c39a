#include <charconv>
#include <numeric>

#include "market_state.hpp"

namespace jiedui {

namespace {

[[noreturn]] void refuse(std::string code, std::string place, std::string allowed) {
  throw Error({.code = std::move(code),
               .place = std::move(place),
               .message = "the arrays do not fit together",
               .allowed = std::move(allowed),
               .way_out = "mend the arrays given"});
}

void check_length(std::size_t length, std::size_t wanted, std::string_view name,
                  bool may_be_empty) {
  if (length == wanted || (may_be_empty && length == 0)) return;
  refuse("array_length", std::string(name), std::to_string(wanted) + " entries");
}

}  // namespace

ExternalIds::ExternalIds(std::vector<std::string> given, std::size_t count, std::string_view name)
    : count_(count), given_(std::move(given)) {
  check_length(given_.size(), count, name, true);
  for (std::uint32_t i = 0; i < given_.size(); ++i)
    if (!numbers_.emplace(given_[i], i).second)
      refuse("id_duplicate", std::string(name) + " entry " + std::to_string(i), "each id once");
}

std::string ExternalIds::operator[](std::uint32_t index) const {
  return given_.empty() ? std::to_string(index) : given_[index];
}

std::optional<std::uint32_t> ExternalIds::find(std::string_view id) const {
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), index);
  const bool number = error == std::errc{} && end == id.data() + id.size();
  if (given_.empty() && number && index < count_ && std::to_string(index) == id) return index;
  const auto found = numbers_.find(id);
  if (found != numbers_.end()) return found->second;
  return std::nullopt;
}

std::uint32_t ExternalIds::index_of(std::string_view id, std::string_view table) const {
  if (const auto index = find(id)) return *index;
  throw Error({.code = "id_unknown",
               .place = std::string(table),
               .message = "there is no id '" + std::string(id) + "'",
               .allowed = "",
               .way_out = "use an id of the market"});
}

ExplicitMarket::ExplicitMarket(PairColumns pairs, std::vector<std::int32_t> capacity,
                               std::vector<std::int32_t> demand, std::vector<std::int32_t> tier,
                               std::vector<std::string> volunteer_ids,
                               std::vector<std::string> need_ids)
    : Market([&]() -> std::shared_ptr<const State> {
        auto state = std::make_shared<State>(Network{});
        const std::size_t count = pairs.need.size();
        const std::size_t needs = demand.size();
        check_length(pairs.volunteer.size(), count, "volunteer", false);
        check_length(pairs.points.size(), count, "points", false);
        check_length(pairs.slot.size(), count, "slot", true);
        check_length(tier.size(), needs, "tier", true);
        state->volunteer_ids = {std::move(volunteer_ids), capacity.size(), "volunteer_ids"};
        state->need_ids = {std::move(need_ids), needs, "need_ids"};
        solver::Instance& instance = state->instance;
        instance.capacity = std::move(capacity);
        instance.demand = std::move(demand);
        instance.tier = tier.empty() ? std::vector<std::int32_t>(needs, 1) : std::move(tier);

        // Counting sort by need.
        instance.first.assign(needs + 1, 0);
        for (const std::uint32_t n : pairs.need) {
          if (n >= needs)
            refuse("index_out_of_range", "need", "0 to " + std::to_string(needs) + " (exclusive)");
          ++instance.first[n + 1];
        }
        std::partial_sum(instance.first.begin(), instance.first.end(), instance.first.begin());
        std::vector<std::uint64_t> next(instance.first.begin(), instance.first.end());
        instance.candidates.resize(count);
        for (std::size_t i = 0; i < count; ++i)
          instance.candidates[next[pairs.need[i]]++] = {
              pairs.volunteer[i], pairs.slot.empty() ? solver::Candidate::no_slot : pairs.slot[i],
              pairs.points[i]};
        solver::check(instance);
        return state;
      }()) {}

ExplicitMarket::ExplicitMarket(std::shared_ptr<const State> state) : Market(std::move(state)) {}

ExplicitMarket ExplicitMarket::of(solver::Instance instance, std::vector<std::string> volunteer_ids,
                                  std::vector<std::string> need_ids) {
  auto state = std::make_shared<State>(Network{});
  state->volunteer_ids = {std::move(volunteer_ids), instance.volunteers(), "volunteer_ids"};
  state->need_ids = {std::move(need_ids), instance.needs(), "need_ids"};
  solver::check(instance);
  state->instance = std::move(instance);
  return ExplicitMarket(std::move(state));
}

}  // namespace jiedui
