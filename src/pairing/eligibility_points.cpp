#include <algorithm>

#include "eligibility.hpp"
#include "solver/line_threads.hpp"
#include "sorted_lists.hpp"
#include "term_points.hpp"

namespace jiedui {

void Eligibility::set_positions() {
  const std::size_t volunteers = volunteers_.id.size();
  const std::size_t needs = needs_.id.size();
  for (const TravelSpeed& speed : options_.travel) {
    checked_range(speed.metres_per_hour, 100, 1'000'000, "options.travel.metres_per_hour");
    checked_range(speed.start_seconds, 0, day_seconds, "options.travel.start_seconds");
  }
  resize_volunteers(volunteers);
  resize_needs(needs);
  each_block<4096>(static_cast<std::uint32_t>(volunteers), options_.threads, {},
                   [&](std::uint32_t v, std::uint32_t end) {
                     for (; v < end; ++v) set_position(v);
                   });
  for (std::uint32_t n = 0; n < needs; ++n) set_need_position(n);
}

void Eligibility::resize_volunteers(std::size_t volunteers) {
  volunteer_position_.resize(volunteers);
  volunteer_point_.resize(volunteers);
  volunteer_placed_.resize(volunteers, 0);
  reach_.resize(volunteers, -1);
}
void Eligibility::resize_needs(std::size_t needs) {
  need_position_.resize(needs);
  need_point_.resize(needs);
  need_placed_.resize(needs, 0);
  remote_.resize(needs, 0);
}

void Eligibility::set_position(std::uint32_t v) {
  const Position position = network_.position(VolunteerIndex{v});
  volunteer_position_[v] = position;
  volunteer_placed_[v] = position.has_value() ? 1 : 0;
  if (position.has_value()) volunteer_point_[v] = cartesian(position);
  constexpr std::int64_t everywhere = 20'000'000;
  const std::int32_t own_metres = volunteers_.reach_metres[v];
  std::int32_t minutes = volunteers_.reach_minutes[v];
  std::int64_t limit = own_metres == field::no_number ? everywhere : own_metres;
  // The 15-minute circle of mechanism N4 where the volunteer states nothing.
  if (own_metres == field::no_number && minutes == field::no_number) minutes = 15;
  if (minutes != field::no_number) {
    const TravelSpeed& speed =
        options_.travel[static_cast<std::size_t>(volunteers_.travel_mode[v])];
    const std::int64_t seconds = std::int64_t{minutes} * 60 - speed.start_seconds;
    limit = seconds < 0 ? -1 : std::min(limit, seconds * speed.metres_per_hour / 3600);
  }
  reach_[v] = limit;
}

void Eligibility::set_need_position(std::uint32_t n) {
  const Position position = network_.position(NeedIndex{n});
  need_position_[n] = position;
  need_placed_[n] = position.has_value() ? 1 : 0;
  if (position.has_value()) need_point_[n] = cartesian(position);
  const bool remote = items_.remote[needs_.item[n].value()] == YesNo::yes;
  remote_[n] = remote || !rules_.has(StandardRule::reach) ? 1 : 0;
}

void Eligibility::update_volunteer(std::uint32_t v) {
  const std::size_t volunteers = volunteers_.id.size();
  resize_volunteers(volunteers);
  experience_.resize(volunteers);
  add_times();
  set_position(v);
  experience_[v] = experience_since(volunteers_.registered_since[v], from_);
}

void Eligibility::update_need(std::uint32_t n) {
  resize_needs(needs_.id.size());
  add_times();
  set_need_position(n);
}

void Eligibility::set_bonds() {
  const Edges& edges = network_.edges();
  has_bond_.resize(beneficiaries_.id.size(), 0);
  for (std::uint32_t e = 0; e < edges.kind.size(); ++e) {
    const bool past = edges.ends[e] != field::no_date && edges.ends[e] < from_;
    const bool future = edges.starts[e] != field::no_date && edges.starts[e] > until_;
    if (edges.kind[e] != EdgeKind::bond || past || future) continue;
    const std::uint64_t volunteer = network_.edge_from(EdgeIndex{e}).index;
    const std::uint32_t beneficiary = network_.edge_to(EdgeIndex{e}).index;
    bonds_[(volunteer << 32U) | beneficiary] = 1;
    has_bond_[beneficiary] = 1;
  }
  for (std::size_t b = 0; b < beneficiaries_.id.size(); ++b)
    same_person_.push_back(
        network_.find(Entity::volunteer, beneficiaries_.id[b]).value_or(0xFFFF'FFFF));
}

void Eligibility::set_experience() {
  for (const Date since : volunteers_.registered_since)
    experience_.push_back(experience_since(since, from_));
}

std::int32_t Eligibility::experience_since(Date since, Date from) {
  const std::chrono::year_month_day now{from};
  const std::chrono::year_month_day start{since == field::no_date ? from : since};
  const int years = static_cast<int>(now.year()) - static_cast<int>(start.year()) -
                    (now.month() / now.day() < start.month() / start.day() ? 1 : 0);
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(years, 0, term_points::experience_years_most) *
      term_points::experience);
}

std::int32_t Eligibility::metres(std::uint32_t v, std::uint32_t n) const {
  if (volunteer_placed_[v] == 0 || need_placed_[n] == 0) return PairBlock::metres_unknown;
  return static_cast<std::int32_t>(distance(volunteer_point_[v], need_point_[n]).count());
}

std::int64_t Eligibility::nearness(TravelMode mode, std::int32_t metres) const {
  const TravelSpeed& speed = options_.travel[static_cast<std::size_t>(mode)];
  const std::int64_t seconds =
      speed.start_seconds + std::int64_t{metres} * 3600 / speed.metres_per_hour;
  return nearness_of(seconds);
}

std::int64_t Eligibility::nearness_of(std::int64_t seconds) {
  return std::max<std::int64_t>(term_points::nearness_most - seconds, 0);
}

std::int64_t Eligibility::term(StandardTerm term, std::uint32_t v, std::uint32_t n,
                               std::int32_t metres) const {
  const std::uint32_t item = needs_.item[n].value();
  const BeneficiaryIndex beneficiary = needs_.beneficiary[n];
  switch (term) {
    case StandardTerm::nearness: {
      if (metres == PairBlock::metres_unknown || items_.remote[item] == YesNo::yes) return 0;
      return is_by_road() ? nearness_of(travel_seconds(v, n))
                          : nearness(volunteers_.travel_mode[v], metres);
    }
    case StandardTerm::level: {
      const std::int32_t least = std::max(items_.least_level[item], needs_.least_level[n]);
      return (std::max(level_of(v, item), least) - least) * term_points::level;
    }
    case StandardTerm::experience:
      return experience_[v];
    case StandardTerm::continuity:
      return beneficiary.has_value() && has_bond_[beneficiary.value()] != 0 &&
                     bonds_.contains((std::uint64_t{v} << 32U) | beneficiary.value())
                 ? term_points::continuity
                 : 0;
    case StandardTerm::language:
      return beneficiary.has_value() && have_common(beneficiaries_.languages[beneficiary.value()],
                                                    volunteers_.languages[v])
                 ? term_points::language
                 : 0;
    case StandardTerm::own_organisation: {
      const ActivityIndex activity = needs_.activity[n];
      if (!activity.has_value() || !volunteers_.organisation[v].has_value()) return 0;
      const OrganisationIndex runs = network_.activities().organisation[activity.value()];
      return runs == volunteers_.organisation[v] ? term_points::own_organisation : 0;
    }
  }
  return 0;
}

std::vector<std::int32_t> Eligibility::metres(std::span<const VolunteerIndex> volunteers,
                                              std::uint32_t n) const {
  std::vector<std::int32_t> distances;
  distances.reserve(volunteers.size());
  for (const VolunteerIndex v : volunteers) distances.push_back(metres(v.value(), n));
  return distances;
}

void Eligibility::add_own_points(std::uint32_t n, std::span<const VolunteerIndex> volunteers,
                                 std::span<std::int64_t> points) const {
  if (terms_.own().empty() || volunteers.empty()) return;
  const std::vector<std::int32_t> distances = metres(volunteers, n);
  const PairBlock block{network_, NeedIndex{n}, volunteers, distances};
  std::vector<std::int64_t> own(volunteers.size());
  for (const PointTerms::Own& term : terms_.own()) {
    std::fill(own.begin(), own.end(), 0);
    term.block(block, own);
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (term.bounds && (own[i] < term.bounds->least || own[i] > term.bounds->most))
        throw Error({.code = "points_bound_broken",
                     .place = "term '" + term.code + "', volunteer " +
                              std::string(volunteers_.id[volunteers[i].value()]) + ", need " +
                              std::string(needs_.id[n]),
                     .message = "the term lies outside the bounds declared for it",
                     .allowed = std::to_string(term.bounds->least) + " to " +
                                std::to_string(term.bounds->most),
                     .way_out = "declare bounds that hold, or none"});
      points[i] = checked_range(
          checked_add(points[i], checked_multiply(term.weight, own[i], term.code), term.code),
          -solver::Instance::points_max, solver::Instance::points_max, term.code);
    }
  }
}

std::vector<std::int64_t> Eligibility::points(std::uint32_t n,
                                              std::span<const VolunteerIndex> volunteers) const {
  const std::vector<std::int32_t> distances = metres(volunteers, n);
  std::vector<std::int64_t> points(volunteers.size(), 0);
  for (std::size_t t = 0; t < standard_term_count; ++t) {
    const auto standard = static_cast<StandardTerm>(t);
    const std::int64_t weight = terms_.weight_of(standard);
    if (weight == 0) continue;
    for (std::size_t i = 0; i < points.size(); ++i)
      points[i] += weight * term(standard, volunteers[i].value(), n, distances[i]);
  }
  add_own_points(n, volunteers, points);
  return points;
}

}  // namespace jiedui
