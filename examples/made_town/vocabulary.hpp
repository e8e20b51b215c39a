#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jiedui/network/kinds.hpp"

// What the people of the town are like and what they ask for. Shares count against each other
// within their list; services are named by their id in the built-in catalogue.

namespace made_town {

/// What the town needs to know of a service of the built-in catalogue.
struct Service {
  std::string item, skill, credential, training;
  std::int64_t least_level = 1;
  bool is_dangerous = false, is_remote = false;
};
/// The built-in catalogue. A skill is known by the number of its service.
std::vector<Service> services();

struct Weighted {
  std::string_view item;
  std::int64_t share;
};

struct Pattern {
  std::string_view windows;
  std::int64_t share;
};

/// Volunteers of one walk of life.
struct Profile {
  std::string_view tag;
  std::int64_t share;
  std::int64_t youngest, oldest;
  jiedui::OrganisationKind organisation;
  std::span<const Weighted> services;
  std::span<const Pattern> availability;
};
std::span<const Profile> profiles();

/// People who ask for help.
struct Group {
  std::string_view tag;
  std::int64_t share;
  std::int64_t youngest, oldest;
  std::span<const Weighted> services;
};
std::span<const Group> groups();

/// Services of which several volunteers give one together, in public.
std::span<const Weighted> public_services();
/// Services by telephone or online.
std::span<const Weighted> remote_services();
/// How long a visit takes.
struct Length {
  std::int64_t minutes, share;
};
std::span<const Length> lengths(std::string_view item);

/// The dialect of a county, as ISO 639-3 codes; Mandarin is cmn, Chinese sign language csl.
std::string_view dialect(std::string_view county_id);

}  // namespace made_town
