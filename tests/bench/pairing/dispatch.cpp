#include <algorithm>
#include <array>
#include <iostream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

#include "commands.hpp"
#include "jiedui/pairing/dispatcher.hpp"
#include "jiedui/pairing/verify.hpp"
#include "jiedui/wire/snapshot.hpp"
#include "timing.hpp"

namespace jiedui::bench {

namespace {

constexpr std::array<std::string_view, 10> kinds = {"add_volunteer",
                                                    "edit_volunteer",
                                                    "withdraw_volunteer",
                                                    "add_need",
                                                    "edit_need",
                                                    "withdraw_need",
                                                    "decline",
                                                    "pin",
                                                    "unpin",
                                                    "confirm"};

/// Things that come and go, one of which is drawn at random.
template <class Thing>
class Urn {
 public:
  bool empty() const { return things_.empty(); }
  const Thing& draw(std::mt19937_64& random) const { return things_[random() % things_.size()]; }
  void add(const std::string& name, Thing thing) {
    if (places_.emplace(name, things_.size()).second) {
      things_.push_back(std::move(thing));
      names_.push_back(name);
    }
  }
  void remove(const std::string& name) {
    const auto found = places_.find(name);
    if (found == places_.end()) return;
    const std::size_t place = found->second;
    places_.erase(found);
    if (place + 1 != things_.size()) {
      things_[place] = std::move(things_.back());
      names_[place] = std::move(names_.back());
      places_[names_[place]] = place;
    }
    things_.pop_back();
    names_.pop_back();
  }

 private:
  std::vector<Thing> things_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// A day of random operations, each kind equally often.
class Day {
 public:
  Day(const Network& network, int threads)
      : network_(network), dispatcher_(market(network, threads), options(threads)) {
    for (std::uint32_t v = 0; v < network.volunteer_count(); ++v)
      note(volunteers_, std::string(network.volunteers().id[v]));
    for (std::uint32_t n = 0; n < network.need_count(); ++n)
      note(needs_, std::string(network.needs().id[n]));
    for (const PlannedPair& pair : dispatcher_.plan().pairs())
      pairs_.add(name(pair.volunteer, pair.need), {pair.volunteer, pair.need});
  }

  /// The seconds of one operation, which is drawn beforehand.
  double step(std::size_t kind) {
    switch (kind) {
      case 0: {
        Volunteer row = volunteer();
        row.id = "added-" + std::to_string(++added_);
        note(volunteers_, row.id);
        return time([&] { return dispatcher_.add_volunteer(row); });
      }
      case 1: {
        Volunteer row = volunteer();
        row.id = volunteers_.draw(random_);
        return time([&] { return dispatcher_.edit_volunteer(row); });
      }
      case 2: {
        const std::string id = volunteers_.draw(random_);
        const double seconds = time([&] { return dispatcher_.withdraw_volunteer(id); });
        volunteers_.remove(id);
        return seconds;
      }
      case 3: {
        Need row = need();
        row.id = "added-" + std::to_string(++added_);
        note(needs_, row.id);
        return time([&] { return dispatcher_.add_need(row); });
      }
      case 4: {
        Need row = need();
        row.id = needs_.draw(random_);
        return time([&] { return dispatcher_.edit_need(row); });
      }
      case 5: {
        const std::string id = needs_.draw(random_);
        const double seconds = time([&] { return dispatcher_.withdraw_need(id); });
        needs_.remove(id);
        return seconds;
      }
      case 6: {
        const PairName pair = pairs_.draw(random_);
        const double seconds = time([&] { return dispatcher_.decline(pair.volunteer, pair.need); });
        pinned_.remove(name(pair.volunteer, pair.need));
        return seconds;
      }
      case 7: {
        const std::string need = needs_.draw(random_);
        const auto able = dispatcher_.propose(need, 8);
        if (able.empty()) return step(kind);
        const std::string volunteer = able[random_() % able.size()].volunteer;
        const double seconds = time([&] { return dispatcher_.pin(volunteer, need); });
        if (!is_refused_) pinned_.add(name(volunteer, need), {volunteer, need});
        return seconds;
      }
      case 8: {
        const PairName pair = pinned_.empty() ? pairs_.draw(random_) : pinned_.draw(random_);
        const double seconds = time([&] { return dispatcher_.unpin(pair.volunteer, pair.need); });
        pinned_.remove(name(pair.volunteer, pair.need));
        return seconds;
      }
      default: {
        const PairName pair = pairs_.draw(random_);
        const double seconds = time([&] { return dispatcher_.confirm(pair.volunteer, pair.need); });
        pinned_.add(name(pair.volunteer, pair.need), pair);
        return seconds;
      }
    }
  }

