#pragma once

#include <string>
#include <vector>

#include "columns.hpp"
#include "geography.hpp"
#include "organisations.hpp"
#include "vocabulary.hpp"
#include "volunteers.hpp"

namespace made_town {

/// Households, beneficiaries, activities and what they ask for.
class Requests {
 public:
  Requests(const Options& options, const Map& map, const std::vector<Service>& services,
           const Organisations& organisations, const Volunteers& volunteers, Edges& edges);

  jiedui::Table take_households();
  jiedui::Table take_beneficiaries();
  jiedui::Table take_activities();
  jiedui::Table take_needs();

 private:
  struct Person {
    std::string id, gender;
    std::uint32_t community = 0;
    bool speaks_mandarin = true;
    bool signs = false;
    bool has_partner = false;  ///< a volunteer is paired with him already
  };
  struct Need {
    std::size_t service = 0;
    std::int64_t minutes = 60, demand = 1, tier = 4;
    const Person* person = nullptr;
    std::string activity;
    std::uint32_t community = 0;
    jiedui::Position position;
  };

  void add_household(Random& random);
  Person add_beneficiary(const Group& group, const std::string& household, std::uint32_t community,
                         Random& random);
  void add_activity(Random& random);
  void add_need(const Need& need, Random& random);
  void add_bond(Person& person, std::size_t service, Random& random);
  std::string windows(std::int64_t minutes, Random& random) const;
  std::size_t service_of(std::string_view item) const;
  std::int64_t missing() const {
    return options_.needs - static_cast<std::int64_t>(need_ids_.size());
  }

  const Options& options_;
  const Map& map_;
  const std::vector<Service>& services_;
  const Organisations& organisations_;
  const Volunteers& volunteers_;
  Edges& edges_;
  std::int64_t remote_per_thousand_;

  Ids household_id_, beneficiary_id_, activity_id_, need_id_;
  jiedui::TextColumn household_ids_;
  Words household_places_;
  Points household_positions_;

  jiedui::TextColumn beneficiary_ids_, beneficiary_households_;
  Words birth_years_, genders_, languages_, tags_;

  jiedui::TextColumn activity_ids_, activity_names_;
  Words activity_parents_, activity_organisations_, activity_places_, starts_, ends_;

  jiedui::TextColumn need_ids_, beneficiaries_, activities_, windows_;
  Words items_, places_, wished_languages_, wished_genders_, excluded_;
  Points positions_;
  Numbers minutes_, demands_, tiers_, least_levels_;
};

}  // namespace made_town
