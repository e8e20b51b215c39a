#include "streets.hpp"

#include <algorithm>

#include "columns.hpp"
#include "geography.hpp"

namespace made_town {

using jiedui::Entity;
using jiedui::Position;

namespace {

constexpr std::int64_t houses_per_street = 64;
constexpr std::int64_t between_houses_m = 300;
constexpr std::int64_t to_next_house_m = 120;  ///< from a volunteer; the one behind is 180 m away
constexpr std::int64_t reach_m = 200;
constexpr std::int64_t between_streets_m = 600;
constexpr std::int64_t streets_side_by_side = 8;
constexpr Position corner = {.latitude = 265'000'000, .longitude = 1'230'000'000};

Position on_street(std::int64_t street, std::int64_t along_m) {
  const std::int64_t row = street / streets_side_by_side;
  const std::int64_t length = (houses_per_street + 4) * between_houses_m;
  return moved(corner, street % streets_side_by_side * length + along_m, row * between_streets_m);
}

jiedui::Table places() {
  jiedui::TextColumn ids;
  Numbers levels;
  ids.push_back("streets");
  levels.add(4);
  return TableMaker(Entity::place).add("id", std::move(ids)).add("level", levels).take();
}

jiedui::Table volunteers(const Options& options) {
  const Ids name("V", options.volunteers);
  jiedui::TextColumn ids;
  Words place;
  Words skills;
  Words travel_mode;
  Points positions;
  Numbers capacity;
  Numbers reach;
  Words birth_year;
  for (std::int64_t v = 0; v < options.volunteers; ++v) {
    const bool has_house = v < options.needs;
    ids.push_back(name(v));
    place.add("streets");
    // Whoever has no house offers what nobody asks for.
    skills.add(has_house ? "errands:1" : "culture:1");
    travel_mode.add("car");
    const std::int64_t along = v % houses_per_street * between_houses_m;
    positions.add(has_house
                      ? on_street(v / houses_per_street, along + between_houses_m - to_next_house_m)
                      : Position{});
    birth_year.add("1980");
    capacity.add(3);
    reach.add(reach_m);
  }
  return TableMaker(Entity::volunteer)
      .add("id", std::move(ids))
      .add("place", place)
      .add(positions)
      .add("skills", skills)
      .add("birth_year", birth_year)
      .add("capacity", capacity)
      .add("travel_mode", travel_mode)
      .add("reach_metres", reach)
      .take();
}

jiedui::Table needs(const Options& options) {
  const Ids name("N", options.needs);
  jiedui::TextColumn ids;
  Words item;
  Words windows;
  Points positions;
  Numbers minutes;
  Numbers tiers;
  for (std::int64_t n = 0; n < options.needs; ++n) {
    const std::int64_t house = n % houses_per_street;
    ids.push_back(name(n));
    item.add("A4");
    windows.add("2026-03-04 09:00-11:00");
    positions.add(on_street(n / houses_per_street, house * between_houses_m));
    minutes.add(120);
    tiers.add(4 - house * 4 / houses_per_street);
  }
  return TableMaker(Entity::need)
      .add("id", std::move(ids))
      .add("item", item)
      .add(positions)
      .add("windows", windows)
      .add("duration_minutes", minutes)
      .add("tier", tiers)
      .take();
}

}  // namespace

std::vector<std::pair<Entity, jiedui::Table>> street_tables(const Options& options) {
  std::vector<std::pair<Entity, jiedui::Table>> all;
  all.emplace_back(Entity::place, places());
  all.emplace_back(Entity::volunteer, volunteers(options));
  all.emplace_back(Entity::need, needs(options));
  return all;
}

}  // namespace made_town
