#include "pair_check.hpp"

namespace jiedui {

std::uint32_t PairCheck::find_slots(std::uint32_t time) {
  columns_->slots_of(line_->time, time, found_);
  if (found_.empty()) return none;
  std::uint32_t hash = 0;
  for (const std::uint32_t slot : found_) hash = hash * 31 + slot;
  std::uint32_t& recent = recent_[hash % recent_.size()];
  if (!std::ranges::equal((*sets_)[recent], found_)) recent = sets_->number(found_);
  return recent;
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
