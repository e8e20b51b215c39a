#include <limits>
#include <map>
#include <set>

#include "jiedui/hours/supervision.hpp"

namespace jiedui {

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

struct Led {
  std::set<std::uint32_t> people;
  std::optional<std::int64_t> agreed;
};
using Supervisors = std::map<std::uint32_t, Led>;

/// People below a supervisor at any depth; a ring of supervisors ends at itself.
std::size_t led_in_all(const Supervisors& supervisors, std::uint32_t supervisor) {
  std::set<std::uint32_t> seen{supervisor};
  std::vector<std::uint32_t> waiting{supervisor};
  while (!waiting.empty()) {
    const auto at = supervisors.find(waiting.back());
    waiting.pop_back();
    if (at == supervisors.end()) continue;
    for (const std::uint32_t person : at->second.people)
      if (seen.insert(person).second) waiting.push_back(person);
  }
  return seen.size() - 1;
}

}  // namespace

WorkLoad work_load(std::int64_t units, std::int64_t workers, std::optional<std::int64_t> limit) {
  (void)checked_range(units, 0, most, "units");
  (void)checked_range(workers, 0, most, "workers");
  if (workers == 0)
    throw Error({.code = "workers_missing",
                 .place = "work load",
                 .message = "nobody carries it",
                 .allowed = "1 worker or more",
                 .way_out = "count the workers"});
  WorkLoad load{
      .units = units, .workers = workers, .each = units / workers, .left = units % workers};
  if (limit)
    load.is_over = int128{units} > int128{checked_range(*limit, 0, most, "limit")} * workers;
  return load;
}

std::vector<SupervisorSpan> supervisor_spans(const Network& network, Date day) {
  Supervisors supervisors;
  for (std::uint32_t row = 0; row < network.size(Entity::edge); ++row) {
    const EdgeIndex index{row};
    if (network.edges().kind[row] != EdgeKind::supervises) continue;
    const Edge edge = network.edge(index);
    if ((edge.starts && *edge.starts > day) || (edge.ends && *edge.ends < day)) continue;
    Led& led = supervisors[network.edge_from(index).index];
    led.people.insert(network.edge_to(index).index);
    if (edge.weight && (!led.agreed || *edge.weight < *led.agreed)) led.agreed = *edge.weight;
  }
  std::vector<SupervisorSpan> spans;
  for (const auto& [supervisor, led] : supervisors) {
    const auto direct = static_cast<std::int64_t>(led.people.size());
    spans.push_back({.supervisor = std::string(network.ids(Entity::volunteer)[supervisor]),
                     .led = direct,
                     .led_in_all = static_cast<std::int64_t>(led_in_all(supervisors, supervisor)),
                     .agreed = led.agreed,
                     .is_over = led.agreed && direct > *led.agreed});
  }
  return spans;
}

Table span_table(std::span<const SupervisorSpan> spans) {
  TextColumn supervisor;
  std::vector<std::int64_t> led, in_all, agreed, over;
  std::vector<std::uint8_t> stated;
  for (const SupervisorSpan& span : spans) {
    supervisor.push_back(span.supervisor);
    led.push_back(span.led);
    in_all.push_back(span.led_in_all);
    agreed.push_back(span.agreed.value_or(0));
    stated.push_back(span.agreed ? 1 : 0);
    over.push_back(span.is_over ? 1 : 0);
  }
  Table table{.name = "supervisor_spans"};
  table.columns.push_back({.name = "supervisor", .cells = std::move(supervisor)});
  table.columns.push_back({.name = "led", .cells = std::move(led)});
  table.columns.push_back({.name = "led_in_all", .cells = std::move(in_all)});
  table.columns.push_back(
      {.name = "agreed", .cells = std::move(agreed), .present = std::move(stated)});
  table.columns.push_back({.name = "is_over", .cells = std::move(over)});
  return table;
}

}  // namespace jiedui
