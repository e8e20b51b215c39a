#include "wire/csv_dictionary.hpp"

namespace jiedui::wire {

std::uint32_t CsvDictionary::search(Slot wanted, std::string_view text) {
  constexpr std::size_t text_bytes_max = 1024;
  constexpr std::size_t probes_max = 64;
  if (text.size() > text_bytes_max) return none;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = place(wanted);
  for (std::size_t probe = 0; probe < probes_max; ++probe, at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (is_at(slot, wanted, text)) return slot.code;
    if (slot.length != 0) continue;
    if (texts_.size() == texts_max) return none;
    wanted.code = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back(text);
    slots_[at] = wanted;
    if (2 * texts_.size() > slots_.size()) grow();
    return wanted.code;
  }
  return none;
}

void CsvDictionary::grow() {
  const std::vector<Slot> known = std::exchange(slots_, std::vector<Slot>(4 * slots_.size()));
  const std::size_t mask = slots_.size() - 1;
  shift_ -= 2;
  for (const Slot& slot : known) {
    if (slot.length == 0) continue;
    std::size_t at = place(slot);
    while (slots_[at].length != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace jiedui::wire
