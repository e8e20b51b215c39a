#include "jiedui/network/network.hpp"

#include "common.hpp"
#include "jiedui/network/builder.hpp"
#include "jiedui/wire/snapshot.hpp"

namespace jiedui::python {

Entity entity_of(const EntityOrName& given) {
  if (const auto* word = std::get_if<std::string>(&given)) {
    const auto* const found = std::find(entity_names.begin(), entity_names.end(), *word);
    if (found != entity_names.end()) return static_cast<Entity>(found - entity_names.begin());
  }
  return chosen(given, table_names);
}

namespace {

std::shared_ptr<Table> shared(Table table) {
  return std::make_shared<Table>(std::move(table));
}

std::shared_ptr<Table> table_without_names(const Network& network, Entity entity, bool personal) {
  const py::gil_scoped_release unlocked;
  return shared(network.table(entity, personal_of(personal)));
}

/// Network.from_frames and NetworkBuilder.add take their tables in this order and by these names.
void add_frame(NetworkBuilder& builder, Entity entity, const py::object& frame) {
  if (frame.is_none()) return;
  const std::string name(table_names[static_cast<std::size_t>(entity)]);
  Table table = *table_of(frame, name);
  const py::gil_scoped_release unlocked;
  builder.add(entity, std::move(table));
}

template <class Tag>
Index<Tag> row_index(const Network& network, Entity entity,
                     const std::variant<Index<Tag>, std::string>& given) {
  if (const auto* index = std::get_if<Index<Tag>>(&given)) return *index;
  const std::string& id = std::get<std::string>(given);
  const auto found = network.find(entity, id);
  if (!found)
    throw Error(
        {.code = "id_unknown",
         .place = std::string(table_names[static_cast<std::size_t>(entity)]) + " id '" + id + "'",
         .message = "no row has this id",
         .allowed = {},
         .way_out = "look it up with find()"});
  return Index<Tag>{*found};
}

/// Binds the table `volunteers`, as a property, and the row `volunteer`, as a method.
template <class Tag, class Row>
void bind_entity(py::class_<Network>& network, Entity entity, const char* row_name,
                 Row (Network::*row)(Index<Tag>) const) {
  const auto number = static_cast<std::size_t>(entity);
  network.def_property_readonly(
      std::string(table_names[number]).c_str(),
      [entity](const Network& self) { return table_without_names(self, entity, false); },
      "The table without the fields that can point to a person; table(…, personal=True) has all.");
  network.def(
      row_name,
      [entity, row](const Network& self, const std::variant<Index<Tag>, std::string>& id) {
        return (self.*row)(row_index<Tag>(self, entity, id));
      },
      "id"_a, DOC("Network.place"));
}

std::optional<Position> known(Position position) {
  if (!position.has_value()) return std::nullopt;
  return position;
}

std::string described(const Network& network) {
  std::string text = "<jiedui.Network:";
  for (std::size_t i = 0; i < entity_count; ++i)
    if (const std::size_t rows = network.size(static_cast<Entity>(i)); rows != 0)
      text += " " + std::to_string(rows) + " " + std::string(table_names[i]) + ",";
  if (text.back() == ':') text += " empty,";
  text.back() = '>';
  return text;
}

void bind_builder(py::module_& m) {
  py::class_<NetworkBuilder> builder(m, "NetworkBuilder", DOC("NetworkBuilder"));
  py::class_<NetworkBuilder::GoodRows>(builder, "GoodRows",
                                       "The network of the rows without problems, and the rest.")
      .def_readonly("network", &NetworkBuilder::GoodRows::network)
      .def_property_readonly(
          "bad_rows", [](const NetworkBuilder::GoodRows& self) { return shared(self.bad_rows); },
          DOC("NetworkBuilder.GoodRows.bad_rows"))
      .def_property_readonly(
          "problems",
          [](const NetworkBuilder::GoodRows& self) { return shared(problem_table(self.problems)); },
          DOC("problem_table"))
      .def_readonly("problem_count", &NetworkBuilder::GoodRows::problem_count);

  builder.def(py::init<>())
      .def(
          "add",
          [](NetworkBuilder& self, const EntityOrName& entity,
             const Frame& frame) -> NetworkBuilder& {
            add_frame(self, entity_of(entity), frame);
            return self;
          },
          "entity"_a, "frame"_a, py::return_value_policy::reference_internal,
          DOC("NetworkBuilder.add"));
  const auto add_row = [&]<class Row>(const Row* /*type*/) {
    builder.def(
        "add",
        [](NetworkBuilder& self, const Row& row) -> NetworkBuilder& { return self.add(row); },
        "row"_a, py::return_value_policy::reference_internal, DOC("NetworkBuilder.add#2"));
  };
  add_row(static_cast<Place*>(nullptr));
  add_row(static_cast<Organisation*>(nullptr));
  add_row(static_cast<Household*>(nullptr));
  add_row(static_cast<Beneficiary*>(nullptr));
  add_row(static_cast<Volunteer*>(nullptr));
  add_row(static_cast<Activity*>(nullptr));
  add_row(static_cast<Item*>(nullptr));
  add_row(static_cast<Need*>(nullptr));
  add_row(static_cast<Edge*>(nullptr));
  builder.def("build", &NetworkBuilder::build, Unlocked(), DOC("NetworkBuilder.build"))
      .def("keep_good_rows", &NetworkBuilder::keep_good_rows, Unlocked(),
           DOC("NetworkBuilder.keep_good_rows"));
  m.def(
      "standard_catalogue", [] { return shared(standard_catalogue()); }, DOC("standard_catalogue"));
}

void bind_tables_of(py::class_<Network>& network) {
  bind_entity(network, Entity::place, "place", &Network::place);
  bind_entity(network, Entity::organisation, "organisation", &Network::organisation);
  bind_entity(network, Entity::household, "household", &Network::household);
  bind_entity(network, Entity::beneficiary, "beneficiary", &Network::beneficiary);
  bind_entity(network, Entity::volunteer, "volunteer", &Network::volunteer);
  bind_entity(network, Entity::activity, "activity", &Network::activity);
  bind_entity(network, Entity::item, "item", &Network::item);
  bind_entity(network, Entity::need, "need", &Network::need);
  bind_entity(network, Entity::edge, "edge", &Network::edge);
  network
      .def(
          "tables",
          [](const Network& self, bool personal) {
            std::vector<std::shared_ptr<Table>> tables;
            const py::gil_scoped_release unlocked;
            for (Table& table : self.tables(personal_of(personal)))
              tables.push_back(shared(std::move(table)));
            return tables;
          },
          py::kw_only(), "personal"_a = false, DOC("Network.tables"))
      .def(
          "table",
          [](const Network& self, const EntityOrName& entity, bool personal) {
            return table_without_names(self, entity_of(entity), personal);
          },
          "entity"_a, py::kw_only(), "personal"_a = false, DOC("Network.table"));
}

void bind_lookups(py::class_<Network>& network) {
  network
      .def(
          "size",
          [](const Network& self, const EntityOrName& entity) {
            return self.size(entity_of(entity));
          },
          "entity"_a, "How many rows the table has.")
      .def_property_readonly("volunteer_count", &Network::volunteer_count)
      .def_property_readonly("need_count", &Network::need_count)
      .def(
          "ids",
          [](const Network& self, const EntityOrName& entity) {
            std::vector<std::string_view> ids;
            const TextColumn& column = self.ids(entity_of(entity));
            for (std::size_t row = 0; row < column.size(); ++row) ids.push_back(column[row]);
            return ids;
          },
          "entity"_a, DOC("Network.ids"))
      .def(
          "find",
          [](const Network& self, const EntityOrName& entity, std::string_view id) {
            return self.find(entity_of(entity), id);
          },
          "entity"_a, "id"_a, DOC("Network.find"))
      .def("volunteer_index", &Network::volunteer_index, "id"_a, DOC("Network.volunteer_index"))
      .def("need_index", &Network::need_index, "id"_a, DOC("Network.volunteer_index"))
      .def("edge_from", &Network::edge_from, "index"_a, DOC("Network.edge_from"))
      .def("edge_to", &Network::edge_to, "index"_a, DOC("Network.edge_from"))
      .def_property_readonly("words", &Network::words, DOC("Network.words"))
      .def("find_word", &Network::find_word, "word"_a, "The index of a word, if it is known.")
      .def(
          "position",
          [](const Network& self, VolunteerIndex index) { return known(self.position(index)); },
          "index"_a, DOC("Network.position"))
      .def(
          "position",
          [](const Network& self, NeedIndex index) { return known(self.position(index)); },
          "index"_a, DOC("Network.position"));
}

}  // namespace

void bind_network(py::module_& m) {
  py::native_enum<Entity> entity(m, "Entity", "enum.Enum", DOC("Entity"));
  for (std::size_t i = 0; i < entity_count; ++i)
    entity.value(std::string(entity_names[i]).c_str(), static_cast<Entity>(i));
  entity.finalize();
  m.attr("entity_count") = entity_count;
  m.attr("entity_names") = py::cast(entity_names);
  m.attr("table_names") = py::cast(table_names);
  py::class_<EntityRef>(m, "EntityRef", DOC("EntityRef"))
      .def_readonly("entity", &EntityRef::entity)
      .def_readonly("index", &EntityRef::index)
      .def("__repr__", [](const EntityRef& self) {
        return "<jiedui.EntityRef " +
               std::string(entity_names[static_cast<std::size_t>(self.entity)]) + " " +
               std::to_string(self.index) + ">";
      });

  py::class_<Network> network(m, "Network", DOC("Network"));
  bind_builder(m);
  network.def(py::init<>(), DOC("Network.Network"))
      .def_static(
          "from_frames",
          [](const std::optional<Frame>& places, const std::optional<Frame>& organisations,
             const std::optional<Frame>& households, const std::optional<Frame>& beneficiaries,
             const std::optional<Frame>& volunteers, const std::optional<Frame>& activities,
             const std::optional<Frame>& catalogue, const std::optional<Frame>& needs,
             const std::optional<Frame>& edges) {
            NetworkBuilder builder;
            std::size_t entity = 0;
            for (const auto* frame : {&places, &organisations, &households, &beneficiaries,
                                      &volunteers, &activities, &catalogue, &needs, &edges}) {
              if (*frame) add_frame(builder, static_cast<Entity>(entity), **frame);
              ++entity;
            }
            const py::gil_scoped_release unlocked;
            return builder.build();
          },
          py::kw_only(), "places"_a = py::none(), "organisations"_a = py::none(),
          "households"_a = py::none(), "beneficiaries"_a = py::none(), "volunteers"_a = py::none(),
          "activities"_a = py::none(), "catalogue"_a = py::none(), "needs"_a = py::none(),
          "edges"_a = py::none(),
          "Builds a network from frames with the columns of docs/formats.md: pandas, polars, "
          "pyarrow, DuckDB, dicts of columns, or anything with __arrow_c_stream__. Without a "
          "catalogue the built-in one is used.\n\nRaises InputError with all problems.");
  bind_tables_of(network);
  bind_lookups(network);
  network.def("__repr__", &described)
      .def("_repr_html_",
           [](const py::object& self) {
             return py::str(py::module_::import("jiedui.html").attr("network")(self));
           })
      .def(py::pickle(
          [](const Network& self) { return py::bytes(to_bytes(self, Personal::included)); },
          [](const py::bytes& bytes) { return network_from_bytes(std::string_view(bytes)); }));
}

}  // namespace jiedui::python
