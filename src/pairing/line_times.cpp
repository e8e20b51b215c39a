#include "line_times.hpp"

#include <algorithm>
#include <bit>

namespace jiedui {

void LineTimes::begin(std::uint32_t line_time, bool for_few) {
  line_time_ = line_time;
  const std::size_t times = columns_->volunteer_times();
  if (bits_.size() < times) {
    stamps_.resize(times, stamp_);
    bits_.resize(times);
    is_free_.resize(times);
  }
  knows_all_ = !for_few && columns_->slot_bits_of_all(line_time, bits_);
  if (knows_all_) {
    for (std::size_t time = 0; time < times; ++time) is_free_[time] = bits_[time] != 0 ? -1 : 0;
    return;
  }
  ++stamp_;
  if (stamp_ == 0) {
    std::fill(stamps_.begin(), stamps_.end(), 0U);
    ++stamp_;
  }
}

void LineTimes::find(std::uint32_t time) {
  if (columns_->has_few_slots()) {
    bits_[time] = columns_->slot_bits(line_time_, time);
  } else {
    columns_->slots_of(line_time_, time, found_);
    bits_[time] = found_.empty() ? 0 : std::uint64_t{sets_->number(found_)} + 1;
  }
  is_free_[time] = bits_[time] != 0 ? -1 : 0;
}

std::uint32_t LineTimes::number_of(std::uint64_t bits) {
  if (!columns_->has_few_slots()) return static_cast<std::uint32_t>(bits - 1);
  if (!columns_->is_timed(line_time_)) return 0;
  constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;
  Recent& recent = recent_[bits * golden >> (64U - recent_bits)];
  if (recent.bits != bits) {
    found_.clear();
    for (std::uint64_t left = bits; left != 0; left &= left - 1)
      found_.push_back(static_cast<std::uint32_t>(std::countr_zero(left)));
    recent = {bits, sets_->number(found_)};
  }
  return recent.number;
}

}  // namespace jiedui
