#include "volunteers.hpp"

#include <algorithm>
#include <array>

namespace made_town {

using jiedui::Date;
using jiedui::format;

namespace {

constexpr Date programme_began = std::chrono::year{2014} / 1 / 1;

struct Choice {
  std::string_view text;
  std::int64_t share;
};
constexpr std::array<Choice, 3> travel_modes = {{{"walk", 45}, {"ebike", 40}, {"car", 15}}};
constexpr std::array<Choice, 3> genders = {{{"female", 62}, {"male", 37}, {"", 1}}};
constexpr std::array<Choice, 5> channels = {
    {{"community", 40}, {"web", 25}, {"friend", 20}, {"telephone", 8}, {"news", 7}}};

struct Count {
  std::int64_t count, share;
};
constexpr std::array<Count, 4> skill_counts = {{{1, 30}, {2, 35}, {3, 22}, {4, 13}}};
constexpr std::array<Count, 4> above_least = {{{-1, 8}, {0, 42}, {1, 33}, {2, 17}}};
constexpr std::array<Count, 3> capacities = {{{1, 55}, {2, 30}, {3, 15}}};
constexpr std::array<Count, 3> other_minutes = {{{10, 50}, {20, 30}, {30, 20}}};

/// What volunteers offer where what is asked for is scarce.
constexpr std::array<Weighted, 3> plentiful = {{{"E3", 30}, {"E4", 20}, {"D3", 50}}};

/// Days such as 2023-05-01, so that few are distinct.
Date month_begin(std::int64_t months_since_2014) {
  return std::chrono::year{static_cast<int>(2014 + months_since_2014 / 12)} /
         static_cast<int>(1 + months_since_2014 % 12) / 1;
}
constexpr std::int64_t months_to_first_day = 12 * 12 + 2;

std::size_t number_of(const std::vector<Service>& services, std::string_view item) {
  return static_cast<std::size_t>(
      std::find_if(services.begin(), services.end(),
                   [&](const Service& service) { return service.item == item; }) -
      services.begin());
}

}  // namespace

Volunteers::Volunteers(const Options& options, const Map& map, const std::vector<Service>& services,
                       const Organisations& organisations, Edges& edges)
    : services_(services), ids_("V", options.volunteers), members_(map.communities().size()) {
  for (std::uint32_t v = 0; v < static_cast<std::uint32_t>(options.volunteers); ++v)
    add(v, options, map, organisations, edges);
}

void Volunteers::add(std::uint32_t v, const Options& options, const Map& map,
                     const Organisations& organisations, Edges& edges) {
  Random random(options.seed, Random::Stream::volunteer, v);
  const Profile& profile = random.pick(profiles());
  const std::uint32_t community = map.pick(random);
  const bool is_short = map.is_short_of_skills(community);
  id_cells_.push_back(ids_(v));
  organisation_.add(random.chance(700) ? organisations.id(profile.organisation, map.town(community))
                                       : "");
  place_.add(map[community].id);
  // One in ten gives no address: the position of the community stands in.
  const jiedui::Position home = map.home(community, random);
  const bool gives_address = options.kind != Kind::ties && random.chance(900);
  position_.add(gives_address ? home : jiedui::Position{});
  add_skills(profile, options, is_short, random);
  add_person(profile, dialect(map[community].county_id), options, random);
  add_time_and_travel(profile, options, is_short, random);

  std::vector<std::uint32_t>& members = members_[community];
  if (!members.empty() && random.chance(50)) {
    const auto by =
        members[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(members.size())))];
    edges.add({.kind = jiedui::EdgeKind::recruited_by,
               .from = ids_(v),
               .to_kind = "volunteer",
               .to = ids_(by),
               .starts = month_begin(random.between(12, months_to_first_day - 1)),
               .reason = "friend"});
  }
  members.push_back(v);
}

