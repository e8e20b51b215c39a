#include "jiedui/pairing/rules.hpp"

#include <algorithm>

#include "jiedui/base/error.hpp"

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

PointTerms PointTerms::add_block(std::string code, std::int64_t weight, Block block) const {
  check_code(code, own_, names(StandardTerm{}));
  check_block(static_cast<bool>(block), code);
  PointTerms terms = *this;
  terms.own_.push_back({std::move(code), check_weight(weight), std::move(block)});
  return terms;
}

PointTerms standard_points() {
  return {};
}

}  // namespace jiedui
