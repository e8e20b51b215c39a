#include "requests.hpp"

#include <algorithm>
#include <array>

namespace made_town {

using jiedui::Date;
using jiedui::format;
using std::chrono::days;

namespace {

struct Count {
  std::int64_t count, share;
};
constexpr std::array<Count, 3> household_sizes = {{{1, 60}, {2, 30}, {3, 10}}};
constexpr std::array<Count, 3> needs_of_person = {{{1, 55}, {2, 30}, {3, 15}}};
constexpr std::array<Count, 4> tiers_of_person = {{{1, 8}, {2, 22}, {3, 40}, {4, 30}}};
constexpr std::array<Count, 2> tiers_of_activity = {{{3, 30}, {4, 70}}};
constexpr std::array<Count, 3> window_counts = {{{1, 40}, {2, 35}, {3, 25}}};

/// Parts of the day in minutes; each lies within one of the market's slots.
struct DayPart {
  std::int64_t begin, end, share;
};
constexpr std::array<DayPart, 3> day_parts = {
    {{8 * 60, 12 * 60, 45}, {13 * 60 + 30, 18 * 60, 40}, {18 * 60, 21 * 60, 15}}};

constexpr std::int64_t activities_per_project = 20;
constexpr std::int64_t remote_needs_max = 400;

std::string clock(std::int64_t minutes) {
  return padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

}  // namespace

Requests::Requests(const Options& options, const Map& map, const std::vector<Service>& services,
                   const Organisations& organisations, const Volunteers& volunteers, Edges& edges)
    : options_(options),
      map_(map),
      services_(services),
      organisations_(organisations),
      volunteers_(volunteers),
      edges_(edges),
      // Each remote need has candidates all over the town: their number must not grow with it.
      remote_per_thousand_(std::min<std::int64_t>(25, remote_needs_max * 1000 / options.needs)),
      household_id_("H", options.needs),
      beneficiary_id_("B", options.needs),
      activity_id_("A", options.needs / 10),
      need_id_("N", options.needs) {
  for (std::uint64_t request = 0; missing() > 0; ++request) {
    Random random(options.seed, Random::Stream::request, request);
    if (random.chance(140))
      add_activity(random);
    else
      add_household(random);
  }
}

std::size_t Requests::service_of(std::string_view item) const {
  return static_cast<std::size_t>(
      std::find_if(services_.begin(), services_.end(),
                   [&](const Service& service) { return service.item == item; }) -
      services_.begin());
}

void Requests::add_household(Random& random) {
  const std::uint32_t community = map_.pick(random);
  const std::string id = household_id_(static_cast<std::int64_t>(household_ids_.size()));
  const jiedui::Position home = map_.home(community, random);
  household_ids_.push_back(id);
  household_places_.add(map_[community].id);
  household_positions_.add(options_.kind != Kind::ties && random.chance(950) ? home
                                                                             : jiedui::Position{});
  const std::int64_t size = random.pick(household_sizes).count;
  for (std::int64_t i = 0; i < size && missing() > 0; ++i) {
    const Group& group = random.pick(groups());
    Person person = add_beneficiary(group, id, community, random);
    const std::int64_t count = random.pick(needs_of_person).count;
    for (std::int64_t j = 0; j < count && missing() > 0; ++j) {
      const bool is_remote = random.chance(remote_per_thousand_);
      const std::string_view item =
          random.pick(is_remote ? remote_services() : group.services).item;
      Need need{.service = service_of(item), .person = &person, .community = community};
      need.minutes = random.pick(lengths(item)).minutes;
      need.demand = (item == "A2" || item == "B5" || item == "C3") && random.chance(350) ? 2 : 1;
      need.tier = random.pick(tiers_of_person).count;
      add_need(need, random);
      if (!person.has_partner && random.chance(60)) add_bond(person, need.service, random);
    }
  }
}

Requests::Person Requests::add_beneficiary(const Group& group, const std::string& household,
                                           std::uint32_t community, Random& random) {
  const std::int64_t age = random.between(group.youngest, group.oldest);
  Person person{.id = beneficiary_id_(static_cast<std::int64_t>(beneficiary_ids_.size())),
                .gender = random.chance(560) ? "female" : "male",
                .community = community,
                .speaks_mandarin = random.chance(age >= 68 ? 600 : 960),
                .signs = random.chance(6)};
  beneficiary_ids_.push_back(person.id);
  beneficiary_households_.push_back(household);
  birth_years_.add(std::to_string(2026 - age));
  genders_.add(person.gender);
  std::string languages;
  if (person.speaks_mandarin) append(languages, "cmn");
  if (!person.speaks_mandarin || random.chance(750))
    append(languages, dialect(map_[community].county_id));
  if (person.signs) append(languages, "csl");
  languages_.add(languages);
  tags_.add(group.tag);
  return person;
}

void Requests::add_bond(Person& person, std::size_t service, Random& random) {
  const auto partner = volunteers_.find(person.community, service, random);
  if (!partner) return;
  person.has_partner = true;
  edges_.add({.kind = jiedui::EdgeKind::bond,
              .from = volunteers_.id(*partner),
              .to_kind = "",
              .to = person.id,
              .starts = first_day - days{random.between(30, 900)},
              .reason = "paired_household"});
}

void Requests::add_activity(Random& random) {
  const auto number = static_cast<std::int64_t>(activity_ids_.size());
  const bool is_project = number % activities_per_project == 0;
  const std::uint32_t community = map_.pick(random);
  const std::string id = activity_id_(number);
  const std::size_t service = service_of(random.pick(public_services()).item);
  activity_ids_.push_back(id);
  activity_names_.push_back(joined(is_project ? "Project " : "Activity ", id));
  activity_parents_.add(
      is_project ? "" : activity_id_(number / activities_per_project * activities_per_project));
  activity_organisations_.add(
      organisations_.id(jiedui::OrganisationKind::association, map_.town(community)));
  activity_places_.add(map_[community].id);
  starts_.add(format(first_day));
  ends_.add(format(is_project ? last_day + days{300} : last_day));
  if (is_project) return;
  Need need{.service = service, .activity = id, .community = community};
  need.minutes = random.pick(lengths(services_[service].item)).minutes;
  need.demand = random.between(2, 6);
  need.tier = random.pick(tiers_of_activity).count;
  need.position = map_.home(community, random);
  if (options_.kind == Kind::ties) need.position = {};
  add_need(need, random);
}

void Requests::add_need(const Need& need, Random& random) {
  const Service& service = services_[need.service];
  const Person* person = need.person;
  need_ids_.push_back(need_id_(static_cast<std::int64_t>(need_ids_.size())));
  beneficiaries_.push_back(person != nullptr ? person->id : "");
  items_.add(service.item);
  activities_.push_back(need.activity);
  places_.add(person == nullptr ? map_[need.community].id : "");
  positions_.add(need.position);
  // One in a hundred lasts longer than half a day, so that no slot holds it.
  const bool is_long = random.chance(10);
  minutes_.add(is_long ? 6 * 60 : need.minutes);
  const bool has_no_time = service.is_remote && random.chance(500);
  if (has_no_time)
    windows_.push_back("");
  else if (is_long)
    windows_.push_back(format(first_day + days{random.below(7)}) + " 09:00-16:00");
  else
    windows_.push_back(windows(need.minutes, random));
  demands_.add(need.demand);
  tiers_.add(need.tier);
  std::string_view language;
  if (person != nullptr && person->signs && random.chance(500)) language = "csl";
  if (person != nullptr && !person->speaks_mandarin && random.chance(600))
    language = dialect(map_[need.community].county_id);
  wished_languages_.add(language);
  const bool is_close = service.item == "C2" || service.item == "A3" || service.item == "C4";
  wished_genders_.add(person != nullptr && is_close && random.chance(250) ? person->gender : "");
  // Kin, or somebody they fell out with (mechanism S7).
  std::optional<std::uint32_t> kin;
  if (random.chance(12)) kin = volunteers_.find(need.community, need.service, random);
  excluded_.add(kin ? volunteers_.id(*kin) : "");
  least_levels_.add(random.chance(40) ? std::optional(service.least_level + 1) : std::nullopt);
}

std::string Requests::windows(std::int64_t minutes, Random& random) const {
  if (options_.kind == Kind::ties) return "daily 08:00-12:00";
  if (random.chance(50)) return "Mon-Fri 08:30-12:00;Mon-Fri 14:00-18:00";
  std::string list;
  const std::int64_t count = random.pick(window_counts).count;
  for (std::int64_t i = 0; i < count; ++i) {
    const Date day = first_day + days{random.below(7)};
    DayPart part = random.pick(day_parts);
    if (part.end - part.begin < minutes) part = day_parts.front();
    const std::int64_t half_hours = (part.end - part.begin - minutes) / 30;
    const std::int64_t begin = part.begin + 30 * random.below(half_hours + 1);
    const std::int64_t end = std::min(part.end, begin + minutes + 30 * random.below(5));
    append(list, format(day) + " " + clock(begin) + "-" + clock(end));
  }
  return list;
}

jiedui::Table Requests::take_households() {
  return TableMaker(jiedui::Entity::household)
      .add("id", std::move(household_ids_))
      .add("place", household_places_)
      .add(household_positions_)
      .take();
}

jiedui::Table Requests::take_beneficiaries() {
  return TableMaker(jiedui::Entity::beneficiary)
      .add("id", std::move(beneficiary_ids_))
      .add("household", std::move(beneficiary_households_))
      .add("birth_year", birth_years_)
      .add("gender", genders_)
      .add("languages", languages_)
      .add("tags", tags_)
      .take();
}

jiedui::Table Requests::take_activities() {
  return TableMaker(jiedui::Entity::activity)
      .add("id", std::move(activity_ids_))
      .add("name", std::move(activity_names_))
      .add("parent", activity_parents_)
      .add("organisation", activity_organisations_)
      .add("place", activity_places_)
      .add("starts", starts_)
      .add("ends", ends_)
      .take();
}

jiedui::Table Requests::take_needs() {
  return TableMaker(jiedui::Entity::need)
      .add("id", std::move(need_ids_))
      .add("beneficiary", std::move(beneficiaries_))
      .add("item", items_)
      .add("activity", std::move(activities_))
      .add("place", places_)
      .add(positions_)
      .add("windows", std::move(windows_))
      .add("duration_minutes", minutes_)
      .add("demand", demands_)
      .add("tier", tiers_)
      .add("language", wished_languages_)
      .add("gender", wished_genders_)
      .add("excluded", excluded_)
      .add("least_level", least_levels_)
      .take();
}

}  // namespace made_town
