#include "common.hpp"
#include "jiedui/base/error.hpp"
#include "jiedui/network/builder.hpp"

namespace jiedui::python {
namespace {

py::object make_error(const char* type, const Error::Parts& parts) {
  return py::module_::import("jiedui.errors")
      .attr(type)(parts.code, parts.place, parts.message, parts.allowed, parts.way_out);
}

void raise(const py::object& error) {
  PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const InputError& error) {
    const Error::Parts& parts = error.parts();
    raise(py::module_::import("jiedui.errors")
              .attr("InputError")(
                  parts.code, parts.place, parts.message, parts.allowed, parts.way_out,
                  std::make_shared<Table>(problem_table(error.problems())), error.problem_count()));
  } catch (const Error& error) {
    raise(make_error("Error", error.parts()));
  } catch (const InternalError& error) {
    raise(py::module_::import("jiedui.errors").attr("InternalError")(error.what()));
  }
}

}  // namespace

PYBIND11_MODULE(_core, m) {
  m.doc() = "The C++ library of jiedui as it stands; the package jiedui re-exports all of it.";
  m.attr("__version__") = JIEDUI_VERSION;
  py::register_local_exception_translator(translate);
  bind_base(m);
  bind_tables(m);
  bind_rows(m);
  bind_network(m);
  bind_rules(m);
  bind_instance(m);
  bind_plan(m);
  bind_market(m);
  bind_explicit_market(m);
  bind_solve(m);
  bind_dispatcher(m);
  bind_graph(m);
  bind_ledger(m);
  bind_books(m);
  bind_rule_packs(m);
  bind_hours(m);
  bind_attestations(m);
  bind_time_bank(m);
  bind_auction(m);
  bind_reciprocal_service(m);
  bind_store(m);
  bind_wire(m);
}

}  // namespace jiedui::python
