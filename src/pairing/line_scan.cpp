#include "line_scan.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace jiedui {

using lanes::HalfDoubles;
using lanes::HalfInts;
using lanes::Ints;

/// What a line asks for, as its blocks are compared with it.
struct LineScan::Asked {
  explicit Asked(const MarketColumns& columns, const PairCheck& check) : line(check.line()) {
    const auto narrow = [](std::int64_t weight) { return static_cast<std::int32_t>(weight); };
    language_points = line.languages == 0 ? 0 : narrow(check.weights.language);
    organisation_points = line.organisation == Line::none ? 0 : narrow(check.weights.organisation);
    level_points = narrow(check.weights.level);
    item_level = columns.least_level(line.item);
    must_have_level = columns.must_have_level(line);
    is_special = line.wished_language != 0 || line.gender != 0 || line.least_level != 0;
  }
  const Line& line;
  std::int32_t language_points = 0, organisation_points = 0, level_points = 0, item_level = 0;
  bool must_have_level = false;
  bool is_special = false;

  /// Those who have what few lines ask for; adds to the points.
  std::uint32_t special(const VolunteerBlock& block, Ints& points) const {
    Ints traits, languages;
    lanes::load(traits, block.traits.data());
    Ints holds = ~Ints{};
    if (line.gender != 0)
      holds &= ((traits >> static_cast<std::int32_t>(VolunteerBlock::gender_shift)) & 0xFF) ==
               std::int32_t{line.gender};
    if (line.wished_language != 0) {
      lanes::load(languages, block.languages.data());
      holds &= (languages & std::bit_cast<std::int32_t>(line.wished_language)) != 0;
    }
    if (line.least_level != 0) {
      const Ints level = traits & 0xFF;
      if (must_have_level) holds &= level >= std::int32_t{line.least_level};
      const Ints above = level - std::int32_t{line.least_level};
      const Ints above_item = level - item_level;
      points +=
          level_points * ((above > 0 ? above : Ints{}) - (above_item > 0 ? above_item : Ints{}));
    }
    return lanes::bits(holds);
  }
};

namespace {

/// Those of the block within whose reach the point is; writes the squares of the distances.
inline std::uint32_t within_reach(const VolunteerBlock& block, Cartesian point,
                                  lanes::Column<double>& squared) {
  // Doubles hold whole numbers up to 2^53: squares below that of a limit, which is at most 2^50,
  // are exact, and greater ones are not rounded below it.
  std::uint32_t near = 0;
  for (std::size_t half = 0; half < lanes::count; half += lanes::count / 2) {
    HalfInts values;
    HalfDoubles gap, sum{};
    const auto add = [&](const lanes::Column<std::int32_t>& of, std::int32_t at) {
      lanes::load(values, of.data() + half);
      lanes::convert(gap, values - at);
      sum += gap * gap;
    };
    add(block.x, point.x);
    add(block.y, point.y);
    add(block.z, point.z);
    lanes::load(values, block.limit.data() + half);
    lanes::convert(gap, values);
    near |= lanes::less(sum, gap * gap) << half;
    lanes::store(sum, squared.data() + half);
  }
  return near;
}

}  // namespace

void LineScan::begin(std::uint32_t line) {
  check_.begin(line);
  is_plain_ = columns_->has_plain_languages(check_.line());
  size_ = 0;
}

void LineScan::reserve(std::size_t more) {
  const std::size_t room = size_ + more + lanes::count;
  if (points_.size() >= room) return;
  points_.resize(2 * room);
  numbers_.resize(2 * room);
  times_.resize(2 * room);
  squared_.resize(2 * room);
}

std::size_t LineScan::find_blocks() {
  runs_.clear();
  blocks_.size = 0;
  const Line& line = check_.line();
  if (!line.is_placed) return 0;
  for (const VolunteerGroup& group : columns_->item(line.item).groups) {
    const std::size_t begin = blocks_.size;
    group.append_blocks_near(line.point, blocks_);
    if (blocks_.size > begin) runs_.push_back({&group, begin, blocks_.size});
  }
  return blocks_.size * lanes::count;
}

void LineScan::look_at_all() {
  const Line& line = check_.line();
  if (line.is_anywhere) {
    const std::vector<VolunteerBlock>& everybody = columns_->item(line.item).everybody;
    for (auto i = static_cast<std::uint32_t>(all_blocks_.size()); i < everybody.size(); ++i)
      all_blocks_.push_back(i);
    const auto blocks = std::span(all_blocks_).first(everybody.size());
    reserve(blocks.size() * lanes::count);
    // Modes are mixed here, and nearness counts only where the rule of reach is left out.
    if (!is_plain_ || line.counts_nearness) return append_slowly(everybody, blocks);
    append_near<true>(everybody, blocks);
    finish(0, 0);
    return;
  }
  reserve(blocks_.size * lanes::count);
  for (auto run = runs_.begin(); run != runs_.end();) {
    const std::size_t begin = size_;
    const std::uint8_t mode = run->group->mode();
    for (; run != runs_.end() && run->group->mode() == mode && is_quick(*run->group); ++run)
      append_near<false>(run->group->blocks(), blocks_of(*run));
    finish(begin, mode);
    for (; run != runs_.end() && !is_quick(*run->group); ++run)
      append_slowly(run->group->blocks(), blocks_of(*run));
  }
}

