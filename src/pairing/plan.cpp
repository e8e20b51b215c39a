#include "jiedui/pairing/plan.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <sstream>

namespace jiedui {

namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& place) {
  throw Error({.code = "plan_invalid",
               .place = place,
               .message = what,
               .allowed = "",
               .way_out = "solve again, or restore the file from a copy"});
}

void check_tiers(const PlanData& data) {
  const auto pairs = static_cast<std::int64_t>(data.pairs.size());
  std::int64_t filled = 0;
  std::int32_t last = 0;
  for (const TierCount& count : data.tiers) {
    const bool sound = count.tier > last && count.tier <= solver::Instance::tiers_max &&
                       count.filled >= 0 && count.filled <= count.demand &&
                       count.filled <= pairs - filled;
    if (!sound) refuse("the counts of the tiers contradict each other", "tiers");
    filled += count.filled;
    last = count.tier;
  }
  if (filled != pairs) refuse("the counts of the tiers are not those of the pairs", "tiers");
}

/// Puts the volunteers short of pairs in order.
void check_unmet(std::vector<PlanData::Unmet>& unmet) {
  std::sort(unmet.begin(), unmet.end(),
            [](const auto& a, const auto& b) { return a.volunteer < b.volunteer; });
  for (std::size_t i = 0; i < unmet.size(); ++i) {
    if (unmet[i].volunteer.empty() || unmet[i].missing <= 0)
      refuse("a volunteer without an id, or who lacks no pairs, is listed", "unmet");
    if (i > 0 && unmet[i - 1].volunteer == unmet[i].volunteer)
      refuse("a volunteer is listed twice", "unmet");
  }
}

bool is_before(const PlanData::Entry& a, const PlanData::Entry& b) {
  return a.pair.need != b.pair.need ? a.pair.need < b.pair.need
                                    : a.pair.volunteer < b.pair.volunteer;
}

std::string percent(std::int64_t part, std::int64_t whole) {
  // Rounded down, so that 100 % is said only where nothing is missing.
  return whole == 0 ? "" : " (" + std::to_string(part * 100 / whole) + " %)";
}

Column column(std::string_view name, Column::Cells cells, std::vector<std::uint8_t> present = {}) {
  return {std::string(name), std::move(cells), std::move(present)};
}

}  // namespace

Plan::Plan() : data_(std::make_shared<PlanData>()) {}

Plan::Plan(PlanData data) {
  std::sort(data.pairs.begin(), data.pairs.end(), is_before);
  check_tiers(data);
  check_unmet(data.unmet);
  if (data.load_cost < 0) refuse("the cost of the load is negative", "load_cost");
  if (data.value > data.bound) refuse("the value exceeds the bound", "value");
  if (data.status == PlanStatus::optimal && data.value != data.bound)
    refuse("an optimal plan has a gap", "value");
  for (std::size_t i = 0; i < data.pairs.size(); ++i) {
    const PlannedPair& pair = data.pairs[i].pair;
    if (pair.volunteer.empty() || pair.need.empty())
      refuse("a pair lacks an id", "pair " + std::to_string(i));
    if (pair.begins.has_value() != pair.ends.has_value() ||
        (pair.begins && *pair.ends <= *pair.begins))
      refuse("a pair ends before it begins", "pair " + std::to_string(i));
    if (i > 0 && !is_before(data.pairs[i - 1], data.pairs[i]))
      refuse("a volunteer serves a need twice", "pair " + std::to_string(i));
  }
  data_ = std::make_shared<const PlanData>(std::move(data));
}

PlanStatus Plan::status() const {
  return data_->status;
}
std::size_t Plan::size() const {
  return data_->pairs.size();
}
const PlanData& Plan::data() const {
  return *data_;
}
const std::vector<TierCount>& Plan::tiers() const {
  return data_->tiers;
}
int128 Plan::value() const {
  return data_->value;
}
int128 Plan::bound() const {
  return data_->bound;
}
int128 Plan::gap() const {
  return data_->bound - data_->value;
}
const OptimalityProof& Plan::proof() const {
  return data_->proof;
}
const solver::Statistics& Plan::statistics() const {
  return data_->statistics;
}
const std::vector<std::string>& Plan::needs_without_slot() const {
  return data_->without_slot;
}
const std::vector<PlanData::Unmet>& Plan::unmet() const {
  return data_->unmet;
}
int128 Plan::load_cost() const {
  return data_->load_cost;
}

const PlannedPair& Plan::pair(std::size_t index) const {
  if (index >= size())
    throw Error({.code = "index_out_of_range",
                 .place = "plan",
                 .message = "there is no pair " + std::to_string(index),
                 .allowed = "0 to " + std::to_string(size()) + " (exclusive)",
                 .way_out = "see size()"});
  return data_->pairs[index].pair;
}

std::vector<PlannedPair> Plan::pairs() const {
  std::vector<PlannedPair> pairs;
  pairs.reserve(size());
  for (const PlanData::Entry& entry : data_->pairs) pairs.push_back(entry.pair);
  return pairs;
}

