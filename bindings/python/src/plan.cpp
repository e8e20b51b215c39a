#include "plan.hpp"

#include "common.hpp"
#include "jiedui/wire/snapshot.hpp"

namespace jiedui::python {
namespace {

using solver::Statistics;

py::object python_function(const char* module, const char* name) {
  return py::module_::import(module).attr(name);
}

std::optional<std::uint32_t> slot_or_none(std::uint32_t slot) {
  if (slot == solver::Candidate::no_slot) return std::nullopt;
  return slot;
}

void bind_proof(py::module_& m) {
  using Proof = OptimalityProof;
  py::class_<Proof> proof(m, "OptimalityProof", DOC("OptimalityProof"));
  py::class_<Proof::Price>(proof, "Price", "The price of a volunteer, or of one of his slots.")
      .def_readonly("volunteer", &Proof::Price::volunteer)
      .def_property_readonly(
          "slot", [](const Proof::Price& self) { return slot_or_none(self.slot); },
          "None: for the volunteer's capacity.")
      .def_property_readonly(
          "price", [](const Proof::Price& self) { return self.price; },
          DOC("OptimalityProof.Price.price"));
  py::class_<Proof::Profit>(proof, "Profit", "The profit of a need.")
      .def_readonly("need", &Proof::Profit::need)
      .def_property_readonly(
          "profit", [](const Proof::Profit& self) { return self.profit; },
          DOC("OptimalityProof.Profit.profit"));
  py::class_<Proof::TotalPrice>(proof, "TotalPrice", DOC("OptimalityProof.TotalPrice"))
      .def_readonly("organisation", &Proof::TotalPrice::organisation)
      .def_property_readonly("price", [](const Proof::TotalPrice& self) { return self.price; });
  py::class_<Proof::LendingPrice>(proof, "LendingPrice", DOC("OptimalityProof.LendingPrice"))
      .def_readonly("from_", &Proof::LendingPrice::from)
      .def_readonly("to", &Proof::LendingPrice::to)
      .def_property_readonly("price", [](const Proof::LendingPrice& self) { return self.price; });
  proof.def_readonly("tiers", &Proof::tiers)
      .def_property_readonly("step", [](const Proof& self) { return self.step; })
      .def_readonly("prices", &Proof::prices, DOC("OptimalityProof.prices"))
      .def_readonly("profits", &Proof::profits, DOC("OptimalityProof.profits"))
      .def_readonly("totals", &Proof::totals, DOC("OptimalityProof.totals"))
      .def_property_readonly(
          "bonuses", [](const Proof& self) { return self.bonuses; }, DOC("OptimalityProof.bonuses"))
      .def_readonly("lending", &Proof::lending, DOC("OptimalityProof.lending"))
      .def_property_readonly(
          "change_price", [](const Proof& self) { return self.change_price; },
          DOC("OptimalityProof.change_price"))
      .def("__eq__", &equal<Proof>, "other"_a)
      .def("__repr__", [](const Proof& self) {
        return "<jiedui.OptimalityProof: " + std::to_string(self.prices.size()) + " prices, " +
               std::to_string(self.profits.size()) + " profits>";
      });
}

void bind_parts(py::module_& m) {
  py::native_enum<PlanStatus>(m, "PlanStatus", "enum.Enum", DOC("PlanStatus"))
      .value("optimal", PlanStatus::optimal)
      .value("interrupted", PlanStatus::interrupted, DOC("solver.Status.interrupted"))
      .value("bounded", PlanStatus::bounded, DOC("solver.Status.bounded"))
      .finalize();
  py::class_<TierCount>(m, "TierCount", DOC("TierCount"))
      .def_readonly("tier", &TierCount::tier)
      .def_readonly("demand", &TierCount::demand)
      .def_readonly("filled", &TierCount::filled)
      .def("__eq__", &equal<TierCount>, "other"_a)
      .def("__repr__", [](const TierCount& self) {
        return "<jiedui.TierCount tier " + std::to_string(self.tier) + ": " +
               std::to_string(self.filled) + " of " + std::to_string(self.demand) + ">";
      });
  py::class_<Statistics>(m, "Statistics", "What a solve took.")
      .def_readonly("candidates", &Statistics::candidates, DOC("solver.Statistics.candidates"))
      .def_readonly("relaxations", &Statistics::relaxations, DOC("solver.Statistics.relaxations"))
      .def_readonly("scans", &Statistics::scans, DOC("solver.Statistics.scans"))
      .def_readonly("paths", &Statistics::paths, DOC("solver.Statistics.paths"))
      .def_readonly("build_seconds", &Statistics::build_seconds)
      .def_readonly("solve_seconds", &Statistics::solve_seconds);
  py::class_<PlannedPair>(m, "PlannedPair", DOC("PlannedPair"))
      .def(py::init([](std::string volunteer, std::string need, Points points,
                       std::optional<Metres> metres, std::optional<Instant> begins,
                       std::optional<Instant> ends) {
             return PlannedPair{
                 std::move(volunteer), std::move(need), points, metres, begins, ends};
           }),
           "volunteer"_a, "need"_a, "points"_a = Points{0}, "metres"_a = py::none(),
           "begins"_a = py::none(), "ends"_a = py::none())
      .def_readonly("volunteer", &PlannedPair::volunteer, DOC("PlannedPair.volunteer"))
      .def_readonly("need", &PlannedPair::need, DOC("PlannedPair.need"))
      .def_readonly("points", &PlannedPair::points, DOC("PlannedPair.points"))
      .def_readonly("metres", &PlannedPair::metres, DOC("PlannedPair.metres"))
      .def_readonly("begins", &PlannedPair::begins, DOC("PlannedPair.begins"))
      .def_readonly("ends", &PlannedPair::ends, DOC("PlannedPair.ends"))
      .def("__eq__", &equal<PlannedPair>, "other"_a)
      .def("__repr__", [](const PlannedPair& self) {
        return "<jiedui.PlannedPair " + self.volunteer + " for " + self.need + ", " +
               std::to_string(self.points.count()) + " points>";
      });
}

std::string described(const Plan& plan) {
  return "<jiedui.Plan " + std::string(py::str(py::cast(plan.status()).attr("name"))) + ": " +
         std::to_string(plan.filled()) + " of " + std::to_string(plan.demand()) +
         " units filled, " + int_of(plan.points()).attr("__str__")().cast<std::string>() +
         " points>";
}

void add_one_of(std::vector<double>& out, Position position) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  out.push_back(position.has_value() ? position.longitude / 1e7 : nan);
  out.push_back(position.has_value() ? position.latitude / 1e7 : nan);
}

/// What the map needs, as arrays: `lines` holds longitude and latitude of volunteer and need for
/// each pair, `needs` those of each need; NaN where unknown.
py::typing::Dict<py::str, NumpyArray> map_of(const DrawablePlan& plan, const Network& network) {
  const Needs& needs = network.needs();
  std::vector<double> lines;
  std::vector<double> places;
  std::vector<std::int32_t> tier;
  std::vector<std::int32_t> filled(network.need_count(), 0);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const PlannedPair& pair = plan.pair(i);
    const NeedIndex need = network.need_index(pair.need);
    add_one_of(lines, network.position(network.volunteer_index(pair.volunteer)));
    add_one_of(lines, network.position(need));
    tier.push_back(needs.tier[need.value()]);
    ++filled[need.value()];
  }
  for (std::uint32_t need = 0; need < network.need_count(); ++need)
    add_one_of(places, network.position(NeedIndex{need}));
  py::typing::Dict<py::str, NumpyArray> map;
  map["lines"] = copied(lines).reshape({-1, 4});
  map["line_tier"] = copied(tier);
  map["needs"] = copied(places).reshape({-1, 2});
  map["tier"] = copied(needs.tier);
  map["demand"] = copied(needs.demand);
  map["filled"] = copied(filled);
  return map;
}

