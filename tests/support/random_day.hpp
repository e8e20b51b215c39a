#pragma once

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "jiedui/pairing/dispatcher.hpp"

// Random operations on a Dispatcher that can be done again on another one.

namespace jiedui::test {

class RandomDay {
 public:
  using Operation = std::function<PlanChange(Dispatcher&)>;

  RandomDay(std::uint64_t seed, Instant now) : random_(seed), now_(now) {}

  /// An operation for a Dispatcher as it stands. It may be refused.
  Operation next(const Dispatcher& day) {
    network_ = day.network();
    plan_ = day.plan();
    const std::string v = any_volunteer().id;
    const std::string n = any_need().id;
    const auto few = static_cast<std::int32_t>(below(4));
    const auto held = pair();
    switch (below(14)) {
      case 0:
        now_ += std::chrono::minutes(20 + below(300));
        return [now = now_](Dispatcher& it) { return it.advance(now); };
      case 1: {
        Volunteer row = volunteer();
        row.id = below(3) == 0 ? row.id : "new-" + std::to_string(++added_);
        return [row](Dispatcher& it) { return it.add_volunteer(row); };
      }
      case 2:
        return [row = volunteer()](Dispatcher& it) { return it.edit_volunteer(row); };
      case 3:
        gone_.push_back(network_.volunteer(network_.volunteer_index(v)));
        return [v](Dispatcher& it) { return it.withdraw_volunteer(v); };
      case 4: {
        Need row = need();
        row.id = "new-" + std::to_string(++added_);
        return [row](Dispatcher& it) { return it.add_need(row); };
      }
      case 5:
        return [row = need()](Dispatcher& it) { return it.edit_need(row); };
      case 6:
        return [n](Dispatcher& it) { return it.withdraw_need(n); };
      case 7:
        return [held](Dispatcher& it) { return it.decline(held.volunteer, held.need); };
      case 8:
        return [v, n](Dispatcher& it) { return it.pin(v, n); };
      case 9:
        return [held](Dispatcher& it) { return it.unpin(held.volunteer, held.need); };
      case 10:
        return [held](Dispatcher& it) { return it.confirm(held.volunteer, held.need); };
      case 11:
        return [v, few](Dispatcher& it) { return it.set_capacity(v, few); };
      case 12:
        return [n, few](Dispatcher& it) { return it.set_demand(n, few); };
      default: {
        Operations batch;
        batch.set_capacity(v, few).set_demand(n, few).withdraw_volunteer(any_volunteer().id);
        return [batch](Dispatcher& it) { return it.apply(batch); };
      }
    }
  }

 private:
  std::uint64_t below(std::uint64_t count) { return random_() % count; }
  Volunteer any_volunteer() {
    return network_.volunteer(
        VolunteerIndex{static_cast<std::uint32_t>(below(network_.volunteer_count()))});
  }
  Need any_need() {
    return network_.need(NeedIndex{static_cast<std::uint32_t>(below(network_.need_count()))});
  }
  /// A row with some fields of others; sometimes of one who left.
  Volunteer volunteer() {
    Volunteer row = any_volunteer();
    if (!gone_.empty() && below(4) == 0) row = gone_[below(gone_.size())];
    const Volunteer other = any_volunteer();
    if (below(3) == 0) row.position = other.position, row.place = other.place;
    if (below(3) == 0) row.skills = other.skills;
    if (below(3) == 0) row.availability = other.availability;
    row.capacity = 1 + static_cast<std::int64_t>(below(3));
    return row;
  }
  Need need() {
    Need row = any_need();
    const Need other = any_need();
    if (below(3) == 0) row.position = other.position, row.place = other.place;
    if (below(3) == 0) row.item = other.item;
    if (below(3) == 0) row.windows = other.windows;
    row.demand = 1 + static_cast<std::int64_t>(below(3));
    row.tier = 1 + static_cast<std::int64_t>(below(below(8) == 0 ? 16 : 3));
    return row;
  }
  /// A pair of the plan most of the time.
  PairName pair() {
    if (plan_.size() == 0 || below(4) == 0) return {any_volunteer().id, any_need().id};
    const PlannedPair& pair = plan_.pair(below(plan_.size()));
    return {pair.volunteer, pair.need};
  }

  std::mt19937_64 random_;
  Instant now_;
  Network network_;
  Plan plan_;
  std::vector<Volunteer> gone_;
  std::int64_t added_ = 0;
};

}  // namespace jiedui::test
