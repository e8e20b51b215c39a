#include "jiedui/hours/reciprocal_service.hpp"

#include "books.hpp"
#include "values.hpp"

namespace jiedui::python {
namespace {

using HeldService = KeeperOnHours<ReciprocalService>;
using Text = std::string;
using Span = std::chrono::seconds;

Text clock_of(LocalTime::Kind kind) {
  switch (kind) {
    case LocalTime::Kind::unique:
      return "unique";
    case LocalTime::Kind::skipped:
      return "skipped";
    case LocalTime::Kind::repeated:
      return "repeated";
  }
  return "";
}

void bind_timetable(py::module_& m) {
  Value<TimetableSession> weekly(m, "TimetableSession");
  weekly.field("id", &TimetableSession::id)
      .field("venue", &TimetableSession::venue)
      .field("weekday", &TimetableSession::weekday)
      .field("begins", &TimetableSession::begins)
      .field("ends", &TimetableSession::ends)
      .field("demand", &TimetableSession::demand)
      .field("item", &TimetableSession::item)
      .field("place", &TimetableSession::place);
  weekly.bound.def(
      py::init([](Text id, Text venue, std::chrono::weekday weekday, std::chrono::minutes begins,
                  std::chrono::minutes ends, Whole<std::int32_t> demand, Text item, Text place) {
        return TimetableSession{std::move(id), std::move(venue), weekday,         begins,
                                ends,          demand,           std::move(item), std::move(place)};
      }),
      "id"_a, "venue"_a, py::kw_only(), "weekday"_a, "begins"_a, "ends"_a, "demand"_a = 1,
      "item"_a = "", "place"_a = "");

  const VenueTimetable standard;
  Value<VenueTimetable> timetable(m, "VenueTimetable");
  timetable.field("zone", &VenueTimetable::zone)
      .field("valid_from", &VenueTimetable::valid_from)
      .field("valid_to", &VenueTimetable::valid_to)
      .field("sessions", &VenueTimetable::sessions)
      .field("closed", &VenueTimetable::closed);
  timetable.bound.def(
      py::init([](std::vector<TimetableSession> sessions, Text zone, std::optional<Date> valid_from,
                  std::optional<Date> valid_to, std::vector<Date> closed) {
        return VenueTimetable{.zone = std::move(zone),
                              .valid_from = valid_from.value_or(earliest_date),
                              .valid_to = valid_to.value_or(latest_date),
                              .sessions = std::move(sessions),
                              .closed = std::move(closed)};
      }),
      "sessions"_a, py::kw_only(), "zone"_a = standard.zone, "valid_from"_a = py::none(),
      "valid_to"_a = py::none(), "closed"_a = std::vector<Date>{});

  Value<VenueSession> session(m, "VenueSession");
  session.field("id", &VenueSession::id)
      .field("venue", &VenueSession::venue)
      .field("interval", &VenueSession::interval)
      .field("demand", &VenueSession::demand)
      .field("item", &VenueSession::item)
      .field("place", &VenueSession::place)
      .property("begins_is", [](const VenueSession& self) { return clock_of(self.begins_is); })
      .property("ends_is", [](const VenueSession& self) { return clock_of(self.ends_is); });
  session.bound.def(py::init([](Text id, Text venue, const ServiceInterval& interval,
                                Whole<std::int32_t> demand, Text item, Text place) {
                      return VenueSession{.id = std::move(id),
                                          .venue = std::move(venue),
                                          .interval = interval,
                                          .demand = demand,
                                          .item = std::move(item),
                                          .place = std::move(place)};
                    }),
                    "id"_a, "venue"_a, "interval"_a, py::kw_only(), "demand"_a = 1, "item"_a = "",
                    "place"_a = "");
  m.def("venue_sessions", &venue_sessions, "timetable"_a, "period"_a, DOC("venue_sessions"));
  m.def(
      "session_needs",
      [](const std::vector<VenueSession>& sessions, const Text& zone) {
        return std::make_shared<Table>(session_needs(sessions, zone));
      },
      "sessions"_a, "zone"_a, DOC("session_needs"));
}

void bind_answers(py::module_& m) {
  Value<ReciprocalFigures>(m, "ReciprocalFigures")
      .field("accrued", &ReciprocalFigures::accrued)
      .field("open", &ReciprocalFigures::open)
      .field("scheduled", &ReciprocalFigures::scheduled)
      .field("settled", &ReciprocalFigures::settled)
      .field("waived", &ReciprocalFigures::waived);
  Value<Scheduled>(m, "Scheduled")
      .field("outcome", &Scheduled::outcome)
      .field("amount", &Scheduled::amount);
  Value<Settled>(m, "Settled")
      .field("outcome", &Settled::outcome)
      .field("settled", &Settled::settled)
      .field("beyond", &Settled::beyond);
  Value<Waived>(m, "Waived").field("outcome", &Waived::outcome).field("amount", &Waived::amount);
}

void bind_movements(py::class_<HeldService>& service) {
  service
      .def(
          "accrue",
          [](const HeldService& self, Id128 id, const Text& family, const Text& venue, Span amount,
             Instant happened, const Text& agreed_by) {
            return self.with([&](ReciprocalService& held) {
              return held.accrue(id, family, venue, amount, happened, agreed_by);
            });
          },
          "id"_a, "family"_a, "venue"_a, "amount"_a, "happened"_a, py::kw_only(), "agreed_by"_a,
          DOC("ReciprocalService.accrue"))
      .def(
          "schedule",
          [](const HeldService& self, Id128 id, const Text& family, const VenueSession& session,
             const Text& agreed_by) {
            return self.with([&](ReciprocalService& held) {
              return held.schedule(id, family, session, agreed_by);
            });
          },
          "id"_a, "family"_a, "session"_a, py::kw_only(), "agreed_by"_a,
          DOC("ReciprocalService.schedule"))
      .def(
          "settle",
          [](const HeldService& self, Id128 schedule, Span served, const Text& by) {
            return self.with(
                [&](ReciprocalService& held) { return held.settle(schedule, served, by); });
          },
          "schedule"_a, "served"_a, py::kw_only(), "by"_a = "", DOC("ReciprocalService.settle"))
      .def(
          "cancel",
          [](const HeldService& self, Id128 schedule, const Text& by) {
            return self.with([&](ReciprocalService& held) { return held.cancel(schedule, by); });
          },
          "schedule"_a, py::kw_only(), "by"_a = "", DOC("ReciprocalService.cancel"))
      .def(
          "waive",
          [](const HeldService& self, Id128 id, const Text& family, const Text& venue,
             std::optional<Span> amount, const Text& by) {
            return self.with(
                [&](ReciprocalService& held) { return held.waive(id, family, venue, amount, by); });
          },
          "id"_a, "family"_a, "venue"_a, "amount"_a = py::none(), py::kw_only(), "by"_a = "",
          DOC("ReciprocalService.waive"))
      .def(
          "withdraw",
          [](const HeldService& self, Id128 id, const Text& family, const Text& venue,
             const Text& by) {
            return self.with(
                [&](ReciprocalService& held) { return held.withdraw(id, family, venue, by); });
          },
          "id"_a, "family"_a, "venue"_a, py::kw_only(), "by"_a = "",
          DOC("ReciprocalService.withdraw"));
}

}  // namespace

void bind_reciprocal_service(py::module_& m) {
  bind_timetable(m);
  bind_answers(m);
  py::class_<HeldService> service(m, "ReciprocalService", DOC("ReciprocalService"));
  service
      .def(py::init([](const HeldHours& hours, const Text& name, Span answer_within) {
             auto made = hours.with([&](HoursLedger& ledger) {
               return std::make_shared<ReciprocalService>(ledger, name, answer_within);
             });
             return HeldService{hours.owner, std::move(made)};
           }),
           "hours"_a, "name"_a = "", py::kw_only(), "answer_within"_a = Span{std::chrono::days{14}},
           DOC("ReciprocalService.ReciprocalService"))
      .def_static("unit", &ReciprocalService::unit, DOC("ReciprocalService.unit"))
      .def(
          "figures",
          [](const HeldService& self, const Text& family, const Text& venue) {
            return self.with([&](ReciprocalService& held) { return held.figures(family, venue); });
          },
          "family"_a, "venue"_a, DOC("ReciprocalService.figures"))
      .def(
          "table",
          [](const HeldService& self) {
            return self.with(
                [](ReciprocalService& held) { return std::make_shared<Table>(held.table()); });
          },
          DOC("ReciprocalService.table"))
      .def(
          "schedules",
          [](const HeldService& self, const Text& venue, const CalendarPeriod& period) {
            return self.with([&](ReciprocalService& held) {
              return std::make_shared<Table>(held.schedules(venue, period));
            });
          },
          "venue"_a, "period"_a, DOC("ReciprocalService.schedules"));
  bind_movements(service);
}

}  // namespace jiedui::python
