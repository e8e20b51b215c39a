#include "jiedui/pairing/rules.hpp"

#include <algorithm>

#include "jiedui/base/error.hpp"
#include "jiedui/pairing/solver/instance.hpp"
#include "term_points.hpp"

namespace jiedui {

namespace {

/// Codes name rules and terms in reasons, errors and tables, so that each must be its own.
template <class Own, class Names>
void check_code(const std::string& code, const std::vector<Own>& own, const Names& standard) {
  const bool taken =
      std::find(standard.begin(), standard.end(), code) != standard.end() ||
      std::any_of(own.begin(), own.end(), [&](const Own& other) { return other.code == code; });
  if (code.empty() || taken)
    throw Error({.code = "code_taken",
                 .place = "code '" + code + "'",
                 .message = "each rule and each term needs a code of its own",
                 .allowed = "a text that no other rule or term has",
                 .way_out = "choose another code"});
}

void check_block(bool given, const std::string& code) {
  if (!given)
    throw Error({.code = "function_missing",
                 .place = "code '" + code + "'",
                 .message = "the function is empty",
                 .allowed = "",
                 .way_out = "give a function"});
}

std::int64_t check_weight(std::int64_t weight) {
  return checked_range(weight, -1'000'000, 1'000'000, "weight");
}

void check_bounds(const TermBounds& bounds, std::int64_t weight, const std::string& code) {
  if (bounds.least > bounds.most)
    throw Error({.code = "points_bounds_reversed",
                 .place = "code '" + code + "'",
                 .message = "the least value lies above the most",
                 .allowed = "least <= most",
                 .way_out = "swap the bounds"});
  for (const std::int64_t bound : {bounds.least, bounds.most})
    checked_range(checked_multiply(weight, bound, code), -solver::Limits::points_max,
                  solver::Limits::points_max, code);
}

/// Adds weight times something within the bounds.
void add_range(TermBounds& sum, std::int64_t weight, const TermBounds& bounds) {
  const auto [least, most] = std::minmax({weight * bounds.least, weight * bounds.most});
  sum.least = checked_add(sum.least, least, "bounds");
  sum.most = checked_add(sum.most, most, "bounds");
}

}  // namespace

Rules Rules::without(StandardRule rule) const {
  Rules rules = *this;
  rules.left_out_ |= 1U << static_cast<unsigned>(rule);
  return rules;
}

Rules Rules::add_block(std::string code, std::string reason, Block block) const {
  check_code(code, own_, names(StandardRule{}));
  check_block(static_cast<bool>(block), code);
  Rules rules = *this;
  rules.own_.push_back({std::move(code), std::move(reason), std::move(block)});
  return rules;
}

Rules standard_rules() {
  return {};
}

PointTerms PointTerms::weight(StandardTerm term, std::int64_t weight) const {
  PointTerms terms = *this;
  terms.weights_[static_cast<std::size_t>(term)] = check_weight(weight);
  return terms;
}

PointTerms PointTerms::add_block(std::string code, std::int64_t weight, Block block,
                                 std::optional<TermBounds> bounds) const {
  check_code(code, own_, names(StandardTerm{}));
  check_block(static_cast<bool>(block), code);
  PointTerms terms = *this;
  check_weight(weight);
  if (bounds) check_bounds(*bounds, weight, code);
  terms.own_.push_back({std::move(code), weight, std::move(block), bounds});
  terms.own_bounds();  // their sum may overflow
  return terms;
}

TermBounds PointTerms::standard_bounds() const {
  constexpr auto most = term_points::most(8);
  TermBounds sum;
  for (std::size_t t = 0; t < standard_term_count; ++t) add_range(sum, weights_[t], {0, most[t]});
  return sum;
}

std::optional<TermBounds> PointTerms::own_bounds() const {
  TermBounds sum;
  for (const Own& own : own_) {
    if (!own.bounds) return {};
    add_range(sum, own.weight, *own.bounds);
  }
  checked_range(sum.least, -solver::Limits::points_max, solver::Limits::points_max, "bounds");
  checked_range(sum.most, -solver::Limits::points_max, solver::Limits::points_max, "bounds");
  return sum;
}

PointTerms standard_points() {
  return {};
}

}  // namespace jiedui
