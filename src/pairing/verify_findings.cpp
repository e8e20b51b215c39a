#include <algorithm>

#include "verify_input.hpp"

namespace jiedui::verification {

void Findings::add(Entry entry) {
  ++count_;
  entries_.push_back(std::move(entry));
  if (entries_.size() >= 8 * kept) cut();
}

void Findings::cut() {
  std::sort(entries_.begin(), entries_.end());
  entries_.resize(std::min(entries_.size(), kept));
}

void Findings::take(Findings&& other) {
  count_ += other.count_ - static_cast<std::int64_t>(other.entries_.size());
  infeasible_ += other.infeasible_;
  for (Entry& entry : other.entries_) add(std::move(entry));
}

void Findings::report(const Market& market, Verification& result) {
  cut();
  result.finding_count = count_;
  for (Entry& entry : entries_) {
    std::string place = std::move(entry.place);
    const auto append = [&](std::string_view what, const std::string& id) {
      if (!place.empty()) place += ", ";
      place.append(what).append(" ").append(id);
    };
    if (entry.volunteer != nobody)
      append("volunteer", market.volunteer_id(VolunteerIndex{entry.volunteer}));
    if (entry.line != nobody) append("need", market.need_id(NeedIndex{entry.line}));
    result.findings.push_back({std::string(entry.code), std::move(place)});
  }
}

}  // namespace jiedui::verification
