#include "jiedui/network/graph.hpp"

#include "jiedui/network/roll_up.hpp"
#include "values.hpp"

namespace jiedui::python {
namespace {

std::optional<Date> known(Date date) {
  if (date == field::no_date) return std::nullopt;
  return date;
}

void bind_graph_class(py::module_& m) {
  py::class_<Graph> graph(m, "Graph", DOC("Graph"));
  Value<Graph::Link>(graph, "Link", "Graph.Link")
      .field("from_", &Graph::Link::from)
      .field("to", &Graph::Link::to)
      .field("kind", &Graph::Link::kind)
      .property("starts", [](const Graph::Link& self) { return known(self.starts); })
      .property("ends", [](const Graph::Link& self) { return known(self.ends); })
      .field("weight", &Graph::Link::weight);
  const auto vertex = [](const Graph& self, Whole<std::uint32_t> given) {
    if (given >= self.vertex_count()) throw py::index_error("there is no such vertex");
    return given.value;
  };
  graph.def(py::init<const Network&>(), "network"_a, Unlocked(), DOC("Graph.Graph"))
      .def_property_readonly("vertex_count", &Graph::vertex_count)
      .def_property_readonly("edge_count", &Graph::edge_count)
      .def(
          "link",
          [](const Graph& self, Whole<std::uint32_t> edge) {
            if (edge >= self.edge_count()) throw py::index_error("there is no such edge");
            return self.link(edge);
          },
          "edge"_a, "An edge by its number.")
      .def(
          "first_out",
          [](const Graph& self, Whole<std::uint32_t> vertex) {
            if (vertex > self.vertex_count()) throw py::index_error("there is no such vertex");
            return self.first_out(vertex);
          },
          "vertex"_a, DOC("Graph.first_out"))
      .def(
          "in_",
          [vertex](const Graph& self, Whole<std::uint32_t> given) {
            const auto edges = self.in(vertex(self, given));
            return std::vector<std::uint32_t>(edges.begin(), edges.end());
          },
          "vertex"_a, DOC("Graph.in"))
      .def(
          "vertex",
          [](const Graph& self, const EntityOrName& entity, Whole<std::uint32_t> row) {
            const EntityRef named{entity_of(entity), row};
            const Graph::Vertex found = self.vertex(named);
            if (found >= self.vertex_count() || self.entity(found) != named)
              throw py::index_error("there is no such row");
            return found;
          },
          "entity"_a, "row"_a, "The vertex of a row of a table.")
      .def(
          "entity",
          [vertex](const Graph& self, Whole<std::uint32_t> given) {
            return self.entity(vertex(self, given));
          },
          "vertex"_a, DOC("Graph.entity"))
      .def(
          "table",
          [](const Graph& self, const Network& network) {
            return std::make_shared<Table>(self.table(network));
          },
          "network"_a, Unlocked(), DOC("Graph.table"))
      .def("__repr__", [](const Graph& self) {
        return "<jiedui.Graph: " + std::to_string(self.vertex_count()) + " vertices, " +
               std::to_string(self.edge_count()) + " edges>";
      });
}

}  // namespace

void bind_graph(py::module_& m) {
  bind_graph_class(m);
  Value<Counts>(m, "Counts")
      .field("volunteers", &Counts::volunteers)
      .field("beneficiaries", &Counts::beneficiaries)
      .field("households", &Counts::households)
      .field("organisations", &Counts::organisations)
      .field("activities", &Counts::activities)
      .field("needs", &Counts::needs)
      .field("demand", &Counts::demand);
  Value<RollUp>(m, "RollUp").field("own", &RollUp::own).field("total", &RollUp::total);
  m.def("roll_up_places", &roll_up_places, "network"_a, Unlocked(), DOC("roll_up_places"));
  m.def("roll_up_organisations", &roll_up_organisations, "network"_a, Unlocked(),
        DOC("roll_up_organisations"));
  m.def(
      "roll_up_table",
      [](const Network& network, const EntityOrName& entity, const RollUp& roll_up) {
        return std::make_shared<Table>(roll_up_table(network, entity_of(entity), roll_up));
      },
      "network"_a, "entity"_a, "roll_up"_a, DOC("roll_up_table"));
}

}  // namespace jiedui::python
