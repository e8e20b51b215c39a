#include "implied_source.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "term_points.hpp"

namespace jiedui {

namespace {

using solver::Offer;

bool is_better(const Offer& a, const Offer& b) {
  return a.points != b.points ? a.points > b.points : a.volunteer < b.volunteer;
}

}  // namespace

struct ImpliedSource::Scratch {
  /// A box of a group whose volunteers are not yet looked at.
  struct Open {
    std::int64_t most_points;
    std::uint32_t first_number;
    const VolunteerGroup* group;
    std::size_t level;  // of boxes below it; 0: it holds a VolunteerBlock
    std::size_t index;
    /// The best is looked at first; among equals the one with the least number.
    friend bool operator<(const Open& a, const Open& b) {
      return a.most_points != b.most_points ? a.most_points < b.most_points
                                            : a.first_number > b.first_number;
    }
  };
  Scratch(const MarketColumns& columns, SharedSlotSets& sets) : scan(columns, sets) {}
  LineScan scan;
  std::vector<Open> open;
  Ranking ranking;
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
                             std::span<const std::pair<std::uint32_t, std::uint32_t>> forbidden,
                             int threads)
    : eligibility_(eligibility),
      columns_(network, rules, terms, eligibility, forbidden, threads),
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
        check_(scratch.scan.check()),
        number_(line),
        count_(count),
        out_(out),
        item_(source.columns_.item(source.columns_.line(line).item)) {
    out_.clear();
    scratch_.pairs.clear();
    scratch_.open.clear();
    scratch_.scan.begin(line);
  }

  solver::Rest run() {
    const Line& line = check_.line();
    for (const std::uint32_t volunteer : check_.bonded())
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
    for (const VolunteerGroup& group : item_.groups) open(group, group.levels() - 1, 0);
    std::vector<Scratch::Open>& open_places = scratch_.open;
    while (!open_places.empty()) {
      const Scratch::Open next = open_places.front();
      if (ends_before(next.most_points, next.first_number)) {
        leave(next.most_points);
        return;
      }
      std::pop_heap(open_places.begin(), open_places.end());
      open_places.pop_back();
      if (next.level > 0)
        open(*next.group, next.level - 1, next.index);
      else
        look_at(next.group->blocks()[next.index]);
    }
  }

  void run_anywhere() {
    std::int64_t beside = check_.most_beside(~std::uint32_t{0}) + source_.own_most_;
    if (check_.line().counts_nearness)
      beside += std::max<std::int64_t>(source_.columns_.weight(StandardTerm::nearness), 0) *
                term_points::nearness_most;
    for (const VolunteerBlock& block : item_.everybody) {
      if (ends_before(block.points[0] + beside, block.number[0])) {
        leave(block.points[0] + beside);
        return;
      }
      look_at(block);
    }
  }

  /// Opens a BoxBlock.
  void open(const VolunteerGroup& group, std::size_t level, std::size_t index) {
    const BoxBlock& boxes = group.boxes(level, index);
    for (std::uint32_t bits = boxes.near(check_.line().point); bits != 0; bits &= bits - 1) {
      const auto i = static_cast<unsigned>(std::countr_zero(bits));
      const Summary box = boxes.box(i);
      const std::int64_t most =
          source_.own_most_ + check_.most_points(box.points, box.languages, group.mode(),
                                                 box.squared_distance(check_.line().point));
      scratch_.open.push_back({most, box.first_number, &group, level, index * lanes::count + i});
      std::push_heap(scratch_.open.begin(), scratch_.open.end());
    }
  }

