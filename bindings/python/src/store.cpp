#include "jiedui/store/store.hpp"

#include "books.hpp"
#include "plan.hpp"
#include "watch.hpp"

namespace jiedui::python {
namespace {

using Path = std::filesystem::path;

/// The class Store of Python.
struct HeldStore {
  std::shared_ptr<StoreOwner> owner;
  template <class Work>
  auto with(Work&& work) const {
    const py::gil_scoped_release unlocked;
    const std::scoped_lock lock(owner->mutex);
    return std::forward<Work>(work)(owner->store);
  }
  void close() const {
    const py::gil_scoped_release unlocked;
    std::unique_lock lock(owner->mutex);
    owner->close_groups(lock);
    owner->store.close();
  }
};

HeldStore held(Store store) {
  return {std::make_shared<StoreOwner>(std::move(store))};
}

StoreOptions options_of(const std::optional<std::string>& zone, bool untrusted) {
  return {.zone = zone, .untrusted = untrusted};
}

void bind_opening(py::class_<HeldStore>& store) {
  store
      .def_static(
          "open_or_create",
          [](const Path& path, const std::optional<std::string>& zone, bool untrusted) {
            const py::gil_scoped_release unlocked;
            return held(Store::open_or_create(path, options_of(zone, untrusted)));
          },
          "path"_a, py::kw_only(), "zone"_a = py::none(), "untrusted"_a = false,
          DOC("Store.open_or_create"))
      .def_static(
          "open",
          [](const Path& path, StoreAccess access, const std::optional<std::string>& zone,
             bool untrusted) {
            const py::gil_scoped_release unlocked;
            return held(Store::open(path, access, options_of(zone, untrusted)));
          },
          "path"_a, py::arg_v("access", StoreAccess::read_write, "StoreAccess.read_write"),
          py::kw_only(), "zone"_a = py::none(), "untrusted"_a = false, DOC("Store.open"))
      .def_static(
          "open_if_exists",
          [](const Path& path, StoreAccess access, const std::optional<std::string>& zone,
             bool untrusted) -> std::optional<HeldStore> {
            const py::gil_scoped_release unlocked;
            auto opened = Store::open_if_exists(path, access, options_of(zone, untrusted));
            if (!opened) return std::nullopt;
            return held(std::move(*opened));
          },
          "path"_a, py::arg_v("access", StoreAccess::read_write, "StoreAccess.read_write"),
          py::kw_only(), "zone"_a = py::none(), "untrusted"_a = false, DOC("Store.open_if_exists"))
      .def("close", &HeldStore::close, DOC("Store.close"))
      .def_property_readonly(
          "is_open",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.is_open(); }); })
      .def("__enter__", [](const py::object& self) -> Self { return Self(self); })
      .def(
          "__exit__",
          [](const HeldStore& self, const py::object& /*type*/, const py::object& /*value*/,
             const py::object& /*traceback*/) { self.close(); },
          "exception_type"_a, "exception"_a, "traceback"_a);
}

void bind_contents(py::class_<HeldStore>& store) {
  store
      .def(
          "save",
          [](const HeldStore& self, const Network& network, bool personal) {
            self.with([&](Store& opened) { opened.save(network, personal_of(personal)); });
          },
          "network"_a, py::kw_only(), "personal"_a = true, DOC("Store.save"))
      .def(
          "save",
          [](const HeldStore& self, const DrawablePlan& plan) {
            self.with([&](Store& opened) { opened.save(plan); });
          },
          "plan"_a, DOC("Store.save#2"))
      .def_property_readonly(
          "has_network",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.has_network(); }); })
      .def(
          "load_network",
          [](const HeldStore& self) {
            return self.with([](Store& s) { return s.load_network(); });
          },
          DOC("Store.load_network"))
      .def_property_readonly(
          "has_plan",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.has_plan(); }); })
      .def(
          "load_plan",
          [](const HeldStore& self) {
            return self.with([](Store& opened) { return DrawablePlan(opened.load_plan()); });
          },
          DOC("Store.load_plan"));
}

}  // namespace

void bind_store(py::module_& m) {
  py::native_enum<StoreAccess>(m, "StoreAccess", "enum.Enum")
      .value("read_write", StoreAccess::read_write)
      .value("read_only", StoreAccess::read_only)
      .finalize();
  py::class_<HeldStore> store(m, "Store", DOC("Store"));
  bind_opening(store);
  bind_contents(store);
  store
      .def_property_readonly(
          "path",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.path(); }); })
      .def_property_readonly(
          "book",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.book(); }); },
          DOC("Store.book"))
      .def_property_readonly(
          "ledger", [](const HeldStore& self) { return HeldHours{self.owner}; },
          "The books of hours by people's ids.")
      .def_property_readonly(
          "books", [](const HeldStore& self) { return HeldBooks{self.owner}; }, DOC("Store.books"))
      .def(
          "verify",
          [](const HeldStore& self, const std::vector<ChainHead>& exported) {
            return self.with([&](Store& opened) { return opened.verify(exported); });
          },
          "exported"_a = std::vector<ChainHead>{}, DOC("Store.verify"))
      .def(
          "checkpoint",
          [](const HeldStore& self) { return self.with([](Store& s) { return s.checkpoint(); }); },
          DOC("Store.checkpoint"))
      .def(
          "backup",
          [](const HeldStore& self, const Path& copy, const Progress& progress) {
            Watch watch(progress, "copying");
            const ChainHead head =
                self.with([&](Store& opened) { return opened.backup(copy, watch.control()); });
            watch.close();
            return head;
          },
          "copy"_a, py::kw_only(), "progress"_a = py::none(), DOC("Store.backup"))
      .def("__repr__", [](const HeldStore& self) {
        return self.with([](Store& opened) {
          return "<jiedui.Store " +
                 (opened.is_open() ? "'" + opened.path().filename().string() + "'" : "closed") +
                 ">";
        });
      });
  m.def(
      "verify_store",
      [](const Path& path, const std::vector<ChainHead>& exported) {
        const py::gil_scoped_release unlocked;
        return verify_store(path, exported);
      },
      "path"_a, "exported"_a = std::vector<ChainHead>{}, DOC("verify_store"));
}

}  // namespace jiedui::python
