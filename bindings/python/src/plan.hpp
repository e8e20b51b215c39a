#pragma once

#include "jiedui/network/network.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui::python {

/// The class Plan of Python: a plan and, where it is known, the network that it is for, so that it
/// can be drawn.
struct DrawablePlan : Plan {
  DrawablePlan() = default;
  explicit DrawablePlan(Plan plan, Network of = {})
      : Plan(std::move(plan)), network(std::move(of)) {}
  Network network;
};

}  // namespace jiedui::python
