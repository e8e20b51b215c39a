#include "jiedui/ledger/signed_head.hpp"

#include "books.hpp"
#include "values.hpp"

// Keys, and heads as text.

namespace jiedui::python {
namespace {

std::array<std::uint8_t, 32> key_bytes(std::string_view data) {
  std::array<std::uint8_t, 32> bytes{};
  if (data.size() != bytes.size()) throw py::value_error("a key has 32 bytes");
  std::copy(data.begin(), data.end(), bytes.begin());
  return bytes;
}

py::bytes bytes_from(const std::array<std::uint8_t, 32>& bytes) {
  return {std::string(bytes.begin(), bytes.end())};
}

}  // namespace

void bind_signed_heads(py::module_& m) {
  Value<PublicKey> half(m, "PublicKey");
  half.property("bytes", [](const PublicKey& self) { return bytes_from(self.bytes); });
  half.bound
      .def(py::init([](const py::bytes& bytes) { return PublicKey{key_bytes(bytes)}; }), "bytes"_a)
      .def("to_string", &PublicKey::to_string, DOC("PublicKey.to_string"))
      .def_static("parse", &PublicKey::parse, "text"_a, DOC("PublicKey.parse"))
      .def("__hash__", [](const PublicKey& self) { return py::hash(bytes_from(self.bytes)); })
      .def("__repr__",
           [](const PublicKey& self) { return "<jiedui.PublicKey " + self.to_string() + ">"; });
  Value<SigningKey> key(m, "SigningKey");
  key.property("bytes", [](const SigningKey& self) { return bytes_from(self.bytes); });
  key.bound
      .def(py::init([](const py::bytes& bytes) { return SigningKey{key_bytes(bytes)}; }), "bytes"_a)
      .def_static("generate", &SigningKey::generate, DOC("SigningKey.generate"))
      .def("public_key", &SigningKey::public_key)
      .def("__repr__", [](const SigningKey&) { return "<jiedui.SigningKey>"; });
  m.def("write_key", py::overload_cast<const SigningKey&, const std::filesystem::path&>(&write_key),
        "key"_a, "path"_a, DOC("write_key"));
  m.def("write_key", py::overload_cast<const PublicKey&, const std::filesystem::path&>(&write_key),
        "key"_a, "path"_a, DOC("write_key#2"));
  m.def("read_signing_key", &read_signing_key, "path"_a, DOC("read_signing_key"));
  m.def("read_public_key", &read_public_key, "path"_a, DOC("read_public_key"));
  m.def("head_text", &head_text, "head"_a, DOC("head_text"));
  m.def("sign_head", &sign_head, "head"_a, "key"_a, DOC("sign_head"));
  m.def("read_head", &read_head, "text"_a, DOC("read_head"));
  m.def("check_head", &check_head, "text"_a, "key"_a, DOC("check_head"));
}

}  // namespace jiedui::python
