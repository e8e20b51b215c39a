#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "jiedui.h"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "jiedui/wire/network_files.hpp"
#include "jiedui/wire/snapshot.hpp"

struct jiedui_error {
  std::string code;
  std::string message;
};
struct jiedui_network {
  jiedui::Network network;
};
struct jiedui_market {
  jiedui::Market market;
};
struct jiedui_plan {
  jiedui::Plan plan;
};

namespace {

void tell(jiedui_error** error, std::string code, std::string message) noexcept {
  if (error == nullptr) return;
  try {
    *error = new jiedui_error{std::move(code), std::move(message)};
  } catch (const std::bad_alloc&) {
    *error = nullptr;
  }
}

/// Runs a function so that no exception leaves the library.
template <class Function>
jiedui_status guarded(jiedui_error** error, Function&& function) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    function();
    return JIEDUI_OK;
  } catch (const jiedui::Error& caught) {
    tell(error, caught.code(), caught.what());
  } catch (const std::bad_alloc&) {
    tell(error, "out_of_memory", "[out_of_memory] there is not enough memory");
  } catch (const std::exception& caught) {
    tell(error, "internal", caught.what());
  } catch (...) {
    tell(error, "internal", "[internal] something unknown was thrown");
  }
  return JIEDUI_FAILED;
}

template <class Value>
std::vector<Value> copied(const Value* begin, std::size_t count) {
  return begin == nullptr ? std::vector<Value>{} : std::vector<Value>(begin, begin + count);
}

template <class Object>
Object& required(Object* object, const char* name) {
  if (object != nullptr) return *object;
  throw jiedui::Error({.code = "argument_missing",
                       .place = name,
                       .message = "the pointer is null",
                       .allowed = "",
                       .way_out = "give the object"});
}

/// Gives out a new object; asks for the pointer first, so that nothing is made in vain.
template <class Object, class Make>
void give(Object** out, const char* name, Make&& make) {
  Object*& target = required(out, name);
  target = new Object{make()};
}

jiedui::ExplicitMarket market_of(const jiedui_pairs& given, const std::uint32_t* slot) {
  return {{.volunteer = copied(given.volunteer, given.pair_count),
           .need = copied(given.need, given.pair_count),
           .points = copied(given.points, given.pair_count),
           .slot = copied(slot, given.pair_count)},
          copied(given.capacity, given.volunteer_count),
          copied(given.demand, given.need_count),
          copied(given.tier, given.need_count)};
}

