#pragma once

#include <vector>

#include "jiedui/base/table.hpp"
#include "jiedui/pairing/plan.hpp"

namespace jiedui::detail {

/// A plan as tables: pairs, tiers, needs_without_slot, prices, profits, summary. Weights have up to
/// 128 bits and are decimal texts.
std::vector<Table> tables_of(const PlanData& plan);

/// The plan of such tables. @throws Error "store_corrupt" where they are not those of a plan.
PlanData plan_of(const std::vector<Table>& tables);

}  // namespace jiedui::detail
