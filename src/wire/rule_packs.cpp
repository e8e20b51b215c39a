#include "jiedui/wire/rule_packs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#define VALIJSON_USE_EXCEPTIONS 1  // it would print and abort otherwise
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "wire/located_json.hpp"
#include "wire/rule_pack_texts.hpp"

namespace jiedui {

namespace {

using detail::LocatedJson;
using nlohmann::json;
using std::chrono::seconds;

constexpr std::string_view schema_name = "rule_pack.schema";

const detail::RulePackText* find_text(std::string_view name) {
  const auto texts = detail::rule_pack_texts();
  const auto at =
      std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.name == name; });
  return at == texts.end() ? nullptr : &*at;
}

[[noreturn]] void unknown(std::string_view id) {
  std::string all;
  for (const std::string_view one : shipped_rule_packs())
    all += (all.empty() ? "" : ", ") + std::string(one);
  throw Error({.code = "rule_pack_unknown",
               .place = "rule pack " + std::string(id.substr(0, 64)),
               .message = "no pack of that id comes with the library",
               .allowed = all,
               .way_out = "read a file with read_rule_pack"});
}

/// Holds a text against the schema: the field, its line, and what the schema wants of it.
void validate(const LocatedJson& pack, std::string_view name, ProblemList& problems) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  const json schema_json = json::parse(rule_pack_schema());
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(Adapter(schema_json), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, Adapter(pack.json), &results)) return;
  // An inner failure is followed by those of what is around it: the innermost tell what is wrong.
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& error : results) {
    std::string pointer;
    for (std::size_t i = 1; i < error.context.size(); ++i)
      pointer += '/' + error.context[i].substr(1, error.context[i].size() - 2);
    found.emplace_back(pointer, error.description);
  }
  for (const auto& [pointer, description] : found) {
    const bool around = std::any_of(found.begin(), found.end(), [&, &p = pointer](const auto& one) {
      return one.first.size() > p.size() && one.first.starts_with(p + '/');
    });
    if (around && description.starts_with("Failed to validate")) continue;
    problems.add({std::string(name), pack.line_of(pointer), pointer, "field_invalid", description});
  }
}

/// Reads the fields of a pack that the schema has passed; what the schema cannot say is checked.
class Reader {
 public:
  Reader(const LocatedJson& source, std::string_view name, ProblemList& problems)
      : source_(source), json_(source.json), name_(name), problems_(problems) {}

  RulePack read() {
    RulePack pack{.id = json_["id"],
                  .version = json_["version"],
                  .title = json_["title"],
                  .title_zh = json_.value("title_zh", ""),
                  .place = json_["place"],
                  .zone = json_["zone"]};
    pack.valid_from = date("valid_from", earliest_date);
    pack.valid_to = date("valid_to", latest_date);
    if (pack.valid_to < pack.valid_from)
      wrong("/valid_to", "period_invalid", "no earlier than valid_from");
    try {
      Zone{pack.zone};
    } catch (const Error&) {
      wrong("/zone", "zone_unknown", "a name of the IANA time zone database");
    }
    read_sources(pack);
    read_counting(pack);
    read_approval(pack);
    if (json_.contains("stars")) pack.stars = stars(json_["stars"]);
    read_lists(pack);
    if (json_.contains("time_bank")) pack.time_bank = time_bank(json_["time_bank"]);
    return pack;
  }

 private:
  void wrong(const std::string& pointer, const char* code, std::string allowed) {
    problems_.add(
        {std::string(name_), source_.line_of(pointer), pointer, code, std::move(allowed)});
  }
  Date date(const char* field, Date otherwise) {
    if (!json_.contains(field)) return otherwise;
    const auto found = parse_date(json_[field].get<std::string>());
    if (!found) wrong(std::string("/") + field, "date_invalid", "1900-01-01 to 2199-12-31");
    return found.value_or(otherwise);
  }
  static std::optional<seconds> hours(const json& in, const char* field) {
    if (!in.contains(field)) return std::nullopt;
    return seconds{3600 * in[field].get<std::int64_t>()};
  }
  static Approver approver(const std::string& name) {
    for (int number = 0; number < 4; ++number)
      if (to_string(static_cast<Approver>(number)) == name) return static_cast<Approver>(number);
    return Approver::province;
  }

