#include "dispatcher.hpp"

namespace jiedui::python {
namespace {

using Held = HeldDispatcher;
using Pairs = std::vector<std::pair<std::string, std::string>>;

template <auto Member>
Pairs pairs_of(const PlanChange& change) {
  Pairs pairs;
  for (const PairName& pair : change.*Member) pairs.emplace_back(pair.volunteer, pair.need);
  return pairs;
}

void bind_results(py::module_& m) {
  py::class_<PlanChange>(m, "PlanChange", DOC("PlanChange"))
      .def_property_readonly("added", &pairs_of<&PlanChange::added>,
                             "Pairs that are new, as (volunteer, need).")
      .def_property_readonly("dropped", &pairs_of<&PlanChange::dropped>,
                             "Pairs that are gone, as (volunteer, need).")
      .def_property_readonly("moved", &pairs_of<&PlanChange::moved>, DOC("PlanChange.moved"))
      .def_readonly("volunteers", &PlanChange::volunteers, DOC("PlanChange.volunteers"))
      .def_readonly("needs", &PlanChange::needs, DOC("PlanChange.needs"))
      .def_readonly("closed", &PlanChange::closed, DOC("PlanChange.closed"))
      .def_property_readonly("empty", &PlanChange::empty, "Whether nothing has changed.")
      .def("__bool__", [](const PlanChange& self) { return !self.empty(); })
      .def("__eq__", &equal<PlanChange>, "other"_a)
      .def("__repr__", [](const PlanChange& self) {
        return "<jiedui.PlanChange: " + std::to_string(self.added.size()) + " pairs added, " +
               std::to_string(self.dropped.size()) + " dropped, " +
               std::to_string(self.moved.size()) + " moved>";
      });
  py::class_<Proposal>(m, "Proposal", DOC("Proposal"))
      .def_readonly("volunteer", &Proposal::volunteer)
      .def_readonly("points", &Proposal::points, DOC("Proposal.points"))
      .def_property_readonly(
          "cost", [](const Proposal& self) { return self.cost; }, DOC("Proposal.cost"))
      .def_property_readonly(
          "points_lost", [](const Proposal& self) { return self.points_lost; },
          DOC("Proposal.points_lost"))
      .def("__repr__", [](const Proposal& self) {
        const std::string cost = self.points_lost ? to_string(*self.points_lost) + " points"
                                                  : "a weight of " + to_string(self.cost);
        return "<jiedui.Proposal " + self.volunteer + ", " + std::to_string(self.points.count()) +
               " points, costs the plan " + cost + ">";
      });
}

/// The operations as a list that is built up: each call returns the list itself.
void bind_operations(py::module_& m) {
  py::class_<Operations> operations(m, "Operations", DOC("Operations"));
  const auto own = py::return_value_policy::reference_internal;
  operations.def(py::init<>(), "No operation yet.")
      .def("add_volunteer", &Operations::add_volunteer, own, "row"_a, "The volunteer comes.")
      .def("edit_volunteer", &Operations::edit_volunteer, own, "row"_a, "His row is this one.")
      .def("withdraw_volunteer", &Operations::withdraw_volunteer, own, "volunteer"_a,
           "The volunteer leaves.")
      .def("add_need", &Operations::add_need, own, "row"_a, "The need comes.")
      .def("edit_need", &Operations::edit_need, own, "row"_a, "Its row is this one.")
      .def("withdraw_need", &Operations::withdraw_need, own, "need"_a, "The need leaves.")
      .def("decline", &Operations::decline, own, "volunteer"_a, "need"_a,
           "The pair must not be in any plan.")
      .def("pin", &Operations::pin, own, "volunteer"_a, "need"_a, "The pair is in every plan.")
      .def("confirm", &Operations::confirm, own, "volunteer"_a, "need"_a,
           "Pins a pair of the plan.")
      .def("unpin", &Operations::unpin, own, "volunteer"_a, "need"_a, "Lets a pair go its way.")
      .def(
          "set_capacity",
          [](Operations& self, const std::string& volunteer, Whole<std::int32_t> pairs)
              -> Operations& { return self.set_capacity(volunteer, pairs); },
          own, "volunteer"_a, "pairs"_a, "The volunteer takes so many pairs.")
      .def(
          "set_demand",
          [](Operations& self, const std::string& need, Whole<std::int32_t> people) -> Operations& {
            return self.set_demand(need, people);
          },
          own, "need"_a, "people"_a, "The need asks for so many people.")
      .def_property_readonly("size", &Operations::size, "How many there are.")
      .def("__len__", &Operations::size)
      .def("__repr__", [](const Operations& self) {
        return "<jiedui.Operations: " + std::to_string(self.size()) + ">";
      });
}

using OfPair = PlanChange (Dispatcher::*)(std::string_view, std::string_view);
using OfNumber = PlanChange (Dispatcher::*)(std::string_view, std::int32_t);

/// An operation on a pair, by external ids.
template <OfPair operation>
PlanChange of_pair(Held& self, const std::string& volunteer, const std::string& need) {
  return self.with([&](Dispatcher& it) { return (it.*operation)(volunteer, need); });
}
template <OfNumber operation>
PlanChange of_number(Held& self, const std::string& id, Whole<std::int32_t> number) {
  return self.with([&](Dispatcher& it) { return (it.*operation)(id, number); });
}

template <class Row, PlanChange (Dispatcher::*operation)(const Row&)>
PlanChange of_row(Held& self, const Row& row) {
  return self.with([&](Dispatcher& it) { return (it.*operation)(row); });
}
template <PlanChange (Dispatcher::*operation)(std::string_view)>
PlanChange of_id(Held& self, const std::string& id) {
  return self.with([&](Dispatcher& it) { return (it.*operation)(id); });
}

void bind_people(py::class_<Held>& dispatcher) {
  dispatcher
      .def("add_volunteer", &of_row<Volunteer, &Dispatcher::add_volunteer>, "row"_a,
           DOC("Dispatcher.add_volunteer"))
      .def("edit_volunteer", &of_row<Volunteer, &Dispatcher::edit_volunteer>, "row"_a,
           DOC("Dispatcher.edit_volunteer"))
      .def("withdraw_volunteer", &of_id<&Dispatcher::withdraw_volunteer>, "volunteer"_a,
           DOC("Dispatcher.withdraw_volunteer"))
      .def("add_need", &of_row<Need, &Dispatcher::add_need>, "row"_a, DOC("Dispatcher.add_need"))
      .def("edit_need", &of_row<Need, &Dispatcher::edit_need>, "row"_a, DOC("Dispatcher.edit_need"))
      .def("withdraw_need", &of_id<&Dispatcher::withdraw_need>, "need"_a,
           DOC("Dispatcher.withdraw_need"))
      .def(
          "apply",
          [](Held& self, const Operations& operations) {
            return self.with([&](Dispatcher& it) { return it.apply(operations); });
          },
          "operations"_a, DOC("Dispatcher.apply"))
      .def(
          "advance",
          [](Held& self, Instant now) {
            return self.with([&](Dispatcher& it) { return it.advance(now); });
          },
          "now"_a, DOC("Dispatcher.advance"))
      .def(
          "clock", [](Held& self) { return self.with([](Dispatcher& it) { return it.clock(); }); },
          DOC("Dispatcher.clock"))
      .def(
          "network",
          [](Held& self) { return self.with([](Dispatcher& it) { return it.network(); }); },
          DOC("Dispatcher.network"));
}

}  // namespace

void bind_dispatcher(py::module_& m) {
  bind_results(m);
  bind_operations(m);
  py::class_<Held> dispatcher(
      m, "Dispatcher",
      "Keeps a plan optimal while the day changes.\n\n"
      "After each operation the plan is as good as one solved anew under the same "
      "limits and pins, and among equally good plans it has the fewest changes "
      "against the plan before. Pinned pairs stay until they are unpinned or "
      "declined. An operation costs a few shortest paths, each of which touches only "
      "what it reaches. Several threads may use one dispatcher: they take turns.");
  bind_people(dispatcher);
  dispatcher
      .def(py::init([](const Market& market, const std::optional<DrawablePlan>& before,
                       Whole<int> threads, const SolveWatch& progress) {
             return std::make_unique<Held>(market, before, threads, progress);
           }),
           "market"_a, py::kw_only(), "before"_a = py::none(), "threads"_a = Whole<int>{1},
           "progress"_a = py::none(),
           "Solves the market. before: a plan to stay close to; threads and progress: as for "
           "solve. Ctrl-C raises.")
      .def("decline", &of_pair<&Dispatcher::decline>, "volunteer"_a, "need"_a,
           DOC("Dispatcher.decline"))
      .def("pin", &of_pair<&Dispatcher::pin>, "volunteer"_a, "need"_a, DOC("Dispatcher.pin"))
      .def("confirm", &of_pair<&Dispatcher::confirm>, "volunteer"_a, "need"_a,
           DOC("Dispatcher.confirm"))
      .def("unpin", &of_pair<&Dispatcher::unpin>, "volunteer"_a, "need"_a, DOC("Dispatcher.unpin"))
      .def("set_capacity", &of_number<&Dispatcher::set_capacity>, "volunteer"_a, "pairs"_a,
           DOC("Dispatcher.set_capacity"))
      .def("set_demand", &of_number<&Dispatcher::set_demand>, "need"_a, "people"_a,
           DOC("Dispatcher.set_demand"))
      .def(
          "update",
          [](Held& self, const Market& market, Whole<int> threads, const SolveWatch& progress) {
            return self.update(market, threads, progress);
          },
          "market"_a, py::kw_only(), "threads"_a = Whole<int>{1}, "progress"_a = py::none(),
          DOC("Dispatcher.update"))
      .def(
          "propose",
          [](Held& self, const std::string& need, Whole<std::uint32_t> count) {
            return self.with([&](Dispatcher& it) { return it.propose(need, count); });
          },
          "need"_a, "count"_a, DOC("Dispatcher.propose"))
      .def(
          "plan",
          [](Held& self) {
            return self.with([](Dispatcher& it) { return DrawablePlan(it.plan(), it.network()); });
          },
          DOC("Dispatcher.plan"))
      .def(
          "market",
          [](Held& self) { return self.with([](Dispatcher& it) { return it.market(); }); },
          DOC("Dispatcher.market"))
      .def("__repr__", [](Held& self) {
        return self.with([](Dispatcher& it) {
          const Plan plan = it.plan();
          return "<jiedui.Dispatcher: " + std::to_string(plan.filled()) + " of " +
                 std::to_string(plan.demand()) + " units filled>";
        });
      });
}

}  // namespace jiedui::python
