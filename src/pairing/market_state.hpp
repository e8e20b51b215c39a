#pragma once

#include <map>
#include <memory>

#include "eligibility.hpp"
#include "jiedui/pairing/market.hpp"

// Private to the room: what a market consists of.

namespace jiedui {

/// The ids of an ExplicitMarket: those given, or the indexes in decimal.
class ExternalIds {
 public:
  ExternalIds() = default;
  ExternalIds(std::vector<std::string> given, std::size_t count, std::string_view name);
  std::string operator[](std::uint32_t index) const;
  /// @throws Error "id_unknown".
  std::uint32_t index_of(std::string_view id, std::string_view table) const;

 private:
  std::size_t count_ = 0;
  std::vector<std::string> given_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

struct Market::State {
  explicit State(Network of) : network(std::move(of)) {}

  void check(VolunteerIndex volunteer) const {
    check_index(volunteer.value(), instance.volunteers(), "volunteers");
  }
  void check(NeedIndex need) const { check_index(need.value(), instance.needs(), "needs"); }
  static void check_index(std::uint32_t index, std::size_t size, std::string_view table);
  void list_pairs(const MarketOptions& options);
  Network network;
  Rules rules;
  std::unique_ptr<Eligibility> eligibility;  // null for an ExplicitMarket
  solver::Instance instance;
  ExternalIds volunteer_ids, need_ids;  // of an ExplicitMarket
};

}  // namespace jiedui