  void read_sources(RulePack& pack) {
    std::set<std::string> named;
    for (std::size_t i = 0; i < json_["sources"].size(); ++i) {
      const json& one = json_["sources"][i];
      const std::string pointer = "/sources/" + std::to_string(i);
      RuleSource source{.parts = one["parts"],
                        .title = one["title"],
                        .address = one["address"],
                        .note = one.value("note", "")};
      const std::string status = one["status"];
      source.status = status == "verified"  ? SourceStatus::verified
                      : status == "partial" ? SourceStatus::partial
                                            : SourceStatus::unverified;
      if (source.status == SourceStatus::verified && source.address.empty())
        wrong(pointer + "/address", "rule_source_missing", "where a verified rule was read");
      named.insert(source.parts.begin(), source.parts.end());
      pack.sources.push_back(std::move(source));
    }
    for (const char* part : {"counting", "display", "caps", "approval", "backfill", "clock",
                             "stars", "activity", "supervision", "time_bank", "retention_years"})
      if (json_.contains(part) && !named.contains(part))
        wrong(std::string("/") + part, "rule_source_missing",
              "each part is named by one of the sources");
  }

  void read_counting(RulePack& pack) {
    const json counting = json_.value("counting", json::object());
    pack.counting = {counting.value("travel", false), counting.value("breaks", false)};
    if (json_.contains("display")) {
      const json& display = json_["display"];
      const std::string rounding = display["rounding"];
      pack.display.step = std::chrono::minutes{display["step_minutes"].get<int>()};
      pack.display.rounding = rounding == "down"      ? Rounding::down
                              : rounding == "nearest" ? Rounding::nearest
                                                      : Rounding::up;
    }
    const json caps = json_.value("caps", json::object());
    pack.caps = {hours(caps, "day_hours"), hours(caps, "week_hours")};
    if (pack.caps.day && pack.caps.week && *pack.caps.week < *pack.caps.day)
      wrong("/caps/week_hours", "week_below_day", "at least day_hours");
    const json clock = json_.value("clock", json::object());
    pack.clock = {seconds{clock.value("skew_seconds_max", 0)}, clock.value("pairs_per_day_max", 0),
                  hours(clock, "longest_hours").value_or(seconds{0})};
    const json backfill = json_.value("backfill", json::object());
    if (backfill.contains("window_days"))
      pack.backfill.window = std::chrono::days{backfill["window_days"].get<int>()};
    pack.backfill.reason_needed = backfill.value("reason_needed", false);
    pack.backfill.evidence_needed = backfill.value("evidence_needed", false);
    if (json_.contains("retention_years"))
      pack.retention = std::chrono::years{json_["retention_years"].get<int>()};
  }

  void read_approval(RulePack& pack) {
    const json approval = json_.value("approval", json::object());
    pack.approval.timeout = std::chrono::days{approval.value("timeout_days", 0)};
    if (approval.contains("tiers")) {
      const json& tiers = approval["tiers"];
      for (std::size_t i = 0; i < tiers.size(); ++i) {
        const ApprovalTier tier{hours(tiers[i], "day_hours_up_to"),
                                approver(tiers[i]["approver"].get<std::string>())};
        const bool last = i + 1 == tiers.size();
        const bool rises =
            pack.approval.tiers.empty() ||
            ((!tier.day_up_to || tier.day_up_to > pack.approval.tiers.back().day_up_to) &&
             tier.approver >= pack.approval.tiers.back().approver);
        if (last == tier.day_up_to.has_value() || !rises)
          wrong("/approval/tiers/" + std::to_string(i), "tiers_not_rising",
                "rising day_hours_up_to, none in the last tier; no lower approver for more hours");
        pack.approval.tiers.push_back(tier);
      }
    }
    const json by_source = approval.value("by_source", json::object());
    if (!by_source.empty())
      for (const char* source : {"clock", "organisation", "declared", "backfilled"})
        pack.approval.by_source.push_back(approver(by_source.value(source, "automatic")));
  }

