#include <iostream>

#include <jiedui/jiedui.hpp>

int main() {
  const jiedui::ExplicitMarket market(
      {.volunteer = {0, 1, 1}, .need = {0, 0, 1}, .points = {5, 9, 3}}, {1, 1}, {1, 1});
  const auto plan = jiedui::solve(market);
  if (plan.size() != 2 || !jiedui::verify(plan, market)) return 1;
  std::cout << "optimal: " << plan << '\n';
  try {
    plan.pair(2);  // an exception crosses the border of the library and keeps its type
  } catch (const jiedui::Error& error) {
    return error.code() == "index_out_of_range" ? 0 : 1;
  }
  return 1;
}
