#include <map>
#include <set>

#include "jiedui/base/quantity.hpp"
#include "jiedui/hours/exchange_cycles.hpp"

// Shares nothing with the search but the types.

namespace jiedui {

namespace {

using Name = std::string_view;

class ExchangeCheck {
 public:
  ExchangeCheck(std::span<const HelpOffer> offers, const ExchangePlan& plan) : plan_(plan) {
    for (const HelpOffer& offer : offers) weights_[offer.helper][offer.helped] = offer.weight;
  }

  std::vector<std::string> problems() {
    check_cycles();
    read_prices();
    check_cover();
    if (int128{plan_.price_bound} != total_ / exchange_price_scale)
      say("the bound by prices is not their sum");
    if (plan_.value > plan_.bound || plan_.bound > plan_.price_bound)
      say("value, bound and the bound by prices do not rise");
    return {wrong_.begin(), wrong_.end()};
  }

 private:
  void say(const char* problem) { wrong_.insert(problem); }

  std::int64_t weight(Name helper, Name helped) const {
    const auto from = weights_.find(helper);
    if (from == weights_.end()) return 0;
    const auto to = from->second.find(helped);
    return to == from->second.end() ? 0 : to->second;
  }

  void check_cycles() {
    std::set<Name> seen;
    int128 value = 0;
    for (const ExchangeCycle& cycle : plan_.cycles) {
      const std::size_t size = cycle.participants.size();
      if (size != 2 && size != 3) say("a cycle is not of two or three");
      int128 own = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const std::string& helper = cycle.participants[i];
        const std::int64_t met = weight(helper, cycle.participants[(i + 1) % size]);
        if (met == 0) say("a cycle holds an offer that does not exist");
        if (!seen.insert(helper).second) say("a participant is in two places");
        own += met;
      }
      if (own != cycle.weight) say("the weight of a cycle is another one");
      value += own;
    }
    if (value != plan_.value) say("the value is not the sum of the cycles");
  }

  void read_prices() {
    for (const ExchangePrice& price : plan_.prices) {
      if (price.price < 0) say("a price is below zero");
      if (!prices_.emplace(price.participant, price.price).second)
        say("a participant has two prices");
      total_ += price.price;
    }
    for (std::size_t i = 0; i < plan_.set_prices.size(); ++i) {
      const ExchangeSetPrice& set = plan_.set_prices[i];
      if (set.price < 0) say("a price is below zero");
      if (set.participants.size() % 2 == 0) say("a priced set is not odd");
      for (const std::string& member : set.participants)
        if (!sets_of_[member].insert(i).second) say("a participant is in a set twice");
      total_ += int128{set.price} * static_cast<std::int64_t>(set.participants.size() / 2);
    }
  }

  /// Each possible cycle must weigh at most its prices.
  void check_cover() {
    for (const auto& [a, from_a] : weights_)
      for (const auto& [b, ab] : from_a) {
        const auto from_b = weights_.find(b);
        if (from_b == weights_.end()) continue;
        for (const auto& [c, bc] : from_b->second) {
          if (c == a) cover(int128{ab} + bc, {a, b});
          if (c == a || c == b) continue;
          if (const std::int64_t ca = weight(c, a); ca > 0) cover(int128{ab} + bc + ca, {a, b, c});
        }
      }
  }
  void cover(int128 worth, std::initializer_list<Name> participants) {
    int128 price = 0;
    std::map<std::size_t, int> met;
    for (const Name participant : participants) {
      if (const auto own = prices_.find(participant); own != prices_.end()) price += own->second;
      if (const auto sets = sets_of_.find(participant); sets != sets_of_.end())
        for (const std::size_t set : sets->second) ++met[set];
    }
    for (const auto& [set, count] : met)
      if (count >= 2) price += plan_.set_prices[set].price;
    if (worth * exchange_price_scale > price) say("a possible cycle weighs more than its prices");
  }

  const ExchangePlan& plan_;
  std::map<Name, std::map<Name, std::int64_t>> weights_;
  std::map<Name, std::int64_t> prices_;
  std::map<Name, std::set<std::size_t>> sets_of_;
  int128 total_ = 0;
  std::set<std::string> wrong_;
};

}  // namespace

std::vector<std::string> check_exchanges(std::span<const HelpOffer> offers,
                                         const ExchangePlan& plan) {
  return ExchangeCheck(offers, plan).problems();
}

}  // namespace jiedui