  StarRules stars(const json& in) {
    StarRules rules{.clocked_only = in.value("clocked_only", false)};
    for (const json& one : in["levels"]) {
      const StarLevel level{
          .name = one["name"],
          .least = *hours(one, "hours"),
          .registered_at_least = std::chrono::days{one.value("registered_days", 0)}};
      const bool is_named =
          std::any_of(rules.levels.begin(), rules.levels.end(),
                      [&](const StarLevel& lower) { return lower.name == level.name; });
      const bool rises = rules.levels.empty() ||
                         (level.least > rules.levels.back().least &&
                          level.registered_at_least >= rules.levels.back().registered_at_least);
      if (is_named || !rises)
        wrong("/stars/levels/" + std::to_string(rules.levels.size()), "levels_not_rising",
              "more hours and no fewer days than the level before, a name of its own");
      rules.levels.push_back(level);
    }
    return rules;
  }

  void read_lists(RulePack& pack) {
    if (json_.contains("activity")) {
      const json& in = json_["activity"];
      pack.activity = ActivityRules{std::chrono::minutes{in["least_minutes"].get<int>()},
                                    in.value("clocked_only", false),
                                    std::chrono::months{in.value("window_months", 12)}};
    }
    if (json_.contains("supervision")) {
      const json& in = json_["supervision"];
      SupervisionRules rules{.no_team = in.value("no_team", false),
                             .bound_included = in.value("bound_included", true)};
      if (in.contains("registered_permille")) rules.registered_at_most = in["registered_permille"];
      if (in.contains("active_permille")) rules.active_at_most = in["active_permille"];
      pack.supervision = rules;
    }
  }

  static TimeBankRules time_bank(const json& in) {
    TimeBankRules rules{
        .earned_per_day = hours(in, "earned_per_day_hours"),
        .held = hours(in, "held_hours"),
        .credit_line = hours(in, "credit_line_hours").value_or(seconds{0}),
        .organisations_only_donate = in.value("organisations_only_donate", false),
        .priority = in.value("priority", std::vector<std::string>{}),
        .guardian_below_age = in.value("guardian_below_age", TimeBankRules{}.guardian_below_age)};
    if (in.contains("expires_days"))
      rules.expires = std::chrono::days{in["expires_days"].get<int>()};
    return rules;
  }

  const LocatedJson& source_;
  const json& json_;
  std::string_view name_;
  ProblemList& problems_;
};

}  // namespace

RulePack parse_rule_pack(std::string_view text, std::string_view name) {
  if (text.size() > rule_pack_bytes_max)
    throw Error({.code = "file_too_large",
                 .place = std::string(name),
                 .message = "this is no rule pack",
                 .allowed = std::to_string(rule_pack_bytes_max) + " bytes",
                 .way_out = "give the file of a rule pack"});
  ProblemList problems;
  const LocatedJson source = detail::parse_located(text, name, problems);
  problems.throw_if_any();
  validate(source, name, problems);
  problems.throw_if_any();
  RulePack pack = Reader{source, name, problems}.read();
  problems.throw_if_any();
  return pack;
}

RulePack read_rule_pack(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(rule_pack_bytes_max + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (!file.eof() && file.gcount() == 0))
    throw Error({.code = "file_unreadable",
                 .place = path.filename().string(),
                 .message = "the file cannot be read",
                 .allowed = "a file that is there and may be read",
                 .way_out = "mend the path or the rights"});
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_rule_pack(text, path.filename().string());
}

std::span<const std::string_view> shipped_rule_packs() {
  static const std::vector<std::string_view> ids = [] {
    std::vector<std::string_view> names;
    for (const auto& one : detail::rule_pack_texts())
      if (one.name != schema_name) names.push_back(one.name);
    return names;
  }();
  return ids;
}

std::string_view rule_pack_text(std::string_view id) {
  const auto* text = find_text(id);
  if (text == nullptr || id == schema_name) unknown(id);
  return text->text;
}

RulePack shipped_rule_pack(std::string_view id) {
  return parse_rule_pack(rule_pack_text(id), id);
}

std::string_view rule_pack_schema() {
  return find_text(schema_name)->text;
}

}  // namespace jiedui