std::vector<PlannedPair> Plan::pairs_of_need(std::string_view id) const {
  std::vector<PlannedPair> pairs;
  auto entry = std::lower_bound(
      data_->pairs.begin(), data_->pairs.end(), id,
      [](const PlanData::Entry& a, std::string_view need) { return a.pair.need < need; });
  for (; entry != data_->pairs.end() && entry->pair.need == id; ++entry)
    pairs.push_back(entry->pair);
  return pairs;
}

std::vector<PlannedPair> Plan::pairs_of_volunteer(std::string_view id) const {
  std::vector<PlannedPair> pairs;
  for (const PlanData::Entry& entry : data_->pairs)
    if (entry.pair.volunteer == id) pairs.push_back(entry.pair);
  return pairs;
}

std::int64_t Plan::filled() const {
  return static_cast<std::int64_t>(size());
}

std::int64_t Plan::demand() const {
  std::int64_t demand = 0;
  for (const TierCount& count : tiers()) demand = checked_add(demand, count.demand, "demand");
  return demand;
}

int128 Plan::points() const {
  int128 sum = 0;
  for (const PlanData::Entry& entry : data_->pairs) sum += entry.pair.points.count();
  return sum;
}

std::string Plan::summary() const {
  std::ostringstream text;
  for (const TierCount& count : tiers())
    text << "tier " << count.tier << ": " << count.filled << " of " << count.demand
         << " demand units filled" << percent(count.filled, count.demand) << "\n";
  std::set<std::string_view> volunteers;
  std::vector<std::int64_t> metres;
  for (const PlanData::Entry& entry : data_->pairs) {
    volunteers.insert(entry.pair.volunteer);
    if (entry.pair.metres) metres.push_back(entry.pair.metres->count());
  }
  text << size() << " pairs, " << volunteers.size() << " volunteers, " << to_string(points())
       << " points";
  if (load_cost() != 0) text << " less " << to_string(load_cost()) << " for load";
  text << "\n";
  if (!metres.empty()) {
    std::sort(metres.begin(), metres.end());
    text << "metres: " << metres[(metres.size() - 1) / 2] << " in the middle, "
         << metres[(metres.size() - 1) * 95 / 100] << " at the 95th percentile\n";
  }
  if (!unmet().empty()) text << unmet().size() << " volunteers have less than their least pairs\n";
  if (!needs_without_slot().empty())
    text << needs_without_slot().size() << " needs fit no slot of the horizon\n";
  if (is_optimal())
    text << "optimal: no plan is better (bound = value = " << to_string(value()) << ")\n";
  else
    text << (status() == PlanStatus::bounded ? "within all limits: value " : "interrupted: value ")
         << to_string(value()) << ", no plan exceeds " << to_string(bound()) << "\n";
  return text.str();
}

Table Plan::table() const {
  TextColumn needs;
  TextColumn volunteers;
  TextColumn begins;
  TextColumn ends;
  std::vector<std::int64_t> points;
  std::vector<std::int64_t> metres;
  std::vector<std::int64_t> slots;
  std::vector<std::uint8_t> has_metres;
  std::vector<std::uint8_t> has_slot;
  DictionaryColumn pins;
  pins.texts.push_back("no");
  pins.texts.push_back("yes");
  for (const auto& [pair, slot, pinned] : data_->pairs) {
    needs.push_back(pair.need);
    volunteers.push_back(pair.volunteer);
    begins.push_back(pair.begins ? format(*pair.begins) : "");
    ends.push_back(pair.ends ? format(*pair.ends) : "");
    points.push_back(pair.points.count());
    metres.push_back(pair.metres ? pair.metres->count() : 0);
    has_metres.push_back(pair.metres ? 1 : 0);
    const bool slotted = slot != solver::Candidate::no_slot;
    slots.push_back(slotted ? slot : 0);
    has_slot.push_back(slotted ? 1 : 0);
    pins.codes.push_back(pinned ? 1 : 0);
  }
  Table table{.name = "plan", .columns = {}};
  table.columns.push_back(column("need", std::move(needs)));
  table.columns.push_back(column("volunteer", std::move(volunteers)));
  table.columns.push_back(column("points", std::move(points)));
  table.columns.push_back(column("metres", std::move(metres), std::move(has_metres)));
  table.columns.push_back(column("begins", std::move(begins)));
  table.columns.push_back(column("ends", std::move(ends)));
  table.columns.push_back(column("slot", std::move(slots), std::move(has_slot)));
  table.columns.push_back(column("pinned", std::move(pins)));
  return table;
}

bool operator==(const Plan& a, const Plan& b) {
  const PlanData& x = *a.data_;
  const PlanData& y = *b.data_;
  return x.status == y.status && x.pairs == y.pairs && x.tiers == y.tiers &&
         x.without_slot == y.without_slot && x.proof == y.proof && x.value == y.value &&
         x.bound == y.bound && x.unmet == y.unmet && x.load_cost == y.load_cost;
}

std::ostream& operator<<(std::ostream& out, const Plan& plan) {
  return out << plan.summary();
}

}  // namespace jiedui
