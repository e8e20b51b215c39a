#include "books.hpp"
#include "jiedui/hours/hours_report.hpp"
#include "jiedui/hours/recount.hpp"
#include "jiedui/hours/stars.hpp"
#include "jiedui/hours/supervision.hpp"
#include "values.hpp"
#include "watch.hpp"

namespace jiedui::python {
namespace {

using Served = std::vector<ServedRecord>;

/// Binds a function that makes a table of a list of values.
template <class One>
void bind_table(py::module_& m, const char* name, const char* argument,
                Table (*make)(std::span<const One>)) {
  m.def(
      name,
      [make](const std::vector<One>& values) { return std::make_shared<Table>(make(values)); },
      py::arg(argument), doc(name));
}

std::vector<GroupBy> keys_of(const std::vector<EnumOrName<GroupBy>>& given) {
  std::vector<GroupBy> by;
  for (const auto& one : given) by.push_back(chosen(one));
  return by;
}

void bind_served(py::module_& m) {
  Value<ServedRecord> record(m, "ServedRecord");
  record.bound.def(
      py::init([](std::string volunteer, Date day, std::int64_t confirmed, std::int64_t claimed,
                  std::string need, std::string activity, std::string organisation,
                  std::vector<std::string> co_organisers, std::string place, std::string item,
                  std::string beneficiary, RecordSource from, std::int64_t people_served,
                  std::optional<Instant> happened, Id128 id, Id128 account, std::int64_t planned) {
        return ServedRecord{.record = id,
                            .account = account,
                            .volunteer = std::move(volunteer),
                            .need = std::move(need),
                            .activity = std::move(activity),
                            .organisation = std::move(organisation),
                            .co_organisers = std::move(co_organisers),
                            .place = std::move(place),
                            .item = std::move(item),
                            .beneficiary = std::move(beneficiary),
                            .source = from,
                            .happened = happened.value_or(Instant{day}),
                            .day = day,
                            .confirmed = Seconds{confirmed},
                            .claimed = Seconds{claimed},
                            .planned = Seconds{planned},
                            .people_served = people_served};
      }),
      "volunteer"_a, "day"_a, "confirmed"_a, "claimed"_a = 0, py::kw_only(), "need"_a = "",
      "activity"_a = "", "organisation"_a = "", "co_organisers"_a = std::vector<std::string>{},
      "place"_a = "", "item"_a = "", "beneficiary"_a = "",
      py::arg_v("source", RecordSource::organisation, "RecordSource.organisation"),
      "people_served"_a = 0, "happened"_a = py::none(), py::arg_v("record", Id128{}, "Id128(0)"),
      py::arg_v("account", Id128{}, "Id128(0)"), "planned"_a = 0,
      "Seconds as whole numbers. Without `happened` it began at midnight of the day in UTC.");
  record.field("record", &ServedRecord::record)
      .field("account", &ServedRecord::account)
      .field("volunteer", &ServedRecord::volunteer)
      .field("need", &ServedRecord::need)
      .field("activity", &ServedRecord::activity)
      .field("organisation", &ServedRecord::organisation)
      .field("co_organisers", &ServedRecord::co_organisers)
      .field("place", &ServedRecord::place)
      .field("item", &ServedRecord::item)
      .field("beneficiary", &ServedRecord::beneficiary)
      .field("source", &ServedRecord::source)
      .field("happened", &ServedRecord::happened)
      .field("day", &ServedRecord::day)
      .field("confirmed", &ServedRecord::confirmed)
      .field("claimed", &ServedRecord::claimed)
      .field("planned", &ServedRecord::planned)
      .field("people_served", &ServedRecord::people_served);
  bind_table<ServedRecord>(m, "served_table", "records", &served_table);
  m.def("month_text", &month_text, "day"_a, DOC("month_text"));
}

void bind_report(py::module_& m) {
  bind_enum<GroupBy>(m, "GroupBy", DOC("GroupBy"));
  bind_enum<RankBy>(m, "RankBy", DOC("RankBy"));
  Value<HoursLine>(m, "HoursLine")
      .field("keys", &HoursLine::keys)
      .field("by_source", &HoursLine::by_source)
      .field("confirmed", &HoursLine::confirmed)
      .field("claimed", &HoursLine::claimed)
      .field("planned", &HoursLine::planned)
      .field("person_times", &HoursLine::person_times)
      .field("distinct_persons", &HoursLine::distinct_persons)
      .field("people_served", &HoursLine::people_served);
  Value<HoursReport> report(m, "HoursReport");
  report.field("by", &HoursReport::by)
      .field("lines", &HoursReport::lines)
      .field("total", &HoursReport::total);
  report.bound.def(
      "table", [](const HoursReport& self) { return std::make_shared<Table>(self.table()); },
      DOC("HoursReport.table"));
  add_frame_methods(report.bound);
  m.def(
      "hours_report",
      [](const Served& records, const std::vector<EnumOrName<GroupBy>>& by) {
        return hours_report(records, keys_of(by));
      },
      "records"_a, "by"_a, DOC("hours_report"));
  Value<PlaceHours>(m, "PlaceHours")
      .field("place", &PlaceHours::place)
      .field("own", &PlaceHours::own)
      .field("total", &PlaceHours::total);
  m.def(
      "hours_by_place",
      [](const Served& records, const Network& network) {
        return hours_by_place(records, network);
      },
      "records"_a, "network"_a, DOC("hours_by_place"));
  bind_table<PlaceHours>(m, "place_hours_table", "places", &place_hours_table);
  Value<Ranked>(m, "Ranked").field("rank", &Ranked::rank).field("line", &Ranked::line);
  m.def(
      "ranking",
      [](const HoursReport& hours, const EnumOrName<RankBy>& by, std::int64_t last) {
        return ranking(hours, chosen(by), last);
      },
      "report"_a, py::arg_v("by", EnumOrName<RankBy>("confirmed"), "'confirmed'"), "last"_a = 0,
      DOC("ranking"));
  m.def(
      "ranking_table",
      [](const std::vector<Ranked>& ranked, const std::vector<EnumOrName<GroupBy>>& by) {
        return std::make_shared<Table>(ranking_table(ranked, keys_of(by)));
      },
      "ranked"_a, "by"_a, DOC("ranking_table"));
}

void bind_stars(py::module_& m) {
  Value<StarReached>(m, "StarReached")
      .field("level", &StarReached::level)
      .field("day", &StarReached::day);
  Value<StarStanding>(m, "StarStanding")
      .field("volunteer", &StarStanding::volunteer)
      .field("counted", &StarStanding::counted)
      .field("reached", &StarStanding::reached)
      .field("next", &StarStanding::next)
      .field("to_next", &StarStanding::to_next)
      .field("next_from", &StarStanding::next_from);
  m.def("registrations", &registrations, "network"_a, DOC("registrations"));
  m.def(
      "stars",
      [](const Served& records, const StarRules& rules, Date as_of,
         const Registrations& registered) { return stars(records, rules, as_of, registered); },
      "records"_a, "rules"_a, "as_of"_a, "registered"_a = Registrations{}, DOC("stars"));
  bind_table<StarStanding>(m, "star_table", "standings", &star_table);
}

void bind_supervision(py::module_& m) {
  Value<Rate> rate(m, "Rate");
  rate.bound.def(py::init([](std::int64_t part, std::int64_t whole) {
                   return Rate{part, whole};
                 }),
                 "part"_a, "whole"_a);
  rate.field("part", &Rate::part).field("whole", &Rate::whole);
  rate.bound.def("basis_points", &Rate::basis_points, DOC("Rate.basis_points"))
      .def("at_most", &Rate::at_most, "permille"_a, DOC("Rate.at_most"))
      .def("below", &Rate::below, "permille"_a, DOC("Rate.below"));
  m.def(
      "active_volunteers",
      [](const Served& records, const ActivityRules& rules) {
        return active_volunteers(records, rules);
      },
      "records"_a, "rules"_a, DOC("active_volunteers"));
  m.def(
      "with_needs",
      [](const Served& records, const Network& network) { return with_needs(records, network); },
      "records"_a, "network"_a, DOC("with_needs"));
  m.def("activity_period", &activity_period, "rules"_a, "as_of"_a, DOC("activity_period"));
  m.def(
      "activity_rate",
      [](const Served& records, const ActivityRules& rules,
         const std::vector<std::string>& registered) {
        return activity_rate(records, rules, registered);
      },
      "records"_a, "rules"_a, "registered"_a, DOC("activity_rate"));
  Value<UnitFigures> figures(m, "UnitFigures");
  figures.bound.def(py::init([](std::string unit, std::int64_t teams, std::int64_t expected,
                                std::int64_t registered, std::int64_t active) {
                      return UnitFigures{std::move(unit), teams, expected, registered, active};
                    }),
                    "unit"_a, "teams"_a, "expected"_a, "registered"_a, "active"_a);
  figures.field("unit", &UnitFigures::unit)
      .field("teams", &UnitFigures::teams)
      .field("expected", &UnitFigures::expected)
      .field("registered", &UnitFigures::registered)
      .field("active", &UnitFigures::active);
  m.def(
      "place_figures",
      [](const Network& network, const Served& records, const ActivityRules& rules, Date as_of,
         const std::map<std::string, std::int64_t>& expected) {
        return place_figures(network, records, rules, as_of, {expected.begin(), expected.end()});
      },
      "network"_a, "records"_a, "rules"_a, "as_of"_a,
      "expected"_a = std::map<std::string, std::int64_t>{}, DOC("place_figures"));
  Value<SupervisionItem>(m, "SupervisionItem")
      .field("figures", &SupervisionItem::figures)
      .field("no_team", &SupervisionItem::no_team)
      .field("registration", &SupervisionItem::registration)
      .field("activity", &SupervisionItem::activity);
  m.def(
      "supervision_list",
      [](const std::vector<UnitFigures>& units, const SupervisionRules& rules) {
        return supervision_list(units, rules);
      },
      "units"_a, "rules"_a, DOC("supervision_list"));
  bind_table<SupervisionItem>(m, "supervision_table", "items", &supervision_table);
}

void bind_work_load(py::module_& m) {
  Value<WorkLoad>(m, "WorkLoad")
      .field("units", &WorkLoad::units)
      .field("workers", &WorkLoad::workers)
      .field("each", &WorkLoad::each)
      .field("left", &WorkLoad::left)
      .field("is_over", &WorkLoad::is_over);
  m.def("work_load", &work_load, "units"_a, "workers"_a, "limit"_a = py::none(), DOC("work_load"));
  Value<SupervisorSpan>(m, "SupervisorSpan")
      .field("supervisor", &SupervisorSpan::supervisor)
      .field("led", &SupervisorSpan::led)
      .field("led_in_all", &SupervisorSpan::led_in_all)
      .field("agreed", &SupervisorSpan::agreed)
      .field("is_over", &SupervisorSpan::is_over);
  m.def("supervisor_spans", &supervisor_spans, "network"_a, "day"_a, DOC("supervisor_spans"));
  bind_table<SupervisorSpan>(m, "span_table", "spans", &span_table);
}

void bind_recount(py::module_& m) {
  using Histories = std::vector<RecordHistory>;
  Value<Recount> count(m, "Recount");
  count.field("volunteer", &Recount::volunteer)
      .field("by_approver", &Recount::by_approver)
      .field("disputed", &Recount::disputed)
      .field("over_cap", &Recount::over_cap)
      .field("stars", &Recount::stars);
  count.bound.def("counted", &Recount::counted, DOC("Recount.counted"));
  m.def(
      "recount",
      [](const Histories& histories, const RulePack& pack, Date as_of,
         const Registrations& registered) { return recount(histories, pack, as_of, registered); },
      "histories"_a, "pack"_a, "as_of"_a, "registered"_a = Registrations{}, DOC("recount"));
  bind_table<Recount>(m, "recount_table", "recounts", &recount_table);
  Value<PackChange>(m, "PackChange")
      .field("before", &PackChange::before)
      .field("after", &PackChange::after)
      .field("counted", &PackChange::counted)
      .field("star", &PackChange::star);
  m.def(
      "compare_packs",
      [](const Histories& histories, const RulePack& before, const RulePack& after, Date as_of,
         const Registrations& registered) {
        return compare_packs(histories, before, after, as_of, registered);
      },
      "histories"_a, "before"_a, "after"_a, "as_of"_a, "registered"_a = Registrations{},
      DOC("compare_packs"));
  bind_table<PackChange>(m, "pack_change_table", "changes", &pack_change_table);
}

}  // namespace

void bind_reports(py::module_& m) {
  bind_served(m);
  bind_report(m);
  bind_stars(m);
  bind_supervision(m);
  bind_work_load(m);
  bind_recount(m);
}

void bind_reports_of(py::class_<HeldHours>& hours) {
  hours
      .def(
          "served_records",
          [](const HeldHours& self, const CalendarPeriod& period, const Progress& progress) {
            Watch watch(progress, "reading");
            auto records = self.with([&](HoursLedger& ledger) {
              return ledger.served_records(period, watch.control());
            });
            watch.close();
            return records;
          },
          "period"_a, py::kw_only(), "progress"_a = py::none(), DOC("HoursLedger.served_records"))
      .def(
          "all_histories",
          [](const HeldHours& self, const CalendarPeriod& period, const Progress& progress) {
            Watch watch(progress, "reading");
            auto lives = self.with(
                [&](HoursLedger& ledger) { return ledger.all_histories(period, watch.control()); });
            watch.close();
            return lives;
          },
          "period"_a, py::kw_only(), "progress"_a = py::none(), DOC("HoursLedger.all_histories"));
}

}  // namespace jiedui::python
