#include "implied_source.hpp"

#include <algorithm>

namespace jiedui {

namespace {

using solver::Offer;

bool is_better(const Offer& a, const Offer& b) {
  return a.points != b.points ? a.points > b.points : a.volunteer < b.volunteer;
}

}  // namespace

struct ImpliedSource::Scratch {
  using Place = decltype(ItemColumns::Group::tree)::Place;
  struct Open {
    std::int64_t most_points;
    std::uint32_t first_number;
    std::uint32_t group;
    Place place;
    std::size_t begin;     // in a leaf: the first entry not yet looked at
    std::int64_t squared;  // least distance
    /// The best is looked at first; among equals the one with the least number.
    friend bool operator<(const Open& a, const Open& b) {
      return a.most_points != b.most_points ? a.most_points < b.most_points
                                            : a.first_number > b.first_number;
    }
  };
  Scratch(const MarketColumns& columns, SharedSlotSets& sets) : check(columns, sets) {}
  PairCheck check;
  std::vector<Open> open;
  std::vector<StandardPair> pairs;
  std::vector<std::uint32_t> items;
  std::vector<VolunteerIndex> rows;
  std::vector<std::uint8_t> fits;
  std::vector<std::int64_t> points;
};

class ImpliedSource::Borrowed {
 public:
  explicit Borrowed(const ImpliedSource& source) : source_(source) {
    const std::lock_guard lock(source.mutex_);
    if (!source.idle_.empty()) {
      scratch_ = std::move(source.idle_.back());
      source.idle_.pop_back();
    }
    if (!scratch_) scratch_ = std::make_unique<Scratch>(source.columns_, source.sets_);
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() {
    const std::lock_guard lock(source_.mutex_);
    source_.idle_.push_back(std::move(scratch_));
  }
  Scratch& operator*() const { return *scratch_; }

 private:
  const ImpliedSource& source_;
  std::unique_ptr<Scratch> scratch_;
};

ImpliedSource::ImpliedSource(const Network& network, const Rules& rules, const PointTerms& terms,
                             const Eligibility& eligibility,
                             std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden)
    : eligibility_(eligibility),
      columns_(network, rules, terms, eligibility, forbidden),
      has_own_(!rules.own().empty() || !terms.own().empty()) {
  const TermBounds standard = terms.standard_bounds();
  const TermBounds own = terms.own_bounds().value_or(TermBounds{});
  own_most_ = own.most;
  constexpr std::int64_t most = solver::Limits::points_max;
  range_ = {std::max(standard.least + own.least, -most), std::min(standard.most + own.most, most)};
}

ImpliedSource::~ImpliedSource() = default;

/// The search for the best candidates of one line.
class ImpliedSource::Search {
 public:
  Search(const ImpliedSource& source, Scratch& scratch, std::uint32_t line, std::size_t count,
         std::vector<Offer>& out)
      : source_(source),
        scratch_(scratch),
        number_(line),
        count_(count),
        out_(out),
        item_(source.columns_.item(source.columns_.line(line).item)) {
    out_.clear();
    scratch_.pairs.clear();
    scratch_.open.clear();
    scratch_.check.begin(line);
  }

  solver::Rest run() {
    const Line& line = scratch_.check.line();
    for (const std::uint32_t volunteer : scratch_.check.bonded())
      if (const auto who = source_.columns_.entry(volunteer, line.item)) look_at(*who);
    if (line.is_anywhere)
      run_anywhere();
    else if (line.is_placed)
      run_within_reach();
    flush();
    std::sort(out_.begin(), out_.end(), is_better);
    return rest_;
  }

 private:
  void run_within_reach() {
    for (std::uint32_t group = 0; group < item_.groups.size(); ++group)
      open(group, item_.groups[group].tree.root());
    std::vector<Scratch::Open>& open_places = scratch_.open;
    while (!open_places.empty()) {
      const Scratch::Open next = open_places.front();
      if (ends_before(next.most_points, next.first_number)) {
        leave(next.most_points);
        return;
      }
      std::pop_heap(open_places.begin(), open_places.end());
      open_places.pop_back();
      const ItemColumns::Group& group = item_.groups[next.group];
      if (next.place.level > 0) {
        group.tree.each_child(next.place, [&](Scratch::Place child) { open(next.group, child); });
        continue;
      }
      const std::size_t end_of_leaf = group.tree.end_of(next.place);
      const std::size_t end = std::min(next.begin + ItemColumns::Group::step, end_of_leaf);
      scratch_.check.each(group, next.begin, [&](const StandardPair& pair) {
        if (!scratch_.check.is_bonded(pair.volunteer)) take(pair);
      });
      if (end < end_of_leaf) open_leaf(next.group, next.place, end, next.squared);
    }
  }

