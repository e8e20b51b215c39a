#include "jiedui/wire/rule_packs.hpp"

#include "values.hpp"

namespace jiedui::python {
namespace {

// Days as a timedelta, which has them too.
std::chrono::seconds seconds_of(std::chrono::days days) {
  return days;
}
std::optional<std::chrono::seconds> seconds_of(std::optional<std::chrono::days> days) {
  return days ? std::optional<std::chrono::seconds>(*days) : std::nullopt;
}

void bind_parts(py::module_& m) {
  py::native_enum<SourceStatus>(m, "SourceStatus", "enum.Enum", DOC("SourceStatus"))
      .value("verified", SourceStatus::verified, DOC("SourceStatus.verified"))
      .value("partial", SourceStatus::partial, DOC("SourceStatus.partial"))
      .value("unverified", SourceStatus::unverified, DOC("SourceStatus.unverified"))
      .finalize();
  py::native_enum<Approver>(m, "Approver", "enum.Enum", DOC("Approver"))
      .value("automatic", Approver::automatic, DOC("Approver.automatic"))
      .value("organisation", Approver::organisation, DOC("Approver.organisation"))
      .value("parent_organisation", Approver::parent_organisation,
             DOC("Approver.parent_organisation"))
      .value("province", Approver::province)
      .finalize();
  py::native_enum<Rounding>(m, "Rounding", "enum.Enum")
      .value("down", Rounding::down)
      .value("nearest", Rounding::nearest)
      .value("up", Rounding::up)
      .finalize();
  Value<RuleSource>(m, "RuleSource")
      .field("parts", &RuleSource::parts)
      .field("title", &RuleSource::title)
      .field("address", &RuleSource::address)
      .field("status", &RuleSource::status)
      .field("note", &RuleSource::note);
  Value<StarLevel>(m, "StarLevel")
      .field("name", &StarLevel::name)
      .field("least", &StarLevel::least)
      .property("registered_at_least",
                [](const StarLevel& self) { return seconds_of(self.registered_at_least); });
  Value<StarRules>(m, "StarRules")
      .field("levels", &StarRules::levels)
      .field("clocked_only", &StarRules::clocked_only);
  Value<DisplayRules>(m, "DisplayRules")
      .field("step", &DisplayRules::step)
      .field("rounding", &DisplayRules::rounding);
  Value<CountingRules>(m, "CountingRules")
      .field("travel_counts", &CountingRules::travel_counts)
      .field("breaks_count", &CountingRules::breaks_count);
  Value<CapRules>(m, "CapRules").field("day", &CapRules::day).field("week", &CapRules::week);
  Value<ApprovalTier>(m, "ApprovalTier")
      .field("day_up_to", &ApprovalTier::day_up_to)
      .field("approver", &ApprovalTier::approver);
  Value<ApprovalRules>(m, "ApprovalRules")
      .field("tiers", &ApprovalRules::tiers)
      .field("by_source", &ApprovalRules::by_source)
      .field("timeout", &ApprovalRules::timeout);
  Value<BackfillRules>(m, "BackfillRules")
      .property("window", [](const BackfillRules& self) { return seconds_of(self.window); })
      .field("reason_needed", &BackfillRules::reason_needed)
      .field("evidence_needed", &BackfillRules::evidence_needed);
  Value<ClockRules>(m, "ClockRules")
      .field("skew_max", &ClockRules::skew_max)
      .field("pairs_per_day_max", &ClockRules::pairs_per_day_max)
      .field("longest", &ClockRules::longest);
  Value<ActivityRules>(m, "ActivityRules")
      .field("least", &ActivityRules::least)
      .field("clocked_only", &ActivityRules::clocked_only)
      .property("window", [](const ActivityRules& self) { return self.window.count(); });
  Value<SupervisionRules>(m, "SupervisionRules")
      .field("no_team", &SupervisionRules::no_team)
      .field("registered_at_most", &SupervisionRules::registered_at_most)
      .field("active_at_most", &SupervisionRules::active_at_most)
      .field("bound_included", &SupervisionRules::bound_included);
  Value<TimeBankRules>(m, "TimeBankRules")
      .field("earned_per_day", &TimeBankRules::earned_per_day)
      .field("held", &TimeBankRules::held)
      .field("credit_line", &TimeBankRules::credit_line)
      .property("expires", [](const TimeBankRules& self) { return seconds_of(self.expires); })
      .field("organisations_only_donate", &TimeBankRules::organisations_only_donate)
      .field("priority", &TimeBankRules::priority)
      .field("guardian_below_age", &TimeBankRules::guardian_below_age);
}

}  // namespace

void bind_rule_packs(py::module_& m) {
  bind_parts(m);
  Value<RulePack> pack(m, "RulePack");
  pack.field("id", &RulePack::id)
      .field("version", &RulePack::version)
      .field("title", &RulePack::title)
      .field("title_zh", &RulePack::title_zh)
      .field("place", &RulePack::place)
      .field("zone", &RulePack::zone)
      .field("valid_from", &RulePack::valid_from)
      .field("valid_to", &RulePack::valid_to)
      .field("sources", &RulePack::sources)
      .field("display", &RulePack::display)
      .field("counting", &RulePack::counting)
      .field("caps", &RulePack::caps)
      .field("approval", &RulePack::approval)
      .field("backfill", &RulePack::backfill)
      .field("clock", &RulePack::clock)
      .field("stars", &RulePack::stars)
      .field("activity", &RulePack::activity)
      .field("supervision", &RulePack::supervision)
      .field("time_bank", &RulePack::time_bank)
      .property("retention", [](const RulePack& self) -> std::optional<int> {
        if (!self.retention) return std::nullopt;
        return static_cast<int>(self.retention->count());
      });
  pack.bound.def("__repr__", [](const RulePack& self) {
    return "<jiedui.RulePack " + self.id + ", " + self.place + ">";
  });
  m.attr("rule_pack_bytes_max") = rule_pack_bytes_max;
  m.def("displayed", &displayed, "seconds"_a, "rules"_a, DOC("displayed"));
  m.def("parse_rule_pack", &parse_rule_pack, "text"_a, "name"_a = "rule pack",
        DOC("parse_rule_pack"));
  m.def("read_rule_pack", &read_rule_pack, "path"_a, DOC("read_rule_pack"));
  m.def(
      "shipped_rule_packs",
      [] {
        const auto ids = shipped_rule_packs();
        return std::vector<std::string>(ids.begin(), ids.end());
      },
      DOC("shipped_rule_packs"));
  m.def("shipped_rule_pack", &shipped_rule_pack, "id"_a, DOC("shipped_rule_pack"));
  m.def(
      "rule_pack_text", [](std::string_view id) { return std::string(rule_pack_text(id)); }, "id"_a,
      DOC("rule_pack_text"));
  m.def(
      "rule_pack_schema", [] { return std::string(rule_pack_schema()); }, DOC("rule_pack_schema"));
}

}  // namespace jiedui::python
