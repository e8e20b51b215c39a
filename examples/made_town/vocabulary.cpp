#include "vocabulary.hpp"

#include <array>
#include <charconv>

#include "jiedui/network/builder.hpp"

namespace made_town {

using jiedui::OrganisationKind;

namespace {

constexpr std::array<Weighted, 10> neighbour_services = {{{"A1", 22},
                                                          {"A4", 22},
                                                          {"A2", 16},
                                                          {"E4", 14},
                                                          {"C3", 12},
                                                          {"A5", 10},
                                                          {"C5", 8},
                                                          {"D3", 7},
                                                          {"A3", 6},
                                                          {"D2", 6}}};
constexpr std::array<Weighted, 8> retired_services = {{{"A1", 26},
                                                       {"C3", 16},
                                                       {"A4", 16},
                                                       {"E3", 14},
                                                       {"D2", 12},
                                                       {"E1", 10},
                                                       {"C5", 10},
                                                       {"A3", 4}}};
constexpr std::array<Weighted, 6> student_services = {
    {{"D3", 28}, {"D2", 20}, {"D1", 20}, {"E3", 14}, {"E4", 14}, {"A1", 14}}};
constexpr std::array<Weighted, 7> craft_services = {
    {{"B2", 22}, {"B1", 22}, {"B3", 20}, {"B5", 18}, {"A3", 16}, {"B4", 9}, {"E4", 6}}};
constexpr std::array<Weighted, 6> health_services = {
    {{"C1", 30}, {"C2", 30}, {"C3", 16}, {"C5", 10}, {"C4", 8}, {"A5", 6}}};
constexpr std::array<Weighted, 6> teacher_services = {
    {{"D1", 34}, {"D2", 20}, {"C4", 12}, {"D3", 12}, {"D4", 12}, {"E3", 12}}};
constexpr std::array<Weighted, 6> office_services = {
    {{"E2", 20}, {"E1", 22}, {"D4", 18}, {"D3", 16}, {"E4", 14}, {"A4", 12}}};

constexpr std::array<Pattern, 6> working_times = {
    {{"Mon-Fri 18:00-21:00;Sat 08:00-18:00;Sun 08:00-18:00", 30},
     {"Sat 08:00-18:00;Sun 08:00-18:00", 20},
     {"Mon 08:00-18:00;Tue 08:00-18:00;Fri 08:00-21:00", 15},
     {"Wed 08:00-18:00;Thu 08:00-18:00;Sun 08:00-21:00", 15},
     {"daily 12:00-14:30;daily 18:00-21:00", 10},
     {"", 10}}};
constexpr std::array<Pattern, 5> free_times = {{{"daily 08:00-11:30;daily 14:00-17:30", 35},
                                                {"Mon-Fri 08:00-18:00", 20},
                                                {"daily 08:00-12:00", 15},
                                                {"daily 14:00-21:00", 10},
                                                {"", 20}}};
constexpr std::array<Pattern, 4> student_times = {
    {{"Wed 13:30-17:30;Sat 08:00-20:00;Sun 08:00-18:00", 40},
     {"Mon-Fri 16:00-20:30;Sun 08:00-18:00", 30},
     {"Tue 08:00-12:00;Thu 13:30-18:00;Sat 08:00-18:00", 20},
     {"", 10}}};

constexpr std::array<Profile, 7> all_profiles = {
    {{"neighbour", 32, 25, 69, OrganisationKind::association, neighbour_services, free_times},
     {"retired", 19, 58, 77, OrganisationKind::association, retired_services, free_times},
     {"student", 15, 15, 24, OrganisationKind::school, student_services, student_times},
     {"craft", 11, 22, 61, OrganisationKind::enterprise, craft_services, working_times},
     {"health_worker", 8, 24, 62, OrganisationKind::hospital, health_services, working_times},
     {"teacher", 8, 24, 61, OrganisationKind::school, teacher_services, working_times},
     {"office_worker", 7, 24, 59, OrganisationKind::department, office_services, working_times}}};

constexpr std::array<Weighted, 14> elder_requests = {{{"A1", 20},
                                                      {"A4", 14},
                                                      {"A2", 10},
                                                      {"C3", 10},
                                                      {"C1", 9},
                                                      {"A5", 5},
                                                      {"A3", 6},
                                                      {"D3", 8},
                                                      {"B1", 4},
                                                      {"B3", 4},
                                                      {"B2", 3},
                                                      {"B5", 3},
                                                      {"C2", 5},
                                                      {"B4", 1}}};
constexpr std::array<Weighted, 8> disabled_requests = {
    {{"C2", 14}, {"A4", 22}, {"A2", 16}, {"C3", 16}, {"C1", 12}, {"A1", 12}, {"B5", 6}, {"A3", 6}}};
constexpr std::array<Weighted, 4> child_requests = {
    {{"D1", 38}, {"D2", 36}, {"A1", 18}, {"D3", 8}}};
constexpr std::array<Weighted, 8> family_requests = {
    {{"E1", 10}, {"B2", 8}, {"B1", 9}, {"B3", 9}, {"B4", 4}, {"D1", 14}, {"E4", 18}, {"D3", 10}}};
constexpr std::array<Group, 4> all_groups = {{{"elder_alone", 46, 68, 94, elder_requests},
                                              {"disabled", 14, 20, 74, disabled_requests},
                                              {"left_behind_child", 20, 6, 14, child_requests},
                                              {"family_in_need", 20, 24, 64, family_requests}}};

constexpr std::array<Weighted, 5> together = {
    {{"E3", 36}, {"E4", 30}, {"C1", 12}, {"A3", 10}, {"D2", 12}}};
constexpr std::array<Weighted, 4> by_telephone = {{{"C5", 40}, {"C4", 20}, {"D4", 20}, {"E2", 20}}};

constexpr std::array<Length, 2> short_lengths = {{{30, 40}, {60, 60}}};
constexpr std::array<Length, 4> usual_lengths = {{{60, 35}, {90, 35}, {120, 25}, {150, 5}}};
constexpr std::array<Length, 3> long_lengths = {{{120, 50}, {180, 40}, {210, 10}}};

constexpr std::array<std::string_view, 6> dialects = {"wuu", "wuu", "czh", "wuu", "gan", "wuu"};

}  // namespace

std::vector<Service> services() {
  const jiedui::Table catalogue = jiedui::standard_catalogue();
  const auto cell = [&](std::string_view column, std::size_t row) {
    return std::string(std::get<jiedui::TextColumn>(catalogue.find(column)->cells)[row]);
  };
  std::vector<Service> all;
  for (std::size_t row = 0; row < catalogue.rows(); ++row) {
    Service service{.item = cell("id", row),
                    .skill = cell("skill", row),
                    .credential = cell("credential", row),
                    .training = cell("training", row),
                    .is_dangerous = cell("dangerous", row) == "yes",
                    .is_remote = cell("remote", row) == "yes"};
    const std::string level = cell("least_level", row);
    std::from_chars(level.data(), level.data() + level.size(), service.least_level);
    all.push_back(std::move(service));
  }
  return all;
}

std::span<const Profile> profiles() {
  return all_profiles;
}
std::span<const Group> groups() {
  return all_groups;
}
std::span<const Weighted> public_services() {
  return together;
}
std::span<const Weighted> remote_services() {
  return by_telephone;
}

std::span<const Length> lengths(std::string_view item) {
  if (item == "C5" || item == "B4" || item == "A3") return short_lengths;
  if (item == "C3" || item == "A2" || item == "E3" || item == "E4") return long_lengths;
  return usual_lengths;
}

std::string_view dialect(std::string_view county_id) {
  std::size_t sum = 0;
  for (const char c : county_id) sum += static_cast<unsigned char>(c);
  return dialects[sum % dialects.size()];
}

}  // namespace made_town