  void run_anywhere() {
    PairCheck& check = scratch_.check;
    std::int64_t beside = check.most_beside(~std::uint32_t{0}) + source_.own_most_;
    if (check.line().counts_nearness)
      beside += std::max<std::int64_t>(source_.columns_.weight(StandardTerm::nearness), 0) * 1000;
    for (const ItemVolunteer& who : item_.everybody) {
      if (ends_before(who.points + beside, who.number)) {
        leave(who.points + beside);
        return;
      }
      if (!check.is_bonded(who.number)) look_at(who);
    }
  }

  void open(std::uint32_t number, Scratch::Place place) {
    const auto& tree = item_.groups[number].tree;
    const Summary& summary = tree.summary(place);
    const std::int64_t squared = summary.squared_distance(scratch_.check.line().point);
    if (squared >= std::int64_t{summary.limit} * summary.limit) return;
    if (place.level == 0)
      open_leaf(number, place, tree.begin_of(place), squared);
    else
      push(number, place, 0, summary.points, summary.first_number, squared);
  }
  void open_leaf(std::uint32_t number, Scratch::Place leaf, std::size_t begin,
                 std::int64_t squared) {
    const ItemColumns::Group& group = item_.groups[number];
    push(number, leaf, begin, group.tree.entries()[begin].points,
         group.least_number[begin / ItemColumns::Group::step], squared);
  }
  void push(std::uint32_t number, Scratch::Place place, std::size_t begin, std::int32_t points,
            std::uint32_t first_number, std::int64_t squared) {
    const ItemColumns::Group& group = item_.groups[number];
    const std::int64_t most =
        source_.own_most_ + scratch_.check.most_points(points, group.tree.summary(place).languages,
                                                       group.mode, squared);
    scratch_.open.push_back({most, first_number, number, place, begin, squared});
    std::push_heap(scratch_.open.begin(), scratch_.open.end());
  }

  void look_at(const ItemVolunteer& who) {
    StandardPair pair;
    if (scratch_.check(who, pair)) take(pair);
  }

  void take(const StandardPair& pair) {
    if (!source_.has_own_) {
      offer(pair);
      return;
    }
    // The user's functions work on blocks.
    constexpr std::size_t block = 256;
    scratch_.pairs.push_back(pair);
    if (scratch_.pairs.size() == block) flush();
  }

  void flush() {
    if (scratch_.pairs.empty()) return;
    source_.apply_own(number_, scratch_.pairs, scratch_);
    for (const StandardPair& pair : scratch_.pairs) offer(pair);
    scratch_.pairs.clear();
  }

  void offer(const StandardPair& pair) {
    const Offer offer{pair.volunteer, pair.slots, pair.points};
    if (out_.size() == count_) {
      if (count_ == 0 || !is_better(offer, out_.front())) {
        leave(offer.points);
        return;
      }
      std::pop_heap(out_.begin(), out_.end(), is_better);
      leave(out_.back().points);
      out_.pop_back();
    }
    out_.push_back(offer);
    std::push_heap(out_.begin(), out_.end(), is_better);
  }

  /// Whether nobody with these points at most, and with this number at least, is among the best.
  bool ends_before(std::int64_t most_points, std::uint32_t first_number) {
    if (out_.size() + scratch_.pairs.size() < count_) return false;
    flush();
    if (out_.size() < count_) return false;
    if (count_ == 0) return true;
    const Offer& last = out_.front();
    return most_points < last.points ||
           (most_points == last.points && first_number > last.volunteer);
  }

  void leave(std::int64_t most_points) {
    rest_ = {true, rest_.any ? std::max(rest_.points_max, most_points) : most_points};
  }

