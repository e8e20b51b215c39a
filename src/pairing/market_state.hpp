#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "eligibility.hpp"
#include "implied_source.hpp"
#include "jiedui/pairing/market.hpp"
#include "listed_source.hpp"
#include "market_limits.hpp"
#include "numbering.hpp"
#include "solver/candidate_source.hpp"
#include "solver/editable_source.hpp"
#include "solver/explicit_source.hpp"

// Private to the room: what a market consists of.

namespace jiedui {

/// The ids of an ExplicitMarket: those given, or the indexes in decimal.
class ExternalIds {
 public:
  ExternalIds() = default;
  ExternalIds(std::vector<std::string> given, std::size_t count, std::string_view name);
  std::string operator[](std::uint32_t index) const;
  std::optional<std::uint32_t> find(std::string_view id) const;
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
  /// The candidates, by internal numbers.
  const solver::CandidateSource& source() const;
  /// Internal numbers and rows.
  const Numbering& volunteers() const {
    return implied ? implied->columns().volunteers() : given().volunteers();
  }
  const Numbering& lines() const { return implied ? implied->columns().lines() : given().lines(); }
  std::uint32_t volunteer_row(std::uint32_t number) const { return volunteers().row(number); }
  std::uint32_t line_row(std::uint32_t number) const { return lines().row(number); }
  /// The limits by internal numbers.
  solver::Limits numbered_limits() const;
  /// The same market under other limits and without the pairs given, all by row.
  std::shared_ptr<const State> with(solver::Limits limits, std::span<const RowPair> without) const;

  bool is_forbidden(std::uint32_t v, std::uint32_t n) const {
    return std::binary_search(forbidden.begin(), forbidden.end(), RowPair{v, n});
  }
  /// All offers of a line, by numbers, in no order.
  void read_all(std::uint32_t line, std::vector<solver::Offer>& out) const;
  /// The same of each line. @throws Error "too_many_pairs", "interrupted".
  std::vector<std::vector<solver::Offer>> all_offers(std::int64_t most,
                                                     const Control& control) const;
  void list_pairs(const Control& control);
  void list_road_pairs(const Control& control);

  Network network;
  Rules rules;
  int threads = 1;
  std::int64_t pairs_max = 0;
  std::shared_ptr<Eligibility> eligibility;  // null for an ExplicitMarket
  std::vector<RowPair> forbidden;
  /// The limits by row; of an ExplicitMarket, the pairs too.
  solver::Instance instance;
  std::shared_ptr<ImpliedSource> implied;          // null for an ExplicitMarket
  std::shared_ptr<ListedSource> listed;            // where a term of the user's has no bounds
  std::unique_ptr<solver::EditableSource> edited;  // the source, pairs taken away since
  ExternalIds volunteer_ids, need_ids;             // of an ExplicitMarket
  /// Volunteers and lines of the ExplicitMarket that this one was made from.
  std::optional<std::pair<Numbering, Numbering>> numbered_as;
  /// Of those with a total, by their number in `instance`.
  std::vector<std::string> organisation_ids;

 private:
  /// The candidates of an ExplicitMarket.
  const solver::ExplicitSource& given() const;

  mutable std::once_flag source_made_;
  mutable std::unique_ptr<const solver::ExplicitSource> explicit_source_;
};

/// The way from a market to its private parts, for the rest of the room.
struct MarketAccess {
  static const auto& state(const Market& market) { return *market.state_; }
  static Market with(const Market& market, solver::Limits limits,
                     std::span<const RowPair> without) {
    return Market(market.state_->with(std::move(limits), without));
  }
};

}  // namespace jiedui
