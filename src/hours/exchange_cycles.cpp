#include "jiedui/hours/exchange_cycles.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "hours/cycle_packing.hpp"
#include "jiedui/base/error.hpp"

namespace jiedui {

namespace {

using detail::PackedCycle;
constexpr std::int64_t weight_max = 1'000'000;
constexpr std::size_t cycles_max = 5'000'000;

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

void check(std::span<const HelpOffer> offers) {
  ProblemList problems;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const HelpOffer& offer = offers[i];
    const auto row = static_cast<std::int64_t>(i) + 1;
    const auto fault = [&](const char* column, const char* code, const char* allowed) {
      problems.add({"offers", row, column, code, allowed});
    };
    if (offer.helper.empty()) fault("helper", "id_missing", "an id");
    if (offer.helped.empty()) fault("helped", "id_missing", "an id");
    if (offer.weight < 1 || offer.weight > weight_max)
      fault("weight", "number_out_of_range", "1 to 1000000");
    if (offer.helper == offer.helped) fault("helped", "offer_to_self", "another participant");
    if (!seen.emplace(offer.helper, offer.helped).second)
      fault("", "offer_duplicate", "one offer from one to another");
  }
  problems.throw_if_any();
}

/// The offers by numbers of participants, in the order of their ids.
struct OfferGraph {
  struct Arc {
    std::int32_t to;
    std::int64_t weight;
  };
  std::vector<std::string> ids;
  std::vector<std::vector<Arc>> from;  // by helper, rising by the one helped

  const Arc* find(std::int32_t helper, std::int32_t helped) const {
    const std::vector<Arc>& arcs = from[at(helper)];
    const auto arc = std::lower_bound(arcs.begin(), arcs.end(), helped,
                                      [](const Arc& a, std::int32_t to) { return a.to < to; });
    return arc != arcs.end() && arc->to == helped ? &*arc : nullptr;
  }
};

OfferGraph graph_of(std::span<const HelpOffer> offers) {
  OfferGraph graph;
  for (const HelpOffer& offer : offers) {
    graph.ids.push_back(offer.helper);
    graph.ids.push_back(offer.helped);
  }
  std::sort(graph.ids.begin(), graph.ids.end());
  graph.ids.erase(std::unique(graph.ids.begin(), graph.ids.end()), graph.ids.end());
  const auto number = [&](const std::string& id) {
    return static_cast<std::int32_t>(std::lower_bound(graph.ids.begin(), graph.ids.end(), id) -
                                     graph.ids.begin());
  };
  graph.from.resize(graph.ids.size());
  for (const HelpOffer& offer : offers)
    graph.from[at(number(offer.helper))].push_back({number(offer.helped), offer.weight});
  for (auto& arcs : graph.from)
    std::sort(arcs.begin(), arcs.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
  return graph;
}

/// All cycles of two and three, each from its lowest number.
std::vector<PackedCycle> cycles_of(const OfferGraph& graph) {
  std::vector<PackedCycle> cycles;
  const auto add = [&](const PackedCycle& cycle) {
    if (cycles.size() == cycles_max)
      throw Error({.code = "cycles_too_many",
                   .place = "offers",
                   .message = "the offers make too many cycles of two and three",
                   .allowed = "5000000 cycles",
                   .way_out = "leave out offers that are far or poor, or plan by district"});
    cycles.push_back(cycle);
  };
  for (std::int32_t a = 0; at(a) < graph.ids.size(); ++a)
    for (const OfferGraph::Arc& ab : graph.from[at(a)]) {
      const std::int32_t b = ab.to;
      if (b < a) continue;
      if (const auto* ba = graph.find(b, a)) add({{a, b, 0}, 2, ab.weight + ba->weight});
      for (const OfferGraph::Arc& bc : graph.from[at(b)]) {
        if (bc.to <= a || bc.to == b) continue;
        if (const auto* ca = graph.find(bc.to, a))
          add({{a, b, bc.to}, 3, ab.weight + bc.weight + ca->weight});
      }
    }
  return cycles;
}

/// Without those that another one replaces: of no less weight, with no other participants.
std::vector<PackedCycle> worth_trying(const std::vector<PackedCycle>& cycles) {
  std::map<std::array<std::int32_t, 3>, std::int64_t> best;  // by participants, rising; -1 for none
  const auto key = [](const PackedCycle& cycle) {
    std::array<std::int32_t, 3> nodes = cycle.nodes;
    if (cycle.size == 2) nodes[2] = -1;
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  };
  for (const PackedCycle& cycle : cycles) {
    std::int64_t& weight = best[key(cycle)];
    weight = std::max(weight, cycle.weight);
  }
  std::vector<PackedCycle> kept;
  for (const PackedCycle& cycle : cycles) {
    const auto own = best.find(key(cycle));
    if (own == best.end() || own->second != cycle.weight) continue;
    bool replaced = false;
    if (cycle.size == 3)
      for (std::size_t left_out = 0; left_out < 3; ++left_out) {
        std::array<std::int32_t, 3> pair = own->first;
        pair[left_out] = -1;
        std::sort(pair.begin(), pair.end());
        const auto two = best.find(pair);
        replaced = replaced || (two != best.end() && two->second >= cycle.weight);
      }
    if (!replaced) kept.push_back(cycle);
    own->second = -1;  // the other direction weighs the same
  }
  return kept;
}

}  // namespace

ExchangePlan plan_exchanges(std::span<const HelpOffer> offers, const ExchangeOptions& options) {
  check(offers);
  if (options.steps_max < 1)
    throw Error({.code = "option_invalid",
                 .place = "options",
                 .message = "the search must be allowed a step",
                 .allowed = "at least 1",
                 .way_out = "leave it at its default"});
  const OfferGraph graph = graph_of(offers);
  const std::vector<PackedCycle> possible = cycles_of(graph);
  const std::vector<PackedCycle> cycles = worth_trying(possible);
  const detail::PackingResult found = detail::pack_cycles(
      cycles, static_cast<std::int32_t>(graph.ids.size()), options.steps_max, options.control);
  ExchangePlan plan;
  for (const std::int32_t index : found.chosen) {
    const PackedCycle& cycle = cycles[at(index)];
    ExchangeCycle& named = plan.cycles.emplace_back();
    for (const std::int32_t node : cycle) named.participants.push_back(graph.ids[at(node)]);
    named.weight = cycle.weight;
  }
  plan.value = found.value;
  plan.bound = found.bound;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < graph.ids.size(); ++i) {
    const std::int64_t price = found.prices[i];
    total += price;
    if (price > 0) plan.prices.push_back({graph.ids[i], price});
  }
  for (const detail::OddSet& set : found.sets) {
    ExchangeSetPrice& named = plan.set_prices.emplace_back();
    for (const std::int32_t node : set.nodes) named.participants.push_back(graph.ids[at(node)]);
    named.price = set.price;
    total += set.price * static_cast<std::int64_t>(set.nodes.size() / 2);
  }
  plan.price_bound = total / exchange_price_scale;
  plan.possible = static_cast<std::int64_t>(possible.size());
  plan.steps = found.steps;
  plan.stopped = found.stopped;
  return plan;
}

}  // namespace jiedui
