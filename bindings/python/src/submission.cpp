#include "books.hpp"
#include "jiedui/hours/clocking.hpp"
#include "jiedui/hours/record_table.hpp"
#include "jiedui/network/builder.hpp"
#include "values.hpp"

namespace jiedui::python {
namespace {

void bind_assessment(py::module_& m) {
  Value<Assessment> assessment(m, "Assessment");
  assessment.field("by_approver", &Assessment::by_approver)
      .field("disputed", &Assessment::disputed)
      .field("over_cap", &Assessment::over_cap)
      .field("disputed_with", &Assessment::disputed_with);
  assessment.bound.def("total", &Assessment::total, DOC("Assessment.total"));
  py::class_<TimeSheet>(m, "TimeSheet", DOC("TimeSheet"))
      .def(py::init<const RulePack&>(), "pack"_a, py::keep_alive<1, 2>(),
           DOC("TimeSheet.TimeSheet"))
      .def(
          "add",
          [](TimeSheet& self, const ServiceRecord& record, std::optional<Date> undated) {
            return self.add(record, undated.value_or(Date{}));
          },
          "record"_a, "undated"_a = py::none(), DOC("TimeSheet.add"))
      .def("covered", &TimeSheet::covered, "day"_a, DOC("TimeSheet.covered"));
  Value<Submission>(m, "Submission")
      .field("outcome", &Submission::outcome)
      .field("record", &Submission::record)
      .field("assessment", &Submission::assessment);
}

void bind_history(py::module_& m) {
  py::native_enum<RecordState>(m, "RecordState", "enum.Enum", DOC("RecordState"))
      .value("claimed", RecordState::claimed, DOC("RecordState.claimed"))
      .value("confirmed", RecordState::confirmed, DOC("RecordState.confirmed"))
      .value("partly_confirmed", RecordState::partly_confirmed, DOC("RecordState.partly_confirmed"))
      .value("declined", RecordState::declined, DOC("RecordState.declined"))
      .value("corrected", RecordState::corrected, DOC("RecordState.corrected"))
      .finalize();
  Value<RecordPart>(m, "RecordPart")
      .field("entry", &RecordPart::entry)
      .field("approver", &RecordPart::approver)
      .field("disputed", &RecordPart::disputed)
      .field("state", &RecordPart::state)
      .field("seconds", &RecordPart::seconds)
      .field("confirmed", &RecordPart::confirmed)
      .property("booked", [](const RecordPart& self) { return nanoseconds(self.booked); })
      .property("answered",
                [](const RecordPart& self) -> std::optional<std::int64_t> {
                  if (!self.answered) return std::nullopt;
                  return nanoseconds(*self.answered);
                })
      .field("answered_by", &RecordPart::answered_by)
      .field("reason", &RecordPart::reason);
  Value<RecordHistory>(m, "RecordHistory")
      .field("record", &RecordHistory::record)
      .field("happened", &RecordHistory::happened)
      .field("state", &RecordHistory::state)
      .field("hours", &RecordHistory::hours)
      .field("parts", &RecordHistory::parts);
  Value<InboxItem>(m, "InboxItem")
      .field("record", &InboxItem::record)
      .field("part", &InboxItem::part)
      .field("volunteer", &InboxItem::volunteer)
      .field("organisation", &InboxItem::organisation)
      .field("co_organisers", &InboxItem::co_organisers)
      .field("source", &InboxItem::source)
      .field("happened", &InboxItem::happened)
      .field("seconds", &InboxItem::seconds)
      .field("approver", &InboxItem::approver)
      .field("disputed", &InboxItem::disputed)
      .field("disputed_with", &InboxItem::disputed_with)
      .property("claimed", [](const InboxItem& self) { return nanoseconds(self.claimed); })
      .property("expires", [](const InboxItem& self) -> std::optional<std::int64_t> {
        if (!self.expires) return std::nullopt;
        return nanoseconds(*self.expires);
      });
}

void bind_clocking(py::module_& m) {
  Value<ClockEvent> event(m, "ClockEvent");
  event.bound.def(py::init([](std::string volunteer, bool in, Instant at, std::string need,
                              std::string activity, std::string organisation, std::string place,
                              std::string item, std::chrono::seconds skew, std::string device,
                              std::string time_code, std::optional<Position> position) {
                    return ClockEvent{std::move(volunteer),
                                      std::move(need),
                                      std::move(activity),
                                      std::move(organisation),
                                      std::move(place),
                                      std::move(item),
                                      in,
                                      at,
                                      skew,
                                      std::move(device),
                                      std::move(time_code),
                                      position.value_or(Position{})};
                  }),
                  "volunteer"_a, "clocked_in"_a, "at"_a, py::kw_only(), "need"_a = "",
                  "activity"_a = "", "organisation"_a = "", "place"_a = "", "item"_a = "",
                  py::arg_v("skew", std::chrono::seconds{0}, "datetime.timedelta(0)"),
                  "device"_a = "", "time_code"_a = "", "position"_a = py::none());
  event.field("volunteer", &ClockEvent::volunteer)
      .field("need", &ClockEvent::need)
      .field("activity", &ClockEvent::activity)
      .field("organisation", &ClockEvent::organisation)
      .field("place", &ClockEvent::place)
      .field("item", &ClockEvent::item)
      .field("clocked_in", &ClockEvent::clocked_in)
      .field("at", &ClockEvent::at)
      .field("skew", &ClockEvent::skew)
      .field("device", &ClockEvent::device)
      .field("time_code", &ClockEvent::time_code)
      .field("position", &ClockEvent::position);
  Value<ClockedRecords>(m, "ClockedRecords")
      .field("records", &ClockedRecords::records)
      .property("problems", [](const ClockedRecords& self) {
        return std::make_shared<Table>(problem_table(self.problems));
      });
  m.def(
      "clocked_records",
      [](const std::vector<ClockEvent>& events, const RulePack& pack) {
        return clocked_records(events, pack);
      },
      "events"_a, "pack"_a, DOC("clocked_records"));
}

}  // namespace

void bind_submission(py::module_& m) {
  bind_assessment(m);
  bind_history(m);
  bind_clocking(m);
  m.def(
      "service_records",
      [](const Frame& table, const std::string& zone) {
        return service_records(*table_of(table, "service_records"), zone);
      },
      "table"_a, "zone"_a = "UTC", DOC("service_records"));
  m.def("served_intervals", &served_intervals, "record"_a, DOC("served_intervals"));
  m.def("organisation_shares", &organisation_shares, "record"_a, "seconds"_a,
        DOC("organisation_shares"));
  m.def(
      "submission_table",
      [](const std::vector<Submission>& submissions) {
        return std::make_shared<Table>(submission_table(submissions));
      },
      "submissions"_a, DOC("submission_table"));
}

void bind_submitting(py::class_<HeldHours>& hours) {
  using Organisations = std::vector<std::string>;
  hours
      .def(
          "submit",
          [](const HeldHours& self, const ServiceRecord& record, const RulePack& pack) {
            return self.with([&](HoursLedger& ledger) { return ledger.submit(record, pack); });
          },
          "record"_a, "pack"_a, DOC("HoursLedger.submit"))
      .def(
          "submit",
          [](const HeldHours& self, const std::vector<ServiceRecord>& records,
             const RulePack& pack) {
            return self.with([&](HoursLedger& ledger) { return ledger.submit(records, pack); });
          },
          "records"_a, "pack"_a, DOC("HoursLedger.submit"))
      .def(
          "submit_table",
          [](const HeldHours& self, const Frame& table, const RulePack& pack) {
            const auto sheet = table_of(table, "service_records");
            return self.with([&](HoursLedger& ledger) {
              return std::make_shared<Table>(ledger.submit_table(*sheet, pack));
            });
          },
          "table"_a, "pack"_a, DOC("HoursLedger.submit_table"))
      .def(
          "settle",
          [](const HeldHours& self, Id128 part, const std::string& by, bool award,
             HoursReason reason) {
            return self.with([&](HoursLedger& ledger) {
              return ledger.settle(part, {.by = by, .award = award, .reason = reason});
            });
          },
          "part"_a, py::kw_only(), "by"_a, "award"_a = false,
          py::arg_v("reason", HoursReason::disputed, "HoursReason.disputed"),
          DOC("HoursLedger.settle"))
      .def(
          "inbox",
          [](const HeldHours& self, Approver approver, const Organisations& organisations) {
            return self.with(
                [&](HoursLedger& ledger) { return ledger.inbox(approver, organisations); });
          },
          "approver"_a, "organisations"_a = Organisations{}, DOC("HoursLedger.inbox"))
      .def(
          "disputes",
          [](const HeldHours& self, const Organisations& organisations) {
            return self.with([&](HoursLedger& ledger) { return ledger.disputes(organisations); });
          },
          "organisations"_a = Organisations{}, DOC("HoursLedger.disputes"))
      .def(
          "history",
          [](const HeldHours& self, Id128 record) {
            return self.with([&](HoursLedger& ledger) { return ledger.history(record); });
          },
          "record"_a, DOC("HoursLedger.history"))
      .def(
          "histories",
          [](const HeldHours& self, const std::string& volunteer) {
            return self.with([&](HoursLedger& ledger) { return ledger.histories(volunteer); });
          },
          "volunteer"_a, DOC("HoursLedger.histories"));
}

}  // namespace jiedui::python
