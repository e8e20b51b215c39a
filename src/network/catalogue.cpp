#include <array>

#include "jiedui/network/builder.hpp"

namespace jiedui {

namespace {

struct StandardItem {
  std::string_view id, group, name, skill, least_level, credential, training, min_age, max_age,
      health_demands, dangerous, remote, service_class;
};

// Mechanism N9 fixes 5 groups and 23 items without naming them; the items are those that the
// programmes of docs/mechanisms name (Q8, Q11, C3, N6, N11, H5). Who may do electrical and gas work
// and health care follows articles 15 to 17 of 志愿服务条例.
constexpr std::array<StandardItem, 23> items = {{
    {"A1", "daily_life", "visit and company", "company", "1", "", "", "14", "", "", "no", "no",
     "supporting"},
    {"A2", "daily_life", "housekeeping", "housekeeping", "1", "", "", "16", "", "lifting", "no",
     "no", "supporting"},
    {"A3", "daily_life", "haircut", "haircut", "2", "", "", "16", "", "", "no", "no", "supporting"},
    {"A4", "daily_life", "errands and shopping", "errands", "1", "", "", "16", "", "", "no", "no",
     "supporting"},
    {"A5", "daily_life", "meal at home", "cooking", "1", "health_certificate", "", "18", "", "",
     "no", "no", "supporting"},
    {"B1", "repair", "water pipes", "plumbing", "2", "", "", "18", "65", "", "no", "no",
     "supporting"},
    {"B2", "repair", "electricity", "electrical", "2", "electrician", "", "18", "60", "stairs",
     "yes", "no", "supporting"},
    {"B3", "repair", "household appliances", "appliances", "2", "", "", "18", "", "", "no", "no",
     "supporting"},
    {"B4", "repair", "locks", "locks", "2", "locksmith_registration", "", "18", "", "", "no", "no",
     "supporting"},
    {"B5", "repair", "safety at home (grab rails, gas hoses)", "home_safety", "2", "",
     "home_safety", "18", "65", "lifting", "yes", "no", "supporting"},
    {"C1", "health", "health check and advice", "health_check", "2", "medical_licence", "", "18",
     "", "", "no", "no", "governing"},
    {"C2", "health", "care and nursing", "nursing", "2", "care_certificate", "", "18", "65",
     "lifting", "no", "no", "supporting"},
    {"C3", "health", "company to the hospital", "hospital_company", "1", "", "", "18", "", "", "no",
     "no", "supporting"},
    {"C4", "health", "psychological counselling", "counselling", "3", "counsellor", "", "22", "",
     "", "no", "yes", "governing"},
    {"C5", "health", "daily telephone call", "telephone_care", "1", "", "telephone_care", "16", "",
     "", "no", "yes", "supporting"},
    {"D1", "learning", "tutoring", "tutoring", "2", "", "child_protection", "16", "", "", "no",
     "no", "supporting"},
    {"D2", "learning", "reading with children", "reading", "1", "", "child_protection", "16", "",
     "", "no", "no", "supporting"},
    {"D3", "learning", "smartphone and internet", "digital", "1", "", "", "14", "", "", "no", "no",
     "supporting"},
    {"D4", "learning", "job guidance", "job_guidance", "2", "", "", "22", "", "", "no", "yes",
     "supporting"},
    {"E1", "community", "mediation", "mediation", "3", "", "mediation", "25", "", "", "no", "no",
     "governing"},
    {"E2", "community", "legal advice", "law", "3", "legal_qualification", "", "22", "", "", "no",
     "yes", "governing"},
    {"E3", "community", "culture and leisure", "culture", "1", "", "", "14", "", "", "no", "no",
     "supporting"},
    {"E4", "community", "distribution of goods", "goods", "1", "", "", "16", "65", "lifting", "no",
     "no", "supporting"},
}};

}  // namespace

Table standard_catalogue() {
  Table table{.name = "catalogue", .columns = {}};
  const auto add = [&](std::string_view name, std::string_view StandardItem::*member) {
    TextColumn cells;
    for (const StandardItem& item : items) cells.push_back(item.*member);
    table.columns.push_back({std::string(name), std::move(cells), {}});
  };
  add("id", &StandardItem::id);
  add("group", &StandardItem::group);
  add("name", &StandardItem::name);
  add("skill", &StandardItem::skill);
  add("least_level", &StandardItem::least_level);
  add("credential", &StandardItem::credential);
  add("training", &StandardItem::training);
  add("min_age", &StandardItem::min_age);
  add("max_age", &StandardItem::max_age);
  add("health_demands", &StandardItem::health_demands);
  add("dangerous", &StandardItem::dangerous);
  add("remote", &StandardItem::remote);
  add("service_class", &StandardItem::service_class);
  return table;
}

}  // namespace jiedui