void LineScan::finish(std::size_t begin, std::uint8_t mode) {
  keep_free(begin);
  if (check_.line().counts_nearness) add_nearness(begin, columns_->nearness_by_metres(mode));
  settle_barred_and_bonded(begin);
}

template <bool is_anywhere>
void LineScan::append_near(std::span<const VolunteerBlock> all,
                           std::span<const std::uint32_t> blocks) {
  const Asked asked(*columns_, check_);
  const Cartesian at = asked.line.point;
  const auto languages = std::bit_cast<std::int32_t>(asked.line.languages);
  const auto organisation = std::bit_cast<std::int32_t>(asked.line.organisation);
  std::size_t size = size_;
  for (const std::uint32_t number : blocks) {
    const VolunteerBlock& block = all[number];
    lanes::Column<double> squared;
    std::uint32_t chosen = 0;
    Ints points, column;
    if constexpr (is_anywhere) {
      lanes::load(column, block.traits.data());
      chosen = lanes::bits(column != 0);
    } else {
      chosen = within_reach(block, at, squared);
    }
    lanes::load(points, block.points.data());
    lanes::load(column, block.languages.data());
    points += ((column & languages) != 0) & asked.language_points;
    lanes::load(column, block.organisation.data());
    points += (column == organisation) & asked.organisation_points;
    if (asked.is_special) chosen &= asked.special(block, points);
    lanes::Column<std::int32_t> sums;
    lanes::store(points, sums.data());
    if constexpr (!is_anywhere) lanes::append(squared_.data() + size, squared.data(), chosen);
    lanes::append(points_.data() + size, sums.data(), chosen);
    lanes::append(numbers_.data() + size, block.number.data(), chosen);
    lanes::append(times_.data() + size, block.time.data(), chosen);
    size += static_cast<unsigned>(std::popcount(chosen));
  }
  size_ = size;
}

void LineScan::append_slowly(std::span<const VolunteerBlock> all,
                             std::span<const std::uint32_t> blocks) {
  StandardPair pair;
  for (const std::uint32_t number : blocks)
    for (std::size_t i = 0; i < lanes::count; ++i) {
      if (!all[number].is_used(i)) continue;
      const ItemVolunteer who = all[number].entry(i);
      if (!check_(who, pair)) continue;
      points_[size_] = static_cast<std::int32_t>(pair.points);
      numbers_[size_] = pair.volunteer;
      times_[size_++] = who.time;
    }
}

void LineScan::keep_free(std::size_t begin) {
  const std::span<const std::uint32_t> times(times_.data() + begin, size_ - begin);
  const std::span<const std::int32_t> is_free = check_.times().is_free(times);
  std::fill_n(times_.data() + size_, lanes::count, 0U);  // what an earlier line left
  std::size_t kept = begin;
  for (std::size_t i = begin; i < size_; i += lanes::count) {
    const std::size_t used = std::min(lanes::count, size_ - i);
    Ints time, free;
    lanes::load(time, times_.data() + i);
    lanes::look_up(free, is_free.data(), time);
    const std::uint32_t chosen = lanes::bits(free) & ((2U << (used - 1)) - 1U);
    lanes::append(squared_.data() + kept, squared_.data() + i, chosen);
    lanes::append(points_.data() + kept, points_.data() + i, chosen);
    lanes::append(numbers_.data() + kept, numbers_.data() + i, chosen);
    lanes::append(times_.data() + kept, times_.data() + i, chosen);
    kept += static_cast<unsigned>(std::popcount(chosen));
  }
  size_ = kept;
}

void LineScan::add_nearness(std::size_t begin, std::span<const std::int32_t> table) {
  const auto weight = static_cast<std::int32_t>(check_.weights.nearness);
  const auto last = static_cast<std::int32_t>(table.size() - 1);  // 0 from there on
  std::fill_n(points_.data() + size_, lanes::count, 0);
  for (std::size_t i = begin; i < size_; i += lanes::count) {
    lanes::Column<std::int32_t> roots;
    for (std::size_t half = 0; half < lanes::count; half += lanes::count / 2) {
      HalfDoubles squared;
      HalfInts root;
      lanes::load(squared, squared_.data() + i + half);
      lanes::whole_roots(root, squared);
      lanes::store(root, roots.data() + half);
    }
    Ints metres, nearness, points;
    lanes::load(metres, roots.data());
    metres >>= std::countr_zero(static_cast<std::uint32_t>(Cartesian::units_per_metre));
    metres = metres < last ? metres : last + Ints{};
    lanes::look_up(nearness, table.data(), metres);
    lanes::load(points, points_.data() + i);
    points += nearness * weight;
    lanes::store(points, points_.data() + i);
  }
}

void LineScan::settle_barred_and_bonded(std::size_t begin) {
  for (const std::uint32_t volunteer : check_.barred())
    for (std::size_t i = begin; i < size_; ++i)
      if (numbers_[i] == volunteer) {
        --size_;
        points_[i] = points_[size_];
        numbers_[i] = numbers_[size_];
        times_[i] = times_[size_];
        break;
      }
  for (const std::uint32_t volunteer : check_.bonded())
    for (std::size_t i = begin; i < size_; ++i)
      if (numbers_[i] == volunteer)
        points_[i] += static_cast<std::int32_t>(check_.weights.continuity);
}

}  // namespace jiedui