  void look_at(const VolunteerBlock& block) {
    for (std::size_t i = 0; i < lanes::count; ++i)
      if (block.is_used(i) && !check_.is_bonded(block.number[i])) look_at(block.entry(i));
  }
  void look_at(const ItemVolunteer& who) {
    StandardPair pair;
    if (check_(who, pair)) take(pair);
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
  PairCheck& check_;
  std::uint32_t number_;
  std::size_t count_;
  std::vector<Offer>& out_;
  const ItemColumns& item_;
  solver::Rest rest_;
};

bool ImpliedSource::look_at_all(std::uint32_t line, LineScan& scan, std::size_t most) const {
  if (!columns_.has_narrow_points()) return false;
  scan.begin(line);
  if (scan.find_blocks() > most) return false;
  scan.look_at_all();
  return true;
}

solver::Rest ImpliedSource::best(std::uint32_t line, std::size_t count,
                                 std::vector<Offer>& out) const {
  const Borrowed borrowed(*this);
  Scratch& scratch = *borrowed;
  // To look at some thousands costs less than to be choosy.
  const std::size_t most =
      std::max<std::size_t>(8192, 16 * std::min(count, columns_.volunteer_count()));
  if (has_own_ || columns_.line(line).is_anywhere || !look_at_all(line, scratch.scan, most))
    return Search(*this, scratch, line, count, out).run();
  return choose_best(scratch, count, out);
}

solver::Rest ImpliedSource::choose_best(Scratch& scratch, std::size_t count,
                                        std::vector<Offer>& out) const {
  LineScan& scan = scratch.scan;
  scratch.ranking.rank(scan.points(), scan.volunteers(), count);
  const std::span<const Ranking::Ranked> best = scratch.ranking.best();
  out.clear();
  for (const Ranking::Ranked& one : best.first(std::min(count, best.size())))
    out.push_back({scan.volunteers()[one.index], scan.slots(one.index), scan.points()[one.index]});
  if (best.size() <= count) return {};
  return {true, scan.points()[best[count].index]};
}

template <class Use>
void ImpliedSource::each_pair(std::uint32_t number, LineScan& scan, Use&& use) const {
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  if (look_at_all(number, scan, all)) {
    for (std::size_t i = 0; i < scan.size(); ++i)
      use(StandardPair{scan.volunteers()[i], scan.slots(i), scan.points()[i]});
    return;
  }
  scan.begin(number);
  const Line& line = scan.check().line();
  const ItemColumns& item = columns_.item(line.item);
  const auto look_at = [&](const VolunteerBlock& block) {
    StandardPair pair;
    for (std::size_t i = 0; i < lanes::count; ++i)
      if (block.is_used(i) && scan.check()(block.entry(i), pair)) use(pair);
  };
  if (line.is_anywhere)
    std::for_each(item.everybody.begin(), item.everybody.end(), look_at);
  else if (line.is_placed)
    for (const VolunteerGroup& group : item.groups)
      std::for_each(group.blocks().begin(), group.blocks().end(), look_at);
}

ImpliedSource::Sum ImpliedSource::plain_pass(std::uint32_t begin, std::uint32_t end) const {
  const Borrowed borrowed(*this);
  LineScan& scan = (*borrowed).scan;
  Sum sum;
  for (std::uint32_t line = begin; line < end; ++line) {
    if (look_at_all(line, scan, std::numeric_limits<std::size_t>::max())) {
      sum.pairs += static_cast<std::int64_t>(scan.size());
      for (const std::int32_t points : scan.points()) sum.points += points;
    } else {
      each_pair(line, scan, [&](const StandardPair& pair) {
        ++sum.pairs;
        sum.points += pair.points;
      });
    }
  }
  return sum;
}

std::int64_t ImpliedSource::pair_count(std::uint32_t begin, std::uint32_t end) const {
  if (!has_own_) return plain_pass(begin, end).pairs;
  std::int64_t pairs = 0;
  std::vector<Offer> offers;
  for (std::uint32_t line = begin; line < end; ++line) {
    all(line, offers);
    pairs += static_cast<std::int64_t>(offers.size());
  }
  return pairs;
}

void ImpliedSource::all(std::uint32_t line, std::vector<Offer>& out) const {
  const Borrowed borrowed(*this);
  Scratch& scratch = *borrowed;
  scratch.pairs.clear();
  each_pair(line, scratch.scan, [&](const StandardPair& pair) { scratch.pairs.push_back(pair); });
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
      scratch.scan.check().begin(line, true);
      if (!scratch.scan.check()(*who, pair)) return;
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