void bind_totals(py::class_<DrawablePlan>& plan) {
  plan.def_property_readonly("status", &Plan::status)
      .def_property_readonly("is_optimal", &Plan::is_optimal)
      .def_property_readonly("size", &Plan::size, "How many pairs there are.")
      .def("pair", &Plan::pair, "index"_a, py::return_value_policy::copy, DOC("Plan.pair"))
      .def("pairs", &Plan::pairs, "All pairs, by need id, then volunteer id.")
      .def("pairs_of_need", &Plan::pairs_of_need, "id"_a, DOC("Plan.pairs_of_need"))
      .def("pairs_of_volunteer", &Plan::pairs_of_volunteer, "id"_a, DOC("Plan.pairs_of_need"))
      .def_property_readonly("tiers", &Plan::tiers, DOC("TierCount"))
      .def_property_readonly("filled", &Plan::filled, "Filled demand units.")
      .def_property_readonly("demand", &Plan::demand, "Wanted demand units.")
      .def_property_readonly(
          "points", [](const DrawablePlan& self) { return self.points(); }, DOC("Plan.points"))
      .def_property_readonly(
          "value", [](const DrawablePlan& self) { return self.value(); }, DOC("Plan.value"))
      .def_property_readonly(
          "bound", [](const DrawablePlan& self) { return self.bound(); }, DOC("Plan.value"))
      .def_property_readonly(
          "gap", [](const DrawablePlan& self) { return self.gap(); }, DOC("Plan.gap"))
      .def_property_readonly(
          "load_cost", [](const DrawablePlan& self) { return self.load_cost(); },
          DOC("Plan.load_cost"))
      .def_property_readonly(
          "unmet",
          [](const DrawablePlan& self) {
            std::map<std::string, std::int32_t> missing;
            for (const PlanData::Unmet& unmet : self.unmet())
              missing.emplace(unmet.volunteer, unmet.missing);
            return missing;
          },
          "The volunteers who have less than the least pairs asked for them, and how many pairs "
          "each of them lacks. No plan does better in all.")
      .def_property_readonly("proof", &Plan::proof, DOC("OptimalityProof"))
      .def_property_readonly("statistics", &Plan::statistics, "What the solve took.")
      .def_property_readonly("needs_without_slot", &Plan::needs_without_slot,
                             DOC("Plan.needs_without_slot"));
}

}  // namespace

