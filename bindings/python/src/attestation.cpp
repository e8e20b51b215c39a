#include "jiedui/hours/attestation.hpp"

#include <sstream>

#include "books.hpp"
#include "jiedui/hours/attestation_register.hpp"
#include "values.hpp"

// Attestations and revocation lists. Pictures and sheets are drawn in Python.

namespace jiedui::python {
namespace {

void bind_revocations(py::module_& m) {
  py::native_enum<RevocationReason>(m, "RevocationReason", "enum.Enum", DOC("RevocationReason"))
      .value("revoked", RevocationReason::revoked, DOC("RevocationReason.revoked"))
      .value("superseded", RevocationReason::superseded, DOC("RevocationReason.superseded"))
      .finalize();
  Value<Revocation> revocation(m, "Revocation");
  revocation.bound.def(
      py::init([](Id128 attestation, Instant when, RevocationReason reason, Id128 successor) {
        return Revocation{attestation, when, reason, successor};
      }),
      "attestation"_a, "when"_a,
      py::arg_v("reason", RevocationReason::revoked, "RevocationReason.revoked"),
      py::arg_v("successor", Id128{}, "Id128()"));
  revocation.field("attestation", &Revocation::attestation)
      .field("when", &Revocation::when)
      .field("reason", &Revocation::reason)
      .field("successor", &Revocation::successor);

  Value<RevocationList> list(m, "RevocationList");
  list.bound
      .def(py::init([](Instant dated, const std::vector<Revocation>& revocations) {
             RevocationList made{.dated = dated};
             for (const Revocation& one : revocations) made.add(one);
             return made;
           }),
           "dated"_a, "revocations"_a = std::vector<Revocation>{})
      .def("add", &RevocationList::add, "revocation"_a, DOC("RevocationList.add"))
      .def(
          "find",
          [](const RevocationList& self, Id128 attestation) {
            const Revocation* found = self.find(attestation);
            return found == nullptr ? std::nullopt : std::optional(*found);
          },
          "attestation"_a, "What the list says of an attestation, or None.");
  list.field("dated", &RevocationList::dated).field("revocations", &RevocationList::revocations);
  m.def("sign_revocations", &sign_revocations, "list"_a, "key"_a, DOC("sign_revocations"));
  m.def("read_revocations", &read_revocations, "text"_a, DOC("read_revocations"));
  m.def("check_revocations", &check_revocations, "text"_a, "key"_a, DOC("check_revocations"));
}

void bind_request(py::module_& m) {
  Value<ShownParts> shows(m, "ShownParts");
  shows.bound.def(py::init([](bool sources, bool organisations, bool items, bool days) {
                    return ShownParts{sources, organisations, items, days};
                  }),
                  py::kw_only(), "sources"_a = false, "organisations"_a = false, "items"_a = false,
                  "days"_a = false);
  shows.field("sources", &ShownParts::sources)
      .field("organisations", &ShownParts::organisations)
      .field("items", &ShownParts::items)
      .field("days", &ShownParts::days);

  using Labels = std::map<std::string, std::string>;
  Value<AttestationRequest> request(m, "AttestationRequest");
  request.bound
      .def(py::init([](std::string volunteer, const CalendarPeriod& period, std::string issuer_id,
                       std::string issuer_name, std::string national_number, std::string name,
                       ShownParts shown, Labels labels, Id128 id, std::optional<Instant> issued) {
             return AttestationRequest{std::move(volunteer),
                                       period,
                                       std::move(issuer_id),
                                       std::move(issuer_name),
                                       std::move(national_number),
                                       std::move(name),
                                       shown,
                                       std::move(labels),
                                       id,
                                       issued};
           }),
           "volunteer"_a, "period"_a, py::kw_only(), "issuer_id"_a, "issuer_name"_a,
           "national_number"_a = "", "name"_a = "",
           py::arg_v("shows", ShownParts{}, "ShownParts()"), "labels"_a = Labels{},
           py::arg_v("id", Id128{}, "Id128()"), "issued"_a = py::none())
      .def("__repr__", [](const AttestationRequest& self) {
        return "<jiedui.AttestationRequest of " + self.volunteer + ", " + self.period.to_string() +
               ">";
      });
  request.field("volunteer", &AttestationRequest::volunteer)
      .field("period", &AttestationRequest::period)
      .field("issuer_id", &AttestationRequest::issuer_id)
      .field("issuer_name", &AttestationRequest::issuer_name)
      .field("national_number", &AttestationRequest::national_number)
      .field("name", &AttestationRequest::name)
      .field("shows", &AttestationRequest::shows)
      .field("labels", &AttestationRequest::labels)
      .field("id", &AttestationRequest::id)
      .field("issued", &AttestationRequest::issued);
}

void bind_parts(py::module_& m) {
  py::native_enum<VolunteerNumberKind>(m, "VolunteerNumberKind", "enum.Enum",
                                       DOC("VolunteerNumberKind"))
      .value("national", VolunteerNumberKind::national, DOC("VolunteerNumberKind.national"))
      .value("pseudonym", VolunteerNumberKind::pseudonym, DOC("VolunteerNumberKind.pseudonym"))
      .finalize();
  Value<SourceSeconds>(m, "SourceSeconds")
      .property("source",
                [](const SourceSeconds& self) {
                  return to_string(self.source) == "unknown" ? std::nullopt
                                                             : std::optional(self.source);
                })
      .field("seconds", &SourceSeconds::seconds);
  Value<NamedSeconds>(m, "NamedSeconds")
      .field("name", &NamedSeconds::name)
      .field("seconds", &NamedSeconds::seconds);
  Value<DaySeconds>(m, "DaySeconds")
      .field("day", &DaySeconds::day)
      .field("seconds", &DaySeconds::seconds);
}

py::object drawn(const char* function, const py::object& self, const py::kwargs& options) {
  return py::module_::import("jiedui.attestations").attr(function)(self, **options);
}

void bind_attestation(py::module_& m) {
  Value<Attestation> attestation(m, "Attestation");
  attestation.field("id", &Attestation::id)
      .field("replaces", &Attestation::replaces)
      .field("issued", &Attestation::issued)
      .field("key_mark", &Attestation::key_mark)
      .field("issuer_id", &Attestation::issuer_id)
      .field("issuer_name", &Attestation::issuer_name)
      .field("number_kind", &Attestation::number_kind)
      .field("number", &Attestation::number)
      .field("name", &Attestation::name)
      .field("period", &Attestation::period)
      .field("zone", &Attestation::zone)
      .field("seconds", &Attestation::seconds)
      .field("head", &Attestation::head)
      .field("entries", &Attestation::entries)
      .field("entries_hash", &Attestation::entries_hash)
      .field("sources", &Attestation::sources)
      .field("organisations", &Attestation::organisations)
      .field("items", &Attestation::items)
      .field("days", &Attestation::days)
      .field("text", &Attestation::text);
  using Path = std::filesystem::path;
  using Text = std::optional<std::string>;
  attestation.bound
      .def(
          "qr",
          [](const py::object& self, const std::optional<Path>& path) {
            return As<"segno.QRCode">(drawn("qr", self, py::dict("path"_a = path)));
          },
          "path"_a = py::none(),
          "The text as a QR picture (ISO/IEC 18004, alphanumeric mode, error correction M).\n\n"
          "path: a file to write, PNG or SVG by its ending.\n\n"
          "Needs the extra `attestations`.")
      .def(
          "pdf",
          [](const py::object& self, const Path& path, const Text& head, const Text& handler,
             const Text& contact, const std::optional<Path>& font) {
            drawn("pdf", self,
                  py::dict("path"_a = path, "head"_a = head, "handler"_a = handler,
                           "contact"_a = contact, "font"_a = font));
          },
          "path"_a, py::kw_only(), "head"_a = py::none(), "handler"_a = py::none(),
          "contact"_a = py::none(), "font"_a = py::none(),
          "Writes one page of A4 in Chinese and English, to be printed and sealed.\n\n"
          "head, handler, contact: of the issuer; left open to be filled in by hand. They are not "
          "signed.\n"
          "font: a TrueType or OpenType file with Chinese characters, which the page embeds; by "
          "default one that is installed.\n\n"
          "Needs the extra `attestations`. Raises Error \"font_missing\" without a font that has "
          "all characters, \"sheet_too_full\" if letters would be smaller than 70 %, "
          "\"attestation_text_invalid\" or \"attestation_id_card\" for head, handler or "
          "contact.")
      .def("__repr__", [](const Attestation& self) {
        return "<jiedui.Attestation " + self.id.to_string() + ": " + hours_text(self.seconds) +
               " in " + self.period.to_string() + ">";
      });
  m.def(
      "attest",
      [](const HeldHours& ledger, const AttestationRequest& request, const SigningKey& key) {
        return ledger.with([&](HoursLedger& hours) { return attest(hours, request, key); });
      },
      "ledger"_a, "request"_a, "key"_a, DOC("attest"));
  m.def(
      "reissue",
      [](const HeldHours& ledger, const Attestation& older, const AttestationRequest& request,
         const SigningKey& key) {
        return ledger.with([&](HoursLedger& hours) { return reissue(hours, older, request, key); });
      },
      "ledger"_a, "older"_a, "request"_a, "key"_a, DOC("reissue"));
  m.def(
      "still_holds",
      [](const HeldHours& ledger, const std::string& volunteer, const Attestation& attestation) {
        return ledger.with(
            [&](HoursLedger& hours) { return still_holds(hours, volunteer, attestation); });
      },
      "ledger"_a, "volunteer"_a, "attestation"_a, DOC("still_holds"));
  m.def("holds_id_card_number", &holds_id_card_number, "text"_a, DOC("holds_id_card_number"));
  m.def("is_showable", &is_showable, "text"_a, DOC("is_showable"));
  m.def("read_attestation", &read_attestation, "text"_a, DOC("read_attestation"));
}

void bind_register(py::module_& m) {
  py::native_enum<AttestationState> state(m, "AttestationState", "enum.Enum",
                                          DOC("AttestationState"));
  for (int number = 1; number <= static_cast<int>(AttestationState::erased); ++number) {
    const std::string name(to_string(static_cast<AttestationState>(number)));
    state.value(name.c_str(), static_cast<AttestationState>(number),
                find_doc("AttestationState." + name));
  }
  state.finalize();
  Value<IssuedAttestation> issued(m, "IssuedAttestation");
  issued.field("id", &IssuedAttestation::id)
      .field("volunteer", &IssuedAttestation::volunteer)
      .field("issued", &IssuedAttestation::issued)
      .field("state", &IssuedAttestation::state)
      .field("revocation", &IssuedAttestation::revocation)
      .field("text", &IssuedAttestation::text);
  issued.bound.def("__repr__", [](const IssuedAttestation& self) {
    return "<jiedui.IssuedAttestation " + self.id.to_string() + ": " +
           std::string(to_string(self.state)) + ">";
  });
  using When = std::optional<Instant>;
  m.def(
      "issued_attestations",
      [](const HeldHours& ledger, const std::string& volunteer) {
        return ledger.with(
            [&](HoursLedger& hours) { return issued_attestations(hours, volunteer); });
      },
      "ledger"_a, "volunteer"_a = "", DOC("issued_attestations"));
  m.def(
      "outdated_attestations",
      [](const HeldHours& ledger) { return ledger.with(&outdated_attestations); }, "ledger"_a,
      DOC("outdated_attestations"));
  m.def(
      "revoke",
      [](const HeldHours& ledger, Id128 attestation, When when) {
        return ledger.with([&](HoursLedger& hours) { return revoke(hours, attestation, when); });
      },
      "ledger"_a, "attestation"_a, "when"_a = py::none(), DOC("revoke"));
  m.def(
      "enter_revocations",
      [](const HeldHours& ledger, const RevocationList& list, const PublicKey& key) {
        ledger.with([&](HoursLedger& hours) { enter_revocations(hours, list, key); });
      },
      "ledger"_a, "list"_a, "key"_a, DOC("enter_revocations"));
  m.def(
      "revocation_list",
      [](const HeldHours& ledger, const PublicKey& key, When dated, bool leave_outdated) {
        return ledger.with(
            [&](HoursLedger& hours) { return revocation_list(hours, key, dated, leave_outdated); });
      },
      "ledger"_a, "key"_a, "dated"_a = py::none(), "leave_outdated"_a = false,
      DOC("revocation_list"));
}

void bind_check(py::module_& m) {
  py::native_enum<AttestationVerdict> verdict(m, "AttestationVerdict", "enum.Enum",
                                              DOC("AttestationVerdict"));
  for (int number = 0; number <= static_cast<int>(AttestationVerdict::unreadable); ++number) {
    const std::string name(to_string(static_cast<AttestationVerdict>(number)));
    verdict.value(name.c_str(), static_cast<AttestationVerdict>(number),
                  find_doc("AttestationVerdict." + name));
  }
  verdict.finalize();
  Value<AttestationCheck> check(m, "AttestationCheck");
  check.field("verdict", &AttestationCheck::verdict)
      .field("attestation", &AttestationCheck::attestation)
      .field("revocation", &AttestationCheck::revocation)
      .field("list_dated", &AttestationCheck::list_dated);
  check.bound.def("__bool__", [](const AttestationCheck& self) { return static_cast<bool>(self); })
      .def("__str__",
           [](const AttestationCheck& self) {
             std::ostringstream out;
             out << self;
             return out.str();
           })
      .def("__repr__", [](const AttestationCheck& self) {
        return "<jiedui.AttestationCheck: " + std::string(to_string(self.verdict)) + ">";
      });
  m.def(
      "verify_attestation",
      [](const std::string& text, const PublicKey& key,
         const std::optional<std::string>& revocations) {
        return verify_attestation(
            text, key, revocations ? std::optional<std::string_view>(*revocations) : std::nullopt);
      },
      "text"_a, "key"_a, "revocations"_a = py::none(), DOC("verify_attestation"));
}

}  // namespace

void bind_attestations(py::module_& m) {
  bind_revocations(m);
  bind_request(m);
  bind_parts(m);
  bind_attestation(m);
  bind_register(m);
  bind_check(m);
}

}  // namespace jiedui::python
