#include "volunteer_group.hpp"

namespace jiedui {

namespace {

/// The boxes around each sixteen.
template <class SummaryOf>
std::vector<Summary> boxes_around(std::size_t count, SummaryOf&& summary_of) {
  std::vector<Summary> boxes;
  for (std::size_t i = 0; i < count; ++i)
    if (i % lanes::count == 0)
      boxes.push_back(summary_of(i));
    else
      boxes.back().include(summary_of(i));
  return boxes;
}

}  // namespace

void BoxBlock::set(std::size_t i, const Summary& box) {
  low_x[i] = box.low.x;
  low_y[i] = box.low.y;
  low_z[i] = box.low.z;
  high_x[i] = box.high.x;
  high_y[i] = box.high.y;
  high_z[i] = box.high.z;
  limit[i] = box.limit;
  points[i] = box.points;
  languages[i] = box.languages;
  first_number[i] = box.first_number;
}

std::uint32_t BoxBlock::near(Cartesian point) const {
  using lanes::Floats;
  using lanes::Ints;
  Floats squared{};
  const auto add = [&](const auto& low, const auto& high, std::int32_t at) {
    Ints least, most;
    lanes::load(least, low.data());
    lanes::load(most, high.data());
    const Ints below = least - at;
    const Ints above = at - most;
    Ints gap = below > above ? below : above;
    gap = gap > 0 ? gap : Ints{};
    const Floats wide = __builtin_convertvector(gap, Floats);
    squared += wide * wide;
  };
  add(low_x, high_x, point.x);
  add(low_y, high_y, point.y);
  add(low_z, high_z, point.z);
  Ints limits;
  lanes::load(limits, limit.data());
  const Floats most = __builtin_convertvector(limits, Floats);
  // What rounding may change is far below a part in 10^5: no box within reach is left out.
  constexpr float wider = 1.00001F;
  return lanes::bits(squared < most * most * wider);
}

ItemVolunteer VolunteerBlock::entry(std::size_t i) const {
  const auto trait = [&](unsigned shift) { return static_cast<std::uint8_t>(traits[i] >> shift); };
  return {.point = {x[i], y[i], z[i]},
          .limit = limit[i],
          .points = points[i],
          .number = number[i],
          .languages = languages[i],
          .time = time[i],
          .organisation = organisation[i],
          .level = trait(0),
          .mode = trait(mode_shift),
          .gender = trait(gender_shift),
          .is_placed = static_cast<std::uint8_t>(trait(placed_shift) & 1U)};
}

std::vector<VolunteerBlock> blocks_of(std::span<const ItemVolunteer> volunteers) {
  std::vector<VolunteerBlock> blocks((volunteers.size() + lanes::count - 1) / lanes::count);
  for (std::size_t i = 0; i < volunteers.size(); ++i) {
    const ItemVolunteer& who = volunteers[i];
    VolunteerBlock& block = blocks[i / lanes::count];
    const std::size_t place = i % lanes::count;
    block.x[place] = who.point.x;
    block.y[place] = who.point.y;
    block.z[place] = who.point.z;
    block.limit[place] = who.limit;
    block.points[place] = who.points;
    block.time[place] = who.time;
    block.languages[place] = who.languages;
    block.organisation[place] = who.organisation;
    block.number[place] = who.number;
    block.traits[place] = who.level | who.gender << VolunteerBlock::gender_shift |
                          who.mode << VolunteerBlock::mode_shift |
                          who.is_placed << VolunteerBlock::placed_shift |
                          1 << VolunteerBlock::used_shift;
  }
  return blocks;
}

VolunteerGroup::VolunteerGroup(std::span<const ItemVolunteer> by_number)
    : size_(by_number.size()), blocks_(blocks_of(by_number)) {
  if (by_number.empty()) return;
  mode_ = by_number.front().mode;
  std::vector<Summary> boxes =
      boxes_around(by_number.size(), [&](std::size_t i) { return by_number[i].summary(); });
  while (true) {
    std::vector<BoxBlock> level((boxes.size() + lanes::count - 1) / lanes::count);
    for (std::size_t i = 0; i < boxes.size(); ++i)
      level[i / lanes::count].set(i % lanes::count, boxes[i]);
    levels_.push_back(std::move(level));
    if (boxes.size() <= lanes::count) break;
    boxes = boxes_around(boxes.size(), [&](std::size_t i) { return boxes[i]; });
  }
  std::int32_t most = 0;
  for (const std::int32_t limit : levels_.back().front().limit) most = std::max(most, limit);
  constexpr std::int32_t narrow = 1 << 25;
  is_narrow_ = most < narrow;
}

void VolunteerGroup::append_blocks_near(Cartesian point, BlockList& blocks) const {
  if (size_ == 0) return;
  // Level by level: what lies in the boxes found on one is behind them in the list, and at last
  // takes their place. No branch is taken on which boxes are near.
  const std::size_t begin = blocks.size;
  blocks.reserve(1);
  blocks.numbers[blocks.size++] = 0;
  std::size_t first = begin;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const std::size_t end = blocks.size;
    blocks.reserve((end - first) * lanes::count);
    for (std::size_t i = first; i < end; ++i) {
      const std::uint32_t block = blocks.numbers[i];
      lanes::Column<std::uint32_t> inside;
      for (std::uint32_t k = 0; k < lanes::count; ++k)
        inside[k] = block * static_cast<std::uint32_t>(lanes::count) + k;
      const std::uint32_t bits = levels_[level][block].near(point);
      lanes::append(blocks.numbers.data() + blocks.size, inside.data(), bits);
      blocks.size += static_cast<unsigned>(std::popcount(bits));
    }
    first = end;
  }
  std::copy(blocks.numbers.begin() + static_cast<std::ptrdiff_t>(first),
            blocks.numbers.begin() + static_cast<std::ptrdiff_t>(blocks.size),
            blocks.numbers.begin() + static_cast<std::ptrdiff_t>(begin));
  blocks.size -= first - begin;
}

}  // namespace jiedui