void bind_plan(py::module_& m) {
  bind_parts(m);
  bind_proof(m);
  py::class_<DrawablePlan> plan(m, "Plan", DOC("Plan"));
  plan.def(py::init<>(), DOC("Plan.Plan"));
  bind_totals(plan);
  plan.def("summary", &Plan::summary, DOC("Plan.summary"))
      .def(
          "table", [](const DrawablePlan& self) { return std::make_shared<Table>(self.table()); },
          DOC("Plan.table"))
      .def_readonly("network", &DrawablePlan::network,
                    "The network that it was made for; the empty one where that is not known.")
      .def("_map", &map_of, "network"_a)
      .def(
          "plot",
          [](const py::object& self, const std::optional<std::filesystem::path>& path,
             const std::optional<Network>& network,
             const std::optional<std::filesystem::path>& outline,
             const std::optional<std::string>& title) {
            return As<"matplotlib.figure.Figure">(python_function("jiedui.plots", "plot")(
                self, path, "network"_a = network, "outline"_a = outline, "title"_a = title));
          },
          "path"_a = py::none(), py::kw_only(), "network"_a = py::none(), "outline"_a = py::none(),
          "title"_a = py::none(),
          "Draws the map: a line from each volunteer to the need, coloured by tier, and the needs "
          "that are not filled.\n\n"
          "path: a file to write, PNG, SVG or PDF by its ending.\n"
          "network: where the positions are; by default the one that the plan was made for.\n"
          "outline: a GeoJSON file of boundaries to draw below.\n\n"
          "Raises Error \"positions_unknown\" where nothing can be drawn.")
      .def("__eq__", &equal<DrawablePlan>, "other"_a)
      .def("__str__", &Plan::summary)
      .def("__repr__", [](const DrawablePlan& self) { return described(self); })
      .def("_repr_html_",
           [](const py::object& self) {
             return py::str(python_function("jiedui.html", "plan")(self));
           })
      .def(py::pickle([](const DrawablePlan& self) { return py::bytes(to_bytes(self)); },
                      [](const py::bytes& bytes) {
                        return DrawablePlan(plan_from_bytes(std::string_view(bytes)));
                      }));
  add_frame_methods(plan);
}

}  // namespace jiedui::python
