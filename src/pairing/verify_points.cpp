#include "verify_points.hpp"

#include <algorithm>
#include <numeric>

namespace jiedui::verification {

namespace {

constexpr std::int64_t hour = 3600;
using enum StandardTerm;

std::int64_t positive_part(std::int64_t value) {
  return std::max<std::int64_t>(value, 0);
}
std::int64_t negative_part(std::int64_t value) {
  return std::min<std::int64_t>(value, 0);
}

}  // namespace

OwnPoints::OwnPoints(const Network& network, const Eligibility& definition)
    : network_(network),
      definition_(definition),
      volunteers_(network.volunteers()),
      needs_(network.needs()) {
  for (std::size_t term = 0; term < standard_term_count; ++term)
    weight_[term] = definition.terms().weight_of(static_cast<StandardTerm>(term));
  set_nearness();
  set_experience();
  set_bonds();
}

std::int64_t OwnPoints::nearness(std::size_t mode, std::int64_t metres) const {
  const TravelSpeed& speed = definition_.options().travel[mode];
  const std::int64_t seconds = speed.start_seconds + metres * hour / speed.metres_per_hour;
  return hour - std::min(seconds, hour);
}

void OwnPoints::set_nearness() {
  for (std::size_t mode = 0; mode < nearness_.size(); ++mode) {
    Nearness& of = nearness_[mode];
    const TravelSpeed& speed = definition_.options().travel[mode];
    // From this distance on the way takes an hour.
    const std::int64_t metres =
        positive_part(hour - speed.start_seconds) * speed.metres_per_hour / hour + 1;
    constexpr std::int64_t entries_max = 4096;
    while ((metres >> of.shift) >= entries_max) ++of.shift;
    for (std::int64_t i = 0; i <= metres >> of.shift; ++i)
      of.bound.push_back(positive_part(weight(StandardTerm::nearness)) *
                         nearness(mode, i << of.shift));
    const std::int64_t limit = (metres + 2) * Cartesian::units_per_metre;
    of.zero_from = limit * limit;
  }
}

void OwnPoints::set_experience() {
  const std::chrono::year_month_day now{definition_.from()};
  experience_.reserve(volunteers_.registered_since.size());
  for (const Date since : volunteers_.registered_since) {
    if (since == field::no_date) {
      experience_.push_back(0);
      continue;
    }
    const std::chrono::year_month_day begun{since};
    int years = static_cast<int>(now.year()) - static_cast<int>(begun.year());
    if (std::pair(now.month(), now.day()) < std::pair(begun.month(), begun.day())) --years;
    experience_.push_back(15 * std::clamp(years, 0, 10));
  }
}

void OwnPoints::set_bonds() {
  const Edges& edges = network_.edges();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bonds;
  for (std::uint32_t e = 0; e < edges.kind.size(); ++e) {
    if (edges.kind[e] != EdgeKind::bond) continue;
    const bool is_over = edges.ends[e] != field::no_date && edges.ends[e] < definition_.from();
    const bool is_to_come =
        edges.starts[e] != field::no_date && edges.starts[e] > definition_.until();
    if (!is_over && !is_to_come)
      bonds.emplace_back(network_.edge_to(EdgeIndex{e}).index,
                         network_.edge_from(EdgeIndex{e}).index);
  }
  std::sort(bonds.begin(), bonds.end());
  bonds.erase(std::unique(bonds.begin(), bonds.end()), bonds.end());
  bond_first_.assign(network_.beneficiaries().id.size() + 1, 0);
  for (const auto& [beneficiary, volunteer] : bonds) {
    ++bond_first_[beneficiary + 1];
    bonded_.push_back(volunteer);
  }
  std::partial_sum(bond_first_.begin(), bond_first_.end(), bond_first_.begin());
}

std::span<const std::uint32_t> OwnPoints::bonded_with(std::uint32_t line) const {
  const BeneficiaryIndex beneficiary = needs_.beneficiary[line];
  if (!beneficiary.has_value()) return {};
  const std::uint32_t first = bond_first_[beneficiary.value()];
  return std::span(bonded_).subspan(first, bond_first_[beneficiary.value() + 1] - first);
}

std::int32_t OwnPoints::least_level(std::uint32_t line) const {
  return std::max(network_.catalogue().least_level[needs_.item[line].value()],
                  needs_.least_level[line]);
}

bool OwnPoints::has_common_language(std::uint32_t v, std::uint32_t beneficiary) const {
  const auto spoken = volunteers_.languages[v];
  const auto wanted = network_.beneficiaries().languages[beneficiary];
  return std::find_first_of(spoken.begin(), spoken.end(), wanted.begin(), wanted.end()) !=
         spoken.end();
}

std::int64_t OwnPoints::points(std::uint32_t v, std::uint32_t line) const {
  const Items& items = network_.catalogue();
  const std::uint32_t item = needs_.item[line].value();
  std::int64_t sum = weight(experience) * experience_[v];

  if (items.remote[item] != YesNo::yes && definition_.has_position(false, v) &&
      definition_.has_position(true, line)) {
    const Metres way = distance(definition_.point(false, v), definition_.point(true, line));
    const auto mode = static_cast<std::size_t>(volunteers_.travel_mode[v]);
    sum += weight(StandardTerm::nearness) * nearness(mode, way.count());
  }
  const Symbol skill = items.skill[item];
  std::int32_t above = 0;
  if (skill.has_value())
    for (const SkillEntry& entry : volunteers_.skills[v])
      if (entry.skill == skill) above = std::max(above, entry.level - least_level(line));
  sum += weight(level) * 30 * above;

  const BeneficiaryIndex beneficiary = needs_.beneficiary[line];
  if (beneficiary.has_value()) {
    const auto bonded = bonded_with(line);
    if (std::binary_search(bonded.begin(), bonded.end(), v)) sum += weight(continuity) * 3600;
    if (has_common_language(v, beneficiary.value())) sum += weight(language) * 300;
  }
  const ActivityIndex activity = needs_.activity[line];
  const OrganisationIndex own = volunteers_.organisation[v];
  if (activity.has_value() && own.has_value() &&
      network_.activities().organisation[activity.value()] == own)
    sum += weight(own_organisation) * 300;
  return sum;
}

std::int64_t OwnPoints::fixed_points(std::uint32_t v, std::int32_t own_level) const {
  return weight(experience) * experience_[v] + weight(level) * 30 * (own_level - 1);
}

std::int64_t OwnPoints::level_offset(std::uint32_t line) const {
  return -weight(level) * 30 * (least_level(line) - 1);
}

std::int64_t OwnPoints::language_most() const {
  return positive_part(weight(language)) * 300;
}
std::int64_t OwnPoints::organisation_most() const {
  return positive_part(weight(own_organisation)) * 300;
}

std::pair<std::int64_t, std::int64_t> OwnPoints::range() const {
  std::pair<std::int64_t, std::int64_t> range{0, 0};
  const auto add = [&](std::int64_t weight, std::int64_t most) {
    range.first += negative_part(weight) * most;
    range.second += positive_part(weight) * most;
  };
  std::int64_t nearest = 0;
  for (std::size_t mode = 0; mode < nearness_.size(); ++mode)
    nearest = std::max(nearest, nearness(mode, 0));
  std::int32_t highest = 1;
  for (std::uint32_t list = 0; list < volunteers_.skills.distinct(); ++list)
    for (const SkillEntry& entry : volunteers_.skills.list(list))
      highest = std::max(highest, entry.level);
  std::int32_t asked = highest;
  for (std::uint32_t line = 0; line < needs_.id.size(); ++line)
    asked = std::min(asked, least_level(line));
  const auto has_any = [](const auto& references) {
    return std::any_of(references.begin(), references.end(),
                       [](const auto reference) { return reference.has_value(); });
  };
  add(weight(StandardTerm::nearness), nearest);
  add(weight(level), (highest - asked) * 30);
  if (!experience_.empty())
    add(weight(experience), *std::max_element(experience_.begin(), experience_.end()));
  if (!bonded_.empty()) add(weight(continuity), 3600);
  if (has_any(needs_.beneficiary)) add(weight(language), 300);
  if (has_any(needs_.activity)) add(weight(own_organisation), 300);
  return range;
}

}  // namespace jiedui::verification