void Volunteers::add_skills(const Profile& profile, const Options& options, bool is_short,
                            Random& random) {
  const std::span<const Weighted> offers =
      is_short && random.chance(750) ? std::span<const Weighted>(plentiful) : profile.services;
  const std::int64_t count = is_short ? 1 : random.pick(skill_counts).count;
  std::uint32_t mask = 0;
  std::string skills;
  std::string credentials;
  std::string training;
  bool is_insured = random.chance(600);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::size_t number = number_of(services_, random.pick(offers).item);
    if (((mask >> number) & 1U) != 0) continue;
    mask |= 1U << number;
    const Service& service = services_[number];
    const std::int64_t above = options.kind == Kind::ties ? 0 : random.pick(above_least).count;
    append(skills, service.skill + ":" +
                       std::to_string(std::max<std::int64_t>(1, service.least_level + above)));
    if (!service.credential.empty() && random.chance(900)) {
      const std::int64_t since = random.between(months_to_first_day - 50, months_to_first_day - 1);
      append(credentials, service.credential + "@" + format(month_begin(since)) + ".." +
                              format(month_begin(since + 48)));
    }
    if (!service.training.empty() && random.chance(850)) append(training, service.training);
    is_insured |= service.is_dangerous && random.chance(800);
  }
  skills_.push_back(mask);
  skill_cells_.add(skills);
  credentials_.add(credentials);
  training_.add(training);
  insured_until_.add(is_insured ? format(month_begin(months_to_first_day + random.between(-1, 12)))
                                : "");
}

void Volunteers::add_person(const Profile& profile, std::string_view dialect,
                            const Options& options, Random& random) {
  const std::int64_t age = random.between(profile.youngest, profile.oldest);
  const bool is_old = age >= 60;
  std::string languages;
  if (random.chance(is_old ? 880 : 980) || options.kind == Kind::ties) append(languages, "cmn");
  if (random.chance(age >= 40 ? 850 : 500) || languages.empty()) append(languages, dialect);
  if (random.chance(8)) append(languages, "csl");
  languages_.add(languages);
  gender_.add(random.pick(genders).text);
  // Some programmes keep age bands only.
  const std::int64_t year = 2026 - age;
  const std::int64_t decade = year / 10 * 10;
  birth_year_.add(random.chance(100) && age > 30
                      ? std::to_string(decade) + "-" + std::to_string(decade + 9)
                      : std::to_string(year));
  std::string limits;
  if (random.chance(is_old ? 180 : 30)) append(limits, "lifting");
  if (random.chance(is_old ? 90 : 10)) append(limits, "stairs");
  health_limits_.add(limits);
  const Date newest = jiedui::Date{first_day - std::chrono::days{14}};
  const std::int64_t days = (newest - programme_began).count();
  // More of them registered lately than long ago.
  const std::int64_t ago = options.kind == Kind::ties ? 30 : random.below(1 + random.below(days));
  registered_since_.add(format(newest - std::chrono::days{ago}));
  std::string tags(profile.tag);
  if (random.chance(168) && age >= 18) append(tags, "party_member");
  tags_.add(tags);
  channel_.add(random.pick(channels).text);
}

void Volunteers::add_time_and_travel(const Profile& profile, const Options& options, bool is_short,
                                     Random& random) {
  std::string windows(random.pick(profile.availability).windows);
  if (random.chance(80)) {
    const Date busy = first_day + std::chrono::days{random.below(7)};
    append(windows, "not " + format(busy));
  }
  if (options.kind == Kind::ties) windows.clear();
  availability_.add(windows);
  capacity_.add(is_short ? 1 : random.pick(capacities).count);
  travel_mode_.add(options.kind == Kind::ties ? "ebike" : random.pick(travel_modes).text);
  const bool states_minutes = random.chance(100) && options.kind != Kind::ties;
  reach_minutes_.add(states_minutes ? std::optional(random.pick(other_minutes).count)
                                    : std::nullopt);
}

std::optional<std::uint32_t> Volunteers::find(std::uint32_t community, std::size_t service,
                                              Random& random) const {
  const std::vector<std::uint32_t>& members = members_[community];
  if (members.empty()) return std::nullopt;
  std::uint32_t found = 0;
  for (int look = 0; look < 12; ++look) {
    found =
        members[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(members.size())))];
    if (((skills_[found] >> service) & 1U) != 0) break;
  }
  return found;
}

jiedui::Table Volunteers::take() {
  return TableMaker(jiedui::Entity::volunteer)
      .add("id", std::move(id_cells_))
      .add("organisation", organisation_)
      .add("place", place_)
      .add(position_)
      .add("skills", skill_cells_)
      .add("credentials", credentials_)
      .add("training", training_)
      .add("insured_until", insured_until_)
      .add("languages", languages_)
      .add("gender", gender_)
      .add("birth_year", birth_year_)
      .add("health_limits", health_limits_)
      .add("availability", availability_)
      .add("capacity", capacity_)
      .add("travel_mode", travel_mode_)
      .add("reach_minutes", reach_minutes_)
      .add("registered_since", registered_since_)
      .add("tags", tags_)
      .add("channel", channel_)
      .take();
}

}  // namespace made_town
