// What an explicit market refuses, limit by limit.

#include <functional>

#include <catch2/catch.hpp>

#include "jiedui/pairing/market.hpp"

using namespace jiedui;

namespace {

/// Two volunteers of one organisation and two needs, all eligible in slot 0.
solver::Instance small() {
  solver::Instance instance;
  instance.capacity = {2, 1};
  instance.demand = {1, 1};
  instance.tier = {1, 1};
  instance.need = {0, 1};
  instance.least = {1, 0};
  instance.load_cost = {0, 5};
  instance.load_before = {0, 3};
  instance.organisation = {0, solver::Limits::no_organisation};
  instance.organisation_total = {2};
  instance.pinned = {{0, {0, 4, 7}}};
  instance.first = {0, 2, 4};
  instance.candidates = {{0, 0, 1}, {1, 0, 2}, {0, 0, 3}, {1, 0, 4}};
  return instance;
}

/// The code of the error that a changed instance meets.
std::string code_after(const std::function<void(solver::Instance&)>& change) {
  solver::Instance instance = small();
  change(instance);
  try {
    ExplicitMarket::of(instance);
    return "none";
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

TEST_CASE("every limit of an explicit market is held to its range", "[pairing]") {
  using Instance = solver::Instance;
  CHECK(code_after([](Instance&) {}) == "none");
  CHECK(code_after([](Instance& i) { i.least = {1}; }) == "array_length");
  CHECK(code_after([](Instance& i) { i.least = {0, 2}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.least = {-1, 0}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.load_before = {0, 0, 0}; }) == "array_length");
  CHECK(code_after([](Instance& i) { i.load_before = {0, -1}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.load_cost = {5, 4}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.load_cost = {-1, 4}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.organisation = {0}; }) == "array_length");
  CHECK(code_after([](Instance& i) { i.organisation = {1, 0}; }) == "index_out_of_range");
  CHECK(code_after([](Instance& i) { i.organisation_total = {-1}; }) == "option_invalid");
  CHECK(code_after([](Instance& i) { i.need = {0}; }) == "array_length");
  CHECK(code_after([](Instance& i) { i.need = {0, 2}; }) == "index_out_of_range");
  CHECK(code_after([](Instance& i) { i.need = {1, 1}; }) == "none");
  CHECK(code_after([](Instance& i) {
          i.need = {1, 1};
          i.candidates[2].slot = 1;
        }) == "lines_with_slots");
}

TEST_CASE("pins of an explicit market keep the limits", "[pairing]") {
  using Instance = solver::Instance;
  const auto code = [](std::vector<solver::ChosenPair> pins) {
    return code_after([&](Instance& instance) { instance.pinned = std::move(pins); });
  };
  CHECK(code({{0, {0, 4, 7}}, {1, {0, 5, 7}}}) == "none");
  CHECK(code({{2, {0, 4, 7}}}) == "index_out_of_range");
  CHECK(code({{0, {2, 4, 7}}}) == "index_out_of_range");
  CHECK(code({{0, {0, 4, (std::int64_t{1} << 62) + 1}}}) == "points_out_of_range");
  CHECK(code({{0, {1, 4, 7}}, {1, {1, 5, 7}}}) == "pin_infeasible");  // capacity
  CHECK(code({{0, {0, 4, 7}}, {0, {1, 4, 7}}}) == "pin_infeasible");  // demand
  CHECK(code({{0, {0, 4, 7}}, {1, {0, 4, 7}}}) == "pin_infeasible");  // slot
  CHECK(code_after([](Instance& instance) { instance.organisation_total = {0}; }) ==
        "pin_infeasible");
  CHECK(code_after([](Instance& instance) {
          instance.need = {0, 0};
          instance.pinned.push_back({1, {0, 5, 7}});
        }) == "pin_infeasible");
}
