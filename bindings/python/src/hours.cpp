#include <charconv>
#include <sstream>

#include "books.hpp"
#include "values.hpp"
#include "watch.hpp"

namespace jiedui::python {
namespace {

using RecordOrId = std::variant<ServiceRecord, Id128>;

/// "2026", "2026-03" or "2026-03-05".
CalendarPeriod period_of(const std::string& text) {
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    const char* end = text.data() + at + length;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    return error == std::errc{} && stop == end ? value : -1;
  };
  const auto dash = [&](std::size_t at) { return text.size() == at || text[at] == '-'; };
  const bool form = (text.size() == 4 || text.size() == 7 || text.size() == 10) && dash(4) &&
                    (text.size() < 7 || dash(7)) && number(0, 4) >= 0 &&
                    (text.size() < 7 || number(5, 2) >= 0) &&
                    (text.size() < 10 || number(8, 2) >= 0);
  if (!form)
    throw Error({.code = "period_invalid",
                 .place = "period '" + text + "'",
                 .message = "this names no period",
                 .allowed = "2026, 2026-03 or 2026-03-05",
                 .way_out = "for other periods use CalendarPeriod(first, last)"});
  const std::chrono::year year{number(0, 4)};
  if (text.size() == 4) return {year};
  const std::chrono::month month{static_cast<unsigned>(number(5, 2))};
  if (text.size() == 7) return {year / month};
  return {year / month / std::chrono::day{static_cast<unsigned>(number(8, 2))}};
}

void bind_records(py::module_& m) {
  py::native_enum<RecordSource> source(m, "RecordSource", "enum.Enum", DOC("RecordSource"));
  for (int number = 1; number <= 4; ++number) {
    const std::string name(to_string(static_cast<RecordSource>(number)));
    source.value(name.c_str(), static_cast<RecordSource>(number), find_doc("RecordSource." + name));
  }
  source.finalize();
  Value<ServiceInterval> interval(m, "ServiceInterval");
  interval.bound.def(py::init([](Instant begins, Instant ends) {
                       return ServiceInterval{begins, ends};
                     }),
                     "begins"_a, "ends"_a);
  interval.field("begins", &ServiceInterval::begins).field("ends", &ServiceInterval::ends);

  Value<RecordEvidence> evidence(m, "RecordEvidence");
  evidence.bound.def(py::init([](std::string document, std::string device, std::string time_code,
                                 std::optional<Position> position, std::string reason) {
                       return RecordEvidence{std::move(document), std::move(device),
                                             std::move(time_code), position.value_or(Position{}),
                                             std::move(reason)};
                     }),
                     py::kw_only(), "document"_a = "", "device"_a = "", "time_code"_a = "",
                     "position"_a = py::none(), "reason"_a = "");
  evidence.field("document", &RecordEvidence::document)
      .field("device", &RecordEvidence::device)
      .field("time_code", &RecordEvidence::time_code)
      .field("position", &RecordEvidence::position)
      .field("reason", &RecordEvidence::reason);

  using Intervals = std::vector<ServiceInterval>;
  Value<ServiceRecord> record(m, "ServiceRecord");
  record.bound.def(
      py::init([](std::string volunteer, std::string need, std::string activity,
                  std::string organisation, std::string place, std::string item,
                  std::string beneficiary, Intervals intervals, std::chrono::seconds served,
                  std::string recorded_by, RecordSource from, Intervals planned, Intervals breaks,
                  Intervals travel, std::vector<std::string> co_organisers,
                  std::int64_t people_served, RecordEvidence shown_by, Id128 id) {
        return ServiceRecord{.id = id,
                             .volunteer = std::move(volunteer),
                             .need = std::move(need),
                             .activity = std::move(activity),
                             .organisation = std::move(organisation),
                             .place = std::move(place),
                             .item = std::move(item),
                             .beneficiary = std::move(beneficiary),
                             .intervals = std::move(intervals),
                             .served = served,
                             .recorded_by = std::move(recorded_by),
                             .source = from,
                             .planned = std::move(planned),
                             .breaks = std::move(breaks),
                             .travel = std::move(travel),
                             .co_organisers = std::move(co_organisers),
                             .people_served = people_served,
                             .evidence = std::move(shown_by)};
      }),
      "volunteer"_a, py::kw_only(), "need"_a = "", "activity"_a = "", "organisation"_a = "",
      "place"_a = "", "item"_a = "", "beneficiary"_a = "", "intervals"_a = Intervals{},
      py::arg_v("served", std::chrono::seconds{0}, "datetime.timedelta(0)"), "recorded_by"_a = "",
      py::arg_v("source", RecordSource::organisation, "RecordSource.organisation"),
      "planned"_a = Intervals{}, "breaks"_a = Intervals{}, "travel"_a = Intervals{},
      "co_organisers"_a = std::vector<std::string>{}, "people_served"_a = 0,
      py::arg_v("evidence", RecordEvidence{}, "RecordEvidence()"),
      py::arg_v("id", Id128{}, "Id128()"));
  record.field("id", &ServiceRecord::id)
      .field("volunteer", &ServiceRecord::volunteer)
      .field("need", &ServiceRecord::need)
      .field("activity", &ServiceRecord::activity)
      .field("organisation", &ServiceRecord::organisation)
      .field("place", &ServiceRecord::place)
      .field("item", &ServiceRecord::item)
      .field("beneficiary", &ServiceRecord::beneficiary)
      .field("intervals", &ServiceRecord::intervals)
      .field("served", &ServiceRecord::served)
      .field("recorded_by", &ServiceRecord::recorded_by)
      .field("source", &ServiceRecord::source)
      .field("planned", &ServiceRecord::planned)
      .field("breaks", &ServiceRecord::breaks)
      .field("travel", &ServiceRecord::travel)
      .field("co_organisers", &ServiceRecord::co_organisers)
      .field("people_served", &ServiceRecord::people_served)
      .field("evidence", &ServiceRecord::evidence);
  record.bound.def("__repr__", [](const ServiceRecord& self) {
    return "<jiedui.ServiceRecord of " + self.volunteer + ", " +
           std::to_string(self.served.count()) + " s>";
  });
  m.def(
      "served",
      [](const PlannedPair& pair, std::chrono::seconds duration, std::optional<Instant> begins) {
        return begins ? served(pair, duration, *begins) : served(pair, duration);
      },
      "pair"_a, "duration"_a, "begins"_a = py::none(), DOC("served"));
  m.def("united", &united, "intervals"_a, DOC("united"));
  m.def("counted_seconds", &counted_seconds, "record"_a, DOC("counted_seconds"));
}

void bind_statement(py::module_& m) {
  Value<CalendarPeriod> period(m, "CalendarPeriod");
  period.bound
      .def(py::init(&period_of), "text"_a, "A year, a month or a day: 2026, 2026-03, 2026-03-05.")
      .def(py::init<Date, Date>(), "first"_a, "last"_a, DOC("CalendarPeriod.CalendarPeriod#4"))
      .def(
          "instants",
          [](const CalendarPeriod& self, const std::string& zone) {
            return self.instants(Zone{zone});
          },
          "zone"_a, DOC("CalendarPeriod.instants"))
      .def("to_string", &CalendarPeriod::to_string, DOC("CalendarPeriod.to_string"))
      .def("__str__", &CalendarPeriod::to_string)
      .def("__repr__", [](const CalendarPeriod& self) {
        return "<jiedui.CalendarPeriod " + self.to_string() + ">";
      });
  period.property("first", &CalendarPeriod::first).property("last", &CalendarPeriod::last);
  py::implicitly_convertible<py::str, CalendarPeriod>();

  Value<Hours>(m, "Hours")
      .field("confirmed", &Hours::confirmed)
      .field("claimed", &Hours::claimed)
      .bound.def("__repr__", [](const Hours& self) {
        return "<jiedui.Hours " + hours_text(self.confirmed) + " confirmed, " +
               hours_text(self.claimed) + " claimed>";
      });
  Value<StatementLine>(m, "StatementLine")
      .field("record", &StatementLine::record)
      .field("entry", &StatementLine::entry)
      .field("number", &StatementLine::number)
      .field("kind", &StatementLine::kind)
      .field("source", &StatementLine::source)
      .field("reason", &StatementLine::reason)
      .field("happened", &StatementLine::happened)
      .property("booked", [](const StatementLine& self) { return nanoseconds(self.booked); })
      .field("change", &StatementLine::change)
      .field("need", &StatementLine::need)
      .field("activity", &StatementLine::activity)
      .field("organisation", &StatementLine::organisation)
      .field("place", &StatementLine::place)
      .field("item", &StatementLine::item);

  Value<Statement> statement(m, "Statement");
  statement.field("volunteer", &Statement::volunteer)
      .field("period", &Statement::period)
      .field("zone", &Statement::zone)
      .field("as_of_entry", &Statement::as_of_entry)
      .field("opening", &Statement::opening)
      .field("lines", &Statement::lines)
      .field("closing", &Statement::closing);
  statement.bound
      .def(
          "confirmed",
          [](const Statement& self, std::optional<RecordSource> source) {
            return source ? self.confirmed(*source) : self.confirmed();
          },
          "source"_a = py::none(), DOC("Statement.confirmed"))
      .def(
          "table", [](const Statement& self) { return std::make_shared<Table>(self.table()); },
          DOC("Statement.table"))
      .def("__str__",
           [](const Statement& self) {
             std::ostringstream out;
             out << self;
             return out.str();
           })
      .def("__repr__",
           [](const Statement& self) {
             return "<jiedui.Statement of " + self.volunteer + ", " + self.period.to_string() +
                    ": " + hours_text(self.confirmed()) + ">";
           })
      .def("_repr_html_", [](const Statement& self) {
        return py::str(py::module_::import("jiedui.html")
                           .attr("table")(std::make_shared<Table>(self.table())));
      });
  add_frame_methods(statement.bound);
  m.def("statement_word", &statement_word, "kind"_a, DOC("statement_word"));
  m.def("hours_text", &hours_text, "seconds"_a, DOC("hours_text"));
}

void bind_decisions(py::module_& m) {
  py::native_enum<HoursReason>(m, "HoursReason", "enum.Enum", DOC("HoursReason"))
      .value("none", HoursReason::none)
      .value("mistake", HoursReason::mistake, DOC("HoursReason.mistake"))
      .value("not_served", HoursReason::not_served, DOC("HoursReason.not_served"))
      .value("duplicate", HoursReason::duplicate, DOC("HoursReason.duplicate"))
      .value("disputed", HoursReason::disputed)
      .value("withdrawn", HoursReason::withdrawn, DOC("HoursReason.withdrawn"))
      .value("replaced", HoursReason::replaced, DOC("HoursReason.replaced"))
      .value("erased", HoursReason::erased, DOC("HoursReason.erased"))
      .value("awaits_organisation", HoursReason::awaits_organisation)
      .value("awaits_parent_organisation", HoursReason::awaits_parent_organisation)
      .value("awaits_province", HoursReason::awaits_province)
      .finalize();
}

void bind_booking(py::class_<HeldHours>& hours) {
  hours
      .def(
          "post",
          [](const HeldHours& self, const std::vector<ServiceRecord>& records) {
            return self.with([&](HoursLedger& ledger) { return ledger.post(records); });
          },
          "records"_a, "Books service that counts at once; one outcome a record.")
      .def(
          "post",
          [](const HeldHours& self, const ServiceRecord& record) {
            return self.with([&](HoursLedger& ledger) { return ledger.post(record); });
          },
          "record"_a, DOC("HoursLedger.post"))
      .def(
          "post_many",
          [](const HeldHours& self, const Frame& records, const Progress& progress) {
            const std::shared_ptr<Table> table = table_of(records, "service_records");
            Watch watch(progress, "posting");
            auto outcomes = self.with([&](HoursLedger& ledger) {
              return std::make_shared<Table>(ledger.post_many(*table, watch.control()));
            });
            watch.close();
            return outcomes;
          },
          "records"_a, py::kw_only(), "progress"_a = py::none(), DOC("HoursLedger.post_many"))
      .def(
          "claim",
          [](const HeldHours& self, const std::vector<ServiceRecord>& records,
             std::chrono::seconds timeout) {
            return self.with([&](HoursLedger& ledger) { return ledger.claim(records, timeout); });
          },
          "records"_a, py::arg_v("timeout", std::chrono::seconds{0}, "datetime.timedelta(0)"),
          DOC("HoursLedger.claim"))
      .def(
          "claim",
          [](const HeldHours& self, const ServiceRecord& record, std::chrono::seconds timeout) {
            return self.with([&](HoursLedger& ledger) { return ledger.claim(record, timeout); });
          },
          "record"_a, py::arg_v("timeout", std::chrono::seconds{0}, "datetime.timedelta(0)"),
          DOC("HoursLedger.claim"))
      .def(
          "confirm",
          [](const HeldHours& self, const std::vector<ServiceRecord>& records,
             const std::string& by, HoursReason reason, Approver approver) {
            return self.with([&](HoursLedger& ledger) {
              return ledger.confirm(
                  records, {.by = by, .seconds = {}, .reason = reason, .approver = approver});
            });
          },
          "records"_a, py::kw_only(), "by"_a = "",
          py::arg_v("reason", HoursReason::none, "HoursReason.none"),
          py::arg_v("approver", Approver::organisation, "Approver.organisation"),
          "Confirms many claims, whole, in one transaction; one outcome a record.")
      .def(
          "confirm",
          [](const HeldHours& self, const RecordOrId& record, const std::string& by,
             std::optional<std::chrono::seconds> seconds, HoursReason reason, Approver approver) {
            return self.with([&](HoursLedger& ledger) {
              return std::visit(
                  [&](const auto& which) {
                    return ledger.confirm(
                        which,
                        {.by = by, .seconds = seconds, .reason = reason, .approver = approver});
                  },
                  record);
            });
          },
          "record"_a, py::kw_only(), "by"_a = "", "seconds"_a = py::none(),
          py::arg_v("reason", HoursReason::none, "HoursReason.none"),
          py::arg_v("approver", Approver::organisation, "Approver.organisation"),
          DOC("HoursLedger.confirm"))
      .def(
          "decline",
          [](const HeldHours& self, const std::vector<ServiceRecord>& records,
             const std::string& by, HoursReason reason) {
            return self.with([&](HoursLedger& ledger) {
              return ledger.decline(records, {.by = by, .reason = reason});
            });
          },
          "records"_a, py::kw_only(), "by"_a = "",
          py::arg_v("reason", HoursReason::mistake, "HoursReason.mistake"),
          "Declines many claims in one transaction; one outcome a record.")
      .def(
          "decline",
          [](const HeldHours& self, const RecordOrId& record, const std::string& by,
             HoursReason reason) {
            return self.with([&](HoursLedger& ledger) {
              return std::visit(
                  [&](const auto& which) {
                    return ledger.decline(which, {.by = by, .reason = reason});
                  },
                  record);
            });
          },
          "record"_a, py::kw_only(), "by"_a = "",
          py::arg_v("reason", HoursReason::mistake, "HoursReason.mistake"),
          DOC("HoursLedger.decline"))
      .def(
          "correct",
          [](const HeldHours& self, const RecordOrId& record, const std::string& by,
             HoursReason reason) {
            return self.with([&](HoursLedger& ledger) {
              return std::visit(
                  [&](const auto& which) {
                    return ledger.correct(which, {.by = by, .reason = reason});
                  },
                  record);
            });
          },
          "record"_a, py::kw_only(), "by"_a = "",
          py::arg_v("reason", HoursReason::mistake, "HoursReason.mistake"),
          DOC("HoursLedger.correct"))
      .def(
          "replace",
          [](const HeldHours& self, Id128 record, const ServiceRecord& replacement,
             const std::string& by, HoursReason reason) {
            return self.with([&](HoursLedger& ledger) {
              return ledger.replace(record, replacement, {.by = by, .reason = reason});
            });
          },
          "record"_a, "replacement"_a, py::kw_only(), "by"_a = "",
          py::arg_v("reason", HoursReason::mistake, "HoursReason.mistake"),
          DOC("HoursLedger.replace"))
      .def(
          "advance",
          [](const HeldHours& self) {
            return self.with([](HoursLedger& ledger) { return ledger.advance(); });
          },
          DOC("HoursLedger.advance"));
}

void bind_reading(py::class_<HeldHours>& hours) {
  hours
      .def(
          "id_of",
          [](const HeldHours& self, const ServiceRecord& record) {
            return self.with([&](HoursLedger& ledger) { return ledger.id_of(record); });
          },
          "record"_a, DOC("HoursLedger.id_of"))
      .def_static("replacement_id", &HoursLedger::replacement_id, "record"_a,
                  DOC("HoursLedger.replacement_id"))
      .def(
          "find",
          [](const HeldHours& self, Id128 record) {
            return self.with([&](HoursLedger& ledger) { return ledger.find(record); });
          },
          "record"_a, DOC("HoursLedger.find"))
      .def(
          "balance",
          [](const HeldHours& self, const std::string& volunteer) {
            return self.with([&](HoursLedger& ledger) { return ledger.balance(volunteer); });
          },
          "volunteer"_a, DOC("HoursLedger.balance"))
      .def(
          "statement",
          [](const HeldHours& self, const std::string& volunteer,
             const std::optional<CalendarPeriod>& period, const std::optional<std::string>& month) {
            if (period.has_value() == month.has_value())
              throw py::type_error("give either a period or a month");
            const CalendarPeriod asked = period ? *period : period_of(*month);
            return self.with(
                [&](HoursLedger& ledger) { return ledger.statement(volunteer, asked); });
          },
          "volunteer"_a, "period"_a = py::none(), py::kw_only(), "month"_a = py::none(),
          DOC("HoursLedger.statement"))
      .def(
          "account_of",
          [](const HeldHours& self, const std::string& volunteer) {
            return self.with([&](HoursLedger& ledger) { return ledger.account_of(volunteer); });
          },
          "volunteer"_a, DOC("HoursLedger.account_of"))
      .def(
          "erase",
          [](const HeldHours& self, const std::string& person) {
            return self.with([&](HoursLedger& ledger) { return ledger.erase(person); });
          },
          "person"_a, DOC("HoursLedger.erase"))
      .def_property_readonly(
          "zone",
          [](const HeldHours& self) {
            return self.with([](HoursLedger& ledger) { return ledger.zone(); });
          },
          "In which the days of statements begin and end.")
      .def_property_readonly(
          "books", [](const HeldHours& self) { return HeldBooks{self.owner}; },
          DOC("HoursLedger.books"));
}

}  // namespace

void bind_hours(py::module_& m) {
  bind_records(m);
  bind_statement(m);
  bind_decisions(m);
  py::class_<HeldHours> hours(m, "HoursLedger", DOC("HoursLedger"));
  hours.def(py::init([](const std::string& zone) {
              return HeldHours{std::make_shared<MemoryOwner>(zone)};
            }),
            py::kw_only(), "zone"_a = "UTC",
            "Books in memory, for trials; those of a file are Store.ledger.");
  bind_submission(m);
  bind_reports(m);
  bind_booking(hours);
  bind_submitting(hours);
  bind_reading(hours);
  bind_reports_of(hours);
}

}  // namespace jiedui::python
