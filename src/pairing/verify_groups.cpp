#include "verify_groups.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

namespace jiedui::verification {

void run_threads(int threads, const std::function<void(int)>& work) {
  std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(threads));
  const auto run = [&](int thread) {
    try {
      work(thread);
    } catch (...) {
      thrown[static_cast<std::size_t>(thread)] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads; ++thread) others.emplace_back(run, thread);
    run(0);
  }
  for (const std::exception_ptr& exception : thrown)
    if (exception) std::rethrow_exception(exception);
}

template <class Wide>
Groups<Wide>::Groups(const Input& input, const Eligibility& definition, const OwnPoints& points,
                     Key key, int threads)
    : input_(input),
      definition_(definition),
      points_(points),
      times_(input.market.network(), definition),
      key_(key),
      by_skill_(definition.rules().has(StandardRule::skill)) {
  const Volunteers& volunteers = input.market.network().volunteers();
  std::vector<Records> by_symbol(by_skill_ ? input.market.network().words().size() : 0);
  Records everybody;
  bool any_without_skill = false;
  for (std::uint32_t line = 0; line < input.lines(); ++line)
    any_without_skill |= !is_by_skill(line);
  for (std::uint32_t v = 0; v < input.volunteers(); ++v) {
    if (!input.is_open(v)) continue;
    const auto entries = volunteers.skills[v];
    std::int32_t highest = 1;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      highest = std::max(highest, entries[i].level);
      // Entries lie by skill, then level: the last one of a skill has the highest level.
      const bool is_last = i + 1 == entries.size() || entries[i + 1].skill != entries[i].skill;
      if (by_skill_ && is_last)
        add(by_symbol[entries[i].skill.value()], v, points.fixed_points(v, entries[i].level));
    }
    // Levels are not certain to suffice here, and count at least 0 where they do not.
    if (any_without_skill)
      add(everybody, v, std::max(points.fixed_points(v, highest), points.fixed_points(v, 1)));
  }
  by_symbol_.resize(by_symbol.size());
  std::vector<std::pair<std::vector<typename Tree::Record>*, Tree*>> jobs;
  const auto add_jobs = [&](Records& records, Group& group) {
    for (std::size_t kind = 0; kind < kinds; ++kind)
      if (!records[kind].empty()) jobs.emplace_back(&records[kind], &group[kind]);
  };
  add_jobs(everybody, everybody_);
  for (std::size_t symbol = 0; symbol < by_symbol.size(); ++symbol)
    add_jobs(by_symbol[symbol], by_symbol_[symbol]);
  std::sort(jobs.begin(), jobs.end(),
            [](const auto& a, const auto& b) { return a.first->size() > b.first->size(); });
  std::atomic<std::size_t> next = 0;
  run_threads(threads, [&](int) {
    for (std::size_t job = next++; job < jobs.size(); job = next++)
      *jobs[job].second = Tree(std::move(*jobs[job].first));
  });
}

template <class Wide>
void Groups<Wide>::add(Records& records, std::uint32_t v, std::int64_t points) const {
  typename Tree::Record record{.volunteer = v};
  std::size_t kind = placeless;
  if (definition_.has_position(false, v)) {
    kind = static_cast<std::size_t>(input_.market.network().volunteers().travel_mode[v]);
    record.point = definition_.point(false, v);
    const std::int64_t units = (definition_.reach(v) + 1) * Cartesian::units_per_metre;
    record.limit = units * units;
  }
  record.times = times_.of_volunteer(v);
  const Volunteers& volunteers = input_.market.network().volunteers();
  record.traits.languages = bits_of(volunteers.languages[v]);
  if (volunteers.organisation[v].has_value())
    record.traits.organisations = Traits::bit(volunteers.organisation[v].value());
  if (key_ != Key::none) record.key = static_cast<Wide>(points);
  if (key_ == Key::points_less_price) record.key -= static_cast<Wide>(input_.price[v]);
  records[kind].push_back(record);
}

template <class Wide>
std::uint64_t Groups<Wide>::bits_of(std::span<const Symbol> languages) {
  std::uint64_t bits = 0;
  for (const Symbol language : languages) bits |= Traits::bit(language.value());
  return bits;
}

template <class Wide>
Traits Groups<Wide>::traits_of_line(std::uint32_t line) const {
  const Network& network = input_.market.network();
  Traits traits;
  const BeneficiaryIndex beneficiary = network.needs().beneficiary[line];
  if (beneficiary.has_value())
    traits.languages = bits_of(network.beneficiaries().languages[beneficiary.value()]);
  const ActivityIndex activity = network.needs().activity[line];
  if (!activity.has_value()) return traits;
  const OrganisationIndex runs = network.activities().organisation[activity.value()];
  if (runs.has_value()) traits.organisations = Traits::bit(runs.value());
  return traits;
}

template <class Wide>
const typename Groups<Wide>::Group& Groups<Wide>::group_of(std::uint32_t line) const {
  return is_by_skill(line) ? by_symbol_[definition_.skill_of(line).value()] : everybody_;
}

template <class Wide>
typename Groups<Wide>::Tree::Query Groups<Wide>::query(std::uint32_t line) const {
  typename Tree::Query query;
  query.times = times_.of_line(line);
  query.has_reach = !definition_.ignores_reach(line);
  const Network& network = input_.market.network();
  const std::uint32_t item = network.needs().item[line].value();
  query.has_distance = definition_.has_position(true, line) &&
                       (query.has_reach || network.catalogue().remote[item] != YesNo::yes);
  if (query.has_distance) query.point = definition_.point(true, line);
  return query;
}

template <class Wide>
void Groups<Wide>::list(std::uint32_t line, std::vector<VolunteerIndex>& out) const {
  out.clear();
  typename Tree::Query query = this->query(line);
  if (query.has_reach && !query.has_distance) return;
  query.threshold = -1;  // all keys are 0
  const Group& group = group_of(line);
  const auto none = [](std::int64_t) { return Wide{0}; };
  const auto append = [&](std::uint32_t v) { out.emplace_back(v); };
  for (std::size_t kind = 0; kind < kinds; ++kind)
    if (kind != placeless || !query.has_reach) group[kind].each_above(query, 0, none, append);
  std::sort(out.begin(), out.end());
}

template <class Wide>
std::uint64_t Groups<Wide>::order_of(std::uint32_t line) const {
  const Symbol skill = definition_.skill_of(line);
  std::uint64_t order = skill.has_value() ? skill.value() + 1 : 0;
  if (!definition_.has_position(true, line)) return order << 36U;
  const Cartesian at = definition_.point(true, line);
  // Squares of 2^17 units, 2 km, in Morton order.
  const std::array<std::int32_t, 3> axes = {at.x, at.y, at.z};
  for (unsigned bit = 12; bit-- > 0;)
    for (const std::int32_t axis : axes)
      order = (order << 1U) |
              ((static_cast<std::uint32_t>(axis + (std::int32_t{1} << 29)) >> (17U + bit)) & 1U);
  return order;
}

template class Groups<std::int64_t>;
template class Groups<int128>;

}  // namespace jiedui::verification