  const ImpliedSource& source_;
  Scratch& scratch_;
  std::uint32_t number_;
  std::size_t count_;
  std::vector<Offer>& out_;
  const ItemColumns& item_;
  solver::Rest rest_;
};

solver::Rest ImpliedSource::best(std::uint32_t line, std::size_t count,
                                 std::vector<Offer>& out) const {
  const Borrowed scratch(*this);
  return Search(*this, *scratch, line, count, out).run();
}

template <class Use>
void ImpliedSource::each_pair(std::uint32_t number, PairCheck& check, Use&& use) const {
  check.begin(number);
  const Line& line = check.line();
  const ItemColumns& item = columns_.item(line.item);
  if (line.is_anywhere) {
    StandardPair pair;
    for (const ItemVolunteer& who : item.everybody)
      if (check(who, pair)) use(pair);
  } else if (line.is_placed) {
    for (const ItemColumns::Group& group : item.groups)
      group.tree.visit(
          [&](const Summary& summary) {
            return summary.squared_distance(line.point) <
                   std::int64_t{summary.limit} * summary.limit;
          },
          [&](std::size_t begin, std::size_t end) {
            for (; begin < end; begin += ItemColumns::Group::step) check.each(group, begin, use);
          });
  }
}

ImpliedSource::Sum ImpliedSource::plain_pass(std::uint32_t begin, std::uint32_t end) const {
  const Borrowed scratch(*this);
  Sum sum;
  for (std::uint32_t line = begin; line < end; ++line)
    each_pair(line, (*scratch).check, [&](const StandardPair& pair) {
      ++sum.pairs;
      sum.points += pair.points;
    });
  return sum;
}

void ImpliedSource::all(std::uint32_t line, std::vector<Offer>& out) const {
  const Borrowed borrowed(*this);
  Scratch& scratch = *borrowed;
  scratch.pairs.clear();
  each_pair(line, scratch.check, [&](const StandardPair& pair) { scratch.pairs.push_back(pair); });
  if (has_own_) apply_own(line, scratch.pairs, scratch);
  out.clear();
  for (const StandardPair& pair : scratch.pairs)
    out.push_back({pair.volunteer, pair.slots, pair.points});
}

void ImpliedSource::apply_own(std::uint32_t line, std::vector<StandardPair>& pairs,
                              Scratch& scratch) const {
  scratch.rows.clear();
  for (const StandardPair& pair : pairs)
    scratch.rows.emplace_back(columns_.volunteers().row(pair.volunteer));
  const std::uint32_t row = columns_.lines().row(line);
  eligibility_.fits_own_rules(row, scratch.rows, scratch.fits);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (scratch.fits[i] != 0) {
      pairs[kept] = pairs[i];
      scratch.rows[kept++] = scratch.rows[i];
    }
  pairs.resize(kept);
  scratch.rows.resize(kept);
  scratch.points.assign(kept, 0);
  for (std::size_t i = 0; i < kept; ++i) scratch.points[i] = pairs[i].points;
  eligibility_.add_own_points(row, scratch.rows, scratch.points);
  for (std::size_t i = 0; i < kept; ++i) pairs[i].points = scratch.points[i];
}

void ImpliedSource::requests_of(std::uint32_t volunteer, std::vector<solver::Request>& out) const {
  const Borrowed borrowed(*this);
  Scratch& scratch = *borrowed;
  out.clear();
  columns_.items_of(volunteer, scratch.items);
  for (const std::uint32_t number : scratch.items) {
    const auto who = columns_.entry(volunteer, number);
    if (!who) continue;
    const auto look_at = [&](std::uint32_t line) {
      StandardPair pair;
      scratch.check.begin(line);
      if (!scratch.check(*who, pair)) return;
      scratch.pairs.assign(1, pair);
      if (has_own_) apply_own(line, scratch.pairs, scratch);
      if (!scratch.pairs.empty()) out.push_back({line, pair.slots, scratch.pairs.front().points});
    };
    const ItemColumns& item = columns_.item(number);
    for (const std::uint32_t line : item.lines_anywhere) look_at(line);
    const std::int64_t limit = std::int64_t{who->limit} * who->limit;
    item.lines.visit(
        [&](const Summary& summary) { return summary.squared_distance(who->point) < limit; },
        [&](std::size_t begin, std::size_t end) {
          for (const LineEntry& line : item.lines.entries().subspan(begin, end - begin))
            if (squared_distance(line.point, who->point) < limit) look_at(line.number);
        });
  }
  std::sort(out.begin(), out.end(),
            [](const solver::Request& a, const solver::Request& b) { return a.line < b.line; });
}

}  // namespace jiedui
