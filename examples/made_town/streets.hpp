#pragma once

#include <utility>
#include <vector>

#include "made_town.hpp"

namespace made_town {

/// The town of Kind::adversarial: streets of houses, a request in each, and between every two a
/// volunteer who reaches these two only and prefers the next one.
///
/// The request at the head of a street is the least urgent, and the last volunteer has no house
/// beyond his own: to fill that request, everybody in the street must move by one house. All ask
/// for the same morning, so that slots bind and not capacities.
std::vector<std::pair<jiedui::Entity, jiedui::Table>> street_tables(const Options& options);

}  // namespace made_town