/// In whatever order the caller lists them.
void set_cross_limits(jiedui::solver::Instance& instance, const jiedui_limits& given) {
  jiedui::solver::CrossLimits& cross = instance.cross;
  cross.home = copied(given.home, instance.volunteers());
  cross.asking = copied(given.asking, instance.needs());
  for (std::size_t i = 0; i < given.lending_count; ++i)
    cross.lending.push_back({(&required(given.lending_from, "lending_from"))[i],
                             (&required(given.lending_to, "lending_to"))[i],
                             (&required(given.lending_at_most, "lending_at_most"))[i]});
  std::sort(cross.lending.begin(), cross.lending.end(), [](const auto& a, const auto& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  if (given.changes_at_most == nullptr) return;
  cross.changes_at_most = *given.changes_at_most;
  for (std::size_t i = 0; i < given.before_count; ++i)
    cross.before.push_back({(&required(given.before_need, "before_need"))[i],
                            (&required(given.before_volunteer, "before_volunteer"))[i]});
  std::sort(cross.before.begin(), cross.before.end());
  cross.before_count = std::ssize(cross.before);
}

void set_limits(jiedui::solver::Instance& instance, const jiedui_limits& given) {
  instance.need = copied(given.line_of, instance.needs());
  instance.least = copied(given.least, instance.volunteers());
  instance.load_cost = copied(given.load_cost, given.load_cost_count);
  instance.load_before = copied(given.load_before, instance.volunteers());
  instance.organisation = copied(given.organisation, instance.volunteers());
  instance.organisation_total = copied(given.organisation_total, given.organisation_count);
  for (std::size_t i = 0; i < given.pinned_count; ++i)
    instance.pinned.push_back({(&required(given.pinned_need, "pinned_need"))[i],
                               {(&required(given.pinned_volunteer, "pinned_volunteer"))[i],
                                given.pinned_slot == nullptr ? JIEDUI_NONE : given.pinned_slot[i],
                                (&required(given.pinned_points, "pinned_points"))[i]}});
  set_cross_limits(instance, given);
}

}  // namespace

const char* jiedui_version() {
  return JIEDUI_VERSION;
}

const char* jiedui_error_code(const jiedui_error* error) {
  return error == nullptr ? "" : error->code.c_str();
}
const char* jiedui_error_message(const jiedui_error* error) {
  return error == nullptr ? "" : error->message.c_str();
}
void jiedui_error_free(jiedui_error* error) {
  delete error;
}

jiedui_status jiedui_network_read_csv_folder(const char* folder, jiedui_network** network,
                                             jiedui_error** error) {
  return guarded(error, [&] {
    give(network, "network", [&] { return jiedui::read_csv_folder(&required(folder, "folder")); });
  });
}
jiedui_status jiedui_network_load(const char* path, jiedui_network** network,
                                  jiedui_error** error) {
  return guarded(error, [&] {
    give(network, "network", [&] { return jiedui::load_network(&required(path, "path")); });
  });
}
jiedui_status jiedui_network_save(const jiedui_network* network, const char* path,
                                  jiedui_error** error) {
  return guarded(
      error, [&] { jiedui::save(&required(path, "path"), required(network, "network").network); });
}
size_t jiedui_network_volunteer_count(const jiedui_network* network) {
  return network == nullptr ? 0 : network->network.volunteer_count();
}
size_t jiedui_network_need_count(const jiedui_network* network) {
  return network == nullptr ? 0 : network->network.need_count();
}
void jiedui_network_free(jiedui_network* network) {
  delete network;
}

jiedui_status jiedui_market_of_network(const jiedui_network* network, jiedui_market** market,
                                       jiedui_error** error) {
  return guarded(error, [&] {
    give(market, "market", [&] { return jiedui::Market(required(network, "network").network); });
  });
}
jiedui_status jiedui_market_of_pairs(const jiedui_pairs* pairs, jiedui_market** market,
                                     jiedui_error** error) {
  return guarded(error, [&] {
    const jiedui_pairs& given = required(pairs, "pairs");
    give(market, "market", [&] { return market_of(given, nullptr); });
  });
}
jiedui_status jiedui_market_of_limited_pairs(const jiedui_pairs* pairs, const jiedui_limits* limits,
                                             jiedui_market** market, jiedui_error** error) {
  return guarded(error, [&] {
    const jiedui_pairs& given = required(pairs, "pairs");
    const jiedui_limits& limited = required(limits, "limits");
    give(market, "market", [&] {
      jiedui::solver::Instance instance = market_of(given, limited.slot).instance();
      set_limits(instance, limited);
      return jiedui::ExplicitMarket::of(std::move(instance));
    });
  });
}
int64_t jiedui_market_pair_count(const jiedui_market* market) {
  return market == nullptr ? 0 : market->market.pair_count();
}
void jiedui_market_free(jiedui_market* market) {
  delete market;
}

jiedui_status jiedui_solve(const jiedui_market* market, jiedui_progress progress, void* context,
                           jiedui_plan** plan, jiedui_error** error) {
  return guarded(error, [&] {
    std::stop_source stop;
    jiedui::SolveOptions options;
    options.stop = stop.get_token();
    if (progress != nullptr)
      options.progress = [&](const jiedui::SolveProgress& now) {
        if (progress(now.fraction, context) != 0) stop.request_stop();
      };
    give(plan, "plan", [&] { return jiedui::solve(required(market, "market").market, options); });
  });
}
jiedui_status jiedui_verify(const jiedui_plan* plan, const jiedui_market* market, int* proved,
                            jiedui_error** error) {
  return guarded(error, [&] {
    required(proved, "proved") =
        jiedui::verify(required(plan, "plan").plan, required(market, "market").market) ? 1 : 0;
  });
}

int jiedui_plan_is_optimal(const jiedui_plan* plan) {
  return plan != nullptr && plan->plan.is_optimal() ? 1 : 0;
}
size_t jiedui_plan_pair_count(const jiedui_plan* plan) {
  return plan == nullptr ? 0 : plan->plan.size();
}
jiedui_status jiedui_plan_pair(const jiedui_plan* plan, size_t index, jiedui_pair* pair,
                               jiedui_error** error) {
  return guarded(error, [&] {
    const jiedui::Plan& whole = required(plan, "plan").plan;
    const jiedui::PlannedPair& found = whole.pair(index);
    const auto seconds = [](const std::optional<jiedui::Instant>& instant) {
      return instant ? static_cast<int64_t>(instant->time_since_epoch().count()) : 0;
    };
    required(pair, "pair") = {found.volunteer.c_str(),
                              found.need.c_str(),
                              found.points.count(),
                              found.metres ? found.metres->count() : -1,
                              seconds(found.begins),
                              seconds(found.ends),
                              whole.data().pairs[index].pinned ? 1 : 0};
  });
}
size_t jiedui_plan_unmet_count(const jiedui_plan* plan) {
  return plan == nullptr ? 0 : plan->plan.unmet().size();
}
jiedui_status jiedui_plan_unmet(const jiedui_plan* plan, size_t index, jiedui_unmet* unmet,
                                jiedui_error** error) {
  return guarded(error, [&] {
    const auto& all = required(plan, "plan").plan.unmet();
    if (index >= all.size())
      throw jiedui::Error({.code = "index_out_of_range",
                           .place = "unmet",
                           .message = "there is no entry " + std::to_string(index),
                           .allowed = "0 to " + std::to_string(all.size()) + " (exclusive)",
                           .way_out = "see jiedui_plan_unmet_count"});
    required(unmet, "unmet") = {all[index].volunteer.c_str(), all[index].missing};
  });
}
jiedui_status jiedui_plan_save(const jiedui_plan* plan, const char* path, jiedui_error** error) {
  return guarded(error,
                 [&] { jiedui::save(&required(path, "path"), required(plan, "plan").plan); });
}
void jiedui_plan_free(jiedui_plan* plan) {
  delete plan;
}
