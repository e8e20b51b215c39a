#include "pair_check.hpp"

#include "term_points.hpp"

namespace jiedui {

PairCheck::Weights::Weights(const MarketColumns& columns)
    : nearness(columns.weight(StandardTerm::nearness)),
      language(columns.weight(StandardTerm::language) * term_points::language),
      organisation(columns.weight(StandardTerm::own_organisation) * term_points::own_organisation),
      continuity(columns.weight(StandardTerm::continuity) * term_points::continuity),
      level(columns.weight(StandardTerm::level) * term_points::level) {}

bool PairCheck::fits(const ItemVolunteer& who, std::int64_t squared, StandardPair& pair) {
  const Line& line = *line_;
  pair.slots = times_.slots(who.time);
  if (pair.slots == LineTimes::none) return false;
  pair.points = who.points;
  if (!asks_little_ && !special(who, pair.points)) return false;
  pair.volunteer = who.number;
  if (line.counts_nearness && who.is_placed != 0)
    pair.points += weights.nearness * columns_->nearness(who.mode, squared);
  if (columns_->have_common_language(line, number_, who.number, who.languages))
    pair.points += weights.language;
  if (line.organisation != Line::none && who.organisation == line.organisation)
    pair.points += weights.organisation;
  return true;
}

bool PairCheck::special(const ItemVolunteer& who, std::int64_t& points) const {
  const Line& line = *line_;
  if (line.gender != 0 && who.gender != line.gender) return false;
  if (line.wished_language != 0 && !columns_->speaks(number_, who)) return false;
  if (line.least_level != 0) {
    if (columns_->must_have_level(line) && who.level < line.least_level) return false;
    const std::int32_t item_level = columns_->least_level(line.item);
    points += weights.level * (std::max<std::int32_t>(who.level - line.least_level, 0) -
                               std::max<std::int32_t>(who.level - item_level, 0));
  }
  if (std::binary_search(barred_.begin(), barred_.end(), who.number)) return false;
  if (is_bonded(who.number)) points += weights.continuity;
  return true;
}

}  // namespace jiedui
