#pragma once

#include <cstdint>
#include <vector>

#include "arrival.hpp"
#include "offer_list.hpp"

// Private to the room: what the state of a pairing consists of.

namespace jiedui::solver {

/// His price stands elsewhere: most of a solve is looking at prices.
template <class Weight, class Score>
struct VolunteerRecord {
  std::int32_t capacity = 0;
  std::int32_t used = 0;
  std::int32_t pinned = 0;
  std::uint32_t first_pair = none;
  Arrival<Weight, Score> arrival;
};

template <class Weight, class Score>
struct OrganisationRecord {
  Weight price = 0;
  std::int64_t total = 0;
  std::int64_t used = 0;
  std::vector<std::uint32_t> volunteers;
  Arrival<Weight, Score> arrival;
};

template <class Weight, class Score>
struct LineRecord {
  Weight profit = 0;
  Weight bonus = 0;
  Arrival<Weight, Score> arrival;
  std::uint32_t lost = none;  ///< pair that the search takes from the line
  std::uint32_t first_pair = none;
  OfferList<Weight, Score> offers;
  std::int32_t demand = 0;
  std::int32_t used = 0;
  std::uint32_t need = 0;
};

/// With a slot it is a seat, which has a price of its own.
template <class Weight, class Score>
struct PairRecord {
  Weight price = 0;
  Score points = 0;
  std::uint32_t line = none;
  std::uint32_t volunteer = none;
  std::uint32_t slots = 0;
  std::uint32_t slot = Candidate::no_slot;
  std::uint32_t next_of_volunteer = none;
  std::uint32_t next_of_line = none;
  std::uint32_t previous_of_line = none;
  bool pinned = false;
};

}  // namespace jiedui::solver
