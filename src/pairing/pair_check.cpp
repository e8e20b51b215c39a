#include "pair_check.hpp"

namespace jiedui {

std::uint32_t PairCheck::find_slots(std::uint32_t time) {
  if (!columns_->has_few_slots()) {
    columns_->slots_of(line_->time, time, found_);
    return found_.empty() ? none : sets_->number(found_);
  }
  const std::uint64_t bits = columns_->slot_bits(line_->time, time);
  if (bits == 0) return none;
  if (!columns_->is_timed(line_->time)) return 0;
  constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;
  Recent& recent = recent_[bits * golden >> 56U];
  if (recent.bits != bits) {
    found_.clear();
    for (std::uint64_t left = bits; left != 0; left &= left - 1)
      found_.push_back(static_cast<std::uint32_t>(std::countr_zero(left)));
    recent = {bits, sets_->number(found_)};
  }
  return recent.number;
}

bool PairCheck::special(const ItemVolunteer& who, std::int64_t& points) const {
  const Line& line = *line_;
  if (line.gender != 0 && who.gender != line.gender) return false;
  if (line.wished_language != 0 && !columns_->speaks(number_, who)) return false;
  if (line.least_level != 0) {
    if (columns_->must_have_level(line) && who.level < line.least_level) return false;
    const std::int32_t item_level = columns_->least_level(line.item);
    points += level_weight_ * (std::max<std::int32_t>(who.level - line.least_level, 0) -
                               std::max<std::int32_t>(who.level - item_level, 0));
  }
  if (std::binary_search(barred_.begin(), barred_.end(), who.number)) return false;
  if (is_bonded(who.number)) points += continuity_weight_;
  return true;
}

}  // namespace jiedui
