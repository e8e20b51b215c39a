#pragma once

#include <optional>
#include <vector>

#include "columns.hpp"
#include "geography.hpp"
#include "organisations.hpp"
#include "vocabulary.hpp"

namespace made_town {

/// The volunteers of a town, and what the requests need to know of them.
class Volunteers {
 public:
  Volunteers(const Options& options, const Map& map, const std::vector<Service>& services,
             const Organisations& organisations, Edges& edges);

  std::string id(std::uint32_t volunteer) const { return ids_(volunteer); }
  /// Somebody of the community, with the skill of the service if a few looks find one.
  std::optional<std::uint32_t> find(std::uint32_t community, std::size_t service,
                                    Random& random) const;
  jiedui::Table take();

 private:
  void add(std::uint32_t volunteer, const Options& options, const Map& map,
           const Organisations& organisations, Edges& edges);
  void add_skills(const Profile& profile, const Options& options, bool is_short, Random& random);
  void add_person(const Profile& profile, std::string_view dialect, const Options& options,
                  Random& random);
  void add_time_and_travel(const Profile& profile, const Options& options, bool is_short,
                           Random& random);

  const std::vector<Service>& services_;
  Ids ids_;
  std::vector<std::uint32_t> skills_;                // one bit for each service
  std::vector<std::vector<std::uint32_t>> members_;  // by community

  jiedui::TextColumn id_cells_;
  Words organisation_, place_, skill_cells_, credentials_, training_, insured_until_, languages_,
      gender_, birth_year_, health_limits_, availability_, travel_mode_, registered_since_, tags_,
      channel_;
  Points position_;
  Numbers capacity_, reach_minutes_;
};

}  // namespace made_town
