#include "common.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/base/id128.hpp"
#include "jiedui/base/position.hpp"

namespace jiedui::python {
namespace {

template <class Tag>
void bind_index(py::module_& m, const char* name) {
  using Bound = Index<Tag>;
  py::class_<Bound>(m, name, DOC("Index"))
      .def(py::init([](Whole<std::uint32_t> value) { return Bound{value.value}; }), "value"_a)
      .def_static("none", &Bound::none, "No row at all.")
      .def_property_readonly("value", &Bound::value)
      .def_property_readonly("has_value", &Bound::has_value)
      .def("__index__", &Bound::value)
      .def("__hash__", [](Bound self) { return self.value(); })
      .def("__eq__", &equal<Bound>, "other"_a)
      .def(
          "__lt__", [](Bound self, Bound other) { return self < other; }, "other"_a)
      .def("__repr__", [name = std::string(name)](Bound self) {
        return name + (self.has_value() ? "(" + std::to_string(self.value()) + ")" : ".none()");
      });
}

Id128 id_of(const py::object& uuid) {
  const auto high = uuid.attr("int").attr("__rshift__")(64);
  const auto low = uuid.attr("int").attr("__and__")(~std::uint64_t{0});
  return {.high = high.cast<std::uint64_t>(), .low = low.cast<std::uint64_t>()};
}

Id128 parsed_id(const std::string& text) {
  const auto id = Id128::parse(text);
  if (!id) throw py::value_error("32 hexadecimal digits are wanted, with or without hyphens");
  return *id;
}

void bind_id(py::module_& m) {
  py::class_<Id128> id(m, "Id128", DOC("Id128"));
  id.def(py::init([](const As<"uuid.UUID">& uuid) {
           if (!py::isinstance(uuid, py::module_::import("uuid").attr("UUID")))
             throw py::reference_cast_error();
           return id_of(uuid);
         }),
         "uuid"_a)
      .def(py::init(&parsed_id), "text"_a, DOC("Id128.parse"))
      .def(py::init([](Whole<std::uint64_t> high, Whole<std::uint64_t> low) {
             return Id128{high.value, low.value};
           }),
           "high"_a = Whole<std::uint64_t>{0}, "low"_a = Whole<std::uint64_t>{0})
      .def_readonly("high", &Id128::high)
      .def_readonly("low", &Id128::low)
      .def_property_readonly("is_zero", &Id128::is_zero)
      .def("to_string", &Id128::to_string, DOC("Id128.to_string"))
      .def_static("parse", &Id128::parse, "text"_a, DOC("Id128.parse"))
      .def_property_readonly(
          "uuid",
          [](const Id128& self) {
            return As<"uuid.UUID">(py::module_::import("uuid").attr("UUID")(self.to_string()));
          },
          "The same 128 bits as the standard library's type.")
      .def("__hash__",
           [](const Id128& self) { return py::hash(py::make_tuple(self.high, self.low)); })
      .def("__eq__", &equal<Id128>, "other"_a)
      .def(
          "__lt__", [](const Id128& self, const Id128& other) { return self < other; }, "other"_a)
      .def("__repr__", [](const Id128& self) { return "Id128('" + self.to_string() + "')"; })
      .def("__str__", &Id128::to_string)
      .def(
          py::pickle([](const Id128& self) { return py::make_tuple(self.high, self.low); },
                     [](const py::tuple& state) {
                       return Id128{state[0].cast<std::uint64_t>(), state[1].cast<std::uint64_t>()};
                     }));
  py::implicitly_convertible<py::str, Id128>();
  py::implicitly_convertible<As<"uuid.UUID">, Id128>();

  py::class_<IdGenerator>(m, "IdGenerator", DOC("IdGenerator"))
      .def(py::init<>())
      .def(
          "next",
          [](IdGenerator& self, std::optional<Whole<std::int64_t>> now) {
            using std::chrono::milliseconds;
            const auto clock = std::chrono::system_clock::now().time_since_epoch();
            return self.next(now ? now->value
                                 : std::chrono::duration_cast<milliseconds>(clock).count());
          },
          "unix_milliseconds"_a = py::none(), DOC("IdGenerator.next"));
}

void bind_position(py::module_& m) {
  py::class_<Position> position(m, "Position", DOC("Position"));
  position.attr("latitude_max") = Position::latitude_max;
  position.attr("longitude_max") = Position::longitude_max;
  position
      .def(
          py::init([](Whole<std::int32_t> latitude, Whole<std::int32_t> longitude) {
            const Position position{latitude.value, longitude.value};
            if (std::abs(std::int64_t{position.latitude}) > Position::latitude_max ||
                std::abs(std::int64_t{position.longitude}) > Position::longitude_max)
              throw py::value_error(
                  "a position lies within 90 and 180 degrees; give it in units of 1e-7 degrees, or "
                  "use Position.from_degrees");
            return position;
          }),
          "latitude"_a, "longitude"_a)
      .def_static("from_degrees", &Position::from_degrees, "latitude"_a, "longitude"_a,
                  DOC("Position.from_degrees"))
      .def_readonly("latitude", &Position::latitude, "Whole 1e-7 degrees, north positive.")
      .def_readonly("longitude", &Position::longitude, "Whole 1e-7 degrees, east positive.")
      .def("__eq__", &equal<Position>, "other"_a)
      .def("__hash__",
           [](const Position& self) {
             return py::hash(py::make_tuple(self.latitude, self.longitude));
           })
      .def("__repr__", [](const Position& self) {
        return "Position(latitude=" + std::to_string(self.latitude) +
               ", longitude=" + std::to_string(self.longitude) + ")";
      });
  m.def("distance", py::overload_cast<Position, Position>(&distance), "a"_a, "b"_a,
        DOC("distance"));
}

}  // namespace

void bind_base(py::module_& m) {
  bind_index<PlaceTag>(m, "PlaceIndex");
  bind_index<OrganisationTag>(m, "OrganisationIndex");
  bind_index<HouseholdTag>(m, "HouseholdIndex");
  bind_index<BeneficiaryTag>(m, "BeneficiaryIndex");
  bind_index<VolunteerTag>(m, "VolunteerIndex");
  bind_index<ActivityTag>(m, "ActivityIndex");
  bind_index<ItemTag>(m, "ItemIndex");
  bind_index<NeedTag>(m, "NeedIndex");
  bind_index<EdgeTag>(m, "EdgeIndex");
  bind_index<SymbolTag>(m, "Symbol");
  bind_id(m);
  bind_position(m);
  m.attr("listed_problems_max") = listed_problems_max;
  m.attr("earliest_date") = earliest_date;
  m.attr("latest_date") = latest_date;
}

}  // namespace jiedui::python
