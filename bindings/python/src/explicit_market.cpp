#include "common.hpp"
#include "jiedui/pairing/market.hpp"

namespace jiedui::python {
namespace {

using Column = std::optional<WholeArray>;
using Ids = std::vector<std::string>;
/// A pin: volunteer, need and points, and the slot if it takes one.
using Pin =
    std::variant<solver::ChosenPair,
                 std::tuple<Whole<std::uint32_t>, Whole<std::uint32_t>, Whole<std::int64_t>>,
                 std::tuple<Whole<std::uint32_t>, Whole<std::uint32_t>, Whole<std::int64_t>,
                            std::optional<Whole<std::uint32_t>>>>;

solver::ChosenPair chosen_pair(const Pin& pin) {
  if (const auto* given = std::get_if<solver::ChosenPair>(&pin)) return *given;
  if (const auto* given = std::get_if<1>(&pin)) {
    const auto& [volunteer, need, points] = *given;
    return {need, {volunteer, solver::Candidate::no_slot, points}};
  }
  const auto& [volunteer, need, points, slot] = std::get<2>(pin);
  return {need, {volunteer, slot ? slot->value : solver::Candidate::no_slot, points}};
}

template <class Number>
std::vector<Number> column_of(const Column& given, const char* name) {
  return given ? whole_numbers<Number>(*given, name) : std::vector<Number>{};
}

PairColumns pairs_of(const WholeArray& volunteer, const WholeArray& need, const WholeArray& points,
                     const Column& slot) {
  return {whole_numbers<std::uint32_t>(volunteer, "volunteer"),
          whole_numbers<std::uint32_t>(need, "need"), whole_numbers<std::int64_t>(points, "points"),
          column_of<std::uint32_t>(slot, "slot")};
}

ExplicitMarket market_of_columns(const WholeArray& volunteer, const WholeArray& need,
                                 const WholeArray& points, const WholeArray& capacity,
                                 const WholeArray& demand, const Column& tier, const Column& slot,
                                 Ids volunteer_ids, Ids need_ids) {
  PairColumns pairs = pairs_of(volunteer, need, points, slot);
  auto tiers = column_of<std::int32_t>(tier, "tier");
  auto capacities = whole_numbers<std::int32_t>(capacity, "capacity");
  auto demands = whole_numbers<std::int32_t>(demand, "demand");
  const py::gil_scoped_release unlocked;
  return ExplicitMarket(std::move(pairs), std::move(capacities), std::move(demands),
                        std::move(tiers), std::move(volunteer_ids), std::move(need_ids));
}

/// The limits that the constructor does not take.
solver::Limits limits_of(const Column& line_of, const Column& least, const Column& load_cost,
                         const Column& load_before, const Column& organisation,
                         const Column& organisation_total, const std::vector<Pin>& pinned) {
  solver::Limits limits;
  limits.need = column_of<std::uint32_t>(line_of, "line_of");
  limits.least = column_of<std::int32_t>(least, "least");
  limits.load_cost = column_of<std::int64_t>(load_cost, "load_cost");
  limits.load_before = column_of<std::int32_t>(load_before, "load_before");
  limits.organisation = column_of<std::uint32_t>(organisation, "organisation");
  limits.organisation_total = column_of<std::int32_t>(organisation_total, "organisation_total");
  for (const Pin& pin : pinned) limits.pinned.push_back(chosen_pair(pin));
  return limits;
}

const char* const columns_doc =
    "volunteer, need, points, slot: one entry for each eligible pair; volunteer and need are "
    "indexes, slot is Candidate.no_slot (or left out) for a pair without one.\n"
    "capacity: pairs that each volunteer can take.\n"
    "demand: people that each need asks for; tier: 1, the most urgent, to 16.\n"
    "volunteer_ids, need_ids: external ids; by default the indexes in decimal.\n\n"
    "Raises TypeError for floats; Error \"array_length\", \"index_out_of_range\", "
    "\"pair_double\" and the like.";

const char* const of_doc =
    "A market with every limit there is. The columns of the constructor, and:\n\n"
    "line_of: for each need the one that it is a further line of, or itself: a volunteer serves "
    "the lines of one need at most once.\n"
    "least: pairs that each volunteer is to have at least, up to his capacity.\n"
    "load_cost: what a volunteer's first, second … pair costs in points, never falling.\n"
    "load_before: pairs of each volunteer that count for the load already.\n"
    "organisation: the number of each volunteer's organisation, Limits.no_organisation for none; "
    "organisation_total: pairs that the volunteers of each may have in all.\n"
    "pinned: pairs that are in every plan: ChosenPair, or (volunteer, need, points) with a slot "
    "behind where it takes one. They need not be among the eligible pairs.\n\n"
    "Raises besides Error \"option_invalid\", \"pin_infeasible\", \"lines_with_slots\".";

}  // namespace

void bind_explicit_market(py::module_& m) {
  const auto none = py::none();
  const auto no_ids = Ids{};
  py::class_<ExplicitMarket, Market>(m, "ExplicitMarket", DOC("ExplicitMarket"))
      .def(py::init(&market_of_columns), py::kw_only(), "volunteer"_a, "need"_a, "points"_a,
           "capacity"_a, "demand"_a, "tier"_a = none, "slot"_a = none, "volunteer_ids"_a = no_ids,
           "need_ids"_a = no_ids, columns_doc)
      .def_static(
          "of",
          [](solver::Instance instance, Ids volunteer_ids, Ids need_ids) {
            const py::gil_scoped_release unlocked;
            return ExplicitMarket::of(std::move(instance), std::move(volunteer_ids),
                                      std::move(need_ids));
          },
          "instance"_a, "volunteer_ids"_a = no_ids, "need_ids"_a = no_ids, DOC("ExplicitMarket.of"))
      .def_static(
          "of",
          [](const WholeArray& volunteer, const WholeArray& need, const WholeArray& points,
             const WholeArray& capacity, const WholeArray& demand, const Column& tier,
             const Column& slot, const Column& line_of, const Column& least,
             const Column& load_cost, const Column& load_before, const Column& organisation,
             const Column& organisation_total, const std::vector<Pin>& pinned, Ids volunteer_ids,
             Ids need_ids) {
            solver::Limits limits = limits_of(line_of, least, load_cost, load_before, organisation,
                                              organisation_total, pinned);
            const ExplicitMarket plain =
                market_of_columns(volunteer, need, points, capacity, demand, tier, slot, {}, {});
            const py::gil_scoped_release unlocked;
            solver::Instance instance = plain.instance();
            limits.capacity = std::move(instance.capacity);
            limits.demand = std::move(instance.demand);
            limits.tier = std::move(instance.tier);
            static_cast<solver::Limits&>(instance) = std::move(limits);
            return ExplicitMarket::of(std::move(instance), std::move(volunteer_ids),
                                      std::move(need_ids));
          },
          py::kw_only(), "volunteer"_a, "need"_a, "points"_a, "capacity"_a, "demand"_a,
          "tier"_a = none, "slot"_a = none, "line_of"_a = none, "least"_a = none,
          "load_cost"_a = none, "load_before"_a = none, "organisation"_a = none,
          "organisation_total"_a = none, "pinned"_a = std::vector<Pin>{},
          "volunteer_ids"_a = no_ids, "need_ids"_a = no_ids, of_doc);
}

}  // namespace jiedui::python