  void verify_plan(int threads) const {
    VerifyOptions options;
    options.threads = threads;
    if (!verify(dispatcher_.plan(), dispatcher_.market(), options))
      throw std::runtime_error("the plan is not proved");
  }
  std::int64_t filled() const { return dispatcher_.plan().filled(); }
  std::int64_t refused() const { return refused_; }

 private:
  static Market market(const Network& network, int threads) {
    MarketOptions options;
    options.threads = threads;
    return Market(network, standard_rules(), standard_points(), options);
  }
  static SolveOptions options(int threads) {
    SolveOptions options;
    options.threads = threads;
    return options;
  }
  static std::string name(const std::string& volunteer, const std::string& need) {
    return volunteer + ' ' + need;
  }
  static void note(Urn<std::string>& urn, const std::string& id) { urn.add(id, id); }

  template <class Operation>
  double time(Operation&& operation) {
    PlanChange change;
    is_refused_ = false;
    const auto start = std::chrono::steady_clock::now();
    try {
      change = operation();
    } catch (const Error&) {
      is_refused_ = true;
    }
    const double seconds = seconds_since(start);
    refused_ += is_refused_ ? 1 : 0;
    for (const PairName& pair : change.dropped) {
      pairs_.remove(name(pair.volunteer, pair.need));
      pinned_.remove(name(pair.volunteer, pair.need));
    }
    for (const PairName& pair : change.added) pairs_.add(name(pair.volunteer, pair.need), pair);
    return seconds;
  }

  /// Rows of the network as it was, mixed from two people.
  Volunteer volunteer() {
    const auto any = [&] {
      return network_.volunteer(
          VolunteerIndex{static_cast<std::uint32_t>(random_() % network_.volunteer_count())});
    };
    Volunteer row = any();
    const Volunteer other = any();
    row.skills = other.skills;
    row.availability = other.availability;
    row.capacity = other.capacity;
    return row;
  }
  Need need() {
    const auto any = [&] {
      return network_.need(
          NeedIndex{static_cast<std::uint32_t>(random_() % network_.need_count())});
    };
    Need row = any();
    const Need other = any();
    row.demand = other.demand;
    row.tier = other.tier;
    row.windows = other.windows;
    row.duration_minutes = other.duration_minutes;
    return row;
  }

  const Network& network_;
  std::mt19937_64 random_{1};
  Urn<std::string> volunteers_, needs_;
  Urn<PairName> pairs_, pinned_;  // of the plan; those that are pinned
  std::int64_t added_ = 0;
  std::int64_t refused_ = 0;
  bool is_refused_ = false;
  Dispatcher dispatcher_;
};

/// The least time that so many of a thousand do not exceed.
double quantile(std::vector<double> seconds, std::size_t of_thousand) {
  std::sort(seconds.begin(), seconds.end());
  return seconds.empty() ? 0 : seconds[(seconds.size() - 1) * of_thousand / 1000];
}

}  // namespace

void time_dispatch(const std::filesystem::path& file, int operations, int threads) {
  const Network network = load_network(file);
  Day day(network, threads);
  std::mt19937_64 random(2);
  std::vector<double> all;
  std::array<std::vector<double>, kinds.size()> of_kind;
  constexpr int verified_every = 1000;
  for (int i = 1; i <= operations; ++i) {
    const std::size_t kind = random() % kinds.size();
    all.push_back(day.step(kind));
    of_kind[kind].push_back(all.back());
    if (i % verified_every == 0) day.verify_plan(threads);
  }
  day.verify_plan(threads);
  const auto write = [](const std::vector<double>& seconds) {
    std::ostringstream out;
    out << "{\"p50\": " << quantile(seconds, 500) << ", \"p99\": " << quantile(seconds, 990)
        << ", \"max\": " << quantile(seconds, 1000) << '}';
    return out.str();
  };
  std::cout << "{\"all\": " << write(all) << ", \"kinds\": {";
  for (std::size_t kind = 0; kind < kinds.size(); ++kind)
    std::cout << (kind == 0 ? "" : ", ") << '"' << kinds[kind] << "\": " << write(of_kind[kind]);
  std::cout << "}, \"operations\": " << all.size() << ", \"refused\": " << day.refused()
            << ", \"filled\": " << day.filled() << "}\n";
}

}  // namespace jiedui::bench
