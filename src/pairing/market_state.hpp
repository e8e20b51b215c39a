#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "eligibility.hpp"
#include "jiedui/pairing/market.hpp"
#include "listed_source.hpp"
#include "solver/candidate_source.hpp"

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

/// Rows of the network by internal number and back; numbers follow the position, so that what is
/// near on the map is near in memory. Empty: number and row are the same.
struct Numbering {
  std::vector<std::uint32_t> row_of;
  std::vector<std::uint32_t> number_of;
  std::uint32_t row(std::uint32_t number) const { return row_of.empty() ? number : row_of[number]; }
  std::uint32_t number(std::uint32_t row) const { return number_of.empty() ? row : number_of[row]; }
};

struct Market::State {
  explicit State(Network of) : network(std::move(of)) {}

  void check(VolunteerIndex volunteer) const {
    check_index(volunteer.value(), instance.volunteers(), "volunteers");
  }
  void check(NeedIndex need) const { check_index(need.value(), instance.needs(), "needs"); }
  static void check_index(std::uint32_t index, std::size_t size, std::string_view table);
  void list_pairs(const MarketOptions& options);

  /// The candidates, by internal numbers.
  const solver::CandidateSource& source() const;
  std::uint32_t volunteer_row(std::uint32_t number) const { return volunteers.row(number); }
  std::uint32_t line_row(std::uint32_t number) const { return lines.row(number); }
  /// The limits by internal numbers.
  solver::Limits numbered_limits() const;

  Network network;
  Rules rules;
  std::unique_ptr<Eligibility> eligibility;  // null for an ExplicitMarket
  /// The limits by row; of an ExplicitMarket, the pairs too.
  solver::Instance instance;
  ExternalIds volunteer_ids, need_ids;  // of an ExplicitMarket
  Numbering volunteers, lines;

 private:
  mutable std::once_flag source_made_;
  mutable std::unique_ptr<const solver::CandidateSource> source_;
};

/// The way from a market to its private parts, for the rest of the room.
struct MarketAccess {
  static const auto& state(const Market& market) { return *market.state_; }
};

}  // namespace jiedui
